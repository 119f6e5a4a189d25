"""`--server`: a deployed service does a command's work, and nobody sees the difference."""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cases import EN, EN_ROWS, EXAMPLES
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import run_cli
from support.service import running

from testgen.cli import credentials
from testgen.config import ServiceConfig, ServiceSecrets

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


@pytest.mark.parametrize(
    ("key", "said", "code"),
    [(KEY, "", 0), ("wrong", "give a valid key as 'Authorization: Bearer KEY'", 2), ("", "give a valid key", 2)],
)
def test_the_key_comes_from_the_environment_and_is_never_shown(url: str, key: str, said: str, code: int) -> None:
    done = run_cli("generate", CASE, "--engine", "outline", "--server", url, TESTGEN_API_KEY=key)
    assert (done.returncode, said in done.stderr) == (code, True)
    assert "wrong" not in done.stderr
    assert KEY not in done.stderr


def test_no_option_takes_the_key() -> None:
    assert "api-key" not in run_cli("generate", "--help").stdout


def test_none_is_here_after_all(there: dict[str, str]) -> None:
    done = run_cli("generate", CASE, "--server", "none", **there)
    assert "because no Ollama server answers at http://127.0.0.1:9" in done.stderr


def test_where_no_service_answers_the_engine_is_gone() -> None:
    done = run_cli("generate", CASE, "--server", "https://127.0.0.1:9")
    assert done.returncode == 3
    assert "no service answers at https://127.0.0.1:9" in done.stderr


def test_improve_rewrite_and_review_there_are_as_here(tmp_path: Path, there: dict[str, str]) -> None:
    path, twin = tmp_path / "p.json", tmp_path / "twin.json"
    path.write_text(json.dumps(BAD))
    twin.write_text(json.dumps({**BAD, "test_case_id": "T-2"}))
    (tmp_path / ".testgen.toml").write_text('[review.rules]\neager-action = "error"\n')
    for command, code in (
        (["improve", "p.json", "--engine", "outline"], 0),
        (["rewrite", "p.json", "--step", "1", "--engine", "outline"], 0),
        (["review", "p.json", "twin.json", "--format", "json"], 1),
    ):
        here, done = (run_cli(*command, folder=tmp_path, **given) for given in ({}, there))
        assert (done.returncode, here.returncode) == (code, code), done.stderr
        assert without_times(done.stdout) == without_times(here.stdout)
    assert {finding["severity"] for finding in json.loads(done.stdout) if finding["rule"] == "eager-action"} == {
        "error"
    }


def test_a_batch_goes_there_with_journal_and_reuse(
    tmp_path: Path, there: dict[str, str], model: ProtocolServer
) -> None:
    source, output, asked = tmp_path / "cases.json", tmp_path / "out.json", len(model.requests)
    cases = [EN.model_copy(update={"id": f"T-{number}"}).model_dump(mode="json") for number in range(12)]
    source.write_text(json.dumps(cases))
    first, again = (run_cli("batch", str(source), "-o", str(output), **there) for _ in range(2))
    assert first.returncode == again.returncode == 0, first.stderr
    assert "12 cases: 12 written (0 reused), 0 failed" in first.stderr
    assert "12 cases: 12 written (12 reused), 0 failed" in again.stderr
    assert [entry["test_case_id"] for entry in json.loads(output.read_text())] == [case["id"] for case in cases]
    output.with_name("out.json.journal.jsonl").unlink()
    lost = run_cli("batch", str(source), "-o", str(output), **there)
    assert "12 written (0 reused)" in lost.stderr
    assert len(model.requests) - asked == 12, "the service knows each request again, though the journal is gone"
    run_cli("batch", str(source), "-o", str(output), "--no-cache", **there)
    assert len(model.requests) - asked == 24


def test_a_batch_with_a_wrong_key_begins_nothing(tmp_path: Path, there: dict[str, str]) -> None:
    output = tmp_path / "out.json"
    done = run_cli("batch", CASE, "-o", str(output), **{**there, "TESTGEN_API_KEY": "wrong"})
    assert done.returncode == 2
    assert not output.with_name("out.json.journal.jsonl").exists()


def test_evaluate_compares_the_services_model_with_its_rules(there: dict[str, str]) -> None:
    done = run_cli("evaluate", *map(str, EXAMPLES[:1]), "--format", "json", **there)
    assert [entry["subject"] for entry in json.loads(done.stdout)["models"]] == [MODEL, "outline"], done.stderr
    other = run_cli("evaluate", CASE, "--model", "other", **there)
    assert other.returncode == 2
    assert f"the service has the model {MODEL} and no other" in other.stderr


def test_doctor_says_what_the_service_has_and_what_is_wrong(there: dict[str, str]) -> None:
    well = run_cli("doctor", **there)
    assert well.returncode == 0
    for line in (
        "ok    server  http://127.0.0.1:",
        "ok    key     is taken",
        f"ok    model   {MODEL} (loaded",
        "0 of 2 at work",
    ):
        assert line in well.stdout
    wrong = run_cli("doctor", **{**there, "TESTGEN_API_KEY": "wrong"})
    assert (wrong.returncode, wrong.stdout.startswith("FAIL  key")) == (2, True)
    gone = run_cli("doctor", "--server", "http://127.0.0.1:9")
    assert (gone.returncode, gone.stdout.startswith("FAIL  server")) == (3, True)


def test_login_tries_the_key_and_keeps_it_for_its_owner_alone(url: str, tmp_path: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    assert run_cli("login", url, TESTGEN_API_KEY="wrong", **home).returncode == 2
    kept = run_cli("login", f"{url}/", TESTGEN_API_KEY=KEY, **home)
    assert kept.returncode == 0, kept.stderr
    [path] = tmp_path.rglob("credentials.json")
    assert path.stat().st_mode & 0o777 == 0o600
    assert KEY not in kept.stdout + kept.stderr
    assert run_cli("generate", CASE, "--engine", "outline", "--server", url, **home).returncode == 0
    path.chmod(0o644)
    assert "run `chmod 600` on it" in run_cli("generate", CASE, "--server", url, **home).stderr
    path.chmod(0o600)
    assert run_cli("login", url, "--forget", **home).returncode == 0
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


def test_the_command_loads_no_http_library_where_the_work_is_done_here() -> None:
    code = "import sys; import testgen.cli; print([name for name in ('httpx', 'truststore', 'mcp') if name in sys.modules])"
    import subprocess

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
