"""English: data of which each is a run of its own: what a result tells of D1, D2 or Quote A is done with it."""

import re

from testgen.drafting.outline.english.entries import FILE
from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.english.verbal import Verbal
from testgen.drafting.outline.model import UNREAD, Reading

_FORM = re.compile(r"(?P<head>(?:[A-Za-z]+[ _])?(?:[A-Z]{0,6}[ -]?|[a-z]))(?P<key>\d{1,4}|[A-Z]|(?<=[a-z]_)[a-z]+)")
_SHORT = {"q": "query"}
_IN_A_FILE = re.compile(r"(?:line|row|record|entry)s?\b", re.IGNORECASE)
_TIMES = re.compile(r" x ?(?P<n>\d{1,2})$")
_ENTERED_FIRST = re.compile(r"(?P<cue>\d[\w.,]*(?: [a-z]+){0,2} [a-z]+ed), ")
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
            thing = name if what in name.lower() else f"{what} {name}".strip()
            if told := self.imperative(self.case.test_data[name]):
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
        keys = "|".join(re.escape(_key(name)) for name in found)
        spoken = re.compile(
            rf"(?:[A-Za-z]+ing )?(?:{'|'.join(map(re.escape, found))})(?![\w-])|(?-i:{keys})(?=(?: x\d+)?(?::| ->| →))",
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
        counted = re.search(r"\b(?:calculat|comput|premium|tariff|fare|price)", told)
        return (
            (noun and self.told_deed(noun))
            or self.lexicon.data["met"].get(noun)
            or self.lexicon.data["handled"].get(noun)
            or ("calculate" if counted else "carry out the test for")
        )


def _key(name: str) -> str:
    """A, of voucher_A."""
    return re.split("[ _]", name)[-1]
