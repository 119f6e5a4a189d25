"""English: data of which each is a run of its own: what a result tells of D1, D2 or Quote A is done with it."""

import re

from testgen.drafting.outline.english.entries import FIELD, FILE
from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.english.verbal import Verbal
from testgen.drafting.outline.model import UNREAD, Reading
from testgen.text.normal import normalise

_FORM = re.compile(r"(?P<head>(?:[A-Za-z]+[ _])?(?:[A-Z]{0,6}[ -]?|[a-z]))(?P<key>\d{1,4}|[A-Z]|(?<=[a-z]_)[a-z]+)")
_SHORT = {"q": "query"}
_IN_A_FILE = re.compile(r"(?:line|row|record|entry)s?\b", re.IGNORECASE)
_TIMES = re.compile(r" x ?(?P<n>\d{1,2})$")
_ENTERED_FIRST = re.compile(r"(?P<cue>\d[\w.,]*(?: [a-z]+){0,2} [a-z]+ed), ")
_BASKET = re.compile(r"\b(?:basket|cart|bag|trolley)\b", re.IGNORECASE)
_PRICED = re.compile(r"[£$€]\s?\d|\d\s?(?:[£$€]|[A-Z]{3}\b)")
_LOADED = re.compile(r"\b(?:upload|attach|import)", re.IGNORECASE)
_CODE = re.compile(r"\b(?:promo|code|coupon|voucher)\b", re.IGNORECASE)
_MANY = re.compile(
    r"(?P<head>[A-Za-z]{3,}?)s? (?P<keys>(?:\d{1,4}|[A-Z])(?:(?:,? and |, | ?& ?|/)(?:\d{1,4}|[A-Z]))+)(?![\w-])"
)
_FORM_FIELDS = 2
_NAMED_IN_TITLE = re.compile(
    r"(?:[A-Z]+[-_]?\d+:? )?(?P<what>[A-Z][\w-]*(?: [a-z][\w-]*){1,3}?)(?=$|:| [-–—] | (?:falling|with|on|in|to|from|for|of|by|at|that|which|when|after)\b)"
)
_NUMBER = re.compile(r"[\s_](?:\d+|[A-Za-z])$")
_HOW = re.compile(r",? ?(?:(?:via|through|by|with|without|at|in|on|from|to|as|using|for) |w/|\()|, ")
_AS_BEFORE = re.compile(
    r"\b(?:still|unchanged|remains?|stays?|(?:is|are) (?:both |all )?(?:listed|shown|displayed|visible))\b"
)


