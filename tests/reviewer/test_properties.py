"""Whatever a text is: spans lie inside their field, excerpts are the text there, and nothing is raised."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.odd_texts import GLOSSARY, TRIED, largest_review, run
from support.procedures import procedure
from support.tools import examples

from testgen.domain.background import Background
from testgen.domain.language import Language
from testgen.domain.procedure import Finding, Procedure
from testgen.domain.test_case import TestCase
from testgen.reviewer import review, subject
from testgen.reviewer.reviewer import MOST_FINDINGS

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
# Texts that are nearly steps, so that rules really fire.
NEAR_STEPS = [
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
NEARLY = st.lists(st.sampled_from(NEAR_STEPS), max_size=10).map("".join)
TEXTS = ANY | NEARLY
CASE = TestCase(id="T", title="T", specification="x", expected_results=("「保存」と表示される", "not shown"))


def text_at(steps: Procedure, finding: Finding) -> str:
    parts = finding.field.strip("/").split("/")
    if parts[0] == "expected_results":
        return CASE.expected_results[int(parts[1])]
    return str(getattr(steps.steps[int(parts[1])], parts[2]) or "")


@settings(max_examples=examples(300), deadline=None)
@given(action=TEXTS.filter(bool), expected=TEXTS, data=TEXTS, language=st.sampled_from(["ja", "en"]))
def test_every_span_lies_in_its_field_and_every_excerpt_is_what_stands_there(
    action: str, expected: str, data: str, language: Language
) -> None:
    steps = procedure((action, data, expected), (action, data, expected), language=language)
    for finding in review(steps, CASE, background=Background.of(GLOSSARY)).findings:
        if finding.span is None:
            assert finding.excerpt == ""
            continue
        start, end = finding.span
        text = text_at(steps, finding)
        assert 0 <= start <= end <= len(text), finding
        assert finding.excerpt == text[start:end]


@settings(max_examples=examples(100), deadline=None)
@given(action=NEARLY.filter(bool), expected=NEARLY, language=st.sampled_from(["ja", "en"]))
def test_the_same_input_gives_the_same_findings(action: str, expected: str, language: Language) -> None:
    steps = procedure((action, expected), language=language)
    assert review(steps, CASE) == review(steps, CASE)


@pytest.mark.uncovered
@pytest.mark.parametrize("piece", TRIED)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_field_of_anything_as_long_as_it_is_read_is_reviewed(piece: str, language: Language) -> None:
    text = run(piece, subject.LONGEST)
    steps = procedure((text, text, text), language=language)
    assert len(review(steps, CASE, background=Background.of(GLOSSARY)).findings) <= MOST_FINDINGS


@pytest.mark.uncovered
@pytest.mark.thorough
def test_the_largest_procedure_has_no_more_findings_than_are_told() -> None:
    steps, case, glossary = largest_review()
    assert 0 < len(review(steps, case, background=Background.of(glossary)).findings) <= MOST_FINDINGS
