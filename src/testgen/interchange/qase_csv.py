"""Qase CSV: one row a case; three cells hold the steps as numbered lines that must align; rows of suites come first.

Columns as Qase documents them ("Working with the Qase CSV format", "Adding test steps", "Test case properties", Qase docs). Format
v2 (`v2.id`, a number) quotes each step as a JSON string; v1 (`id`) does not quote, and nests steps by a tab. v2 nests too; a step below
another follows it. Values of choices are
slugs. UTF-8 **without** a byte order mark: Qase would read it as part of the first column's name.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from testgen.domain.language import detect_language
from testgen.domain.procedure import Procedure
from testgen.interchange import rows as table
from testgen.interchange.found import Objects
from testgen.interchange.gherkin_cell import scenario_of
from testgen.interchange.readiness import about, identity, identity_of, told_by_others
from testgen.interchange.tabular import Row, dump, imported, join_entries, split_entries
from testgen.messages import say

COLUMNS = (
    "v2.id", "title", "description", "preconditions", "postconditions", "tags", "priority", "severity", "type", "behavior",
    "automation", "status", "is_flaky", "layer", "steps_type", "steps_actions", "steps_result", "steps_data", "milestone_id",
    "milestone", "suite_id", "suite_parent_id", "suite", "suite_without_cases", "parameters", "is_muted",
)  # fmt: skip
HEADERS = table.headers(("v2.id", "title", "steps_actions"), ("id", "title", "steps_actions"))
LOST = (
    "kind", "verifies", "references", "custom", "expected_results", "test_data", "readiness", "findings",
    say("priority and type that are not Qase's"),
)  # fmt: skip
# A quote within a text may be escaped or not; one at the end of a line ends the text, and so does the next step.
_STEP = r'[ \t]*\d+(?:\.\d+)*[.)]? "'
_QUOTED = re.compile(
    r'^([ \t]*)(\d+(?:\.\d+)*)[.)]? ("(?:[^"\\\n]|\\(?s:.|\Z)|"(?![ \t]*$)|\n(?!' + _STEP + r'))*(?:"|\Z|(?=\n)))',
    re.MULTILINE,
)
_PLAIN = re.compile(r"\s*\d+[.)]\s*(.*)")
_PRIORITIES = {"高": "high", "中": "medium", "低": "low", "high": "high", "medium": "medium", "low": "low"}
_TYPES = (
    "functional", "smoke", "regression", "security", "usability", "performance", "acceptance", "compatibility",
    "integration", "exploratory",
)  # fmt: skip
_BEHAVIORS = {
    "正常系": "positive",
    "準正常系": "negative",
    "異常系": "negative",
    "normal": "positive",
    "error": "negative",
}
_JAPANESE = {"high": "高", "medium": "中", "low": "低", "positive": "正常系", "negative": "異常系"}
_NOT_SET = ("", "undefined", "not-set")
_PATH = " > "


def write(procedures: Sequence[Procedure]) -> str:
    """Rows of the suites, each after its parent, then one row a case."""
    suites = {path: number for number, path in enumerate(_suites(procedures), 1)}
    rows = [_suite(path, suites) for path in suites] + [_row(procedure, suites) for procedure in procedures]
    return dump(COLUMNS, rows)


def _suites(procedures: Sequence[Procedure]) -> dict[tuple[str, ...], None]:
    return {
        procedure.section[:depth]: None for procedure in procedures for depth in range(1, len(procedure.section) + 1)
    }


def _suite(path: tuple[str, ...], suites: dict[tuple[str, ...], int]) -> Row:
    parent = str(suites[path[:-1]]) if len(path) > 1 else ""
    return {
        "suite_id": str(suites[path]),
        "suite_parent_id": parent,
        "suite": path[-1],
        "suite_without_cases": "1",
    }


def _row(procedure: Procedure, suites: dict[tuple[str, ...], int]) -> Row:
    steps, kind = procedure.steps, (procedure.type or "").casefold()
    suite = _suite(procedure.section, suites) if procedure.section else {}
    numeric = procedure.test_case_id.isascii() and procedure.test_case_id.isdigit()
    return {
        **suite,
        "v2.id": procedure.test_case_id if numeric else "",
        "title": procedure.title,
        "description": "\n".join(filter(None, ("" if numeric else identity(procedure), about(procedure)))),
        "preconditions": join_entries(procedure.preconditions),
        "postconditions": join_entries(procedure.postconditions),
        "tags": ",".join(procedure.tags),
        "priority": _PRIORITIES.get((procedure.priority or "").casefold(), "undefined"),
        "type": kind if kind in _TYPES else "other",
        "behavior": _BEHAVIORS.get(kind, "undefined"),
        "automation": "is-not-automated",
        "status": "draft" if procedure.readiness in ("open_points", "skeleton") else "actual",
        "is_flaky": "no",
        "steps_type": "classic",
        "steps_actions": _lines(step.action for step in steps),
        "steps_result": _lines(step.expected_result for step in steps),
        "steps_data": _lines(step.test_data or "" for step in steps),
        "suite_without_cases": "",
        "is_muted": "no",
    }


def _lines(texts: Any) -> str:
    """Also the empty ones are numbered, so that the three cells align."""
    return "\n".join(f"{number}. {json.dumps(text, ensure_ascii=False)}" for number, text in enumerate(texts, 1))


def read(rows: Sequence[table.Row]) -> Objects:
    """The procedures of an export; the rows of suites give the path of each."""
    suites: dict[str, tuple[str, str]] = {}
    for row in filter(lambda row: row("suite_id"), rows):  # a case's row may leave out what its suite's own row says
        parent, name = suites.get(row("suite_id"), ("", ""))
        suites[row("suite_id")] = (row("suite_parent_id") or parent, row("suite") or name)
    cases = [[row] for row in rows if row("title") or not row("suite_without_cases")]
    return table.each(cases, "title", lambda case: _procedure(case[0], suites))


def _procedure(row: table.Row, suites: dict[str, tuple[str, str]]) -> dict[str, Any]:
    given: list[str] = []
    results, data = _numbered(row("steps_result", "steps_results")), _numbered(row("steps_data"))
    if row("steps_type") == "gherkin":
        given, steps = scenario_of(row("steps_actions"))
    else:
        actions = _numbered(row("steps_actions"))
        numbers = (
            list(actions) if actions.keys() >= {*results, *data} else sorted({*actions, *results, *data}, key=_parts)
        )
        steps = [(actions.get(number, ""), data.get(number, ""), results.get(number, "")) for number in numbers]
    japanese = detect_language(f"{row('title')}\n{row('steps_actions')}") == "ja"
    priority, behavior = row("priority"), row("behavior")
    kind = row("type")
    own, objective = identity_of(row("description")), told_by_others(row("description"))
    return imported(
        row("v2.id", "id") or own,
        row("title"),
        steps,
        section=_path(row("suite_id"), suites) or table.parts(row("suite"), _PATH.strip()),
        type=_JAPANESE[behavior] if japanese and behavior in _JAPANESE else None if kind in _NOT_SET else kind,
        priority=None if priority in _NOT_SET else _JAPANESE.get(priority, priority) if japanese else priority,
        tags=table.parts(row("tags"), ","),
        preconditions=[*split_entries(row("preconditions")), *given],
        postconditions=split_entries(row("postconditions")),
        custom={"Objective": objective} if objective else {},
    )


def _path(suite: str, suites: dict[str, tuple[str, str]]) -> list[str]:
    """The names from the topmost suite down; a suite that is above itself ends it."""
    names: list[str] = []
    seen: set[str] = set()
    while suite in suites and suite not in seen:
        seen.add(suite)
        suite, name = suites[suite]
        names.insert(0, name)
    return [name for name in names if name]


def _numbered(cell: str) -> dict[str, str]:
    """The steps of a cell by number: quoted as v2 writes them, else by lines, a nested one as `1.2`."""
    quoted = _QUOTED.findall(cell)
    return dict(_quoted(quoted) if quoted else _plain_lines(cell))


def _parts(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _quoted(lines: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """The steps that v2 quotes. A step is nested by its number, `1.2`, or by a tab, as in v1; then its own number begins anew."""
    path: list[str] = []
    for indent, number, text in lines:
        depth = 0 if "." in number else indent.count("\t")
        path = [*path[:depth], *number.split(".")] if depth <= len(path) else [*path, number]
        yield ".".join(path), _unquoted(text)


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text, strict=False)).strip()
    except ValueError:  # an escape that JSON does not have, or a quote within that is not escaped
        return text.removeprefix('"').removesuffix('"').replace('""', '"').strip()


def _plain_lines(cell: str) -> Iterator[tuple[str, str]]:
    parent, nested = 0, 0
    for line in filter(str.strip, cell.split("\n")):
        found = _PLAIN.fullmatch(line)
        if line.startswith("\t") and parent:
            nested += 1
            yield f"{parent}.{nested}", (found[1] if found else line).strip()
        elif found:
            parent, nested = int(line.strip().split(".")[0].split(")")[0]), 0
            yield str(parent), found[1].strip()
