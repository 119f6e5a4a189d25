"""Which rows of a table belong to one case; notes and rows that only name a section stand between them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from testgen.interchange.layout import Line, Table
from testgen.messages import say

LEVELS = ("major", "middle", "minor")
_NOTE = re.compile(
    r"[※＊*†]|//\s|#+(?!\s*\d)|注(?:意|記)?\s*[\d）):：]|(?:Note|NB|備考|補足)\s*(?:\d+\s*)?[:：.]", re.IGNORECASE
)
_ID = re.compile(r"[!-~]+|\S*\d")
_MOST_DIGITS = 6  # of a step's number


_COMMENT = re.compile(r"#+\s*(?:[-=*#]{2}|TODO\b|FIXME\b|NOTE\b|XXX\b)|//\s", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:総|小|合)?計(?:件数|数|項目数|ケース数)?|(?:OK|NG|未実施|実施済?|合格|不合格|保留)(?:件数|数|率)|(?:実施|消化|進捗)率"
    r"|(?:grand |sub-?)?totals?(?: (?:cases|tests|steps))?|(?:pass|fail)(?:ed)? (?:count|rate)|sum",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[-－\d.,/ ]+(?:[%％件個]|ケース)?")


def set_aside(table: Table) -> dict[int, str]:
    """Rows that are no tests, and why."""
    reasons: dict[int, str] = {}
    for line in table.lines:
        if is_note(line):
            reasons[line.number] = say("is a note, not a test")
        elif is_total(line):
            reasons[line.number] = say("is a total, not a test")
    return reasons


def is_note(line: Line) -> bool:
    """A row with one text that begins as notes do: `※1 検証環境でだけ行う`; or with its mark and its text in two cells. In the column of
    the ids, `# 検索機能` names a section; a comment does not."""
    filled = _filled(line)
    texts = [line.own(name).strip() for name in line.values if line.own(name).strip()]
    if len(texts) not in (1, 2) or not _NOTE.match(texts[0]) or "action" in filled:
        return False
    # `#hashtag search` and `# show version` are tests, and so is `// in the URL` beside what is expected of it.
    return not texts[0].startswith(("#", "//")) or (len(texts) == 1 and bool(_COMMENT.match(texts[0])))


def is_total(line: Line) -> bool:
    """A row that sums up those above: 合計 or TOTAL, and figures. A step with its number is none."""
    texts = [line.own(name).strip() for name in line.values if line.own(name).strip()]
    summed = [text for text in texts if _TOTAL.fullmatch(text.rstrip(":： "))]
    filled = _filled(line)
    numbered = line.own("id").strip() and line.own("id").strip() not in summed
    itself = line.own("title").strip() in summed and "expected" in filled
    if not summed or numbered or itself or {"number", "action"} <= filled or {"action", "expected"} <= filled:
        return False
    return filled != {"action"} and all(text in summed or _FIGURE.fullmatch(text) for text in texts)


def sections_of(table: Table, lines: Sequence[Line]) -> dict[int, str]:
    """Rows within a table that only name what follows, by number: `■検索機能`, in the column of the ids and above a case."""
    found: dict[int, str] = {}
    for line, after in itertools.pairwise(lines):
        text = line.own("id").strip()
        if _filled(line) == {"id"} and not _ID.fullmatch(text) and {"id", "title", "action"} & _filled(after):
            found[line.number] = text.strip("■□●◆【】 　")
    return found if "action" in table.fields else {}


def _filled(line: Line) -> set[str]:
    return {name for name in line.values if line.own(name).strip()}


def by_case(table: Table, lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The rows of each case, in order."""
    current: list[Line] = []
    for line in lines:
        if current and _starts(line, table) and not _repeats(line, current):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _starts(line: Line, table: Table) -> bool:
    """A case begins at its number or its title; without columns for these, at its smallest item."""
    telling = {"id", "title"} & table.fields
    if not telling:
        telling = {next((level for level in reversed(LEVELS) if level in table.fields), "")}
    if not telling & table.fields:
        return "action" not in table.fields
    return any(line.own(name).strip() for name in telling)


def _repeats(line: Line, current: Sequence[Line]) -> bool:
    """Whether a row only names again the case it belongs to, as exports do on each row: by its id and title, or by its title
    where the steps are counted on."""
    first = current[0]
    if any(line.own(name).strip() != first.own(name).strip() for name in ("id", "title", *LEVELS)):
        return False
    number = _counted(line)
    return bool(line.own("id").strip()) or (number > 1 and number == _counted(current[-1]) + 1)


def _counted(line: Line) -> int:
    number = line.own("number").strip()
    return int(number) if number.isdecimal() and len(number) < _MOST_DIGITS else 0
