"""Which rows of a table belong to one case; notes and rows that only name a section stand between them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from testgen.interchange.layout import Line, Table

LEVELS = ("major", "middle", "minor")
_NOTE = re.compile(r"[※＊*†]|注(?:意|記)?\s*[\d）):：]|(?:Note|NB|備考|補足)\s*(?:\d+\s*)?[:：.]", re.IGNORECASE)
_ID = re.compile(r"[!-~]+|\S*\d")
_MOST_DIGITS = 6  # of a step's number


def is_note(line: Line) -> bool:
    """A row with one text that begins as notes do: `※1 検証環境でだけ行う`; or with its mark and its text in two cells."""
    texts = [line.own(name).strip() for name in line.values if line.own(name).strip()]
    return len(texts) in (1, 2) and bool(_NOTE.match(texts[0])) and "action" not in _filled(line)


def sections_of(table: Table, lines: Sequence[Line]) -> dict[int, str]:
    """Rows within a table that only name what follows, by number: `■検索機能`, in the column of the ids and above a case."""
    found: dict[int, str] = {}
    for line, after in itertools.pairwise(lines):
        text = line.own("id").strip()
        if _filled(line) == {"id"} and not _ID.fullmatch(text) and {"id", "title", "action"} & _filled(after):
            found[line.number] = text.strip("■□●◆【】 　")
    return found if "action" in table.fields else {}


def _filled(line: Line) -> set[str]:
    return {name for name in line.values if line.own(name).strip()}


def by_case(table: Table, lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The rows of each case, in order."""
    current: list[Line] = []
    for line in lines:
        if current and _starts(line, table) and not _repeats(line, current):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _starts(line: Line, table: Table) -> bool:
    """A case begins at its number or its title; without columns for these, at its smallest item."""
    telling = {"id", "title"} & table.fields
    if not telling:
        telling = {next((level for level in reversed(LEVELS) if level in table.fields), "")}
    if not telling & table.fields:
        return "action" not in table.fields
    return any(line.own(name).strip() for name in telling)


def _repeats(line: Line, current: Sequence[Line]) -> bool:
    """Whether a row only names again the case it belongs to, as exports do on each row: by its id and title, or by its title
    where the steps are counted on."""
    first = current[0]
    if any(line.own(name).strip() != first.own(name).strip() for name in ("id", "title", *LEVELS)):
        return False
    number = _counted(line)
    return bool(line.own("id").strip()) or (number > 1 and number == _counted(current[-1]) + 1)


def _counted(line: Line) -> int:
    number = line.own("number").strip()
    return int(number) if number.isdecimal() and len(number) < _MOST_DIGITS else 0
