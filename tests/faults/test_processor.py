"""Work on the processor: whatever a body holds, it is answered, by a result or a clear problem, and the others are served meanwhile."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.hostile import case, many, procedure, step
from support.process import Health, Service, serving

WORDS = [{"term": f"t{n}", "instead_of": [f"w{n}x{m}" for m in range(30)]} for n in range(160)]
TOO_MANY_WORDS = [{"term": f"t{n}", "instead_of": [f"w{n}x{m}" for m in range(20)]} for n in range(2_000)]
GENERATE, REVIEW, REWRITE = "/v1/procedures", "/v1/reviews", "/v1/procedures/rewrite"
BODIES: dict[str, tuple[str, Any]] = {
    "a specification of blanks": (GENERATE, case(specification="a" + " " * 19_998 + "b")),
    "one letter": (GENERATE, case(specification="a" * 20_000)),
    "one kana": (GENERATE, case(specification="あ" * 20_000)),
    "joined clauses": (GENERATE, case(specification="click a and " * 1_600)),
    "fifty long results": (GENERATE, case(expected_results=["The page shows x " + "word " * 390] * 50)),
    "fifty long results in Japanese": (GENERATE, case(expected_results=["画面が表示される。" * 200] * 50)),
    "a glossary of 40,000 words": (GENERATE, case(glossary={"terms": TOO_MANY_WORDS})),
    "a glossary as large as may be": (
        REVIEW,
        {"procedure": procedure(*many("w1x1 " * 800)), "glossary": {"terms": WORDS}},
    ),
    "steps as long as they are read": (
        REVIEW,
        {
            "procedure": procedure(*many("画面を開き、" * 400, "表示される。" * 400)[:30], language="ja"),
            "test_case": case(expected_results=["表示でも、される" * 100] * 50),
        },
    ),
    "a step of 900,000 characters": (REWRITE, {"procedure": procedure(step(action="a" * 900_000)), "steps": [1]}),
    "quotes that open": (REVIEW, {"procedure": procedure(*many('"' * 4_000)), "test_case": case()}),
    "values without end": (REVIEW, {"procedure": procedure(*many("1 s " * 1_000)), "test_case": case()}),
    "commas": (REVIEW, {"procedure": procedure(*many("a," * 2_000)), "test_case": case()}),
    "marks of ends": (REVIEW, {"procedure": procedure(*many("!?" * 2_000 + "x")), "test_case": case()}),
    "unknown fields": (GENERATE, {f"k{number}": 1 for number in range(80_000)}),
    "wrong entries": (GENERATE, case(tags=[1] * 300_000)),
    "own columns": (GENERATE, case(custom={f"k{number}": [number] for number in range(40_000)})),
    "depth": (GENERATE, b"[" * 500_000),
}  # fmt: skip
FILES: dict[str, tuple[str, bytes]] = {
    "half a million headings": ("csv", ",".join(["Title", "Action", *["a"] * 500_000]).encode() + b"\n1,2\n"),
    "headers only": ("csv", b"Title,Action,Expected\n" * 45_000),
    "equal titles": ("csv", b"Title,Action\n" + b"a,b\n" * 200_000),
    "nested YAML": ("yaml", b"[" * 5_000 + b"]" * 5_000),
    "numbers in sixties": ("yaml", b"a: " + b"1:" * 100_000 + b"1"),
    "a long list": ("yaml", b"- a\n" * 250_000),
}
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
    assert "holds 300,000 cases; at most 5,000 are taken" in answer.json()["detail"]


def test_of_thousands_of_wrong_fields_the_first_are_named(service: Service) -> None:
    problem = service.post(GENERATE, json=case(**{f"k{number}": 1 for number in range(10_000)})).json()
    assert len(problem["errors"]) == 51
    assert problem["errors"][-1]["message"] == "and 9,950 more fields are wrong: correct these first"


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
