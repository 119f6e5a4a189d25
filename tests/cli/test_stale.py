"""`testgen stale`, and `--only-stale` of `generate` and `improve`: what rests on something that has changed is found and worked on."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from typer.testing import CliRunner

from testgen.cli import app
from testgen.domain.errors import InvalidInputError

RUNNER = CliRunner()
LOCK = "# Shop\n\n## 3.3 Lock\n\nFive failed attempts lock the account.\n\n## 3.4 Orders\n\nAn order has a number.\n"
CASES = [
    {"id": "T-1", "title": "Lock the account", "expected_results": ["The account is locked"]},
    {"id": "T-2", "title": "An order has a number", "expected_results": ["The order's number is shown"]},
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.md").write_text(LOCK, encoding="utf-8")
    write_cases(CASES)
    done = run("generate", "cases.json", "--document", "shop.md", "-o", "made.json", "--engine", "outline")
    assert done.exit_code == 0


def write_cases(cases: list[dict[str, object]]) -> None:
    Path("cases.json").write_text(json.dumps(cases), encoding="utf-8")


def run(*arguments: str) -> Result:
    done = RUNNER.invoke(app, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def stale(*more: str) -> list[str]:
    done = run("stale", "made.json", "--case", "cases.json", "--document", "shop.md", *more)
    assert done.exit_code == (1 if done.stdout else 0)
    return done.stdout.splitlines()


def made() -> list[dict[str, object]]:
    return json.loads(Path("made.json").read_text(encoding="utf-8"))


def test_nothing_is_stale_while_nothing_has_changed() -> None:
    assert stale() == []
    Path("shop.md").write_text("# Shop\n\nAbout this document.\n\n" + LOCK.removeprefix("# Shop\n\n"), encoding="utf-8")
    assert stale() == [], "other sections may come and go"


def test_a_passage_that_changed_names_who_rests_on_it() -> None:
    Path("shop.md").write_text(LOCK.replace("Five", "Three"), encoding="utf-8")
    assert stale() == ["T-1: shop.md, 3.3 Lock has changed"]
    Path("shop.md").write_text(LOCK.replace("3.3 Lock\n\nFive", "3.5 Locking\n\nThree"), encoding="utf-8")
    assert stale() == ["T-1: shop.md, 3.3 Lock is gone", "T-1: shop.md, 3.5 Locking is new"]


def test_a_case_that_changed_and_knowledge_that_speaks_of_it_are_named() -> None:
    write_cases([CASES[0], {**CASES[1], "preconditions": ["An order"]}])
    assert stale() == ["T-2: the test case has changed"]
    write_cases(CASES)
    Path("knowledge.yaml").write_text(
        yaml.safe_dump({"data": {"order number": "K1", "unrelated thing": "2"}}), encoding="utf-8"
    )
    assert stale("--knowledge", "knowledge.yaml") == ["T-2: the team's knowledge about it has changed"]


def test_generate_writes_only_what_is_stale_or_missing_and_shows_the_difference() -> None:
    before = made()
    Path("shop.md").write_text(LOCK.replace("Five failed attempts lock", 'Press "Lock" to lock'), encoding="utf-8")
    write_cases([*CASES, {"id": "T-3", "title": "Sign out", "expected_results": ["The sign-in page is shown"]}])
    done = run(
        "generate", "cases.json", "--document", "shop.md", "-o", "made.json", "--engine", "outline", "--only-stale"
    )
    after = made()
    assert [one["test_case_id"] for one in after] == ["T-1", "T-2", "T-3"]
    assert "testgen: T-1: shop.md, 3.3 Lock has changed" in done.stderr
    assert "testgen: 1 of 2 procedures are stale" in done.stderr
    assert after[1] == before[1], "byte for byte, its date too"
    assert after[0] != before[0]
    assert run("stale", "made.json", "--case", "cases.json", "--document", "shop.md").exit_code == 0


def test_improve_works_only_on_what_is_stale_and_it_is_stale_no_more() -> None:
    changed = made()
    changed[0]["steps"][0]["action"] = 'Open the page, then click "Lock"'  # type: ignore[index]
    changed[1]["steps"][0]["action"] = 'Open the page, then click "Order"'  # type: ignore[index]
    Path("made.json").write_text(json.dumps(changed), encoding="utf-8")
    Path("shop.md").write_text(LOCK.replace("Five", "Three"), encoding="utf-8")
    options = ("--case", "cases.json", "--document", "shop.md", "--engine", "outline")
    done = run("improve", "made.json", *options, "-o", "new.json", "--only-stale")
    assert '-| 1 | action | Open the page, then click "Lock"' in done.stdout
    assert "Order" not in done.stdout
    assert "testgen: 1 of 2 procedures are stale" in done.stderr
    Path("made.json").write_text(Path("new.json").read_text(encoding="utf-8"), encoding="utf-8")
    assert stale() == []


def test_only_stale_needs_a_file_that_tells_what_procedures_rest_on() -> None:
    for output in ([], ["-o", "made.csv"]):
        with pytest.raises(
            InvalidInputError, match="--only-stale.*needs -o with the earlier procedures as JSON or YAML"
        ):
            run("generate", "cases.json", "--only-stale", *output)
    with pytest.raises(InvalidInputError, match="give what may have changed: the test cases"):
        run("stale", "made.json")


def test_the_table_names_where_it_is_from() -> None:
    done = run("generate", "cases.json", "--document", "shop.md", "--engine", "outline", "--format", "table")
    assert "From: shop.md 3.3 Lock" in done.stdout


def test_a_teams_settings_name_its_documents_and_a_folder_of_them_is_read(tmp_path: Path) -> None:
    Path("docs").mkdir()
    Path("shop.md").rename("docs/shop.md")
    Path(".testgen.toml").write_text('documents = ["docs"]\n', encoding="utf-8")
    done = run("generate", "cases.json", "--engine", "outline", "--format", "json")
    assert [used["place"] for used in json.loads(done.stdout)[0]["provenance"]["passages"]] == ["3.3 Lock"]
    Path(".testgen.toml").write_text(f'documents = ["{tmp_path.parent}"]\n', encoding="utf-8")
    with pytest.raises(InvalidInputError, match="/documents.*is outside the folder of the settings"):
        run("generate", "cases.json", "--engine", "outline")
