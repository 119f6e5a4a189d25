"""Checks what is in which field: several actions in a step, checks and preconditions among actions, actions among results."""

import re
from collections.abc import Iterator
from itertools import pairwise

from testgen.domain.hit import Hit
from testgen.reviewer.checks.language import reads_as
from testgen.reviewer.checks.registry import check
from testgen.reviewer.japanese_phrases import phrase_start
from testgen.reviewer.patterns import says_nothing
from testgen.reviewer.reading import Reading
from testgen.reviewer.subject import Field, Subject
from testgen.reviewer.telling import is_a_result

_TESTING = ("action", "check")
# "Edit the following options": what follows stands in the next cell.
_DATA_FOLLOW = re.compile(
    r"\bthe following (?:options?|settings?|values?|data|details|parameters?|commands?)[\W\s]*$", re.IGNORECASE
)
_ASSERTION = re.compile(r"make sure|ensure|be sure|verify", re.IGNORECASE)


@check("eager-action")
def eager_action(subject: Subject) -> Iterator[Hit]:
    """Reports several actions in one step; a team may allow them."""
    if subject.knowledge.style.granularity == "free":
        return
    for action, reading in zip(subject.actions, subject.readings, strict=True):
        if len(reading.actions) > 1:
            first, begin = reading.actions[:2]
            phrase = phrase_start(action.masked, first, begin) if subject.language == "ja" else begin
            yield action.hit("eager-action", (phrase, _word_end(action.text, begin)))


@check("misplaced-precondition")
def misplaced_precondition(subject: Subject) -> Iterator[Hit]:
    """Reports a state that must hold, written as a step, and a step that prepares the test after it has begun."""
    for (action, expected), reading in zip(subject.pairs(), subject.readings, strict=True):
        if reading.precondition and action.step.kind != "check" and not is_a_result(action, expected, subject):
            beside = bool(reading.actions)
            variant = "inside" if beside else ""
            yield action.hit("misplaced-precondition", reading.precondition, info=beside, variant=variant)
    for before, action in pairwise(subject.actions):
        if before.step.kind in _TESTING and action.step.kind == "setup":
            yield action.hit("misplaced-precondition", variant="late")


@check("early-cleanup")
def early_cleanup(subject: Subject) -> Iterator[Hit]:
    """A clean-up behind which the test goes on."""
    kinds = [action.step.kind for action in subject.actions]
    for place, action in enumerate(subject.actions):
        if action.step.kind == "cleanup" and any(kind in _TESTING for kind in kinds[place:]):
            yield action.hit("early-cleanup")


@check("misplaced-verification")
def misplaced_verification(subject: Subject) -> Iterator[Hit]:
    """Reports a check among actions. In languages in which such steps are normal style, the suggestion for one without an expected
    result says how to split it."""
    for (action, expected), reading in zip(subject.pairs(), subject.readings, strict=True):
        span = reading.question or reading.state or reading.check
        if span is None or action.step.kind == "check" or is_a_result(action, expected, subject):
            continue
        style = subject.grammar.PLAIN_CHECK_IS_STYLE and reads_as(action.masked, subject.language)
        plain_check = style and reading.only_checks and not (reading.question or reading.state)
        if plain_check and _told_at_the_end(subject, action):
            continue
        if not (plain_check and not expected.is_none):
            variant = _variant(reading, asserted=span is reading.state, told=not expected.is_none)
            yield action.hit("misplaced-verification", span, info=plain_check, variant=variant)


def _variant(reading: Reading, *, asserted: bool, told: bool) -> str:
    """What is said of a check in an action: whether it asserts, is all that the action says, and has its result in the next cell."""
    words = ("asserted" if asserted else "", "told" if told else "", "" if reading.only_checks else "beside")
    return "-".join(filter(None, words))


