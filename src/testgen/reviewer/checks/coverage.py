"""Checks whether every expected result of the test case is verified."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.checks.registry import check
from testgen.reviewer.grammar import TELLINGS
from testgen.reviewer.likeness import COVERED, consequence, content, covered
from testgen.reviewer.subject import Field, Subject
from testgen.text.normal import normalise
from testgen.text.pointing import points_to_scenarios


@check("expected-result-not-covered", needs_results=True)
def expected_result_not_covered(subject: Subject) -> Iterator[Hit]:
    """Reports each required result that the text of no step verifies. `verifies` is only a claim; the text decides: if a step claims
    a result and only another one shows it, the claim is wrong. But if a draft does not claim a result, the draft has left it out."""
    results = subject.wanted_results
    missing, offered = uncovered(results, subject), list(_offered(subject))
    for number, text in enumerate(results, 1):
        if number not in missing and (claiming := _wrongly_claimed(number, text, offered, subject)):
            yield claiming.hit("expected-result-not-covered", variant="claimed", number=str(number))
    for number in missing:
        yield Hit(
            "expected-result-not-covered",
            f"/expected_results/{number - 1}",
            None,
            (0, len(results[number - 1])),
            (("number", str(number)),),
        )


def uncovered(wanted: Sequence[str], subject: Subject) -> list[int]:
    """Numbers of the expected results that no step verifies."""
    offered = list(_offered(subject))
    claimed = _claimed(subject)
    missing = []
    for number, text in enumerate(wanted, 1):
        together = _together(number, offered, subject)
        shown = any(_coverage(text, step, subject.language) >= COVERED for step in (*offered, *together))
        shown = shown or _in_part(text, number, offered, subject) >= COVERED or points_to_scenarios(text)
        if not shown or (claimed is not None and number not in claimed):
            missing.append(number)
    return missing


def _wrongly_claimed(number: int, wanted: str, offered: Sequence["_Offered"], subject: Subject) -> Field | None:
    """The first step that claims a result, where none that claims it shows it."""
    claiming = [field for field in subject.expected if number in field.step.verifies]
    if not claiming:
        return None
    theirs = [offered[field.step.number - 1] for field in claiming]
    together = _together(number, offered, subject)
    shown = any(_coverage(wanted, step, subject.language) >= COVERED for step in (*theirs, *together))
    shown = shown or _in_part(wanted, number, offered, subject) >= COVERED or points_to_scenarios(wanted)
    return None if shown else claiming[0]


def _together(number: int, offered: Sequence["_Offered"], subject: Subject) -> Iterator["_Offered"]:
    """What several steps say that share one expected result: "64 is accepted" in one, "65 is refused" in the next."""
    shared = [step for step, made in zip(offered, subject.procedure.steps, strict=True) if number in made.verifies]
    if len(shared) > 1:
        texts = (" ".join(step.result for step in shared), " ".join(step.whole for step in shared))
        yield _Offered(*texts, shared[-1].so_far)


def showing(wanted: str, subject: Subject) -> list[int]:
    """The numbers of the steps whose own text verifies an expected result, the best first."""
    shares = [(-_coverage(wanted, step, subject.language), number) for number, step in enumerate(_offered(subject), 1)]
    return [number for share, number in sorted(shares) if -share >= COVERED]


@dataclass(frozen=True)
class _Offered:
    """What a step offers: its result, its action with its result, and the words of all steps up to it."""

    result: str
    whole: str
    so_far: Set[str]


def _offered(subject: Subject) -> Iterator[_Offered]:
    so_far: Set[str] = frozenset()
    for action, expected in subject.pairs():
        if TELLINGS[subject.language].only_orders(expected.masked):
            yield _Offered("", "", so_far)
            continue
        whole = f"{action.text} {expected.text}"
        so_far = so_far | content(f"{whole} {action.step.test_data or ''}", subject.language)
        yield _Offered(expected.text, whole, so_far)


def _claimed(subject: Subject) -> set[int] | None:
    """The results that a draft by testgen claims to verify; None for a procedure whose author did not have to claim any."""
    made = subject.procedure
    return (
        {number for step in made.steps for number in step.verifies} if made.provenance.origin == "generated" else None
    )


def _coverage(wanted: str, step: _Offered, language: Language) -> float:
    """How well a step covers an expected result: by its result alone, by its action with its result, or, if the expected result names
    circumstances (正しいパスワードでも, even with the right password), by its result under the steps so far."""
    best = max(covered(wanted, step.result, language), 0.9 * covered(wanted, step.whole, language))
    told = consequence(wanted, language)
    words = content(wanted, language)
    if told and step.result and words:
        best = max(best, min(covered(told, step.result, language), len(words & step.so_far) / len(words)))
    return best


def _in_part(wanted: str, number: int, offered: Sequence[_Offered], subject: Subject) -> float:
    """A step of a draft that verifies a result in the words of the result itself, under circumstances that the steps so far describe."""
    words = content(wanted, subject.language)
    told = [
        len(words & step.so_far) / len(words)
        for step, made in zip(offered, subject.procedure.steps, strict=False)
        if words and number in made.verifies and step.result and normalise(step.result) in normalise(wanted)
    ]
    return max(told, default=0.0)
