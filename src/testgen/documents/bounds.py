"""Limits for documents, wherever they come from. Each limit is far above what people write, and far below what does harm."""

from testgen.messages import say
from testgen.workers import Job

LARGEST = 64 << 20  # bytes of a file
MOST_PAGES = 300  # of a PDF: a tenth of a second each
MOST_SLIDES = 500
MOST_TEXT = 1_000_000  # characters of a document; 500 pages of Japanese have half of them
MOST_ROWS = 30_000  # of all tables of a document
MOST_COLUMNS = 100
READ_DOCUMENT = Job(say("reading it"), say("split the document, and give the relevant part"), seconds=40, mebibytes=400)


class Tally:
    """Counts what a reader has found, and ends the reading if it is too much."""

    def __init__(self) -> None:
        self._text = 0
        self._rows = 0

    def text(self, text: str) -> None:
        """Adds a number of characters.

        Raises:
            ValueError: there are too many.
        """
        self._text += len(text)
        if self._text > MOST_TEXT:
            raise ValueError(
                say("contains more than {most:,} characters, which is the limit: split it", most=MOST_TEXT)
            )

    def row(self) -> None:
        """Adds a row.

        Raises:
            ValueError: there are too many.
        """
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise ValueError(
                say(
                    "has more than {most:,} rows in its tables, which is the limit: split it",
                    most=MOST_ROWS,
                )
            )
