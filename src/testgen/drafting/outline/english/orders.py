"""English: what a case says in its own words, as an order: an imperative where its structure shows one, else its words behind a verb."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english.calls import Calls
from testgen.drafting.outline.english.controls import Controls
from testgen.drafting.outline.english.deeds import BEHIND, ENTERED, TRY
from testgen.drafting.outline.english.entries import FIELD
from testgen.drafting.outline.english.events import Events, flat
from testgen.drafting.outline.english.lapses import lapsed, lasting
from testgen.drafting.outline.english.operating import can_set_clock, counted_by, deed, job, operation
from testgen.drafting.outline.english.people import ARTICLED
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.states import brings
from testgen.drafting.outline.english.trials import Trials
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.english.usual import Usual
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Reading
from testgen.drafting.outline.reading.case import labels_of
from testgen.text.marks import MASK
from testgen.text.normal import normalise

_LEAD = re.compile(
    r"^(?:on(?= \w+ing\b| (?:yes|no)$)|after|when(?:ever)?|once|if|as soon as|as long as|upon|while|during|following)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s(?:while|before|after|when|once|until|as soon as|as long as|because|so that|even if|even when|although)\s"
)
_TITLED = re.compile(r"(?:Dr|Mr|Ms|Mrs|Nurse)\.? [A-Z]\w+")
_PLACED = re.compile(r"(?:at|on|in|below|above|under|over|before|by)\s", re.IGNORECASE)
_CHAIN = re.compile(r",\s(?:and |then |and then )?|\s\+\s|\s(?:and )?then\s")
_OPEN = re.compile(rf"bring about|{TRY}\b|use |carry out ")
_ENTRY = re.compile(
    r"\b(?:enter(?:s|ed|ing)?|entry|entries|typ(?:es?|ed|ing)|fill(?:s|ed|ing)? (?:in|out)|forms?|fields?|(?<!no )inputs?|wizard|keyed|submit(?:s|ted)?)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?P<who>(?:the |an? )?[\w-]+(?: [\w-]+)?) (?P<verb>(?!is\b|has\b|was\b)[a-z]{2,}s)\b")
_PATH = re.compile(r"[A-Z][\w'&-]*(?: [\w'&-]+){0,3}(?: > [A-Z][\w'&-]*(?: [\w'&-]+){0,3})+")
_TOUCHED = re.compile(
    r"(?P<thing>(?:(?!(?:the|an?|no|any|press|click|tap|push|hold|touch|hit|release|use)\b)[\w'\"-]+ ){1,3}(?:button|icon|pedal)|(?:Enter|Esc(?:ape)?|Tab|Space|Delete|Backspace|arrow|volume|power|menu|home|back) key)(?=$| (?:while|during|in|at|for|on|with|without|again|twice|once)\b)",
    re.IGNORECASE,
)
_UNDONE = re.compile(r"[Nn]ot (?P<done>[a-z]+)(?P<rest>(?: (?:for|within|in|by|until|before|again)\b.*)?)$")
_AT_PLACE = re.compile(
    rf"(?P<where>(?:[Oo]n|[Ii]n|[Aa]t|[Uu]nder)(?: (?!\w+ing\b)[\w-]+){{1,4}}?)(?P<comma>,)? (?P<do>[a-z]+ (?:again\b|the\b|an?\b|[A-Z\d{MASK}]).*)$"
)
_RELATIVE = re.compile(r"\s(?:that|which|who|whose)\s.*")
_IS_SO = re.compile(r"\b(?:is|are|was|were|has|have|had)\b")
_LATER = re.compile(
    r"(?P<time>\d[\d.,]* ?(?:s|sec|seconds?|min|minutes?|h|hours?|days?)),? (?P<do>(?:the |an? )?[A-Z\w].* (?:is|are) .+)$"
)
_SHORT_LABEL = 4  # words
_CODE = re.compile(r"[A-Z][A-Z\d]*(?:[-_][A-Z\d]+)+")
_RECORDS = r"(?:[Rr]eport|[Ll]og|[Ll]ist|[Ff]ile|[Tt]able|[Ll]etter|[Rr]egister|[Jj]ournal|[Ll]edger)"
_WHILE = re.compile(r"[Ww]hile (?:still |already )?[a-z]+(?:ed|en|off|on|line), (?P<do>[a-z]+ing .+)$")
_SEVERAL = 2  # parts, of which one may be a thing alone
_LONG = 9  # words of a thing


class Orders(Trials):
    """Words them for one case."""

    def __init__(self, case: TestCase, reading: Reading, reader: Reader, triggers: Triggers, lexicon: Lexicon) -> None:
        self.meet(case, reader, lexicon)
        self.reading, self.reader, self.triggers = reading, reader, triggers
        self.verbs, self.events = reader.verbs, Events(lexicon, reader)
        self.labels = labels_of(case.specification or "")
        self.controls = Controls(case, reader.verbs)
        self.controls.names = [name for name in self.controls.names if not self.is_person(name)]
        self.usual = Usual(case, reading, reader.verbs, lexicon.data["verbs"])
        self.settable, self.operation = can_set_clock(case), operation(case, reading)
        self.calls = Calls(case, self.operation)
        counted = self.verbs.entry(counted_by(case)) if counted_by(case) else None
        self.counted_by = counted[0].lemma if counted and counted[1] == "base" else ""
        self.done_by_all = "" if self.operation else deed(case, reading, self.is_person)
        self.job, self.rows = job(case), self._read_rows()

    def order(self, cue: str) -> str:
        """A cue as an order."""
        told = cue
        cue = re.sub(r"^(?:I|we) (?=[a-z])", "", _LEAD.sub("", cue.strip(" ,.;:")).strip(" ,"))
        if while_ := _WHILE.match(told):
            return self.order(while_["do"])  # while locked, pressing UP: it has been locked before
        wait, cue = self.waited(cue)
        if wait:
            return f"{wait}{self.order(cue)}"
        early = (
            self._at_a_path,
            self._touched_thing,
            self.calls.order,
            self.parameters,
            self.controls.sequence,
            self.controls.pressed,
            self._later,
            self._labelled_part,
            self._placed_order,
            self._chained,
            self._alone,
            self.ordinal,
            self.joining,
        )
        if done := next((text for form in early if (text := form(cue))), ""):
            return done
        tail = _TAIL.search(flat(cue))
        end = tail.start() if tail and tail.start() > 1 else len(cue)
        done = self._order(cue[:end])
        led = re.match(r" (?:after|once) ", cue[end:]) if done.startswith("bring about") else None
        return self.order(cue[end:]) if led else done + cue[end:]  # balance after transfer

    def waited(self, cue: str) -> tuple[str, str]:
        """What has to pass before something is done, as an order in front of it, and what is done; the first is empty where nothing has."""
        found = lapsed(cue)
        wait = self.stated(found[1]) if found else ""
        return (f"{wait}, then ", found[0]) if found and wait.startswith("wait ") else ("", cue)

    def _later(self, cue: str) -> str:
        """12 min C1 is presented -> wait 12 min, then present C1."""
        found = _LATER.match(cue)
        done = self.handled(found["do"]) if found else ""
        return f"wait {found['time']}, then {done}" if found and done else ""

    def _labelled_part(self, cue: str) -> str:
        """Second run: the host drops out -> carry out the second run, then let the host drop out."""
        sign = re.search(r"(?<=\w): ", flat(cue))
        label, rest = (cue[: sign.start()], cue[sign.end() :]) if sign else ("", "")
        first = self.deed(label) if label and len(label.split()) < _SHORT_LABEL else ""
        then = self.order(rest) if first else ""
        return _joined([first, then]) if then and not _OPEN.match(then) else ""

    def _placed_order(self, cue: str) -> str:
        """On the copy, abort again -> abort again (on the copy); on the third payment enter 0000."""
        found = _AT_PLACE.match(flat(cue))
        do = cue[found.start("do") :] if found else ""
        first = self.verbs.entry(do.split(" ", maxsplit=1)[0]) if found else None
        if not found or not first or first[1] != "base" or not (found["comma"] or first[0].ui):
            return ""
        order, where = self.imperative(do), cue[: found.end("where")]
        return f"{order} ({where[:1].lower()}{where[1:]})" if order else ""

    def _at_a_path(self, cue: str) -> str:
        """Settings > Reset: it is gone to."""
        tells = not _PATH.fullmatch(cue) or any(map(self.verbs.is_third, cue.split()))
        return "" if tells else self.lexicon.phrase("go_to", path=cue)

    def _touched_thing(self, cue: str) -> str:
        """Send button, small button while it runs: what is there to be pressed is pressed."""
        found = _TOUCHED.match(cue)
        if not found or self.reader.finite(cue) or self.third_in(cue):
            return ""
        label = self.verbs.entry(cue.split(" ", maxsplit=1)[0])
        thing = f"the {found['thing']}" if label and label[1] == "base" else self.thing(found["thing"])
        return f"press {thing}{cue[found.end('thing') :]}"

    def _alone(self, cue: str) -> str:
        """Somebody who is told alone; a verb in the third person: rejects."""
        if (normalise(cue) in self.persons and len(cue) > 2) or _TITLED.fullmatch(cue):
            return self.by(cue, self.operation or TRY)
        entry = self.verbs.entry(cue) if re.fullmatch(r"[a-z]+", cue) else None
        return entry[0].lemma if entry and entry[1] == "third" else ""

    def _chained(self, cue: str) -> str:
        """Door closed and locked, CYCLE START -> close and lock the door, then press CYCLE START: where each part is an order."""
        parts = [cue[start:end] for start, end in spans(_CHAIN, flat(cue))]
        apart = any(self.controls.at(part) or self.datum(part) for part in parts[1:])
        whole = self.timed(cue) or (self.acting(cue) and not apart)
        orders = [self.order(part) for part in parts] if len(parts) > 1 and not whole and not self.operation else []
        orders = [self._own(part, order) for part, order in zip(parts, orders, strict=False)]
        if orders and not all(map(_is_plain, orders)) and (told := self._as_told(parts)):
            return told
        tried = [n for n, order in enumerate(orders) if re.match(rf"{TRY} with (?:an?|the) ", order)]
        if len(tried) == 1 and len(orders) > _SEVERAL:  # new roll, cover closed, FEED
            orders[tried[0]] = f"take {orders[tried[0]].removeprefix(f'{TRY} with ')}"
        return _joined(orders) if orders and all(map(_is_plain, orders)) else ""

    def _as_told(self, parts: list[str]) -> str:
        """New roll, cover closed, FEED: the acts that the specification tells in this order, each with a word of its part."""
        said = [set(re.findall(r"[a-z]{3,}", part.lower())) for part in parts]
        for fact in self.reading.facts:
            words = [set(re.findall(r"[a-z]{3,}", act.text.lower())) - {"the"} for act in fact.acts]
            if len(words) == len(said) > 1 and all(map(set.intersection, said, words)):
                return ", then ".join(act.text for act in fact.acts)
        return ""

    def _own(self, part: str, order: str) -> str:
        """Fix row 118, beside other orders: what no list has as a verb, with its object right behind it; supervisor PIN: it is entered."""
        if ENTERED.search(part) and not _is_plain(order) and not BEHIND.search(part):
            return f"enter {self.thing(part) if ARTICLED.match(part) else f'the {part}'}"
        alone = re.match(r"(?P<verb>[A-Za-z][a-z]+) (?:the |an? |[A-Z]|[a-z]+ \d|[\w-]+\.[a-z]+|-)", part)
        known = self.verbs.entry(alone["verb"]) if alone else None
        verb = alone and (known[1] == "base" if known else not re.search(r"(?:ly|s|ing|ed)$", alone["verb"]))
        return part if verb and order.startswith(("bring about", TRY)) and not self.reader.finite(part) else order

    def _order(self, cue: str) -> str:
        forms = (
            self.job_run,
            self.undone,
            self.answered,
            self.labelled,
            self.usual.simulated,
            self.usual.filtered,
            self.usual.order,
            self.datum,
            self.counted,
            self.by_person,
            self.imperative,
            self.acting,
            self.timed,
            self.valued,
            self.tried,
            self.gone,
            self.stated,
            self.continuing,
            self.switched,
            self.handled,
            self.deed,
            self.let,
        )
        return (
            next((text for form in forms if (text := form(cue))), "")
            or self.handled(cue, anything=True)
            or self._any(cue)
        )

    def stated(self, cue: str) -> str:
        """What is so, by what brings it about."""
        left = _UNDONE.match(cue)
        lemma = self.verbs.lemma_of_past(left["done"]) if left else None
        if left and lemma:
            return f"do not {lemma} it{left['rest']}"
        return lasting(self.coordinated(brings(cue, self.named(cue))), self.case)

    def _any(self, cue: str) -> str:
        """What a thing is tried with; else a blank for the act, which names what it is to bring about."""
        stands = re.search(r"\bstill\b|\b[A-Z]{2,3} with\b", cue) or self.verb_set("states") & set(cue.split())
        if not stands and not self.reader.finite(cue) and (operated := self.operated(cue)):
            return operated
        if _PLACED.match(cue):
            return f"{TRY} {cue[:1].lower()}{cue[1:]}"
        if (
            not stands
            and not self.reader.finite(cue)
            and re.match(rf"(?!\w+ing\b)[^,]*[\d{MASK}]", flat(cue))
            and len(cue.split()) < _LONG
        ):
            return f"{TRY} with {self.thing(cue)}"
        if self._is_so(flat(cue)) and self.triggers.predicate(flat(_RELATIVE.sub("", cue))) > 0:
            sure = self.lexicon.phrase("state", condition=self.named(cue))
            return f"{sure[:1].lower()}{sure[1:]}"
        return self.lexicon.phrase("bring_about", what=re.sub(r"[\[\]]", "", self.named(cue)))

    def _is_so(self, cue: str) -> bool:
        """Whether a cue tells a state, which can be made sure of; what happens by itself cannot."""
        verbs = filter(None, map(self.verbs.entry, cue.split()))
        says = any(form == "third" and verb.lemma in self.verb_set("says") for verb, form in verbs)
        return says or bool(_IS_SO.search(cue))

    def speaks_of_entry(self, text: str) -> bool:
        """Whether the case, or a result of it, speaks of something that is entered."""
        case = self.case
        told = (text, case.title, case.objective or "", case.specification or "", *case.preconditions)
        fields = sum(bool(FIELD.search(name)) for name in case.test_data)
        return fields > 1 or bool(_ENTRY.search("\n".join(told)))

    def is_record(self, cue: str) -> bool:
        """Whether a cue begins with the name of a report, a list or a log of the case: RPT-SO of the second run."""
        code = _CODE.match(cue)
        told = "\n".join((self.case.specification or "", *self.case.preconditions))
        return code is not None and bool(
            re.search(rf"\b{_RECORDS} (?:called |named )?{re.escape(code.group())}\b", told)
        )

    def is_subject(self, cue: str) -> bool:
        """Lena, of the datum Lena P.; Line 1: what a result is about, and nothing that is done."""
        plain = normalise(cue)
        named = any(re.match(rf"{re.escape(plain)}(?!\w)", normalise(name)) for name in self.case.test_data)
        return named or self.is_person(cue)

    def awaited(self, sentence: str) -> str:
        """The countdown reaches 0:00, which nobody does: it is waited for."""
        found = _SUBJECT.match(sentence)
        if not found or self.is_person(found["who"]):
            return ""
        entry = self.verbs.entry(found["verb"])
        lemma = (entry[0] if entry else self.verbs.guess(found["verb"], "third")).lemma
        happens = lemma in self.verb_set("happens")
        return self.lexicon.phrase("wait_until", value=self.named(sentence)) if happens else ""

    def required(self, name: str) -> str:
        """The text of a requirement, or of a row, of that name; empty where there is none."""
        first = name.split("/", maxsplit=1)[0]
        told = next((row.cells for row in self.reading.rows if first in row.cells.values()), {})
        line = re.search(
            rf"^\W{{0,6}}{re.escape(first)}\b\W{{0,6}}(?P<text>.+)$", self.case.specification or "", re.MULTILINE
        )
        return " ".join(cell for cell in told.values() if cell != first) or (line["text"] if line else "")


def _is_plain(order: str) -> bool:
    """Whether an order tells what is done."""
    return bool(order) and not _OPEN.match(order) and not order.startswith(("let ", "apply "))


def _joined(orders: list[str]) -> str:
    """One after the other."""
    first, *more = orders
    return ", then ".join((first, *(re.sub(r"^As ", "as ", order) for order in more)))


def spans(joint: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where the parts of a text stand."""
    cuts = [found.span() for found in joint.finditer(text)]
    return list(zip((0, *(end for _, end in cuts)), (*(start for start, _ in cuts), len(text)), strict=True))
