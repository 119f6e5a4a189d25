"""Checks which results a step verifies: only results of one trigger, after the steps that lead to them."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.checks.registry import check
from testgen.reviewer.grammar import BEHAVIOURS
from testgen.reviewer.subject import Field, Subject
from testgen.reviewer.triggers import Evidence, differ, trigger_of
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise

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


@check("product-as-actor")
def product_as_actor(subject: Subject) -> Iterator[Hit]:
    """Reports actions that nobody performs because the product does. If another rule reports the same words, that is enough."""
    for action, reading in zip(subject.actions, subject.readings, strict=True):
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
    steps = subject.procedure.steps[:last]
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
