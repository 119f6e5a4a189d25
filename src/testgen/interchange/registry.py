"""Which module reads or writes a format. Names are those of `--format` and of the HTTP paths."""

from collections.abc import Callable, Sequence
from pathlib import PurePath

from pydantic import ValidationError

from testgen.domain.errors import FieldProblem, InvalidInputError, UnreadableInputError
from testgen.domain.glossary import Glossary
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase, problems_of
from testgen.interchange import json_format, markdown_format, yaml_format

READERS: dict[str, Callable[[str], list[object]]] = {"json": json_format.read, "yaml": yaml_format.read}
WRITERS: dict[str, Callable[[Sequence[Procedure]], str]] = {
    "json": json_format.write,
    "yaml": yaml_format.write,
    "markdown": markdown_format.write,
}
_SUFFIXES = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".md": "markdown"}


def format_of(name: str) -> str | None:
    """The format that a file name tells by its ending."""
    return _SUFFIXES.get(PurePath(name).suffix.lower())


def read_cases(content: bytes, *, name: str) -> list[TestCase]:
    """The test cases of a file: one object, or an array of them. YAML is tried where the name does not tell.

    Raises:
        UnreadableInputError: not UTF-8, not the format, or nothing in it.
        InvalidInputError: a case has wrong fields.
    """
    objects = _objects(content, name, "there is no test case in it: write one, see examples/")
    several = len(objects) > 1
    return [TestCase.parse(data, source=f"{name}[{index}]" if several else name) for index, data in enumerate(objects)]


def read_procedures(content: bytes, *, name: str) -> list[Procedure]:
    """The procedures of a file, as `write_procedures` wrote them: one object, or an array of them.

    Raises:
        UnreadableInputError: not UTF-8, not the format, or nothing in it.
        InvalidInputError: a procedure has wrong fields.
    """
    objects = _objects(content, name, "there is no procedure in it: write one with `testgen generate`")
    several = len(objects) > 1
    return [_procedure(data, f"{name}[{index}]" if several else name) for index, data in enumerate(objects)]


def read_glossary(content: bytes, *, name: str) -> Glossary:
    """The glossary of a YAML or JSON file.

    Raises:
        UnreadableInputError: not UTF-8, or not the format.
        InvalidInputError: a field is wrong.
    """
    objects = _objects(content, name, "there is no glossary in it: write `terms:` and `style:`")
    listed = all(isinstance(entry, dict) and "term" in entry for entry in objects)
    return Glossary.parse(objects if listed else objects[0], source=name)


def _procedure(data: object, source: str) -> Procedure:
    try:
        return Procedure.model_validate(data)
    except ValidationError as error:
        raise InvalidInputError(problems_of(error), subject="the procedure", source=source) from None


def _objects(content: bytes, name: str, nothing: str) -> list[object]:
    text = _decode(content, name)
    reader = READERS.get(format_of(name) or "yaml")
    if reader is None:
        wanted = ", ".join(sorted(READERS))
        problem = FieldProblem("", f"cannot be read from this format yet: use {wanted}", PurePath(name).suffix)
        raise UnreadableInputError([problem], subject="", source=name)
    try:
        objects = reader(text)
    except ValueError as error:
        raise UnreadableInputError([FieldProblem("", str(error))], subject="", source=name) from None
    if not objects:
        raise UnreadableInputError([FieldProblem("", nothing)], subject="", source=name)
    return objects


def write_procedures(procedures: Sequence[Procedure], format_name: str) -> str:
    """The procedures as text, ending with a newline."""
    return WRITERS[format_name](procedures)


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = FieldProblem("", f"byte {error.start} in line {line} is not UTF-8: save the file as UTF-8")
        raise UnreadableInputError([problem], subject="", source=name) from None
