"""Writing procedures."""

import json

import pytest
import yaml
from support.cases import EN, JA

import testgen
from testgen.config import ServiceConfig
from testgen.domain.procedure import Procedure
from testgen.interchange import write_procedures
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
