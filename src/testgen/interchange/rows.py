"""The rows of a tool's file by column, whether it came as CSV or as a workbook, and the cases that they make."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from testgen.interchange.found import Objects, Skipped, UnusableError
from testgen.messages import Original, joined, say

DELIMITERS = (",", ";", "\t")
Headers = tuple[frozenset[str], ...]
MOST_COLUMNS = 1_000
_MOST_DIGITS = 6  # of a step's number
T = TypeVar("T")
_MOST_LOOKED_AT = 50  # rows; a header further down is not one


def headers(*alternatives: Sequence[str]) -> Headers:
    """Sets of columns; a file that has all of one set is of the format."""
    return tuple(frozenset(_key(name) for name in names) for names in alternatives)


class Row:
    """A row by column. Called with names, it gives the first of these columns with a value, stripped."""

    __slots__ = ("_cells", "_used", "number")

    def __init__(self, number: int, cells: dict[str, str], used: set[str]) -> None:
        self.number = number
        self._cells = cells
        self._used = used

    def __call__(self, *names: str) -> str:
        """The text; the columns count as read."""
        keys = [_key(name) for name in names]
        self._used.update(keys)
        return next((text for key in keys if (text := self._cells.get(key, ""))), "")

    def unread(self, name: str) -> str:
        """The text of a column that is reported as ignored nevertheless."""
        return self._cells.get(_key(name), "")


class Rows:
    """All rows below a header. A duplicate column has both values, one per line; `NAME (1)` and `NAME (2)` are each alone."""

    def __init__(self, table: Iterable[Sequence[str]]) -> None:
        self.rows: list[Row] = []
        self._used: set[str] = set()
        self._names: dict[str, str] = {}
        header: Sequence[str] = ()
        for number, cells in enumerate(table, 1):
            if not any(map(str.strip, cells)):
                continue
            if not header:
                header = [name.strip() for name in cells]
                self._names = {_key(name): name for name in header if name}
                continue
            self.rows.append(Row(number, self._by_column(header, cells), self._used))
        self.columns = frozenset(self._names)

    @staticmethod
    def _by_column(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
        row: dict[str, str] = {}
        keys = [_key(name) for name in header]
        for place, (key, cell) in enumerate(zip(keys, cells, strict=False)):
            text = cell.replace("\r\n", "\n").strip()
            if key and text:
                row[key] = f"{row[key]}\n{text}" if key in row else text
                if keys.count(key) > 1:
                    row[f"{key} ({keys[: place + 1].count(key)})"] = text
        return row

    def require(self, alternatives: Headers) -> None:
        """Refuses rows without the columns of a format.

        Raises:
            ValueError: names the missing columns of the alternative that lacks fewest.
        """
        if not self.columns:
            raise ValueError(say("is empty: the first line must name the columns"))
        missing = min((names - self.columns for names in alternatives), key=len)
        if missing:
            raise ValueError(say("has no column {missing}: the first line must name it", missing=sorted(missing)))

    def left(self) -> tuple[str, ...]:
        """The columns with values that no reader asked for."""
        filled = {key for row in self.rows for key in row._cells}
        return tuple(name for key, name in self._names.items() if key in filled - self._used)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def cells(text: str, delimiter: str = ",") -> list[list[str]]:
    """The cells of a CSV text.

    Raises:
        ValueError: not CSV, or a row with more cells than any sheet of tests has.
    """
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(row) > MOST_COLUMNS:
                raise ValueError(
                    say(
                        "has {count:,} cells in row {row}; at most {most:,} are read",
                        count=len(row),
                        row=len(rows) + 1,
                        most=MOST_COLUMNS,
                    )
                )
            rows.append(row)
    except csv.Error as error:
        raise ValueError(joined(": ", (say("is not CSV"), Original(str(error))))) from None
    return rows


def first_rows(text: str) -> list[list[str]]:
    """The first line with text, as each delimiter would divide it."""
    first = next((line for line in text.split("\n") if line.strip()), "").rstrip("\r")
    return [_divided(first, delimiter) for delimiter in DELIMITERS]


def _divided(line: str, delimiter: str) -> list[str]:
    """The cells of one line; none if it is not a row of its own."""
    try:
        return next(csv.reader([line.replace("\r", " ")], delimiter=delimiter), [])
    except csv.Error:
        return []


def delimiter_of(text: str, known: Callable[[Sequence[str]], int]) -> str:
    """The delimiter that gives the row with the most headings; `known` counts them. A comma if none does."""
    lines = text.split("\n", _MOST_LOOKED_AT)[:_MOST_LOOKED_AT]
    counts = {
        delimiter: max((known(_divided(line, delimiter)) for line in lines), default=0) for delimiter in DELIMITERS
    }
    return max(counts, key=lambda delimiter: counts[delimiter])


def count_of(alternatives: Headers) -> Callable[[Sequence[str]], int]:
    """Counts the columns of a format in a row."""
    return lambda row: max(len(names & {_key(cell) for cell in row}) for names in alternatives)


def has_headers(row: Sequence[str], alternatives: Headers) -> bool:
    """Whether a row names all columns of one of the alternatives."""
    columns = {_key(cell) for cell in row}
    return any(names <= columns for names in alternatives)


def by_case(rows: Iterable[Row], starts: Callable[[Row], bool]) -> Iterator[list[Row]]:
    """Rows of one case after the other: a case begins where `starts` says so."""
    current: list[Row] = []
    for row in rows:
        if starts(row) and current:
            yield current
            current = []
        current.append(row)
    if current:
        yield current


def keyed(*names: str) -> Callable[[Row], bool]:
    """A case begins where one of these columns differs from the row above; an empty cell continues the case."""
    above = ""

    def starts(row: Row) -> bool:
        nonlocal above
        key = row(*names)
        new = bool(key) and key != above
        above = key or above
        return new

    return starts


def each(
    groups: Iterable[list[Row]], title: str | tuple[str, ...], make: Callable[[list[Row]], dict[str, Any]]
) -> Objects:
    """What `make` makes of each case's rows, and what it cannot use. `title` names the columns that may hold the title."""
    titles = (title,) if isinstance(title, str) else title
    found: Objects = []
    for rows in groups:
        try:
            found.append(make(rows) | {"row": rows[0].number})
        except UnusableError as reason:
            found.append(Skipped(str(reason), rows[0].number, rows[0](*titles)))
    return found


def by_number(steps: Sequence[T], number: Callable[[T], str]) -> list[T]:
    """Steps in the order of their numbers, where each has one."""
    numbers = [number(step) for step in steps]
    if not all(text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS for text in numbers):
        return list(steps)
    return sorted(steps, key=lambda step: int(number(step)))


def parts(text: str, separator: str) -> list[str]:
    """The parts of a path or a list, without blanks."""
    return [part.strip() for part in text.split(separator) if part.strip()]
