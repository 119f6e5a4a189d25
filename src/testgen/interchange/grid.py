"""The cells of one sheet as text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """Merged cells are filled; `origin` gives the upper left place of a filled one. What is struck
    through is left out; `struck` gives it by row, from 0. Of a `hidden` sheet nothing is read."""

    name: str
    rows: list[list[str]]
    origin: Mapping[Place, Place] = field(default_factory=dict)
    struck: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False

    def cell(self, row: int, column: int) -> str:
        """The text at a place, empty beyond the end of the sheet."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""

    def own(self, row: int, column: int) -> str:
        """The same, but empty if the cell only repeats a merged one."""
        return "" if (row, column) in self.origin else self.cell(row, column)

    def left(self, row: int, column: int) -> int:
        """The first column of the cell that is merged over this place, otherwise the place's own."""
        return self.origin.get((row, column), (row, column))[1]

    def is_free(self, row: int) -> bool:
        """Whether nothing begins in a row; what is merged over it began above."""
        return not any(self.own(row, column).strip() for column in range(len(self.rows[row])))
