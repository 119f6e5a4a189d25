"""What the CSV formats share: rows of text, cells of several entries, cases that span rows, and imported procedures."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

from testgen.domain.language import LANGUAGES, Language, detect_language
from testgen.domain.procedure import MAX_STEPS, Provenance
from testgen.interchange.words import words_for
from testgen.text.hidden import HIDDEN
from testgen.version import __version__

Row = Mapping[str, str]
MOST_COLUMNS = 1_000
_BULLET = "- "
_POINTS = ("・", "•", "●", "○")
_NUMBERED = re.compile(r"\s*(?:[(（](\d{1,2})[)）]|(\d{1,2})(?:[.．](?!\d)|[)）、:：])|([①-⑳]))\s*(?=\S)")
# What a spreadsheet would take for a formula (OWASP, CSV Injection); a leading apostrophe says that it is text.
# Spreadsheets pass over blanks and over what is not seen before its sign.
_FORMULA = re.compile(rf"[\s{HIDDEN[1:]}*[=+\-@]|['\t\r\0]")


def dump(columns: Sequence[str], rows: Iterable[Row], *, neutralise: bool = False) -> str:
    """Rows as CSV (RFC 4180: CR LF, quotes doubled). `neutralise` keeps a spreadsheet from running a cell."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\r\n")
    writer.writerow({name: _neutral(name) if neutralise else name for name in columns})
    for row in rows:
        writer.writerow({key: _neutral(value) if neutralise else value for key, value in row.items()})
    return buffer.getvalue()


def cells(text: str) -> list[list[str]]:
    """The cells of a CSV text.

    Raises:
        ValueError: not CSV, or a row with more cells than any sheet of tests has.
    """
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            if len(row) > MOST_COLUMNS:
                raise ValueError(f"has {len(row):,} cells in row {len(rows) + 1}; at most {MOST_COLUMNS:,} are read")
            rows.append(row)
    except csv.Error as error:
        raise ValueError(f"is not CSV: {error}") from None
    return rows


def parse(text: str, required: Sequence[str]) -> list[Row]:
    """The rows of a CSV text by their headers.

    Raises:
        ValueError: not CSV, or a column that the format needs is not there.
    """
    table = cells(text)
    if not table:
        raise ValueError("is empty: the first line must name the columns")
    header = [cell.strip() for cell in table[0]]
    missing = [name for name in required if name not in header]
    if missing:
        raise ValueError(f"has no column {', '.join(missing)}: the first line must name it")
    rows: list[Row] = []
    for number, row in enumerate(table[1:], 2):
        require_width(row, number, len(header))
        if any(cell.strip() for cell in row):
            rows.append({name: value for name, value in zip_longest(header, row[: len(header)], fillvalue="") if name})
    return rows


def require_width(row: Sequence[str], number: int, width: int) -> None:
    """Refuses a row that is wider than the header: a cell with a comma was not quoted.

    Raises:
        ValueError: it is.
    """
    if any(cell.strip() for cell in row[width:]):
        raise ValueError(f"has {len(row)} cells in row {number}, but {width} columns: quote cells with commas")


def _neutral(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """A cell as it was before `dump` neutralised it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def join_entries(entries: Sequence[str]) -> str:
    """Entries of a list in one cell: a line each; where lines would be read otherwise, as bullets."""
    lines = "\n".join(entries)
    if split_entries(lines) == list(entries):
        return lines
    return "\n".join(_BULLET + entry.replace("\n", "\n  ") for entry in entries)


def split_entries(cell: str) -> list[str]:
    """The entries of a cell that `join_entries` or a person wrote: lines, bullets, or a numbered list."""
    lines = cell.replace("\r\n", "\n").split("\n")
    if cell.startswith(_BULLET):
        return _bullets(lines)
    numbered = split_numbered(cell)
    if len(numbered) > 1:
        return list(numbered.values())
    texts = [line.strip() for line in lines if line.strip()]
    if texts and all(text.startswith(_POINTS) and len(text) > 1 for text in texts):
        return [text[1:].strip() for text in texts]
    return texts


def _bullets(lines: Sequence[str]) -> list[str]:
    entries: list[str] = []
    for line in lines:
        if line.startswith(_BULLET):
            entries.append(line[len(_BULLET) :])
        elif entries:
            entries[-1] += "\n" + line.removeprefix("  ")
    return entries


def split_numbered(cell: str) -> dict[int, str]:
    """The parts of a numbered list by number; empty where the text is none, or its numbers do not rise."""
    parts: dict[int, str] = {}
    number = 0
    for line in filter(str.strip, cell.replace("\r\n", "\n").split("\n")):
        if found := _NUMBERED.match(line):
            after = int(unicodedata.normalize("NFKC", found[1] or found[2] or found[3]))
            if after <= number:
                return {}
            number = after
            parts[number] = line[found.end() :].strip()
        elif not parts:
            return {}
        else:
            parts[number] += "\n" + line.strip()
    return parts


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


def read_grouped(
    text: str, required: Sequence[str], title: str, make: Callable[[list[Row]], dict[str, Any]]
) -> list[object]:
    """What `make` makes of each case's rows; a case begins where its title stands.

    Raises:
        ValueError: see `parse` and `imported`.
    """
    return [make(rows) for rows in by_case(parse(text, required), lambda row: bool(row[title]))]


def imported(identifier: str, title: str, steps: Iterable[tuple[str, str, str]], **more: Any) -> dict[str, Any]:
    """A procedure as plain data, from steps of (action, test data, expected result).

    Raises:
        ValueError: no step, or more than a procedure can hold.
    """
    made = [
        {"number": number, "kind": "action", "action": action, "test_data": data or None, "expected_result": expected}
        for number, (action, data, expected) in enumerate(steps, 1)
    ]
    if not made:
        raise ValueError(f"has no step for {title!r}: give each case at least one row with an action")
    if len(made) > MAX_STEPS:
        raise ValueError(f"has {len(made)} steps for {title!r}: at most {MAX_STEPS} are allowed, split the case")
    texts = "\n".join([title, *(str(step["action"]) for step in made)])
    provenance = Provenance(origin="imported", created_at=datetime.now(UTC), testgen_version=__version__)
    return {
        "test_case_id": identifier,
        "title": title,
        "language": detect_language(texts),
        "steps": made,
        "provenance": provenance.model_dump(),
        **more,
    }


_MARK = f"(?:{'|'.join(re.escape(words_for(language).test_data_mark) for language in LANGUAGES)})"


def with_data(action: str, data: str | None, language: Language) -> str:
    """Action and test data in one cell, for formats that have no column for the data; `split_data` takes them apart."""
    if not data:
        return _escape(action)
    return f"{_escape(action)}\n{words_for(language).test_data_mark} {_escape(data)}"


def split_data(cell: str) -> tuple[str, str]:
    """Action and test data of a cell that `with_data` wrote."""
    found = re.search(rf"\n{_MARK} (?P<data>.*)\Z", cell, re.DOTALL)
    action, data = (cell[: found.start()], found["data"]) if found else (cell, "")
    return _unescape(action), _unescape(data)


def _escape(text: str) -> str:
    """A line of the text that looks like the mark gets a backslash."""
    return re.sub(rf"(?<=\n)(?=\\*{_MARK})", r"\\", text)


def _unescape(text: str) -> str:
    return re.sub(rf"(?<=\n)\\(?=\\*{_MARK})", "", text)
