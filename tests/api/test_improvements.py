"""`POST /v1/procedures/improve`: what is good stays, what is not is written again, and nothing that was bettered is lost."""

import json

import httpx
import pytest
from support.chat import ScriptedChat
from support.procedures import procedure
from support.service import running

from testgen.api import examples
from testgen.config import ServiceConfig
from testgen.domain.procedure import Procedure

PATH = "/v1/procedures/improve"
GIVEN = procedure(("Open the form", "The form is shown"), ('Press "Save"', ""))
CASE = {"id": "T-1", "title": "Save", "expected_results": ['After pressing "Save", "Saved" is shown']}
BODY = {"procedure": GIVEN.model_dump(mode="json"), "test_case": CASE}


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n") if not block.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_an_empty_result_is_filled_in_and_an_aligned_step_stays() -> None:
    with running(ServiceConfig(engine="outline")) as url:
        answer = httpx.post(f"{url}{PATH}", json=BODY)
    assert answer.status_code == 200
    made = Procedure.model_validate(answer.json())
    assert made.steps[0] == GIVEN.steps[0]
    assert (made.steps[1].action, made.steps[1].verifies) == (GIVEN.steps[1].action, (1,))
    assert "Saved" in made.steps[1].expected_result


def test_a_stream_tells_each_step_that_changed_and_ends_with_the_procedure() -> None:
    with running(ServiceConfig(engine="outline")) as url:
        answer = httpx.post(f"{url}{PATH}", json=BODY, headers={"Accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = events(answer.text)
    assert [name for name, _ in told] == ["repair", "procedure"]
    repair = told[0][1]
    assert (repair["step"], repair["before"]["expected_result"]) == (2, "")  # type: ignore[index]
    assert repair["after"] == told[-1][1]["steps"][1]  # type: ignore[index]


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_where_the_engine_fails_the_problem_has_what_was_bettered(accept: str) -> None:
    given = procedure(("Open the form and quickly fill it in", ""), ('Press "Save"', "")).model_dump(mode="json")
    with running(ServiceConfig(engine="ollama"), chat=ScriptedChat()) as url:
        answer = httpx.post(f"{url}{PATH}", json={**BODY, "procedure": given}, headers={"Accept": accept})
    problem = answer.json() if accept == "application/json" else events(answer.text)[-1][1]
    assert problem["type"] == "urn:testgen:problem:engine-unavailable"
    assert "Saved" in problem["steps"][1]["expected_result"], "what rules could fill in"


def test_what_is_not_known_is_refused_by_name() -> None:
    with running(ServiceConfig(engine="outline")) as url:
        answer = httpx.post(f"{url}{PATH}", json={**BODY, "case": CASE})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/case"


@pytest.mark.parametrize("name", ["ja", "en"])
def test_the_documents_examples_are_answered(name: str) -> None:
    with running(ServiceConfig(engine="outline")) as url:
        assert httpx.post(f"{url}{PATH}", json=examples.IMPROVEMENTS[name]["value"]).status_code == 200
