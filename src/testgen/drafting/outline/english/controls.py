"""What an English case names that can be operated: keys, buttons, choices of a dialog."""

import re
from collections.abc import Iterator

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english.verbs import EnglishVerbs

_CAPS = r"(?:[A-Z]{2,}(?:[ -][A-Z]{2,}){0,2}(?:[+-](?!\w))?|F\d{1,2})"
_LABEL = rf"(?:{_CAPS}|[A-Z][a-z]+(?: again| later| all| [A-Z][a-z]+)?)"
_PRESS = r"(?i:press|click|tap|push|hit|touch|hold|choose|select|release)(?:e?s|ing|ed)?"
_KEY = r"\[(?:[A-Z][\w .+-]{0,24}|[^\w\s\[\]]{1,2})\]"  # [Enter], [+]
_BRACKETED = re.compile(r"\[(?P<name>[A-Z][\w .+-]{0,24})\](?!\()")
_PRESSED = re.compile(
    rf"\b{_PRESS} (?:the )?(?:key |button )?\**(?P<name>{_LABEL}(?: [A-Z][a-z]+)?(?:(?:,| and| or| then|, then) {_CAPS})*)(?!\w)"
)
_OFFERED = re.compile(
    rf"\b(?:choices|buttons?|options|answers?|keys?|with|only after|until)\b:? (?P<name>\**{_LABEL}\**(?:(?:, | / | and | or |, and |, or ){_LABEL})+)"
)
_ASKED = re.compile(
    rf"\b(?i:dialog(?:ue)?|prompt|question|pop-?up|window|message|confirmation|it)\b[^.\n]{{0,60}}?\b(?:offers?|asks?|with|has):? (?:the )?(?:buttons? |choices |options )?(?P<name>\**{_LABEL}\**(?:(?:, | / | and | or |, and |, or ){_LABEL})+)"
)  # and is closed by any of them
_BUTTON = re.compile(rf"(?<=[a-z] )(?P<name>{_LABEL}) (?:button|key)\b")
_AWAITED = re.compile(
    r"(?<=[a-z] )(?P<name>[A-Z][a-z]+(?: [a-z]+){0,2}) (?:is|has been) (?:pressed|clicked|tapped)\b"
)  # nothing is changed until Confirm change is pressed
_COMBINED = re.compile(r"(?:Ctrl|Cmd|Alt|Shift|Option)(?:[+-]\w+)+(?![\w+-])")
_INSTEAD = re.compile(rf"\((?:or|also) (?P<name>{_CAPS})\)")
_ANSWERS = re.compile(r"\b(?P<name>Yes / No(?: / [A-Z][a-z ]+)?|Yes or No)\b")
_SUBJECT = re.compile(rf"(?:^|[.;:] |\n\W{{0,4}}|\b[Tt]he )(?P<name>{_LABEL}) (?P<verb>[a-z-]+s)\b")
_IDLE = re.compile(rf"(?:^|[.;:] |\n)(?P<name>{_CAPS}) has no effect")
_LISTED = re.compile(r",? (?:and then|and|or|then) |, | / ")
_NAMED = re.compile(rf"(?P<name>\"[^\"]{{1,30}}\"|{_KEY})(?=\s|$|[,;:.])")
_SHOWS = [
    "shows",
    "displays",
    "lists",
    "gets",
    "has",
    "is",
    "was",
    "receives",
    "sees",
    "contains",
    "computes",
    "sends",
    "writes",
    "reads",
    "reports",
    "prints",
    "needs",
    "falls",
]
_HOW = re.compile(r"(?P<how>(?:is |are )?(?:pressed|clicked|tapped|chosen|touched|held)\b)? ?(?P<rest>.*)$", re.DOTALL)
MANNER = re.compile(
    r"(?:[Aa] )?(?P<how>[Ss]hort|[Ll]ong|[Dd]ouble|[Ss]econd|[Ss]ingle|[Vv]ery long) (?:press|push|tap|click)(?:(?: of| on)? (?:the )?|$)"
)
_PRESSES = re.compile(
    r"(?P<n>\d+|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive) (?:(?P<how>short|long|single) )?(?:presses|taps|clicks|pushes) (?:on|of) (?:the )?"
)
_ALONE = re.compile(r"(?P<n>\d+|one|two|three) (?:press|push|tap|click)(?:es|s)?", re.IGNORECASE)
_MANNERS = {
    "very long": " (very long)",
    "short": " (short)",
    "long": " (long)",
    "double": " twice",
    "second": " again",
    "single": " once",
}
_THEN = re.compile(r",? (?:and )?then ")  # a further act
_START = re.compile(r"\b(?:start|play|record|begin|run|go)\b", re.IGNORECASE)
_TIME = r"\d[\d.,]*[ -]?(?:s|sec|seconds?|min|minutes?)"
_HELD_FOR = re.compile(
    rf"(?:[Tt]he |[Aa]n? )?(?P<again>(?:second|third|next|another) )?(?P<time>{_TIME})[ -](?:hold|press)$",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    rf"\b[Hh]old(?:ing|s)? (?:down )?(?P<what>[^.,;:\n]{{2,40}}?) (?:down )?(?:for (?:at least )?|(?=(?:>=|≥|>)? ?\d))(?:>=|≥|>)? ?(?P<time>{_TIME})?"
)
_KEYS = re.compile(rf"(?P<keys>{_CAPS}(?:\+{_CAPS})*) (?:for )?(?P<time>{_TIME})$")
_BOTH = 2
_NO_LABEL = frozenset(
    (
        "TBC",
        "TBD",
        "TODO",
        "NB",
        "The",
        "This",
        "That",
        "Each",
        "Every",
        "Any",
        "All",
        "No",
        "After",
        "When",
        "If",
        "Once",
        "It",
    )
)
_ENDS = re.compile(r"press \W?(?:cancel|no|back|close|discard|abort|esc)\b", re.IGNORECASE)  # a dialog
_CHOSEN = re.compile(r"(?:press|choose|click|tap|answer) \W?(?P<name>[A-Z][\w-]*(?: [\w-]+)?)\W?$")


