"""Files in the layouts of thirteen tools: what must come out, what must be skipped and why, what is left behind."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from testgen.cli import app
from testgen.domain.errors import UnreadableInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import Loaded, load_cases, load_entries, load_procedures

FOLDER = Path(__file__).parents[1] / "data/imports"
EXPECTED: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
HOLD_PROCEDURES = [name for name, told in EXPECTED.items() if told.get("holds") != "cases"]
_DEFAULTS = {"steps", "id"}


def load(name: str) -> Loaded[Any]:
    content = (FOLDER / name).read_bytes()
    reader = load_cases if EXPECTED[name].get("holds") == "cases" else load_procedures
    return reader(content, name=name)


def test_there_are_sixty_of_thirteen_tools_and_none_is_forgotten() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*") if path.name != "expected.yaml"}
    assert files == set(EXPECTED)
    assert len(files) >= 60
    assert len({name.split("/")[0] for name in files}) == 13


@pytest.mark.parametrize("name", [name for name in EXPECTED if "refused" not in EXPECTED[name]])
def test_what_is_in_it_comes_out(name: str) -> None:
    told, found = EXPECTED[name], load(name)
    assert found.format_name == told["format"]
    assert [_seen(entry, wanted) for entry, wanted in zip(found.entries, told["read"], strict=True)] == told["read"]


@pytest.mark.parametrize("name", [name for name in EXPECTED if "refused" not in EXPECTED[name]])
def test_what_cannot_be_used_is_told_by_row_with_the_reason(name: str) -> None:
    wanted, skipped = EXPECTED[name].get("skipped", []), load(name).skipped
    assert [entry.row for entry in skipped] == [row for row, _ in wanted], skipped
    for entry, (_, reason) in zip(skipped, wanted, strict=True):
        assert reason in entry.reason


@pytest.mark.parametrize("name", [name for name in EXPECTED if "refused" not in EXPECTED[name]])
def test_columns_that_have_no_place_are_named(name: str) -> None:
    assert sorted(load(name).left) == sorted(EXPECTED[name].get("left", []))


@pytest.mark.parametrize("name", [name for name in EXPECTED if "refused" in EXPECTED[name]])
def test_a_file_in_which_nothing_can_be_used_is_refused(name: str) -> None:
    with pytest.raises(UnreadableInputError, match=EXPECTED[name]["refused"]):
        load(name)


@pytest.mark.parametrize("name", HOLD_PROCEDURES)
def test_where_one_case_is_skipped_the_strict_reader_refuses_the_file(name: str) -> None:
    found = load(name)
    if found.skipped:
        with pytest.raises(UnreadableInputError):
            found.whole(name)
    else:
        assert found.whole(name) == found.entries


@pytest.mark.parametrize("name", HOLD_PROCEDURES)
def test_every_file_of_procedures_can_be_generated_from(name: str) -> None:
    found = load_entries((FOLDER / name).read_bytes(), name=name)
    assert all(isinstance(entry, Procedure) for entry in found.entries)
    assert len(found.entries) == len(EXPECTED[name]["read"])


def _seen(entry: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    """The fields that the expectation names, as plain data."""
    data = entry.model_dump(mode="json")
    data["id"] = data.get("test_case_id", data.get("id"))
    if "steps" in wanted:
        data["steps"] = [[step["action"], step["test_data"], step["expected_result"]] for step in data["steps"]]
    return {key: data[key] for key in wanted}


@pytest.mark.parametrize("name", HOLD_PROCEDURES)
def test_the_command_line_reads_every_file_and_says_what_it_skipped(name: str) -> None:
    done = CliRunner().invoke(app, ["convert", str(FOLDER / name), "--dry-run"])
    assert (done.exit_code, done.exception) == (0, None), done.output
    assert f"{len(EXPECTED[name]['read'])} procedures with" in done.stderr
    skipped = len(EXPECTED[name].get("skipped", []))
    assert (f"skipped {skipped}" in done.stderr) is bool(skipped)
