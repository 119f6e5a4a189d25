"""Events on the wire."""

import json

import pytest
from support.service import read_events

from testgen.api.sse import encode
from testgen.domain.errors import EngineTimeoutError
from testgen.domain.events import ErrorEvent, Event, FindingEvent, ResetEvent, StepEvent
from testgen.domain.procedure import Finding, Step

STEP = Step(number=1, kind="action", action="「保存」を押す\n次へ", expected_result="保存される")


def decoded(event: Event) -> tuple[str, object]:
    ((name, data),) = read_events(iter(encode(event).decode().split("\n")))
    return name, json.loads(data)


def test_a_step_carries_its_attempt_and_a_line_break_does_no_harm() -> None:
    assert decoded(StepEvent(2, STEP)) == ("step", {"attempt": 2, "step": STEP.model_dump(mode="json")})
    assert "「保存」" in encode(StepEvent(2, STEP)).decode()


def test_a_reset_says_what_to_keep_and_why() -> None:
    assert decoded(ResetEvent(2, 0, "x")) == ("reset", {"attempt": 2, "keep": 0, "reason": "x"})


def test_a_finding_is_the_finding() -> None:
    finding = Finding(rule="open-question", severity="warning", field="/steps/0/action", message="?")
    assert decoded(FindingEvent(finding)) == ("finding", finding.model_dump(mode="json"))


@pytest.mark.parametrize("steps", [(), (STEP,)])
def test_an_error_is_a_problem_document_with_the_steps_so_far(steps: tuple[Step, ...]) -> None:
    error = EngineTimeoutError("too slow", remedy="wait")
    error.steps = steps
    name, problem = decoded(ErrorEvent(error))
    assert name == "error"
    assert isinstance(problem, dict)
    assert (problem["status"], problem["detail"]) == (504, "too slow; wait")
    assert len(problem.get("steps", [])) == len(steps)