class Controls:
    """Knows them by their spelling."""

    def __init__(self, case: TestCase, verbs: EnglishVerbs) -> None:
        told = "\n".join((case.specification or "", *case.expected_results))
        self.told = "\n".join((case.title, case.objective or "", case.specification or ""))
        data = {*case.test_data, *case.test_data.values()}
        listed = [found for form in (_ASKED, _OFFERED, _ANSWERS) for found in form.finditer(told)]
        choices = [({name.strip("* ") for name in _LISTED.split(found["name"])}, found.re) for found in listed]
        self.offered = {name for names, _ in choices for name in names}
        self.asked = [names for names, form in choices if form is _ASKED]
        pair = {"Yes", "No"}  # Yes replaces it, No leaves it as it was
        self.offered |= pair if all(re.search(rf"\b{name} [a-z]+s\b", told) for name in pair) else set()
        named = (self.offered & pair) | set(self._found(case.specification or "", told, verbs)) - data
        found = {name for name in named if name not in _NO_LABEL or name in self.offered}
        self.spoken = bool(re.search(r"\b(?:says?|saying|voice|spoken)\b", case.specification or ""))
        self.names = sorted(found, key=len, reverse=True)

    def _found(self, spec: str, told: str, verbs: EnglishVerbs) -> Iterator[str]:
        for form in (_BRACKETED, _PRESSED, _AWAITED, _INSTEAD, _ASKED, _OFFERED, _ANSWERS, _BUTTON):
            for found in form.finditer(told):
                yield from (name.strip("* ") for name in _LISTED.split(found["name"]))
        if stop := re.search(r"\b[Ee]-stop\b", told):
            yield from (stop.group(), stop.group().capitalize(), stop.group().lower())
        yield from (found["name"] for found in _IDLE.finditer(spec))
        does = [found for found in _SUBJECT.finditer(spec) if not _is_noun(found, verbs)]
        for name, verb in dict.fromkeys((found["name"], found["verb"]) for found in does):
            entry = verbs.entry(name)
            noun = re.search(rf"\b{name.lower()}\b", told)
            named = name.isupper() or (entry and entry[1] == "base" and entry[0].kind not in ("system", "check"))
            named = named or (
                not entry and not noun and not name.endswith("s") and name in told.replace(f". {name}", "")
            )
            if named and verb not in _SHOWS and verbs.is_third(verb):
                yield name

    def at(self, text: str) -> str:
        """The control that a text begins with; a quoted or bracketed one is any, and keys that are pressed together."""
        if quoted := _NAMED.match(text):
            return quoted["name"]
        if keys := _COMBINED.match(text):
            return keys.group()
        return next((name for name in self.names if re.match(rf"{re.escape(name)}(?![\w'])(?!-\w)", text)), "")

    def pressed(self, cue: str) -> str:
        """A cue that begins with a control as an order: FEED HOLD while cutting -> press FEED HOLD while cutting."""
        if held := self._held_keys(cue):
            return held
        if (many := _PRESSES.match(cue)) and (name := self.at(cue[many.end() :])):
            how = _MANNERS.get((many["how"] or "").lower(), "")
            return f"press {name}{how} {many['n']} times{cue[many.end() + len(name) :]}"
        if manner := MANNER.match(cue):
            if manner.end() == len(cue):
                return f"make a {cue.strip().lower().removeprefix('a ')}"
            name = self.at(cue[manner.end() :])
            return f"press {cue[manner.end() :]}{_MANNERS[manner['how'].lower()]}" if name else ""
        name = self.at(cue)
        found = _HOW.fullmatch(cue[len(name) :].strip()) if name else None
        rest = found["rest"] if found else ""
        by = re.match(r"by (?P<who>.+)$", rest)
        led = by or re.match(
            r"(?:without|while|during|when|for|in|with|at|again|twice|within|on|key|button|\d)\b", rest
        )
        if _THEN.search(rest):
            return ""
        if not found or (rest and not led) or re.match(r"(?:key |switch )?(?:ON|OFF)(?: |$)", rest):
            return ""
        verb = "hold" if (found["how"] or "").endswith("held") else "say" if self.spoken and name[0] == '"' else "press"
        if by:
            return f"As {'all of them' if by['who'] == 'all' else by['who']}, {verb} {name}"
        return f"{verb} {name}{' ' if rest else ''}{rest}"

    def _held_keys(self, cue: str) -> str:
        """A 3 s hold is of what the specification holds; MENU+UP 5 s tells its keys; 2 presses are of the only key."""
        holds, keys = _HOLDS.search(self.told), _KEYS.match(cue)
        if holds and (held := _HELD_FOR.match(cue)):
            return f"hold {holds['what']} for {held['time']}{' again' if held['again'] else ''}"
        if (often := _ALONE.fullmatch(cue)) and len(self.names) == 1:
            times = "" if often["n"] in ("1", "one") else f" {often['n']} times"
            return f"press {self.names[0]}{times}"
        known = keys is not None and all(key in self.names for key in keys["keys"].split("+"))
        return f"hold {keys['keys']} for {keys['time']}" if keys and known else ""

    def held(self, lapse: str) -> str:
        """3 s, for which the specification says that something is held: hold it so long."""
        holds = _HOLDS.search(self.told)
        same = holds and holds["time"] and holds["time"].replace(" ", "") == lapse.replace(" ", "")
        return f"hold {holds['what']} for {lapse}" if holds and same else ""

    def sequence(self, text: str) -> str:
        """RESET and POWER ON -> press RESET, then press POWER ON; empty where something else stands between."""
        parts = _LISTED.split(text.strip(" ,."))
        named = all(self.at(part) == part for part in parts)
        return ", then ".join(f"press {part}" for part in parts) if named else ""

    @staticmethod
    def in_a_row(text: str) -> str:
        """RESET, then POWER ON, which are written as keys are: press each of them."""
        return ", then ".join(f"press {name}" for name in _LISTED.split(text))

    def are_choices(self, one: str, other: str) -> bool:
        """Whether two orders press what is offered side by side, of which either closes what offers them: Cancel and Save, Skip / Update."""
        names = [found["name"] for found in map(_CHOSEN.match, (one, other)) if found]
        if len(names) != _BOTH or names[0] == names[1]:
            return False
        if any({*names} <= asked for asked in self.asked):
            return True
        if all(name in self.offered for name in names):
            return bool(_ENDS.match(one) and not _ENDS.match(other))
        if all(name.isupper() for name in names) and names[0].lower() not in ("yes", "no"):
            return False  # keys, which stay where they are
        pair = "|".join(rf"\b{re.escape(a)}\W{{0,2}}(?:/|or)\W{{0,2}}{re.escape(b)}\b" for a, b in (names, names[::-1]))
        return {*map(str.lower, names)} == {"yes", "no"} or bool(re.search(pair, self.told, re.IGNORECASE))

    def starting(self) -> str:
        """What sets the product going, where the case names one such control."""
        found = [name for name in self.names if _START.search(name)]
        return found[0] if len(found) == 1 else next((name for name in found if _START.match(name)), "")


def _is_noun(found: re.Match[str], verbs: EnglishVerbs) -> bool:
    """Whether what stands behind a name is no verb but has one itself: Unread messages stay bold."""
    behind = re.match(r" (?P<word>[a-z]+)\b", found.string[found.end() :])
    entry = verbs.entry(behind["word"]) if behind else None
    plural = behind and behind["word"] in ("are", "were", "have", "do", "can", "may", "must", "will", "stay", "remain")
    return bool(plural or (entry and entry[1] == "base" and not verbs.entry(found["verb"])))
