"""Drawn texts through the outline engine and the review: a procedure comes out, and the review raises nothing."""

from contextlib import suppress

import pytest
from hypothesis import strategies as st
from support.fuzz import draw, report, texts
from support.procedures import procedure

import testgen
from testgen.config import ServiceConfig
from testgen.domain.background import Background
from testgen.domain.errors import TestgenError
from testgen.domain.glossary import Glossary
from testgen.domain.language import LANGUAGES, Language
from testgen.domain.test_case import TestCase
from testgen.reviewer import review

OUTLINE = ServiceConfig(engine="outline")
GLOSSARY = Glossary.parse(
    [{"term": "押す", "instead_of": ["押下する", "クリック"]}, {"term": "click", "instead_of": ["push"]}]
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_text_is_outlined(language: Language) -> None:
    @st.composite
    def cases(drawn: st.DrawFn) -> dict[str, object]:
        return {
            "id": "T",
            "title": f"T {drawn(texts(3))}"[:300],
            "specification": drawn(texts())[:20_000],
            "preconditions": [f"p{text}"[:2000] for text in drawn(st.lists(texts(6), max_size=3))],
            "expected_results": [f"e{text}"[:2000] for text in drawn(st.lists(texts(8), min_size=1, max_size=3))],
            "test_data": {text[:300]: text[:2000] for text in drawn(st.lists(texts(2), max_size=3))},
            "language": language,
        }

    def outline(data: dict[str, object]) -> None:
        case = TestCase.parse(data)
        with suppress(TestgenError):
            assert testgen.generate(case, config=OUTLINE).steps

    report(f"outlined in {language}", [draw(cases(), outline, examples=12, share=1 / 4)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_step_is_reviewed(language: Language) -> None:
    row = st.tuples(texts(12).map(lambda text: f"x{text}"[:2000]), texts(4), texts(12))

    def check(rows: list[tuple[str, str, str]]) -> None:
        made = procedure(*((action, data[:2000], result[:2000]) for action, data, result in rows), language=language)
        case = TestCase(
            id="T", title="T", specification=rows[0][2][:20_000], expected_results=(f"e{rows[0][2]}"[:2000],)
        )
        for finding in (*review(made, case, background=Background.of(GLOSSARY)).findings, *review(made).findings):
            assert finding.message

    report(f"reviewed in {language}", [draw(st.lists(row, min_size=1, max_size=6), check, examples=12, share=1 / 4)])
