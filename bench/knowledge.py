"""How many open points the engine `outline` leaves without and with a team's knowledge, over thirty cases of three products.

The cases and the knowledge were written by somebody who had not seen the code (bench/know/README.md).

    .venv/bin/python -m bench.knowledge
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from testgen.domain.knowledge import NOTHING_TOLD, Knowledge
from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.interchange import read_knowledge
from testgen.text.marks import OPEN_POINT

DATA = Path(__file__).parent / "know"


@dataclass(frozen=True)
class Counted:
    """The open points of a case, without and with what the team tells of its product."""

    case: str
    without: int
    told: int


def cases() -> Iterator[tuple[TestCase, Knowledge]]:
    """Each case with the knowledge of its product."""
    known: dict[str, Knowledge] = {}
    for line in (DATA / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        product = told.pop("product")
        case = TestCase.parse(told)
        if product not in known:
            path = DATA / product / "knowledge.yaml"
            known[product] = read_knowledge(path.read_bytes(), name=path.name)
        yield case, known[product]


def open_points(steps: list[Step]) -> int:
    """Places that a person has to fill in."""
    texts = (text for step in steps for text in (step.action, step.test_data or "", step.expected_result))
    return sum(len(OPEN_POINT.findall(text)) for text in texts)


def counted() -> list[Counted]:
    """The figures, case by case."""
    return [
        Counted(
            case.id,
            *(open_points(outline(case, case.resolved_language(), told)[0]) for told in (NOTHING_TOLD, knowledge)),
        )
        for case, knowledge in cases()
    ]


def main() -> None:
    """Prints the figures."""
    found = counted()
    for entry in found:
        print(f"{entry.case}  {entry.without:3}  {entry.told:3}")
    without, told = sum(entry.without for entry in found), sum(entry.told for entry in found)
    print(f"open points: {without} without knowledge, {told} with it ({told / without:.0%})")


if __name__ == "__main__":
    main()
