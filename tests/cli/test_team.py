"""A team's settings may have been put there by anybody who can propose a change: they are bounded files, they name files that lie
beside them, and of what is in these nothing is shown. Whoever is obeyed no more is told so."""

import os
from pathlib import Path

import pytest

from testgen.cli.team import load_columns, own_files, reviewing
from testgen.cli.team_file import LARGEST
from testgen.domain.errors import InvalidInputError
from testgen.workers import Job

SECRET = "hunter2"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "team").mkdir()
    monkeypatch.chdir(tmp_path / "team")


def settings(content: str, file: str = ".testgen.toml") -> None:
    Path(file).write_text(content, encoding="utf-8")


def refused() -> str:
    with pytest.raises(InvalidInputError) as error:
        reviewing()
    return str(error.value)


# What settings name.


@pytest.mark.parametrize("key", ["glossary", "columns"])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (f"DB_PASSWORD: {SECRET}", "has wrong fields"),
        (f"DB_PASSWORD={SECRET}", "has wrong fields"),
        (f"root:*:{SECRET}:0\nnobody: [", "cannot be read as YAML or JSON"),
        (f'{{"{SECRET}": !!{SECRET}', "cannot be read as YAML or JSON"),
        (f"{SECRET}: &{SECRET} *{SECRET}", "cannot be read as YAML or JSON"),
        (f'["{SECRET}", {{"term": "{SECRET}", "{SECRET}": 1}}]', "has wrong fields"),
    ],
)
def test_of_a_file_that_settings_name_only_the_kind_of_fault_is_told(key: str, content: str, kind: str) -> None:
    settings(f'{key} = "secret.env"')
    Path("secret.env").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInputError) as error:
        reviewing() if key == "glossary" else load_columns()
    assert f"/{key}: {Path.cwd()}/secret.env {kind}: `--{key} " in str(error.value)
    assert SECRET not in str(error.value)
    assert "PASSWORD" not in str(error.value)


def test_whoever_names_a_glossary_himself_sees_what_is_wrong_with_it() -> None:
    Path("words.yaml").write_text("terms: [{name: press}]", encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"/terms/0/name \(press\)"):
        reviewing(Path("words.yaml"))


@pytest.mark.parametrize("name", ["../words.yaml", "/etc/hostname", "link.yaml", "../team/../words.yaml"])
def test_settings_name_no_file_outside_their_folder(name: str) -> None:
    Path("../words.yaml").write_text("terms: [{term: press}]", encoding="utf-8")
    Path("link.yaml").symlink_to("../words.yaml")
    settings(f'glossary = "{name}"')
    assert "is outside the folder of the settings" in refused()
    assert reviewing(Path("../words.yaml")).background.knowledge.terms, "given by its user it is read"


def test_a_file_below_or_a_link_beside_them_is_read() -> None:
    Path("below").mkdir()
    Path("below/words.yaml").write_text("terms: [{term: press}]", encoding="utf-8")
    Path("link.yaml").symlink_to("below/words.yaml")
    settings('glossary = "link.yaml"')
    assert reviewing().background.knowledge.terms


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('glossary = "g\\u0000"', "/glossary (g\0): contains a NUL"),
        ("glossary = 5", "/glossary (5): must be text: put it in quotes"),
        ('glossary = ["a.yaml"]', "/glossary: must be text"),
        ("columns = true", "/columns (True): must be text: put it in quotes"),
        ('columns = ""', "/columns: is empty"),
        ("review = 1", "/review (1): "),
        ("x = 1", "/x: no such table"),
        ("x = " + "9" * 5_000, "is not TOML: Exceeds the limit (4300 digits)"),
    ],
)
def test_a_value_of_another_kind_is_refused_by_name(content: str, message: str) -> None:
    settings(content)
    assert message in refused()


@pytest.mark.parametrize("content", ["tool = 5", "[tool]\nother = 1", "[other]\ntestgen = 1"])
def test_a_project_without_settings_has_none(content: str) -> None:
    settings(content, "pyproject.toml")
    assert not reviewing().background.knowledge.terms


def test_settings_of_a_project_are_a_table() -> None:
    settings("[tool]\ntestgen = 5", "pyproject.toml")
    assert "pyproject.toml: the table of settings is not valid" in refused()


# The file of the settings.


def test_settings_of_any_size_are_refused_at_once() -> None:
    settings(".".join("a" * 50_000) + "=1")
    assert f"has 100,001 bytes; settings need no more than {LARGEST:,}" in refused()


def test_a_project_of_any_size_is_read_within_bounds(monkeypatch: pytest.MonkeyPatch, command: None) -> None:
    monkeypatch.setattr("testgen.interchange.bounds.READ", Job("reading it", "split the file", seconds=0.2))
    settings(".".join("a" * 50_000) + "=1\n[tool.testgen]", "pyproject.toml")
    assert "pyproject.toml: reading it took longer than 0.2 s" in refused()


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a device", "a link to nothing", "a link outside"])
def test_settings_that_are_no_file_are_not_passed_over(kind: str) -> None:
    path, outside = Path(".testgen.toml"), Path("../other.toml")
    outside.write_text("", encoding="utf-8")
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to({"a device": "/dev/zero", "a link to nothing": "none", "a link outside": outside}[kind])
    expected = {"a link to nothing": "is a link that leads nowhere", "a link outside": "is outside the folder"}
    assert f"{path}: {expected.get(kind, 'is not a file')}" in refused()


def test_a_link_to_a_file_beside_it_is_read() -> None:
    Path("real.toml").write_text("[review]\nrepair_warnings = true\n", encoding="utf-8")
    Path(".testgen.toml").symlink_to("real.toml")
    assert reviewing().settings.repair_warnings


def test_the_teams_own_files_are_named_whether_they_can_be_read_or_not() -> None:
    settings('glossary = "../words.yaml"')
    assert Path.cwd() / ".testgen.toml" in own_files()
    assert Path.cwd() / "../words.yaml" in own_files()
