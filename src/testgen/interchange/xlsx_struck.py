"""Which cells of an Excel workbook hold text that is struck through."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from testgen.interchange.struck import Place, Runs

_STRUCK = re.compile(rb"<(?:\w+:)?strike\b")


def has_struck_runs(content: bytes) -> bool:
    """Whether a part of some cell may be struck through. Reading cells run by run takes its time, and few workbooks need it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [name for name in package.namelist() if name.startswith(("xl/sharedStrings", "xl/worksheets/sheet"))]
        return any(_STRUCK.search(package.read(name)) for name in parts)


def struck_cells(sheet: Any, filled: Mapping[Place, Any], rich: Mapping[Place, Any]) -> dict[Place, Runs]:
    """The cells with text that is struck through, from 0; `rich` are the same cells read run by run, where the workbook has such."""
    fonts = {number for number, font in enumerate(sheet.parent._fonts) if font.strike}
    found: dict[Place, Runs] = {}
    for place, cell in filled.items() if fonts or rich else ():
        value, whole = rich[place].value if rich else "", cell._style.fontId in fonts
        pieces = value if isinstance(value, list) else ()
        runs = [(str(piece), whole if isinstance(piece, str) else bool(piece.font.strike)) for piece in pieces]
        if any(gone for _, gone in runs) or (whole and not runs):
            found[place[0] - 1, place[1] - 1] = runs or [(str(cell.value), True)]
    return found
