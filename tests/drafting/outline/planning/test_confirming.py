"""A confirmation is checked behind the act that sends it."""

from testgen.drafting.outline.model import Act, Planned
from testgen.drafting.outline.planning.confirming import sent_first


def step(kind: str, text: str, *told: str) -> Planned:
    return Planned("action" if kind == "action" else "check", Act(text), told=list(told))


def test_the_act_that_sends_comes_before_the_checks_of_its_confirmation() -> None:
    entered, seen = step("action", "Enter the date"), step("check", "Check the step", "The step is marked")
    page, mail = (
        step("check", "Check it", "Confirmation page shows a number"),
        step("check", "Check it", "Mail is there"),
    )
    sent = step("action", "Submit the claim")
    assert sent_first([entered, seen, page, mail, sent]) == [entered, seen, sent, page, mail]
    assert sent_first([entered, seen, sent]) == [entered, seen, sent]
