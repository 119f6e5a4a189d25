"""Which module reads or writes a format. Names are those of `--format`, `--from`, `--to` and of the HTTP paths."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange import (
    azure_csv,
    csv_format,
    gherkin,
    json_format,
    markdown_cases,
    markdown_format,
    qase_csv,
    testlink_xml,
    testrail_csv,
    xlsx_reader,
    xray_csv,
    yaml_format,
)
from testgen.interchange.columns import ColumnNames
from testgen.interchange.sheet import LOST_CUSTOM

Objects = list[Any]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # ZIP, and the old format, which its reader refuses by name


@dataclass(frozen=True)
class Format:
    """One profile. `lost` names the fields of a procedure that it cannot hold; `headers` tell its CSV from others.

    A format of text has `read`; one in which people name columns has `read_sheet` or `read_workbook`.
    """

    title: str
    write: Callable[[Sequence[Procedure]], str | bytes]
    read: Callable[[str], Objects] | None = None
    read_sheet: Callable[[str, ColumnNames], Objects] | None = None
    read_workbook: Callable[[bytes, ColumnNames], Objects] | None = None
    suffix: str = ".csv"
    media_type: str = "text/csv"
    encodings: tuple[str, ...] = ("utf-8",)  # the first is written where no other is wished
    headers: tuple[str, ...] = ()
    cases: bool = False  # test cases can be read from it
    procedures: bool = True  # procedures can be read from it
    lost: tuple[str, ...] = ()
    warning: str = ""  # for who writes it


def _write_workbook(procedures: Sequence[Procedure]) -> bytes:
    from testgen.interchange import xlsx_writer  # its library takes a quarter of a second to load

    return xlsx_writer.write(procedures)


_NOT_NEUTRALISED = "cells are written as the tool imports them: a spreadsheet would run those that begin with = + - @"
FORMATS: dict[str, Format] = {
    "json": Format(
        "JSON", json_format.write, json_format.read, suffix=".json", media_type="application/json", cases=True
    ),
    "yaml": Format(
        "YAML", yaml_format.write, yaml_format.read, suffix=".yaml", media_type="application/yaml", cases=True
    ),
    "csv": Format(
        "CSV for spreadsheets",
        csv_format.write,
        read_sheet=csv_format.read,
        encodings=("utf-8-sig", "cp932"),
        cases=True,
        lost=csv_format.LOST,
    ),
    "xlsx": Format(
        "Excel workbook",
        _write_workbook,
        read_workbook=xlsx_reader.read,
        suffix=".xlsx",
        media_type=_XLSX,
        cases=True,
        lost=("findings but open questions", "readiness", LOST_CUSTOM),
    ),
    "markdown": Format(
        "Markdown",
        markdown_format.write,
        read_sheet=markdown_cases.read,
        suffix=".md",
        media_type="text/markdown",
        cases=True,
        procedures=False,
        lost=("a procedure is not read back",),
    ),
    "gherkin": Format(
        "Gherkin", gherkin.write, suffix=".feature", media_type="text/plain", procedures=False, lost=gherkin.LOST
    ),
    "testrail-csv": Format(
        "TestRail CSV",
        testrail_csv.write,
        testrail_csv.read,
        headers=testrail_csv.REQUIRED,
        lost=testrail_csv.LOST,
        warning=_NOT_NEUTRALISED,
    ),
    "xray-csv": Format(
        "Xray CSV",
        xray_csv.write,
        xray_csv.read,
        headers=xray_csv.REQUIRED,
        lost=xray_csv.LOST,
        warning=_NOT_NEUTRALISED,
    ),
    "qase-csv": Format(
        "Qase CSV",
        qase_csv.write,
        qase_csv.read,
        headers=qase_csv.REQUIRED,
        lost=qase_csv.LOST,
        warning=_NOT_NEUTRALISED,
    ),
    "testlink-xml": Format(
        "TestLink XML",
        testlink_xml.write,
        testlink_xml.read,
        suffix=".xml",
        media_type="application/xml",
        lost=testlink_xml.LOST,
    ),
    "azure-csv": Format(
        "Azure Test Plans CSV",
        azure_csv.write,
        azure_csv.read,
        encodings=("utf-8-sig",),
        headers=azure_csv.REQUIRED,
        lost=azure_csv.LOST,
        warning=_NOT_NEUTRALISED,
    ),
}
READABLE = [name for name, entry in FORMATS.items() if entry.procedures]
CASES = [name for name, entry in FORMATS.items() if entry.cases]
_SUFFIXES = {entry.suffix: name for name, entry in FORMATS.items() if not entry.headers} | {".yml": "yaml"}


def format_of(name: str) -> str | None:
    """The format that a file name tells by its ending; `.csv` is the one for spreadsheets."""
    return _SUFFIXES.get(PurePath(name).suffix.lower())


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an Excel workbook, of any kind."""
    return content.startswith(_WORKBOOKS)


def sniff(text: str, name: str) -> str:
    """The format of a text: by the file's ending; which CSV it is, its first line tells. YAML where nothing tells."""
    by_name = format_of(name)
    if by_name != "csv":
        return by_name or ("testlink-xml" if text.lstrip().startswith("<") else "yaml")
    header = {cell.strip(' "\r') for cell in text.split("\n", 1)[0].split(",")}
    return next((key for key, entry in FORMATS.items() if entry.headers and set(entry.headers) <= header), "csv")
