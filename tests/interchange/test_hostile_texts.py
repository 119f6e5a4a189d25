"""What a file does with its reader: no text of a procedure becomes a picture, a link, a heading, a formula or a second feature."""

import csv
import io
from typing import Any

import pytest
from gherkin.parser import Parser
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from support.procedures import procedure

from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import load_cases, load_entries, load_procedures, read_procedures, write_procedures

HOSTILE = (
    "![x](https://evil.example/p.png)", "[Save](https://evil.example)", "<https://evil.example>", "[a]: https://evil.example", "[a]",
    "a\r# Approved\rb", "a\u2028# Approved", "a\x0b\x0c\x85# Approved", "# Approved", "> quote", "- - deep", "1) one", "~~~", "```",
    "a\r\n\r\n---\r\n", "=====", "<img src=x>", "<!--", "a | b", "\\", "&lt;img&gt;", "&#33;[x](y)", "a\n\n    code", "__x__", "![a][b]",
)  # fmt: skip
ACTIVE = {
    "image",
    "link_open",
    "heading_open",
    "fence",
    "code_block",
    "html_block",
    "html_inline",
    "hr",
    "blockquote_open",
    "em_open",
    "strong_open",
}


def filled_with(text: str) -> Procedure:
    """A procedure in which every text is this one."""
    made = procedure((text, text, text), (text, "", text))
    more = {
        "title": text,
        "preconditions": (text, text),
        "expected_results": (text,),
        "section": (text,),
        "tags": (text,),
    }
    return made.model_copy(update={**more, "test_case_id": text, "test_data": {text: text}})


def tokens(markdown: str) -> list[Token]:
    found: list[Token] = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        found += [token, *(token.children or ())]
    return found


