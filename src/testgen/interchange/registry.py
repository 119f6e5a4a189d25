"""Which module reads or writes a format. Names are those of `--format`, `--from`, `--to` and of the HTTP paths."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pydantic import ValidationError

from testgen.domain.errors import FieldProblem, InvalidInputError, UnreadableInputError
from testgen.domain.glossary import Glossary
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase, problems_of
from testgen.interchange import (
    azure_csv,
    csv_format,
    gherkin,
    json_format,
    markdown_format,
    qase_csv,
    testlink_xml,
    testrail_csv,
    xray_csv,
    yaml_format,
)
from testgen.interchange.encoding import decode

Write = Callable[[Sequence[Procedure]], str]
Read = Callable[[str], list[object]]


@dataclass(frozen=True)
class Format:
    """One profile. `lost` names the fields of a procedure that it cannot hold; `headers` tell its CSV from others."""

    title: str
    write: Write
    read: Read | None = None
    suffix: str = ".csv"
    bom: bool = False
    headers: tuple[str, ...] = ()
    cases: bool = False  # test cases can be read from it, not procedures only
    lost: tuple[str, ...] = ()


FORMATS: dict[str, Format] = {
    "json": Format("JSON", json_format.write, json_format.read, ".json", cases=True),
    "yaml": Format("YAML", yaml_format.write, yaml_format.read, ".yaml", cases=True),
    "csv": Format(
        "CSV for spreadsheets", csv_format.write, csv_format.read, ".csv", bom=True, cases=True, lost=csv_format.LOST
    ),
    "markdown": Format("Markdown", markdown_format.write, None, ".md", lost=("a file is not read back",)),
    "gherkin": Format("Gherkin", gherkin.write, None, ".feature", lost=gherkin.LOST),
    "testrail-csv": Format(
        "TestRail CSV", testrail_csv.write, testrail_csv.read, headers=testrail_csv.REQUIRED, lost=testrail_csv.LOST
    ),
    "xray-csv": Format("Xray CSV", xray_csv.write, xray_csv.read, headers=xray_csv.REQUIRED, lost=xray_csv.LOST),
    "qase-csv": Format("Qase CSV", qase_csv.write, qase_csv.read, headers=qase_csv.REQUIRED, lost=qase_csv.LOST),
    "testlink-xml": Format("TestLink XML", testlink_xml.write, testlink_xml.read, ".xml", lost=testlink_xml.LOST),
    "azure-csv": Format(
        "Azure Test Plans CSV",
        azure_csv.write,
        azure_csv.read,
        bom=True,
        headers=azure_csv.REQUIRED,
        lost=azure_csv.LOST,
    ),
}
WRITERS: dict[str, Write] = {name: entry.write for name, entry in FORMATS.items()}
_SUFFIXES = {entry.suffix: name for name, entry in FORMATS.items() if not entry.headers} | {".yml": "yaml"}


def format_of(name: str) -> str | None:
    """The format that a file name tells by its ending; `.csv` is the one for spreadsheets."""
    return _SUFFIXES.get(PurePath(name).suffix.lower())


def read_cases(content: bytes, *, name: str, source_format: str | None = None) -> list[TestCase]:
    """The test cases of a file: one object, or an array of them. YAML is tried where the name does not tell.

    Raises:
        UnreadableInputError: not text, not the format, or nothing in it.
        InvalidInputError: a case has wrong fields.
    """
    objects = _objects(
        content, name, source_format, "there is no test case in it: write one, see examples/", cases=True
    )
    several = len(objects) > 1
    return [TestCase.parse(data, source=f"{name}[{index}]" if several else name) for index, data in enumerate(objects)]


def read_procedures(content: bytes, *, name: str, source_format: str | None = None) -> list[Procedure]:
    """The procedures of a file, in any format that can be read.

    Raises:
        UnreadableInputError: not text, not the format, or nothing in it.
        InvalidInputError: a procedure has wrong fields.
    """
    objects = _objects(content, name, source_format, "there is no procedure in it: write one with `testgen generate`")
    several = len(objects) > 1
    return [_procedure(data, f"{name}[{index}]" if several else name) for index, data in enumerate(objects)]


def read_glossary(content: bytes, *, name: str) -> Glossary:
    """The glossary of a YAML or JSON file.

    Raises:
        UnreadableInputError: not text, or not the format.
        InvalidInputError: a field is wrong.
    """
    objects = _objects(content, name, None, "there is no glossary in it: write `terms:` and `style:`")
    listed = all(isinstance(entry, dict) and "term" in entry for entry in objects)
    return Glossary.parse(objects if listed else objects[0], source=name)


def write_procedures(procedures: Sequence[Procedure], format_name: str) -> str:
    """The procedures as text.

    Raises:
        InvalidInputError: the format cannot hold them.
    """
    try:
        return WRITERS[format_name](procedures)
    except ValueError as error:
        raise InvalidInputError([FieldProblem("", str(error), format_name)], subject="") from None


def encode(text: str, format_name: str) -> bytes:
    """The bytes of a file: UTF-8, with a byte order mark where the reader of the format wants one."""
    return text.encode("utf-8-sig" if FORMATS[format_name].bom else "utf-8")


def _procedure(data: object, source: str) -> Procedure:
    try:
        return Procedure.model_validate(data)
    except ValidationError as error:
        raise InvalidInputError(problems_of(error), subject="the procedure", source=source) from None


def _objects(
    content: bytes, name: str, source_format: str | None, nothing: str, *, cases: bool = False
) -> list[object]:
    text = decode(content, name)
    chosen = source_format or _sniff(text, name)
    entry = FORMATS[chosen]
    if entry.read is None or (cases and not entry.cases):
        wanted = ", ".join(sorted(key for key, other in FORMATS.items() if other.read and (other.cases or not cases)))
        problem = FieldProblem("", f"cannot be read from {entry.title}: use {wanted}", PurePath(name).suffix)
        raise UnreadableInputError([problem], subject="", source=name)
    try:
        objects = entry.read(text)
    except ValueError as error:
        raise UnreadableInputError([FieldProblem("", str(error))], subject="", source=name) from None
    if not objects:
        raise UnreadableInputError([FieldProblem("", nothing)], subject="", source=name)
    return objects


def _sniff(text: str, name: str) -> str:
    """By the file's ending; which CSV it is, its first line tells."""
    by_name = format_of(name)
    if by_name != "csv":
        return by_name or ("testlink-xml" if text.lstrip().startswith("<") else "yaml")
    header = {cell.strip(' "\r') for cell in text.split("\n", 1)[0].split(",")}
    return next((key for key, entry in FORMATS.items() if entry.headers and set(entry.headers) <= header), "csv")
