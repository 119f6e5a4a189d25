"""What an English sentence tells somebody to do, and what a result says of its own trigger."""

import pytest

from testgen.drafting.outline.english import English
from testgen.drafting.outline.model import Wanted

ENGLISH = English()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Closing is started from Payroll > Periods > Close and must be confirmed by typing the code",
            'carry out: "Closing is started from Payroll > Periods > Close and must be confirmed by typing the code"',
        ),
        ("Vehicle drives onto the induction loop", 'carry out: "Vehicle drives onto the induction loop"'),
        ("Backend looks the plate up", None),  # the product
        ("If no subscription is found", None),  # a condition
        ("Outstanding documents", None),  # a heading
    ],
)
def test_a_sentence_in_a_row_of_steps_tells_an_act_where_somebody_else_than_the_product_does_something(
    text: str, told: str | None
) -> None:
    found = ENGLISH.tell(text, [], "", row=True)
    assert (found.acts[0].text if found else None) == told


@pytest.mark.parametrize(
    ("result", "cue"),
    [
        ("Receipt A: the amount is refunded", ("Receipt A", "case")),
        ("After the clerk repeats the close, status becomes CLOSED", ("the clerk repeats the close", "state")),
        ("Vents stay shut after wind drops, then go back", ("wind drops", "state")),
        ("A filing submitted at 00:00:00 is stamped the next day", ("A filing submitted at 00:00:00", "case")),
        ("The door stays shut", ("", "")),
    ],
)
def test_a_result_says_its_trigger_in_its_own_words(result: str, cue: tuple[str, str]) -> None:
    assert ENGLISH.cue(Wanted(1, result, ENGLISH.result(result))) == cue
