"""Work on the processor: whatever a body holds, it is answered, by a result or a clear problem, and the others are served meanwhile."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.attacks import BODIES, FILES, GENERATE
from support.hostile import case
from support.process import Health, Service, serving

LARGEST_ANSWER = 2_000_000  # bytes


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serving() as started:
        yield started


def accepted(answer: Any) -> None:
    assert len(answer.content) < LARGEST_ANSWER
    if answer.status_code == 200:
        return
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_answered_and_the_service_goes_on(name: str, service: Service) -> None:
    path, body = BODIES[name]
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    with Health(service.url) as health:
        answer = service.post(path, content=content, headers={"Content-Type": "application/json"})
    accepted(answer)
    assert not health.failed
    assert health.slowest < 5, "answers at all; its speed is measured in bench/"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_answered_and_the_service_goes_on(name: str, service: Service) -> None:
    source, content = FILES[name]
    with Health(service.url) as health:
        answer = service.post(f"/v1/imports/{source}", content=content)
    accepted(answer)
    assert not health.failed
    assert health.slowest < 5


def test_a_batch_of_too_many_lines_is_refused(service: Service) -> None:
    answer = service.post("/v1/batches", content=b"x\n" * 300_000)
    assert answer.status_code == 422
    assert "contains 300,000 cases; at most 5,000 are allowed" in answer.json()["detail"]


def test_of_thousands_of_wrong_fields_the_first_are_named(service: Service) -> None:
    problem = service.post(GENERATE, json=case(**{f"k{number}": 1 for number in range(10_000)})).json()
    assert len(problem["errors"]) == 51
    assert problem["errors"][-1]["message"] == "and 9,950 more fields are wrong: correct these first"


@pytest.mark.thorough
def test_honest_work_is_done_while_harmful_work_runs(service: Service) -> None:
    path, body = BODIES["a glossary as large as may be"]
    with ThreadPoolExecutor(8) as clients, Health(service.url) as health:
        harm = [clients.submit(service.post, path, json=body) for _ in range(2)]
        honest = [clients.submit(service.post, GENERATE, json=case()) for _ in range(5)]
        assert [future.result().status_code for future in honest] == [200] * 5
        for future in harm:
            accepted(future.result())
    assert not health.failed
    assert health.slowest < 5
