"""Forty files that are broken, hostile or not what they say: each gives one clear line, exit 2, and nothing is written."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from support.procedures import procedure
from support.workbooks import workbook
from typer.testing import CliRunner

from testgen.cli import app
from testgen.domain.errors import TestgenError
from testgen.interchange import write_procedures

GOOD = write_procedures([procedure(("Open it", "It is open"))], "xlsx")
HEADER = ["ID", "Title", "Action", "Expected result"]
ROW = ["1", "x", "Open it", "It is open"]


def package(change: Callable[[dict[str, bytes]], None], base: bytes = GOOD) -> bytes:
    """A workbook whose parts were tampered with."""
    with zipfile.ZipFile(io.BytesIO(base)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    return package(lambda parts: parts.update({name: content}))


def without(name: str) -> bytes:
    return package(lambda parts: parts.pop(name) and None)


SHEET = "xl/worksheets/sheet3.xml"  # the procedures; the cover and the summary stand before them
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
BOMB = with_part("xl/media/image1.png", b"\0" * (65 * 1024 * 1024))
TALL = workbook({"S": [HEADER, ROW, *[[]] * 20_000, ROW]})
WIDE = workbook({"S": [HEADER + [None] * 300 + ["x"], ROW]})
FORMULA = workbook({"S": [HEADER, ["1", "x", "=A1&B1", "y"]]})
TWICE = b"ID,Title,Action,Expected result\r\nT-1,a,Open it,y\r\nT-1,b,Close it,y\r\n"
CASE = '{"id": "a", "title": "t", "expected_results": ["y"]}'

BAD: list[tuple[str, bytes, str]] = [
    # CSV
    ("empty.csv", b"", "has no row that names the columns"),
    ("blank.csv", b"\r\n\r\n , \r\n", "has no row that names the columns"),
    ("header-only.csv", b"ID,Title,Action\n", "there is no procedure in it"),
    ("wrong-header.csv", b"a,b,c\n1,2,3", "has no row that names the columns"),
    ("no-title.csv", b"ID,Action\n1,x", "row 2: has no title"),
    ("open-quote.csv", b'ID,Title,Action\n1,"x', "is not CSV"),
    ("too-wide.csv", b"ID,Title,Action\n1,x,y,z", "has 4 cells in row 2, but 3 columns"),
    ("no-action.csv", b"ID,Title,Action\n1,x,", "has no step for 'x'"),
    ("result-only.csv", b"ID,Title,Action,Expected result\n1,x,,y", "has no action in row 2"),
    ("wrong-byte.csv", b"ID,Title,Action\n1,\x81\xff,y", "byte 18 in line 2, column 3 is neither UTF-8 nor cp932"),
    ("odd-utf16.csv", b"\xff\xfeI\x00D", "is neither UTF-8 nor cp932"),
    ("twice.csv", TWICE, "/1/test_case_id (T-1): duplicate id, in row 2 and row 3"),
    ("too-long.csv", b"ID,Title,Action\n1,x,go\n" + b",,go\n" * 60, "has 61 steps for 'x': at most 60"),
    ("cases.csv", b"ID,Title,Expected results\n1,x,y", "contains test cases, not procedures"),
    ("nul.csv", b"ID,Title,Action\n1,\x00\x00,\x00", "byte 18 in line 2, column 3 is NUL"),
    # JSON and YAML
    ("empty.json", b"", "is not JSON"),
    ("truncated.json", b'{"test_case_id": "a", "steps": [', "is not JSON at line 1"),
    ("nothing.json", b"[]", "there is no procedure in it"),
    ("number.json", b"42", "is not an object"),
    ("deep.json", b"[" * 100_000, "is nested too deeply"),
    ("case.json", CASE.encode(), "contains test cases, not procedures"),
    ("tabs.yaml", b"a:\n\t- b", "is not YAML"),
    ("long-number.yaml", b"id: a\ntitle: b\nsteps: [0x" + b"f" * 8_000 + b"]", "line 3, column 9: a number with 8,002 digits"),
    ("long-octal.yaml", b"id: 0" + b"7" * 8_000, "a number with 8,001 digits"),
    ("twice.yaml", b"id: a\ntitle: t\npreconditions: [x]\npreconditions: [y]", "line 4, column 1: duplicate key 'preconditions'"),
    ("twice.json", b'{"id": "a", "title": "t", "steps": ["Open it"], "steps": ["Close it"]}', "duplicate key 'steps'"),
    ("twice-within.yaml", b"id: a\ntest_data: {user: x, user: y}", "duplicate key 'user'"),
    ("code.yaml", b"!!python/object/apply:os.system ['true']", "is not YAML"),
    ("laughs.yaml", b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]", "/"),
    # XML
    ("page.html", b"<!DOCTYPE html><html><body><table><br></table></body></html>", "is a page of HTML: open it in Excel"),
    ("table.xml", b"<table><tr><td>ID<br></td></tr></table>", "is a page of HTML"),
    ("truncated.xml", b"<testcases><testcase name='x'>", "is not XML"),
    ("unknown-encoding.xml", b'<?xml version="1.0" encoding="bogus"?><testsuite name="a"/>', "there is no procedure in it"),
    ("deep.xml", b"<testsuite>" * 20_000 + b"</testsuite>" * 20_000, "is nested too deeply"),
    ("deep-sections.xml", b"<suite>" + b"<sections><section>" * 5_000 + b"</section></sections>" * 5_000 + b"</suite>", "is nested too deeply"),
    ("other.xml", b"<note/>", "its first element is 'note'"),
    ("xxe.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><testcases>&a;</testcases>', "which are refused"),
    ("laughs.xml", LAUGHS + b"<testcases>&b;</testcases>", "which are refused"),
    ("dtd.xml", b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><testcases/>', "which are refused"),
    # Excel
    ("empty.xlsx", b"", "is not an Excel workbook, or is incomplete"),
    ("truncated.xlsx", GOOD[:2000], "is not an Excel workbook, or is incomplete"),
    ("text.xlsx", b"ID,Title\n", "is not an Excel workbook, or is incomplete"),
    ("marked.xls", "\ufeff<table><tr><td>ID, Title</td></tr>\n<tr>a, b</tr></table>".encode(), "is a page (HTML or XML) under the name of a workbook"),
    ("page.xls", b"<html><table><tr><td>ID</td><td>Title</td></tr></table></html>", "is a page (HTML or XML) under the name of a workbook"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "is an old workbook (.xls) or has a password"),
    ("word.xlsx", package(lambda parts: parts.update({"word/document.xml": parts.pop("xl/workbook.xml")})), "is a Word document"),
    ("macros.xlsm", with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "contains macros, which are refused"),
    ("bomb.xlsx", BOMB, "unpacks to 65 MiB; at most 64 MiB are read"),
    ("cells.xlsx", with_part(SHEET, b"<worksheet>" + b'<x:c r="A1"/>' * 600_001), "has more than 300,000 cells"),
    ("tall.xlsx", TALL, "reaches to row 20,003"),
    ("wide.xlsx", WIDE, "column 305"),
    ("no-table.xlsx", workbook({"表紙": [["テスト仕様書"]]}), "has no table of tests in '表紙'"),
    ("formula.xlsx", FORMULA, "has a formula without a value in C2 of sheet 'S'"),
    ("laughs.xlsx", with_part(SHEET, LAUGHS + b"<worksheet>&b;</worksheet>"), "is not a workbook that can be read"),
    ("broken-sheet.xlsx", with_part(SHEET, b"<worksheet><sheetData>"), "is not a workbook that can be read"),
    ("no-sheet.xlsx", without(SHEET), "has no table of tests in any visible sheet"),
    ("no-types.xlsx", without("[Content_Types].xml"), "is not a workbook that can be read"),
    ("twice.xlsx", workbook({"S": [HEADER, ROW, [ROW[0], "y", *ROW[2:]]]}), "duplicate id, in row 2 of sheet 'S' and row 3 of sheet 'S'"),
    # Others
    ("empty.feature", b"Feature: x", "there is no procedure in it"),
    ("not.feature", b"Scenario: x", "is not Gherkin"),
    ("procedure.md", b"# x", "has no test case"),
]  # fmt: skip


def test_there_are_at_least_forty() -> None:
    assert len({name for name, _, _ in BAD}) == len(BAD) >= 40


@pytest.mark.parametrize(("name", "content", "says"), BAD, ids=[name for name, _, _ in BAD])
def test_a_malformed_file_gives_one_clear_error(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    source, target = tmp_path / name, tmp_path / "out.json"
    source.write_bytes(content)
    done = CliRunner().invoke(app, ["convert", str(source), str(target)])
    assert isinstance(done.exception, TestgenError), done.exception
    assert done.exception.exit_code == 2
    assert says in str(done.exception)
    assert "\n" not in str(done.exception)
    assert name in str(done.exception)
    assert sorted(path.name for path in tmp_path.iterdir()) == [name], "nothing was written"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert len(BOMB) < 200_000
