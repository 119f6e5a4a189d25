"""Rules on what stands where: several actions in a step, checks and preconditions among actions, actions among results."""

from collections.abc import Iterator, Sequence
from types import ModuleType

from testgen.domain.language import is_written_in
from testgen.reviewer import english, japanese
from testgen.reviewer.text import Field, Hit, Subject


def structure(subject: Subject) -> Iterator[Hit]:
    """All rules of this family; each step is read once."""
    seen: dict[tuple[str, str, str], int] = {}
    begun = False  # whether something was done before: what must hold is a precondition only until then
    for action, expected in subject.pairs():
        reading = _read_japanese(action) if subject.language == "ja" else _read_english(action, begun=begun)
        yield from _action(action, expected, reading)
        yield from _expected(expected, japanese if subject.language == "ja" else english)
        yield from _duplicate(action, seen)
        begun = begun or bool(reading.actions)


class _Reading:
    """What an action says: where actions, checks, a precondition and a question begin."""

    def __init__(
        self,
        actions: Sequence[int],
        check: tuple[int, int] | None,
        precondition: tuple[int, int] | None,
        question: tuple[int, int] | None,
    ) -> None:
        self.actions = actions
        self.check = check
        self.precondition = precondition
        self.question = question

    @property
    def only_checks(self) -> bool:
        """Nothing is to be done, something is to be looked at."""
        return bool(self.check or self.question) and not self.actions


def _read_english(action: Field, *, begun: bool) -> _Reading:
    masked = action.masked
    precondition = None if begun else english.precondition(masked)
    if precondition:
        return _Reading((), None, precondition, None)
    checks = english.check_verbs(masked)
    check = checks[0].span() if checks else english.state(masked)
    return _Reading(english.actions(masked), check, None, english.question(masked))


def _read_japanese(action: Field) -> _Reading:
    masked = action.masked
    precondition = japanese.precondition(masked)
    if precondition:
        return _Reading((), None, precondition, None)
    found = japanese.predicates(masked)
    check = next(((entry.begin, entry.end) for entry in found if entry.kind == "check"), None)
    return _Reading([entry.begin for entry in found if entry.kind == "action"], check, None, japanese.question(masked))


def _action(action: Field, expected: Field, reading: _Reading) -> Iterator[Hit]:
    step = action.step
    if len(reading.actions) > 1:
        begin = reading.actions[1]
        yield Hit("eager-action", action.pointer, step.number, (begin, _word_end(action.text, begin)))
    if reading.precondition and step.kind != "check":
        yield Hit("misplaced-precondition", action.pointer, step.number, reading.precondition)
    yield from _misplaced_check(action, expected, reading)
    nothing_to_see = not expected.text.strip()
    if nothing_to_see and not reading.precondition and not reading.only_checks:
        yield Hit("unverified-action", expected.pointer, step.number)


def _misplaced_check(action: Field, expected: Field, reading: _Reading) -> Iterator[Hit]:
    """A step that only checks is the normal style in Japanese; without an expected result it is told how to be split."""
    span = reading.question or reading.check
    if span is None or action.step.kind == "check":
        return
    plain_check = reading.only_checks and not reading.question and is_written_in(action.text, "ja")
    if plain_check and expected.text.strip():
        return
    yield Hit("misplaced-verification", action.pointer, action.step.number, span, info=plain_check)


def _expected(expected: Field, grammar: ModuleType) -> Iterator[Hit]:
    span = grammar.commands(expected.masked)
    if span:
        yield Hit("misplaced-action", expected.pointer, expected.step.number, span)


def _duplicate(action: Field, seen: dict[tuple[str, str, str], int]) -> Iterator[Hit]:
    step = action.step
    key = (step.action.strip(), (step.test_data or "").strip(), step.expected_result.strip())
    if key in seen:
        yield Hit("duplicate-step", action.pointer, step.number, (0, len(action.text)), (("other", str(seen[key])),))
    seen.setdefault(key, step.number)


def _word_end(text: str, begin: int) -> int:
    """The end of the word at `begin`; of a Japanese run, two characters are enough to point at."""
    end = begin
    while end < len(text) and (text[end].isalnum() or text[end] == "-") and (text[end].isascii() or end < begin + 2):
        end += 1
    return max(end, min(begin + 1, len(text)))
