"""Checks which results a step verifies: only results of one trigger, after the steps that lead to them."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.checks.registry import check
from testgen.reviewer.grammar import BEHAVIOURS
from testgen.reviewer.subject import Field, Subject
from testgen.reviewer.telling import is_a_result
from testgen.reviewer.triggers import Evidence, differ, trigger_of
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise
from testgen.text.verbs import group_of

MOST = 2  # results on one step
_POSITION = re.compile(
    r"\d+(?:st|nd|rd|th)\b|\d+\s*(?:行|件|番|回|個|つ|列|枚|人|段|ページ)目|(?:row|column|line|page|step|item)\s+\d+"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# A value in quotes is one of a label only where the text says so: the status is "Open".
_IS = re.compile(
    r"(?:\b(?:is|are|becomes|remains|changes to)\s+|[がは]\s*)\"([^\"]{1,100})\"(?=\s*(?:$|になる|となる|である|に変わる|のまま))"
    r"|(?<=status is )(\w+)$"
)


@check("several-results")
def several_results(subject: Subject) -> Iterator[Hit]:
    """Reports steps that verify too much at once: three results, results of different triggers, different values of one label."""
    wanted = _wanted(subject)
    for field in subject.expected:
        numbers = [number for number in field.step.verifies if number <= len(wanted)]
        listed = ", ".join(map(str, numbers))
        if len(field.step.verifies) > MOST:
            yield field.hit("several-results", variant="many", numbers=", ".join(map(str, field.step.verifies)))
        elif any(
            _apart(wanted[one - 1], wanted[other - 1], subject.language) for one, other in combinations(numbers, 2)
        ):
            yield field.hit("several-results", numbers=listed)
    yield from _contradicted(subject)


def _contradicted(subject: Subject) -> Iterator[Hit]:
    """Steps of the preparation that do with the same data what the test does, and expect something else of it: nothing but such steps
    stands between the two, so that the product is in the same state."""
    pairs = list(subject.pairs())
    done = [(normalise(action.text), normalise(action.step.test_data or "")) for action, _ in pairs]
    prepared = [place for place, (action, _) in enumerate(pairs) if action.step.kind == "setup"]
    for place in prepared:
        again = next((later for later in range(place + 1, len(pairs)) if done[later] == done[place]), 0)
        between = done[place + 1 : again]
        if again and pairs[again][0].step.kind == "action" and all(done.count(one) > 1 for one in between):
            first, second = pairs[place][1], pairs[again][1]
            if normalise(first.text) != normalise(second.text):
                yield first.hit("several-results", variant="contradicted", other=str(again + 1))


@check("result-without-trigger")
def result_without_trigger(subject: Subject) -> Iterator[Hit]:
    """Reports results that are checked before, or without, the steps that lead to them."""
    wanted = _wanted(subject)
    for number, result in enumerate(wanted, 1):
        trigger = trigger_of(result, subject.language)
        steps = [field for field in subject.expected if number in field.step.verifies]
        if not trigger or not steps:
            continue
        if not any(_evidence(subject, field.step.number).brings(trigger) for field in steps):
            yield steps[0].hit("result-without-trigger", number=str(number), trigger=trigger.text)
    yield from _overwritten(subject)


def _overwritten(subject: Subject) -> Iterator[Hit]:
    """A value over which the next step enters another one, before anything is done with it or seen of it."""
    claims = any(step.verifies for step in subject.procedure.steps)
    verbs = [verb for verb, group in group_of(subject.language).items() if group == "input"]
    for (action, expected), (following, _) in pairwise(subject.pairs()):
        value, other = (normalise(field.step.test_data or "") for field in (action, following))
        same = normalise(action.text) == normalise(following.text)
        if not (claims and same and value and other and value != other) or action.step.verifies:
            continue
        enters = any(re.search(rf"\b{verb}\b" if verb.isascii() else verb, normalise(action.text)) for verb in verbs)
        if enters and value in normalise(expected.text):
            yield action.hit("result-without-trigger", variant="overwritten", other=str(following.step.number))


@check("product-as-actor")
def product_as_actor(subject: Subject) -> Iterator[Hit]:
    """Reports actions that nobody performs, because the product does, or because they are results to be seen. If another rule reports
    the same words, that is enough."""
    for (action, expected), reading in zip(subject.pairs(), subject.readings, strict=True):
        if is_a_result(action, expected, subject):
            yield action.hit("product-as-actor", (0, len(action.text)), variant="result")
            continue
        told = reading.question or reading.precondition or (reading.check and not subject.grammar.PLAIN_CHECK_IS_STYLE)
        if told or OPEN_POINT.search(action.text):
            continue
        if span := BEHAVIOURS[subject.language].behaviour(action.masked):
            yield action.hit("product-as-actor", span)


def _wanted(subject: Subject) -> Sequence[str]:
    return subject.case.expected_results if subject.case else subject.procedure.expected_results


def _evidence(subject: Subject, last: int) -> Evidence:
    """What was given, and what was done up to a step."""
    given = subject.case.preconditions if subject.case else subject.procedure.preconditions
    steps = [step for step in subject.procedure.steps[:last] if step.kind != "cleanup" or step.number == last]
    texts = [text for step in steps for name in ("action", "test_data") if (text := Field.of(step, name).text)]
    return Evidence("\n".join((*given, *texts)), tuple(step.action for step in steps), subject.language)


def _apart(one: str, other: str, language: Language) -> bool:
    first, second = trigger_of(one, language), trigger_of(other, language)
    if first and second and differ(first, second):
        return True
    return not (first and second) and _values_of_one_label(one, other)


def _values_of_one_label(one: str, other: str) -> bool:
    """Whether two texts are the same except for their values."""
    texts = [normalise(text).rstrip("。. ") for text in (one, other)]
    for pattern in (_NUMBER, _IS):
        if any(_POSITION.search(text) for text in texts):
            continue
        values = [pattern.findall(text) for text in texts]
        if all(values) and values[0] != values[1] and len({pattern.sub("#", text) for text in texts}) == 1:
            return True
    return False
