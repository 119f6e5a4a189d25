"""`testgen generate` as its user meets it: a process, its output, its exit code."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.cases import EN, EN_ROWS, EXAMPLES, ROOT
from support.protocol_server import Answer, ProtocolServer, rows
from support.real_ollama import run_cli, wait_for
from support.terminal import on_a_terminal

CASE = "examples/password-reset.en.yaml"


def ollama(server: ProtocolServer, **settings: str) -> dict[str, str]:
    return {"TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": "tiny", **settings}


def test_one_case_is_one_json_object_and_stderr_says_who_wrote_it_and_why() -> None:
    done = run_cli("generate", CASE)
    assert done.returncode == 0
    assert json.loads(done.stdout)["test_case_id"] == "AUTH-019"
    assert "AUTH-019: Open points to fill in (step 3); " in done.stderr
    assert (
        "written by engine outline (rules, no model) because no Ollama server answers at http://127.0.0.1:9"
        in done.stderr
    )


def test_several_cases_are_an_array_in_order() -> None:
    done = run_cli("generate", *map(str, EXAMPLES), "--engine", "outline", "--format", "json")
    procedures = json.loads(done.stdout)
    assert [procedure["test_case_id"] for procedure in procedures] == [
        yaml.safe_load(path.read_text())["id"] for path in EXAMPLES
    ]


@pytest.mark.parametrize(
    ("name", "starts"),
    [("table", "\nAUTH-019  An expired"), ("yaml", "test_case_id: AUTH-019"), ("markdown", "# AUTH-019 ")],
)
def test_formats(name: str, starts: str) -> None:
    done = run_cli("generate", CASE, "--engine", "outline", "--format", name)
    assert done.stdout.startswith(starts)


def test_a_terminal_gets_a_table_and_live_progress() -> None:
    code, text = on_a_terminal("generate", CASE, "--engine", "outline")
    assert code == 0
    assert "━" in text
    assert "Open the expired link" in text


def test_a_file_is_written_in_the_format_of_its_ending(tmp_path: Path) -> None:
    for ending, starts in ((".json", "{"), (".yaml", "test_case_id"), (".md", "# AUTH-019")):
        path = tmp_path / f"out{ending}"
        done = run_cli("generate", CASE, "--engine", "outline", "-o", str(path))
        assert done.returncode == 0
        assert done.stdout == ""
        assert path.read_text().startswith(starts)
        assert f"wrote {path}" in done.stderr
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_table_can_go_to_a_file(tmp_path: Path) -> None:
    run_cli("generate", CASE, "--engine", "outline", "--format", "table", "-o", str(tmp_path / "out.txt"))
    assert "Open the expired link" in (tmp_path / "out.txt").read_text()


def test_standard_input_is_read_for_a_dash() -> None:
    command = [str(Path(sys.executable).parent / "testgen"), "generate", "-", "--engine", "outline"]
    done = subprocess.run(command, input=(ROOT / CASE).read_bytes(), capture_output=True, check=True, env=os.environ)
    assert json.loads(done.stdout)["test_case_id"] == "AUTH-019"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("generate", "missing.yaml"), "missing.yaml: cannot be read: No such file"),
        (("generate", "README.md"), "README.md: has no test case: write a heading with id and title"),
        (("generate", CASE, "-o", "/no/such/folder/x.json"), "--output (/no/such/folder): there is no such folder"),
        (("generate", CASE, "-o", "x.doc"), "its extension does not name a format"),
        (("generate", CASE, "--format", "jira"), "--format (jira): there is no such format: use table, json"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(arguments: tuple[str, ...], says: str) -> None:
    done = run_cli(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_a_wrong_option_is_a_usage_error() -> None:
    done = run_cli("generate", CASE, "--engine", "gpt")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_malformed_setting_is_named() -> None:
    done = run_cli("generate", CASE, TESTGEN_NUM_CTX="many")
    assert done.returncode == 2
    assert "TESTGEN_NUM_CTX = 'many'" in done.stderr


def test_an_engine_that_is_not_there_is_exit_3_with_the_remedy() -> None:
    done = run_cli("generate", CASE, CASE, "--engine", "ollama")
    assert done.returncode == 3
    assert "start it (`ollama serve`)" in done.stderr
    assert "not attempted after this error: AUTH-019" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_case_that_fails_does_not_lose_the_others() -> None:
    bad, good = Answer(["nonsense"]), Answer(rows(*EN_ROWS))
    with ProtocolServer(bad, good) as server:
        done = run_cli("generate", CASE, CASE, "--engine", "ollama", **ollama(server, TESTGEN_MAX_ATTEMPTS="1"))
    assert done.returncode == 1
    assert json.loads(done.stdout)["provenance"]["model"] == "tiny"
    assert "not a procedure" in done.stderr


def test_the_steps_of_a_broken_answer_are_shown() -> None:
    with ProtocolServer(Answer(rows(*EN_ROWS), cut_before=10)) as server:
        done = run_cli("generate", CASE, "--engine", "ollama", **ollama(server))
    assert done.returncode == 3
    assert "1. Open the Sign-in page → The Sign-in page is shown" in done.stderr


def test_a_second_attempt_is_told() -> None:
    with ProtocolServer(Answer(["nonsense"]), Answer(rows(*EN_ROWS))) as server:
        done = run_cli("generate", CASE, "--engine", "ollama", **ollama(server))
    assert done.returncode == 0
    assert "attempt 2, because" in done.stderr
    assert "model tiny, digest 000000000000, attempt 2" in done.stderr


def test_an_interruption_keeps_what_is_finished(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text(EN.model_dump_json(exclude_defaults=True), encoding="utf-8")
    held = Answer(rows(*EN_ROWS), hold_before=0)
    with ProtocolServer(Answer(rows(*EN_ROWS)), held) as server:
        command = [str(Path(sys.executable).parent / "testgen"), "generate", str(case), str(case), "--engine", "ollama"]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env={**os.environ, **ollama(server)}
        )
        wait_for(lambda: len(server.requests) == 2, "the second case to be asked for")
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
        assert server.disconnects.acquire(timeout=30), "the model is freed"
    assert process.returncode == 130
    assert json.loads(stdout)["provenance"]["model"] == "tiny"
    assert b"interrupted; 1 of 2 procedures were finished" in stderr
    assert b"Traceback" not in stderr


def test_a_result_that_cannot_be_written_is_printed_instead(tmp_path: Path) -> None:
    (tmp_path / "out.json").mkdir()
    done = run_cli("generate", CASE, "--engine", "outline", "-o", str(tmp_path / "out.json"))
    assert done.returncode == 2
    assert json.loads(done.stdout)["test_case_id"] == "AUTH-019"
    assert "cannot be written" in done.stderr


SKELETON = {"id": "T-1", "title": "Night job", "expected_results": ["The totals are right"]}


def test_a_skeleton_fails_only_where_that_is_asked_for(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text(json.dumps(SKELETON))
    lenient = run_cli("generate", str(case), "--engine", "outline")
    assert json.loads(lenient.stdout)["readiness"] == "skeleton"
    assert (lenient.returncode, run_cli("generate", str(case), "--engine", "outline", "--strict").returncode) == (0, 1)
    assert run_cli("generate", CASE, "--engine", "outline", "--strict").returncode == 0
    batch = [str(case), "-o", str(tmp_path / "o.json"), "--engine", "outline"]
    assert (run_cli("batch", *batch).returncode, run_cli("batch", *batch, "--strict").returncode) == (0, 1)


def test_a_table_says_first_whether_it_can_be_carried_out() -> None:
    lines = run_cli("generate", CASE, "--engine", "outline", "--format", "table").stdout.splitlines()
    assert lines[2] == "Readiness: Open points to fill in (step 3)"


def test_a_batch_ends_with_counts_by_readiness(tmp_path: Path) -> None:
    cases = [SKELETON, yaml.safe_load((ROOT / CASE).read_text())]
    (tmp_path / "cases.json").write_text(json.dumps(cases))
    done = run_cli("batch", str(tmp_path / "cases.json"), "-o", str(tmp_path / "o.json"), "--engine", "outline")
    assert "testgen: 0 ready, 1 with open points, 1 only skeletons" in done.stderr


def test_explain_shows_what_each_sentence_was_taken_for_and_where_it_went() -> None:
    done = run_cli("generate", CASE, "--explain")
    assert done.returncode == 0
    rows = [line.strip().split(" | ") for line in done.stdout.splitlines()[1:]]
    assert {row[0] for row in rows} == {"precondition", "test data", "specification", "expected result"}
    told = {row[3]: (row[1], row[2]) for row in rows}
    assert told["a reset link was issued to mori"] == ("a setup step", "1")
    assert told["link_age: 61 minutes"] == ("a value for a step", "1")
    assert told["Links expire after 60 minutes"] == ("not used", "-")
    assert told['"This link has expired" is shown'][1] == "2"


BUG = """
import sys
from testgen.drafting.outline import engine
real = engine.make_plan
def make_plan(case, *rest):
    if case.id == "B":
        raise KeyError("no such verb")
    return real(case, *rest)
engine.make_plan = make_plan
from testgen.cli import main
main()
"""


def test_a_bug_that_one_case_finds_loses_no_other_case_and_shows_no_traceback(tmp_path: Path) -> None:
    names = []
    for name in "ABC":
        names.append(str(tmp_path / f"{name}.json"))
        case = {"id": name, "title": "Save the note", "expected_results": ["After Save, the note is in the list"]}
        Path(names[-1]).write_text(json.dumps(case))
    command = [sys.executable, "-c", BUG, "generate", "--engine", "outline", "--format", "json", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [made["test_case_id"] for made in json.loads(done.stdout)] == ["A", "C"]
    assert "testgen has a bug here (KeyError, <string>:7); report this, with your input" in done.stderr
    assert "Traceback" not in done.stderr
    assert "no such verb" not in done.stderr  # which may be a text of the case
    assert done.returncode == 1
