"""`--version`, `--help`, `doctor`, `serve`."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from support.cases import EN_ROWS
from support.protocol_server import Answer, ProtocolServer, rows
from support.real_ollama import free_port, run_cli, wait_for

from testgen.api.server import server_of
from testgen.bootstrap import Application
from testgen.domain.errors import ConfigError
from testgen.settings import Settings
from testgen.version import __version__


def test_version() -> None:
    assert run_cli("--version").stdout == f"testgen {__version__}\n"


def test_help_names_the_commands_and_loads_nothing_heavy() -> None:
    done = run_cli("--help")
    assert all(command in done.stdout for command in ("generate", "serve", "doctor"))
    code = "import sys, testgen.cli; print([n for n in ('langchain_core', 'fastapi', 'boto3', 'uvicorn', 'docx', 'pptx', 'pdfplumber', 'bs4', 'lxml') if n in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_doctor_without_a_server_says_what_to_do_and_passes_on_a_laptop() -> None:
    done = run_cli("doctor")
    assert done.returncode == 0
    assert "note  server  no Ollama server answers at http://127.0.0.1:9" in done.stdout
    assert "FAIL" not in done.stdout
    assert "→ start it with `ollama serve`" in done.stdout
    assert "the built-in rule engine needs nothing" in done.stdout


def test_doctor_fails_where_the_configured_engine_cannot_draft() -> None:
    assert run_cli("doctor", TESTGEN_ENGINE="ollama").returncode == 3


def test_doctor_names_sources_and_settings_that_nobody_reads_or_serve_refuses() -> None:
    done = run_cli("doctor", TESTGEN_ENGINE="outline", TESTGEN_MODLE="x", TESTGEN_REQUIRE_API_KEY="true")
    assert done.returncode == 2
    assert "FAIL  serve   would not start: require_api_key is on and no API key is known" in done.stdout
    assert "engine from TESTGEN_ENGINE" in done.stdout
    assert "unknown settings are ignored: TESTGEN_MODLE" in done.stdout
    assert "server" not in done.stdout


def test_doctor_finds_a_missing_model_and_one_that_ignores_the_schema() -> None:
    settings = {"TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": "tiny"}
    with ProtocolServer(models=()) as server:
        missing = run_cli("doctor", TESTGEN_OLLAMA_BASE_URL=server.url, **settings)
    with ProtocolServer(Answer(["Sure, here they are"])) as server:
        talking = run_cli("doctor", TESTGEN_OLLAMA_BASE_URL=server.url, **{**settings, "TESTGEN_ENGINE": "auto"})
    with ProtocolServer(Answer(rows(*EN_ROWS[:2]))) as server:
        good = run_cli("doctor", TESTGEN_OLLAMA_BASE_URL=server.url, **settings)
    assert (missing.returncode, talking.returncode, good.returncode) == (3, 3, 0)
    assert "ollama pull tiny" in missing.stdout
    assert "FAIL  probe" in talking.stdout
    assert "ok    probe   two rows by schema" in good.stdout


def test_serve_answers_logs_json_and_ends_on_sigterm() -> None:
    port = free_port()
    command = [str(Path(sys.executable).parent / "testgen"), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "TESTGEN_ENGINE": "outline"})
    wait_for(lambda: httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200, "the service")
    process.send_signal(signal.SIGTERM)
    lines = process.communicate(timeout=60)[0].decode().splitlines()
    events = [json.loads(line)["event"] for line in lines]
    assert [event for event in events if event in ("config_loaded", "startup", "shutdown")] == [
        "config_loaded",
        "startup",
        "shutdown",
    ]


@pytest.mark.parametrize("host", ["", " "])
def test_serve_listens_on_no_address_that_nobody_named(host: str) -> None:
    with pytest.raises(ConfigError, match=r"--host is empty; .* write 0.0.0.0 for all"):
        server_of(Application(Settings()), host, 0)


def test_serve_does_not_start_with_a_malformed_setting() -> None:
    done = run_cli("serve", TESTGEN_ENGINE="gpt")
    assert done.returncode == 2
    assert "TESTGEN_ENGINE = 'gpt'" in done.stderr
