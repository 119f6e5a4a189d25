"""What a reader finds in a document, in reading order, before it is cut into passages."""

from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """A heading (`level` 1 and deeper), a paragraph (`text`) or a table (`rows`, the first of which is the header). `at` is its page,
    slide or sheet; `row` is the number of a table's first row on its sheet, counted from 1, or 0 if there is none."""

    text: str = ""
    level: int = 0
    rows: Rows = ()
    at: str = ""
    row: int = 0
