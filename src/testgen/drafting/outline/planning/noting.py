"""Beside the results: a value is noted down in the midst that a later one compares; what a screen is said to show as well."""

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Planned, Reading, Wanted
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


def tell_more(steps: list[Planned], reading: Reading, tongue: Tongue) -> None:
    """The 登録件数, of 結果画面に登録件数と行番号を表示する, where only the 行番号 is a result: it is to be seen as well."""
    for step in steps:
        outcomes = [fact.outcome for fact in reading.facts if fact.sentence == step.sentence >= 0 and step.verifies]
        more = filter(None, (tongue.also_shown(outcome, "\n".join(step.told)) for outcome in outcomes))
        step.told += [text for text in more if text not in step.told]
