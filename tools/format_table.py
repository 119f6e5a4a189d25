"""Writes docs/formats.md from the registry of formats."""

from pathlib import Path

from testgen.interchange.bounds import READ
from testgen.interchange.columns import HEADINGS, RESULTS, names_of
from testgen.interchange.registry import FORMATS
from testgen.interchange.xlsx_bounds import MOST_CELLS, MOST_UNPACKED
from testgen.interchange.xlsx_reader import MOST_COLUMNS, MOST_ROWS
from tools.page import write_or_check

HEAD = """# Formats

<!-- Written by `make docs` from src/testgen/interchange/registry.py and tools/formats_by_tool.md. Do not edit. -->

`testgen convert INPUT OUTPUT [--from FORMAT] [--to FORMAT]`, `testgen generate --format FORMAT`, `POST /v1/imports/FORMAT` and
`POST /v1/exports/FORMAT`. The format of a file is told by its ending and, for CSV, Excel and XML, by how it begins. On reading, UTF-8
with and without byte order mark, UTF-16 and cp932 are recognised; so is the delimiter of a CSV, one of `,` `;` and tab (`--delimiter`
decides). No two entries of a file may have one id.

What cannot be used is skipped, and the rest is read: a case without steps, a Gherkin case in a CSV, a note below a table. stderr says
`read n, skipped m` with row and reason, and names the columns, fields and sheets that were left behind; over HTTP these are `skipped`
and `left_behind`. `--strict` (`?strict=true`) refuses such a file, `convert --dry-run` reads and reports only. `generate` and `batch` take
every format that can be read. Where there are steps already, both improve them, as `testgen improve` does; with `--anew` they take the
cases behind them. A scenario of Gherkin in one cell (Given, When, Then; 前提, もし, ならば) is read as steps. An entry of a JSON or YAML
file that contains half a character (a lone surrogate) is skipped like others; other faults of what a person wrote are refused.

A procedure written by hand in JSON or YAML needs a title and actions:

```yaml
title: Open the door
steps:
  - Turn the key
  - action: Pull
    expected_result: It opens
```

Cells of `csv` that a spreadsheet would run as a formula get an apostrophe, which reading takes away again. The CSV files of test
management tools are written as they are: the tools would show the apostrophe. Do not open those in a spreadsheet.
`--encoding cp932` (`?encoding=cp932`) writes `csv` for programs that read nothing else.

| Format | What | Read | Encoding | Cannot hold |
|---|---|---|---|---|
"""

