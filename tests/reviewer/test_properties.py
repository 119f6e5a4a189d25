"""Whatever a text is: spans lie inside their field, excerpts are the text there, and nothing is raised."""

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.procedures import procedure

from testgen.domain.background import Background
from testgen.domain.glossary import Glossary
from testgen.domain.language import Language
from testgen.domain.procedure import Finding, Procedure
from testgen.domain.test_case import TestCase
from testgen.repair import REVIEW
from testgen.reviewer import english_clauses, likeness, patterns, review, subject
from testgen.reviewer.reviewer import MOST_FINDINGS
from testgen.text import sentences

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
    for finding in review(steps, CASE, background=Background.of(GLOSSARY)).findings:
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


SHORT = 2_000  # characters; the harmful texts are four times as long
HARMFUL = [
    "a", "click ", "(", ")", "'", '"a', "ensure is ", "click a ", "a.", " ", "1", "a@", "a,", "[FILL IN ", "[A", "「", "を押し、",
    "手順1", "wait for ", "enter your w ", "【要記入", ".", "!?", "\n", ". ", "1,", "and then ", "then the ", "check ", "“a", "`",
    "'''a", "http://a", "a-", "at a, ", "if ", "押す。", "しないでも", "\u3000", "1 s", "to a ", "you have ", "a://b)", "www.a.", "//a.", "\\\\a\\", "1.1.1.1/", "file:",
]  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """Of the processor."""
    started = time.process_time()
    work()
    return time.process_time() - started


@pytest.mark.parametrize("piece", HARMFUL)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_four_times_the_text_takes_about_four_times_as_long(
    piece: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pattern of quadratic cost takes sixteen times, one of cubic cost for ever. Texts are reviewed whole here."""
    monkeypatch.setattr(subject, "LONGEST", 4 * SHORT + 1)

    def review_of(size: int) -> float:
        text = (piece * size)[:size] + "x"
        steps = procedure((text, text, text), language=language)

        def work() -> None:
            for cached in (
                *(subject._masked, subject._read, patterns._found, likeness.content, likeness.negative),
                *(english_clauses.actions, sentences.sentence_spans),
            ):
                cached.cache_clear()
            review(steps, CASE, background=Background.of(GLOSSARY))

        return seconds(work)

    tries = [(review_of(SHORT), review_of(4 * SHORT))]
    while tries[-1][1] >= 8 * tries[-1][0] + 0.2:  # whatever else runs here may slow a try down
        assert len(tries) < 3, tries
        tries.append((review_of(SHORT), review_of(4 * SHORT)))


@pytest.mark.parametrize("piece", ["不正値", "長い文字列", "有効な一"])
def test_a_digit_at_the_end_of_long_data_costs_nothing(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes a value of what looked like none at each place before it, so that a pattern tries all of them."""
    monkeypatch.setattr(subject, "LONGEST", 4 * SHORT + 1)
    data = (piece * 4 * SHORT)[: 4 * SHORT] + "1"
    steps = procedure(("「保存」を押す", data, "保存される"), language="ja")
    tries = [seconds(lambda: review(steps, CASE))]
    while tries[-1] >= 0.3:
        assert len(tries) < 3, tries
        patterns._found.cache_clear()
        tries.append(seconds(lambda: review(steps, CASE)))


def test_the_largest_procedure_is_reviewed_within_its_deadline() -> None:
    """Sixty steps as long as they are read, a case with fifty results and a glossary of as many words as it may have."""
    text = ("画面を開き、表示でも、click the Save button and " * 100)[: subject.LONGEST]
    steps = procedure(*[(f"{number}{text}", text, f"{number}{text}") for number in range(60)], language="ja")
    case = TestCase(id="T", title="T", expected_results=[f"{number}でも、{text}"[:2000] for number in range(50)])
    words = [{"term": f"語{n}", "instead_of": [f"w{n}x{m}" for m in range(30)]} for n in range(160)]
    started = time.process_time()
    found = review(steps, case, background=Background.of(Glossary.parse(words))).findings
    # Coverage makes each line several times as dear.
    assert time.process_time() - started < REVIEW.seconds * (5 if sys.gettrace() else 1)
    assert len(found) <= MOST_FINDINGS