class Rows(Verbal):
    """Words the runs."""

    reading: Reading
    triggers: Triggers
    rows: dict[str, str]  # data that a result is a run with, by what each is

    def order(self, cue: str) -> str:
        """A cue as an order."""
        raise NotImplementedError

    def run(self, cue: str) -> str:
        """A run that a cue tells as a whole; bad x3 -> a run with it three times."""
        times = _TIMES.search(cue)
        once = self.row(cue[: times.start()] if times else cue, whole=True)
        counts = {number: word for word, number in self.lexicon.data["numbers"].items()}
        return f"{once} {counts.get(int(times['n']), times['n'])} times" if once and times else once

    def row(self, text: str, *, whole: bool = False) -> str:
        """A run with a datum that a text begins with, of those that have a name of one form: D1, D2, Quote A, Quote B. A text that
        tells as a whole what is done keeps what stands behind the name: line 1 via chat."""
        plain, masked = text.strip(), flat(text)
        if several := self._several(plain, whole=whole):
            return several
        entered = _ENTERED_FIRST.match(masked)
        if entered and (done := self.handled(plain[: entered.end("cue")])):
            return done
        for name, what in () if self.joining(plain) else self.rows.items():
            found = re.match(rf"(?i:{re.escape(name)})(?![\w-])(?!['’]s)", plain)
            if plain == _key(name):
                found = re.match(re.escape(plain), plain)
            if not found or _AS_BEFORE.search(masked) or self._acts_itself(name, plain[found.end() :]):
                continue
            if joined := re.match(r" and (?P<more>[\w ]{1,20}?\b(?:\d{1,4}|[A-Z]))\b", plain[found.end() :]):
                return f"{self.deed_for(what)} {plain[: found.end() + joined.end()]}"
            thing = name if what in name.lower() or FILE.match(name) else f"{what} {name}".strip()
            if told := self.imperative(self.case.test_data.get(name, "")):
                do, _, how = told.partition(" ")
                return (
                    f"{do.lower()} {name} ({how})" if how[:1].isdigit() else f"{do[:1].lower()}{do[1:]} {how}".strip()
                )
            end = len(plain) if whole else self.triggers.predicate(masked)
            verb = self.reader.verbs.entry(plain[found.end() : end].strip().split(" ")[0])
            if verb and verb[1] != "base" and verb[0].ui and (done := self.handled(plain[:end].strip())):
                return done  # typed in capitals
            rest = plain[found.end() : end].rstrip(" ,")
            if whole and rest and (done := self.acting(plain)):
                return done
            return f"{self.deed_for(what)} {thing}{rest if _HOW.match(rest) and not self.reader.finite(rest) else ''}"
        return ""

    def _several(self, text: str, *, whole: bool) -> str:
        """Messages 2 and 3 give no push: one after the other."""
        found = _MANY.match(text)
        listed = re.split(r",? and |, | ?& ?|/", found["keys"]) if found else []
        names = [name for key in listed for name in self.rows if normalise(name) == normalise(f"{found['head']} {key}")]  # type: ignore[index]
        ends = found and (found.end() == len(text) if whole else not _AS_BEFORE.search(flat(text)))
        if not found or not ends or len(names) != len(listed):
            return ""
        return ", then ".join(f"{self.deed_for(self.rows[name])} {name}" for name in names)

    def _acts_itself(self, name: str, behind: str) -> bool:
        """Caller 1 rings again: a person of the data."""
        verb = re.match(r" (?P<verb>[a-z]+s)\b", behind)
        return bool(verb and self.is_person(name) and self.reader.verbs.is_third(verb["verb"]))

    def _read_rows(self) -> dict[str, str]:
        """Data with names of one form of which results speak one by one, and what each of them is: the donor D1."""
        if self.operation:
            return {}
        found: dict[str, str] = {}
        in_a_file = any(FILE.match(value) for value in self.case.test_data.values())
        for name in self.case.test_data:
            form = _FORM.fullmatch(name)
            alike = re.compile(rf"{re.escape(form['head'])}(?:\d{{1,4}}|[A-Z]|(?<=_)[a-z]+)") if form else None
            if in_a_file and _IN_A_FILE.match(name):
                continue  # they come with the file
            if form and alike and sum(bool(alike.fullmatch(other)) for other in self.case.test_data) > 1:
                told = "\n".join((*self.case.preconditions, self.case.objective or "", self.case.title))
                family = [other for other in self.case.test_data if alike.fullmatch(other)]
                noun = re.search(rf"\b(?P<noun>[A-Za-z]+?)s? (?:{'|'.join(map(re.escape, family))})(?!\w)", told)
                head = (
                    form["head"].strip(" _").lower()
                    if re.search("[ _]", form["head"])
                    else _SHORT.get(form["head"], "")
                )
                found[name] = head or (re.sub("ie$", "y", noun["noun"].lower()) if noun else "")
        files = {match.group(): "file" for value in self.case.test_data.values() if (match := FILE.match(value))}
        found |= files if len(files) > 1 else {}
        keys = "|".join(re.escape(_key(name)) for name in found)
        spoken = re.compile(
            rf"(?:[A-Za-z]+ing )?(?:{'|'.join(map(re.escape, found))})(?![\w-])|{_MANY.pattern}|(?-i:{keys})(?=(?: x\d+)?(?::| ->| →))",
            re.IGNORECASE,
        )
        return found if found and sum(bool(spoken.match(text)) for text in self.case.expected_results) > 1 else {}

    def told_deed(self, noun: str) -> str:
        """What the specification does to a thing."""
        for fact in self.reading.facts:
            for act in fact.acts:
                named = any(re.search(rf"\b{noun}s?$", thing, re.IGNORECASE) for thing in act.objects)
                verb = act.text.split(" ", 1)[0]
                if named and act.kind not in (*UNREAD, "press") and verb not in self.verb_set("alters"):
                    return verb
        return ""

    def made_of_data(self) -> list[str]:
        """The order to make each datum that is a thing of which a verb goes with its name: make the OTA-1 booking."""
        verbs = self.lexicon.data["handled"]
        named = {name: verbs.get(re.sub(r"\s\d+$", "", name).lower().split(" ")[-1]) for name in self.case.test_data}
        return [
            f"{verb} {self.thing(name)}"
            for name, verb in named.items()
            if verb and not FILE.match(self.case.test_data[name])
        ]

    def titled(self) -> str:
        """Scheduled transfer - insufficient funds: carried out, where several of the data are entered in a form for it."""
        words = _NAMED_IN_TITLE.match(self.case.title)
        head = words["what"].split(" ")[-1].lower() if words else ""
        fields = sum(bool(FIELD.search(name)) for name in self.case.test_data)
        made = self.lexicon.data["handled"].get(head) or ("carry out" if head in self.lexicon.data["deeds"] else "")
        if not words or not made or fields < _FORM_FIELDS or self.operation:
            return ""
        first, _, rest = words["what"].partition(" ")
        lemma = self.reader.verbs.lemma_of_past(first.lower())
        return f"{lemma} the {rest}" if lemma and rest else f"{made} the {self.named(words['what'])}"

    def filled(self, text: str) -> list[str]:
        """With 1 x A and 2 x B the code is accepted: what is bought is put into the basket, and the code of the case is applied."""
        told = "\n".join((*self.case.preconditions, self.case.specification or "", *self.case.expected_results))
        basket, data = _BASKET.search(told), self.case.test_data
        things = [name for name, value in data.items() if _PRICED.search(value) and _NUMBER.search(name)]
        named = [name for name in things if re.search(rf"(?<!\w){re.escape(_key(name))}(?!\w)", text, re.IGNORECASE)]
        if not basket or not things:
            return []
        codes = [name for name in data if _CODE.search(name)] if _CODE.search(text) else []
        added = [f"add {name.replace('_', ' ')} to the {basket.group().lower()}" for name in named or things]
        return [*added, *(f"apply the {name.replace('_', ' ')}" for name in codes[:1] if len(codes) == 1)]

    def deed_for(self, noun: str) -> str:
        """The case's verb for a thing that it has several of: what its specification or one of its results does to it."""
        names = "|".join(map(re.escape, self.rows))
        ing = re.search(rf"\b(?P<verb>[A-Za-z]+ing) (?:{names})\b", "\n".join(self.case.expected_results))
        entry = self.reader.verbs.entry(ing["verb"]) if ing else None
        if entry and entry[1] == "gerund":
            return entry[0].lemma
        if noun in ("line", "row", "record") and any(map(FILE.match, self.case.test_data.values())):
            return "check"
        told = f"{self.case.title}\n{self.case.objective}\n{self.case.specification}"
        loaded = _LOADED.search(told) if noun == "file" else None
        if loaded or noun == "file":
            return loaded.group().lower() if loaded else "load"
        counted = re.search(r"\b(?:calculat|comput|premium|tariff|fare|price)", told)
        return (
            (noun and self.told_deed(noun))
            or self.lexicon.data["met"].get(noun)
            or self.lexicon.data["handled"].get(noun)
            or (
                "calculate"
                if counted
                else "carry out"
                if noun in self.lexicon.data["deeds"]
                else "carry out the test for"
            )
        )


def _key(name: str) -> str:
    """A, of voucher_A."""
    return re.split("[ _]", name)[-1]
