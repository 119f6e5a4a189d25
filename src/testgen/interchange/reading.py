"""From the bytes of a file to test cases or procedures; every fault is one clear error."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, TypeVar

from pydantic import ValidationError

from testgen.domain.custom import HALF
from testgen.domain.errors import FieldProblem, InvalidInputError, UnreadableInputError
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase, printable, problems_of
from testgen.interchange import rows as table
from testgen.interchange import workbooks, xls_reader
from testgen.interchange.by_hand import completed, is_procedure
from testgen.interchange.case_behind import as_case
from testgen.interchange.columns import ColumnNames
from testgen.interchange.encoding import decode
from testgen.interchange.found import Loaded, Objects, Place, Skipped, refused
from testgen.interchange.ids import fill_ids, require_distinct
from testgen.interchange.located import in_sheet, in_text
from testgen.interchange.other_objects import as_ours
from testgen.interchange.raw import Raw
from testgen.interchange.registry import CASES, FORMATS, READABLE, TOOLS, sniff
from testgen.interchange.unmapped import perhaps_steps, without_steps
from testgen.messages import joined, plain, say

Columns = Mapping[str, str]
Entry = TestCase | Procedure
T = TypeVar("T", bound=Entry)
Made = TypeVar("Made")
_NO_CASE = say("there is no test case in it: write one, see examples/")
_LETTERED = ("xlsx", "xls")
_BY_HAND = ("json", "yaml")


@dataclass(frozen=True)
class Source:
    """How a file is to be read: its format where the file does not tell, a team's headings, the delimiter of a CSV."""

    source_format: str | None = None
    columns: Columns | None = None
    delimiter: str | None = None
    as_written: bool = False  # what is no test: its fields have their own names

    @property
    def names(self) -> ColumnNames:
        """The headings that are known."""
        return ColumnNames(self.columns)


def load_cases(content: bytes, *, name: str, source: Source | None = None) -> Loaded[TestCase]:
    """The test cases of a file, and what was skipped: a procedure is read for the case behind it.

    Raises:
        UnreadableInputError: not text, not the format, nothing in it that can be used, or two cases with one id.
        InvalidInputError: a case that was written by hand (JSON, YAML) has wrong fields.
    """
    raw = _raw(content, name, source or Source(), CASES, _NO_CASE)
    hint = _perhaps_steps(raw, source or Source())
    raw.objects = list(_cases_behind(raw, name, source or Source()))
    fill_ids(raw.objects, "id")
    return _hinted(_made(raw, name, TestCase.parse), hint)


def load_procedures(content: bytes, *, name: str, source: Source | None = None) -> Loaded[Procedure]:
    """The procedures of a file, and what was skipped.

    Raises:
        UnreadableInputError: not text, not the format, nothing in it that can be used, or two procedures with one id.
        InvalidInputError: a procedure that was written by hand (JSON, YAML) has wrong fields.
    """
    nothing = say("there is no procedure in it: write one with `testgen generate`")
    raw = _raw(content, name, source or Source(), READABLE, nothing)
    if all(isinstance(data, dict) and "id" in data and not is_procedure(data) for data in raw.objects):
        problem = FieldProblem("", without_steps(raw.objects, (source or Source()).names))
        raise UnreadableInputError([problem], subject="", source=name)
    raw.objects = [completed(data, name) for data in _only_procedures(raw)]
    fill_ids(raw.objects, "test_case_id")
    return _made(raw, name, _procedure)


def load_entries(content: bytes, *, name: str, source: Source | None = None) -> Loaded[Entry]:
    """What a file holds: procedures where it has steps, else test cases.

    Raises:
        UnreadableInputError: not text, not the format, nothing in it that can be used, or two entries with one id.
        InvalidInputError: an entry that was written by hand (JSON, YAML) has wrong fields.
    """
    raw = _raw(content, name, source or Source(), list(dict.fromkeys([*CASES, *READABLE])), _NO_CASE)
    hint = _perhaps_steps(raw, source or Source())
    raw.objects = [completed(data, name) if is_procedure(data) else data for data in raw.objects]
    for key in ("test_case_id", "id"):
        fill_ids(raw.objects, key)
    made = _made(
        raw, name, lambda data, *, source: (_procedure if is_procedure(data) else TestCase.parse)(data, source=source)
    )
    return _hinted(made, hint)


