"""How much of a case a plan rests on: what was found, and what is only a guess."""

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import BACKGROUND, NOTE, Datum, Move, Plan, Planned, Reading
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.taking import stands_in
from testgen.text.normal import normalise

_NO_NAMES = {"from", "to", "between", "at", "in", "on", "by", "of", "with", "for"}
_FEW = 2  # the same, where no step comes from the specification
_MANY = 4  # unused sentences that say that the flow was not found


def inferred(step: Planned) -> bool:
    """Whether a step does what only the wording of a result tells; what is pressed, entered, opened or waited for is plain."""
    return (
        step.kind == "action"
        and (step.sentence < 0 or step.literal)  # a table's row says nothing of how it is done
        and (
            step.act.kind in ("do", "told", "bring", "create", "delete", "made")
            or (step.act.kind == "change" and step.act.actor != "")
        )
    )


def too_little(case: TestCase, reading: Reading, made: Plan, taken: set[Datum], *, strict: bool) -> bool:
    """Under half of the results, of the sentences or of the data: what is planned cannot be the whole test."""
    led = any(step.sentence >= 0 for step in made.steps)
    many = _FEW if strict and not led else _MANY
    told = [sentence for sentence in reading.sentences if sentence.role not in (BACKGROUND, NOTE)]
    unused = sum(not sentence.steps for sentence in told)
    text = normalise(" ".join(step.act.text for step in made.steps) + " ".join(case.expected_results))
    idle = sum(datum not in taken and not stands_in(datum, text) for datum in reading.data)
    return (
        len(made.understood) * 2 < len(case.expected_results)
        or (unused >= many and unused * 2 > len(told))
        or (idle >= _MANY - 1 and idle * 2 > len(reading.data))
        or (0 < idle == len(reading.data))
        or bool(strict and idle and unused > _FEW)
        or _only_typed(made)
    )


def _only_typed(made: Plan) -> bool:
    """Whether the acts are entries alone: what sends them is not told, and nothing comes of a text in a field. (An address that is
    typed opens something.)"""
    acts = [step.act for step in made.steps if step.kind == "action"]
    kinds = {"open" if "URL" in act.text else act.kind for act in acts}
    return "input" in kinds and kinds <= {"open", "input"}


def _mentions(text: str, reading: Reading) -> bool:
    """Whether an act says one of the data, by name or value."""
    said = [word for datum in reading.data for word in (datum.value, datum.name) if word not in _NO_NAMES]
    return any(stands_in(Datum("", word), text) for word in said)


def unsure(reading: Reading, made: Plan, core: list[Move], goals: list[Goal]) -> bool:
    """Whether something rests on the result's words or on a guess alone, and not on what the specification tells."""
    acts = [step for step in made.steps if step.kind == "action"]
    called = any(step.act.kind == "send" and step.sentence < 0 for step in acts)
    begun = {move.act.objects for move in goals[0].moves if move in core and move.sentence < 0 and move.act.objects}
    implied = not called and any(step.act.objects in begun and step.sentence < 0 for step in acts)
    own_words = any(step.act.kind in ("nominal", "bring", "blank") for step in acts)
    own_words = own_words or any(act.kind == "nominal" for goal in goals for act in goal.wanted.fact.acts)
    undone = (
        bool(reading.data)
        and not called
        and not any(step.data or _mentions(step.act.text, reading) for step in made.steps)
    )
    blind = bool(acts) and acts[0].act.kind == "wait" and bool(reading.sentences)  # what is waited for has to be begun
    told = called or not acts or not reading.sentences or any(step.sentence >= 0 for step in acts)
    led = bool(core) and core[0].sentence >= 0 and any(move in core for move in goals[0].moves)
    return (
        implied
        or own_words
        or undone
        or blind
        or not told
        or (not called and not led and any(goal.guessed for goal in goals))
    )
