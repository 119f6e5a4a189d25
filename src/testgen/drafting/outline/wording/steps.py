"""The third stage: planned steps in words, each text checked for its form."""

from dataclasses import replace

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Datum, Plan, Planned, Reading
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise


def word(case: TestCase, plan: Plan, reading: Reading, tongue: Tongue) -> list[Step]:
    """The third stage."""
    del reading
    _name_actors(plan, tongue, tongue.persons(case))
    return [_step(case, plan, step, number, tongue) for number, step in enumerate(plan.steps, 1)]


def _name_actors(plan: Plan, tongue: Tongue, names: dict[str, str]) -> None:
    """Who acts is said where two act, and once where one does; by name, where the case has one for the role."""
    for step in plan.steps:
        step.act = replace(step.act, actor=names.get(normalise(step.act.actor).removeprefix("the "), step.act.actor))
    acting = {step.act.actor for step in plan.steps if step.act.actor}
    told = ""
    for step in plan.steps:
        order = step.act.text if step.as_told or step.kind == "cleanup" else tongue.order(step.act.text)
        actor, text = step.act.actor, tongue.sentence(order)
        if actor and (len(acting) > 1 or actor != told):
            text = tongue.lexicon.phrase("as_actor", actor=actor, action=order)
        told = actor or told
        step.act = replace(step.act, text=text)


def _step(case: TestCase, plan: Plan, step: Planned, number: int, tongue: Tongue) -> Step:
    action = _in_a_line(_action(step, tongue))
    expected = _expected(case, plan, step, number, tongue) or tongue.lexicon.phrases["observed"]["do"]
    data = [_value(datum, step, plan) for datum in dict.fromkeys(step.data) if not stands_in(datum, action)]
    data += [step.given] if step.given else []
    if step.act.times:
        first = number - max(step.span, 1) + 1
        key = "repeat" if first != number else "repeat_one"
        span = tongue.lexicon.phrase("range", first=first, last=number) if first != number else str(number)
        action = tongue.lexicon.phrase(key, action=action, range=span, times=step.act.times)
        data.append(tongue.lexicon.phrase("times", times=step.act.times))
        if step.verifies and f"{step.act.times}回" not in normalise(expected):
            expected = tongue.lexicon.phrase("nth", times=step.act.times, expected=expected)
    return Step(
        number=number,
        kind=step.kind,
        action=action,
        test_data=" / ".join(data) or None,
        expected_result=expected,
        verifies=tuple(sorted(step.verifies)),
    )


def _action(step: Planned, tongue: Tongue) -> str:
    """What is no imperative stands in the author's own words."""
    text = step.act.text
    if step.as_told or step.kind in ("setup", "cleanup") or tongue.well_formed(OPEN_POINT.sub("", text)):
        return text
    return tongue.sentence(tongue.lexicon.phrase("own_words", what=text))


def _in_a_line(text: str) -> str:
    """An act is one line, however the author broke his."""
    return " ".join(filter(None, map(str.strip, text.splitlines())))


def _value(datum: Datum, step: Planned, plan: Plan) -> str:
    """A value alone where the action names the datum, else with its name."""
    del plan
    plain = normalise(step.act.text)
    name = normalise(datum.name).replace("_", " ")
    files = step.act.kind == "upload" and len(step.data) > 1  # which is which
    takes = not files and step.act.kind in ("input", "select", "search", "upload", "open")
    return (
        datum.value
        if (name in plain and not files) or (takes and len(step.data) <= max(1, len(step.act.objects)))
        else f"{datum.name}: {datum.value}"
    )


def _expected(case: TestCase, plan: Plan, step: Planned, number: int, tongue: Tongue) -> str:
    if step.kind in ("setup", "cleanup"):
        return step.expected
    if step.literal or (step.as_told and not step.verifies):
        return step.expected
    if step.verifies:
        told = (
            [step.expected]
            if step.kind == "check" and step.expected
            else [text.rstrip("。. ") or text for text in step.told]
        )
        return tongue.separator.join(map(tongue.sentence, told))
    if step.act.kind == "wait":
        return tongue.lexicon.phrase("waited_for")
    if step.expected:
        return tongue.observe(step.expected)
    if step.act.kind in ("bring", "change") and len(step.data) == 1:
        return tongue.sentence(
            tongue.lexicon.phrase(
                "datum_is",
                name=step.act.objects[0] if step.act.kind == "change" and step.act.objects else step.data[0].name,
                value=step.data[0].value,
            )
        )
    following = next((later for later in plan.steps[number:] if later.kind != "cleanup"), None)
    return tongue.shown(step.act, following.act if following else None)
