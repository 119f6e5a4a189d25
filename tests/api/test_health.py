"""Alive, ready, and what it is."""

import httpx
import pytest
from support.protocol_server import ProtocolServer
from support.service import running

from testgen.config import ServiceConfig
from testgen.version import __version__


def test_alive_and_ready_without_a_model() -> None:
    with running(ServiceConfig(engine="auto", ollama_base_url="http://127.0.0.1:9")) as url:
        assert httpx.get(f"{url}/healthz").json() == {"status": "ok"}
        assert httpx.get(f"{url}/readyz").json() == {"status": "ready", "engine": "auto"}


@pytest.mark.parametrize(
    ("models", "loaded", "status", "says"),
    [
        (("tiny:latest",), True, 200, "ready"),
        (("tiny:latest",), False, 503, "tiny is not loaded"),
        ((), True, 503, "ollama pull tiny"),
    ],
)
def test_with_engine_ollama_the_model_must_be_loaded(
    models: tuple[str, ...], loaded: bool, status: int, says: str
) -> None:
    with ProtocolServer(models=models, loaded=loaded) as server:
        with running(ServiceConfig(engine="ollama", model="tiny", ollama_base_url=server.url)) as url:
            answer = httpx.get(f"{url}/readyz")
    assert answer.status_code == status
    assert says in answer.text


def test_info_tells_versions_engine_model_and_limits() -> None:
    with (
        ProtocolServer() as server,
        running(ServiceConfig(model="tiny", ollama_base_url=server.url, queue_limit=3)) as url,
    ):
        info = httpx.get(f"{url}/v1/info").json()
    assert info["testgen_version"] == __version__
    assert info["stack"] == "test"
    assert info["engine"] == {"configured": "auto", "effective": "ollama", "fallback_reason": None}
    assert info["model"]["server_version"] == "0.0.0"
    assert info["limits"]["queue_limit"] == 3
    assert info["load"] == {"in_flight": 0, "queued": 0}


def test_info_tells_why_it_fell_back() -> None:
    with running(ServiceConfig(ollama_base_url="http://127.0.0.1:9")) as url:
        engine = httpx.get(f"{url}/v1/info").json()["engine"]
    assert engine["effective"] == "outline"
    assert "no Ollama server answers" in engine["fallback_reason"]
