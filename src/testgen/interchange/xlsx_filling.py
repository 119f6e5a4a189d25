"""Procedures in a team's own form: what goes into which cell, and on how many sheets."""

from collections.abc import Iterator, Sequence

from testgen.domain.procedure import Procedure
from testgen.interchange.columns import CUSTOM
from testgen.interchange.sheet import NONE, PATH
from testgen.interchange.sheet_cells import case_cells, own_cells, step_cells
from testgen.interchange.tabular import with_data
from testgen.interchange.xlsx_form import NUMBERING, Form
from testgen.interchange.xlsx_parts import Parts
from testgen.interchange.xlsx_rows import Area, SheetRows
from testgen.interchange.xlsx_wrap import Wrapping
from testgen.messages import say

_LEVELS = ("major", "middle", "minor")
_OF_STEPS = {"number", "kind", "action", "test_data", "expected", "verifies"}
_NUMBERS = {"id", "number", "verifies", "priority"}


def fill(form: Form, procedures: Sequence[Procedure]) -> bytes:
    """The form with the procedures in it.

    Raises:
        ValueError: a procedure has more steps than there are empty rows, or a text is longer than a cell can hold.
    """
    parts, groups = Parts(form.content), list(_groups(form, procedures))
    sheets = [form.sheet]
    for group in groups[1:]:
        name = parts.free_name(group[0].test_case_id if form.one_sheet_each else form.sheet)
        parts.copy(form.sheet, name, sheets[-1])
        sheets.append(name)
    if form.one_sheet_each and (len(groups) > 1 or not {"id", "title"} & set(form.labels)):
        sheets[0] = parts.free_name(groups[0][0].test_case_id, besides=form.sheet)
        parts.rename(form.sheet, sheets[0])
    wrapping = Wrapping(parts.styles())
    for sheet, group in zip(sheets, groups, strict=True):
        rows = SheetRows(parts.document(sheet), wrapping)
        if last := _Filling(form, rows, group).done():
            parts.reach(sheet, form.start, last)
        parts.put(sheet, rows.finish())
    if wrapping.document:
        parts.put_styles(wrapping.document)
    return parts.saved()


def _groups(form: Form, procedures: Sequence[Procedure]) -> Iterator[list[Procedure]]:
    """The contents of one sheet: a procedure, or as many as fit."""
    room, group, rows = form.end - form.start, list[Procedure](), 0
    for procedure in procedures:
        steps = len(procedure.steps)
        if steps > room:
            raise ValueError(
                say(
                    "has {room} empty rows above row {end} of sheet {sheet!r}, and {test_case_id} has {steps} "
                    "steps: insert rows in the form",
                    room=room,
                    end=form.end,
                    sheet=form.sheet,
                    test_case_id=procedure.test_case_id,
                    steps=steps,
                )
            )
        if group and (form.one_sheet_each or rows + steps > room):
            yield group
            group, rows = [], 0
        group.append(procedure)
        rows += steps
    yield group


class _Filling:
    """The procedures of one sheet."""

    def __init__(self, form: Form, rows: SheetRows, procedures: Sequence[Procedure]) -> None:
        self._form, self._rows, self._procedures = form, rows, procedures
        self._start = form.start
        self._last = form.start + sum(len(made.steps) for made in procedures) - 1
        self._laid_out = min(rows.last_styled(form.start), form.end - 1)
        self._sections = any(made.section for made in procedures)

    def done(self) -> int:
        """Fills in the form. Returns the last row if it is below the form's layout, otherwise 0."""
        rows, over = (
            self._rows,
            [area for area in self._rows.merged() if self._start <= area[1] < area[3] < self._form.end],
        )
        for row in range(self._laid_out + 1, self._last + 1):
            rows.lay_out(row, min(self._start + 1, self._laid_out))
        for field in NUMBERING & set(self._form.columns):
            for row in range(self._start, max(self._laid_out, self._last) + 1):
                rows.clear(row, self._form.columns[field])
        self._merge_anew(over)
        top = self._start
        for made in self._procedures:
            self._case(top, made)
            top += len(made.steps)
        if self._form.one_sheet_each:
            self._label()
        if self._last > self._laid_out:
            rows.reach(self._start, self._last)
        return self._last if self._last > self._laid_out else 0

    def _merge_anew(self, over: Sequence[Area]) -> None:
        """If the form merges the cells of a case, merges them over the rows of each case."""
        steps = {column for field, column in self._form.columns.items() if field in _OF_STEPS}
        tall = {(left, right) for left, _, right, _ in over if left not in steps}
        self._rows.unmerge(area for area in over if area[1] <= self._last)
        top = self._start
        for made in self._procedures:
            bottom = top + len(made.steps) - 1
            for left, right in sorted(tall):
                if bottom > top:
                    self._rows.merge((left, top, right, bottom))
            top = bottom + 1

    def _case(self, top: int, made: Procedure) -> None:
        head = {} if self._form.one_sheet_each else self._head(made)
        own = self._own(made)
        for place in range(len(made.steps)):
            row, texts = top + place, dict[int, str]()
            cells = {**(head if place == 0 else {}), **step_cells(made, place)}
            if "test_data" not in self._form.columns:
                cells["action"] = with_data(cells["action"], cells["test_data"], made.language)
            for field, column in self._form.columns.items():
                text = (
                    own.get(field, [""] * len(made.steps))[place] if field.startswith(CUSTOM) else cells.get(field, "")
                )
                if text and not (field.startswith(CUSTOM) and self._rows.has_formula(row, column)):
                    self._rows.write(row, column, text, number=field in _NUMBERS or field.startswith(CUSTOM))
                    texts[column] = text
            self._rows.fit_height(row, texts)

    def _own(self, made: Procedure) -> dict[str, list[str]]:
        """The team's columns by those of the form."""
        own = own_cells(made.custom, len(made.steps), ())
        return {column: own[name] for name, column in self._form.own_places(own).items()}

    def _head(self, made: Procedure) -> dict[str, str]:
        """The case's own cells. A form with levels and no title has the title as the last of them."""
        places = {*self._form.columns, *self._form.labels}
        cells = case_cells(made)
        cells |= {"section": PATH.join(made.section), "test_data": cells["case_data"]}
        path = [*made.section, *([] if "title" in places else [made.title])]
        levels = [level for level in _LEVELS if level in places]
        for number, level in enumerate(levels, 1):
            rest = path[number - 1 :]
            cells[level] = PATH.join(rest) if number == len(levels) else "".join(rest[:1])
        if levels and self._sections:
            cells[levels[0]] = cells[levels[0]] or NONE
        return cells

    def _label(self) -> None:
        head = self._head(self._procedures[0])
        for field, (row, column) in self._form.labels.items():
            if text := head.get(field, ""):
                self._rows.write(row, column, text, number=field in _NUMBERS)
                self._rows.fit_height(row, {column: text})
