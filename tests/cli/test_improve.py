"""`testgen improve`, and `testgen generate` on what has steps already."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from support.cases import EXAMPLES
from support.chat import ScriptedChat, says
from typer.testing import CliRunner

from testgen import bootstrap
from testgen.cli import app
from testgen.config import ServiceConfig
from testgen.domain.errors import InvalidInputError
from testgen.drafting.model_engine import ModelEngine
from testgen.interchange import load_procedures

RUNNER = CliRunner()
# As a team keeps it: a row a step, every step with its result.
SHEET = """ID,タイトル,手順,期待結果
A-1,ログイン,ログイン画面を開く,ログイン画面が表示される
,,「ログイン」を押す,ホームが表示される
,,「設定」を押す,設定画面が表示される
,,「ログアウト」を押す,ログイン画面が表示される
A-2,登録,登録画面を開く,登録画面が表示される
,,氏名を入力し、「保存」を押す,「保存しました」と表示される
"""
BY_HAND = {
    "title": "Save",
    "steps": ["Open the form", {"action": 'Click "Save"', "expected_result": '"Saved" is shown'}],
}
CASE = {"id": "T-7", "title": "Save", "expected_results": ['"Saved" is shown', "The list has one row more"]}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sheet.csv").write_text(SHEET, encoding="utf-8")
    Path("by-hand.yaml").write_text(yaml.safe_dump(BY_HAND), encoding="utf-8")
    Path("case.yaml").write_text(yaml.safe_dump(CASE), encoding="utf-8")


def run(*arguments: str, engine: str = "outline") -> Result:
    """An error of ours is raised as `main` would see it."""
    done = RUNNER.invoke(app, [*arguments, "--engine", engine])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def actions(written: str) -> list[list[str]]:
    return [[step["action"] for step in procedure["steps"]] for procedure in json.loads(written)]


KEPT = ["ログイン画面を開く", "「ログイン」を押す", "「設定」を押す", "「ログアウト」を押す"]
SPLIT = ["登録画面を開く", "氏名を入力する", "「保存」を押す"]


def test_what_is_aligned_stays_and_what_has_findings_is_repaired_and_counted() -> None:
    done = run("improve", "sheet.csv")
    assert (done.exit_code, actions(done.stdout)) == (0, [KEPT, SPLIT])
    assert "testgen: A-1: kept 4, changed 0, added 0; 実施可; unchanged, as it was read" in done.stderr
    assert "testgen: A-2: kept 1, changed 1, added 1; " in done.stderr
    assert "improved by engine outline (rules, no model), as requested" in done.stderr


def test_generate_keeps_steps_that_there_are_and_says_so() -> None:
    done = run("generate", "sheet.csv", "--format", "json")
    assert actions(done.stdout) == [KEPT, SPLIT]
    before = load_procedures(SHEET.encode(), name="sheet.csv").entries[0]
    assert json.loads(done.stdout)[0]["steps"] == [step.model_dump(mode="json") for step in before.steps]
    assert "testgen: A-1 has steps: they are improved; --anew writes new ones" in done.stderr


def test_anew_writes_new_steps() -> None:
    done = run("generate", "sheet.csv", "--anew", "--format", "json")
    assert actions(done.stdout)[0] != KEPT
    assert {made["provenance"]["origin"] for made in json.loads(done.stdout)} == {"generated"}
    assert "has steps" not in done.stderr


def test_generate_takes_cases_and_procedures_together() -> None:
    done = run("generate", str(EXAMPLES[0]), "by-hand.yaml", "--format", "json")
    drafted, kept = json.loads(done.stdout)
    assert (drafted["provenance"]["origin"], kept["steps"][1]["action"]) == ("generated", 'Click "Save"')


def test_a_procedure_by_hand_takes_its_case_whatever_its_id_and_each_expected_result_goes_to_its_step() -> None:
    done = run("improve", "by-hand.yaml", "--case", "case.yaml")
    made = json.loads(done.stdout)
    assert (made["test_case_id"], made["expected_results"]) == ("T-7", CASE["expected_results"])
    assert [step["verifies"] for step in made["steps"]] == [[], [1]]
    assert [found["rule"] for found in made["findings"]] == ["expected-result-not-covered"]
    assert made["readiness"] == "skeleton"
    assert run("improve", "by-hand.yaml", "--case", "case.yaml", "--strict").exit_code == 1


def test_of_several_procedures_each_needs_the_case_of_its_id() -> None:
    with pytest.raises(InvalidInputError, match=r"--case \(A-1\): contains no test case with that id: it has T-7"):
        run("improve", "sheet.csv", "--case", "case.yaml")


def test_the_difference_is_shown_and_the_result_still_written_to_a_file() -> None:
    done = run("improve", "sheet.csv", "--diff", "-o", "better.csv")
    lines = done.stdout.splitlines()
    assert lines[:2] == ["--- A-2 (before)", "+++ A-2 (after)"]
    assert "-| 2 | 操作 | 氏名を入力し、「保存」を押す |  | 「保存しました」と表示される |  |" in lines
    assert "+| 3 | 操作 | 「保存」を押す |  | 「保存しました」と表示される |  |" in lines
    again = load_procedures(Path("better.csv").read_bytes(), name="better.csv").entries
    assert [[step.action for step in procedure.steps] for procedure in again] == [KEPT, SPLIT]
    assert run("improve", "better.csv", "--diff").stdout == "", "nothing is left to do"


def test_a_file_that_is_read_is_not_written_over() -> None:
    with pytest.raises(InvalidInputError, match="is also an input"):
        run("improve", "sheet.csv", "-o", "sheet.csv")


def test_a_table_says_who_wrote_what() -> None:
    done = run("improve", "sheet.csv", "--format", "table")
    assert "unchanged, as it was read" in done.stdout
    assert "improved by engine outline" in done.stdout


def test_an_engine_that_is_not_there_is_exit_3_and_nothing_is_lost() -> None:
    text = SHEET.replace("A-1,", "A-3,", 1).replace("A-2,", "A-4,", 1)
    head, *rows = text.splitlines()
    # The procedure that has a finding stands first: the engine is asked for it.
    Path("two.csv").write_text("\n".join([head, *rows[4:], *rows[:4]]), encoding="utf-8")
    done = run("improve", "two.csv", engine="ollama")
    assert done.exit_code == 3
    assert actions(done.stdout) == [["登録画面を開く", "氏名を入力し、「保存」を押す"], KEPT]
    assert "start it (`ollama serve`)" in done.stderr
    assert "testgen: not attempted after this error, and unchanged: A-3" in done.stderr


def test_a_missing_result_is_asked_of_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = ScriptedChat(
        says(("Open the form", "", "The form is shown", ""), ("Open the list", "", "The list has one row more", "2"))
    )
    engine = ModelEngine("ollama", chat, ServiceConfig(model="tiny"))
    monkeypatch.setattr(bootstrap.Application, "engine", lambda *_: engine)
    made = json.loads(run("improve", "by-hand.yaml", "--case", "case.yaml", engine="ollama").stdout)
    assert [step["expected_result"] for step in made["steps"]] == [
        "The form is shown", '"Saved" is shown', "The list has one row more",
    ]  # fmt: skip
    assert [step["verifies"] for step in made["steps"]] == [[], [1], [2]]
    assert made["readiness"] == "ready"
