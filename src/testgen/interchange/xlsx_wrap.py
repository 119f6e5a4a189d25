"""Cell formats of a form that show a long text whole: as the form's own, but with lines broken in the cell."""

from typing import Any

from testgen.interchange.xlsx_parts import elements


class Wrapping:
    """The formats of a workbook (`xl/styles.xml`), which some programs leave out. Those that are there stay; a broken-line twin is
    added when it is needed."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._all: Any = next(iter(elements(document, "cellXfs")), None) if document else None
        self._formats = elements(self._all, "xf") if self._all else []
        self._twins: dict[int, int] = {}

    def of(self, style: str) -> str:
        """The number of the format that breaks lines and else looks the same."""
        number = int(style or 0)
        if number not in self._twins:
            self._twins[number] = self._twin(number) if number < len(self._formats) else number
        return str(self._twins[number])

    def _twin(self, number: int) -> int:
        own = self._formats[number]
        twin = own.cloneNode(deep=True)
        alignments = elements(twin, "alignment")
        if alignments and alignments[0].getAttribute("wrapText") in ("1", "true"):
            return number
        if not alignments:
            alignments = [self.document.createElement(own.tagName.replace("xf", "alignment"))]
            twin.insertBefore(alignments[0], twin.firstChild)  # the format wants it first
        alignments[0].setAttribute("wrapText", "1")
        if not alignments[0].hasAttribute("vertical"):
            alignments[0].setAttribute("vertical", "top")
        twin.setAttribute("applyAlignment", "1")
        self._all.appendChild(twin)
        self._formats.append(twin)
        self._all.setAttribute("count", str(len(self._formats)))
        return len(self._formats) - 1
