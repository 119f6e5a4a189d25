"""CSV for spreadsheets: one row a step, the case's own columns on its first row, headings in the procedure's language.

UTF-8 with a byte order mark, since Excel in Japan opens anything else as cp932. Cells that a spreadsheet would run as a formula
get an apostrophe, which reading takes away again. Rows without an action column are test cases, one row a case.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange.tabular import Row, by_case, dump, imported, join_entries, parse, split_entries
from testgen.interchange.wording import words_for

LOST = ("findings", "custom values that are no text")
# Field -> headings, the first of each language being the one written. Real sheets have synonyms.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("ID", "項番", "id", "No", "No.", "ケースID", "テストケースID", "test_case_id", "test case id"),
    "title": ("Title", "タイトル", "title", "テスト項目", "項目", "テストケース名", "確認項目"),
    "section": ("Section", "分類", "section", "大項目"),
    "preconditions": ("Preconditions", "前提条件", "preconditions", "事前条件"),
    "number": ("Step", "手順番号", "step"),
    "kind": ("Kind", "種別", "kind"),
    "action": ("Action", "手順", "action", "手順内容", "操作", "テスト手順"),
    "test_data": ("Test data", "テストデータ", "test_data", "入力値", "test data"),
    "expected": (
        "Expected result",
        "期待結果",
        "expected_result",
        "期待する結果",
        "expected results",
        "expected_results",
    ),
    "verifies": ("Verifies", "検証", "verifies"),
    "type": ("Type", "正常系／異常系", "type", "区分"),
    "priority": ("Priority", "優先度", "priority"),
    "tags": ("Tags", "タグ", "tags"),
    "references": ("References", "要件ID", "references", "関連要件"),
    "expected_results": ("Expected results of the case", "ケースの期待結果"),
    "postconditions": ("Clean-up", "後始末", "postconditions", "事後条件"),
    "objective": ("Objective", "目的", "objective"),
    "specification": ("Specification", "仕様", "specification"),
    "language": ("Language", "言語", "language"),
}
_STEP_FIELDS = (
    "id", "title", "section", "preconditions", "number", "kind", "action", "test_data", "expected", "verifies", "type", "priority",
    "tags", "references", "expected_results", "postconditions",
)  # fmt: skip
_FIELD_OF = {name.casefold(): field for field, names in HEADINGS.items() for name in names}
_PATH = " > "


def write(procedures: Sequence[Procedure]) -> str:
    """One row a step; the first procedure's language decides the headings."""
    language = 1 if procedures and procedures[0].language == "ja" else 0
    columns = [HEADINGS[field][language] for field in _STEP_FIELDS]
    own = dict.fromkeys(name for procedure in procedures for name in _own_columns(procedure))
    rows = (
        {HEADINGS[field][language]: value for field, value in row.items()}
        | (_own_columns(procedure) if row["number"] == "1" else {})
        for procedure in procedures
        for row in _rows(procedure)
    )
    return dump([*columns, *own], rows, neutralise=True)


def _own_columns(procedure: Procedure) -> dict[str, str]:
    """A team's own columns: texts under names that are not ours."""
    return {
        name: value
        for name, value in procedure.custom.items()
        if isinstance(value, str) and name.strip() == name != "" and name.casefold() not in _FIELD_OF
    }


def _rows(procedure: Procedure) -> Iterator[Row]:
    kinds = words_for(procedure.language).kinds
    head = {
        "id": procedure.test_case_id,
        "title": procedure.title,
        "section": _PATH.join(procedure.section),
        "preconditions": join_entries(procedure.preconditions),
        "type": procedure.type or "",
        "priority": procedure.priority or "",
        "tags": join_entries(procedure.tags),
        "references": join_entries(procedure.references),
        "expected_results": join_entries(procedure.expected_results),
        "postconditions": join_entries(procedure.postconditions),
    }
    for step in procedure.steps:
        row = {
            "number": str(step.number),
            "kind": kinds[step.kind],
            "action": step.action,
            "test_data": step.test_data or "",
            "expected": step.expected_result,
            "verifies": ", ".join(map(str, step.verifies)),
        }
        yield {**head, **row} if step.number == 1 else row


def read(text: str) -> list[object]:
    """Procedures where there is a column of actions, else test cases.

    Raises:
        ValueError: no CSV, or no column that names the cases.
    """
    header = text.split("\n", 1)[0]
    known = {
        _FIELD_OF[name.strip(' "\r').casefold()]
        for name in header.split(",")
        if name.strip(' "\r').casefold() in _FIELD_OF
    }
    if "title" not in known:
        raise ValueError("has no column for the title (Title, タイトル, …): the first line must name it")
    rows = [_by_field(row) for row in parse(text, (), neutralised=True)]
    if "action" not in known:
        return [_case(row) for row in rows]
    return [_procedure(group) for group in by_case(rows, lambda row: bool(row.get("title")))]


def _by_field(row: Row) -> dict[str, str]:
    """By our names; a column that is not known goes to `custom` under its own."""
    return {_FIELD_OF.get(name.casefold(), f"custom:{name}"): value for name, value in row.items()}


def _procedure(rows: list[Row]) -> dict[str, Any]:
    head = rows[0]
    steps = [row for row in rows if row.get("action")]
    made = imported(
        head.get("id", ""),
        head["title"],
        [(row["action"], row.get("test_data", ""), row.get("expected", "")) for row in steps],
        **_shared(head),
        expected_results=split_entries(head.get("expected_results", "")),
    )
    names = {word: kind for language in ("ja", "en") for kind, word in words_for(language).kinds.items()}
    for step, row in zip(made["steps"], steps, strict=True):
        step["kind"] = names.get(row.get("kind", ""), "action")
        step["verifies"] = [int(number) for number in re.findall(r"\d+", row.get("verifies", ""))]
    return made


def _case(row: Row) -> dict[str, Any]:
    return {
        "id": row.get("id", ""),
        "title": row.get("title", ""),
        "objective": row.get("objective") or None,
        "test_data": _data(row.get("test_data", "")),
        "specification": row.get("specification") or None,
        "expected_results": split_entries(row.get("expected", "") or row.get("expected_results", "")),
        **({"language": row["language"]} if row.get("language") else {}),
        **_shared(row),
    }


def _shared(row: Row) -> dict[str, Any]:
    """What cases and procedures both have."""
    return {
        "section": [part.strip() for part in re.split(r"[>＞]|\s/\s", row.get("section", "")) if part.strip()],
        "preconditions": split_entries(row.get("preconditions", "")),
        "postconditions": split_entries(row.get("postconditions", "")),
        "type": row.get("type") or None,
        "priority": row.get("priority") or None,
        "tags": split_entries(row.get("tags", "")),
        "references": split_entries(row.get("references", "")),
        "custom": {
            name.removeprefix("custom:"): value for name, value in row.items() if name.startswith("custom:") and value
        },
    }


def _data(cell: str) -> dict[str, str]:
    """Lines of `name: value` or `name = value`; a line without a name is data 1, 2, …"""
    data = {}
    for number, line in enumerate(filter(None, map(str.strip, cell.splitlines())), 1):
        name, sign, value = re.match(r"([^:：=＝]*)([:：=＝]?)(.*)", line, re.DOTALL).groups()  # type: ignore[union-attr]
        data[name.strip() if sign else str(number)] = value.strip() if sign else line
    return data
