"""`make bench`: speed as ratios, each measured side by side on this machine. Nothing here fails on a slow one."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from testgen.drafting.outline import outline
from testgen.drafting.wire import RowReader, dump_rows
from testgen.interchange import read_cases

ROOT = Path(__file__).parents[1]
ROUNDS = 30


def best_of(work: Callable[[], object]) -> float:
    """Seconds of the quickest of some rounds: the least disturbed one."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def compare(name: str, work: Callable[[], object], unit_name: str, unit: Callable[[], object]) -> None:
    """Prints how many times the unit a piece of work takes."""
    one, other = best_of(work), best_of(unit)
    print(f"{name:<46} {one * 1000:8.3f} ms = {one / other:6.1f} x {unit_name} ({other * 1000:.3f} ms)")


def main() -> None:
    """Outline against reading its case; the streaming reader against one strict parse."""
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        content = path.read_bytes()
        (case,) = read_cases(content, name=path.name)
        language = case.resolved_language()
        compare(
            f"outline {path.name}",
            lambda case=case, language=language: outline(case, language),
            "reading its YAML",
            lambda content=content, path=path: read_cases(content, name=path.name),
        )
    text = dump_rows([("Open the page and look", "value", "The page is shown", "1")] * 60)

    def stream() -> None:
        reader = RowReader()
        for start in range(0, len(text), 4):
            list(reader.feed(text[start : start + 4]))

    compare("60 rows, streamed in pieces of 4 characters", stream, "one json.loads", lambda: json.loads(text))


if __name__ == "__main__":
    sys.exit(main())
