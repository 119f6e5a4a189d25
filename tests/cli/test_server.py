"""`--server`: a deployed service does a command's work, and nobody sees the difference."""

import asyncio
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cases import EN, EN_ROWS, EXAMPLES
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import run_cli
from support.service import running
from typer.testing import CliRunner

from testgen.cli import app, credentials
from testgen.cli.evaluate_service import Subjects
from testgen.cli.service import access_of
from testgen.client.connection import Access
from testgen.client.pace import Pace
from testgen.client.remote import Remote
from testgen.config import ServiceConfig, ServiceSecrets
from testgen.domain.errors import InvalidInputError, ServiceRefusedError

RUNNER = CliRunner()
KEY = "tg_the-key-of-the-test"
CASE = "examples/password-reset.en.yaml"
BAD = {
    "title": "Save",
    "test_case_id": "T-1",
    "steps": [{"action": "Click Save and close the page", "expected_result": "It is saved"}],
}


@pytest.fixture(scope="module")
def model() -> Iterator[ProtocolServer]:
    with ProtocolServer(Answer(rows(*EN_ROWS))) as server:
        yield server


@pytest.fixture(scope="module")
def url(model: ProtocolServer) -> Iterator[str]:
    secrets = ServiceSecrets(api_keys={"ci": hashlib.sha256(KEY.encode()).hexdigest()})
    config = ServiceConfig(
        engine="ollama", model=MODEL, ollama_base_url=model.url, require_api_key=True, queue_limit=100
    )
    with running(config, secrets=secrets) as url:
        yield url


@pytest.fixture
def there(url: str) -> dict[str, str]:
    return {"TESTGEN_SERVER": url, "TESTGEN_API_KEY": KEY}


def without_times(text: str) -> str:
    return re.sub(r'"(created_at|duration_ms|config_sha256)": [^\n]*', "", text)


def test_the_output_is_the_same_as_of_the_engine_here(there: dict[str, str]) -> None:
    here = run_cli("generate", CASE, "--engine", "outline")
    done = run_cli("generate", CASE, "--engine", "outline", **there)
    assert done.returncode == here.returncode == 0, done.stderr
    assert without_times(done.stdout) == without_times(here.stdout)
    assert re.sub(r"\d+\.\d s", "", done.stderr) == re.sub(r"\d+\.\d s", "", here.stderr)


def test_no_option_takes_the_key_and_others_do_not_load_what_asks_a_service() -> None:
    assert "api-key" not in RUNNER.invoke(app, ["generate", "--help"]).stdout
    names = "('httpx', 'truststore', 'mcp')"
    code = f"import sys; import testgen.cli; print([name for name in {names} if name in sys.modules])"
    service = "import testgen.api.app; print('mcp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"{code}; {service}"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "False"], "the service loads it when the first assistant asks"


def test_none_is_here_after_all() -> None:
    assert access_of(None) is access_of("none") is access_of("") is None
    assert access_of("https://testgen.example.com/") == Access("https://testgen.example.com")


def test_improve_and_review_there_are_as_here(tmp_path: Path, there: dict[str, str]) -> None:
    path, twin = tmp_path / "p.json", tmp_path / "twin.json"
    path.write_text(json.dumps(BAD))
    twin.write_text(json.dumps({**BAD, "test_case_id": "T-2"}))
    (tmp_path / ".testgen.toml").write_text('[review.rules]\neager-action = "error"\n')
    improved = run_cli("improve", "p.json", "--engine", "outline", folder=tmp_path, **there)
    assert improved.returncode == 0, improved.stderr
    assert "testgen: T-1: kept 0, changed 1, added 1" in improved.stderr
    command = ["review", "p.json", "twin.json", "--format", "json"]
    here, done = (run_cli(*command, folder=tmp_path, **given) for given in ({}, there))
    assert done.returncode == here.returncode == 1, done.stderr
    assert done.stdout == here.stdout
    assert {finding["severity"] for finding in json.loads(done.stdout) if finding["rule"] == "eager-action"} == {
        "error"
    }


def test_a_batch_goes_there_with_journal_and_reuse(
    tmp_path: Path, there: dict[str, str], model: ProtocolServer
) -> None:
    source, output, asked = tmp_path / "cases.json", tmp_path / "out.json", len(model.requests)
    cases = [EN.model_copy(update={"id": f"T-{number}"}).model_dump(mode="json") for number in range(12)]
    source.write_text(json.dumps(cases))
    (tmp_path / "knowledge.yaml").write_text("screens: [{name: Sign-in page, open: Choose Sign in on the top}]")
    (tmp_path / "spec.md").write_text("# Sign-in\n\nA locked account is told so on the Sign-in page.")
    known = ("--knowledge", str(tmp_path / "knowledge.yaml"), "--document", str(tmp_path / "spec.md"))
    first, again = (run_cli("batch", str(source), "-o", str(output), *known, **there) for _ in range(2))
    assert first.returncode == again.returncode == 0, first.stderr
    assert "12 cases: 12 written (0 reused), 0 failed" in first.stderr
    assert "12 cases: 12 written (12 reused), 0 failed" in again.stderr
    assert [entry["test_case_id"] for entry in json.loads(output.read_text())] == [case["id"] for case in cases]
    assert len(model.requests) - asked == 12
    for request in model.requests[asked:]:
        prompt = json.dumps(request)
        assert "Choose Sign in on the top" in prompt
        assert "A locked account is told so" in prompt


