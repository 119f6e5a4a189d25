"""From the bytes of a file to test cases, procedures, a glossary or a team's column names; every fault is one clear error."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from testgen.domain.errors import FieldProblem, InvalidInputError, UnreadableInputError
from testgen.domain.glossary import Glossary
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase, problems_of, shorten
from testgen.interchange.columns import ColumnNames, own_columns
from testgen.interchange.encoding import decode
from testgen.interchange.registry import CASES, FORMATS, READABLE, Objects, is_workbook, sniff
from testgen.interchange.sheet import as_case

Columns = Mapping[str, str]


def read_cases(
    content: bytes, *, name: str, source_format: str | None = None, columns: Columns | None = None
) -> list[TestCase]:
    """The test cases of a file: one object, an array of them, or the rows of a sheet.

    `columns` gives a team's own headings (see `read_columns`). A sheet of procedures is read for the cases behind them.

    Raises:
        UnreadableInputError: not text, not the format, nothing in it, or two cases with one id.
        InvalidInputError: a case has wrong fields.
    """
    names = ColumnNames(columns)
    objects, sheet = _objects(
        content, name, source_format, names, CASES, "there is no test case in it: write one, see examples/"
    )
    if sheet:
        objects = [as_case(data, names) if "steps" in data else data for data in objects]
        _fill_ids(objects, "id")
    _require_distinct(objects, "id", name)
    return [TestCase.parse(data, source=_place(name, index, objects)) for index, data in enumerate(objects)]


def read_procedures(
    content: bytes, *, name: str, source_format: str | None = None, columns: Columns | None = None
) -> list[Procedure]:
    """The procedures of a file, in any format that can be read.

    Raises:
        UnreadableInputError: not text, not the format, nothing in it, or two procedures with one id.
        InvalidInputError: a procedure has wrong fields.
    """
    nothing = "there is no procedure in it: write one with `testgen generate`"
    objects, _ = _objects(content, name, source_format, ColumnNames(columns), READABLE, nothing)
    if all(isinstance(data, dict) and "steps" not in data and "id" in data for data in objects):
        problem = FieldProblem("", "holds test cases, no procedures: write these with `testgen generate`")
        raise UnreadableInputError([problem], subject="", source=name)
    _fill_ids(objects, "test_case_id")
    _require_distinct(objects, "test_case_id", name)
    return [_procedure(data, _place(name, index, objects)) for index, data in enumerate(objects)]


def read_glossary(content: bytes, *, name: str) -> Glossary:
    """The glossary of a YAML or JSON file.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a field is wrong.
    """
    nothing = "there is no glossary in it: write `terms:` and `style:`"
    objects, _ = _objects(content, name, None, ColumnNames(), ["yaml", "json"], nothing)
    listed = all(isinstance(entry, dict) and "term" in entry for entry in objects)
    return Glossary.parse(objects if listed else objects[0], source=name)


def read_columns(content: bytes, *, name: str) -> dict[str, str]:
    """A team's own headings: a YAML or JSON file with `columns:` and a line `heading: field` for each.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a line names no field.
    """
    nothing = "there are no columns in it: write `columns:` and a line `確認手順: action` for each of your headings"
    objects, _ = _objects(content, name, None, ColumnNames(), ["yaml", "json"], nothing)
    return own_columns(objects[0], source=name)


def _place(name: str, index: int, objects: Objects) -> str:
    return f"{name}[{index}]" if len(objects) > 1 else name


def _procedure(data: object, source: str) -> Procedure:
    try:
        return Procedure.model_validate(data)
    except ValidationError as error:
        raise InvalidInputError(problems_of(error), subject="the procedure", source=source) from None


def _objects(
    content: bytes, name: str, source_format: str | None, names: ColumnNames, allowed: list[str], nothing: str
) -> tuple[Objects, bool]:
    """What a file holds as plain data, and whether it was a sheet, whose cells say less than fields."""
    workbook = source_format == "xlsx" or (source_format is None and (is_workbook(content) or name.endswith(".xlsx")))
    text = "" if workbook else decode(content, name)
    chosen = "xlsx" if workbook else source_format or sniff(text, name)
    entry = FORMATS[chosen]
    if chosen not in allowed:
        problem = FieldProblem(
            "", f"cannot be read from {entry.title}: use {', '.join(sorted(allowed))}", PurePath(name).suffix
        )
        raise UnreadableInputError([problem], subject="", source=name)
    try:
        if entry.read_workbook:
            objects = entry.read_workbook(content, names)
        elif entry.read_sheet:
            objects = entry.read_sheet(text, names)
        else:
            objects = entry.read(text) if entry.read else []
    except ValueError as error:
        raise UnreadableInputError([FieldProblem("", str(error))], subject="", source=name) from None
    if not objects:
        raise UnreadableInputError([FieldProblem("", nothing)], subject="", source=name)
    return objects, entry.read is None


def _fill_ids(objects: Objects, key: str) -> None:
    """What came without an id is known by its title; the second of a title as `title (2)`."""
    taken = {value for data in objects if isinstance(data, dict) and isinstance(value := data.get(key), str)}
    numbers: dict[str, int] = {}
    for data in objects:
        if isinstance(data, dict) and data.get(key) == "" and isinstance(title := data.get("title"), str):
            number = numbers.get(title, 1)
            free = title if number == 1 else f"{title} ({number})"
            while free in taken:
                number += 1
                free = f"{title} ({number})"
            numbers[title] = number
            data[key] = free
            taken.add(free)


def _require_distinct(objects: Objects, key: str, name: str) -> None:
    first: dict[str, int] = {}
    for index, data in enumerate(objects):
        value: Any = data.get(key) if isinstance(data, dict) else None
        if not isinstance(value, str) or not value:
            continue
        if value in first:
            problem = FieldProblem(
                f"/{index}/{key}",
                f"stands twice, in entries {first[value] + 1} and {index + 1}: give each its own",
                shorten(value),
            )
            raise UnreadableInputError([problem], subject="", source=name)
        first[value] = index
