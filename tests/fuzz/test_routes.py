"""Every route under drawn requests, good and bad, and damaged copies of them: no unhandled error, and no answer that the OpenAPI document does not
describe. To draw a request takes some twenty times as long as to answer it, so that each is damaged in many ways."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from support.cases import EN_ROWS
from support.damage import damaged
from support.fuzz import SECONDS, draw, report
from support.protocol_server import MODEL, Answer, InTurn, rows
from support.service import read_events, running

from testgen.api.telemetry import configure
from testgen.config import ServiceConfig

load_all_checks()
DOCUMENT = Path(__file__).parents[2] / "docs/openapi.json"
CHECKS = [status_code_conformance, content_type_conformance]
STREAM, LAST = "text/event-stream", {"procedure", "error"}
# Answers of one drawn request may take so long (s); a batch of many cases is the longest.
PATIENCE_S = 60
COPIES = 40 if SECONDS else 1
ANSWERS = (
    Answer(rows(*EN_ROWS)), Answer(["I cannot help with that"]), Answer(rows(*EN_ROWS), cut_before=4), Answer(status=500, error="out of memory"),
    Answer(rows(*EN_ROWS), done_reason="length"), Answer(["[" * 400]), Answer(['[["\\ud800","","",""]]']), Answer(rows(*EN_ROWS), garbage_before=2),
)  # fmt: skip


@pytest.fixture(scope="module", params=["outline", "ollama"])
def service(request: pytest.FixtureRequest) -> Iterator[str]:
    """The service, with rules and with a model's server that answers well and badly in turn. What it logs as an error is shown
    with the test that fails."""
    if SECONDS:
        configure("ERROR", "test")
    if request.param == "outline":
        with running(ServiceConfig(engine="outline", max_concurrency=4)) as url:
            yield url
        return
    with InTurn(*ANSWERS) as server:
        config = ServiceConfig(
            engine="ollama", ollama_base_url=server.url, model=MODEL, max_attempts=1, max_concurrency=4
        )
        with running(config) as url:
            yield url


def told(request: requests.PreparedRequest) -> str:
    """What was sent."""
    return f"{request.method} {request.url} {request.headers} {request.body!r}"


def sender(session: requests.Session, seen: Counter[int]) -> Callable[[tuple[Case, int]], None]:
    """Sends a drawn request, and copies of it whose damage the number decides."""

    def send(case: Case, request: requests.PreparedRequest) -> None:
        try:
            response = session.send(request, timeout=PATIENCE_S, allow_redirects=False)
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, UnicodeError):
            return  # what the client itself cannot send
        except requests.exceptions.Timeout:
            raise AssertionError(f"no answer in {PATIENCE_S} s: {told(request)}") from None
        seen[response.status_code] += 1
        assert response.status_code != 500, told(request)
        streams = response.headers["content-type"].startswith(STREAM)
        case.validate_response(response, checks=CHECKS if streams else [*CHECKS, response_schema_conformance])
        if streams:  # one text to OpenAPI 3.1, as long as it may be; what it promises is said in words
            events = [(name, json.loads(data)) for name, data in read_events(iter(response.text.split("\n"))) if name]
            assert [name for name, _ in events if name in LAST] == [events[-1][0]], response.text

    def send_all(drawn: tuple[Case, int]) -> None:
        case, number = drawn
        try:
            request = session.prepare_request(requests.Request(**case.as_transport_kwargs()))
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, UnicodeError):
            return
        send(case, request)
        chance = random.Random(number)
        for _ in range(COPIES):
            send(case, damaged(request, chance))

    return send_all


# Of a form that ends in the middle Starlette leaves the upload to be closed with its last reference, which is at once.
@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
def test_no_request_gets_an_unhandled_error_or_an_undocumented_answer(service: str) -> None:
    schema = schemathesis.openapi.from_path(DOCUMENT)
    schema.config.update(base_url=service)
    operations = [found.ok() for found in schema.get_all_operations()]
    counts, seen = [], Counter[int]()
    with requests.Session() as session:
        session.trust_env = False
        for operation in operations:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                strategy = st.tuples(operation.as_strategy(generation_mode=mode), st.integers(0, 2**32))
                with suppress(Unsatisfiable):  # a route without parameters has no bad request
                    counts.append(draw(strategy, sender(session, seen), examples=2, share=1 / (2 * len(operations))))
        report(f"{sum(seen.values())} requests, {dict(seen)}", counts)
        assert session.get(f"{service}/healthz", timeout=10).status_code == 200
    assert len(operations) > 8
    assert sum(seen.values()) > 20
