"""The findings of a review for people and programs, with one module per format."""

from collections.abc import Callable, Sequence
from pathlib import Path

from testgen.cli.reports import annotations, baseline, listing, sarif, table
from testgen.cli.reports.reviewed import Reviewed


def _workbook(results: Sequence[Reviewed], output: Path | None) -> bytes:
    from testgen.cli.reports import workbook  # its library takes a quarter of a second to load

    return workbook.write(results, output)


WRITE: dict[str, Callable[[Sequence[Reviewed], Path | None], bytes]] = {
    "table": lambda results, _: table.write(results).encode(),
    "json": lambda results, _: listing.write(results).encode(),
    "github": lambda results, _: annotations.write(results).encode(),
    "sarif": lambda results, _: sarif.write(results).encode(),
    "xlsx": _workbook,
}

__all__ = ["WRITE", "Reviewed", "baseline", "table"]
