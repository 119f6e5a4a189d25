"""A person names steps, and these alone are written again: what somebody orders is not second-guessed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.ports import Engine, Rewrite, RewriteRequest
from testgen.domain.procedure import MAX_STEPS, Procedure, Provenance
from testgen.domain.test_case import MAX_ENTRIES, MAX_ENTRY, MAX_ID, MAX_TITLE, TestCase
from testgen.repair import REVIEW, Reviewing, advice, apply
from testgen.workers import HERE, Workers

_UNNAMED = "-"  # as the title or the id of a case whose procedure has none


@dataclass(frozen=True)
class RewriteOrder:
    """Which steps a person wants written again, and how. All others stay as they are, byte for byte."""

    steps: tuple[int, ...]
    instruction: str = ""
    locked: tuple[int, ...] = ()
    reviewing: Reviewing = field(default_factory=Reviewing)


async def rewrite(procedure: Procedure, order: RewriteOrder, engine: Engine, workers: Workers = HERE) -> Procedure:
    """The procedure with the named steps written again and reviewed anew. What the person orders is not second-guessed.

    Raises:
        InvalidInputError: a step is not there, or is locked.
        EngineError: the engine failed.
        TooCostlyError: the review took too long.
    """
    _require_steps(procedure, order)
    case = order.reviewing.case or case_of(procedure)
    found = await workers.run(REVIEW, order.reviewing.findings, procedure)
    faults: dict[int, dict[str, str]] = {number: {} for number in order.steps}
    for finding in found:
        if finding.step in faults:
            faults[finding.step][finding.rule] = advice(finding, procedure.language)
    request = RewriteRequest(
        case,
        procedure.language,
        procedure.steps,
        faults,
        instruction=order.instruction,
        attempt=(procedure.provenance.attempts or 1) + 1,
        background=order.reviewing.background,
    )
    answer = await engine.rewrite(request)
    steps, _ = apply(procedure.steps, answer)
    if len(steps) > MAX_STEPS:
        problem = FieldProblem("/steps", f"would become {len(steps)} steps, of {MAX_STEPS} allowed: name fewer of them")
        raise InvalidInputError([problem], subject="the request")
    changed = procedure.model_copy(update={"steps": steps, "provenance": provenance_of(procedure, answer, engine.name)})
    return await workers.run(REVIEW, order.reviewing.reviewed, changed)


def _require_steps(procedure: Procedure, order: RewriteOrder) -> None:
    last = len(procedure.steps)
    problems = [] if order.steps else [FieldProblem("/steps", "is empty: name the steps to write again")]
    for index, number in enumerate(order.steps):
        if not 1 <= number <= last:
            problems.append(FieldProblem(f"/steps/{index}", f"there is no such step: give 1 to {last}", str(number)))
        elif number in order.locked:
            problems.append(FieldProblem(f"/steps/{index}", "is locked: unlock it or leave it out", str(number)))
    if problems:
        raise InvalidInputError(problems, subject="the request")


def provenance_of(procedure: Procedure, answer: Rewrite, engine: str) -> Provenance:
    """What made a procedure of which an engine has written some steps again; as it was where it wrote none."""
    made, summary = procedure.provenance, answer.summary
    if not (answer.replacements or answer.added):
        return made
    return made.model_copy(
        update={
            "origin": "generated" if made.origin == "generated" else "edited",
            "engine": engine,
            "attempts": (made.attempts or 1) + 1,
            "model": summary.model or made.model,
            "model_digest": summary.model_digest or made.model_digest,
            "prompt_version": summary.prompt_version or made.prompt_version,
        }
    )


def case_of(procedure: Procedure) -> TestCase:
    """The test case that a procedure tells of itself, for an engine that has nothing else to go by. A procedure may hold
    more, and longer texts, than a case: what is beyond a case's bounds is left out here, and stays in the procedure."""
    title = procedure.title.strip()[:MAX_TITLE] or procedure.steps[0].action.strip()[:MAX_TITLE] or _UNNAMED
    return TestCase(
        id=procedure.test_case_id.strip()[:MAX_ID] or _UNNAMED,
        title=title,
        preconditions=_entries(procedure.preconditions),
        test_data=procedure.test_data,
        expected_results=_entries(procedure.expected_results) or (title,),
        postconditions=_entries(procedure.postconditions),
        section=_entries(procedure.section),
        tags=_entries(procedure.tags),
        references=_entries(procedure.references),
        language=procedure.language,
    )


def _entries(texts: Sequence[str]) -> tuple[str, ...]:
    stripped = (text.strip()[:MAX_ENTRY] for text in texts)
    return tuple(islice(filter(None, stripped), MAX_ENTRIES))
