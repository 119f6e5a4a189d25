"""What people read first: can it be carried out, and if not, which steps need a person."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from support.procedures import procedure

from testgen.domain.language import Language
from testgen.domain.procedure import Finding, Procedure, Readiness
from testgen.interchange import read_cases, read_procedures, write_procedures
from testgen.interchange.readiness import told


def finding(rule: str, field: str, step: int | None = None, severity: str = "error") -> Finding:
    return Finding.model_validate(
        {"rule": rule, "severity": severity, "step": step, "field": field, "message": "something"}
    )


def opens(*steps: int) -> list[Finding]:
    return [finding("open-question", f"/steps/{step - 1}/action", step, "warning") for step in steps]


ERRORS = [finding("eager-action", "/steps/1/action", 2), finding("expected-result-not-covered", "/expected_results/0")]


def made(readiness: Readiness | None, *findings: Finding, language: Language = "en") -> Procedure:
    steps = {"en": ("Open it", "It is open"), "ja": ("開く", "開いている")}[language]
    return procedure(steps, steps, steps, language=language).model_copy(
        update={"readiness": readiness, "findings": findings, "test_data": {"user id": "mori", "note": "a\nb"}}
    )


@pytest.mark.parametrize(
    ("language", "readiness", "findings", "wanted"),
    [
        ("en", None, [], ""),
        ("en", "ready", [], "Ready"),
        ("ja", "ready", [], "実施可"),
        ("en", "open_points", opens(2, 2), "Open points to fill in (step 2)"),
        ("ja", "open_points", opens(3, 1), "要記入（手順1、3）"),
        ("en", "skeleton", [*ERRORS, *opens(1, 3)],
         "Skeleton, to be completed by hand (errors: step 2, expected result 1; open points: steps 1, 3)"),
        ("ja", "skeleton", [*ERRORS, *opens(1)], "骨子のみ・要加筆（誤り：手順2・期待結果1／未記入：手順1）"),
        ("en", "skeleton", [finding("low-information", "/steps", severity="info")], "Skeleton, to be completed by hand"),
    ],
)  # fmt: skip
def test_one_line_says_it_and_where(
    language: Language, readiness: Readiness | None, findings: list[Finding], wanted: str
) -> None:
    assert told(made(readiness, *findings, language=language)) == wanted


STATE = "Open points to fill in (step 2)"


def test_markdown_says_it_above_everything_else() -> None:
    text = write_procedures([made("open_points", *opens(2))], "markdown").decode()
    assert text.split("\n")[:3] == ["# T-1 T", "", f"**Readiness: {STATE}**"]
    assert "- user id: mori\n- note: a<br>b\n" in text


def test_gherkin_says_it_in_a_comment_of_the_scenario() -> None:
    text = write_procedures([made("open_points", *opens(2))], "gherkin").decode()
    assert f"  # Readiness: {STATE}\n  Scenario: T-1 T\n" in text


def test_excel_says_it_beside_the_id_in_colour() -> None:
    book: Any = load_workbook(
        io.BytesIO(write_procedures([made("open_points", *opens(2)), made("ready"), made("skeleton")], "xlsx"))
    )
    sheet = book["Test procedures"]
    assert [sheet.cell(row, 2).value for row in (1, 2, 5)] == ["Readiness", STATE, "Ready"]
    assert len({sheet.cell(row, 2).fill.start_color.rgb for row in (2, 5, 8)}) == 3


@pytest.mark.parametrize("name", ["qase-csv", "testlink-xml", "csv"])
def test_other_formats_say_it_where_they_have_a_place(name: str) -> None:
    text = write_procedures([made("open_points", *opens(2))], name).decode("utf-8-sig")
    assert STATE in text
    assert "user id: mori" in text


def test_qase_calls_actual_only_what_can_be_carried_out() -> None:
    states = {
        readiness: write_procedures([made(readiness)], "qase-csv").decode().split("is-not-automated,")[1].split(",")[0]
        for readiness in ("ready", "open_points", "skeleton")
    }
    assert states == {"ready": "actual", "open_points": "draft", "skeleton": "draft"}


@pytest.mark.parametrize("name", ["json", "yaml", "csv", "xlsx"])
def test_test_data_come_back(name: str) -> None:
    before = made("ready")
    [after] = read_procedures(write_procedures([before], name), name="file", source_format=name)
    assert after.test_data == before.test_data
    if name in ("csv", "xlsx"):
        assert after.custom == {}, "the column of the readiness is known, and no team's own"
        [case] = read_cases(write_procedures([before], name), name="file", source_format=name)
        assert case.test_data == before.test_data
