"""Fields of marks alone, of one word or of halves: the engine has a procedure for each, in both languages."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline

MARKS = (".", "...", ",", "、", "→", "; ;", "「」", '"', "()", "12", "0 0", "x →", "→ x", "Word", "語")
HALVES = (
    "and",
    "when ,",
    "If",
    "Then",
    "前提",
    "を",
    "こと",
    "Log out, and .",
    "、、を削除し、",
    "1→→2",
    "N/A",
    "ダミー",
)
FIELDS = ("preconditions", "expected_results", "postconditions")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("text", [*MARKS, *HALVES])
def test_an_odd_text_is_no_failure(text: str, language: str) -> None:
    plain = {"id": "x", "title": "A test", "expected_results": ["Done"], "language": language}
    odd = {"title": text, "specification": text, "test_data": {text: text}}
    for told in (*({field: [text]} for field in FIELDS), odd, {**odd, **{field: [text] for field in FIELDS}}):
        case = TestCase.parse({**plain, **told})
        assert outline(case, case.resolved_language())[0]


@pytest.mark.parametrize("text", [f"On {'a' * 250}!: the page is shown", f"The {'a' * 1500}!, b and {'c' * 300}!"])
def test_a_long_word_is_read(text: str) -> None:
    case = TestCase.parse({"id": "x", "title": "A test", "expected_results": [text]})
    assert outline(case, "en")[0]
