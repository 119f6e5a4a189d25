"""`testgen batch` with 300 cases against a server that drops 5 % of requests, killed in the middle."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.cases import EN, EN_ROWS, EXAMPLES, load
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import run_cli, wait_for

CASES = 300
COMMAND = str(Path(sys.executable).parent / "testgen")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "cases.json"
    path.write_text(
        json.dumps([EN.model_copy(update={"id": f"T-{number}"}).model_dump(mode="json") for number in range(CASES)])
    )
    return path


def records(output: Path) -> list[dict[str, object]]:
    lines = output.with_name(output.name + ".journal.jsonl").read_bytes().split(b"\n")
    return [json.loads(line) for line in lines[:-1]]


def test_a_killed_run_resumes_with_nothing_lost_and_nothing_twice(source: Path, tmp_path: Path) -> None:
    output, journal = tmp_path / "out.json", tmp_path / "out.json.journal.jsonl"
    answers = [Answer(rows(*EN_ROWS), cut_before=3 if number % 20 == 7 else None) for number in range(2 * CASES)]
    with ProtocolServer(*answers) as server:
        environment = {**os.environ, "TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL}
        arguments = [COMMAND, "batch", str(source), "-o", str(output), "--engine", "ollama", "--concurrency", "8"]
        process = subprocess.Popen(arguments, env=environment, stderr=subprocess.DEVNULL)
        wait_for(lambda: journal.exists() and journal.read_bytes().count(b"\n") >= 100, "a third of the cases")
        process.kill()
        process.wait(10)
        before = journal.read_bytes().count(b"\n")
        assert before < CASES
        assert not output.exists()
        asked = len(server.requests)
        done = subprocess.run(
            [*arguments, "--resume"], env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        again = len(server.requests) - asked
    found = records(output)
    assert len(found) == CASES
    assert {record["id"] for record in found} == {f"T-{number}" for number in range(CASES)}
    assert again <= (CASES - before) * 1.1 + 8, "only what was missing is drafted again"
    assert [entry["test_case_id"] for entry in json.loads(output.read_text())] == [
        f"T-{number}" for number in range(CASES)
    ]
    assert f"300 cases: 300 written ({before} reused), 0 failed" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_finishes_what_runs_and_says_how_to_go_on(
    source: Path, tmp_path: Path, number: signal.Signals
) -> None:
    output = tmp_path / "out.json"
    held = Answer(rows(*EN_ROWS), hold_before=2)
    with ProtocolServer(held) as server:
        environment = {**os.environ, "TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL}
        arguments = [COMMAND, "batch", str(source), "-o", str(output), "--engine", "ollama", "--concurrency", "2"]
        process = subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True)
        wait_for(lambda: len(server.requests) == 2, "two cases to run")
        process.send_signal(number)
        held.gate.set()
        _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert len(json.loads(output.read_text())) == 2
    assert "2 written (0 reused), 0 failed, 298 not started" in said
    assert "run the same command with --resume to continue" in said


def test_a_window_that_is_closed_ends_a_batch_in_order(source: Path, tmp_path: Path) -> None:
    """The kernel and the shell both send SIGHUP then, and whatever is still said fails."""
    output = tmp_path / "out.json"
    held = Answer(rows(*EN_ROWS), hold_before=2)
    controller, terminal = pty.openpty()
    with ProtocolServer(held) as server:
        process = subprocess.Popen(
            ["setsid", "--ctty", COMMAND, "batch", str(source), "-o", str(output), "--engine", "ollama", "--concurrency", "2"],
            env={**os.environ, "TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL, "TERM": "xterm"},
            stdin=terminal, stdout=terminal, stderr=terminal,
        )  # fmt: skip
        os.close(terminal)
        wait_for(lambda: len(server.requests) == 2, "two cases to run")
        os.close(controller)
        process.send_signal(signal.SIGHUP)
        held.gate.set()
        assert process.wait(60) == 128 + signal.SIGHUP
    assert len(json.loads(output.read_text())) == 2


def test_nohup_is_obeyed(tmp_path: Path) -> None:
    held = Answer(rows(*EN_ROWS), hold_before=1)
    path, output = tmp_path / "one.json", tmp_path / "out.json"
    path.write_text(EN.model_dump_json())
    with ProtocolServer(held) as server:
        environment = {**os.environ, "TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL}
        arguments = ["nohup", COMMAND, "batch", str(path), "-o", str(output), "--engine", "ollama"]
        process = subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True)
        wait_for(lambda: len(server.requests) == 1, "the case to run")
        process.send_signal(signal.SIGHUP)
        held.gate.set()
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "interrupted" not in said


def test_failed_cases_are_listed_and_tried_again_on_request(tmp_path: Path) -> None:
    path, output = tmp_path / "one.json", tmp_path / "out.json"
    path.write_text(EN.model_dump_json())
    bad = Answer(["nonsense"])
    with ProtocolServer(bad, bad, Answer(rows(*EN_ROWS))) as server:
        settings = {"TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL}
        first = run_cli("batch", str(path), "-o", str(output), "--engine", "ollama", **settings)
        second = run_cli("batch", str(path), "-o", str(output), "--engine", "ollama", **settings)
        third = run_cli("batch", str(path), "-o", str(output), "--engine", "ollama", "--retry-failed", **settings)
    assert (first.returncode, second.returncode, third.returncode) == (1, 1, 0)
    assert "failed T-1: the model's answer is not a procedure" in first.stderr
    assert len(server.requests) == 3, "the second run reuses the failure"


def examples(tmp_path: Path) -> Path:
    path = tmp_path / "all.yaml"
    found = [case.model_dump(mode="json", exclude_defaults=True) for name in EXAMPLES for case in load(name)]
    path.write_text(yaml.safe_dump(found, allow_unicode=True))
    return path


def test_unchanged_cases_are_reused_and_no_cache_starts_anew(tmp_path: Path) -> None:
    path, output = examples(tmp_path), tmp_path / "out.csv"
    said = [
        run_cli("batch", str(path), "-o", str(output), "--engine", "outline", *more).stderr
        for more in ((), (), ("--no-cache",))
    ]
    for text, reused in zip(said, (0, 8, 0), strict=True):
        assert f"8 cases: 8 written ({reused} reused), 0 failed" in text
    assert output.read_bytes().startswith(b"\xef\xbb\xbf")


def test_secrets_are_hidden_in_what_is_written(tmp_path: Path) -> None:
    path, output = examples(tmp_path), tmp_path / "out.json"
    assert run_cli("batch", str(path), "-o", str(output), "--engine", "outline", "--mask").returncode == 0
    assert "Sakura#2026" not in output.read_text()
    assert "●●●●" in output.read_text()


def test_they_are_hidden_in_the_journal_too_which_is_its_owners_alone(tmp_path: Path) -> None:
    path, output = examples(tmp_path), tmp_path / "out.json"
    journal = tmp_path / "out.json.journal.jsonl"
    arguments = ("batch", str(path), "-o", str(output), "--engine", "outline")
    run_cli(*arguments)
    journal.chmod(0o644)
    assert "Sakura#2026" in journal.read_text(), "without --mask values are kept, and may be told again"
    hidden = run_cli(*arguments, "--mask")
    assert "8 reused" in hidden.stderr, "what is done is hidden and not done again"
    assert journal.stat().st_mode & 0o777 == 0o600
    for text in (journal.read_text(), output.read_text()):
        assert "Sakura#2026" not in text
        assert "●●●●" in text
    assert "8 reused" in run_cli(*arguments, "--mask").stderr
    assert "0 reused" in run_cli(*arguments).stderr, "a run in clear cannot use what is hidden"
    assert "Sakura#2026" in output.read_text()


def test_an_error_that_quotes_a_secret_is_hidden_as_well(tmp_path: Path) -> None:
    path, output = tmp_path / "one.json", tmp_path / "out.json"
    path.write_text(EN.model_copy(update={"test_data": {"password": "Sakura#2026"}}).model_dump_json())
    with ProtocolServer(Answer(status=500, error="cannot parse Sakura#2026")) as server:
        settings = {"TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL}
        done = run_cli("batch", str(path), "-o", str(output), "--engine", "ollama", "--mask", **settings)
    assert done.returncode == 1
    assert "cannot parse ●●●●" in done.stderr
    assert "Sakura#2026" not in done.stderr + (tmp_path / "out.json.journal.jsonl").read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_stops_at_once(source: Path, tmp_path: Path, number: signal.Signals) -> None:
    held = Answer(rows(*EN_ROWS), hold_before=2)
    with ProtocolServer(held) as server:
        environment = {**os.environ, "TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL}
        arguments = [COMMAND, "batch", str(source), "-o", str(tmp_path / "out.json"), "--engine", "ollama"]
        process = subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True)
        wait_for(lambda: len(server.requests) == 2, "two cases to run")
        process.send_signal(number)
        assert process.stderr
        assert any("finishing the cases in progress" in line for line in process.stderr)
        process.send_signal(number)
        process.communicate(timeout=60)
    assert process.returncode != 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-o", "x.docx"), "does not name a format"),
        (("-o", "none/x.json"), "there is no such folder"),
        (("-o", "x.json", "--resume"), "there is no journal of an earlier run"),
    ],
)
def test_what_cannot_begin_says_why(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    output = str(tmp_path / arguments[1])
    done = run_cli("batch", str(examples(tmp_path)), arguments[0], output, *arguments[2:])
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
