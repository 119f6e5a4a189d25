"""What the rows of a sheet say: cases and procedures as plain data. Shared by CSV, Excel and tables in Markdown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from testgen.domain.language import LANGUAGES, detect_language
from testgen.interchange.columns import CUSTOM, ColumnNames, heading
from testgen.interchange.found import Objects, Skipped, UnusableError
from testgen.interchange.gherkin_cell import is_gherkin, scenario_of
from testgen.interchange.grid import Grid
from testgen.interchange.grouping import LEVELS, by_case, is_note, sections_of
from testgen.interchange.layout import Line, Table, tables
from testgen.interchange.named_data import data_of
from testgen.interchange.tabular import imported, paired, split_data, split_entries
from testgen.interchange.words import words_for
from testgen.messages import say

PATH = " > "
LOST_CUSTOM = say("custom values other than a text or a list of texts")
NONE = "－"  # written for "no section", which would else be taken as the section of the case above
_KINDS = {word: kind for language in LANGUAGES for kind, word in words_for(language).kinds.items()}
_STEP_FIELDS = {"number", "kind", "action", "test_data", "expected", "verifies"}
# A case's own cells hold one value; of the others, later rows of a case may go on.
_ONE_VALUE = {"id", "readiness", "title", "section", *LEVELS}


def objects_of(grid: Grid, names: ColumnNames, *, untitled: bool = False) -> Objects:
    """Procedures if a table has a column of actions, otherwise test cases. `untitled` uses the sheet's name as a title.

    What cannot be used is skipped: a case without title or steps, and a note below a table.
    """
    return [made for table in tables(grid, names) for made in in_table(table, grid.name if untitled else "")]


def in_table(table: Table, sheet: str = "") -> Iterator[Any]:
    """The same of one table."""
    above: dict[str, str] = {}
    notes = [line for line in table.lines if is_note(line)]
    sections = sections_of(table, [line for line in table.lines if line not in notes])
    cases = [line for line in table.lines if line not in notes and line.number not in sections]
    for lines in by_case(table, cases):
        head = {**table.head, **_head_of(lines)}
        if above_it := [name for row, name in sections.items() if row < lines[0].number]:
            head["section"] = PATH.join(filter(None, (above_it[-1], head.get("section"))))
        head |= _deeper(_levels(head, above, lines[0]), table)
        head |= _title(head, sheet)
        rows = [{name: line.own(name) for name in line.values} for line in lines]
        try:
            _require_title(head, table)
            made = _procedure(head, lines, table) if "action" in table.fields else case_of(head, rows)
            yield made | {
                "row": lines[0].number,
                "last_row": lines[-1].number,
                "columns": _places(table),
                "headings": _headings(table),
            }
        except UnusableError as reason:
            yield Skipped(str(reason), lines[0].number, head["title"])
    for line in notes:
        yield Skipped(say("is a note, not a test"), line.number)


def _title(head: Mapping[str, str], sheet: str) -> dict[str, str]:
    """The title, perhaps the smallest item, which then is not part of the section; a 観点表 has no titles."""
    if not head.get("title") and (smallest := next((level for level in reversed(LEVELS) if head[level]), "")):
        *rest, title = head[smallest].split(PATH)
        return {"title": title or head.get("objective", "") or sheet, smallest: PATH.join(rest)}
    return {"title": head.get("title") or head.get("objective", "") or sheet}


def _places(table: Table) -> dict[str, int]:
    """The column, counted from 1, of each field of a step."""
    return {name: column + 1 for column, name in table.columns.items() if name in _STEP_FIELDS}


def _headings(table: Table) -> dict[str, tuple[int, str]]:
    """Column, counted from 1, and heading of each field."""
    return {name: (column + 1, table.headings.get(column, "")) for column, name in table.columns.items()}


def _require_title(head: Mapping[str, str], table: Table) -> None:
    if head["title"]:
        return
    if title := _headings(table).get("title"):
        raise UnusableError(say("has no title: fill in the column {heading!r}", heading=title[1]))
    raise UnusableError(say("has no title: fill in the column for it"))


def _head_of(lines: Sequence[Line]) -> dict[str, str]:
    """The case's own fields; later rows may add to them."""
    head = {
        name: text
        for name, text in lines[0].values.items()
        if name not in _STEP_FIELDS and not name.startswith(CUSTOM) and text.strip()
    }
    for line in lines[1:]:
        for name in line.values.keys() - _STEP_FIELDS - _ONE_VALUE:
            if not name.startswith(CUSTOM) and line.own(name).strip() not in ("", head.get(name, "").strip()):
                head[name] = "\n".join(filter(None, (head.get(name), line.own(name))))
    return head