def shape(made: Procedure) -> list[str]:
    """What Markdown makes of it, texts and our own line breaks aside."""
    ours = {"text", "softbreak", "text_special"}
    content = write_procedures([made], "markdown").decode()
    return [token.type for token in tokens(content) if token.type not in ours and token.content != "<br>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_has_the_shape_of_a_procedure_whatever_its_texts_say(text: str) -> None:
    assert shape(filled_with(text)) == shape(filled_with("plain"))


@given(
    st.lists(st.sampled_from([*HOSTILE, "\r", "\n", " ", "(", ")", "]", "!", "x"]), min_size=1, max_size=6)
    .map("".join)
    .filter(str.strip)
)
def test_no_combination_of_them_acts_in_markdown(text: str) -> None:
    plain = [kind for kind in shape(filled_with("plain")) if kind in ACTIVE]
    assert [kind for kind in shape(filled_with(text)) if kind in ACTIVE] == plain


@pytest.mark.parametrize("text", ["[FILL IN: where]", "ORDER_ID", "[保存]を押す"])
def test_what_is_harmless_is_written_plainly(text: str) -> None:
    assert text in write_procedures([filled_with(text)], "markdown").decode()


@pytest.mark.parametrize(
    "text", ["a & b", "C# and F#", "5 > 3", "A-100", "https://shop.example.com/a_b?x=1&y=2", "「保存」!", "3. と書く"]
)
def test_what_testers_write_is_what_markdown_shows(text: str) -> None:
    content = write_procedures([filled_with(text)], "markdown").decode()
    assert content.count("\n") == write_procedures([filled_with("plain")], "markdown").decode().count("\n")
    shown = [
        "".join(child.content for child in token.children or ()) for token in tokens(content) if token.type == "inline"
    ]
    assert shown.count(text) == 8


@pytest.mark.parametrize(
    "text", ["\0=1+1", "\0\0@x", " =1+1", "\u200b=1+1", "\ufeff-1", "\n=1", "\x1f+1", "=1", "'=1", "\0'=1"]
)
def test_a_spreadsheet_runs_no_cell_whatever_stands_before_its_sign(text: str) -> None:
    content = write_procedures([filled_with(text)], "csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(content, newline="")):
        for cell in row:
            assert (
                not cell or cell[0] == "'" or not cell.lstrip("\0\x1f\n \u200b\ufeff").startswith(("=", "+", "-", "@"))
            ), cell


def test_a_cell_of_nothing_but_such_characters_takes_no_time() -> None:
    content = write_procedures([filled_with(f"a{chr(31) * 5000}b"), filled_with(f"{chr(31) * 5000}b")], "csv")
    assert content.count(b"\x1f") > 5000


@pytest.mark.parametrize("text", [" =1+1 x", "\u200b=1+1", "'=1", "- a", "'' x", "=1"])
def test_what_was_neutralised_comes_back_as_it_was(text: str) -> None:
    made = procedure((f"a{text}", text, text))
    [back] = read_procedures(write_procedures([made], "csv"), name="x.csv")
    assert (back.steps[0].test_data, back.steps[0].expected_result) == (text.strip(), text.strip()) or back.steps[
        0
    ].test_data == text


def gherkin(*made: Procedure) -> list[str]:
    return write_procedures(made, "gherkin").decode().split("\n")


def test_gherkin_tags_are_tags_whatever_the_case_calls_them() -> None:
    made = filled_with("x").model_copy(update={"tags": ("@smoke", "@@a@b", "two words", " ", "@", "#1", "c\r@d")})
    [tags] = [line for line in gherkin(made) if line.startswith("  @")]
    assert tags.split() == ["@smoke", "@a_b", "@two_words", "@1", "@c_d"]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_no_text_begins_a_line_of_gherkin(end: str) -> None:
    document = Parser().parse("\n".join(gherkin(filled_with(f"a{end}Feature: b{end}@c{end}| d |"))))
    plain = Parser().parse("\n".join(gherkin(filled_with("a Feature: b @c | d |"))))
    assert _keywords(document) == _keywords(plain)


def _keywords(document: Any) -> list[str]:
    """The keywords of the steps; a line of an expected result is an And of its own, behind which nothing is a keyword."""
    [child] = document["feature"]["children"]
    return [step["keyword"] for step in child["scenario"]["steps"] if step["keyword"] != "And "]


def test_a_gherkin_file_has_one_feature_in_one_language_with_a_rule_for_each_section() -> None:
    one, two = filled_with("x"), filled_with("y").model_copy(update={"language": "ja"})
    lines = gherkin(one, two, one)
    assert sum(line.startswith(("Feature:", "機能:")) for line in lines) == 1
    assert [line.strip() for line in lines if line.strip().startswith("Rule:")] == ["Rule: x", "Rule: y", "Rule: x"]
    assert not any("# language" in line for line in lines)
    japanese = gherkin(two, one)
    assert japanese[0] == "# language: ja"
    assert sum(line.startswith(("Feature:", "機能:")) for line in japanese) == 1
    assert sum(line.strip().startswith("シナリオ:") for line in japanese) == 2
    assert gherkin(one, one)[0] == "Feature: x"
    assert not any("Rule:" in line for line in gherkin(one, one))


HALVES = {
    "cases.json": '[{"id": "1", "title": "a", "expected_results": ["x"]}, {"id": "2", "title": "b\\ud800", "expected_results": ["x"]}]',
    "procedures.json": '[{"id": "1", "title": "a", "steps": ["Open it"]}, {"id": "2", "title": "b", "steps": ["Open \\ud800"]}]',
    "cases.yaml": '- {id: "1", title: a, expected_results: [x]}\n- {id: "2", title: b, expected_results: ["x\\ud800"]}\n',
}


@pytest.mark.parametrize(("name", "text"), HALVES.items(), ids=HALVES)
def test_half_a_character_refuses_its_own_case_only(name: str, text: str) -> None:
    for load in (load_entries, load_procedures if "procedures" in name else load_cases):
        found: Any = load(text.encode(), name=name)
        assert len(found.entries) == 1
        assert found.report(name)[0] == f"{name}: read 1, skipped 1"
        assert "contains half a character (a lone surrogate): retype it" in found.report(name)[1]
        assert "\n".join(found.report(name)).encode(), "what is said can be written"
        with pytest.raises(InvalidInputError, match="half a character"):
            found.whole(name)


def test_half_a_character_in_the_only_case_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="/title .*half a character"):
        load_cases(b'{"id": "2", "title": "b\\ud800", "expected_results": ["x"]}', name="a.json")
