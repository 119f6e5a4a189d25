"""No text acts on the terminal that shows it: what would is shown escaped, whichever command prints it and wherever it comes from."""

import json
import re
from pathlib import Path

import pytest
from support.cases import EN, EN_ROWS
from support.procedures import procedure
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import run_cli
from support.terminal import on_a_terminal

# Title of the window, clipboard, screen cleared, colour by C1, a text overwritten, order turned round, a letter nobody sees.
ACTS = "\x1b]0;owned\x07\x1b]52;c;cm0=\x07\x1b[2J\x9b95mred\rgone\x08\x08\u202etxt\u2066\u200b\x7f"
# What testgen itself sends: colours, and the moves of a progress bar.
OWN = re.compile(r"\x1b\[(?:\d{1,2}(?:;\d{1,2}){0,4})?m|\x1b\[\?25[lh]|\x1b\[[12]K|\x1b\[1?A|\r")
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\udc80-\udcff]")


def assert_nothing_acts(shown: str) -> None:
    assert "\x1b[95m" not in shown
    assert "\x1b[2J" not in shown
    assert "red\rgone" not in shown
    left = ACTING.search(OWN.sub("", shown))
    assert left is None, f"{left.group()!r} reached the terminal in {shown!r}"


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    case = {
        "id": f"T-1{ACTS}",
        "title": f"Sign in {ACTS}",
        "preconditions": [f"A member {ACTS}"],
        "test_data": {f"user {ACTS}": f"mori{ACTS}"},
        "specification": f'Click "Save{ACTS}".',
        "expected_results": [f'"Saved {ACTS}" is shown'],
    }
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case))
    return path


@pytest.fixture
def procedure_file(tmp_path: Path) -> Path:
    made = procedure((f"Click quickly {ACTS}", f"data {ACTS}", f"The page {ACTS}"), (f"開く{ACTS}", ""))
    path = tmp_path / "procedure.json"
    path.write_text(json.dumps(made.model_copy(update={"title": f"T {ACTS}"}).model_dump(mode="json")))
    return path


@pytest.mark.parametrize("name", ["table", "markdown", "csv"])
def test_procedures_on_a_terminal(name: str, case_file: Path) -> None:
    code, shown = on_a_terminal("generate", str(case_file), "--engine", "outline", "--format", name)
    assert_nothing_acts(shown)
    assert code == 0
    assert r"\x1b]0;owned\x07" in re.sub(r"[\s│]", "", OWN.sub("", shown)), "the text is there, escaped"


@pytest.mark.parametrize("name", ["table", "github"])
def test_a_review_on_a_terminal(name: str, procedure_file: Path) -> None:
    code, shown = on_a_terminal("review", str(procedure_file), "--format", name)
    assert code == 1
    assert_nothing_acts(shown)
    assert name == "github" or r"\x1b]0;owned\x07" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate", f"{ACTS}.json"],
        ["generate", "--engine", ACTS, "x.json"],
        ["generate", f"--{ACTS}"],
        [ACTS],
        ["convert", "-", ACTS],
        ["review", "--explain", ACTS],
        ["batch", ACTS, "-o", f"{ACTS}.json"],
        ["api-key", ACTS],
    ],
    ids=lambda arguments: arguments[0] if arguments[0].isalpha() else "no command",
)
def test_errors_about_names_and_values(arguments: list[str], tmp_path: Path) -> None:
    code, shown = on_a_terminal(*arguments, folder=tmp_path)
    assert code == 2
    assert_nothing_acts(shown)
    assert r"\x1b]0;" in shown
    assert shown.count("\n") == 1, "an error is one line"


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    code, shown = on_a_terminal("generate", b"\xff\x1b[2J.json", folder=tmp_path)
    assert code == 2
    assert_nothing_acts(shown)
    assert r"\udcff\x1b[2J.json: cannot be read" in shown


def test_errors_are_escaped_in_a_pipe_as_well(tmp_path: Path) -> None:
    done = run_cli("generate", f"{tmp_path}/{ACTS}.json")
    assert_nothing_acts(done.stderr)
    assert "Traceback" not in done.stderr


def test_output_in_a_pipe_is_the_text_itself(case_file: Path) -> None:
    done = run_cli("generate", str(case_file), "--engine", "outline")
    assert json.loads(done.stdout)["test_case_id"] == f"T-1{ACTS}"


@pytest.mark.parametrize("refused", [False, True])
def test_what_a_model_and_its_server_write(refused: bool, tmp_path: Path) -> None:
    source = tmp_path / "case.json"
    source.write_text(EN.model_dump_json())
    acting = [(f"{action}{ACTS}", data, expected, verifies) for action, data, expected, verifies in EN_ROWS]
    answer = Answer(status=400, error=f"no {ACTS}") if refused else Answer(rows(*acting))
    with ProtocolServer(answer) as server:
        settings = {"TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL}
        _, shown = on_a_terminal("generate", str(source), "--engine", "ollama", **settings)
    assert_nothing_acts(shown)
    assert r"\u202e" in OWN.sub("", shown), "it is there, escaped"


def test_a_batch_and_a_rewrite(case_file: Path, procedure_file: Path, tmp_path: Path) -> None:
    output = tmp_path / f"o{ACTS}.json"
    code, shown = on_a_terminal("batch", str(case_file), "-o", str(output), "--engine", "outline", folder=tmp_path)
    assert code == 0
    assert_nothing_acts(shown)
    _, shown = on_a_terminal("rewrite", str(procedure_file), "--step", "1", "--engine", "outline", folder=tmp_path)
    assert_nothing_acts(shown)


def test_an_annotation_cannot_hold_another_command_of_the_workflow(procedure_file: Path, tmp_path: Path) -> None:
    name = tmp_path / "a\n::set-env name=X::y.json"
    name.write_bytes(procedure_file.read_bytes())
    done = run_cli("review", str(name), "--format", "github")
    assert done.stdout
    assert all(
        line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in done.stdout.splitlines()
    )
    assert "\n::set-env" not in done.stdout
