"""Writes docs/formats.md from the registry of formats."""

from pathlib import Path

from testgen.interchange.bounds import READ
from testgen.interchange.columns import HEADINGS, PERHAPS, RESULTS, names_of
from testgen.interchange.registry import FORMATS
from testgen.interchange.xlsx_bounds import MOST_CELLS, MOST_UNPACKED
from testgen.interchange.xlsx_reader import MOST_COLUMNS, MOST_ROWS
from tools.page import write_or_check

HEAD = """# Formats

<!-- Written by `make docs` from src/testgen/interchange/registry.py and tools/formats_by_tool.md. Do not edit. -->

You can name a format in `testgen convert INPUT OUTPUT [--from FORMAT] [--to FORMAT]`, `testgen generate --format FORMAT`,
`POST /v1/imports/FORMAT` and `POST /v1/exports/FORMAT`. Without `--from`, testgen detects the format of a file from its extension and, for
CSV, Excel and XML, from its content. It reads UTF-8 with or without a byte order mark, UTF-16, cp932 and what Excel on an English Windows
saves (cp1252), and CSV with `,`, `;` or tab as the delimiter (`--delimiter` overrides this). A file with duplicate ids is refused.

testgen skips what it cannot use (a case without steps, a Gherkin case in a CSV file, a note below a table) and reads the rest. It reports
`read n, skipped m` with rows and reasons on stderr, and names the columns, fields and sheets that it ignored;
the HTTP API returns these as `skipped` and `left_behind`. `--strict` (`?strict=true`) refuses such a file, and `convert --dry-run`
reads and reports without writing.

`generate` and `batch` read every format in the table. If rows already have steps, both commands improve them as `testgen improve` does;
with `--anew`, they use the test cases behind the steps and write new ones. A Gherkin scenario in one cell (Given, When, Then; 前提,
もし, ならば) is read as steps. A JSON file may contain one object per line; if at least two lines are objects, all others are skipped.
In a JSON or YAML file, an entry that contains half a character (a lone surrogate) is skipped; other mistakes in files written by hand
are refused.

JSON and YAML of other tools and teams are read where their fields say what they are: cases under a key such as `testSuites` or `tests`, a
title called `name`, steps called `testScript` or `custom_steps_separated`, with `step`, `description`, `do`, `expected`, `testData` and
the like; the `fields` of Jira and Xray, steps within steps, Gherkin, and a description with headings (`h3. Steps`, Atlassian's document
format) are read, too. testgen names the fields that it did not understand. If no field can be the title or the action, it says which one
to rename.

A procedure written by hand in JSON or YAML needs a title and actions:

```yaml
title: Open the door
steps:
  - Turn the key
  - action: Pull
    expected_result: It opens
```

In `csv`, a cell that a spreadsheet would run as a formula gets an apostrophe, which testgen removes when it reads the file. The CSV
files for test management tools have no apostrophes, because the tools would show them; do not open those files in a spreadsheet.
`--encoding cp932` (`?encoding=cp932`) writes `csv` for programs that cannot read UTF-8.

| Format | What | Read | Encoding | Cannot hold |
|---|---|---|---|---|
"""

