"""Labels above a table: `前提条件 | 会員である`, `前提条件：会員である` in one cell, and short lists below a heading of their own."""

import itertools
import re

from testgen.interchange.columns import HEADINGS, RESULTS, ColumnNames, is_among
from testgen.interchange.ditto import meant
from testgen.interchange.grid import Grid

_LABEL = re.compile(r"\s*([^:：]{1,20})[:：]\s*(.+)", re.DOTALL)
# What people sign with below a table, besides the headings of RESULTS.
_SIGNED = frozenset((
    "承認", "承認者", "承認日", "承認印", "確認", "確認印", "検印", "作成", "作成者", "作成日", "レビュー者", "レビュアー", "レビュー日",
    "審査", "総合判定", "総合結果", "総合評価", "所見", "特記", "補足", "署名", "サイン", "日付", "approved by", "approval", "approver",
    "approved on", "reviewed by", "reviewer", "reviewed on", "signature", "signed by", "sign-off", "author", "prepared by", "tested by",
    "tested on", "tester", "date", "verdict", "overall result", "overall verdict",
))  # fmt: skip
_PAIR = 2  # a label and its value
_LONGEST = 20  # characters of a label
_NAMES_A_CASE = {"id", "title"}
_LISTED = {"preconditions": "preconditions", "postconditions": "postconditions", "test_data": "case_data"}


def head(grid: Grid, names: ColumnNames, start: int, end: int, *, empty: bool) -> dict[str, str]:
    """What labels above the header at `end` say. In an `empty` form one counts although the cell beside it is empty."""
    found: dict[str, str] = {}
    first = begin(grid, names, start, end)
    for row in range(first, end):
        for name, value in _labels(grid, names, row):
            text = value.strip() if empty else meant(name, value.strip(), "")
            if name in HEADINGS and (empty or text):
                found.setdefault(name, text)
    return {**_lists(grid, names, first, end), **found}


def begin(grid: Grid, names: ColumnNames, start: int, end: int) -> int:
    """Where the labels that belong to the header at `end` begin: around one that names a case, `Test Case ID | BU_002`, whatever stands
    between, else directly above the header."""
    row = next((row for row in range(start, end) if _names_a_case(grid, names, row)), end)
    while row > start and (grid.is_free(row - 1) or _labels(grid, names, row - 1) or _is_headed(grid, row - 1)):
        row -= 1
    return row


def _is_headed(grid: Grid, row: int) -> bool:
    """Whether a row begins with a label that nobody knows: `Created By: | R. Gill`."""
    texts = _texts(grid, row)
    return len(texts) > 1 and len(texts[0]) <= _LONGEST and texts[0].endswith((":", "："))


def foot(grid: Grid, names: ColumnNames, start: int, end: int, counted: int | None) -> int:
    """The row where what stands below a table begins: 実施日, 実施者, 備考 and their values. `end` if there is none.

    It stands apart, or has a label in the column of numbers, `counted`.
    """
    for row in range(_only_signed_from(grid, names, start, end), end):
        column = next((place for place, text in enumerate(grid.rows[row]) if grid.own(row, place).strip()), -1)
        if column < 0:
            continue
        apart = column == counted or (row > start and grid.is_free(row - 1))
        if apart and _signed(grid.own(row, column), names) and _goes_on(_texts(grid, row), names):
            return row
    return end


def signatures(grid: Grid, names: ColumnNames, start: int, end: int) -> dict[str, str]:
    """What stands below a table, label by label; lines without a label go on with the one above."""
    found: dict[str, str] = {}
    name = ""
    above: dict[int, str] = {}  # labels of the row above, which may have their values below them
    for row in range(start, end):
        here: dict[int, str] = {}
        for column in range(len(grid.rows[row])):
            value = grid.own(row, column).strip()
            if value and _signed(value, names):
                pair = _LABEL.fullmatch(value)
                name, value = (pair[1].strip(), pair[2].strip()) if pair else (value, "")
                here[column] = name
            label = name if here else above.get(max((left for left in above if left <= column), default=-1), name)
            if value and label:
                found[label] = "\n".join(filter(None, (found.get(label), value)))
        above = here
    return found


