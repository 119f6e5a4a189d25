"""What the process does once it serves, and what it spares its requests."""

import asyncio
import gc

import httpx
import pytest
from fastapi.dependencies import utils
from support.service import running

from testgen.api import server
from testgen.bootstrap import Application
from testgen.config import ServiceConfig
from testgen.settings import Settings


def test_what_is_loaded_is_not_searched_for_garbage_again(monkeypatch: pytest.MonkeyPatch) -> None:
    serving: list[server.Server] = []

    def instead(made: server.Server) -> None:
        serving.append(made)

    monkeypatch.setattr(server.Server, "run", instead)
    monkeypatch.setattr(server, "configure", lambda *_: None)
    server.serve(Application(Settings()), "127.0.0.1", 0)
    before = gc.get_freeze_count()
    try:
        serving[0].when_started()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


async def test_that_happens_when_everything_is_loaded() -> None:
    made = server.server_of(Application(Settings(ServiceConfig(engine="outline"))), "127.0.0.1", 0)
    made.config.load()
    made.lifespan = made.config.lifespan_class(made.config)
    found: list[bool] = []
    made.when_started = lambda: found.append(made.started)
    try:
        await asyncio.wait_for(made.startup(), 60)
        assert found == [True]
    finally:
        await made.shutdown()


def test_no_request_waits_for_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(function: object, *_: object, **__: object) -> None:
        raise AssertionError(f"{function} runs in a thread")

    monkeypatch.setattr(utils, "run_in_threadpool", refuse)
    with running(ServiceConfig(engine="outline")) as url:
        answer = httpx.post(
            f"{url}/v1/procedures", json={"id": "A", "title": "Log in", "expected_results": ["It is shown"]}
        )
    assert answer.status_code == 200, answer.text
