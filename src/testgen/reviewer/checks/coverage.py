"""Is every expected result of the test case checked?"""

from collections.abc import Iterator, Sequence

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.checks.registry import check
from testgen.reviewer.likeness import COVERED, consequence, covered, share
from testgen.reviewer.subject import Subject


@check("expected-result-not-covered", needs_a_case=True)
def expected_result_not_covered(subject: Subject) -> Iterator[Hit]:
    """Each expected result of the case that no step's own text verifies; `verifies` is a claim, the text decides. But a
    draft that claims nothing for a result left it out."""
    assert subject.case
    results = subject.case.expected_results
    for number in uncovered(results, subject):
        yield Hit(
            "expected-result-not-covered",
            f"/expected_results/{number - 1}",
            None,
            (0, len(results[number - 1])),
            (("number", str(number)),),
        )


def uncovered(wanted: Sequence[str], subject: Subject) -> list[int]:
    """Numbers of the expected results that no step verifies."""
    offered = [f"{action.text} {expected.text}" for action, expected in subject.pairs()]
    results = [expected.text for expected in subject.expected]
    earlier = [" ".join(offered[: index + 1]) for index in range(len(offered))]
    claimed = _claimed(subject)
    missing = []
    for number, text in enumerate(wanted, 1):
        best = max(_coverage(text, *texts, subject.language) for texts in zip(results, offered, earlier, strict=True))
        if best < COVERED or (claimed is not None and number not in claimed):
            missing.append(number)
    return missing


def _claimed(subject: Subject) -> set[int] | None:
    """The results that a draft of ours claims to verify; None for a procedure whose author need not claim any."""
    made = subject.procedure
    return (
        {number for step in made.steps for number in step.verifies} if made.provenance.origin == "generated" else None
    )


def _coverage(wanted: str, result: str, step: str, so_far: str, language: Language) -> float:
    """How well a step covers an expected result: its result alone, its action with it, or, where the expected result
    names circumstances (正しいパスワードでも, even with the right password), its result under the steps so far."""
    best = max(covered(wanted, result, language), 0.9 * covered(wanted, step, language))
    told = consequence(wanted, language)
    if told and result:
        best = max(
            best, min(covered(told, result, language), share(wanted, f"{so_far} {result}", language, polarity=False))
        )
    return best
