"""Nothing leaves the network: proxy variables, which every company laptop has, do not lead a test case anywhere."""

import json

import httpx
import pytest
from support.cases import EN, EN_ROWS, EXAMPLES
from support.process import serving
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import run_cli

VARIABLES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy")


def environment(server: ProtocolServer, proxy: ProtocolServer) -> dict[str, str]:
    named = dict.fromkeys(VARIABLES, proxy.url)
    return {**named, "TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": MODEL, "TESTGEN_OLLAMA_BASE_URL": server.url}


def test_the_service_sends_the_case_to_the_model_and_to_nobody_else() -> None:
    with ProtocolServer(Answer(rows(*EN_ROWS))) as proxy, ProtocolServer(Answer(rows(*EN_ROWS))) as server:
        with serving(**environment(server, proxy)) as service:
            with httpx.Client(trust_env=False) as client:
                assert client.post(f"{service.url}/v1/procedures", json=EN.model_dump(mode="json")).status_code == 200
                assert client.get(f"{service.url}/readyz").status_code == 200
        assert (len(server.requests), proxy.requests, proxy.heads) == (1, [], [])


def test_so_does_the_command_line() -> None:
    with ProtocolServer(Answer(rows(*EN_ROWS))) as proxy, ProtocolServer(Answer(rows(*EN_ROWS))) as server:
        path = next(str(path) for path in EXAMPLES if "password-reset" in path.name)
        run_cli("generate", path, "--format", "json", **environment(server, proxy))
        assert server.requests
        assert (proxy.requests, proxy.heads) == ([], [])


@pytest.mark.parametrize("wanted", [True, False])
def test_the_proxy_of_the_settings_is_taken_where_one_is_set(wanted: bool) -> None:
    with ProtocolServer(Answer(rows(*EN_ROWS))) as proxy, ProtocolServer(Answer(rows(*EN_ROWS))) as server:
        settings = {"TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": MODEL, "TESTGEN_OLLAMA_BASE_URL": server.url}
        settings |= {"TESTGEN_OLLAMA_PROXY": proxy.url if wanted else "none"}
        with serving(**settings) as service:
            answer = httpx.post(f"{service.url}/v1/procedures", json=EN.model_dump(mode="json"))
    assert (answer.status_code, len(proxy.requests), len(server.requests)) == (200, int(wanted), int(not wanted))
    assert json.loads(answer.text)["steps"]
