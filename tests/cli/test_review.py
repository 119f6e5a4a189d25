"""`testgen review` and `testgen rewrite`, and what a team decides for its folder."""

import json
from pathlib import Path

import pytest
from support.cases import EXAMPLES
from support.procedures import procedure
from typer.testing import CliRunner

from testgen.cli import app
from testgen.cli.team import reviewing
from testgen.domain.errors import InvalidInputError, UnreadableInputError
from testgen.domain.procedure import Procedure

CASE = next(str(path) for path in EXAMPLES if path.name == "password-reset.en.yaml")
RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def saved(name: str, *steps: tuple[str, str], language: str = "en") -> str:
    Path(name).write_text(procedure(*steps, language=language).model_dump_json(), encoding="utf-8")  # type: ignore[arg-type]
    return name


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and output; an error of ours is raised as `main` would see it."""
    done = RUNNER.invoke(app, list(arguments))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def test_a_clean_procedure_exits_with_0() -> None:
    code, output = run("review", saved("p.json", ("Open the page", "The page is shown")))
    assert code == 0
    assert "0 error, 0 warning, 0 info; skipped without a test case: expected-result-not-covered" in output


def test_an_error_exits_with_1_and_the_place_is_underlined() -> None:
    code, output = run("review", saved("p.json", ("Open the page", "")))
    assert code == 1
    assert "step 1  error   unverified-action" in output


@pytest.mark.parametrize(
    ("action", "language", "line", "marks"),
    [
        ("Enter some text now", "en", "Enter some text now", "      ^^^^^^^^^"),
        ("任意の商品を選択する", "ja", "任意の商品を選択する", "^^^^^^"),
        ("商品名に任意の文字を入力する", "ja", "商品名に任意の文字を入力する", "        ^^^^^^"),
    ],
)
def test_marks_stand_under_what_they_mean_in_wide_letters_too(
    action: str, language: str, line: str, marks: str
) -> None:
    seen = "画面が表示される" if language == "ja" else "It is shown"
    _, output = run("review", saved("p.json", (action, seen), language=language))
    lines = output.splitlines()
    place = next(index for index, text in enumerate(lines) if text.strip() == line)
    assert lines[place + 1] == " " * 11 + marks


def test_json_is_a_list_of_findings_of_all_files() -> None:
    one, two = saved("1.json", ("Open the page", "")), saved("2.json", ("Enter some text", "It is shown"))
    code, output = run("review", one, two, "--format", "json")
    assert code == 1
    assert [entry["rule"] for entry in json.loads(output)] == ["unverified-action", "unspecified-value"]


def test_github_annotations_escape_what_would_end_them() -> None:
    _, output = run("review", saved("a,b.json", ("Enter 100% any\ntext", "It is shown")), "--format", "github")
    [line] = [line for line in output.splitlines() if "unspecified-value" in line]
    assert line.startswith("::warning file=a%2Cb.json,line=1,title=unspecified-value::step 1: ")
    assert "%0Atext" in line


def test_with_the_case_coverage_is_checked() -> None:
    drafted = RUNNER.invoke(app, ["generate", CASE, "--engine", "outline", "--format", "json", "-o", "p.json"])
    assert drafted.exit_code == 0
    assert run("review", "p.json", "--case", CASE)[0] == 0
    shortened = json.loads(Path("p.json").read_text(encoding="utf-8"))
    shortened["steps"] = shortened["steps"][:1]
    Path("p.json").write_text(json.dumps(shortened), encoding="utf-8")
    code, output = run("review", "p.json", "--case", CASE)
    assert code == 1
    assert output.count("expected-result-not-covered") == 2


def test_a_case_of_another_id_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"--case \(T-1\): contains no test case with that id: it has AUTH-019"):
        run("review", saved("p.json", ("Open the page", "It is shown")), "--case", CASE)


def test_rules_are_listed_and_explained() -> None:
    _, listed = run("review", "--rules")
    assert "error    unverified-action" in listed
    _, explained = run("review", "--explain", "eager-action")
    assert "several actions" in explained.lower()
    _, in_japanese = run("--language", "ja", "review", "--explain", "eager-action")
    assert "複数の操作" in in_japanese
    assert "Soares et al. (2023), Eager Action" in explained
    with pytest.raises(InvalidInputError, match="there is no such rule"):
        run("review", "--explain", "eager")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}", "/test_case_id: is missing"),
        ("[]", "there is no procedure in it"),
        ("{", "is not JSON"),
        ('{"steps": 1}', "/steps"),
    ],
)
def test_a_file_that_is_no_procedure_is_refused_by_field(content: str, message: str) -> None:
    Path("p.json").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInputError) as refused:
        run("review", "p.json")
    assert message in str(refused.value)


def test_a_team_decides_by_a_file_in_its_folder_or_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".testgen.toml").write_text(
        'glossary = "words.yaml"\n[review]\nrepair_warnings = true\nrules = { unverified-action = "info" }\n',
        encoding="utf-8",
    )
    Path("words.yaml").write_text("terms:\n  - term: press\n    instead_of: [click]\n", encoding="utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    setup = reviewing()
    assert setup.settings.repair_warnings
    assert setup.background.knowledge.terms
    code, output = run("review", saved("p.json", ('Click "Save"', "")))
    assert code == 0
    assert "term-not-in-glossary" in output


def test_pyproject_may_hold_the_table() -> None:
    Path("pyproject.toml").write_text(
        '[tool.testgen.review]\nrules = { unverified-action = "off" }\n', encoding="utf-8"
    )
    assert run("review", saved("p.json", ("Open the page", "")))[0] == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[reviews]\n", "/reviews: no such table"),
        ('[review]\nrules = { eager = "off" }\n', "there is no rule eager"),
        ('[review]\nrules = { eager-action = "loud" }\n', "/rules/eager-action"),
        ("[review\n", "is not TOML"),
        ('glossary = "none.yaml"\n', "none.yaml"),
    ],
)
def test_wrong_settings_of_a_team_are_told_with_file_and_field(content: str, message: str) -> None:
    Path(".testgen.toml").write_text(content, encoding="utf-8")
    with pytest.raises((InvalidInputError, UnreadableInputError)) as refused:
        reviewing()
    assert message in str(refused.value)


def test_generate_writes_in_the_teams_words(tmp_path: Path) -> None:
    Path("words.yaml").write_text(
        'terms:\n  - {term: Follow, instead_of: [Open]}\nstyle: {brackets: "[]"}\n', encoding="utf-8"
    )
    code, output = run("generate", CASE, "--engine", "outline", "--format", "json", "--glossary", "words.yaml")
    assert code == 0
    steps = json.loads(output)["steps"]
    assert steps[1]["action"] == "Follow the expired link"
    assert steps[1]["expected_result"] == "[This link has expired] is shown"


def test_rewrite_by_rule_splits_the_step_that_was_named() -> None:
    name = saved("p.json", ("Open the page", "It is shown"), ('Enter the name and click "Save"', "It is saved"))
    code, output = run("rewrite", name, "--step", "2", "--engine", "outline")
    assert code == 0
    assert [step["action"] for step in json.loads(output)["steps"]] == [
        "Open the page",
        "Enter the name",
        'Click "Save"',
    ]


def test_rewrite_into_a_file_leaves_nothing_half_written(tmp_path: Path) -> None:
    name = saved("p.json", ('Enter the name and click "Save"', "It is saved"))
    assert run("rewrite", name, "--step", "1", "--engine", "outline", "-o", "q.json")[0] == 0
    assert len(Procedure.model_validate_json(Path("q.json").read_text(encoding="utf-8")).steps) == 2
    assert not list(tmp_path.glob("*.part"))


def test_rewrite_wants_one_procedure_and_a_step_that_is_there() -> None:
    name = saved("p.json", ("Open the page", "It is shown"))
    with pytest.raises(InvalidInputError, match="there is no such step: give 1 to 1"):
        run("rewrite", name, "--step", "3", "--engine", "outline")
    Path("two.json").write_text(
        f"[{Path(name).read_text()},{Path(name).read_text().replace('T-1', 'T-2')}]", encoding="utf-8"
    )
    with pytest.raises(InvalidInputError, match="contains 2 procedures"):
        run("rewrite", "two.json", "--step", "1")
