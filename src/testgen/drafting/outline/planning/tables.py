"""Tables tried row by row: what to enter in each row and what it then shows; matrices of roles column by column."""

import re

from testgen.drafting.outline.model import Act, Planned, Row
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_SPEAKS = re.compile(
    r"\b(?:every|each|all)\b.*\b(?:rows?|cells?|lines?|combinations?)\b|\b(?:table|matrix)\b|表の|表どおり|表のとおり|各行|マトリクス|権限表|真理値表",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"^(?:yes|no|○|×|◯|✕|△|-|–|✓|✗|x|可|不可|あり|なし|own only|n/a)(?:\b.{0,40})?$|^[○×◯✕△✓✗].{0,6}$", re.IGNORECASE
)
INDEX = re.compile(r"^(?:No\.?|#|番号|項番|\d)$", re.IGNORECASE)
_RESULT = re.compile(
    r"結果|期待|表示|メッセージ|応答|出力|判定|result|expected|message|response|outcome|status|output", re.IGNORECASE
)
_MOST = 20  # rows that are tried one by one


def rows_to_try(text: str, rows: list[Row], tongue: Tongue) -> list[Planned]:
    """The steps for a result that speaks of a table; none where it does not, or where there is no table."""
    if not rows or not _SPEAKS.search(text):
        return []
    columns = [name for name in rows[0].cells if not INDEX.match(name)]
    marks = [cell for row in rows for name, cell in row.cells.items() if name in columns[1:]]
    if len(columns) > 2 and sum(bool(_MARK.match(cell)) for cell in marks) * 2 > len(marks):
        return [_column(rows, columns[0], role, tongue) for role in columns[1:]]
    seen = [name for name in columns[1:] if _RESULT.search(name)]
    named = [name for name in columns[1:] if normalise(re.split(r"[\s（(]", name)[0]) in normalise(text)]
    seen = seen or (named if len(named) > 1 or tongue.language == "ja" else [])
    seen = seen or (columns[1:] if tongue.language == "en" else columns[-1:])
    given = [name for name in columns if name not in seen]
    tried = [row for row in rows if any(map(row.cells.get, given))]  # another table has other columns
    return [_row(row, given, seen, tongue) for row in tried[:_MOST]]


def _row(row: Row, given: list[str], seen: list[str], tongue: Tongue) -> Planned:
    colon = "：" if tongue.language == "ja" else ": "
    told = ("、" if tongue.language == "ja" else ", ").join(
        f"{name}{colon}{row.cells[name]}" for name in given if row.cells.get(name)
    )
    shown = (" / ").join(f"{name}{colon}{row.cells[name]}" for name in seen if row.cells.get(name))
    act = Act(
        tongue.lexicon.phrase("try_row", row=told),
        "told",
        tuple(row.cells[name] for name in given if name in row.cells),
    )
    return Planned("action", act, shown, sentence=row.sentence, literal=True)


def _column(rows: list[Row], lines: str, role: str, tongue: Tongue) -> Planned:
    colon = "：" if tongue.language == "ja" else ": "
    shown = " / ".join(f"{row.cells.get(lines, '')}{colon}{row.cells.get(role, '')}" for row in rows)
    return Planned(
        "action",
        Act(tongue.lexicon.phrase("try_column", role=role), "told", (role,)),
        shown,
        sentence=rows[0].sentence,
        literal=True,
    )
