"""English: what is usually done with a thing that a result only names by the value of a datum: Harbour Lights is played, 14A tapped."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english.entries import FILE
from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.drafting.outline.model import UNREAD, Reading
from testgen.text.normal import normalise

_ENTERED = re.compile(r"\b(?:pin|code|password|number|voucher|coupon)s?$", re.IGNORECASE)
_GIVEN = re.compile(r"(?P<name>\b[A-Z]?[a-z]* ?(?:PIN|code|password)) (?:is |set to |= ?|: ?)(?P<value>[\w-]*\d[\w-]*)")
_REST = re.compile(r"(?=$|[,;:]|\s(?:\w+ times|twice|again|with|without|while|during|in|at|for|on|until|from)\b)")
_SAYS = ("happens", "things_do", "by_itself", "says", "undergone")  # verbs of which the subject is no object
_MOCK = re.compile(
    r"(?P<who>[A-Z][\w -]{2,30}?) can be (?:told|set|configured) (?:which|what) [\w ]{2,20} to (?P<do>[a-z]+)"
)
_STATUS = re.compile(r"[1-5]\d\d\b")
_LABEL = re.compile(r"\b[A-Z][a-z]+|[\"'][^\"']+[\"']")
_ALL_OF = re.compile(r"[Aa]ll (?P<name>[a-z]+?)s?")
_SHORT = 5  # words of a value that is a name
_NTH = re.compile(r"(?:[Tt]he )?(?P<nth>\d+(?:st|nd|rd|th)\b)|(?P<new>[Aa](?: new|nother)) (?P<what>[a-z]+)")
_MANY_NEW = re.compile(r"\d+ new (?P<what>[a-z]+?)s\b")
_SWITCH = re.compile(r"(?:switch|turn) (?:it )?(?P<how>on|off)(?=$| (?:at|after|before|while|during|w/)\b)")
_SWITCHES = re.compile(
    r"\b(?:[Tt]urn|[Ss]witch)(?:s|es|ed|ing)? (?P<what>(?:the )?(?!it\b|[Ii]t's\b)[\w' -]{2,30}?) (?:on|off)\b"
)


class Usual:
    """Knows it for one case."""

    def __init__(self, case: TestCase, reading: Reading, verbs: EnglishVerbs, sets: dict[str, list[str]]) -> None:
        self.reading, self.verbs = reading, verbs
        self.own = {verb for name in _SAYS for verb in sets[name]}
        self.data = case.test_data
        self.mock = next((found for text in case.preconditions if (found := _MOCK.match(text))), None)
        self.told = "\n".join((case.title, case.objective or "", case.specification or ""))
        self.results = "\n".join(case.expected_results)
        self.things = {value: name for name, value in case.test_data.items() if len(value.split()) < _SHORT}
        self.things |= {name: name for name in case.test_data if FILE.match(name)}
        given = (found for text in case.preconditions for found in _GIVEN.finditer(text))
        self.things |= {found["value"]: found["name"] for found in given if found["value"] not in self.things}

    def order(self, cue: str) -> str:
        """0000 three times -> enter 0000 three times; empty where the cue begins with no datum, or nothing tells what is done with it."""
        starts = (value for value in self.things if cue.startswith(value) and _REST.match(cue, len(value)))
        value = max(starts, key=len, default="")
        if not value:
            return self.in_field(cue)
        name = self.things[value].replace("_", " ")
        if _ENTERED.search(name):
            small = name if re.search(r"[A-Z]", name[1:]) else name.lower()
            return f"enter {small}: {cue}" if cue == value else f"enter {cue}"
        if name.lower().startswith("new ") and cue == value:
            return f"change the {name[4:]} to {value}"
        verb = self._told(name) or self._played(value) or self._titled(value) or ("load" if FILE.match(value) else "")
        return f"{verb} {cue}" if verb else ""

    def filtered(self, cue: str) -> str:
        """Leeds only, all sites, of a case with filters: what the filter is set to."""
        only, every = re.fullmatch(r"(?P<value>[\w '&-]{2,30}?) only", cue), _ALL_OF.fullmatch(cue)
        if not (only or every) or not re.search(r"\bfilter", self.told, re.IGNORECASE):
            return ""
        alike = next((name for value, name in self.things.items() if f"{value} only" in self.results), "the filter")
        name = self.things.get(only["value"], alike) if only else every["name"]  # type: ignore[index]
        field = next((key for key in self.data if normalise(key) == normalise(name)), name)
        return f"set {field} to {only['value'] if only else 'all'}"

    def in_field(self, cue: str, *, offered: bool = False) -> str:
        """Reason SP01, of the datum Reason code, or reason 'Other', which may be offered: what a field is given."""
        field, _, value = cue.partition(" ")
        said = any(own == value and field.lower() in _words(name) for own, name in self.things.items())
        quoted = offered and re.fullmatch(r"'[^']+'|\"[^\"]+\"", value)
        named = field.isalpha() and normalise(cue) not in map(normalise, self.data)
        if not named or not (said or (quoted and re.search(rf"\b{field}\b", self.told, re.IGNORECASE))):
            return ""
        what = re.escape(value[1:-1])
        choice = quoted and re.search(rf"(?:/|\bor|,) ?{what}\b|\b{what} ?(?:/|or\b)", self.told)
        return f"{'choose' if choice else 'enter'} {field.lower()} {value}"

    def simulated(self, cue: str) -> str:
        """500 then 200, where a mock can be told which status to return, and a datum is the event that it is called by."""
        if not self.mock or not _STATUS.match(cue):
            return ""
        then = next((f", then trigger {value}" for name, value in self.data.items() if name.lower() == "event"), "")
        return f"let the {self.mock['who'][:1].lower()}{self.mock['who'][1:]} {self.mock['do']} {cue}{then}"

    def one_of(self, text: str) -> str:
        """1st, a new ticket, of 4 new tickets: create it."""
        things = [found["what"] for value in self.data.values() if (found := _MANY_NEW.match(value))]
        nth = _NTH.match(text) if things else None
        if not nth or (nth["new"] and nth["what"] != things[0]):
            return ""
        return f"create {nth['new']} {things[0]}" if nth["new"] else f"create the {nth['nth']} {things[0]}"

    def fleshed(self, order: str) -> str:
        """Kill it, where a datum tells how: kill the database session from the console; switch it off, of what the case switches."""
        if switch := _SWITCH.match(order):
            things = {found["what"] for found in _SWITCHES.finditer(self.told)}
            return f"switch {things.pop()} {switch['how']}{order[switch.end() :]}" if len(things) == 1 else order
        if done := self._brought_by(order):
            return done
        bare = re.fullmatch(r"(?P<verb>[a-z]+) it", order)
        for name, value in self.data.items() if bare else ():
            if bare and re.match(rf"{bare['verb']} (?!it\b)\S+ ", value):
                return f"{value} ({name})"
        return order

    def _brought_by(self, order: str) -> str:
        """Unlock combo, where holding two keys is told to leave it unlocked: what somebody does for that."""
        verb = re.fullmatch(r"(?P<verb>[a-z]+)(?: [a-z]+)?", order)
        for fact in self.reading.facts if verb else ():
            left = re.split(r"[,;(]", fact.outcome)[0].strip().lower()
            if verb and fact.acts and self.verbs.lemma_of_past(left) == verb["verb"]:
                return ", then ".join(act.text for act in fact.acts)
        return ""

    def _told(self, name: str) -> str:
        """The passenger taps an exit-row seat, for the datum Exit row."""
        wants = _words(name)
        for fact in self.reading.facts:
            for act in fact.acts if wants else ():
                thing = next((thing for thing in act.objects if wants <= _words(_LABEL.sub("", thing))), "")
                before = act.text.partition(thing)[0].strip() if thing and act.kind not in UNREAD else ""
                if before:
                    return before
        return ""

    def _played(self, value: str) -> str:
        """Penguin Post plays: what it, or another one of its kind, is said to do when somebody does it."""
        kind = self.things[value].split(" ")[0]
        alike = (other for other, name in self.things.items() if name.split(" ")[0] == kind)
        for other in alike:
            found = re.search(rf"{re.escape(other)} (?P<verb>[a-z]+s)\b", self.results)
            verb, form = (self.verbs.entry(found["verb"]) if found else None) or (None, "")
            if verb and form == "third" and verb.kind != "system" and verb.lemma not in self.own:
                return verb.lemma
        return ""

    def _titled(self, value: str) -> str:
        """Upload profile photo, for a file."""
        acts = self.reading.title.acts if FILE.match(value) else ()
        return next((act.text.split(" ")[0] for act in acts if act.kind in ("upload", "open", "create")), "")


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]{2,}", normalise(text)))
