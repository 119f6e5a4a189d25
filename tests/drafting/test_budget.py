"""The budget: an estimate that is never too low, and an error that names the field."""

import pytest
from support.cases import EN

from testgen.domain.errors import CaseTooLongError
from testgen.domain.ports import Message
from testgen.domain.test_case import TestCase
from testgen.drafting.budget import estimate_tokens, require_fit


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("word", 1),
        ("password", 2),
        ("a b c", 3),
        ("12345", 5),
        ('["a"]', 5),
        ("日本語です", 5),
        ("🎉", 4),
        ("a  b", 3),
        ("\n", 0),
    ],
)
def test_the_estimate_counts_kana_han_digits_and_signs_one_by_one(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens


def test_a_case_that_fits_passes_with_its_estimate() -> None:
    assert require_fit([Message("user", "word " * 10)], EN, num_ctx=2048, num_predict=1024) < 1024


def test_a_case_that_does_not_fit_names_the_longest_field_and_the_budget() -> None:
    case = TestCase(id="x", title="t", specification="仕様" * 3000, expected_results=("y",))
    with pytest.raises(CaseTooLongError) as caught:
        require_fit([Message("user", case.specification or "")], case, num_ctx=4096, num_predict=1024)
    problem = caught.value.problems[0]
    assert problem.pointer == "/specification"
    assert "6008 tokens for the prompt and 1024 for the answer exceed the context of 4096" in problem.message
    assert "by about 2936" in problem.message


def test_a_field_is_not_to_be_shortened_by_more_than_it_has() -> None:
    case = TestCase(id="x", title="t", specification="short", expected_results=("y",))
    with pytest.raises(CaseTooLongError) as caught:
        require_fit([Message("user", "word " * 2000)], case, num_ctx=2048, num_predict=1024)
    assert "split the case, raise num_ctx, or lower num_predict" in caught.value.problems[0].message
