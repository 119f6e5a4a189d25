"""Writing procedures."""

import json

import pytest
import yaml
from support.cases import EN, JA

import testgen
from testgen.config import ServiceConfig
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import read_procedures, write_procedures
from testgen.interchange.registry import WRITABLE

OUTLINE = ServiceConfig(engine="outline")


@pytest.fixture(scope="module")
def procedures() -> list[Procedure]:
    return [testgen.generate(case, config=OUTLINE) for case in (EN, JA)]


@pytest.mark.parametrize(("name", "load"), [("json", json.loads), ("yaml", yaml.safe_load)])
def test_one_is_an_object_and_several_are_an_array_and_both_come_back_equal(
    name: str, load: object, procedures: list[Procedure]
) -> None:
    one = load(write_procedures(procedures[:1], name))  # type: ignore[operator]
    several = load(write_procedures(procedures, name))  # type: ignore[operator]
    assert Procedure.model_validate(one) == procedures[0]
    assert [Procedure.model_validate(entry) for entry in several] == procedures


def test_japanese_is_written_as_japanese(procedures: list[Procedure]) -> None:
    for name in WRITABLE:
        if name != "xlsx":  # whose text is in a ZIP
            assert "ログイン" in write_procedures(procedures[1:], name).decode()


def test_markdown_is_a_table_in_the_procedures_language(procedures: list[Procedure]) -> None:
    text = write_procedures(procedures[1:], "markdown").decode()
    assert text.startswith("# T-2 ログイン\n")
    assert "| 手順 | 種別 | 操作 | テストデータ | 期待結果 | 検証 |\n| --- |" in text
    assert text.count("\n| ") == len(procedures[1].steps) + 2


def test_nothing_in_a_cell_can_break_the_table(procedures: list[Procedure]) -> None:
    step = procedures[0].steps[0].model_copy(update={"action": "a | b\nc <img> `x` *y*", "test_data": "\\"})
    text = write_procedures([procedures[0].model_copy(update={"steps": (step,)})], "markdown").decode()
    row = (
        text.splitlines()[-1]
        if text.splitlines()[-1].startswith("| 1")
        else next(line for line in text.splitlines() if line.startswith("| 1"))
    )
    assert r"a \| b<br>c \<img> \`x\` \*y\*" in row
    assert row.replace(r"\|", "").count("|") == 7


@pytest.mark.parametrize("name", WRITABLE)
def test_a_section_as_long_as_it_may_be_is_written_or_refused_by_its_case(
    name: str, procedures: list[Procedure]
) -> None:
    deep = procedures[0].model_copy(update={"section": tuple(f"s{number}" for number in range(1_000))})
    if name != "testlink-xml":
        assert write_procedures([deep], name)
        return
    with pytest.raises(
        InvalidInputError, match=rf"the section of '{deep.test_case_id}' has 1,000 parts: at most 90 suites"
    ):
        write_procedures([deep], name)
    most = procedures[0].model_copy(update={"section": tuple(f"s{number}" for number in range(90))})
    [back] = read_procedures(write_procedures([most], name), name="x.xml")
    assert back.section == most.section


def test_a_line_break_of_windows_is_one_line_break_in_testlink(procedures: list[Procedure]) -> None:
    step = procedures[0].steps[0].model_copy(update={"action": "one\r\ntwo\rthree"})
    made = procedures[0].model_copy(update={"steps": (step,)})
    written = write_procedures([made], "testlink-xml").decode()
    assert "<![CDATA[one<br/>two<br/>three" in written