async def test_a_batch_without_the_cache_is_written_anew(there: dict[str, str], model: ProtocolServer) -> None:
    asked, access = len(model.requests), Access(there["TESTGEN_SERVER"], KEY)
    for salt in ("", "", "other"):
        remote = Remote(access, Pace(), salt=salt)
        assert [event async for event in remote.events(EN.model_copy(update={"id": "own"}))]
        await remote.aclose()
    assert len(model.requests) - asked == 2


async def test_a_batch_with_a_wrong_key_begins_nothing(url: str) -> None:
    with pytest.raises(ServiceRefusedError):
        Remote(Access(url, "wrong"), Pace()).identity()


def test_evaluate_compares_the_services_model_with_its_rules(there: dict[str, str]) -> None:
    done = run_cli("evaluate", *map(str, EXAMPLES[:1]), "--format", "json", **there)
    assert [entry["subject"] for entry in json.loads(done.stdout)["models"]] == [MODEL, "outline"], done.stderr
    subjects = Subjects(Access(there["TESTGEN_SERVER"], KEY))
    with pytest.raises(InvalidInputError, match=f"the service has only the model {MODEL}"):
        asyncio.run(subjects.draft_by("other"))


def test_doctor_says_what_the_service_has_and_what_is_wrong(there: dict[str, str]) -> None:
    well = RUNNER.invoke(app, ["doctor"], env=there)
    assert well.exit_code == 0
    for line in (
        "ok    server  http://127.0.0.1:",
        "ok    key     is accepted",
        f"ok    model   {MODEL} (loaded",
        "0 of 2 places busy",
    ):
        assert line in well.stdout
    wrong = RUNNER.invoke(app, ["doctor"], env={**there, "TESTGEN_API_KEY": "wrong"})
    assert (wrong.exit_code, wrong.stdout.startswith("FAIL  key")) == (2, True)
    gone = RUNNER.invoke(app, ["doctor", "--server", "http://127.0.0.1:9"])
    assert (gone.exit_code, gone.stdout.startswith("FAIL  server")) == (3, True)


def test_login_tries_the_key_and_keeps_it_for_its_owner_alone(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "testgen/credentials.json"
    assert isinstance(RUNNER.invoke(app, ["login", url], input="wrong\n").exception, ServiceRefusedError)
    assert isinstance(RUNNER.invoke(app, ["login", url], input="\n").exception, InvalidInputError)
    assert not path.exists()
    kept = RUNNER.invoke(app, ["login", f"{url}/"], input=f"{KEY}\n")
    assert kept.exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert KEY not in kept.output
    assert RUNNER.invoke(app, ["doctor", "--server", url]).exit_code == 0
    path.chmod(0o644)
    with pytest.raises(InvalidInputError, match="run `chmod 600` on it"):
        credentials.key_for(url)
    path.chmod(0o600)
    assert RUNNER.invoke(app, ["login", url, "--forget"]).exit_code == 0
    assert json.loads(path.read_text()) == {}


def test_a_keyring_is_used_where_there_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept: dict[tuple[str, str], str] = {}

    class Keyring:
        @staticmethod
        def get_password(program: str, url: str) -> str | None:
            return kept.get((program, url))

        @staticmethod
        def set_password(program: str, url: str, key: str) -> None:
            kept[program, url] = key

        @staticmethod
        def delete_password(program: str, url: str) -> None:
            del kept[program, url]

    monkeypatch.setattr(credentials, "_keyring", lambda: Keyring)
    monkeypatch.setattr(credentials, "file", lambda: tmp_path / "none.json")
    assert credentials.keep("https://x", KEY) == "the system's keyring"
    assert credentials.key_for("https://x") == KEY
    credentials.keep("https://x", "")
    assert credentials.key_for("https://x") == ""
    assert not os.listdir(tmp_path)


def test_a_file_that_somebody_broke_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(credentials, "file", lambda: tmp_path / "c.json")
    (tmp_path / "c.json").write_text("{")
    (tmp_path / "c.json").chmod(0o600)
    with pytest.raises(Exception, match="run `testgen login URL` again"):
        credentials.key_for("https://x")
