"""The order of the steps: setup first, clean-up last, and nothing undone before it could have an effect."""

from collections.abc import Sequence

import pytest
from support.procedures import procedure

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, StepKind
from testgen.domain.test_case import TestCase
from testgen.reviewer import review

STEPS: dict[Language, tuple[tuple[str, str], tuple[str, str]]] = {
    "en": (("Delete the order", "The order is gone"), ("Open the order list", "The order is listed")),
    "ja": (("注文を削除する", "注文がなくなる"), ("注文一覧を開く", "注文が表示される")),
}


def found(made: Procedure, case: TestCase | None = None) -> set[tuple[str, str, int | None]]:
    return {(one.rule, one.severity, one.step) for one in review(made, case).findings}


def verifying(made: Procedure, *claims: tuple[int, ...]) -> Procedure:
    steps = [step.model_copy(update={"verifies": claim}) for step, claim in zip(made.steps, claims, strict=True)]
    return made.model_copy(update={"steps": tuple(steps)})


@pytest.mark.parametrize("language", STEPS)
@pytest.mark.parametrize(
    ("kinds", "early"),
    [
        (("cleanup", "action"), True),
        (("cleanup", "check"), True),
        (("action", "cleanup"), False),
        (("cleanup", "cleanup"), False),
    ],
)
def test_nothing_is_tested_behind_the_cleanup(language: Language, kinds: Sequence[StepKind], early: bool) -> None:
    made = procedure(*STEPS[language], language=language, kinds=kinds)
    assert (("early-cleanup", "error", 1) in found(made)) is early


@pytest.mark.parametrize("language", STEPS)
def test_the_test_has_begun_before_it_is_prepared(language: Language) -> None:
    made = procedure(*STEPS[language], language=language, kinds=("action", "setup"))
    assert ("misplaced-precondition", "warning", 2) in found(made)
    made = procedure(*STEPS[language], language=language, kinds=("setup", "action"))
    assert not {one for one in found(made) if one[0] == "misplaced-precondition"}


ENTRIES: dict[Language, tuple[tuple[str, str, str], tuple[str, str, str], tuple[str, str]]] = {
    "en": (
        ("Enter the amount", "5000.00", "The amount is 5000.00"),
        ("Enter the amount", "5000.01", "The amount is 5000.01"),
        ("Press Submit", "The claim is in the queue"),
    ),
    "ja": (
        ("金額を入力する", "5000", "金額が 5000 になる"),
        ("金額を入力する", "5001", "金額が 5001 になる"),
        ("申請ボタンを押す", "申請が一覧に載る"),
    ),
}


@pytest.mark.parametrize("language", ENTRIES)
def test_a_value_is_used_before_the_next_one_is_entered(language: Language) -> None:
    first, second, submit = ENTRIES[language]
    lost = ("result-without-trigger", "error", 1)
    assert lost in found(verifying(procedure(first, second, submit, language=language), (), (), (1,)))
    assert lost not in found(verifying(procedure(first, submit, second, language=language), (), (1,), ()))
    # What the field shows may be what is tested.
    assert lost not in found(verifying(procedure(first, second, submit, language=language), (1,), (), ()))
    assert lost not in found(procedure(first, second, submit, language=language))


def test_what_prepares_the_test_does_not_expect_something_else_of_the_same_request() -> None:
    refused = ("GET /orders?page=0", "The status is 400")
    answered = ("GET /orders?page=0", "The page is at least 0")
    contradicted = ("several-results", "error", 1)
    assert contradicted in found(procedure(answered, refused, kinds=("setup", "action")))
    assert contradicted not in found(procedure(refused, refused, kinds=("setup", "action")))
    # Behind another action the product may well answer differently.
    made = procedure(answered, ("Delete all orders", "No order is left"), refused, kinds=("setup", "action", "action"))
    assert contradicted not in found(made)


BUTTON = TestCase(id="T", title="T", expected_results=("The drive does not start when the button is released",))


@pytest.mark.parametrize(
    ("action", "triggered"),
    [("Press the emergency stop button again", False), ("Release the button", True), ("Reset the drive", False)],
)
def test_a_button_that_is_pressed_is_not_released(action: str, triggered: bool) -> None:
    made = verifying(procedure((action, "The drive does not start when the button is released")), (1,))
    assert (("result-without-trigger", "error", 1) not in found(made, BUTTON)) is triggered


def test_what_a_cleanup_does_brings_no_result() -> None:
    case = TestCase(id="T", title="T", expected_results=("After 5 minutes the display goes dark",))
    wait, look = (
        ("Wait 5 minutes", "The time is over"),
        ("Look at the display", "After 5 minutes the display goes dark"),
    )
    lost = ("result-without-trigger", "error", 2)
    assert lost not in found(verifying(procedure(wait, look), (), (1,)), case)
    assert lost in found(verifying(procedure(wait, look, kinds=("cleanup", "check")), (), (1,)), case)
