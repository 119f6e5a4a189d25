"""A specification that is a mail: its frame says nothing of the product."""

from testgen.drafting.outline.reading.mails import frame

MAIL = """From: Dana R.
Subject: RE: swap hold

Hi all, sorry for the back and forth. Final from Fraud:

- swap requested in app => swap right away
Thanks to the hold, calls go on for 24 hrs.

Thx
D.

> On Tue, Marcus wrote:
> is it 24 or 48?"""


def test_headers_greeting_signature_and_what_is_quoted_are_its_frame() -> None:
    told = [line for number, line in enumerate(MAIL.split("\n")) if line and number not in frame(MAIL.split("\n"))]
    assert told == ["- swap requested in app => swap right away", "Thanks to the hold, calls go on for 24 hrs."]


def test_a_text_with_one_such_line_is_no_mail() -> None:
    assert frame(["From: the first day of the month", "To the last", "Thanks"]) == set()
