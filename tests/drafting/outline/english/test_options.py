"""Labels that name an option of the specification, or a call by its method."""

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.engine import outline
from testgen.drafting.outline.english.options import chosen


def _actions(specification: str, *results: str, title: str = "Metadata") -> list[str]:
    case = TestCase(id="A-1", title=title, specification=specification, expected_results=list(results), language="en")
    return [step.action for step in outline(case, "en")[0]]


def test_an_option_with_boxes_bars_or_quotes_is_chosen() -> None:
    assert _actions(
        "The app asks:\n ( ) This event\n ( ) This and following events",
        "This event -> only 16 June moves",
        "This and following -> later ones move",
    ) == ['Choose "This event"', 'Choose "This and following events"']
    assert _actions("Metadata: All | None.", "None: no EXIF block") == ['Choose "None"']
    assert chosen("Keep, box ticked", 'It asks "Keep" or "Remove".') == 'choose "Keep", box ticked'


def test_what_the_specification_does_not_offer_is_none() -> None:
    assert chosen("Adult", "Fines: adults pay 25p.") == ""
    assert chosen("All", "Metadata: Allowed | None") == ""


def test_a_call_is_sent_by_whom_the_label_names() -> None:
    patch = "PATCH /items/1 needs If-Match."
    assert _actions(patch, "A PATCHes with the old ETag: 412", title="Stale ETag is rejected") == [
        "As A, send `PATCH /items/1` with the old ETag"
    ]
