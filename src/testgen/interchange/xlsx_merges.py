"""What openpyxl does for merged cells when it reads a workbook, without what nobody here asks for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from openpyxl.worksheet.merge import MergedCellRange

_this_thread = threading.local()
_format = MergedCellRange.format


def _format_unless_read(area: Any) -> None:
    if not getattr(_this_thread, "reads", False):
        _format(area)


MergedCellRange.format = _format_unless_read  # type: ignore[method-assign, assignment]


@contextmanager
def merges_without_borders() -> Iterator[None]:
    """In this thread, openpyxl gives the cells of a merged range no borders: that is four fifths of the time that it takes to read
    our own workbooks, and it has no switch for it. Whoever writes one in another thread gets them."""
    _this_thread.reads = True
    try:
        yield
    finally:
        _this_thread.reads = False
