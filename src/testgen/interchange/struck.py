"""Text that is struck through: teams delete so, and keep what was there to be seen. It is left out, and told."""

import re
from collections import defaultdict
from collections.abc import Mapping, MutableSequence, Sequence

Place = tuple[int, int]
Runs = Sequence[tuple[str, bool]]  # pieces of a cell, and whether each is struck through
_GAP = re.compile(r"\n\s*\n")
# Why a row is struck through, in a cell that is not: 「仕様変更により削除」, "obsolete since 2.1".
_GONE = re.compile(
    r"削除|廃止|不要|対象外|取りやめ|\b(?:deleted?|removed?|obsolete|dropped|cancelled)\b", re.IGNORECASE
)
_SHORT = 60  # characters; more than a reason has


def leave_out(rows: Sequence[MutableSequence[str]], cells: Mapping[Place, Runs]) -> dict[int, str]:
    """Takes struck text out of the rows; `cells` are those that have any, by row and column. Returns it by row.

    A row that goes on after cells that are wholly struck keeps these: they name the case, and its steps would join the one above.
    Where it goes on with nothing but the reason, it is struck as a whole.
    """
    struck: dict[int, list[str]] = defaultdict(list)
    for (row, column), runs in sorted(cells.items()):
        struck[row].append("".join(text for text, gone in runs if gone).strip())
        rows[row][column] = _GAP.sub("\n", "".join(text for text, gone in runs if not gone)).strip()
    for row, texts in struck.items():
        plain = [text for text in rows[row] if text.strip()]
        if len(texts) > 1 and len(plain) == 1 and len(plain[0]) <= _SHORT and _GONE.search(plain[0]):
            texts.append(plain[0])
            rows[row][:] = [""] * len(rows[row])
            continue
        leading = next((column for column, text in enumerate(rows[row]) if text.strip()), 0)
        for column in range(leading):
            rows[row][column] = "".join(text for text, _ in cells.get((row, column), ()))
    return {row: " ".join(filter(None, texts)) for row, texts in struck.items() if any(texts)}
