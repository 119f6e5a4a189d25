"""English: what the specification lists as the values of an option: Sleep timer options: 5, 15 min, End of track; Separator = auto / comma."""

import re
from dataclasses import dataclass

from testgen.domain.test_case import TestCase

_LISTED = re.compile(
    r"(?:^|(?<=[.;:]\s)|\n)(?:(?P<place>[A-Z][\w ]{2,30}?): )?(?P<name>[A-Z][\w ]{2,30}?)"
    r"(?: (?:options|choices|values|settings|modes)(?: are)?(?::| =)| (?:=|can be|is one of|is either)) (?P<values>[^.;\n]{5,160})"
)
_APART = re.compile(r",\s(?:or )?|\s/\s|\s\|\s|\sor\s")
_DIALOG = re.compile(r"\b(?:dialog|window|screen|page|form|panel|menu|tab)$", re.IGNORECASE)
_SHORTEST = 4  # letters of a value that is told without quotes


@dataclass(frozen=True)
class Option:
    """An option, where it is, and what it can be set to."""

    place: str
    name: str
    values: tuple[str, ...]

    def order(self, value: str) -> str:
        """The order to set it."""
        where = f" in the {self.place[:1].lower()}{self.place[1:]}" if _DIALOG.search(self.place) else ""
        name = self.name if where else f"the {self.name[:1].lower()}{self.name[1:]}"
        return f"set {name} to {value}{where}"


class Options:
    """The options of one case."""

    def __init__(self, case: TestCase) -> None:
        self.case = case
        self.known = [
            Option(found["place"] or "", found["name"], tuple(values))
            for found in _LISTED.finditer(case.specification or "")
            if len(values := [value.strip(" '\"‘’“”") for value in _APART.split(found["values"])]) > 1
        ]

    def in_title(self) -> str:
        """Sleep timer - 'end of track': it is set to that; empty where the title names no value."""
        title = self.case.title
        for option in self.known:
            quoted = [value for value in option.values if re.search(rf"['\"‘“]{re.escape(value)}['\"’”]", title, re.I)]
            if len(quoted) == 1 and option.name.lower() in title.lower():
                return option.order(f'"{quoted[0]}"')
        return ""

    def begins(self, piece: str) -> str:
        """Auto detects comma: a result about a value."""
        for option in self.known:
            for value in option.values:
                does = re.match(rf"{re.escape(value)} (?!is\b|was\b|has\b)[a-z]{{3,}}s\b", piece, re.IGNORECASE)
                if len(value) >= _SHORTEST and value.isalpha() and does and option.name.lower() not in piece.lower():
                    return option.order(value)
        return ""
