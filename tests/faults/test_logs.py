"""What the log may say: no text of a test case, no password, nothing that acts in the terminal of who reads it."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest
from pydantic import BaseModel
from support.cases import EN, EN_ROWS
from support.chat import ScriptedChat
from support.model_servers import WIRES, Wire
from support.process import serving
from support.protocol_server import MODEL, Answer, rows
from support.service import running

from testgen.config import ServiceConfig

SECRET = "the-secret-text"
CASE = {**EN.model_dump(mode="json"), "objective": SECRET}
JSON = {"Content-Type": "application/json"}
Logged = Callable[[], list[dict[str, object]]]


def pydantics_own_error() -> ValueError:
    class Row(BaseModel):
        number: int

    try:
        Row(number=SECRET)  # type: ignore[arg-type]
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize(
    ("path", "headers"),
    [("procedures", JSON), ("procedures", {**JSON, "Accept": "text/event-stream"}), ("batches", JSON)],
    ids=["json", "sse", "batch"],
)
def test_an_exception_is_logged_by_its_types_and_its_way(logged: Logged, path: str, headers: dict[str, str]) -> None:
    assert SECRET in str(pydantics_own_error()), "this is what must not be logged"
    with running(ServiceConfig(engine="ollama"), chat=ScriptedChat([pydantics_own_error()])) as url:
        httpx.post(f"{url}/v1/{path}", content=json.dumps(CASE), headers=headers)
    lines = logged()
    assert SECRET not in json.dumps(lines)
    for line in [line for line in lines if line["event"] == "internal_error"] if path != "batches" else ():
        assert line["exception"] == ["pydantic_core._pydantic_core.ValidationError"]
        assert any("model_engine.py" in frame for frame in line["frames"])  # type: ignore[attr-defined]


async def test_so_is_one_that_only_the_event_loop_saw(logged: Logged) -> None:
    async def fail() -> None:
        raise pydantics_own_error()

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": pydantics_own_error(), "future": task}
    )
    with pytest.raises(ValueError, match=SECRET):
        await task
    [line] = logged()
    assert (line["event"], line["logger"]) == ("Task exception was never retrieved", "asyncio")
    assert SECRET not in json.dumps(line)


def test_a_library_that_repeats_itself_is_heard_once_a_second(logged: Logged) -> None:
    import logging

    for _ in range(5000):
        logging.getLogger("asyncio").error("socket.accept() out of system resource")
    assert len(logged()) <= 5


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.engine)
def test_client_libraries_tell_no_text_at_any_level(wire: Wire) -> None:
    with wire.serve(Answer(rows(*EN_ROWS))) as server:
        settings = {"TESTGEN_ENGINE": wire.engine, "TESTGEN_MODEL": MODEL, "TESTGEN_LOG_LEVEL": "DEBUG"}
        address = {f"TESTGEN_{wire.engine.upper()}_BASE_URL": server.url + wire.path}
        with serving(**settings, **address) as service:
            assert httpx.post(f"{service.url}/v1/procedures", json=CASE, timeout=30).status_code == 200
            service.events("procedure")
    assert SECRET not in service.output
    assert "Sign-in page" not in service.output


def test_a_password_in_an_address_is_in_no_line_and_no_answer() -> None:
    address = "http://mori:Sakura2026@127.0.0.1:9"
    with serving(TESTGEN_ENGINE="ollama", TESTGEN_OLLAMA_BASE_URL=address, TESTGEN_OLLAMA_PROXY=address) as service:
        answers = [
            httpx.post(f"{service.url}/v1/procedures", json=CASE, timeout=30),
            httpx.post(f"{service.url}/v1/procedures?engine=auto", json=CASE, timeout=30),
            httpx.get(f"{service.url}/readyz", timeout=30),
            httpx.get(f"{service.url}/v1/info", timeout=30),
        ]
        service.events("config_loaded")
    assert [answer.status_code for answer in answers] == [503, 200, 503, 200]
    for text in (service.output, *(answer.text for answer in answers)):
        assert "Sakura2026" not in text
    assert "http://***@127.0.0.1:9" in answers[2].text


@pytest.mark.parametrize("letter", ["\u2028", "\u2029", "\u0085", "\u202e", "\u2066", "\x9b", "é"])
def test_lines_are_ascii(logged: Logged, letter: str) -> None:
    with running(ServiceConfig(engine="outline")) as url:
        httpx.post(f"{url}/v1/{letter}")
        httpx.post(f"{url}/v1/batches", content=json.dumps({**CASE, "id": f"T{letter}1"}), headers=JSON)
    import structlog

    rendered = structlog.get_config()["processors"][-1](None, "info", {"event": f"x{letter}"})
    assert rendered.isascii()
    assert any(line.get("path") == f"/v1/{letter}" for line in logged()), "and say the same"