TOOLS = "\n" + (Path(__file__).parent / "formats_by_tool.md").read_text(encoding="utf-8")

ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with BOM", "cp932": "cp932"}
SHEETS = f"""
## Excel, and sheets as teams keep them

![A printed sheet: one row per step, the cells of a case merged, columns for the results](images/excel.png)

### The workbook that testgen writes

`xlsx` has one row per step and merges the cells of a case; columns to the right of 備考 are not printed. 結果 accepts OK, NG, 保留,
未実施 and also ○, ×, －. Filters find every step of a case, because the rows under a merged cell keep its value. Ids and other short
numbers are written as numbers, unless that would drop a zero.

- The cover (表紙) has fields for system, version, environment and names.
- The summary (集計) uses formulas to count cases, steps and verdicts, in total, by readiness and by 大項目, and includes rows added
  later. OK and ○ count as passed, NG and × as failed, － as not applicable, an empty cell as not run.
- The sheet 確認事項 lists the questions for the author of the specification, by step.

`testgen template` writes an empty sheet for test cases. (The picture: `testgen generate examples/login-lockout.ja.yaml --engine outline
-o a.xlsx`, then `soffice --convert-to pdf` and `pdftoppm -r 120 -png`, cropped to the table.)

### Your own form

`--template FILE.xlsx` (generate, batch, convert) fills in your own form. testgen looks for the headings listed below, on the first
visible sheet that has a row of headings with a column for the action. The rows under the headings must be empty, except for numbers,
formulas and preset verdicts. Titles, formats, widths, other sheets, pictures and print settings stay as they are: testgen changes only
this sheet, in the file's own XML.

- If a column names the case (項番, テスト項目, 大項目, …), procedures follow one another. Otherwise each procedure gets a copy of the
  sheet, named after its id, and empty cells beside labels above the table (`テスト項目 | `, `前提条件 | `) are filled in.
- Further rows copy the format of the second row; lists, colours, filters and the print area extend to the last row. If
  there is content below the table, cases that do not fit continue on a copy of the sheet; a case is never split.
- Cells that the form merges over the rows of a case are merged over the rows of each case.
- A `No` in front of the steps counts them if labels above the table name the case.
- The results of each round of testing go to a separate column; if the form has no column for a second round, its results are left out.
- Without a column for test data, the data follows the action, after 【テストデータ】. stderr names everything else that the form has no
  place for (section, tags, priority, your own columns, …).
- Text that needs more than one line gets the cell's format with line breaks, in a row of sufficient height.

### The sheets that testgen reads

You do not have to rearrange your sheets. The headings may be in any row, in two rows, and merged. A sheet may contain several tables,
each with labels above it (`前提条件 | 会員である`); a workbook may have several sheets; and one cell may contain all steps as a
numbered list.

- A sheet with a column for actions contains procedures, which `improve`, `generate` and `batch` improve. With `--anew`, their expected
  results become test cases and the old steps become a source; old verdicts are ignored. A sheet without such a column contains test
  cases.
- A row with a value only in the id column, such as `■検索機能`, is the section of the cases below it.
- A column that holds only numbers (手順 1, 2, 3 beside 操作) counts the steps; the column beside it holds the actions. If no heading is
  known to hold them, testgen asks for `--columns`.
- If two columns may hold the expected result, 期待結果 does; 確認内容 or 確認事項 beside it is the title if no other column is; where one
  is, it says what is checked. testgen reports this. A sheet of points to check (確認事項 and 期待結果, or a checklist of チェック項目)
  contains test cases.
- A cell may hold a whole case under headings of its own (【前提条件】, 【手順】, 【期待結果】, Jira's `h3. Steps`), and steps marked ①②③ on
  one line. Steps may also stand in columns of their own (手順1, 手順2, …; Step 1, Expected 1, …).
- Rows that sum up (合計, TOTAL), comments (`#`, `//`) and what is signed below a list of cases (実施日, 承認) are skipped and reported.
  Below a form, 実施日, 実施者 and 備考 are kept with the case.
- A row without an action continues the step above. An expected result merged over several rows belongs to the last of them.
- If item numbers restart on each sheet, or in each section, they get the name of the sheet or section as a prefix.
- Without a column for the title, 小項目 becomes the title and is not part of the section.
- Text that is struck through is left out, and a row that contains nothing else is skipped; both are reported. A row in which only the
  name is struck through is still a case.
- 同上, 〃 and "same as above" repeat the value above; as an expected result, a dash or 〃 means none. A time, a date or a version number
  does not start an item; items may be numbered 1, 3, or start again at 1. `ID：tanaka` in a cell of data is a name and a value.
- A row below the table that starts with ※ is a note and is skipped. Missing cells at the end of a row count as empty.
- `.xls` (Excel 97-2003) is read, too, and so is a table of text with tabs or commas that a system has saved as `.xls` or `.xlsx`.
- Unknown columns and the testers' entries are kept in `custom` and written back: as one text for the case, or as a list with one entry
  per step.
- Hidden sheets and sheets without a table of tests are ignored and reported. Numbers and dates are read as the sheet shows them.
- Refused: macros, passwords, formulas without a value, more than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns, {MOST_CELLS:,} cells
  (including those under merged areas and hyperlinks) or {MOST_UNPACKED // 1024**2} MiB unpacked; in any format, a file that takes
  more than {READ.seconds:g} s or {READ.mebibytes} MiB to read. testgen uses nothing from a file that it refuses.

### Your own headings

A YAML file maps your own headings. Name it with `--columns FILE`, or in `.testgen.toml` as `columns = "FILE"` (in its folder or below):

```yaml
columns:
  なにをする: action
  どうなる: expected
```

In Markdown, a heading such as `## LOGIN-001 ログインできる` is a case, and headings below it (前提条件, テストデータ, 仕様, 期待結果,
…) are its fields; so are labels in bold on a line of their own (`**手順**`). With a table of steps below it (No, 手順, 期待結果), it is a
procedure. A table in which a column names the cases is read like a sheet.

| Field | Known headings |
|---|---|
"""


PERHAPS_TOLD = """

If no other column holds these fields, these headings are read as them, too: {perhaps}. An action of these stands beside a column that
counts the steps.
"""


def document() -> str:
    """The whole page."""
    rows = []
    for name, entry in FORMATS.items():
        read = " and ".join(["cases"] * entry.cases + ["procedures"] * entry.procedures) or "–"
        encoding = "–" if entry.workbook else ", ".join(ENCODINGS[encoding] for encoding in entry.encodings)
        lost = ", ".join(entry.lost) if entry.write else "(read only)"
        rows.append(f"| `{name}` | {entry.title} | {read} | {encoding} | {lost} |")
    headings = [f"| `{field}` | {' · '.join(names_of(field))} |" for table in (HEADINGS, RESULTS) for field in table]
    perhaps = "; ".join(f"{' · '.join(names)} (`{field}`)" for field, names in PERHAPS.items())
    return HEAD + "\n".join(rows) + "\n" + TOOLS + SHEETS + "\n".join(headings) + PERHAPS_TOLD.format(perhaps=perhaps)


if __name__ == "__main__":
    write_or_check("formats.md", document())
