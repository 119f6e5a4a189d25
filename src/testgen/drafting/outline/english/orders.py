"""English: what a case says in its own words, as an order: an imperative where its structure shows one, else its words behind a verb."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english.acts import NOUNS
from testgen.drafting.outline.english.entries import ACCOUNT, FILE
from testgen.drafting.outline.english.events import STATE, Events, flat
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Reading
from testgen.text.marks import MASK
from testgen.text.normal import normalise

_UNIT = r"(?:s|sec|seconds?|min|minutes?|h|hours?|days?|weeks?|months?)\b"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_CLOCK = re.compile(
    rf"(?:at |on |from )?(?P<value>(?:\d{{1,2}}:\d\d|\d{{1,2}}\.? {_MONTH}|\d{{4}}-\d\d-\d\d|(?:working |business )?day \d{{1,3}}$)(?:,? (?:on|the|of|in|\d|am|pm|[A-Z]|\(|local|tomorrow|today|next|one|or)[^:;]*)?)$",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"(?:for |within |about |another |a further |exactly |just |~|less than |more than |max\. |at most ){{0,2}}\d[\d.,]*\s?(?:[a-z]+ )?{_UNIT}(?!/| [a-z]+$)",
    re.IGNORECASE,
)
_VALUE = re.compile(rf"(?!\d+(?:st|nd|rd|th)\b)[-+~<>]?\s?(?:[€$£]|(?:EUR|USD|GBP)\s)?[\d{MASK}]")
_SETTABLE = re.compile(
    r"\b(?:clock|date|time)\b[^.\n]{0,40}\b(?:can|may) be (?:set|shifted|moved|changed)"
    r"|\b(?:set|shift|move|change|fake|mock|simulat\w+|test) (?:the )?(?:\w+ )?(?:clock|date|time)\b|\bclock at x\d",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:with(?:out)?|w/o|using|via)\s", re.IGNORECASE)
_NONE = re.compile(r"(?:no|missing|empty|blank|invalid|unknown|expired|wrong)\s", re.IGNORECASE)
_MODE = re.compile(r"(?:the )?(?P<mode>[\w-]+(?: [\w-]+)? mode)$", re.IGNORECASE)
_BACK = re.compile(r"back (?:online|on|in|up|at|to|again)\b", re.IGNORECASE)
_LEAD = re.compile(r"^(?:on(?= \w+ing\b)|after|when(?:ever)?|once|if|as soon as|as long as|upon|while|during|following)\s+", re.IGNORECASE)
_TAIL = re.compile(r"\s(?:while|before|after|when|once|until|as soon as|as long as|because|so that)\s")
GIVEN_LIMIT = re.compile(
    r"^\W*\d|\b(?:max|min|maximum|minimum|limit|threshold(?: \w+)?|warning|critical|expected|count|records?|rows?|lines?|duplicates|number of|remaining|change|time to|holidays?|deadline|timeout|expiry|station|device|version|size|checkpoint|[a-z]+[ _]age|(?:idle|waiting|elapsed|inactivity)[ _]time)\b",
    re.IGNORECASE,
)  # what such a datum tells is so, and nothing to enter
_INSIDE = re.compile(r"(?<=[a-z,] )([A-Z][\w-]*)")  # a name is written large inside a sentence too
_COMMON = re.compile(r"(?:the|an?|no|this) ([A-Z][a-z]+) (?=[A-Z])")
_NAME = re.compile(r"[A-Z][a-z]{2,}")
_BE = re.compile(r"(?:is|are|was|were|has been|have been|being)$")
_GOES_ON = re.compile(
    rf"$|[,;]|(?:at|on|in|by|with|without|for|before|after|from|to|into|during|twice|once|again|while|as|only|inside|within|until|too|right|half|up|down|off|out|back|over|via|and|or|[~\d{MASK}])"
)
_HAPPENS = frozenset(
    "go come be become happen occur fail expire stick arrive rise fall settle see get receive find hear have remain stay know keep lose exist appear show stand lie sit last take".split()
)
_PRODUCT = _HAPPENS | frozenset("display list include lock return report contain hold start stop continue need".split())
_STATES = frozenset("stuck gone lost broken frozen open closed greyed".split())
_AUXILIARY = frozenset("is are was were has have does do can will must may".split())
_ENTERED = re.compile(
    r"\b(?:codes?|pins?|passwords?|numbers?|amounts?|values?|weights?|readings?|quantit(?:y|ies)|qty|names?|reasons?|texts?|address(?:es)?)$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:the |an? )?(?:first|second|third|fourth|fifth|next|another|last|\d+(?:st|nd|rd|th)|new)\s", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:of|on|in|at|with|without|for|from|to|by|while|after|before|during|as)\s|\s\(|,")
TRY = "try it"  # what is tried, nothing tells
_WHOLE = 0.8  # of a clause's words
_FEW = 6  # words in front of a verb
_SHORT = 6  # words of a value


class Orders:
    """Words them for one case."""

    def __init__(self, case: TestCase, reading: Reading, reader: Reader, triggers: Triggers, lexicon: Lexicon) -> None:
        self.case, self.reading, self.reader, self.triggers, self.lexicon = case, reading, reader, triggers, lexicon
        self.verbs, self.events = reader.verbs, Events(lexicon, reader)
        self.persons = _persons(case, reader)
        told = "\n".join((*case.preconditions, *case.test_data, case.specification or "", case.objective or ""))
        spoken = "\n".join((told, *case.test_data.values(), *case.expected_results))
        self.names = {found[1] for found in _INSIDE.finditer(spoken)} - {found[1] for found in _COMMON.finditer(spoken)}
        self.settable = bool(_SETTABLE.search(told))
        self.operation = _operation(case, reading)

    def order(self, cue: str) -> str:
        """A cue as an order. Every form keeps the author's words; only the verb's form and its place change."""
        cue = re.sub(r"^(?:I|we) (?=[a-z])", "", _LEAD.sub("", cue.strip(" ,.;:")).strip())
        if normalise(cue) in self.persons and len(cue) > 2:
            return self.by(cue, self.operation or TRY)
        if ordinal := self._ordinal(cue):
            return ordinal
        if (tail := _TAIL.search(flat(cue))) and tail.start() > 1:
            head, behind = cue[: tail.start()], cue[tail.start() :]
            return self._order(head) + behind
        return self._order(cue)

    def _order(self, cue: str) -> str:
        forms = (
            self._datum,
            self._counted,
            self._by_person,
            self.imperative,
            self.acting,
            self._read,
            self._labelled,
            self._timed,
            self._valued,
            self._tried,
            self._continuing,
            self._switched,
            self.handled,
            self._deed,
            self._let,
        )
        found = next((text for form in forms if (text := form(cue))), "")
        return found or self._any(cue)

    # what stands there as an order, or tells who does what

    def imperative(self, cue: str) -> str:
        """Kill the client after only Ravel confirmed: as it stands."""
        first, _, rest = cue.partition(" ")
        entry = self.verbs.entry(first)
        if not entry or entry[1] != "base" or entry[0].kind in ("system", "check") or first.isupper():
            return ""
        if not rest:
            return f"choose {cue}" if entry[0].lemma in NOUNS else cue
        if rest.startswith("of "):
            return f"{first} {rest[3:]}"
        named = re.match(r"\d|[A-Z]\d*(?:\s|$)|#", rest)
        noun = entry[0].lemma in NOUNS - {"use"} and not re.match(
            rf"(?:the|an?|this|all|it|its|to|with|without|again|by|on|at|from|[A-Z\d{MASK}\"'“])", rest
        )
        clause = _PREPOSITION.split(flat(rest), maxsplit=1)[0]
        verb = self.reader.finite(clause) or (" and " not in rest and self._third_in(clause))
        return "" if (named and entry[0].kind != "action") or noun or verb else cue

    def acting(self, cue: str) -> str:
        """Host pulls the cable -> as Host, pull the cable; both have pressed Accept -> as both, press Accept."""
        words = list(re.finditer(r"\S+", flat(cue)))
        for at, word in enumerate(words[1 : _FEW + 1], 1):
            who, plain = cue[: word.start()].strip(), word.group().rstrip(",")
            if "," in who or not plain.isalpha() or not plain.islower():
                continue
            perfect = plain in ("has", "have") and at + 1 < len(words)
            done = self.verbs.lemma_of_past(words[at + 1].group().rstrip(",")) if perfect else None
            entry = self.verbs.entry(plain)
            lemma = done or (entry[0].lemma if entry and entry[1] == "third" else None)
            if self.is_person(cue[: word.end()]) or (who.lower() in ("both", "either") and not perfect):
                continue
            if not lemma and not entry and self.verbs.is_third(plain) and plain not in _AUXILIARY:
                lemma = self.verbs.guess(plain, "third").lemma
            who = re.sub(r"\s+(?:still|also|then|now|again|only)$", "", who)
            by_hand = entry and entry[0].kind == "action" and entry[0].group != "do"
            person = self.is_person(who) or (by_hand and _NAME.fullmatch(who) and who.lower() not in self.lexicon.data["system_actors"])
            if lemma and lemma not in (_HAPPENS if perfect else _PRODUCT) and person:
                end = words[at + 1].end() if done else word.end()
                rest = self._coordinated(cue[end:])
                return self.by(who, f"{lemma}{rest}")
            if entry and entry[1] == "third":
                return ""
        return ""

    def _read(self, cue: str) -> str:
        """As the reader has it, where that is the whole of it: A pressed Book -> as A, press Book."""
        acts = self.reader.acts(cue, told=False, led=True)
        said = self.lexicon_terms(" ".join(f"{act.actor} {act.text}" for act in acts))
        wants = self.lexicon_terms(cue)
        whole = acts and self.is_person(acts[0].actor) and len(wants & said) >= _WHOLE * len(wants) and not any(self.reader.finite(act.text) for act in acts)
        return ", then ".join(self.by(act.actor, act.text) if act.actor else act.text for act in acts) if whole else ""

    @staticmethod
    def lexicon_terms(text: str) -> set[str]:
        """Words, without their endings."""
        return {re.sub(r"(?:ing|ed|es|s|e)$", "", word) for word in re.findall(r"[a-z0-9]{2,}", text.lower())}

    def is_person(self, who: str) -> bool:
        """Whether somebody of that name, or in that role, acts in the case."""
        plain = re.sub(r"^(?:the|an?|both|another|original|new|second|other|same)\s+", "", who, flags=re.IGNORECASE)
        plain = re.sub(r"\s*\([^()]*\)|['’]s account$", "", plain).strip()
        return normalise(plain) in self.persons or plain.lower() in ("both", "user", "users", "either") or bool(
            _role(self.reader).fullmatch(plain)
        )

    def by(self, who: str, text: str) -> str:
        """As who it is; nobody where it is the user."""
        plain = re.sub(r"^The\s", "the ", who)
        plain = re.sub(r"^(Original|New|Second|Other|First)\s", lambda found: f"the {found[1].lower()} ", plain)
        if normalise(re.sub(r"^(?:the|an?)\s+", "", plain, flags=re.IGNORECASE)) in ("user", "users", "tester", "one"):
            return text
        return self.lexicon.phrase("as_actor", actor=plain, action=text)

    def handled(self, cue: str, *, anything: bool = False) -> str:
        """RESET held 10 s -> hold RESET 10 s; parcel 1 delivered with a photo; killed during merge -> kill it during merge."""
        words = list(re.finditer(r"\S+", flat(cue)))
        for at, word in enumerate(words[: _FEW + 1]):
            plain = word.group().rstrip(",").lower()
            lemma = self.verbs.lemma_of_past(plain) if plain.isalpha() else None
            known = self.verbs.entry(plain)
            if plain in _STATES:
                return ""
            if not known and re.fullmatch(r"[a-z]{3,}ed", plain):
                lemma = self._undone(plain)
            if not lemma or (known and known[0].kind == "system" and not anything) or lemma in _HAPPENS:
                continue
            noun, rest = cue[: word.start()].strip(), cue[word.start() + len(plain) :]
            if not _GOES_ON.match(rest.strip()) or (lemma == plain and not at) or (known and known[1] == "base" and not at):
                continue
            noun = re.sub(rf"\s+{_BE.pattern}", "", noun)
            if "," in noun or noun.lower().startswith("no ") or self.reader.finite(noun) or re.search(r"\b(?:not|no|stay|remain|keep|are)$", noun.lower()):
                return ""
            by = re.match(r" by (?P<who>[\w.'-]+(?: [A-Z]\w*)?)", rest)
            rest = self._coordinated(rest[by.end() :] if by else rest)
            text = f"{lemma} {self._thing(noun) if noun else 'it'}{rest}"
            if not noun and self.operation:
                text = f"{self.operation}, {text}"
            return self.by(by["who"], text) if by and self.is_person(by["who"]) else text
        return ""

    def _undone(self, word: str) -> str:
        """voided -> void, emptied -> empty, for verbs that no list has."""
        return word[:-3] + "y" if word.endswith("ied") else self.verbs.guess(word[:-2] + "ing", "gerund").lemma

    def _coordinated(self, rest: str) -> str:
        """… and voided by rowan with reason -> … and void it as rowan with reason; and clicks -> and click."""

        def put(found: re.Match[str]) -> str:
            word = found["verb"]
            past, entry = self.verbs.lemma_of_past(word), self.verbs.entry(word)
            if not entry and re.fullmatch(r"[a-z]{3,}ed", word):
                return f"{found['joint']}{self._undone(word)} it"
            if past and entry and entry[1] != "base":
                return f"{found['joint']}{past} it"
            return f"{found['joint']}{entry[0].lemma}" if entry and entry[1] == "third" else found.group()

        def other(found: re.Match[str]) -> str:
            entry = self.verbs.entry(found["verb"])
            acts = entry and entry[1] == "third" and self.is_person(found["who"])
            return f", then, as {found['who']}, {entry[0].lemma}" if entry and acts else found.group()

        rest = re.sub(r",? and (?P<who>(?:the )?[\w.-]+(?: [\w-]+)?) (?P<verb>[a-z]+s)\b", other, rest)
        text = re.sub(r"(?P<joint>(?:,? and (?:then )?|, then |, ))(?P<verb>[a-z]+)\b", put, rest)
        return re.sub(r"\bby (?=[\w.]+\b)(?P<who>[\w.]+)", lambda by: f"as {by['who']}" if self.is_person(by["who"]) else by.group(), text)

    # what is tried, waited for, switched

    def _datum(self, cue: str) -> str:
        """Quote B; 5 wrong codes: data by their names."""
        plain = normalise(cue)
        for name in sorted(self.case.test_data, key=len, reverse=True):
            key = re.escape(normalise(name).replace("_", " "))
            if normalise(name) in self.persons:
                continue
            if len(name) > 1 and re.match(rf"(?:the |an? |\d+ )?{key}s?(?!\w)", plain) and not self._told(cue):
                verb = "enter" if _ENTERED.search(name) else "use"
                spelt = cue if cue.startswith(name) and re.search(r"[A-Z\d]$", name) else self._thing(cue)
                return self._operated(cue) or f"{verb} {spelt}"
        return ""

    def _counted(self, cue: str) -> str:
        """5 wrong in a row, where a datum is the wrong code: 5 wrong codes are entered."""
        if re.fullmatch(r"(?:\d+|two|three|four|five|the|a|an) (?:\w+ ){0,2}(?:codes?|PINs?|pins?|passwords?)(?: in a row| again)?", cue):
            return f"enter {cue}"
        found = re.match(r"(?P<n>\d+|two|three|five) (?P<how>[a-z]+)(?P<rest>(?: in a row| again)?)$", cue)
        for name in self.case.test_data if found else ():
            how, _, thing = normalise(name).partition(" ")
            if found and how == found["how"] and _ENTERED.search(thing):
                return f"enter {found['n']} {how} {thing}s{found['rest']}"
        return ""

    def _told(self, cue: str) -> bool:
        """Whether there is a verb in it."""
        return bool(self.handled(cue) or self.acting(cue) or self.reader.finite(cue))

    def _operated(self, cue: str, how: str = "with ") -> str:
        """What is tried is tried with what the case is about: send POST /orders with no key."""
        named = next((name for name in self.case.test_data if cue.startswith(name) and re.search(r"[A-Z\d]$", name)), "")
        return f"{self.operation} {how}{cue if named else self._thing(cue)}" if self.operation else ""

    def _thing(self, text: str) -> str:
        """With an article where it is a common noun: good file -> the good file."""
        named = self._named(text)
        numbered = re.search(r"(?:^|\s)[A-Z\d]", flat(named)) or re.match(
            r"(?:the|an?|no|any|all|both|each|its?|my|one|two|another)\b|[\d<>~-]", named
        )
        return named if numbered or MASK in flat(named) or re.search(r"[A-Z]", named[:1]) else f"the {named}"

    def _ordinal(self, cue: str) -> str:
        """Third visit 9,640 in takes the number after …: the visit is made."""
        at = self._third_in(cue) if _ORDINAL.match(cue) else 0
        return self._deed(cue[:at].strip()) if at else ""

    def _by_person(self, cue: str) -> str:
        """Repair and resume by brewlead -> as brewlead, repair and resume."""
        found = re.match(r"(?P<do>[a-z][\w ,]+?) by (?P<who>[\w.-]+)$", cue)
        if not found or not self.is_person(found["who"]) or self._told(found["do"]):
            return ""
        return self.by(found["who"], self.imperative(found["do"]) or self._deed(found["do"]) or found["do"])

    def _timed(self, cue: str) -> str:
        """At 14:29; 15 minutes idle on the page."""
        if (clock := _CLOCK.match(cue)) and not self.reader.finite(cue):
            return self.lexicon.phrase("set_clock" if self.settable else "wait_until", value=clock["value"])
        if _DURATION.match(cue) and not self.reader.finite(cue):
            return f"wait {cue}"
        return ""

    def _valued(self, cue: str) -> str:
        """6.1 °P, for the density values to feed."""
        if cue[:1] in "\"'“‘`[(" or self.handled(cue):
            return ""
        long = len(cue.split()) > _SHORT and not all(_VALUE.match(flat(part)) for part in cue.split(", "))
        if not _VALUE.match(flat(cue)) or long or self.reader.finite(cue):
            bare = re.sub(r"^[Aa]t\s+(?=\d)", "", cue)
            return self._valued(bare) if bare != cue else ""
        if re.match(r"\S+ (?!(?:simulated|further|more|and|in|of|with|for|kg|kg/h|mm|cm|ml|hPa|bar|ppm|rpm)\b)[a-z]{3,}", cue) and not _ORDINAL.match(cue):
            return ""  # 5 wrong in a row
        if self.operation:
            return self._operated(cue)
        number = re.search(r"\d[\d.,:]*\d|\d", cue)
        listed = [
            name
            for name, value in self.case.test_data.items()
            if number and not GIVEN_LIMIT.search(name.replace("_", " ")) and re.search(rf"(?<![\d.,]){re.escape(number.group())}(?![\d]|[.,]\d)", value)
        ]
        if len(listed) != 1 or normalise(listed[0]) in normalise(cue):
            return f"apply {cue}"
        head = normalise(listed[0]).split(" ")[-1]
        verb = self.lexicon.data["handled"].get(head.removesuffix("s")) or ("enter" if _ENTERED.search(listed[0]) else "apply")
        name = listed[0] if re.search(r"[A-Z]", listed[0][1:]) else listed[0].lower()
        return f"{verb} {name.replace('_', ' ')}: {cue}"

    def _tried(self, cue: str) -> str:
        """With, without and no; the same again."""
        if _WITH.match(cue):
            return f"{self.operation or TRY} {cue[:1].lower()}{cue[1:]}"
        if _NONE.match(cue) and not self._told(cue):
            return self._operated(cue) or f"{TRY} with {cue[:1].lower()}{cue[1:]}"
        if re.match(r"(?:the )?same\b", cue, re.IGNORECASE) and not self._told(cue):
            cue = cue if re.match("the ", cue, re.IGNORECASE) else f"the {cue[:1].lower()}{cue[1:]}"
            return self._operated(cue) or f"use {cue[:1].lower()}{cue[1:]}"
        return ""

    def _labelled(self, cue: str) -> str:
        """WEIGH, "Send", 'Void'."""
        return f"press {cue}" if re.fullmatch(r"[A-Z]{3,}(?: [A-Z]{2,})?|\"[^\"]+\"|'[^']+'", cue) and cue not in self.case.test_data else ""

    def _switched(self, cue: str) -> str:
        """Airplane mode, signal off, Ctrl+Z, WEIGH, `check`."""
        if mode := _MODE.match(cue):
            return f"switch to {mode['mode'][:1].lower()}{mode['mode'][1:]}"
        if _BACK.match(cue) and not self.reader.finite(cue):
            return f"go {cue[:1].lower()}{cue[1:]}"
        touched = self.events._touched(cue)
        return touched.text if touched and not self.reader.finite(cue) else ""

    def _continuing(self, cue: str) -> str:
        """Continuing, losing the microphone."""
        found = re.match(r"(?P<verb>[A-Za-z-]{3,20}ing)\b(?P<rest>.*)$", cue)
        entry = self.verbs.entry(found["verb"]) if found else None
        thing = found and re.match(r"(?:any|every|no|some)?thing$|(?:even|morn|build|sett|str|spr|k|r|w)ing$", found["verb"].lower())
        noun = re.match(r"(?!switching|turning)\w+ing \w+ (?:on|off|open|closed|is|are|has)\b", cue, re.IGNORECASE)  # landing switch OFF
        if not found or thing or noun or not (found["rest"] or (entry and entry[0].kind == "action" and entry[0].lemma != "wait")) or (entry and entry[1] != "gerund") or (not entry and not found["rest"]):
            return ""
        if not entry or entry[0].lemma in _HAPPENS | {"time out"}:
            return self.lexicon.phrase("bring_about", what=cue[:1].lower() + cue[1:])
        return f"{entry[0].lemma}{self._coordinated(found['rest']) or ' it'}"

    def _deed(self, cue: str) -> str:
        """Undo of the check-in, third payment, ruth's attempt, second pass at 14,240: what is named is done."""
        if self.reader.finite(cue) or self._third_in(cue):
            return ""
        of = re.match(r"(?:the |an? )?(?P<deed>[\w-]+) of (?P<what>.+)$", cue, re.IGNORECASE)
        if of and (deed := self.lexicon.data["deeds"].get(of["deed"].lower())):
            return f"{deed} {of['what']}"
        act = self.triggers._possessed(cue) or self.triggers._deed(cue, " is refused")
        if act and self.operation and re.match(r"(?:start|run|rerun|send|call) it again", act.text):
            return f"{self.operation} again"
        if act:
            return self.by(act.actor, act.text) if act.actor else act.text
        person = re.match(r"(?P<who>[A-Z][\w.-]*)['’]s (?P<what>attempt|try)\b(?P<rest>.*)$", cue)
        if person and self.is_person(person["who"]):
            return self.by(person["who"], f"{TRY}{person['rest']}")
        head = _PREPOSITION.split(flat(cue), maxsplit=1)[0].split(" ")
        alone = not re.match(r"the |an? ", cue, re.IGNORECASE)
        what = self._named(cue) if not alone or not (_ORDINAL.match(cue) or cue[:1].islower()) else f"the {cue[:1].lower()}{cue[1:]}"
        what = re.sub(r"^the (another|new) ", lambda found: f"{'a ' if found[1] == 'new' else ''}{found[1]} ", what)
        if verb := self.lexicon.data["handled"].get(head[-1].lower()):
            return f"{verb} {what}"
        if self.is_person(cue):
            return ""
        if _ORDINAL.match(cue):
            value = len(head) == 2 and _VALUE.match(flat(head[-1]))
            return (self._operated(cue) or f"apply {what}") if value else self.lexicon.phrase("carry_out", what=what)
        if self.events.is_event(cue) and not STATE.fullmatch(cue):
            return self.lexicon.phrase("carry_out", what=what)
        return ""

    def _let(self, cue: str) -> str:
        """The simulator swings by 40 kg -> let the simulator swing by 40 kg."""
        at = self._third_in(cue)
        if not at or "," in flat(cue)[:at] or re.search(r"\s(?!this|its|was|has)[a-z]{3,}s\s", cue[:at]):
            return ""
        word = re.match(r"[a-z]+", cue[at:])
        entry = self.verbs.entry(word.group()) if word else None
        lemma = entry[0].lemma if entry else self.verbs.guess(word.group(), "third").lemma if word else ""
        return f"let {self._named(cue[:at].strip())} {lemma}{self._coordinated(cue[at + len(word.group()) :])}" if word else ""

    def _third_in(self, text: str) -> int:
        """Where a verb in the third person stands."""
        for word in re.finditer(r"(?<=\s)[a-z]{3,}s\b", flat(text)[:80]):
            entry = self.verbs.entry(word.group())
            before = text[: word.start()].split()[-1:]
            if entry and entry[1] == "third" and word.group() not in _AUXILIARY and before and before[0].lower() not in ("of", "in", "on", "for", "to", "and", "or", "with", "the", "a", "by", "two", "three", "all"):
                return word.start()
        return 0

    def required(self, name: str) -> str:
        """The text of a requirement, or of a row, of that name; empty where there is none."""
        first = name.split("/")[0]
        told = next((row.cells for row in self.reading.rows if first in row.cells.values()), {})
        named = (sentence.text[len(first) :].strip(" :") for sentence in self.reading.sentences if sentence.text.startswith(first))
        return " ".join(cell for cell in told.values() if cell != first) or next(named, "")

    def _any(self, cue: str) -> str:
        """A state is brought about, a thing is tried."""
        state = self.reader.finite(cue) or STATE.fullmatch(cue) or re.search(r"\bstill\b|\b[A-Z]{2,3} with\b", cue)
        if not state and (operated := self._operated(cue)):
            return operated
        if not state and re.match(r"(?:at|on|in|below|above|under|over|before|by)\s", cue, re.IGNORECASE):
            return f"{self.operation or TRY} {cue[:1].lower()}{cue[1:]}"
        if not state and re.search(rf"[\d{MASK}]", flat(cue)):
            return f"{TRY} with {self._thing(cue)}"
        return self.lexicon.phrase("bring_about", what=self._named(cue))

    def _named(self, text: str) -> str:
        """With a small letter, but for names."""
        first = text.split(" ", 1)[0]
        plain = re.sub(r"['’]s$|[,:.]$", "", first)
        known = plain in self.names or normalise(plain) in self.persons
        name = re.search(r"[A-Z\d_./]", plain[1:]) or first in ("Dr.", "Mr.", "Ms.", "Mrs.") or known or (len(plain) == 1 and plain != "A")
        return text if name or not first[:1].isupper() else text[:1].lower() + text[1:]


