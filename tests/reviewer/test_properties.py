"""Whatever a text is: spans lie inside their field, excerpts are the text there, and nothing is raised."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.procedures import procedure

from testgen.domain.glossary import Glossary
from testgen.domain.language import Language
from testgen.domain.procedure import Finding, Procedure
from testgen.domain.test_case import TestCase
from testgen.reviewer import review

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
# Texts that are nearly steps, so that rules really fire.
PIECES = [
    "Enter",
    " some text",
    " and ",
    "click",
    ' "Save"',
    "。",
    "「保存」",
    "を押し、",
    "確認する",
    "任意の",
    "正しく",
    " if ",
    "\n",
    "'''",
    "[FILL IN: x]",
    "𠮷",
    "👩‍💻",
    "手順2〜3を",
    "５回",
    "A-17",
    "https://x.y/z",
    " ",
    "?",
]
NEARLY = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
TEXTS = ANY | NEARLY
GLOSSARY = Glossary.parse(
    {"terms": [{"term": "押す", "instead_of": ["押", "click"]}], "style": {"ending": "する", "brackets": "「」"}}
)
CASE = TestCase(id="T", title="T", specification="x", expected_results=("「保存」と表示される", "not shown"))


def text_at(steps: Procedure, finding: Finding) -> str:
    parts = finding.field.strip("/").split("/")
    if parts[0] == "expected_results":
        return CASE.expected_results[int(parts[1])]
    return str(getattr(steps.steps[int(parts[1])], parts[2]) or "")


@settings(max_examples=300, deadline=None)
@given(action=TEXTS.filter(bool), expected=TEXTS, data=TEXTS, language=st.sampled_from(["ja", "en"]))
def test_every_span_lies_in_its_field_and_every_excerpt_is_what_stands_there(
    action: str, expected: str, data: str, language: Language
) -> None:
    steps = procedure((action, data, expected), (action, data, expected), language=language)
    for finding in review(steps, CASE, glossary=GLOSSARY).findings:
        if finding.span is None:
            assert finding.excerpt == ""
            continue
        start, end = finding.span
        text = text_at(steps, finding)
        assert 0 <= start <= end <= len(text), finding
        assert finding.excerpt == text[start:end]


@settings(max_examples=100, deadline=None)
@given(action=NEARLY.filter(bool), expected=NEARLY, language=st.sampled_from(["ja", "en"]))
def test_the_same_input_gives_the_same_findings(action: str, expected: str, language: Language) -> None:
    steps = procedure((action, expected), language=language)
    assert review(steps, CASE) == review(steps, CASE)


LONG = 60_000
HARMFUL = [
    "a",
    "click ",
    "(",
    "'",
    '"a',
    "ensure is ",
    "click a ",
    "a.",
    " ",
    "1",
    "a@",
    "a,",
    "[FILL IN ",
    "[A",
    "「",
    "を押し、",
    "手順1",
    "wait for ",
    "enter your w ",
    "【要記入",
]


@pytest.mark.parametrize("piece", HARMFUL)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_text_holds_the_review_up(piece: str, language: Language) -> None:
    """Patterns are linear and texts are bounded: else it hangs for minutes here, or the tokenizer refuses. The bound tells
    hanging from working; speed is measured in bench/."""
    text = (piece * LONG)[:LONG]
    started = time.process_time()
    review(procedure((text or "x", text, text), language=language), CASE, glossary=GLOSSARY)
    assert time.process_time() - started < 30
