"""`testgen review DIR`: every readable file below a folder, compared with each other."""

from pathlib import Path

import pytest
from support.procedures import procedure
from typer.testing import CliRunner

from testgen.cli import app, folders
from testgen.domain.errors import InvalidInputError

RUNNER = CliRunner()
STEPS = (
    ("Open the list of orders of the shop", "The list is shown"),
    ('Click "Archive" in its first row', "The row goes away"),
)


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def saved(name: str, title: str, *steps: tuple[str, str]) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    made = procedure(*steps).model_copy(update={"test_case_id": title, "title": title})
    Path(name).write_text(made.model_dump_json(), encoding="utf-8")


def run(*arguments: str) -> tuple[int, str, str]:
    done = RUNNER.invoke(app, ["review", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def test_all_files_below_are_read_and_compared() -> None:
    saved("suite/a/one.json", "One", *STEPS)
    saved("suite/b/c/two.json", "Two", *STEPS)
    saved("suite/three.json", "Three", ("Close the shop", "It closes"))
    code, output, _ = run("suite")
    assert code == 0
    assert 'duplicate-procedure  100% of the steps match those of "One One".' in output
    assert "3 procedures: 3 ready" in output


def test_what_is_no_procedure_is_said_and_passed_over() -> None:
    saved("suite/one.json", "One", *STEPS)
    saved("suite/.hidden/two.json", "Two", *STEPS)
    Path("suite/notes.txt").write_text("notes", encoding="utf-8")
    Path("suite/other.yaml").write_text("a: 1\n", encoding="utf-8")
    Path("suite/link.json").symlink_to(Path("suite/one.json").absolute())
    code, output, errors = run("suite")
    assert code == 0
    assert "suite/other.yaml" in errors
    assert "notes.txt" not in errors
    assert "duplicate-procedure" not in output


def test_the_commands_own_files_are_no_part_of_the_suite() -> None:
    saved("suite/one.json", "One", *STEPS)
    assert run("suite", "--write-baseline", "suite/known.json")[0] == 0
    code, _, errors = run("suite", "--baseline", "suite/known.json", "--format", "xlsx", "-o", "suite/found.xlsx")
    assert code == 0
    assert "skipped" not in errors
    assert "suite/found.xlsx" in run("suite", "--baseline", "suite/known.json")[2], "a report is no procedure"


def test_a_folder_with_nothing_in_it_and_one_with_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("suite").mkdir()
    with pytest.raises(InvalidInputError, match="suite: contains no file with a procedure"):
        run("suite")
    saved("suite/one.json", "One", *STEPS)
    saved("suite/two.json", "Two", *STEPS)
    monkeypatch.setattr(folders, "MOST_FILES", 1)
    with pytest.raises(InvalidInputError, match="contains more than 1 files"):
        run("suite")
