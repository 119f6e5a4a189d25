"""Files that somebody else has put where testgen looks by itself: a team's settings, the journal of an earlier run."""

import json
import os
from pathlib import Path

import pytest
from support.cases import EN
from support.real_ollama import run_cli

from testgen.cli.team import load_columns, reviewing
from testgen.domain.errors import InvalidInputError

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
    (case_file.parent / ".testgen.toml").write_text("a = " + "[" * 100_000)
    assert "is not TOML" in refused("generate", str(case_file), *OUTLINE, folder=case_file.parent)


def test_settings_cannot_have_a_file_of_somebody_else_shown(case_file: Path) -> None:
    """Who may propose a change of a team's settings may not thereby read the secrets of the machine that reviews it."""
    private = case_file.parent / "private"
    private.write_text("root:the-secret:0:0")
    (case_file.parent / ".testgen.toml").write_text(f"glossary = {json.dumps(str(private))}")
    said = refused("generate", str(case_file), *OUTLINE, folder=case_file.parent)
    assert f"{private}: is not valid" in said
    assert "the-secret" not in said


def with_settings(folder: Path, text: str) -> str:
    """What is said of a team's settings, of its rules and its glossary or of its headings."""
    (folder / ".testgen.toml").write_text(text)
    with pytest.raises(InvalidInputError) as refused:
        [read(folder=folder) for read in (reviewing, load_columns)]  # type: ignore[operator]
    return str(refused.value)


@pytest.mark.parametrize("key", ["glossary", "columns"])
@pytest.mark.parametrize(
    "content",
    [
        "DB_PASSWORD: the-secret\nAPI: sk-12345",
        '{"terms": [{"the-secret": 1}]}',
        "API: 1\nAPI: 2",
        "the-secret",
        "a: *API",
    ],
)
def test_nor_the_keys_and_values_of_one_that_looks_like_what_it_is_named_for(
    key: str, content: str, tmp_path: Path
) -> None:
    private = tmp_path / "secret.yaml"
    private.write_text(content)
    said = with_settings(tmp_path, f'{key} = "secret.yaml"')
    assert said == (
        f"{private}: is not valid, and /{key} of {tmp_path}/.testgen.toml names it: give it as --{key} to be told what is wrong"
    )


@pytest.mark.usefixtures("command")
@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ('glossary = "g\\u0000"', "cannot be read: embedded null byte"),
        ("glossary = 5", "/glossary (5): is not a path: write it in quotes"),
        ("columns = [1]", "/columns ([1]): is not a path: write it in quotes"),
        ("a." * 60_000 + "a = 1", "reading your settings took longer than 1 s"),
    ],
    ids=["NUL", "a number", "a list", "a key of many parts"],
)
def test_settings_that_say_nothing_sensible_are_told(setting: str, says: str, tmp_path: Path) -> None:
    assert says in with_settings(tmp_path, setting)


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "link to nothing"])
def test_settings_that_are_no_file_do_not_silently_not_apply(kind: str, tmp_path: Path) -> None:
    place = tmp_path / ".testgen.toml"
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to("/dev/zero" if kind == "device" else "/nothing/there")
    with pytest.raises(InvalidInputError, match="is not a file: remove it"):
        reviewing(folder=tmp_path)


@pytest.mark.parametrize("key", ["glossary", "columns"])
def test_a_pipe_that_settings_name_is_not_waited_for(key: str, case_file: Path) -> None:
    os.mkfifo(case_file.parent / "pipe")
    (case_file.parent / ".testgen.toml").write_text(f'{key} = "pipe"')
    sheet = case_file.parent / "cases.csv"
    sheet.write_text("title,expected result\nx,y\n")
    assert f"/{key}: pipe is not a file" in refused("generate", str(sheet), *OUTLINE, folder=case_file.parent)


@pytest.mark.parametrize("content", ["[" * 200_000, '{"index": ' + "9" * 10_000 + "}", "null", '{"index": "x"}'])
def test_a_journal_that_is_none_is_one_line(content: str, case_file: Path) -> None:
    (case_file.parent / "out.json.journal.jsonl").write_text(content + "\n")
    said = refused("batch", str(case_file), "-o", "out.json", *OUTLINE, "--resume", folder=case_file.parent)
    assert "line 1 is broken" in said


def test_a_journal_that_is_no_file_is_not_waited_for(case_file: Path) -> None:
    os.mkfifo(case_file.parent / "out.json.journal.jsonl")
    said = refused("batch", str(case_file), "-o", "out.json", *OUTLINE, "--resume", folder=case_file.parent)
    assert "is no file" in said
