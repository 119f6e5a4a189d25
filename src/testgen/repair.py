"""Only the faulty steps are written again, the others are locked; what does not get better is dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.events import RepairEvent
from testgen.domain.glossary import Glossary
from testgen.domain.hit import Hit
from testgen.domain.ports import Engine, Rewrite, RewriteRequest
from testgen.domain.procedure import MAX_STEPS, Finding, Procedure, Provenance, Step
from testgen.domain.test_case import TestCase
from testgen.reviewer import RULES, ReviewSettings, review

NOT_COVERED = "expected-result-not-covered"


@dataclass(frozen=True)
class Reviewing:
    """What a procedure is reviewed against, what its engine reports of it, and what is repaired."""

    case: TestCase | None = None
    glossary: Glossary | None = None
    settings: ReviewSettings = field(default_factory=ReviewSettings)
    hits: tuple[Hit, ...] = ()

    def findings(self, procedure: Procedure) -> tuple[Finding, ...]:
        """The review's findings."""
        return review(procedure, self.case, glossary=self.glossary, settings=self.settings, hits=self.hits).findings

    def faulty(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those that are worth a repair: errors, and warnings where the team asked for it. An open point is a person's."""
        wanted = {"error", "warning"} if self.settings.repair_warnings else {"error"}
        return [finding for finding in findings if finding.severity in wanted and finding.rule != "open-question"]


@dataclass(frozen=True)
class Repaired:
    """A procedure after an attempt, what was replaced, and what the engine says of its work."""

    procedure: Procedure
    findings: tuple[Finding, ...]
    events: tuple[RepairEvent, ...]
    rewrite: Rewrite


async def repair(
    procedure: Procedure,
    findings: Sequence[Finding],
    reviewing: Reviewing,
    engine: Engine,
    case: TestCase,
    attempt: int,
) -> Repaired | None:
    """One attempt. None where there is nothing to repair, or nothing got better.

    Raises:
        EngineError: the engine failed; the procedure as it was is still good.
    """
    faults, missing = _wanted(reviewing.faulty(findings))
    if not faults and not missing:
        return None
    request = RewriteRequest(
        case, procedure.language, procedure.steps, faults, missing, attempt=attempt, glossary=reviewing.glossary
    )
    answer = await engine.rewrite(request)
    kept = _better_ones(procedure, findings, answer, reviewing)
    if kept is None:
        return None
    steps, events = apply(procedure.steps, kept)
    bettered = procedure.model_copy(update={"steps": steps})
    return Repaired(bettered, reviewing.findings(bettered), events, kept)


def _wanted(faulty: Sequence[Finding]) -> tuple[dict[int, dict[str, str]], tuple[int, ...]]:
    """Steps to rewrite with their faults, and numbers of expected results that no step covers."""
    faults: dict[int, dict[str, str]] = {}
    missing = []
    for finding in faulty:
        if finding.step:
            faults.setdefault(finding.step, {})[finding.rule] = _advice(finding.rule)
        elif finding.rule == NOT_COVERED:
            missing.append(int(finding.field.rsplit("/", 1)[1]) + 1)
    return faults, tuple(missing)


def _advice(rule: str) -> str:
    """What is wrong and what to do, in English; never the step's own text."""
    words = RULES[rule].words["en"]
    return words.what.rstrip(".").lower() if "{" in words.suggestion else words.suggestion.rstrip(".")


def _better_ones(
    procedure: Procedure, findings: Sequence[Finding], answer: Rewrite, reviewing: Reviewing
) -> Rewrite | None:
    """The replacements that leave fewer faults than before, judged one by one; then the additions."""
    kept: dict[int, tuple[Step, ...]] = {}
    added: tuple[Step, ...] = ()
    score = _score(findings)
    for number, steps in sorted(answer.replacements.items()):
        tried = _try(procedure, Rewrite({**kept, number: steps}), reviewing)
        if tried is not None and tried < score:
            kept[number], score = steps, tried
    for step in answer.added:
        tried = _try(procedure, Rewrite(kept, (*added, step)), reviewing)
        if tried is not None and tried < score:
            added, score = (*added, step), tried
    return Rewrite(kept, added, answer.summary) if kept or added else None


def _try(procedure: Procedure, rewrite: Rewrite, reviewing: Reviewing) -> tuple[int, int, int] | None:
    steps, _ = apply(procedure.steps, rewrite)
    if len(steps) > MAX_STEPS:
        return None
    return _score(reviewing.findings(procedure.model_copy(update={"steps": steps})))


def _score(findings: Sequence[Finding]) -> tuple[int, int, int]:
    """Errors first, then warnings, then the rest: less is better."""
    by_severity = [finding.severity for finding in findings]
    return by_severity.count("error"), by_severity.count("warning"), by_severity.count("info")


def apply(steps: Sequence[Step], rewrite: Rewrite) -> tuple[tuple[Step, ...], tuple[RepairEvent, ...]]:
    """The steps with the replacements in place, numbered anew; every other step is the same but for its number."""
    result: list[Step] = []
    events: list[RepairEvent] = []
    cleanup = next((step.number for step in steps if step.kind == "cleanup"), len(steps) + 1)
    for step in steps:
        if step.number == cleanup:
            _append(result, rewrite.added, events)
        after = rewrite.replacements.get(step.number)
        placed = _numbered(after if after else (step,), len(result) + 1)
        if after:
            events += [RepairEvent(new.number, step if new is placed[0] else None, new) for new in placed]
        result += placed
    if cleanup > len(steps):
        _append(result, rewrite.added, events)
    return tuple(result), tuple(events)


def _append(result: list[Step], added: Sequence[Step], events: list[RepairEvent]) -> None:
    for step in _numbered(added, len(result) + 1):
        events.append(RepairEvent(step.number, None, step))
        result.append(step)


def _numbered(steps: Sequence[Step], first: int) -> tuple[Step, ...]:
    return tuple(
        step if step.number == number else step.model_copy(update={"number": number})
        for number, step in enumerate(steps, first)
    )


@dataclass(frozen=True)
class RewriteOrder:
    """Which steps a person wants written again, and how. All others stay as they are, byte for byte."""

    steps: tuple[int, ...]
    instruction: str = ""
    locked: tuple[int, ...] = ()
    reviewing: Reviewing = field(default_factory=Reviewing)


async def rewrite(procedure: Procedure, order: RewriteOrder, engine: Engine) -> Procedure:
    """The procedure with the named steps written again and reviewed anew. What the person orders is not second-guessed.

    Raises:
        InvalidInputError: a step is not there, or is locked.
        EngineError: the engine failed.
    """
    _require_steps(procedure, order)
    case = order.reviewing.case or case_of(procedure)
    found = order.reviewing.findings(procedure)
    faults: dict[int, dict[str, str]] = {number: {} for number in order.steps}
    for finding in found:
        if finding.step in faults:
            faults[finding.step][finding.rule] = _advice(finding.rule)
    request = RewriteRequest(
        case,
        procedure.language,
        procedure.steps,
        faults,
        instruction=order.instruction,
        attempt=(procedure.provenance.attempts or 1) + 1,
        glossary=order.reviewing.glossary,
    )
    answer = await engine.rewrite(request)
    steps, _ = apply(procedure.steps, answer)
    changed = procedure.model_copy(update={"steps": steps, "provenance": _rewritten(procedure, answer, engine.name)})
    return changed.model_copy(update={"findings": order.reviewing.findings(changed)})


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


def _rewritten(procedure: Procedure, answer: Rewrite, engine: str) -> Provenance:
    made, summary = procedure.provenance, answer.summary
    if not answer.replacements:
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
    """The test case that a procedure tells of itself, for an engine that has nothing else to go by."""
    known: Mapping[str, object] = procedure.model_dump(
        include={"title", "preconditions", "expected_results", "postconditions", "section", "tags", "references"}
    )
    expected = procedure.expected_results or (procedure.title,)
    return TestCase.model_validate(
        {**known, "id": procedure.test_case_id, "expected_results": expected, "language": procedure.language}
    )
