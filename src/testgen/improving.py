"""Improves existing procedures: steps that are in order stay as they are, and steps with findings are rewritten."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from testgen.domain.background import used
from testgen.domain.case_behind import case_of
from testgen.domain.errors import DraftError, EngineError, EngineTimeoutError, TestgenError
from testgen.domain.events import RepairEvent
from testgen.domain.ports import Selection
from testgen.domain.procedure import Finding, Procedure, Step
from testgen.domain.test_case import TestCase
from testgen.messages import say
from testgen.repair import NOT_COVERED, REPAIR, Reviewing, repair, score
from testgen.reviewer.checks import NEED_A_CASE
from testgen.reviewer.checks.coverage import showing
from testgen.reviewer.subject import Field, Subject
from testgen.reviewer.triggers import Evidence, trigger_of
from testgen.rewriting import provenance_of
from testgen.workers import HERE, Workers

# What a case knows and a procedure may lack.
_FACTS = ("section", "type", "priority", "tags", "references", "preconditions", "postconditions", "test_data", "custom")

# For each step that is tried with an expected result there is a review, which compares each result with each step: so many steps are tried
# for one result, and so many comparisons are made in all (sixty reviews of the largest case, fewer of what is larger).
MOST_TRIED, MOST_COMPARED = 3, 60 * 50 * 60


@dataclass(frozen=True)
class Improved:
    """A procedure before and after, and the problem that ended the work early, if any. What was improved until then is valid."""

    before: Procedure
    after: Procedure
    problem: TestgenError | None = None

    def counted(self) -> str:
        """The number of steps that were kept, changed and added. A step counts as kept if only the numbers of the results that it
        verifies have changed."""
        old, new = (Counter(map(_texts, procedure.steps)) for procedure in (self.before, self.after))
        kept, count = (old & new).total(), old.total()
        return say(
            "kept {kept}, changed {changed}, added {added}", kept=kept, changed=count - kept, added=new.total() - count
        )

    def repairs(self) -> Iterator[RepairEvent]:
        """All steps that differ from before, including those in which only the verified numbers are new."""
        old, new = ([_texts(step) for step in procedure.steps] for procedure in (self.before, self.after))
        for _, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            for place, after in enumerate(self.after.steps[start:end]):
                before = self.before.steps[first + place] if first + place < last else None
                if before is None or _texts(before) != _texts(after) or before.verifies != after.verifies:
                    yield RepairEvent(after.number, before, after)

    def unfinished(self) -> TestgenError:
        """The problem, with the steps as improved until then."""
        assert self.problem is not None
        if isinstance(self.problem, EngineError):
            self.problem.steps = self.after.steps
        return self.problem


async def improve(
    procedure: Procedure,
    reviewing: Reviewing,
    selection: Selection,
    *,
    attempts: int,
    timeout_s: float,
    workers: Workers = HERE,
) -> Improved:
    """Returns the procedure with its empty fields filled in, the expected results of the case linked to the steps that show them, and the
    steps with errors or warnings rewritten. Every other step keeps its texts byte for byte.

    `reviewing.case` is the test case, if there is one. The engine is asked up to `attempts` times, for at most `timeout_s` seconds. A
    failing engine, or a review that takes too long, raises nothing: see `Improved.problem`.
    """
    given, case = reviewing.case, reviewing.case or case_of(procedure)
    reviewing = _thorough(procedure, reviewing)
    current = procedure
    problem: TestgenError | None = None
    try:
        async with asyncio.timeout(timeout_s):
            current = await workers.run(REPAIR, _prepared, procedure, given, reviewing)
            for attempt in range(2, attempts + 2):
                try:
                    current = await _repaired(current, reviewing, selection, case, attempt, workers)
                    problem = None
                except DraftError as error:  # the next attempt may go better
                    problem = error
    except TimeoutError:
        told, remedy = (
            say("the repairs took longer than {seconds:g} s", seconds=timeout_s),
            say("raise request_timeout_s, or use a faster model"),
        )
        return Improved(procedure, current, EngineTimeoutError(told, remedy=remedy))
    except TestgenError as error:
        return Improved(procedure, current, error)
    return Improved(procedure, current, problem)


async def _repaired(
    procedure: Procedure, reviewing: Reviewing, selection: Selection, case: TestCase, attempt: int, workers: Workers
) -> Procedure:
    """The procedure after one attempt, which must not lose any expected result of the case."""
    done = await repair(procedure, reviewing, selection.engine, case, attempt, workers=workers)
    if done is None or not _missing(done.procedure.findings) <= _missing(procedure.findings):
        return procedure
    made = provenance_of(procedure, done.rewrite, selection.engine.name)
    made = made.model_copy(update={"fallback_reason": selection.fallback_reason})
    return await workers.run(REPAIR, _attached, done.procedure.model_copy(update={"provenance": made}), reviewing)


def _texts(step: Step) -> tuple[str, str, str, str]:
    return step.kind, step.action, step.test_data or "", step.expected_result


def _missing(findings: Iterable[Finding]) -> set[str]:
    return {finding.field for finding in findings if finding.rule == NOT_COVERED}


def _thorough(procedure: Procedure, reviewing: Reviewing) -> Reviewing:
    """Also repairs warnings. Without a case, a procedure is held only to the expected results that it states itself, and to nothing else
    that requires a case."""
    settings = reviewing.settings.model_copy(update={"repair_warnings": True})
    case = reviewing.case
    if (
        case is None
        and procedure.expected_results
        and (own := case_of(procedure)).expected_results == _expected(procedure)
    ):
        off = dict.fromkeys(NEED_A_CASE - {NOT_COVERED}, "off")
        settings, case = settings.model_copy(update={"rules": {**settings.rules, **off}}), own
    return replace(reviewing, settings=settings, case=case)


def _expected(procedure: Procedure) -> tuple[str, ...]:
    return tuple(text.strip() for text in procedure.expected_results)


def _prepared(procedure: Procedure, given: TestCase | None, reviewing: Reviewing) -> Procedure:
    """The reviewed procedure, with everything filled in that rules can fill in; from here on, its provenance refers to the current
    sources."""
    if given:
        procedure = _with_facts(procedure, given)
    known: dict[str, object] = {}
    background = reviewing.background
    if background.touched_sha256:
        known["knowledge_sha256"] = background.touched_sha256
    if background.passages:
        known["passages"] = used(background.closest)
    procedure = procedure.model_copy(update={"provenance": procedure.provenance.model_copy(update=known)})
    return _attached(reviewing.reviewed(procedure), reviewing)


def _with_facts(procedure: Procedure, case: TestCase) -> Procedure:
    """Adds what the procedure lacks of the case, and the id of the case. The expected results of the case come first, because their
    numbers matter, then the other results of the procedure; the numbers in the steps follow their texts."""
    facts = {name: getattr(case, name) for name in _FACTS if not getattr(procedure, name)}
    own, wanted = _expected(procedure), case.expected_results
    wanted = (*wanted, *dict.fromkeys(text for text in own if text and text not in wanted))
    place = {number: wanted.index(text) + 1 for number, text in enumerate(own, 1) if text}
    steps = procedure.steps
    if own and own != wanted:
        steps = tuple(
            step.model_copy(update={"verifies": tuple(place[number] for number in step.verifies if number in place)})
            for step in steps
        )
    made = procedure.provenance.model_copy(update={"test_case_sha256": case.sha256()})
    facts |= {"test_case_id": case.id, "expected_results": wanted, "steps": steps, "provenance": made}
    return procedure.model_copy(update=facts)


def _attached(procedure: Procedure, reviewing: Reviewing) -> Procedure:
    """Links each expected result that no step claims to the step that shows it, or to the step without a result whose action triggers it;
    there it becomes the step's expected result. A result stays unlinked if the review would then find more faults, or after too many
    attempts."""
    claimed = {number for step in procedure.steps for number in step.verifies}
    left = MOST_COMPARED // max(1, len(procedure.expected_results) * len(procedure.steps))
    for number, wanted in enumerate(procedure.expected_results, 1):
        if number in claimed:
            continue
        for step in _places(wanted, procedure):
            if not left:
                return procedure
            left -= 1
            tried = reviewing.reviewed(_with_result(procedure, step, number, wanted))
            if score(tried.findings) <= score(procedure.findings):
                procedure = tried
                break
    return procedure


def _places(wanted: str, procedure: Procedure) -> list[Step]:
    """The steps that show an expected result; otherwise the single step whose action triggers it, if that step has no result."""
    if found := showing(wanted, Subject(procedure)):
        return [procedure.steps[number - 1] for number in found[:MOST_TRIED]]
    trigger = trigger_of(wanted, procedure.language)
    if trigger is None or not trigger.keys:
        return []
    bring = [step for step in procedure.steps if Evidence(step.action, (), procedure.language).brings(trigger)]
    return bring if len(bring) == 1 and _is_empty(bring[0]) else []


def _is_empty(step: Step) -> bool:
    return Field.of(step, "expected_result").is_none


def _with_result(procedure: Procedure, step: Step, number: int, wanted: str) -> Procedure:
    filled = {"expected_result": wanted} if _is_empty(step) else {}
    better = step.model_copy(update={"verifies": tuple(sorted({*step.verifies, number})), **filled})
    steps = (better if other is step else other for other in procedure.steps)
    return procedure.model_copy(update={"steps": tuple(steps)})
