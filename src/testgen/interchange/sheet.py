"""What the rows of a sheet say: cases and procedures as plain data. Shared by CSV, Excel and tables in Markdown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from testgen.domain.language import detect_language
from testgen.interchange.cell_blocks import has_steps
from testgen.interchange.column_fields import COUNTS, OURS
from testgen.interchange.columns import CUSTOM, ColumnNames, heading, is_point
from testgen.interchange.found import Left, Objects, Skipped, Told, UnusableError
from testgen.interchange.grid import Grid
from testgen.interchange.grouping import LEVELS, by_case, sections_of, set_aside
from testgen.interchange.layout import Line, Table, tables
from testgen.interchange.named_data import data_of
from testgen.interchange.step_cells import Stated, steps_of, uncount
from testgen.interchange.tabular import imported, split_data, split_entries, split_names
from testgen.interchange.words import KINDS
from testgen.messages import say

PATH = " > "
LOST_CUSTOM = say("custom values other than a text or a list of texts")
NONE = "－"  # written for "no section", which would else be taken as the section of the case above
_STEP_FIELDS = {"number", "kind", "action", "test_data", "expected", "verifies"}
# A case's own cells hold one value; of the others, later rows of a case may go on.
_ONE_VALUE = {"id", "readiness", "title", "section", *LEVELS}


def objects_of(grid: Grid, names: ColumnNames, *, untitled: bool = False) -> Objects:
    """Procedures if a table has a column of actions, otherwise test cases. `untitled` uses the sheet's name as a title.

    What cannot be used is skipped: a case without title or steps, and a note below a table.
    """
    found: Objects = []
    for table in tables(grid, names):
        found += [*map(Told, table.told), *map(Left, table.unread), *in_table(table, grid.name if untitled else "")]
    return found


def in_table(table: Table, sheet: str = "") -> Iterator[Any]:
    """The same of one table."""
    above: dict[str, str] = {}
    aside = set_aside(table)
    rows_of_cases = [line for line in table.lines if line.number not in aside]
    sections = sections_of(table, rows_of_cases)
    cases = [line for line in rows_of_cases if line.number not in sections]
    for lines in by_case(table, cases):
        head = {**table.head, **_head_of(lines)}
        if above_it := [name for row, name in sections.items() if row < lines[0].number]:
            head["section"] = PATH.join(filter(None, (above_it[-1], head.get("section"))))
        head |= _deeper(_levels(head, above, lines[0]), table)
        head |= _title(_with_point(head, lines, table), sheet)
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
    yield from (Skipped(reason, row) for row, reason in aside.items())
    if table.foot and not is_form(table):
        yield Skipped(say("stands below the table and is not a test"), table.foot_row)


def is_form(table: Table) -> bool:
    """Whether labels above the table name its one case."""
    return bool({"id", "title"} & set(table.head))


def _with_point(head: dict[str, str], lines: Sequence[Line], table: Table) -> dict[str, str]:
    """A point to check is what is expected, if no column says that, and the title, if none has one."""
    if {"action", "expected_results"} & table.fields:
        return head
    headings = _headings(table)
    if "expected" not in table.fields and is_point(headings.get("title", (0, ""))[1]):
        head["expected"] = head.get("title", "")
    elif not {"title", "objective", *LEVELS} & table.fields and is_point(headings.get("expected", (0, ""))[1]):
        head["title"] = head.get("title") or lines[0].own("expected").split("\n")[0].strip()
    return head


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
    known = [" ".join(heading.split()) for heading in table.headings.values()]
    raise UnusableError(
        say(
            "has no title: none of the headings {known} is known to be that of the title; map one to `title` with --columns",
            known=known,
        )
    )


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
    stated = Stated()
    numbered = "number" in table.fields
    rows = _whole_steps(lines)
    if table.blocks and not any(has_steps(row["action"]) for row in rows):
        heading_of_steps = _headings(table)["action"][1]
        raise UnusableError(
            say(
                "has no steps in the column {heading!r}: write them below a line `Steps:` or 【手順】",
                heading=heading_of_steps,
            )
        )
    ours = table.fields >= OURS
    steps = [step for row in rows for step in steps_of(row, stated, numbered=numbered, ours=ours)]
    if not numbered and len(steps) == 1:
        steps = list(map(uncount, steps))
    if not ours and steps and all(COUNTS.fullmatch(step["action"].strip()) for step in steps):
        raise UnusableError(
            say("has numbers instead of actions: map the heading of the actions to `action` with --columns")
        )
    if "test_data" not in table.fields:  # then what testgen writes has them below the action
        for step in steps:
            step["action"], step["test_data"] = split_data(step["action"])
    shared = _shared(head, steps)
    shared["custom"] |= _of_the_case(table) | _about(stated)
    if is_form(table):
        shared["custom"] = _below_it(table) | shared["custom"]
    made = imported(
        head.get("id", ""),
        head["title"],
        [(step["action"], step.get("test_data", ""), step.get("expected", "")) for step in steps],
        **shared | {name: [*shared[name], *getattr(stated, name)] for name in ("preconditions", "postconditions")},
        expected_results=split_entries(head.get("expected_results", "")),
        test_data=data_of(head.get("case_data") or table.head.get("test_data", "")),
    )
    for step, row in zip(made["steps"], steps, strict=True):
        step["kind"] = KINDS.get(row.get("kind", "").strip(), "action")
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


def _about(stated: Stated) -> dict[str, str]:
    text = "\n".join(stated.objective)
    return {heading("objective", detect_language(text)): text} if text else {}


def _below_it(table: Table) -> dict[str, str]:
    """What stands below the table of a form, as a column of the same name would be carried along."""
    own = {name.removeprefix(CUSTOM) for name in table.fields if name.startswith(CUSTOM)}
    return {name + " (2)" * (name in own): text for name, text in table.foot.items()}


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
        "tags": split_names(head.get("tags", "")),
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
