"""What the exporters write is read back by readers that are not ours: Cucumber's parser, an XML schema, csv, LibreOffice."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from gherkin.parser import Parser
from hypothesis import given, settings
from hypothesis import strategies as st
from support.procedures import procedure
from support.tools import examples

from testgen.domain.procedure import Procedure
from testgen.interchange import write_procedures
from testgen.interchange.gherkin import write_files

SCHEMA = Path(__file__).parents[1] / "data/testlink.xsd"
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u0085\u2028\u2029\ufffe\uffff")
NASTY = st.sampled_from(
    ["\n", '"""', "\\", "# language: xx", "@a", "|", "<b>", "Given ", "Examples:", "もし", "]]>", '"', "\t1. x"]
)
TEXTS = st.lists(st.text(LETTERS, max_size=8) | NASTY, min_size=1, max_size=5).map("".join).map(str.strip).filter(bool)
SECTIONS = st.lists(st.sampled_from(["A", "B", "決済"]), max_size=2).map(tuple)


@st.composite
def drawn(draw: st.DrawFn) -> list[Procedure]:
    language = draw(st.sampled_from(["ja", "en"]))
    made = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        rows = draw(st.lists(st.tuples(TEXTS, st.just("") | TEXTS, st.just("") | TEXTS), min_size=1, max_size=3))
        update = {
            "test_case_id": f"T-{number}",
            "title": " ".join(draw(TEXTS).split()) or "x",
            "section": draw(SECTIONS),
            "tags": tuple(draw(st.lists(TEXTS, max_size=2))),
            "preconditions": tuple(draw(st.lists(TEXTS, max_size=2))),
            "priority": draw(st.sampled_from([None, "高", "Low"])),
            "type": draw(st.sampled_from([None, "正常系", "異常系", "smoke"])),
        }
        made.append(procedure(*rows, language=language).model_copy(update=update))
    return made


def scenarios(node: Any) -> list[Any]:
    found = []
    for child in node["children"]:
        found += [child["scenario"]] if "scenario" in child else scenarios(child.get("rule", {"children": []}))
    return found


@pytest.mark.uncovered
@settings(max_examples=examples(150), deadline=None)
@given(drawn())
def test_cucumbers_parser_finds_every_scenario_and_step(procedures: list[Procedure]) -> None:
    document = Parser().parse(write_procedures(procedures, "gherkin").decode())
    found = scenarios(document["feature"])
    assert len(found) == len(procedures)
    assert sum(step["keywordType"] == "Action" for scenario in found for step in scenario["steps"]) == sum(
        len(entry.steps) for entry in procedures
    )
    for text in write_files(procedures).values():
        assert Parser().parse(text)["feature"]


@pytest.fixture(scope="module")
def testlinks_schema() -> Any:
    import xmlschema

    return xmlschema.XMLSchema(str(SCHEMA))


@pytest.mark.uncovered
@settings(max_examples=examples(60), deadline=None)
@given(procedures=drawn())
def test_testlinks_schema_takes_every_suite(testlinks_schema: Any, procedures: list[Procedure]) -> None:
    testlinks_schema.validate(write_procedures(procedures, "testlink-xml").decode())


@pytest.mark.uncovered
@settings(max_examples=examples(60), deadline=None)
@given(drawn())
def test_qases_rows_are_what_its_page_asks_for(procedures: list[Procedure]) -> None:
    rows = list(csv.DictReader(io.StringIO(write_procedures(procedures, "qase-csv").decode(), newline="")))
    suites = {row["suite_id"]: row for row in rows if row["suite_without_cases"] == "1"}
    for row in rows:
        assert row["v2.id"] == "" or row["v2.id"].isdigit()
        assert row["suite_parent_id"] == "" or int(row["suite_parent_id"]) < int(row["suite_id"])
        if row["title"]:
            assert row["suite_id"] == "" or row["suite_id"] in suites
            assert row["priority"] in ("high", "medium", "low", "undefined")
            assert row["behavior"] in ("positive", "negative", "undefined")
            cells = [row[name].split("\n") for name in ("steps_actions", "steps_result", "steps_data")]
            assert len({len(lines) for lines in cells}) == 1
            for lines in cells:
                for number, line in enumerate(lines, 1):
                    assert isinstance(json.loads(line.removeprefix(f"{number}. ")), str)


@pytest.mark.uncovered
@settings(max_examples=examples(60), deadline=None)
@given(drawn())
def test_xrays_preconditions_stand_before_the_tests_that_name_them(procedures: list[Procedure]) -> None:
    seen: set[str] = set()
    for row in csv.DictReader(io.StringIO(write_procedures(procedures, "xray-csv").decode(), newline="")):
        assert not row["Issue Key"]
        assert row["Precondition"] == "" or row["Precondition"] in seen
        seen.add(row["Issue ID"])


@pytest.mark.uncovered
@pytest.mark.parametrize("name", ["testrail-csv", "azure-csv", "xray-csv", "qase-csv", "csv"])
@settings(max_examples=examples(30), deadline=None)
@given(procedures=drawn())
def test_every_row_is_as_wide_as_the_header(name: str, procedures: list[Procedure]) -> None:
    rows = list(
        csv.reader(io.StringIO(write_procedures(procedures, name).decode("utf-8-sig"), newline=""), strict=True)
    )
    assert len({len(row) for row in rows}) == 1
