"""Which module reads or writes a format. Names are those of `--format`, `--from`, `--to` and of the HTTP paths."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from testgen.domain.procedure import Procedure
from testgen.interchange import (
    azure_csv,
    csv_format,
    gherkin,
    json_format,
    markdown_cases,
    markdown_format,
    qase_csv,
    step_rows,
    testlink_xml,
    testrail_csv,
    testrail_xml,
    xray_csv,
    yaml_format,
)
from testgen.interchange import rows as table
from testgen.interchange.columns import ColumnNames
from testgen.interchange.found import Objects
from testgen.interchange.sheet import LOST_CUSTOM
from testgen.messages import plain, say

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """One profile. `lost` names the fields of a procedure that it cannot hold; `headers` tell a tool's rows from others.

    A format of text has `read`, or `read_sheet` where people name its columns; a tool's rows, in CSV or a workbook, have
    `read_rows`. `workbook` is true of sheets that a team made.
    """

    title: str
    write: Callable[[Sequence[Procedure]], str | bytes] | None = None
    read: Callable[[str], Objects] | None = None
    read_sheet: Callable[[str, ColumnNames, str | None], Objects] | None = None
    read_rows: Callable[[Sequence[table.Row]], Objects] | None = None
    workbook: bool = False
    suffix: str = ".csv"
    media_type: str = "text/csv"
    encodings: tuple[str, ...] = ("utf-8",)  # the first is written unless another is requested
    headers: table.Headers = ()
    cases: bool = True  # test cases can be read from it: its own, or those behind its procedures
    procedures: bool = True  # procedures can be read from it
    lost: tuple[str, ...] = ()
    warning: str = ""  # for who writes it
    warnings: Callable[[Sequence[Procedure]], list[str]] = lambda _: []  # of what the format cuts from these


def _write_workbook(procedures: Sequence[Procedure]) -> bytes:
    from testgen.interchange import xlsx_writer  # its library takes a quarter of a second to load

    return xlsx_writer.write(procedures)


_NOT_NEUTRALISED = say(
    "cells are written for the tool's importer: a spreadsheet would run those that begin with = + - @"
)
FORMATS: dict[str, Format] = {
    "json": Format("JSON", json_format.write, json_format.read, suffix=".json", media_type="application/json"),
    "yaml": Format("YAML", yaml_format.write, yaml_format.read, suffix=".yaml", media_type="application/yaml"),
    "csv": Format(
        say("CSV for spreadsheets"),
        csv_format.write,
        read_sheet=csv_format.read,
        encodings=("utf-8-sig", "cp932"),
        lost=csv_format.LOST,
    ),
    "xlsx": Format(
        say("Excel workbook"),
        _write_workbook,
        workbook=True,
        suffix=".xlsx",
        media_type=_XLSX,
        lost=(say("findings except open questions"), "readiness", LOST_CUSTOM),
    ),
    "xls": Format(say("Excel 97-2003 workbook"), workbook=True, suffix=".xls", media_type="application/vnd.ms-excel"),
    "markdown": Format(
        "Markdown",
        markdown_format.write,
        read_sheet=lambda text, names, _: markdown_cases.read(text, names),
        suffix=".md",
        media_type="text/markdown",
        lost=markdown_format.LOST,
    ),
    "gherkin": Format(
        "Gherkin", gherkin.write, gherkin.read, suffix=".feature", media_type="text/plain", lost=gherkin.LOST
    ),
    "testrail-csv": Format(
        "TestRail CSV",
        testrail_csv.write,
        read_rows=testrail_csv.read,
        headers=testrail_csv.HEADERS,
        lost=testrail_csv.LOST,
        warning=_NOT_NEUTRALISED,
    ),
    "testrail-xml": Format("TestRail XML", read=testrail_xml.read, suffix=".xml", media_type="application/xml"),
    "xray-csv": Format(
        "Xray CSV",
        xray_csv.write,
        read_rows=xray_csv.read,
        headers=xray_csv.HEADERS,
        lost=xray_csv.LOST,
        warning=_NOT_NEUTRALISED,
    ),
    "qase-csv": Format(
        "Qase CSV",
        qase_csv.write,
        read_rows=qase_csv.read,
        headers=qase_csv.HEADERS,
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
        read_rows=azure_csv.read,
        encodings=("utf-8-sig",),
        headers=azure_csv.HEADERS,
        lost=azure_csv.LOST,
        warning=_NOT_NEUTRALISED,
        warnings=azure_csv.warnings,
    ),
    "zephyr": Format("Zephyr Scale CSV, Excel", read_rows=step_rows.zephyr, headers=step_rows.ZEPHYR),
    "qtest": Format("qTest CSV, Excel", read_rows=step_rows.qtest, headers=step_rows.QTEST),
    "alm": Format("HP ALM CSV, Excel", read_rows=step_rows.alm, headers=step_rows.ALM),
    "practitest": Format("PractiTest CSV", read_rows=step_rows.practitest, headers=step_rows.PRACTITEST),
    "squash": Format("Squash TM Excel", workbook=True, suffix=".xls", media_type="application/vnd.ms-excel"),
}
READABLE = [name for name, entry in FORMATS.items() if entry.procedures]
CASES = [name for name, entry in FORMATS.items() if entry.cases]
WRITABLE = [name for name, entry in FORMATS.items() if entry.write]
TOOLS = {name: entry.headers for name, entry in FORMATS.items() if entry.read_rows}
# Of a format that is only written no ending tells: a text that somebody wrote may end so, too.
_SUFFIXES = {
    entry.suffix: name
    for name, entry in FORMATS.items()
    if (entry.cases or entry.procedures) and entry.suffix not in (".csv", ".xml") and name != "squash"
} | {".csv": "csv", ".tsv": "csv", ".yml": "yaml", ".ndjson": "json", ".jsonl": "json", ".xlsm": "xlsx"}
_NAMED_LIKE_WORKBOOKS = ("xlsx", "xls")  # a text under such a name is the table that a tool calls an Excel export
_ROOTS = dict.fromkeys(testrail_xml.ROOTS, "testrail-xml") | dict.fromkeys(testlink_xml.ROOTS, "testlink-xml")


def format_of(name: str) -> str | None:
    """The format that a file name tells by its ending; `.csv` is the one for spreadsheets."""
    suffix = PurePath(plain(name)).suffix.lower()
    return "testlink-xml" if suffix == ".xml" else _SUFFIXES.get(suffix)


def sniff(text: str, name: str) -> str:
    """The format of a text: by the file's ending; which CSV or XML it is, its beginning tells. YAML if nothing decides."""
    by_name = format_of(name)
    if by_name == "testlink-xml" or (by_name is None and text.lstrip().startswith("<")):
        return next(
            (_ROOTS[tag] for tag in _ROOTS if f"<{tag}>" in text[:2_000] or f"<{tag} " in text[:2_000]), "testlink-xml"
        )
    if by_name not in ("csv", *_NAMED_LIKE_WORKBOOKS):
        return by_name or "yaml"
    headers_read = table.first_rows(text)
    return next(
        (key for key, headers in TOOLS.items() if any(table.has_headers(row, headers) for row in headers_read)), "csv"
    )