@check("unverified-action")
def unverified_action(subject: Subject) -> Iterator[Hit]:
    """Reports an action without an expected result."""
    for (action, expected), reading in zip(subject.pairs(), subject.readings, strict=True):
        idle = (reading.precondition and not reading.actions) or reading.only_checks
        looked_for_later = (
            reading.only_checks
            and not (reading.question or reading.state or reading.idle)
            and _told_at_the_end(subject, action)
        )
        if (
            (expected.is_none or _is_a_mark(expected, subject))
            and not action.is_none
            and not says_nothing(action, subject.language)
            and (looked_for_later or not idle)
            and not (
                _ends_in_a_check(action, reading)
                and (
                    (reading.state and not reading.check)
                    or subject.grammar.says_what_is_seen(action.masked, reading.check or reading.state or (0, 0))
                )
                and (_asserts(action, reading) or not _told_at_the_end(subject, action))
            )
        ):
            yield expected.hit("unverified-action")


def _ends_in_a_check(action: Field, reading: Reading) -> bool:
    """Whether the action itself says at its end what is to be seen: then only that is in the wrong place."""
    said = [span[0] for span in (reading.check, reading.state) if span]
    return bool(said and reading.actions and max(said) > reading.actions[-1])


def _asserts(action: Field, reading: Reading) -> bool:
    """Whether the check says what has to be seen ("make sure …"), so that no result at the end is needed for it."""
    return bool(reading.check and _ASSERTION.match(action.text, reading.check[0]))


def _is_a_mark(expected: Field, subject: Subject) -> bool:
    """Whether only the number of an expected result stands there, which the step does not verify: a model puts it a cell too early."""
    text = expected.text.strip()
    return text.isdecimal() and not expected.step.verifies and 0 < int(text[:4]) <= len(subject.wanted_results)


def _told_at_the_end(subject: Subject, action: Field) -> bool:
    """Whether a procedure gives its results only at its last step. A step that looks at something then lacks its result, but is in the
    right place."""
    *earlier, last = subject.expected
    return (
        bool(earlier) and action.step is not last.step and not last.is_none and all(field.is_none for field in earlier)
    )


@check("low-information")
def no_action(subject: Subject) -> Iterator[Hit]:
    """Reports a step that is blank or has only a dash as its action."""
    for action in subject.actions:
        if action.is_blank:
            yield action.hit("low-information", variant="none")


@check("misplaced-action")
def misplaced_action(subject: Subject) -> Iterator[Hit]:
    """Reports an action inside an expected result."""
    for action, expected in subject.pairs():
        span = subject.grammar.commands(expected.masked)
        if not span and not expected.is_none and _DATA_FOLLOW.search(action.text):
            span = (0, len(expected.text))
        if span:
            yield expected.hit("misplaced-action", span)


@check("duplicate-step")
def duplicate_step(subject: Subject) -> Iterator[Hit]:
    """Reports a step that stands once more directly behind itself. One that comes again later is a flow that returns to it."""
    for before, action in pairwise(subject.actions):
        if (key := _key_of(action)) and key == _key_of(before):
            yield action.hit("duplicate-step", (0, len(action.text)), other=str(before.step.number))


def _key_of(action: Field) -> tuple[str, str, str] | None:
    """What a repetition repeats: action, data and expected result; nothing where the action is only a key."""
    step = action.step
    key = (step.action.strip(), (step.test_data or "").strip(), step.expected_result.strip())
    return key if any(key[1:]) or len(key[0]) > _A_KEY else None


# Characters of an action that is nothing but a key or "next": "Press Enter" through the pages of a wizard is no slip.
_A_KEY = 12
# What is in quotes; a word of Latin letters, of katakana, or of Han: one Han character has its inflection with it (押し, 開い).
_A_WORD = re.compile(
    r"(?:「[^「」\n]{1,60}」|\"[^\"\n]{1,60}\"|“[^“”\n]{1,60}”|'[^'\n]{1,60}'|[A-Za-z0-9-]+|[ァ-ヶー]+|[一-龠々]{2,}|[一-龠々][ぁ-ん]?(?:(?<=[っいしきりえけせてべめれ])て|(?<=ん)で)?|[ぁ-ん]{2}|.)(?:\s?\d[\d.]*\s?(?:[一-龠]{1,2}|[%％℃])(?=[、，。]|$))?",
    re.DOTALL,
)


def _word_end(text: str, begin: int) -> int:
    """The end of the word at `begin`, and of the value that it is set to: 時間 12分."""
    match = _A_WORD.match(text, begin)
    return match.end() if match else begin