def read_cases(
    content: bytes, *, name: str, source_format: str | None = None, columns: Columns | None = None
) -> list[TestCase]:
    """The test cases of a file that can be used as a whole; see `load_cases`.

    Raises:
        UnreadableInputError: something in it cannot be used.
        InvalidInputError: a case has wrong fields.
    """
    return load_cases(content, name=name, source=Source(source_format, columns)).whole(name)


def read_procedures(
    content: bytes, *, name: str, source_format: str | None = None, columns: Columns | None = None
) -> list[Procedure]:
    """The procedures of a file that can be used as a whole; see `load_procedures`.

    Raises:
        UnreadableInputError: something in it cannot be used.
        InvalidInputError: a procedure has wrong fields.
    """
    return load_procedures(content, name=name, source=Source(source_format, columns)).whole(name)


def by_hand(content: bytes, parse: Callable[[Objects], Made], *, name: str, nothing: str) -> Made:
    """What a person wrote as YAML or JSON, parsed; `nothing` says what to write if the file is empty.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: as `parse`, with the lines of the fields if the file holds one object.
    """
    raw = _raw(content, name, Source(as_written=True), list(_BY_HAND), nothing)
    try:
        return parse(raw.objects)
    except InvalidInputError as error:
        if len(raw.objects) > 1 or not isinstance(raw.objects[0], dict):
            raise
        raise _with_lines(error, raw, 0) from None


def _hinted(made: Loaded[T], hint: str) -> Loaded[T]:
    return replace(made, hint=joined("; ", filter(None, (made.hint, hint)))) if hint else made


def _perhaps_steps(raw: Raw, source: Source) -> str:
    """What is to be asked of a file that a tool or a person's table has given; who wrote fields by hand knows their names."""
    return "" if raw.by_hand else perhaps_steps(raw.objects, source.names)


def _raw(content: bytes, name: str, source: Source, allowed: Sequence[str], nothing: str) -> Raw:
    """What a file holds as plain data."""
    chosen = source.source_format
    as_workbook = workbooks.is_workbook(content) or (chosen or "") in ("xlsx", "xls", "squash")
    named_so = chosen is None and name.lower().endswith((".xlsx", ".xlsm", ".xls"))
    reader = _workbook if as_workbook or (named_so and not workbooks.is_text_table(content)) else _text
    try:
        raw = reader(content, name, source, allowed)
    except ValueError as error:
        raise UnreadableInputError([FieldProblem("", str(error))], subject="", source=name) from None
    raw.take_out_skipped()
    if not raw.objects:
        if raw.skipped:
            raise refused(raw.skipped, name)
        raise UnreadableInputError([FieldProblem("", nothing)], subject="", source=name)
    return raw


def _require(chosen: str, allowed: Sequence[str], name: str) -> None:
    if chosen not in allowed:
        title, known = FORMATS[chosen].title, sorted(allowed)
        problem = FieldProblem(
            "", say("cannot be read from {title}: use {known}", title=title, known=known), PurePath(plain(name)).suffix
        )
        raise UnreadableInputError([problem], subject="", source=name)


def _workbook(content: bytes, name: str, source: Source, allowed: Sequence[str]) -> Raw:
    _require("xlsx", allowed, name)
    grids = workbooks.grids_of(content)
    chosen = source.source_format
    if chosen in (None, "xlsx", "xls"):
        chosen = workbooks.tool_of(grids, TOOLS) or ("xls" if content.startswith(xls_reader.MARK) else "xlsx")
    if chosen == "squash":
        objects, left = workbooks.read_squash(grids)
        return Raw(objects, chosen, left)
    if (entry := FORMATS[chosen]).read_rows:
        objects, left = workbooks.read_tool(grids, (entry.headers, entry.read_rows))
        return Raw(objects, chosen, left)
    return Raw(workbooks.read_sheets(grids, source.names), chosen)


