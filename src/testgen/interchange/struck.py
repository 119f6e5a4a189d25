"""Text that is struck through: teams delete so, and keep what was there to be seen. It is left out, and told."""

import re
from collections import defaultdict
from collections.abc import Mapping, MutableSequence, Sequence

Place = tuple[int, int]
Runs = Sequence[tuple[str, bool]]  # pieces of a cell, and whether each is struck through
_GAP = re.compile(r"\n\s*\n")


def leave_out(rows: Sequence[MutableSequence[str]], cells: Mapping[Place, Runs]) -> dict[int, str]:
    """Takes struck text out of the rows; `cells` are those that have any, by row and column. Returns it by row.

    A row that goes on after cells that are wholly struck keeps these: they name the case, and its steps would join the one above.
    """
    struck: dict[int, list[str]] = defaultdict(list)
    for (row, column), runs in sorted(cells.items()):
        struck[row].append("".join(text for text, gone in runs if gone).strip())
        rows[row][column] = _GAP.sub("\n", "".join(text for text, gone in runs if not gone)).strip()
    for row in struck:
        leading = next((column for column, text in enumerate(rows[row]) if text.strip()), 0)
        for column in range(leading):
            rows[row][column] = "".join(text for text, _ in cells.get((row, column), ()))
    return {row: " ".join(filter(None, texts)) for row, texts in struck.items() if any(texts)}
