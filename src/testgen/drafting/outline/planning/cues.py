"""What the case says beside a result that nothing leads to: the values of a list, the rule."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Datum, Reading, Wanted
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.planning.units import AKIN, LONGEST
from testgen.drafting.outline.tongue import Tongue

_LISTED = re.compile(r"\s?\|\s?|、|,\s|，|\s/\s")
_FEW = 2  # values that are no list
_ABOUT = 3  # terms that a sentence has in common with a result that it is quoted for
_READABLE = 300  # characters of a sentence that is quoted
_NO_RULE = re.compile(r"(?:from|to|cc|date|subject)\s?:|as an? .{1,60}, i want", re.IGNORECASE)


class Cues:
    """Looks it up."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue) -> None:
        self.case, self.reading, self.tongue = case, reading, tongue

    def parts(self, wanted: Wanted) -> list[str]:
        """The values of a list in one datum that a result names, where it does not name them all."""
        for name, value in self.case.test_data.items():
            parts = [part for part in _LISTED.split(value) if part] if re.search(r"\d", value) else []
            named = [part for part in parts if stands_in(Datum(name, part), wanted.text)]
            if 0 < len(named) < len(parts) and len(parts) > _FEW:
                return [f"{name}: {part}" for part in named]
        return []

    def rule(self, target: int, wanted: Wanted, told: str) -> str:
        """What the specification says of a result, word for word; empty where that is told already, or is not surely about it."""
        row = self.row(target)
        said = row or (self.reading.sentences[target].text if target >= 0 else "")
        terms = self.tongue.terms(said[:LONGEST])
        least = AKIN if row else _ABOUT
        sure = overlap(self.tongue.terms(wanted.text[:LONGEST]), terms) >= least
        plain = 0 < len(said) <= _READABLE and not _NO_RULE.match(said)
        if not sure or not plain or terms <= self.tongue.terms(told):
            return ""
        return row or self.tongue.quote(said)

    def row(self, target: int) -> str:
        """A row of a table as text: each cell behind its column's name; empty for another sentence."""
        row = next((row for row in self.reading.rows if row.sentence == target), None)
        comma = self.tongue.lexicon.phrase("flow_comma")
        return comma.join(f"{name}: {cell}" for name, cell in row.cells.items()) if row else ""