def _text(content: bytes, name: str, source: Source, allowed: Sequence[str]) -> Raw:
    text = decode(content, name)
    chosen = source.source_format or sniff(text, name)
    _require(chosen, allowed, name)
    entry = FORMATS[chosen]
    if entry.read_rows:
        delimiter = source.delimiter or table.delimiter_of(text, table.count_of(entry.headers))
        rows = table.Rows(table.cells(text, delimiter))
        rows.require(entry.headers)
        objects = entry.read_rows(rows.rows)
        return Raw(objects, chosen, rows.left())
    if entry.read_sheet:
        return Raw(entry.read_sheet(text, source.names, source.delimiter), chosen)
    assert entry.read is not None, chosen
    if chosen not in _BY_HAND:
        return Raw(entry.read(text), chosen)
    objects = entry.read(text)
    if source.as_written:
        return Raw(objects, chosen, text=text, by_hand=True)
    objects, mapped = as_ours(objects)
    return Raw(objects, chosen, text="" if mapped else text, by_hand=not mapped)


def _made(raw: Raw, name: str, make: Callable[..., T]) -> Loaded[T]:
    """The objects as entries. One with wrong fields is skipped, but where a person wrote the fields themselves; there only one
    among others that no file could carry on, since it holds half a character."""
    require_distinct(raw.objects, name)
    entries: list[T] = []
    places: list[Place] = []
    for index, data in enumerate(raw.objects):
        place = f"{name}[{index}]" if len(raw.objects) > 1 else name
        place_in_file = Place() if raw.by_hand else Place.taken_from(data)
        try:
            entries.append(make(data, source=place))
            places.append(place_in_file)
        except InvalidInputError as error:
            if raw.by_hand and not _may_be_skipped(error, raw):
                raise _with_lines(error, raw, index) from None
            wrong = in_sheet(_halves(error) or error.problems, place_in_file, lettered=raw.format_name in _LETTERED)
            raw.skipped.append(
                Skipped(joined("; ", map(str, wrong)), place_in_file.row, _name_of(data), place_in_file.sheet)
            )
    if not entries:
        raise refused(raw.skipped, name)
    skipped = sorted(raw.skipped, key=lambda entry: (entry.sheet, entry.row or 0))
    return Loaded(entries, tuple(skipped), raw.left, raw.format_name, tuple(places), joined("; ", raw.told))


def _with_lines(error: InvalidInputError, raw: Raw, index: int) -> InvalidInputError:
    """The error with the lines of its fields; without, if entries before it were skipped, or the file was not read as text."""
    if raw.skipped or not raw.text:
        return error
    return error.with_problems(in_text(error.problems, raw.text, raw.format_name, index))


def _name_of(data: dict[str, Any]) -> str:
    """What a person knows an entry by."""
    return printable(" ".join(str(data.get(key) or "") for key in ("id", "test_case_id", "title")).strip())


def _halves(error: InvalidInputError) -> list[FieldProblem]:
    return [problem for problem in error.problems if problem.message == HALF]


def _may_be_skipped(error: InvalidInputError, raw: Raw) -> bool:
    """One entry among others that no file could carry on: it holds half a character."""
    return bool(_halves(error)) and len(raw.objects) > 1


def _only_procedures(raw: Raw) -> Objects:
    """Without the cases that stand among them; what a person wrote is kept, so that its fault is told."""
    if raw.by_hand:
        return raw.objects
    cases = [data for data in raw.objects if not is_procedure(data)]
    told = say("has no step: `testgen generate` writes them")
    raw.skipped += [Skipped(told, data.get("row"), data["title"], data.get("sheet", "")) for data in cases]
    return [data for data in raw.objects if is_procedure(data)]


def _cases_behind(raw: Raw, name: str, source: Source) -> Iterator[Any]:
    for index, data in enumerate(raw.objects):
        try:
            yield _case_behind(data, name, raw, source)
        except InvalidInputError as error:
            if not _may_be_skipped(error, raw):
                raise _with_lines(error, raw, index) from None
            told = joined("; ", map(str, _halves(error)))
            raw.skipped.append(Skipped(told, None, _name_of(data)))


def _case_behind(data: Any, name: str, raw: Raw, source: Source) -> Any:
    if not is_procedure(data):
        return data
    if raw.by_hand:
        data = _procedure(completed(data, name), source=name).model_dump(mode="json")
    return as_case(data, source.names)


def _procedure(data: Any, *, source: str) -> Procedure:
    try:
        return Procedure.model_validate(data)
    except ValidationError as error:
        raise InvalidInputError(problems_of(error), subject=say("the procedure"), source=source) from None
