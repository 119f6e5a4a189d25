"""The steps of one cell: a numbered list, a scenario of Gherkin, or a whole case under headings of its own."""

import re
from contextlib import suppress
from dataclasses import dataclass, field

from testgen.interchange.cell_blocks import blocks_of
from testgen.interchange.columns import CUSTOM
from testgen.interchange.found import UnusableError
from testgen.interchange.gherkin_cell import is_gherkin, scenario_of
from testgen.interchange.tabular import paired, split_entries, split_numbered

_CIRCLED = re.compile("[①-⑳]")
_NAMED = re.compile("[①-⑳][のをにがはとでへ、]")  # 「①の欄」 names something


@dataclass
class Stated:
    """What a cell of steps says besides them."""

    preconditions: list[str] = field(default_factory=list)
    postconditions: list[str] = field(default_factory=list)
    objective: list[str] = field(default_factory=list)


def steps_of(row: dict[str, str], stated: Stated, *, numbered: bool, ours: bool = False) -> list[dict[str, str]]:
    """One step, or several if a cell contains the whole procedure; `numbered` is true where a column counts the steps. What testgen
    wrote, `ours`, has no headings within cells."""
    if blocks := {} if ours else blocks_of(row["action"]):
        row = _without_blocks(row, blocks, stated)
    texts = _whole_procedure(row, stated, numbered=numbered and not blocks)
    if not texts:
        return [row]
    steps = [
        {"action": action, "test_data": data, "expected": expected, "row": row["row"]}
        for action, data, expected in texts
    ]
    steps[0] = {**{name: text for name, text in row.items() if name.startswith(CUSTOM)}, **steps[0]}
    return steps


def _without_blocks(row: dict[str, str], blocks: dict[str, str], stated: Stated) -> dict[str, str]:
    """The row with the steps alone; what else stands in the cell is stated, or goes to the cells for it."""
    stated.preconditions += split_entries(blocks.get("preconditions", ""))
    stated.postconditions += split_entries(blocks.get("postconditions", ""))
    stated.objective += [text for name in ("", "objective") if (text := blocks.get(name))]
    seen = (blocks.get("expected"), blocks.get("expected_results"), row.get("expected"))
    data = (blocks.get("test_data"), row.get("test_data"))
    return row | {
        "action": blocks["action"],
        "expected": "\n".join(filter(None, seen)),
        "test_data": "\n".join(filter(None, data)),
    }


def _whole_procedure(row: dict[str, str], stated: Stated, *, numbered: bool) -> list[tuple[str, str, str]]:
    """The steps of a cell with numbered lines, or with a scenario of Gherkin; none where the cell holds one step."""
    if is_gherkin(row["action"]) and not row.get("expected", "").strip():
        with suppress(UnusableError):  # then it is a text like any other
            conditions, steps = scenario_of(row["action"])
            stated.preconditions += conditions
            return steps
    if numbered:
        return []
    cells = (_in_lines(row.get(name, "")) for name in ("action", "expected", "test_data"))
    texts = paired(*cells)
    return texts if len(texts) > 1 else []


def _in_lines(cell: str) -> str:
    """「①開く ②押す」 with a line for each, if the marks count from ① and stand nowhere else."""
    marks = _CIRCLED.findall(cell)
    counted = [chr(ord("①") + place) for place in range(len(marks))]
    if len(marks) < 2 or marks != counted or not cell.lstrip().startswith("①") or _NAMED.search(cell):
        return cell
    return re.sub(rf"\s*({_CIRCLED.pattern})", r"\n\1", cell).strip()


def uncount(step: dict[str, str]) -> dict[str, str]:
    """The one step of a case without its number: 「1. 開く」, and 「1. 開いた」."""
    texts = {name: split_numbered(step.get(name, "")) for name in ("action", "expected")}
    if [number for number, _ in texts["action"]] != [1] or _NAMED.match(step["action"].lstrip()):
        return step
    return step | {name: items[0][1] for name, items in texts.items() if len(items) == 1 and items[0][1]}
