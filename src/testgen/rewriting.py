"""Rewrites only the steps that a person names, without questioning the order."""

from dataclasses import dataclass, field

from testgen.domain.background import used
from testgen.domain.case_behind import case_of
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.ports import Engine, Rewrite, RewriteRequest
from testgen.domain.procedure import MAX_STEPS, Procedure, Provenance
from testgen.messages import say
from testgen.repair import REVIEW, Reviewing, advice, apply
from testgen.workers import HERE, Workers


@dataclass(frozen=True)
class RewriteOrder:
    """Which steps a person wants rewritten, and how. All others stay as they are, byte for byte."""

    steps: tuple[int, ...]
    instruction: str = ""
    locked: tuple[int, ...] = ()
    reviewing: Reviewing = field(default_factory=Reviewing)


async def rewrite(procedure: Procedure, order: RewriteOrder, engine: Engine, workers: Workers = HERE) -> Procedure:
    """Returns the procedure with the named steps rewritten, and reviewed again. The order is not questioned.

    Raises:
        InvalidInputError: a step does not exist, or is locked.
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
        background=order.reviewing.background.for_drafting(),
    )
    answer = await engine.rewrite(request)
    steps, _ = apply(procedure.steps, answer)
    if len(steps) > MAX_STEPS:
        problem = FieldProblem(
            "/steps",
            say(
                "would become {count} steps; at most {most} are allowed: name fewer of them",
                count=len(steps),
                most=MAX_STEPS,
            ),
        )
        raise InvalidInputError([problem], subject=say("the request"))
    changed = procedure.model_copy(update={"steps": steps, "provenance": provenance_of(procedure, answer, engine.name)})
    return await workers.run(REVIEW, order.reviewing.reviewed, changed)


def _require_steps(procedure: Procedure, order: RewriteOrder) -> None:
    last = len(procedure.steps)
    problems = [] if order.steps else [FieldProblem("/steps", say("is empty: name the steps to rewrite"))]
    for index, number in enumerate(order.steps):
        if not 1 <= number <= last:
            problems.append(
                FieldProblem(f"/steps/{index}", say("there is no such step: give 1 to {last}", last=last), str(number))
            )
        elif number in order.locked:
            problems.append(FieldProblem(f"/steps/{index}", say("is locked: unlock it or leave it out"), str(number)))
    if problems:
        raise InvalidInputError(problems, subject=say("the request"))


def provenance_of(procedure: Procedure, answer: Rewrite, engine: str) -> Provenance:
    """The provenance of a procedure in which an engine has rewritten some steps; unchanged if it has rewritten none."""
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
            "passages": tuple(dict.fromkeys((*made.passages, *used(summary.passages)))),
        }
    )
