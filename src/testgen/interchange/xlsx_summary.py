"""The summary of a workbook (集計): cases, steps and verdicts, of all, by readiness and by section, counted by formulas."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure
from testgen.interchange.sheet import NONE
from testgen.interchange.words import Words, words_for
from testgen.interchange.xlsx_style import bare_sheet, fit_height, head_cell, put, put_heading

_LABEL_WIDTH, _COUNT_WIDTH = 28.0, 11.0
_FIRST = 3  # row of the first table, below the heading
_RIGHT = Alignment(horizontal="right", vertical="top")


@dataclass(frozen=True)
class Place:
    """The place of the procedures: their sheet, and the letters of the columns to count. The step's number is 1 once
    in each case."""

    sheet: str
    number: str
    readiness: str
    major: str
    result: str

    def all(self, letter: str) -> str:
        """A whole column, so that rows which a team adds count too."""
        return f"'{self.sheet}'!${letter}:${letter}"


@dataclass(frozen=True)
class Tested:
    """A procedure, and the verdicts of testers that came with it."""

    procedure: Procedure
    verdicts: Sequence[str] = ()

    @property
    def major(self) -> str:
        """The first item of its section."""
        return self.procedure.section[0] if self.procedure.section else NONE


@dataclass(frozen=True)
class _Group:
    """A row of the summary: who belongs to it, and the conditions of COUNTIFS, any of which says so."""

    label: str
    conditions: Sequence[str]
    members: Sequence[Tested]


def summary(book: Workbook, tested: Sequence[Tested], place: Place, language: Language) -> dict[str, float]:
    """Adds the sheet. Returns the value of each formula by its cell: protected views and previews calculate none."""
    words = words_for(language)
    sheet = bare_sheet(book, words.summary_sheet)
    named = {kind: "・".join(values) for kind, values in words.outcomes.items()}
    named["excluded"] = words.summary["excluded"]
    headings = [words.summary["cases"], words.summary["steps"], *named.values(), words.summary["progress"]]
    for column, width in enumerate([_LABEL_WIDTH, *[_COUNT_WIDTH] * len(headings)], 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    put_heading(sheet, words.summary_sheet, len(headings) + 1)
    values: dict[str, float] = {}
    row = _FIRST
    for title, groups in _tables(tested, place, words, language):
        for column, text in enumerate([title, *headings], 1):
            head_cell(sheet, row, column, text)
        sheet.row_dimensions[row].height = 33
        for number, group in enumerate(groups, row + 1):
            put(sheet, number, 1, group.label)
            fit_height(sheet, number, [group.label], [_LABEL_WIDTH])
            values |= _row(sheet, number, group, place, words.outcomes)
        row += len(groups) + 2
    return values


def _tables(
    tested: Sequence[Tested], place: Place, words: Words, language: Language
) -> Iterator[tuple[str, Sequence[_Group]]]:
    yield "", [_Group(words.summary["whole"], [""], tested)]
    languages = dict.fromkeys([language, *(entry.procedure.language for entry in tested)])
    yield (
        words.summary["readiness"],
        [
            _Group(
                text,
                [f'{place.all(place.readiness)},"{words_for(name).readiness[state]}*",' for name in languages],
                [entry for entry in tested if entry.procedure.readiness == state],
            )
            for state, text in words.readiness.items()
        ],
    )
    majors = dict.fromkeys(entry.major for entry in tested)
    if set(majors) - {NONE}:
        yield words.summary["section"], [_of_section(major, place, tested) for major in majors]


def _of_section(major: str, place: Place, tested: Sequence[Tested]) -> _Group:
    """The criterion is the label's cell, `$A#`: with `=` before it nothing is a comparison, with `~` nothing a wildcard."""
    criterion = "$A#"
    for letter in "~*?":
        if letter in major:
            criterion = f'SUBSTITUTE({criterion},"{letter}","~{letter}")'
    members = [entry for entry in tested if entry.major == major]
    return _Group(major, [f'{place.all(place.major)},"="&{criterion},'], members)


def _row(
    sheet: Worksheet, row: int, group: _Group, place: Place, outcomes: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """No verdict counts as not run; not applicable needs no work."""

    def count(letter: str, *criteria: str) -> str:
        return "+".join(
            f"COUNTIFS({condition.replace('#', str(row))}{place.all(letter)},{criterion})"
            for condition in group.conditions
            for criterion in criteria
        )

    cases, steps = len(group.members), sum(len(entry.procedure.steps) for entry in group.members)
    chosen = Counter(text for entry in group.members for text in entry.verdicts)
    numbers = {kind: sum(chosen[text] for text in texts) for kind, texts in outcomes.items()}
    cells = {kind: f"{letter}{row}" for kind, letter in zip(outcomes, "DEFGH", strict=True)}
    told = [kind for kind in outcomes if kind != "waiting"]
    numbers["waiting"] = steps - sum(numbers[kind] for kind in told)
    formulas = {kind: count(place.result, *(f'"{text}"' for text in texts)) for kind, texts in outcomes.items()}
    formulas["waiting"] = "-".join([f"C{row}", *(cells[kind] for kind in told)])
    work, done = steps - numbers["excluded"], numbers["passed"] + numbers["failed"]
    progress = f"IF(C{row}={cells['excluded']},0,({cells['passed']}+{cells['failed']})/(C{row}-{cells['excluded']}))"
    made = [
        (count(place.number, "1"), cases),
        (count(place.number, '">0"'), steps),
        *((formulas[kind], numbers[kind]) for kind in outcomes),
        (progress, done / work if work else 0),
    ]
    values: dict[str, float] = {}
    for column, (formula, value) in enumerate(made, 2):
        put(sheet, row, column, "")
        cell = sheet.cell(row, column, f"={formula}")
        cell.number_format, cell.alignment = ("0%" if column > len(made) else "0"), _RIGHT
        values[cell.coordinate] = value
    return values
