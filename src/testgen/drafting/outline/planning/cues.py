"""What a result that nothing leads to says of its own trigger, and what the case says beside it: values, means, the rule."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Datum, Planned, Reading, Wanted
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.planning.units import AKIN, LONGEST
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise

_LISTED = re.compile(r"\s?\|\s?|、|,\s|，|\s/\s")
_FEW = 2  # values that are no list
_MEANS = re.compile(
    r"simulator|emulator|adjustable|\b(?:stub|mock|test bench)\b|\b(?:can|may) be (?:set|changed|moved)\b"
    r"|シミュレータ|スタブ|模擬|変更できる|操作できる",
    re.IGNORECASE,
)
_ABOUT = 3  # terms that a sentence has in common with a result that it is quoted for
_READABLE = 300  # characters of a sentence that is quoted
_NO_RULE = re.compile(r"(?:from|to|cc|date|subject)\s?:|as an? .{1,60}, i want", re.IGNORECASE)


class Cues:
    """Looks it up."""

    def __init__(self, case: TestCase, reading: Reading, data: Data, tongue: Tongue) -> None:
        self.case, self.reading, self.data, self.tongue = case, reading, data, tongue
        means = [text for text in case.preconditions if _MEANS.search(text)]
        self._means = means[0].rstrip("。.") if len(means) == 1 else ""

    def cue(self, wanted: Wanted, before: list[Planned]) -> tuple[str, str]:
        """The cue and its kind, see `Tongue.cue`; else the one datum that a result names, where it is one of several of its kind or can be
        simulated, and the steps before have not used it."""
        if wanted.fact.acts and all(act.past for act in wanted.fact.acts):
            return "", ""  # it has come about before
        cue, kind = self.tongue.cue(wanted)
        if cue:
            return cue, kind
        used = {datum for step in before for datum in step.data if not OPEN_POINT.search(step.act.text)}
        named = [datum for datum in self.reading.data if datum not in used and self._is_tried(wanted.text, datum)]
        return (f"{named[0].name}: {named[0].value}", "setting") if len(named) == 1 else ("", "")

    def _is_tried(self, text: str, datum: Datum) -> bool:
        name = re.escape(normalise(datum.name).replace("_", " "))
        found = re.search(rf"(?<!\w){name}(?!\w)", normalise(text)) if name else None
        if found is None or stands_in(datum, text) or self.tongue.given(datum) or self.tongue.person(datum.name):
            return False
        several = len(self.data.slots[self.data.slot(datum)]) > 1 and found.start() == 0
        return several or bool(self._means and re.search(r"\d", datum.value))

    def calls(self, wanted: Wanted, before: list[Planned]) -> bool:
        """Whether a result tells something to do or to set, and not only which case it is about."""
        cue, kind = self.cue(wanted, before)
        return bool(cue) and (kind != "case" or self.tongue.is_setting(cue))

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
