"""What a reader finds in a document, in reading order, before it is cut into passages."""

from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """A heading (`level` 1 and deeper), a paragraph (`text`), or a table (`rows`, the first one its header). `at` is the page, slide or
    sheet that it stands on, `row` the number of a table's first row on its sheet, from 1; 0 where there is none."""

    text: str = ""
    level: int = 0
    rows: Rows = ()
    at: str = ""
    row: int = 0
