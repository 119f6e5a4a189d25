"""What README and docs show is there: links, targets, commands with their options; the guides' commands are run."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from openpyxl import Workbook
from support.cases import ROOT
from typer.testing import CliRunner

from testgen.cli import app

PAGES = sorted([ROOT / "README.md", ROOT / "README.ja.md", *(ROOT / "docs").glob("*.md")])
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
TESTGEN = re.compile(r"(?:\.venv/bin/)?testgen (.*)")


def said(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def shown(page: Path) -> list[str]:
    """The commands of a page: what stands after `$ ` in its blocks of shell commands, less comments and placeholders."""
    blocks = re.findall(r"```console\n(.*?)```", said(page), re.DOTALL)
    text = "\n".join(blocks).replace("\\\n", " ")
    return [line.strip()[2:].split(" #")[0].strip() for line in text.splitlines() if line.strip().startswith("$ ")]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", said(page), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)", said(page)):
        there = (page.parent / target) if target else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), f"{target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist_with_their_options(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", said(ROOT / "Makefile"), re.MULTILINE))
    for line in shown(page):
        if found := re.match(r"make ([\w-]+)", line):
            assert found[1] in targets, line
        elif (found := TESTGEN.match(line)) and not found[1].startswith("-"):
            name, *words = re.split(r"[\s\[\]|=]+", found[1])
            command = COMMANDS[name]
            if below := getattr(command, "commands", {}):  # knowledge check
                command = below[words.pop(0)]
            known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
            assert {word for word in words if re.fullmatch(r"--?[a-z][\w-]*", word)} <= known | {"--help"}, line


def test_a_newcomer_is_two_clicks_away_from_each_first_task() -> None:
    """README links to the page, or to a page that links to it."""
    first = re.findall(r"\]\((docs/[\w.-]+)", said(ROOT / "README.md"))
    assert {f"docs/{name}.md" for name in ("tester", "review-in-ci", "deploy", "contributing", "index")} <= set(first)
    listed = set(re.findall(r"\]\(([\w.-]+\.md)", said(ROOT / "docs/index.md")))
    pages = {page.name for page in PAGES if page.parent.name == "docs"} - {"index.md"}
    assert listed == pages, "docs/index.md names every page"


def sheet_of(page: Path, path: Path) -> None:
    """The guide's own table, as a sheet with a title above it."""
    rows = re.findall(r"^\| (?:No|\d+) \|.*$", said(page), re.MULTILINE)
    book = Workbook()
    for row in ([page.stem], [], *([cell.strip() for cell in row.split("|")[1:-1]] for row in rows)):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples, as a checkout has them."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TESTGEN_ENGINE", "outline")
    return tmp_path


def run_all(page: Path) -> None:
    """Runs the page's commands in their order, but for `serve`, which does not end."""
    for line in shown(page):
        found = TESTGEN.match(line)
        if found and not found[1].startswith("serve"):
            done = CliRunner().invoke(app, shlex.split(found[1]))
            assert done.exit_code == 0, f"{line}\n{done.output}"


@pytest.mark.parametrize("name", ["tester.md", "tester.ja.md"])
def test_the_tester_guide_works_from_top_to_bottom(desk: Path, name: str) -> None:
    page = ROOT / "docs" / name
    sheet_of(page, desk / "my-sheet.xlsx")
    run_all(page)
    assert {"procedures.xlsx", "procedures.csv", "test-cases.xlsx"} <= {path.name for path in desk.iterdir()}


def test_the_review_in_ci_works_from_top_to_bottom(desk: Path) -> None:
    (desk / "procedures").mkdir()
    made = CliRunner().invoke(app, ["generate", "examples/refund.en.yaml", "-o", "procedures/refund.yaml"])
    assert made.exit_code == 0, made.output
    (desk / "cases.yaml").write_bytes((ROOT / "examples/refund.en.yaml").read_bytes())
    run_all(ROOT / "docs/review-in-ci.md")
