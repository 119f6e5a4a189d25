"""The rows of a sheet in its own XML: cells are filled in with the style they have; further rows look like those of the form."""

import re
from collections.abc import Iterable
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from testgen.interchange.xlsx_parts import elements, reaching
from testgen.interchange.xlsx_style import escaped, is_number, lines_of
from testgen.interchange.xlsx_wrap import Wrapping
from testgen.messages import say

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_LINE = 15.0  # height of a line in points
_MOST_HEIGHT = 409.0
_USUAL_WIDTH = 8.43
Area = tuple[int, int, int, int]  # left, top, right, bottom, from 1


class SheetRows:
    """A sheet's document. Rows and columns count from 1."""

    def __init__(self, document: Any, wrapping: Wrapping) -> None:
        self.document = document
        self._wrapping = wrapping
        self._beside: dict[int, list[Area]] = {}  # merges within a row, by row
        self._data = elements(document, "sheetData")[0]
        self._prefix = self._data.tagName.rpartition("sheetData")[0]
        self._rows = {int(row.getAttribute("r")): row for row in elements(self._data, "row") if row.hasAttribute("r")}
        self._last = max(self._rows, default=0)
        self._cells = {number: self._by_column(row) for number, row in self._rows.items()}
        self._widths = self._read_widths()
        self._merged = [_area(each.getAttribute("ref")) for each in elements(document, "mergeCell")]
        self._ends = {(left, top): right for left, top, right, _ in self._merged}
        for dimension in elements(document, "dimension"):  # is optional, and would be wrong
            dimension.parentNode.removeChild(dimension)

    def _by_column(self, row: Any) -> dict[int, Any]:
        return {_place(cell.getAttribute("r"))[0]: cell for cell in elements(row, "c")}

    def _read_widths(self) -> dict[int, float]:
        widths: dict[int, float] = {}
        for column in elements(self.document, "col"):
            first, last = int(column.getAttribute("min")), int(column.getAttribute("max"))
            for number in range(first, min(last, 200) + 1):
                widths[number] = float(column.getAttribute("width") or _USUAL_WIDTH)
        return widths

    def merged(self) -> list[Area]:
        """The merged areas."""
        return list(self._merged)

    def last_styled(self, first: int) -> int:
        """The last of the rows from `first`, without a gap, that the form has laid out; `first - 1` if there is none."""
        row = first
        while any(cell.getAttribute("s") not in ("", "0") for cell in self._cells.get(row, {}).values()):
            row += 1
        return row - 1

    def has_formula(self, row: int, column: int) -> bool:
        """Whether a cell calculates."""
        cell = self._cells.get(row, {}).get(column)
        return cell is not None and bool(elements(cell, "f"))

    def lay_out(self, row: int, pattern: int) -> None:
        """Creates a row that looks like another, if it does not exist."""
        if self._cells.get(row) or pattern not in self._rows or row == pattern:
            return
        new = self._row(row)
        for name, value in self._rows[pattern].attributes.items():
            if name not in ("r", "spans"):
                new.setAttribute(name, value)
        for column, cell in self._cells[pattern].items():
            if style := cell.getAttribute("s"):
                self._cell(row, column).setAttribute("s", style)
        if pattern not in self._beside:
            self._beside[pattern] = [area for area in self._merged if area[1] == area[3] == pattern]
        for left, _, right, _ in self._beside[pattern]:
            self.merge((left, row, right, row))

    def write(self, row: int, column: int, text: str, *, number: bool = False) -> None:
        """Puts a text, or a number that is meant as one, into a cell; an empty text empties it. Its style stays.

        Raises:
            ValueError: the text is longer than a cell can hold.
        """
        cell = self._cell(row, column)
        while cell.firstChild:
            cell.removeChild(cell.firstChild)
        if cell.hasAttribute("t"):
            cell.removeAttribute("t")
        if not text:
            return
        if number and is_number(text):
            self._child(cell, "v", text)
            return
        cell.setAttribute("t", "inlineStr")
        inline = self._child(cell, "is", "")
        written = self._child(inline, "t", escaped(text, f"{get_column_letter(column)}{row}"))
        written.setAttribute("xml:space", "preserve")

    def clear(self, row: int, column: int) -> None:
        """Empties a cell, if there is one."""
        if column in self._cells.get(row, {}):
            self.write(row, column, "")

    def fit_height(self, row: int, texts: dict[int, str]) -> None:
        """Shows whole what needs more than a line: its lines are broken, and the row is made as high as they need."""
        needed = 1
        for column, text in texts.items():
            last = self._ends.get((column, row), column)
            width = sum(self._widths.get(number, _USUAL_WIDTH) for number in range(column, last + 1))
            needed = max(needed, lines_of(text, width))
        for cell in (self._cell(row, column) for column in texts if needed > 1):
            cell.setAttribute("s", self._wrapping.of(cell.getAttribute("s")))
        height = min(_MOST_HEIGHT, needed * _LINE + 3)
        element = self._row(row)
        if needed > 1 and height > float(element.getAttribute("ht") or _LINE):
            element.setAttribute("ht", f"{height:g}")
            element.setAttribute("customHeight", "1")

    def merge(self, area: Area) -> None:
        """Merges an area; the form must have merged cells, so that their place in the document is known."""
        self._merged.append(area)
        self._ends[area[0], area[1]] = area[2]

    def unmerge(self, areas: Iterable[Area]) -> None:
        """Takes merges away."""
        gone = set(areas)
        self._merged = [area for area in self._merged if area not in gone]
        for left, top, _, _ in gone:
            self._ends.pop((left, top), None)

    def finish(self) -> Any:
        """The document, with the areas that are merged now."""
        for merges in elements(self.document, "mergeCells"):
            while merges.firstChild:
                merges.removeChild(merges.firstChild)
            for area in self._merged:
                self._child(merges, "mergeCell", "").setAttribute("ref", _written(area))
            merges.setAttribute("count", str(len(self._merged)))
            if not self._merged:  # the format has no empty one
                merges.parentNode.removeChild(merges)
        return self.document

    def reach(self, first: int, last: int) -> None:
        """Lets lists to choose from, colours and filters that end among the rows from `first` go on to `last`."""
        for name, attribute in (("dataValidation", "sqref"), ("conditionalFormatting", "sqref"), ("autoFilter", "ref")):
            for each in elements(self.document, name):
                each.setAttribute(attribute, reaching(each.getAttribute(attribute), first, last))

    def _row(self, number: int) -> Any:
        if number not in self._rows:
            new = self.document.createElement(f"{self._prefix}row")
            new.setAttribute("r", str(number))
            behind = number < self._last and min(other for other in self._rows if other > number)
            self._data.insertBefore(new, self._rows[behind] if behind else None)
            self._rows[number], self._cells[number] = new, {}
            self._last = max(self._last, number)
        row = self._rows[number]
        if row.hasAttribute("spans"):  # is optional, and might be too narrow
            row.removeAttribute("spans")
        return row

    def _cell(self, row: int, column: int) -> Any:
        element, cells = self._row(row), self._cells[row]
        if column not in cells:
            new = self.document.createElement(f"{self._prefix}c")
            new.setAttribute("r", f"{get_column_letter(column)}{row}")
            after = min((other for other in cells if other > column), default=None)
            element.insertBefore(new, cells[after] if after else None)
            cells[column] = new
        return cells[column]

    def _child(self, parent: Any, name: str, text: str) -> Any:
        child = self.document.createElement(f"{self._prefix}{name}")
        if text:
            child.appendChild(self.document.createTextNode(text))
        parent.appendChild(child)
        return child


def _place(reference: str) -> tuple[int, int]:
    left, top, _, _ = _area(reference)
    return left, top


def _area(reference: str) -> Area:
    found = _AREA.fullmatch(reference)
    if found is None:
        raise ValueError(say("is not a workbook that can be read: open it and save it again as .xlsx"))
    left, top = column_index_from_string(found[1]), int(found[2])
    return left, top, column_index_from_string(found[3]) if found[3] else left, int(found[4] or top)


def _written(area: Area) -> str:
    left, top, right, bottom = area
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
