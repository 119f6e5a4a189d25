"""Writes docs/formats.md from the registry of formats."""

from testgen.interchange.registry import FORMATS
from tools.page import write_or_check

HEAD = """# Formats

<!-- Written by `make diagram` from src/testgen/interchange/registry.py. Do not edit. -->

`testgen convert INPUT OUTPUT [--from FORMAT] [--to FORMAT]`, `testgen generate --format FORMAT`, `POST /v1/imports/FORMAT` and
`POST /v1/exports/FORMAT`. The format of a file is told by its ending and, for CSV, by its first line. On reading, UTF-8 with and without
byte order mark, UTF-16 and cp932 are recognised.

Cells of `csv` that a spreadsheet would run as a formula get an apostrophe, which reading takes away again. The CSV files of test
management tools are written as they are: the tools would show the apostrophe. Do not open those in a spreadsheet.

| Format | What | Read | Encoding | Cannot hold |
|---|---|---|---|---|
"""


def document() -> str:
    """The whole page."""
    rows = []
    for name, entry in FORMATS.items():
        read = "cases and procedures" if entry.cases else "procedures" if entry.read else "–"
        encoding = "UTF-8 with BOM" if entry.bom else "UTF-8"
        rows.append(f"| `{name}` | {entry.title} | {read} | {encoding} | {', '.join(entry.lost)} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    write_or_check("formats.md", document())