def others(grid: Grid, names: ColumnNames, start: int, end: int) -> tuple[dict[str, str], list[str]]:
    """Of the rows above a form: what is signed there, label by label, and the labels that nobody knows."""
    signed: dict[str, str] = {}
    unknown: list[str] = []
    for row in range(begin(grid, names, start, end), end):
        texts = _texts(grid, row)
        for text, after in itertools.pairwise([*texts, ""]):
            pair = _LABEL.fullmatch(text)
            label, value = (pair[1].strip(), pair[2].strip()) if pair else (text, after)
            if _signed(text, names) and value and not _signed(value, names) and not names.field(value):
                signed.setdefault(label, value)
        known = any(_signed(text, names) or names.field(text) for text in texts)
        if len(texts) == _PAIR and not known and len(texts[0]) <= _LONGEST and not any(map(_LABEL.fullmatch, texts)):
            unknown.append(texts[0])
    return signed, unknown


def _signed(text: str, names: ColumnNames) -> bool:
    """Whether a text is a label that stands below a table, perhaps with its value."""
    pair = _LABEL.fullmatch(text)
    return any(names.field(label) in RESULTS or is_among(label, _SIGNED) for label in (text, pair[1] if pair else text))


def _only_signed_from(grid: Grid, names: ColumnNames, start: int, end: int) -> int:
    """The row from which on nothing else follows: each goes on with labels, or has the values of the labels above it. Looked for
    from the bottom, so that a long table costs one pass."""
    for row in range(end - 1, start - 1, -1):
        texts = _texts(grid, row)
        above = sum(_signed(text, names) for text in _texts(grid, row - 1)) if row > start else 0
        if len(texts) > above and not _goes_on(texts, names):
            return row + 1
    return start


def _goes_on(texts: list[str], names: ColumnNames) -> bool:
    """Whether a row is one text at most, or begins with such a label and has a value for each."""
    signed = [text for text in texts if _signed(text, names)]
    return len(texts) <= 1 or (_signed(texts[0], names) and len(texts) <= 2 * len(signed))


def _texts(grid: Grid, row: int) -> list[str]:
    return [text for column in range(len(grid.rows[row])) if (text := grid.own(row, column).strip())]


def _names_a_case(grid: Grid, names: ColumnNames, row: int) -> bool:
    return any(name in _NAMES_A_CASE and value.strip() for name, value in _labels(grid, names, row))


def _lists(grid: Grid, names: ColumnNames, start: int, end: int) -> dict[str, str]:
    """The text below a heading down to the next empty cell: `Prerequisites:`, and a condition a row below it."""
    found: dict[str, str] = {}
    for row in range(start, end):
        for column in range(0 if _labels(grid, names, row) else len(grid.rows[row])):
            name = _LISTED.get(names.field(grid.own(row, column)) or "")
            if name and name not in found and (entries := _below(grid, row + 1, end, column)):
                found.setdefault(name, "\n".join(entries))
    return found


def _below(grid: Grid, row: int, end: int, column: int) -> list[str]:
    entries: list[str] = []
    while row < end and (text := grid.own(row, column).strip()):
        entries.append(text)
        row += 1
    return entries


def _labels(grid: Grid, names: ColumnNames, row: int) -> list[tuple[str, str]]:
    cells = [grid.own(row, column) for column in range(len(grid.rows[row]))]
    filled = [text for text in cells if text.strip()]
    found = []
    for text, after in zip(filled, [*filled[1:], ""], strict=False):
        if name := names.field(text):
            found.append((name, "" if names.field(after) else after))  # two labels side by side: the first has no value
        elif (pair := _LABEL.fullmatch(text)) and (name := names.field(pair[1])):
            found.append((name, pair[2]))
    return found if filled and (names.field(filled[0]) or _LABEL.fullmatch(filled[0])) else []
