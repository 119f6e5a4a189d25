"""What the formats share: writing rows, cells of several entries or steps, and imported procedures."""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from testgen.domain.language import LANGUAGES, Language, detect_language
from testgen.domain.procedure import MAX_STEPS, Provenance
from testgen.domain.test_case import shorten
from testgen.interchange.ditto import is_nothing
from testgen.interchange.found import UnusableError
from testgen.interchange.words import words_for
from testgen.messages import say
from testgen.text.hidden import HIDDEN
from testgen.version import __version__

Row = Mapping[str, str]
_BULLET = "- "
_BETWEEN = re.compile(r"\s*[,;、]\s*")
_POINTS = ("・", "•", "●", "○")
_NUMBERED = re.compile(r"\s*(?:[(（](\d{1,2})[)）]|(\d{1,2})(?:[.．:：](?!\d)|[)）、])|([①-⑳]))(?:\s*(?=\S)|\s*$)")
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


def require_width(row: Sequence[str], number: int, width: int) -> None:
    """Refuses a row that is wider than the header: a cell with a comma was not quoted.

    Raises:
        ValueError: it is.
    """
    if any(cell.strip() for cell in row[width:]):
        raise ValueError(
            say(
                "has {count} cells in row {number}, but {width} columns: quote cells that contain commas",
                count=len(row),
                number=number,
                width=width,
            )
        )


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
        return [text for _, text in numbered if text]
    texts = [line.strip() for line in lines if line.strip()]
    if texts and all(text.startswith(_POINTS) and len(text) > 1 for text in texts):
        return [text[1:].strip() for text in texts]
    return texts


def join_names(names: Sequence[str]) -> str:
    """Names in one cell, as `split_names` reads them."""
    lines = join_entries(names)
    return lines if split_names(lines) == list(names) else "\n".join(_BULLET + name for name in names)


def split_names(cell: str) -> list[str]:
    """The entries of a cell; those of one line stand between commas."""
    entries = split_entries(cell)
    one = len(entries) == 1 and not cell.startswith(_BULLET)
    return [name for name in _BETWEEN.split(entries[0]) if name] if one else entries


def _bullets(lines: Sequence[str]) -> list[str]:
    entries: list[str] = []
    for line in lines:
        if line.startswith(_BULLET):
            entries.append(line[len(_BULLET) :])
        elif entries:
            entries[-1] += "\n" + line.removeprefix("  ")
    return entries


def split_numbered(cell: str, known: Collection[int] = ()) -> list[tuple[int, str]]:
    """The items of a numbered list with their numbers; empty if the text is not a list.

    The numbers start at 1, or increase one by one, or are all `known`; they may have gaps and may restart. A time, a
    date, a version or a decimal is not an item number.
    """
    items: list[tuple[int, str]] = []
    indents: list[int] = []
    for line in filter(str.strip, cell.replace("\r\n", "\n").split("\n")):
        found = _NUMBERED.match(line)
        number = int(unicodedata.normalize("NFKC", found[1] or found[2] or found[3])) if found else 0
        if found and not _is_within(number, len(line) - len(line.lstrip()), indents):
            if items and number <= items[-1][0] and number != 1:
                return []
            items.append((number, line[found.end() :].strip()))
        elif not items:
            return []
        else:
            items[-1] = (items[-1][0], f"{items[-1][1]}\n{line.strip()}")
    numbers = [number for number, _ in items]
    one_by_one = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    return items if one_by_one or numbers[:1] == [1] or (known and set(numbers) <= set(known)) else []


def _is_within(number: int, indent: int, indents: list[int]) -> bool:
    """Whether a number begins or goes on with a list within an item, indented and counted from 1 anew. `indents` holds that of the
    first item, and of a list within while it lasts."""
    if len(indents) > 1 and indent >= indents[1]:
        return True
    del indents[1:]
    if indents and number == 1 and indent > indents[0]:
        indents.append(indent)
        return True
    indents[:] = indents or [indent]
    return False


def paired(actions: str, expected: str, data: str = "") -> list[tuple[str, str, str]]:
    """The steps of cells that hold a whole procedure: (action, test data, expected result), joined by their numbers.

    Where the numbers of another cell are not those of actions, its text goes to one step: data to the first, a result to the last.
    """
    listed = split_numbered(actions)
    if len(listed) <= 1:
        return [(actions, data, expected)]
    steps = [[action, "", ""] for _, action in listed]
    for place, cell, whole in ((1, data, 0), (2, expected, -1)):
        for step, text in _placed([number for number, _ in listed], cell) or [(whole, cell)]:
            steps[step][place] = text
    return whole_steps((action, of_it, seen) for action, of_it, seen in steps)


def whole_steps(steps: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Steps of (action, test data, expected result); one without an action continues the step above.

    Raises:
        UnusableError: a result or data before the first action.
    """
    whole: list[tuple[str, str, str]] = []
    for action, data, expected in steps:
        more, seen = (text if text.strip() and not is_nothing(text) else "" for text in (data, expected))
        if action.strip():
            whole.append((action, data, expected))
        elif (more or seen) and not whole:
            raise UnusableError(
                say("has no action before {seen!r}: write what the tester does", seen=shorten(seen or more, 40))
            )
        elif more or seen:
            before, held, result = whole[-1]
            whole[-1] = before, "\n".join(filter(None, (held, more))), "\n".join(filter(None, (result, seen)))
    return whole


def _placed(numbers: Sequence[int], cell: str) -> list[tuple[int, str]]:
    """Steps, by place, and the texts of a cell that belong to them; none where its numbers do not tell."""
    items = [(number, "" if is_nothing(text) else text) for number, text in split_numbered(cell, numbers)]
    if [number for number, _ in items] == list(numbers):
        return [(place, text) for place, (_, text) in enumerate(items)]
    named = [number for number, _ in items]
    if len(set(numbers)) < len(numbers) or len(set(named)) < len(named) or not set(named) <= set(numbers):
        return []
    return [(numbers.index(number), text) for number, text in items]


def imported(identifier: str, title: str, steps: Iterable[tuple[str, str, str]], **more: Any) -> dict[str, Any]:
    """A procedure as plain data, from steps of (action, test data, expected result).

    Raises:
        UnusableError: no step, a result before the first, or more steps than a procedure can hold.
    """
    made = [
        {"number": number, "kind": "action", "action": action, "test_data": data or None, "expected_result": expected}
        for number, (action, data, expected) in enumerate(whole_steps(steps), 1)
    ]
    if not made:
        raise UnusableError(
            say("has no step for {title!r}: give each case at least one row with an action", title=title)
        )
    if len(made) > MAX_STEPS:
        raise UnusableError(
            say(
                "has {count} steps for {title!r}: at most {most} are allowed, split the case",
                count=len(made),
                title=title,
                most=MAX_STEPS,
            )
        )
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