def _levels(head: Mapping[str, str], above: dict[str, str], line: Line) -> dict[str, str]:
    """大項目, 中項目, 小項目; an empty cell means the one above, until a greater item changes."""
    for index, level in enumerate(LEVELS):
        if head.get(level) and (line.own(level) or head[level] != above.get(level)):
            above[level] = head[level]
            for smaller in LEVELS[index + 1 :]:
                above.pop(smaller, None)
    return {level: "" if above.get(level) in (NONE, "-") else above.get(level, "") for level in LEVELS}


def _deeper(levels: dict[str, str], table: Table) -> dict[str, str]:
    """If a table has fewer than three levels, its last may contain the path from there on: `ログイン > 再試行`."""
    last = next((level for level in reversed(LEVELS) if level in table.fields), "minor")
    path, below = levels[last].split(PATH), LEVELS[LEVELS.index(last) :]
    if last == "minor" or len(path) == 1:
        return levels
    return {
        **levels,
        **dict(zip(below, path[: len(below) - 1], strict=False)),
        "minor": PATH.join(path[len(below) - 1 :]),
    }


def _procedure(head: Mapping[str, str], lines: Sequence[Line], table: Table) -> dict[str, Any]:
    given: list[str] = []
    steps = [step for line in _whole_steps(lines) for step in _steps_of(line, given, numbered="number" in table.fields)]
    if "test_data" not in table.fields:  # then what testgen writes has them below the action
        for step in steps:
            step["action"], step["test_data"] = split_data(step["action"])
    shared = _shared(head, steps)
    shared["custom"] |= _of_the_case(table)
    made = imported(
        head.get("id", ""),
        head["title"],
        [(step["action"], step.get("test_data", ""), step.get("expected", "")) for step in steps],
        **shared | {"preconditions": [*shared["preconditions"], *given]},
        expected_results=split_entries(head.get("expected_results", "")),
        test_data=data_of(head.get("case_data", "")),
    )
    for step, row in zip(made["steps"], steps, strict=True):
        step["kind"] = _KINDS.get(row.get("kind", "").strip(), "action")
        step["verifies"] = [int(number) for number in re.findall(r"\d+", row.get("verifies", ""))]
    return made | {"step_rows": [int(row["row"]) for row in steps]}


def _of_the_case(table: Table) -> dict[str, str]:
    """What labels say that a procedure has no field for, under its heading, as a column of it would be carried along."""
    told = {name: text for name, text in table.head.items() if name in ("objective", "specification")}
    return {heading(name, detect_language(text)): text for name, text in told.items()}


def _whole_steps(lines: Sequence[Line]) -> list[dict[str, str]]:
    """One row per step; a row without an action continues the step above."""
    steps: list[dict[str, str]] = []
    before: list[dict[str, str]] = []
    for place, line in enumerate(lines):
        own = {name: line.own(name) for name in line.values if name in _STEP_FIELDS or name.startswith(CUSTOM)}
        own["expected"] = _expected(lines, place)
        if own["action"].strip():
            steps.append(own | {"row": str(line.number)})
        elif steps:
            steps[-1] |= {
                name: "\n".join(filter(str.strip, (steps[-1].get(name, ""), text)))
                for name, text in own.items()
                if text.strip()
            }
        elif any(own.get(name, "").strip() for name in ("test_data", "expected")):
            raise UnusableError(say("has no action in row {number}: fill it in, or remove the row", number=line.number))
        else:  # a row of its own for the case: the values of the team's columns there go to the first step
            before.append({name: text for name, text in own.items() if name.startswith(CUSTOM) and text.strip()})
    for own in before if steps else ():
        steps[0] |= {name: "\n".join(filter(None, (text, steps[0].get(name, "")))) for name, text in own.items()}
    return steps