def _role(reader: Reader) -> re.Pattern[str]:
    nouns = "|".join((*map(re.escape, reader.lexicon.data["actor_nouns"]), reader.lexicon.data["actor_pattern"]))
    return re.compile(rf"(?:[\w-]+\s)?(?:\w+-)?(?:{nouns}|players|users|staff)(?-i:\s[A-Z\d]\w*)?|(?:Dr|Mr|Ms|Mrs|Nurse)\.? [A-Z][a-z]+", re.IGNORECASE)


def _persons(case: TestCase, reader: Reader) -> set[str]:
    """Who acts, by name: accounts and names of the data, and who has something, sees something or is named behind a role."""
    role, names = _role(reader), set[str]()
    for key, value in case.test_data.items():
        bare = re.split(r"[(,;/]", value)[0].strip()
        names |= set(re.match(r"(?:[A-Z][a-z]{2,} [A-Z][a-z]{2,}(?=$|[,(]))?", value).group().split())
        named = role.fullmatch(key) or re.search(r"\b(?:login|account)$", key, re.IGNORECASE)
        if (ACCOUNT.fullmatch(bare) and not FILE.match(bare)) or (named and len(bare.split()) < 4):
            names |= {*([key] if named else []), bare, *re.findall(r"[A-Z][a-z]{2,}", value), *re.findall(r"[A-Za-z]{3,}$", bare)}
    told = "\n".join((*case.preconditions, case.specification or "", *case.expected_results))
    nouns = "|".join(map(re.escape, reader.lexicon.data["actor_nouns"]))
    names |= {found[1] for found in re.finditer(rf"\b(?:{nouns}|supervisor)\s+['\"]?((?-i:[A-Z][a-z]{{2,}})|[A-Za-z]+[-._]?\d+|(?-i:[a-z]+[._]\w+)|(?<=['\"])\w+)", told, re.IGNORECASE)}
    names |= {found[1] for found in re.finditer(r"(?<![.:;\n] )(?<!\n)(?<!^)\b([A-Z][a-z]{2,})(?:'s\b| (?:has|sees|gets|can|cannot|had)\b)", told)}
    return {normalise(name) for name in names if len(name) > 1}


_RUN = re.compile(r"\b(?:with|by|via|using|run|running|start(?:ed|ing)?|call(?:ed)?|execute[sd]?)\s+`(?P<run>[^`\n]{3,120})`")


def _operation(case: TestCase, reading: Reading) -> str:
    """The call that the case is about in full, or the command that runs what it is about, as an order."""
    if reading.request:
        verb, _, path = reading.request.partition(" ")
        full = re.search(rf"\b{verb} (/[\w/{{}}.-]*{re.escape(path)})(?![\w/-])", case.specification or "")
        return f"send `{verb} {full[1] if full else path}`"
    told = "\n".join((*case.preconditions, case.specification or ""))
    named = [value for name, value in case.test_data.items() if re.fullmatch(r"command|script|job|run", name, re.IGNORECASE) and not re.fullmatch(r"[A-Z]+-\d+", value)]
    run = _RUN.search(told)
    command = named[0].split(",")[0] if named else run["run"] if run else ""
    for name, value in case.test_data.items():
        command = command.replace(f"<{name}>", value)
    return f"run `{command}`" if command else ""