TOOLS = "\n" + (Path(__file__).parent / "formats_by_tool.md").read_text(encoding="utf-8")

ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with BOM", "cp932": "cp932"}
SHEETS = f"""
## Excel, and sheets as teams keep them

![A printed sheet: a row a step, the cells of a case merged, columns for the results](images/excel.png)

`xlsx` has one row a step and the case's cells merged; the columns to the right of 備考 are not printed. 結果 takes OK, NG, 保留, 未実施
and also ○, ×, －. Filters find every step of a case, since the rows under a merged cell keep its value. In front stand a cover (表紙), on
which the team fills in system, version, environment and names, and a summary (集計): formulas count cases, steps and verdicts, of all,
by readiness and by 大項目, with what is added later. OK and ○ count as passed, NG and × as failed, － as not applicable, an empty cell as
not run. The sheet 確認事項 lists what the author of the specification must answer, by step. Ids and other short numbers are written as
numbers, unless a zero would be lost. `testgen template` writes an empty sheet for test cases. (The picture: `testgen generate
examples/login-lockout.ja.yaml --engine outline -o a.xlsx`, then `soffice --convert-to pdf` and `pdftoppm -r 120 -png`, cut to the table.)

`--template FILE.xlsx` (generate, batch, convert) fills in a form of your own. Its row of headings is found by the headings below, on
the first visible sheet that has one with a column for the action; the rows under it must be empty, but for numbers, formulas and preset
verdicts. Title rows, formats, widths, other sheets, pictures and print settings stay as they are; the sheet is changed in the file's
own XML, and only there.

- Where a column names the case (項番, テスト項目, 大項目, …), procedures stand one after another. Where none does, each gets a copy of the
  sheet, named by its id; empty cells beside labels above the table (`テスト項目 | `, `前提条件 | `) are filled in.
- More rows than the form has laid out look like its second; lists, colours, filters and the print area go on to the last. Where
  something stands below the table, what has no room goes on to a copy of the sheet, each case whole.
- Cells that the form merges over the rows of a case are merged over as many rows as each case has.
- A `No` in front of the steps counts them where labels above the table name the case.
- Of what testers filled in each round takes a column of its own; a second round that the form has no column for stays out.
- Without a column for test data these stand below the action, after 【テストデータ】. Whatever else the form has no place for (section,
  tags, priority, a column of your own, …) is named on stderr.
- A text that needs more than a line gets the cell's format with lines broken, and a row that is high enough.

Sheets are read as they are: the header may stand in any row and have two rows; cells may be merged; a sheet may hold several tables, each
with labels above it (`前提条件 | 会員である`); a workbook may have several sheets; a cell may hold all steps as a numbered list.

- With a column of actions a sheet holds procedures, which `improve`, `generate` and `batch` better; `--anew` takes their expected
  results for cases, and the old steps as a source; verdicts on these are left behind. Without one it holds test cases.
- A row in which only the column of ids holds something, `■検索機能`, is the section of the cases below it.
- A row without an action goes on with the step above. An expected result that is merged over several rows belongs to the last of them.
- Where item numbers begin anew on each sheet, the sheet's name is put before all of a sheet's.
- Without a column for the title 小項目 is the title, and no part of the section.
- Text that is struck through is left out, a row of it is skipped; both are told. A row of which only the name is struck stays a case.
- 同上, 〃 and "same as above" take the value above; a dash, or 〃, as an expected result is none. A clock time, a date or a version
  begins no item; items may be numbered 1, 3 or begin anew. `ID：tanaka` in a cell of data is a name and a value.
- A row below the table that begins with ※ is a note, and is skipped. Rows that end early are filled up.
- `.xls` (Excel 97-2003) is read too.
- Columns that are not known, and what testers filled in, go to `custom` and come back: a text for the case, or a list with one for
  each step.
- Hidden sheets and sheets without a table of tests are left out, and named. Numbers and dates are read as the sheet shows them.
- Refused: macros, passwords, formulas without a value, more than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns, {MOST_CELLS:,} cells
  (counting what lies under merged areas and hyperlinks) or {MOST_UNPACKED // 1024**2} MiB unpacked; of any format, what takes more than
  {READ.seconds:g} s or {READ.mebibytes} MiB to read. Nothing of such a file is taken over.

Your own headings are mapped by a YAML file, given by `--columns FILE` or in `.testgen.toml` as `columns = "FILE"` (in its folder or below):

```yaml
columns:
  なにをする: action
  どうなる: expected
```

In Markdown a heading such as `## LOGIN-001 ログインできる` is a case, headings below it (前提条件, テストデータ, 仕様, 期待結果, …) are its
fields; a table of steps below it (No, 手順, 期待結果) makes it a procedure; a table in which a column names the cases is a sheet.

| Field | Headings that are known, besides your own |
|---|---|
"""


def document() -> str:
    """The whole page."""
    rows = []
    for name, entry in FORMATS.items():
        read = " and ".join(["cases"] * entry.cases + ["procedures"] * entry.procedures) or "–"
        encoding = "–" if entry.workbook else ", ".join(ENCODINGS[encoding] for encoding in entry.encodings)
        lost = ", ".join(entry.lost) if entry.write else "only read"
        rows.append(f"| `{name}` | {entry.title} | {read} | {encoding} | {lost} |")
    headings = [f"| `{field}` | {' · '.join(names_of(field))} |" for table in (HEADINGS, RESULTS) for field in table]
    return HEAD + "\n".join(rows) + "\n" + TOOLS + SHEETS + "\n".join(headings) + "\n"


if __name__ == "__main__":
    write_or_check("formats.md", document())