def _expected(lines: Sequence[Line], place: int) -> str:
    """The expected result of a row; one merged over several rows is seen after the last of them."""
    line = lines[place]
    if place + 1 < len(lines) and _goes_on(lines[place + 1]):
        return ""
    return line.values.get("expected", "") if _goes_on(line) else line.own("expected")


def _goes_on(line: Line) -> bool:
    return "expected" in line.repeated and "action" not in line.repeated


def _steps_of(row: dict[str, str], given: list[str], *, numbered: bool) -> list[dict[str, str]]:
    """One step, or several if a cell contains the whole procedure."""
    texts = _whole_procedure(row, given, numbered=numbered)
    if not texts:
        return [row]
    steps = [
        {"action": action, "test_data": data, "expected": expected, "row": row["row"]}
        for action, data, expected in texts
    ]
    steps[0] = {**{name: text for name, text in row.items() if name.startswith(CUSTOM)}, **steps[0]}
    return steps


def _whole_procedure(row: dict[str, str], given: list[str], *, numbered: bool) -> list[tuple[str, str, str]]:
    """The steps of a cell with numbered lines, or with a scenario of Gherkin, whose conditions are added to `given`; none where
    the cell holds one step."""
    if is_gherkin(row["action"]) and not row.get("expected", "").strip():
        with suppress(UnusableError):  # then it is a text like any other
            conditions, steps = scenario_of(row["action"])
            given += conditions
            return steps
    texts = [] if numbered else paired(row["action"], row.get("expected", ""), row.get("test_data", ""))
    return texts if len(texts) > 1 else []


def case_of(head: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A test case as plain data; later rows add to its data and expected results."""
    data = "\n".join(filter(str.strip, (row.get("test_data", "") for row in rows))) or head.get("test_data", "")
    expected = "\n".join(filter(str.strip, (row.get("expected", "") for row in rows))) or head.get("expected", "")
    return {
        "id": head.get("id", ""),
        "title": head["title"],
        "objective": head.get("objective") or None,
        "test_data": data_of(data),
        "specification": head.get("specification") or None,
        "expected_results": split_entries(expected or head.get("expected_results", "")),
        **({"language": head["language"]} if head.get("language") else {}),
        **_shared(head, rows),
    }


def _shared(head: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """What cases and procedures both have."""
    section = [head.get("major", ""), head.get("middle", ""), *head.get("minor", "").split(PATH)]
    whole = [part.strip() for part in [*re.split(r"[>＞]|\s/\s", head.get("section", "")), *section] if part.strip()]
    return {
        "section": whole,
        "preconditions": split_entries(head.get("preconditions", "")),
        "postconditions": split_entries(head.get("postconditions", "")),
        "type": head.get("type") or None,
        "priority": head.get("priority") or None,
        "tags": split_entries(head.get("tags", "")),
        "references": split_entries(head.get("references", "")),
        "custom": _custom(rows),
    }


def _custom(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A team's own columns: one text if only the first row has it, otherwise a list with one text per row."""
    names = dict.fromkeys(name for row in rows for name in row if name.startswith(CUSTOM))
    custom: dict[str, Any] = {}
    for name in names:
        texts = [row.get(name, "") for row in rows]
        if any(text.strip() for text in texts[1:]):
            custom[name.removeprefix(CUSTOM)] = texts
        elif texts and texts[0].strip():
            custom[name.removeprefix(CUSTOM)] = texts[0]
    return custom
