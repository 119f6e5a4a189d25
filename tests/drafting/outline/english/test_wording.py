"""What English steps look like, and what they leave behind."""

import pytest

from testgen.drafting.outline.english import English

ENGLISH = English()


@pytest.mark.parametrize(
    ("order", "seen"),
    [
        ("Close the door and lock it", "The door is closed"),
        ("As Sam, cancel the appointment in the calendar", "The appointment is cancelled in the calendar"),
        ("Unpublish and delete the episode", "The episode is unpublished and deleted"),
        ("Delete rows of 14 March from the log", "Rows of 14 March are deleted from the log"),
        ("Upload the file a second time", "The file is uploaded a second time"),
        ("Switch flight mode off", "Flight mode is off"),
        ("Switch to flight mode", "The flight mode is on"),
        ("Set the clock to 14:29", "The clock shows 14:29"),
        ("Wait 30 s", "The time has passed"),
        ("Open the app", "The app is open"),
        ("Make sure that this is so: 10x in place", "10x in place"),
        ("Press RESET", "No error message is shown"),
        ("Sign on the display", "No error message is shown"),  # nothing is done to anything
    ],
)
def test_an_order_leaves_something_behind(order: str, seen: str) -> None:
    assert ENGLISH.left(order) == seen
