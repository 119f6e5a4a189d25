"""What of a specification only names what the rest is about."""

import pytest

from testgen.drafting.outline.english import English

ENGLISH = English()


@pytest.mark.parametrize(
    "text",
    ["Routing", "Factory settings", "Operating instructions, draft 4", "Interface AGT-3", "Fields, in this order:", "Screen: KEYS",
     "POST /v2/holds", "})", '{ "item": "b7731" }', "201 Created", "Authorization: Bearer {token}"],
)  # fmt: skip
def test_a_heading_without_a_mark_and_the_frame_of_a_call_are_labels(text: str) -> None:
    assert ENGLISH.is_label(text)


@pytest.mark.parametrize(
    "text",
    ["Never capped", "Release the button", "Stored volumes survive unplugging", "Body weight at least 50.0 kg",
     "Techs cannot clear sev 1", "Typed data are cleared", "Wrong code: 'CODE?' 3 s", "GET /v2/holds lists the queue"],
)  # fmt: skip
def test_what_states_something_is_none(text: str) -> None:
    assert not ENGLISH.is_label(text)
