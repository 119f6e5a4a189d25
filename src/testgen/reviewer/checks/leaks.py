"""Checks for what was never meant for a tester: parts of the prompt, chat markers, invisible characters."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.drafting.prompt import EXAMPLES, instructions
from testgen.reviewer.checks.registry import check
from testgen.reviewer.likeness import content
from testgen.reviewer.subject import Field, Subject
from testgen.text.actors import without_actor
from testgen.text.hidden import DECEIVING, HIDDEN
from testgen.text.normal import normalise

# So many words (Japanese: letters) in a row are no coincidence. Of the manual tests of other authors that this was tried on none
# shares them with the prompt, but for the head of a table: the names of a row's cells are no secret.
_RUN: dict[Language, int] = {"en": 8, "ja": 12}
_CELLS = re.compile(r"\[[^\[\]\n]{1,200}\]")
_WORD = re.compile(r"[A-Za-z0-9]+|[^\W_]")
_MARKS = re.compile(
    r"</?(?:test_case|glossary|knowledge|documents|instruction)>|<[|｜][^<>|｜\n]{1,40}[|｜]>|<(?:start|end)_of_turn>|<</?SYS>>|\[/?INST\]"
)
_ACTOR: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"As (?P<who>\w+), "),
    "ja": re.compile(r"(?P<who>[A-Za-z]+)\s*が"),
}
_HIDDEN = re.compile(HIDDEN)

_Run = tuple[str, ...]
_Span = tuple[int, int]


@check("prompt-leak")
def prompt_leak(subject: Subject) -> Iterator[Hit]:
    """Reports markers that only a model should see, runs of words from the prompt that are not in the case, and steps of its
    examples."""
    for action, expected in subject.pairs() if subject.case else ():
        if _is_of_an_example(action, expected, subject):
            yield action.hit("prompt-leak", (0, len(action.text)), variant="example")
        elif actor := _actor_of_an_example(action, subject):
            yield action.hit("prompt-leak", actor, variant="actor")
    for field in subject.fields():
        for mark in _MARKS.finditer(field.text):
            if mark.group() not in subject.given:
                yield field.hit("prompt-leak", mark.span())
        for language in _may_leak(field.text):
            if span := _leaked(field.text, subject.given, language):
                yield field.hit("prompt-leak", span)


@check("hidden-character")
def hidden_character(subject: Subject) -> Iterator[Hit]:
    """Reports the first invisible character of a field that the case does not contain."""
    for field in subject.fields():
        for match in _HIDDEN.finditer(field.text):
            if match.group() not in subject.given:
                code = f"U+{ord(match.group()):04X}"
                yield field.hit("hidden-character", match.span(), info=not DECEIVING.match(match.group()), code=code)
                break


def _is_of_an_example(action: Field, expected: Field, subject: Subject) -> bool:
    """Whether a step is one that the model is shown, with its data or its result, and not in the words of the case."""
    told = normalise(without_actor(action.text))
    theirs = {cell for shown, rest in _shown(subject.language).items() if told.endswith(shown) for cell in rest}
    known = content(subject.given, subject.language) if theirs else set()
    for cell in (normalise(action.step.test_data or ""), normalise(expected.text)):
        words = content(cell, subject.language)
        if cell in theirs and 2 * len(words & known) < len(words):
            return True
    return False


def _actor_of_an_example(action: Field, subject: Subject) -> _Span | None:
    """Where a step names a person of the examples whom the case does not know."""
    found = _ACTOR[subject.language].match(action.text)
    if not found or normalise(found["who"]) not in _actors(subject.language):
        return None
    return None if normalise(found["who"]) in normalise(subject.given) else found.span("who")


@cache
def _actors(language: Language) -> frozenset[str]:
    rows = (row for _, shown in EXAMPLES[language] for row in shown)
    return frozenset(normalise(found["who"]) for action, *_ in rows if (found := _ACTOR[language].match(action)))


@cache
def _shown(language: Language) -> dict[str, frozenset[str]]:
    """The actions of the examples, each with the data and results that it has there."""
    rows: dict[str, set[str]] = defaultdict(set)
    for _, shown in EXAMPLES[language]:
        for action, data, result, _ in shown:
            rows[normalise(without_actor(action))] |= {normalise(cell) for cell in (data, result) if cell}
    return {action: frozenset(rest) for action, rest in rows.items()}


def _leaked(text: str, given: str, language: Language) -> _Span | None:
    """From the first to the last run that occurs in the prompt and not in what was given."""
    found = [(run, span) for run, span in _runs(text, language) if run in _of_the_prompt(language)]
    theirs = {run for run, _ in _runs(given, language)} if found else set()
    spans = [span for run, span in found if run not in theirs]
    return (spans[0][0], spans[-1][1]) if spans else None


@lru_cache(maxsize=2048)
def _may_leak(text: str) -> tuple[Language, ...]:
    """The languages in whose prompt half a run occurs. A run contains a half that begins at each multiple of its length, so few lookups
    are needed."""
    words = _WORD.findall(normalise(text))
    halves = ((language, size // 2) for language, size in _RUN.items())
    return tuple(
        language
        for language, half in halves
        if any(tuple(words[at : at + half]) in _halves(language) for at in range(0, len(words) - half + 1, half))
    )


@cache
def _halves(language: Language) -> frozenset[_Run]:
    half = _RUN[language] // 2
    return frozenset(run[at : at + half] for run in _of_the_prompt(language) for at in range(half + 1))


@cache
def _of_the_prompt(language: Language) -> frozenset[_Run]:
    texts = instructions(language)
    lines = (line for text in texts for line in text.split("\n"))
    cells = (match.group() for text in texts for match in _CELLS.finditer(text))
    told, named = ({run for part in parts for run, _ in _runs(part, language)} for parts in (lines, cells))
    return frozenset(told - named)


def _runs(text: str, language: Language) -> Iterator[tuple[_Run, _Span]]:
    """Each run of the relevant number of words, whatever is between them, and its position."""
    size = _RUN[language]
    found = [(unicodedata.normalize("NFKC", word.group()).casefold(), *word.span()) for word in _WORD.finditer(text)]
    words = [word for word, _, _ in found]
    for at in range(len(words) - size + 1):
        yield tuple(words[at : at + size]), (found[at][1], found[at + size - 1][2])
