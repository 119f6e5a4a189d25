"""The core once more with other data: "even with X", and data that come in variants."""

import re

from testgen.drafting.outline.model import Datum, Planned
from testgen.drafting.outline.plan import Plan
from testgen.text.normal import normalise

_ENTERS = {"input", "select", "upload", "search"}


def reserved_data(plan: Plan) -> set[Datum]:
    """Data that an expected result keeps for the repetition: "even with the correct password"."""
    reserved = set()
    for text in plan.case.expected_results:
        found = plan.grammar.wording.even_with(text)
        if found:
            reserved |= {datum for datum in plan.data if _names(plan, found[0], datum)}
    return reserved if len(reserved) < len(plan.data) else set()


def repeat_with_variants(plan: Plan, reserved: set[Datum]) -> None:
    """A datum of a kind that an action has already taken (coupon 2, a second date) is tried in a pass of its own."""
    passes: dict[int, list[Planned]] = {}
    numbered: dict[tuple[int, str], int] = {}
    for datum in plan.unused:
        slot = None if datum in reserved else _slot(plan, datum.name)
        if slot is None or slot[1] is None:
            continue
        step, old = slot
        key = (step.group, _number(datum.name))
        if key[1] and key in numbered:  # user 2 and password 2 belong to one pass
            same = next(other for other in plan.core if other.group == numbered[key] and other.action is step.action)
            _exchange(plan, same, old, datum, datum.name)
            continue
        first = next(other for other in reversed(plan.core) if other.group == step.group)
        ends = passes.setdefault(step.group, [first])
        after = next(index for index, other in enumerate(plan.core) if other is ends[-1]) + 1
        ends.append(_repeat_pass(plan, step, old, datum, datum.name, after=after))
        numbered[key] = ends[-1].group
    for ends in passes.values():
        _share_outcomes(plan, ends)


def _number(name: str) -> str:
    """The number or letter at the end of a name: クーポン2 -> 2, user B -> b."""
    match = re.search(r"(\d+|(?<![a-z])[a-z])$", normalise(name))
    return match.group() if match else ""


def _share_outcomes(plan: Plan, ends: list[Planned]) -> None:
    """What is said of "the second" comes of the second pass; the rest may come of any."""
    outcomes, ends[0].outcomes = ends[0].outcomes, []
    for number, step in enumerate(ends, 1):
        said = {outcome: plan.grammar.ordinal(outcome) for outcome in outcomes}
        step.outcomes = [outcome for outcome, ordinal in said.items() if ordinal in (None, number)]
        step.occurrence = number
    later = [outcome for outcome in outcomes if plan.grammar.ordinal(outcome)]
    for step in ends[1:]:
        if any(outcome in later for outcome in step.outcomes):
            step.outcomes = [outcome for outcome in step.outcomes if outcome in later]


def repeat_even_with(plan: Plan) -> dict[int, Planned]:
    """A pass for each "even with X, Y"; says which step then verifies which expected result."""
    verifying = {}
    for number, text in enumerate(plan.case.expected_results, 1):
        found = plan.grammar.wording.even_with(text)
        slot = _slot(plan, found[0]) if found else None
        if found and slot:
            datum = next((datum for datum in plan.data if _names(plan, found[0], datum)), None)
            last = _repeat_pass(plan, *slot, datum, found[0], after=len(plan.core))
            last.kind, last.expected = "check", plan.grammar.sentence(found[1])
            verifying[number] = last
    return verifying


def _names(plan: Plan, text: str, datum: Datum) -> bool:
    bare = text.removeprefix("the ")
    return plan.grammar.lexicon.same_thing(bare, datum.name) or normalise(datum.name).replace("_", " ") in normalise(
        text
    )


def _slot(plan: Plan, name: str) -> tuple[Planned, Datum | None] | None:
    """The entering step that handles things of this kind, and the datum that it has now."""
    wording = plan.grammar.wording
    head = normalise(wording.head(name))
    for step in plan.core:
        if step.action is None or step.action.group not in _ENTERS or not head:
            continue
        for datum in step.used:
            if normalise(wording.head(datum.name)) == head:
                return step, datum
        if any(normalise(wording.head(thing)) == head for thing in step.action.objects):
            return step, None
    return None


def _repeat_pass(plan: Plan, slot: Planned, old: Datum | None, new: Datum | None, name: str, *, after: int) -> Planned:
    """Copies the actions of the slot's group to `after`, with one value exchanged; returns the last copy."""
    fresh = max(step.group for step in plan.core) + 1
    copies = []
    for step in [step for step in plan.core if step.group == slot.group and step.action]:
        copy = step.again(group=fresh, data=[value for value in step.data if value != _times(plan, step)])
        if step is slot:
            _exchange(plan, copy, old, new, name)
        copies.append(copy)
    plan.core[after:after] = copies
    return copies[-1]


def _exchange(plan: Plan, step: Planned, old: Datum | None, new: Datum | None, name: str) -> None:
    grammar = plan.grammar
    head = grammar.wording.head(name)
    assert step.action is not None
    value = new.value if new else grammar.lexicon.fill_in(name.removeprefix("the "))
    position = next(
        (i for i, thing in enumerate(step.action.objects) if normalise(grammar.wording.head(thing)) == normalise(head)),
        0,
    )
    if old is not None and old.value in step.data:
        step.data[step.data.index(old.value)] = value
    elif step.data:
        step.data[min(position, len(step.data) - 1)] = value
    else:
        step.data.append(value)
    step.used = [datum for datum in step.used if datum != old] + ([new] if new else [])
    names = [
        _with_article(plan, name, thing) if i == position else thing for i, thing in enumerate(step.action.objects)
    ]
    step.text = grammar.render(step.action, tuple(names))


def _with_article(plan: Plan, name: str, thing: str) -> str:
    return plan.grammar.wording.named(name.removeprefix("the "), thing)


def _times(plan: Plan, step: Planned) -> str:
    return plan.grammar.lexicon.phrase("times", times=step.times) if step.times else ""


def matches_variant(plan: Plan, text: str, step: Planned) -> int:
    """How clearly a text speaks of the very data that a step uses, or of its place among the passes."""
    wanted = normalise(text)
    ordinal = plan.grammar.ordinal(text)
    if ordinal and step.occurrence:
        return 10 if ordinal == step.occurrence else 0
    used = {datum for other in plan.core if other.group == step.group for datum in other.used}
    return sum(_speaks_of(wanted, datum) for datum in used)


def _speaks_of(wanted: str, datum: Datum) -> bool:
    name = normalise(datum.name).replace("_", " ")
    qualifier = re.search(r"\(([^)]+)\)", name)
    value = normalise(datum.value)
    return name in wanted or (len(value) > 1 and value in wanted) or bool(qualifier and qualifier.group(1) in wanted)
