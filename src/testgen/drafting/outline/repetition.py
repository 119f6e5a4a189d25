"""Rule 10: the core once more with other data: "even with X", and data that come in variants."""

from testgen.drafting.outline.model import Datum, Planned
from testgen.drafting.outline.plan import Plan
from testgen.drafting.outline.sentences import normalise

_ENTERS = {"input", "select", "upload", "search"}


def reserved_data(plan: Plan) -> set[Datum]:
    """Data that an expected result keeps for the repetition: "even with the correct password"."""
    reserved = set()
    for text in plan.case.expected_results:
        found = plan.grammar.wording.even_with(text)
        if found:
            reserved |= {datum for datum in plan.data if _names(plan, found[0], datum)}
    return reserved if len(reserved) < len(plan.data) else set()


def repeat_with_variants(plan: Plan) -> None:
    """A datum of a kind that an action has already taken (coupon 2, a second date) is tried in a pass of its own."""
    for datum in plan.unused:
        slot = _slot(plan, datum.name)
        if slot and slot[1] is not None:
            _repeat_pass(plan, slot[0], slot[1], datum, datum.name, after=_end_of(plan, slot[0]))


def repeat_even_with(plan: Plan) -> dict[int, Planned]:
    """A pass for each "even with X, Y"; says which step then verifies which expected result."""
    verifying = {}
    for number, text in enumerate(plan.case.expected_results, 1):
        found = plan.grammar.wording.even_with(text)
        slot = _slot(plan, found[0]) if found else None
        if found and slot:
            datum = next((datum for datum in plan.data if _names(plan, found[0], datum)), None)
            last = _repeat_pass(plan, *slot, datum, found[0], after=len(plan.core))
            last.kind, last.expected = "check", found[1][0].upper() + found[1][1:]
            verifying[number] = last
    return verifying


def _names(plan: Plan, text: str, datum: Datum) -> bool:
    bare = text.removeprefix("the ")
    return plan.grammar.lexicon.same_thing(bare, datum.name) or normalise(datum.name).replace("_", " ") in normalise(text)


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


def _end_of(plan: Plan, step: Planned) -> int:
    return max(index for index, other in enumerate(plan.core) if other.group == step.group) + 1


def _repeat_pass(plan: Plan, slot: Planned, old: Datum | None, new: Datum | None, name: str, *, after: int) -> Planned:
    """Copies the actions of the slot's group to `after`, with one value exchanged; returns the last copy."""
    fresh = max(step.group for step in plan.core) + 1
    copies = []
    for step in [step for step in plan.core if step.group == slot.group and step.action]:
        copy = step.again(group=fresh, data=[value for value in step.data if value != _times(plan, step)])
        if step is slot:
            _exchange(plan, copy, old, new, name)
        copies.append(copy)
    last = next(step for step in reversed(plan.core) if step.group == slot.group)
    copies[-1].outcome = last.outcome if new is not None and last.times is None else ""
    plan.core[after:after] = copies
    return copies[-1]


def _exchange(plan: Plan, step: Planned, old: Datum | None, new: Datum | None, name: str) -> None:
    grammar = plan.grammar
    head = grammar.wording.head(name)
    assert step.action is not None
    value = new.value if new else grammar.lexicon.fill_in(name.removeprefix("the "))
    position = next((i for i, thing in enumerate(step.action.objects) if normalise(grammar.wording.head(thing)) == normalise(head)), 0)
    if old is not None and old.value in step.data:
        step.data[step.data.index(old.value)] = value
    elif step.data:
        step.data[min(position, len(step.data) - 1)] = value
    else:
        step.data.append(value)
    step.questions = [] if new else [name.removeprefix("the ")]
    step.used = [datum for datum in step.used if datum != old] + ([new] if new else [])
    names = [_with_article(plan, name, thing) if i == position else thing for i, thing in enumerate(step.action.objects)]
    step.text = grammar.render(step.action, tuple(names))


def _with_article(plan: Plan, name: str, thing: str) -> str:
    return plan.grammar.wording.named(name.removeprefix("the "), thing)


def _times(plan: Plan, step: Planned) -> str:
    return plan.grammar.lexicon.phrase("times", times=step.times) if step.times else ""


def matches_variant(plan: Plan, text: str, step: Planned) -> int:
    """How clearly a text speaks of the very data that a step uses."""
    wanted = normalise(text)
    return sum(normalise(datum.name).replace("_", " ") in wanted or (len(datum.value) > 1 and normalise(datum.value) in wanted) for datum in step.used)
