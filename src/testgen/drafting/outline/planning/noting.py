"""A value is noted down in the midst of the steps where a later result compares it."""

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Planned, Wanted
from testgen.drafting.outline.planning.units import AKIN
from testgen.drafting.outline.tongue import Tongue


def note_due(steps: list[Planned], now: Wanted, later: list[Wanted], tongue: Tongue) -> Planned | None:
    """合計は1枚目を適用した後の金額から変わらない: the note, where the result that has just been reached is that of the moment."""
    here = tongue.terms("\n".join((now.text, *(step.act.text for step in steps[-1:]))))
    for wanted in later:
        found = tongue.since(wanted.text) if wanted.number > now.number else None
        noted = found is None or any(step.act.text == found[1] for step in steps)
        if found and not noted and overlap(tongue.terms(found[0]), here) >= AKIN:
            return Planned("action", Act(found[1], "note"), found[2])
    return None
