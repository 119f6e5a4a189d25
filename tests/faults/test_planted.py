"""Files that somebody else has put where testgen looks by itself: a team's settings, the journal of an earlier run."""

import os
from pathlib import Path

import pytest
from support.cases import EN
from support.real_ollama import run_cli

OUTLINE = ("--engine", "outline")


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(EN.model_dump_json())
    return path


def refused(*arguments: str, folder: Path) -> str:
    """The one line that a command ends with."""
    done = run_cli(*arguments, folder=folder)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_settings_that_are_nested_without_end_are_one_line(case_file: Path) -> None:
    (case_file.parent / ".testgen.toml").write_text("a = " + "[" * 10_000)
    assert "is not TOML" in refused("generate", str(case_file), *OUTLINE, folder=case_file.parent)


def test_settings_cannot_have_a_file_of_somebody_else_shown(case_file: Path) -> None:
    """Who may propose a change of a team's settings may not thereby read the secrets of the machine that reviews it."""
    (case_file.parent / "secret.env").write_text("DB_PASSWORD: the-secret\nAPI: the-secret")
    (case_file.parent / ".testgen.toml").write_text('glossary = "secret.env"')
    said = refused("generate", str(case_file), *OUTLINE, folder=case_file.parent)
    assert "/secret.env has wrong fields" in said
    assert "PASSWORD" not in said
    assert "the-secret" not in said


@pytest.mark.parametrize("key", ["glossary", "columns"])
def test_a_pipe_that_settings_name_is_not_waited_for(key: str, case_file: Path) -> None:
    os.mkfifo(case_file.parent / "pipe")
    (case_file.parent / ".testgen.toml").write_text(f'{key} = "pipe"')
    sheet = case_file.parent / "cases.csv"
    sheet.write_text("title,expected result\nx,y\n")
    assert f"/{key}: {case_file.parent}/pipe is not a file" in refused(
        "generate", str(sheet), *OUTLINE, folder=case_file.parent
    )


@pytest.mark.parametrize("content", ["[" * 200_000, '{"index": ' + "9" * 10_000 + "}", "null", '{"index": "x"}'])
def test_a_journal_that_is_none_is_one_line(content: str, case_file: Path) -> None:
    (case_file.parent / "out.json.journal.jsonl").write_text(content + "\n")
    said = refused("batch", str(case_file), "-o", "out.json", *OUTLINE, "--resume", folder=case_file.parent)
    assert "line 1 is damaged" in said


def test_a_journal_that_is_no_file_is_not_waited_for(case_file: Path) -> None:
    os.mkfifo(case_file.parent / "out.json.journal.jsonl")
    said = refused("batch", str(case_file), "-o", "out.json", *OUTLINE, "--resume", folder=case_file.parent)
    assert "is not a file" in said
