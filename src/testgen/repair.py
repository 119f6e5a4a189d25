"""Repairs a procedure: only the faulty steps are rewritten, all others are locked, and a replacement that is no better is dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from testgen.domain.background import UNKNOWN, Background
from testgen.domain.events import RepairEvent
from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.domain.ports import Engine, Rewrite, RewriteRequest
from testgen.domain.procedure import MAX_STEPS, Finding, Procedure, Step
from testgen.domain.test_case import TestCase
from testgen.messages import say
from testgen.reviewer import RULES, Review, ReviewSettings, review
from testgen.workers import HERE, Job, Workers

NOT_COVERED = "expected-result-not-covered"
REVIEW = Job(say("reviewing the procedure"), say("shorten its longest steps, or the glossary"))
REPAIR = Job(
    say("comparing the repaired steps with the original ones"),
    say("shorten the longest steps, or the glossary"),
    seconds=20,
)


@dataclass(frozen=True)
class Reviewing:
    """What a procedure is reviewed against, what its engine reports about it, and what is to be repaired."""

    case: TestCase | None = None
    background: Background = UNKNOWN
    settings: ReviewSettings = field(default_factory=ReviewSettings)
    hits: tuple[Hit, ...] | None = None
    among: tuple[Hit, ...] = ()  # what else is known of the draft, whatever its engine reports

    def findings(self, procedure: Procedure) -> tuple[Finding, ...]:
        """The findings of the review."""
        return self._review(procedure).findings

    def reviewed(self, procedure: Procedure) -> Procedure:
        """The procedure with the result of the review: its findings and its readiness."""
        found = self._review(procedure)
        return procedure.model_copy(update={"findings": found.findings, "readiness": found.readiness})

    def _review(self, procedure: Procedure) -> Review:
        return review(
            procedure, self.case, background=self.background, settings=self.settings, hits=self.hits, among=self.among
        )

    def faulty(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings that justify a repair: errors, and warnings if the team wants them repaired. Open points are left to people."""
        wanted = {"error", "warning"} if self.settings.repair_warnings else {"error"}
        return [finding for finding in findings if finding.severity in wanted and finding.rule != "open-question"]


@dataclass(frozen=True)
class Repaired:
    """A reviewed procedure after one attempt, what was replaced, and what the engine reports about its work."""

    procedure: Procedure
    events: tuple[RepairEvent, ...]
    rewrite: Rewrite


async def repair(
    procedure: Procedure,
    reviewing: Reviewing,
    engine: Engine,
    case: TestCase,
    attempt: int,
    *,
    workers: Workers = HERE,
) -> Repaired | None:
    """Makes one attempt to repair a reviewed procedure. Returns None if there is nothing to repair, or nothing has improved.

    Raises:
        EngineError: the engine failed; the original procedure is still valid.
        TooCostlyError: the answer could not be reviewed in time; the original procedure is still valid.
    """
    faults, missing = _wanted(reviewing.faulty(procedure.findings), procedure.language)
    if not faults and not missing:
        return None
    request = RewriteRequest(
        case,
        procedure.language,
        procedure.steps,
        faults,
        missing,
        attempt=attempt,
        background=reviewing.background.for_drafting(),
    )
    answer = await engine.rewrite(request)
    return await workers.run(REPAIR, _repaired, procedure, answer, reviewing)


def _repaired(procedure: Procedure, answer: Rewrite, reviewing: Reviewing) -> Repaired | None:
    kept = _better_ones(procedure, answer, reviewing)
    if kept is None:
        return None
    steps, events = apply(procedure.steps, kept)
    return Repaired(reviewing.reviewed(procedure.model_copy(update={"steps": steps})), events, kept)


def _wanted(faulty: Sequence[Finding], language: Language) -> tuple[dict[int, dict[str, str]], tuple[int, ...]]:
    """The steps to rewrite with their faults, and the numbers of expected results that no step covers."""
    faults: dict[int, dict[str, str]] = {}
    missing = []
    for finding in faulty:
        if finding.step:
            faults.setdefault(finding.step, {})[finding.rule] = advice(finding, language)
        elif finding.rule == NOT_COVERED:
            missing.append(int(finding.field.rsplit("/", 1)[1]) + 1)
    return faults, tuple(missing[: MAX_STEPS - len(faults)])


def advice(finding: Finding, language: Language) -> str:
    """What to do, in the language of the procedure. It never quotes the step, but names numbers of expected results."""
    words = RULES[finding.rule].words[language]
    values = set(re.findall(r"{(\w+)}", words.suggestion))
    told = words.what if values - {"number", "numbers"} else finding.suggestion or words.suggestion
    return told.rstrip(".。")


def _better_ones(procedure: Procedure, answer: Rewrite, reviewing: Reviewing) -> Rewrite | None:
    """The replacements that leave fewer faults than before, judged one by one, and then the additions."""
    kept: dict[int, tuple[Step, ...]] = {}
    added: tuple[Step, ...] = ()
    best = score(procedure.findings)
    for number, steps in sorted(answer.replacements.items()):
        tried = _try(procedure, Rewrite({**kept, number: steps}), reviewing)
        if tried is not None and tried < best:
            kept[number], best = steps, tried
    for step in answer.added:
        tried = _try(procedure, Rewrite(kept, (*added, step)), reviewing)
        if tried is not None and tried < best:
            added, best = (*added, step), tried
    return Rewrite(kept, added, answer.summary) if kept or added else None


def _try(procedure: Procedure, rewrite: Rewrite, reviewing: Reviewing) -> tuple[int, int, int] | None:
    steps, _ = apply(procedure.steps, rewrite)
    if len(steps) > MAX_STEPS:
        return None
    return score(reviewing.findings(procedure.model_copy(update={"steps": steps})))


def score(findings: Sequence[Finding]) -> tuple[int, int, int]:
    """Counts errors, then warnings, then the rest; less is better."""
    by_severity = [finding.severity for finding in findings]
    return by_severity.count("error"), by_severity.count("warning"), by_severity.count("info")


def apply(steps: Sequence[Step], rewrite: Rewrite) -> tuple[tuple[Step, ...], tuple[RepairEvent, ...]]:
    """Returns the steps with the replacements in place, renumbered; apart from its number, every other step is unchanged."""
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
