"""What a reader found in a file: what can be used, what was skipped and why, and what was left behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from testgen.domain.errors import FieldProblem, UnreadableInputError
from testgen.domain.test_case import shorten
from testgen.messages import joined, say

T = TypeVar("T")
_MOST_NAMED = 20  # skips that are reported one by one


class UnusableError(ValueError):
    """Why one case of a file cannot be used; the others can."""


@dataclass(frozen=True)
class Skipped:
    """A row, or the first row of a case, that was passed over. `row` counts as a spreadsheet does, from 1."""

    reason: str
    row: int | None = None
    title: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        title = f"({shorten(self.title, 40)})" if self.title and self.title not in self.reason else ""
        return joined(": ", (joined(" ", (place_told(self.row, self.sheet), title)), self.reason))


def place_told(row: int | None, sheet: str) -> str:
    """A row, and its sheet where there are some; empty where neither is known."""
    if row and sheet:
        return say("row {row} of sheet {sheet!r}", row=row, sheet=sheet)
    if row:
        return say("row {row}", row=row)
    return say("sheet {sheet!r}", sheet=sheet) if sheet else ""


@dataclass(frozen=True)
class Place:
    """The place of an entry in a file of rows, counted from 1 as in a spreadsheet: the sheet (empty in CSV), its first row,
    the row of each step, and the column of each field of a step; the last row, and column and text of each heading, by field.
    Empty if the format has no rows."""

    sheet: str = ""
    row: int | None = None
    step_rows: tuple[int, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    last_row: int | None = None
    headings: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def taken_from(cls, data: dict[str, Any]) -> "Place":
        """A reader's note about an entry; it is removed, because entries have no such fields."""
        rows = tuple(data.pop("step_rows", ()))
        sheet, row, columns = data.pop("sheet", ""), data.pop("row", None), data.pop("columns", {})
        return cls(sheet, row, rows, columns, data.pop("last_row", row), data.pop("headings", {}))


@dataclass(frozen=True)
class Left:
    """A field, a sheet or a text that held something and has no place in an entry."""

    name: str


@dataclass(frozen=True)
class Told(Left):
    """What a person should know about how something was read; `name` is a sentence."""


# Cases and procedures as plain data, a `Skipped` for each that cannot be used, a `Left` for each thing that was left behind.
Objects = list[Any]


@dataclass(frozen=True)
class Loaded(Generic[T]):
    """The entries of a file, and the place of each. `left` names the columns, fields and sheets that held something and
    have no place in an entry; `hint` asks whether something was meant otherwise."""

    entries: list[T]
    skipped: tuple[Skipped, ...] = ()
    left: tuple[str, ...] = ()
    format_name: str = ""
    places: tuple[Place, ...] = ()
    hint: str = ""

    def whole(self, name: str) -> list[T]:
        """The entries, if nothing was skipped.

        Raises:
            UnreadableInputError: something was.
        """
        if self.skipped:
            raise refused(self.skipped, name)
        return self.entries

    def report(self, name: str) -> list[str]:
        """What a person should know about the reading; nothing if the whole file could be used."""
        lines = []
        if self.skipped:
            lines.append(
                say(
                    "{name}: read {count}, skipped {skipped}",
                    name=name,
                    count=len(self.entries),
                    skipped=len(self.skipped),
                )
            )
            lines += [joined("", ("  ", str(skipped))) for skipped in self.skipped[:_MOST_NAMED]]
            if len(self.skipped) > _MOST_NAMED:
                lines.append(say("  and {count} more", count=len(self.skipped) - _MOST_NAMED))
        if self.left:
            lines.append(say("{name}: ignored: {left}", name=name, left=list(self.left)))
        if self.hint:
            lines.append(joined(": ", (name, self.hint)))
        return lines


def refused(skipped: Sequence[Skipped], name: str) -> UnreadableInputError:
    """The error of a file in which nothing, or not all, can be used; names up to three places."""
    more = say("and {count} more", count=len(skipped) - 3) if len(skipped) > 3 else ""
    told = joined("; ", (*map(str, skipped[:3]), more))
    return UnreadableInputError([FieldProblem("", told)], subject="", source=name)
