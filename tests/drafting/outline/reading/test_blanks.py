"""Long runs of blanks are shortened before a case is read; what people write stays as it is."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.reading.blanks import MOST, shortened, without_long_blanks


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a" + " " * MOST + "b", "a" + " " * MOST + "b"),
        ("a" + " " * 2_000 + "b", "a" + " " * MOST + "b"),
        ("a" + "\n" * 2_000 + "  - b", "a\n\n  - b"),
        ("a" + " " * 2_000 + "\nb", "a\nb"),
    ],
)
def test_only_a_run_that_nobody_means_is_shortened(text: str, read: str) -> None:
    assert shortened(text) == read


def test_a_value_of_blanks_is_typed_as_it_stands() -> None:
    case = TestCase(id="T", title="T", test_data={"Name": f"a{' ' * 60}b"}, expected_results=(f"x{' ' * 60}y",))
    read = without_long_blanks(case)
    assert (read.test_data, read.expected_results) == (case.test_data, (f"x{' ' * MOST}y",))
