"""Which field each column of a table holds: what its heading says and, where headings leave that open, what stands below them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from testgen.interchange.cell_blocks import has_steps
from testgen.interchange.columns import CHECKED, CUSTOM, RESULTS, ColumnNames, gives_way, is_among
from testgen.interchange.words import KINDS
from testgen.messages import say

_OF_CASES_ONLY = {"objective", "specification", "language"}  # a procedure has no such field
_LISTS = {"tags", "references"}  # which may have several columns, as Jira writes them
_LEVELS = {"major", "middle", "minor"}
OURS = {"kind", "verifies"}  # among the headings of what testgen writes, and nobody else
# A text that only counts: 1, (2), ③, 手順4, Step 5.
COUNTS = re.compile(
    r"(?:(?:手順|ステップ|step|no\.?|#)\s*)?[(（]?(?:\d{1,3}(?:-\d{1,3})?|[①-⑳])[)）.．:：]?", re.IGNORECASE
)
_COUNTING = frozenset(("手順", "ステップ", "step"))
# What testers tick or note in a column called Check.
_VERDICT = re.compile(
    r"[○〇◯●×✕✖✗✘xX△▲✓✔☑☐□■レ\-－—―]|OK|NG|PASS(?:ED)?|FAIL(?:ED)?|yes|no|done|n/?a|済み?|未|未実施|合格?|否|不合格|[\d/.:\-年月日\s]+",
    re.IGNORECASE,
)
# A heading of one of several columns for the steps: 手順1, Step (2), 期待結果 3.
_COUNTED = re.compile(r"(\D{1,20}?)\s?\(?(\d{1,2})\)?")
_IN_TURN = {"number": "action", "action": "action", "test_data": "test_data", "expected": "expected"}
_SEVERAL = 2
_LONGEST = 25  # characters of such a heading
Below = Mapping[int, Mapping[int, str]]  # column -> row -> text


@dataclass(frozen=True)
class Settled:
    """Column -> field; what a person should know about it; whether the steps are known by headings within their cells; the numbers of
    the columns that hold a step each."""

    columns: dict[int, str]
    told: tuple[str, ...] = ()
    blocks: bool = False
    turns: Mapping[int, int] = field(default_factory=dict)


@dataclass
class _Headings:
    """The headings of a table with the fields they may mean, while these are being settled."""

    fields: dict[int, str | None]
    texts: Mapping[int, str]
    below: Below
    names: ColumnNames

    def __post_init__(self) -> None:
        self.told: list[str] = []
        self.counting: set[int] = set()
        self.blocks = False
        self.turns: dict[int, int] = {}

    def of(self, field: str) -> list[int]:
        """The columns of a field, from the left."""
        return [column for column, name in sorted(self.fields.items()) if name == field]

    def perhaps(self, field: str) -> list[int]:
        """The columns that may hold a field, and have something to hold."""
        return [
            column
            for column, name in sorted(self.fields.items())
            if name is None and self.below[column] and self.names.perhaps(self.texts[column]) == field
        ]


def settled(
    fields: dict[int, str | None], texts: Mapping[int, str], below: Below, names: ColumnNames, head: Mapping[str, str]
) -> Settled:
    """The field of each column; `head` are the labels above the table. A heading that is not known, or comes twice, is a team's own
    column."""
    headings = _Headings(fields, texts, below, names)
    if not set(fields.values()) >= OURS:
        _kinds(headings)
        _turns(headings)
        _actions(headings)
        _titles(headings, head)
        _results(headings)
    columns = _columns(headings, head)
    if "action" not in columns.values():
        columns = {
            column: "action" if name == "number" and column not in headings.counting else name
            for column, name in columns.items()
        }
    return Settled(columns, tuple(headings.told), headings.blocks, headings.turns)


def _kinds(headings: _Headings) -> None:
    """種別 that holds other words than those for the kinds of steps says of which type the case is."""
    for column in headings.of("kind"):
        if not KINDS.keys() >= set(headings.below[column].values()):
            headings.fields[column] = None if headings.of("type") else "type"


def in_turn(text: str, names: ColumnNames) -> tuple[str, int] | None:
    """The field and the number of a heading such as 手順1; None if it is none."""
    found = _COUNTED.fullmatch(unicodedata.normalize("NFKC", text)) if len(text) <= _LONGEST else None
    name = _IN_TURN.get(names.field(found[1]) or "") if found else None
    return (name, int(found[2])) if found and name else None


def _turns(headings: _Headings) -> None:
    """手順1, 手順2, … beside one another hold a step each, 期待結果1, … what is to be seen after it."""
    found: dict[str, dict[int, int]] = {}
    for column, text in headings.texts.items():
        if headings.fields[column] is None and (counted := in_turn(text, headings.names)):
            found.setdefault(counted[0], {})[column] = counted[1]
    if headings.of("action") or len(found.get("action", ())) < _SEVERAL:
        return
    for name, numbers in found.items():
        headings.turns |= numbers
        headings.fields |= dict.fromkeys(numbers, name)


def _actions(headings: _Headings) -> None:
    """A column that only counts is no column of actions: then the one beside it is, if its heading allows that."""
    for column in (*headings.of("action"), *headings.of("number")):
        filled = headings.below[column].values()
        if filled and all(map(COUNTS.fullmatch, filled)) and not headings.names.is_own(headings.texts[column]):
            headings.counting.add(column)
    first, *more = headings.of("action") or [-1]
    if more and not headings.below[first] and not headings.below[more[0]] and _counts_by_name(headings, first):
        headings.counting.add(first)  # an empty form: 手順 | 操作
    for column in headings.of("action"):
        if column in headings.counting:
            headings.fields[column] = None if headings.of("number") else "number"
    if headings.of("action"):
        return
    beside = headings.perhaps("action")
    spoken = [column for column in headings.of("number") if column not in headings.counting and headings.below[column]]
    if headings.counting and spoken:  # Step No | Step
        headings.fields[spoken[0]] = "action"
    elif headings.counting and beside:
        after = [column for column in beside if column > min(headings.counting)] or beside
        headings.fields[after[0]] = "action"
    elif blocks := [column for column in headings.texts if _holds_blocks(headings, column)]:
        headings.fields[blocks[0]] = "action"
        headings.blocks = True
    elif headings.counting:
        told = say(
            "column {heading!r} only counts the steps, and no other column is known to hold the actions: map its heading to `action` "
            "with --columns",
            heading=headings.texts[min(headings.counting)],
        )
        headings.told.append(told)


def _counts_by_name(headings: _Headings, column: int) -> bool:
    return is_among(headings.texts[column], _COUNTING)


def _holds_blocks(headings: _Headings, column: int) -> bool:
    """Whether most cells below an unknown heading have a heading of the steps within them."""
    cells = headings.below[column].values()
    divided = sum(has_steps(text) for text in cells)
    return headings.fields[column] is None and divided > 0 and 2 * divided >= len(cells)


def _titles(headings: _Headings, head: Mapping[str, str]) -> None:
    """Scenario and TC name a case where nothing else does."""
    known = set(headings.fields.values()) | set(head)
    for name, others in (("title", {"title", *_LEVELS}), ("id", {"id"})):
        if not others & known and (columns := headings.perhaps(name)):
            headings.fields[columns[0]] = name


def _results(headings: _Headings) -> None:
    """期待結果 holds the expected results; 確認内容 beside it says what is checked."""
    told_what = [column for column in headings.perhaps("expected") if not _is_ticked(headings, column)]
    found = [*headings.of("expected"), *told_what]
    if not found or headings.turns.keys() & set(found):
        return
    chosen = min(found, key=lambda column: _rank(headings, column))
    for column in found:
        headings.fields[column] = "expected" if column == chosen else None
    heading = headings.texts[chosen]
    for column in found:
        text = headings.texts[column]
        if column == chosen or not gives_way(text):
            continue
        headings.fields[column] = field = _of_a_check(headings, column)
        told = {
            "title": say("column {heading!r} holds the expected results; {other!r} is the title", heading=heading, other=text),
            "objective": say("column {heading!r} holds the expected results; {other!r} is the objective", heading=heading, other=text),
        }  # fmt: skip
        own = say(
            "column {heading!r} holds the expected results; {other!r} is kept as your own column",
            heading=heading,
            other=text,
        )
        headings.told.append(told.get(field or "", own))


def _is_ticked(headings: _Headings, column: int) -> bool:
    """Whether a column holds nothing but the verdicts and dates of testers."""
    return all(_VERDICT.fullmatch(text) for text in headings.below[column].values())


def _rank(headings: _Headings, column: int) -> tuple[bool, bool, int]:
    text = headings.texts[column]
    return not headings.names.is_own(text), gives_way(text), column


def _of_a_check(headings: _Headings, column: int) -> str | None:
    """The field of what is checked: the title where nothing else names the case, as it does not where a case has several."""
    fields = set(headings.fields.values())
    if not is_among(headings.texts[column], CHECKED):
        return None
    begins = [row for other in headings.of("id") for row in headings.below[other]]
    if not {"title", "minor"} & fields and not (begins and set(headings.below[column]) - set(begins)):
        return "title"
    return "objective" if not {"action", "objective"} & fields else None


def _columns(headings: _Headings, head: Mapping[str, str]) -> dict[int, str]:
    fields, texts = headings.fields, headings.texts
    named_by_fields = {"title", *_LEVELS} & set(fields.values())
    elsewhere = bool({"title", "id"} & set(head)) or not named_by_fields
    columns: dict[int, str] = {}
    for column, text in sorted(texts.items()):
        name = fields[column]
        if "action" in fields.values() and name in _OF_CASES_ONLY:
            name = None
        named = elsewhere or {"title", "id"} & set(columns.values())
        after = fields.get(min((other for other in texts if other > column), default=-1))  # headings may be merged
        if name == "id" and named and after in ("action", "kind"):
            name = "number"  # a number beside the action counts steps if something else names the case
        if name == "action" and after == "kind" and list(fields.values()).count("action") > 1:
            name = "number"  # 手順, 種別, 操作: as our own Markdown has them
        twice = name in columns.values() and name not in _LISTS and column not in headings.turns
        if name is None or twice or name in RESULTS:
            name = _unused(CUSTOM + text, columns)
        columns[column] = name
    return columns


def _unused(name: str, columns: Mapping[int, str]) -> str:
    number, found = 1, name
    while found in columns.values():
        number += 1
        found = f"{name} ({number})"
    return found
