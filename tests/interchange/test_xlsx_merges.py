"""Merged cells get no borders where a workbook is read, since that takes most of the time; where one is written they do."""

import io
import threading

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side

from testgen.interchange import xlsx_merges, xlsx_reader
from testgen.interchange.xlsx_merges import merges_without_borders


@pytest.fixture
def workbook() -> bytes:
    """Three rows that are one cell with a border."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "No"
    sheet["A2"] = "T-1"
    sheet["A2"].border = Border(left=Side("thin"))
    sheet.merge_cells("A2:A4")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def left(content: bytes) -> str | None:
    found: str | None = load_workbook(io.BytesIO(content)).worksheets[0]["A4"].border.left.style
    return found


def test_a_merged_range_is_read_as_one_text(workbook: bytes) -> None:
    (grid,) = xlsx_reader.grids(workbook)
    assert [row[0] for row in grid.rows] == ["No", "T-1", "T-1", "T-1"]


def test_no_border_is_worked_out_while_a_workbook_is_read(workbook: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[object] = []
    monkeypatch.setattr(xlsx_merges, "_format", worked_out.append)
    list(xlsx_reader.grids(workbook))
    assert worked_out == []


def test_afterwards_and_in_other_threads_merged_cells_have_borders(workbook: bytes) -> None:
    found: list[str | None] = []
    with merges_without_borders():
        thread = threading.Thread(target=lambda: found.append(left(workbook)))
        thread.start()
        thread.join()
    assert [*found, left(workbook)] == ["thin", "thin"]
