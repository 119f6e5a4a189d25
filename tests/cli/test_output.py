"""Whatever option names a file to be written: it is none that is read, none of the team's settings, and no other one that is written."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cases import EN
from support.procedures import procedure
from support.workbooks import workbook
from typer.testing import CliRunner

from testgen.cli import app
from testgen.cli.output import require_writable
from testgen.domain.errors import InvalidInputError

OUTLINE = ("--engine", "outline")
CSV = ("x.csv", "--to", "xray-csv", "--mapping")
FORM = ("--template", "form.xlsx", "--format", "xlsx")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files that a run reads. None of them may have changed when the test ends."""
    monkeypatch.chdir(tmp_path)
    Path("case.json").write_text(EN.model_dump_json(), encoding="utf-8")
    Path("p.json").write_text(procedure(("Click it", "It is shown")).model_dump_json(), encoding="utf-8")
    Path("words.yaml").write_text("terms: [{term: press}]", encoding="utf-8")
    Path("mine.yaml").write_text("columns: {Do: action}", encoding="utf-8")
    Path("form.xlsx").write_bytes(workbook({"Tests": [["ID", "Action", "Expected result"]]}))
    Path("pyproject.toml").write_text("[project]\n", encoding="utf-8")
    Path(".testgen.toml").write_text('glossary = "words.yaml"\ncolumns = "mine.yaml"\n', encoding="utf-8")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    yield
    assert {path: path.read_bytes() for path in before} == before


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert isinstance(done.exception, InvalidInputError), done.output
    return str(done.exception)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("generate", "case.json", *OUTLINE, "-o"), "--output"),
        (("generate", "case.json", *OUTLINE, *FORM, "-o"), "--output"),
        (("evaluate", "case.json", "--model", "outline", "-o"), "--output"),
        (("batch", "case.json", *OUTLINE, "--format", "json", "-o"), "--output"),
        (("improve", "p.json", *OUTLINE, "--case", "case.json", "-o"), "--output"),
        (("rewrite", "p.json", *OUTLINE, "--step", "1", "--case", "case.json", "-o"), "--output"),
        (("review", "p.json", "--case", "case.json", "-o"), "--output"),
        (("review", "p.json", "--case", "case.json", "--write-baseline"), "--write-baseline"),
        (("convert", "p.json", "--to", "json"), "OUTPUT"),
        (("convert", "p.json", "--to", "xlsx", "--template", "form.xlsx"), "OUTPUT"),
        (("convert", "p.json", *CSV), "--mapping"),
    ],
)
def test_no_file_that_is_read_is_overwritten(arguments: tuple[str, ...], named: str) -> None:
    given = {word for word in arguments if Path(word).exists()}
    formats = (
        ()
        if {"--format", "--to"} & {*arguments} or arguments[0] in ("review", "rewrite", "evaluate")
        else ("--format", "json")
    )
    for name in (*sorted(given), "words.yaml", "mine.yaml", ".testgen.toml", "pyproject.toml"):
        assert f"{named} ({name}): is also an input" in refused(*arguments, name, *formats)


def test_a_glossary_and_headings_given_by_option_are_read_too() -> None:
    for option, name in (("--glossary", "g.yaml"), ("--columns", "c.yaml")):
        Path(name).write_bytes(Path("words.yaml" if option == "--glossary" else "mine.yaml").read_bytes())
        assert "is also an input" in refused(
            "generate", "case.json", *OUTLINE, option, name, "--format", "json", "-o", name
        )


def test_settings_of_a_folder_above_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    arguments = ("generate", "../case.json", *OUTLINE, "--format", "json", "-o")
    for name in ("../.testgen.toml", "../words.yaml"):
        assert f"--output ({name}): is also an input" in refused(*arguments, name)
    monkeypatch.chdir(tmp_path)


def test_two_options_do_not_write_the_same_file() -> None:
    assert "--mapping (x.csv): is also the output of OUTPUT" in refused("convert", "p.json", *CSV, "./x.csv")
    assert not Path("x.csv").exists()


@pytest.mark.parametrize("ending", ["", ".lock", ".part"])
def test_a_journal_and_what_lies_beside_it_are_no_file_that_is_read(ending: str) -> None:
    source = Path(f"out.json.journal.jsonl{ending}")
    source.write_bytes(Path("case.json").read_bytes())
    told = refused("batch", str(source), "-o", "out.json", "--mask", *OUTLINE)
    assert f"OUTPUT's journal ({source}): is also an input" in told
    assert source.read_bytes() == Path("case.json").read_bytes()


def test_a_folder_of_features_keeps_the_one_that_is_read() -> None:
    Path("features").mkdir()
    assert CliRunner().invoke(app, ["convert", "p.json", "features"]).exit_code == 0
    feature = next(Path("features").iterdir()).rename("features/T.en.feature")  # as its section will be called
    feature.write_text(feature.read_text(encoding="utf-8") + "# kept by hand\n", encoding="utf-8")
    assert f"OUTPUT ({feature}): is also an input" in refused("convert", str(feature), "features")
    assert "# kept by hand" in feature.read_text(encoding="utf-8")


def test_standard_input_may_be_a_file() -> None:
    before = os.dup(0)
    try:
        with Path("case.json").open("rb") as case:
            os.dup2(case.fileno(), 0)
            with pytest.raises(InvalidInputError, match=r"--output \(case.json\): is also an input"):
                require_writable([("--output", Path("case.json"))], ["-"])
    finally:
        os.dup2(before, 0)
        os.close(before)


def test_a_baseline_is_made_anew_where_it_lies() -> None:
    for _ in range(2):
        assert CliRunner().invoke(app, ["review", "p.json", "--write-baseline", "known.json"]).exit_code == 0
    again = ["review", "p.json", "--baseline", "known.json", "--write-baseline", "known.json"]
    assert CliRunner().invoke(app, again).exit_code == 0


def test_what_has_nothing_to_lose_may_be_named_twice() -> None:
    done = CliRunner().invoke(app, ["convert", "p.json", "/dev/null", "--to", "xray-csv", "--mapping", "/dev/null"])
    assert done.exit_code == 0, done.output
