"""One format, written and read at some sizes; prints JSON. `bench.work` starts it for each format.

python -m bench.interchange FORMAT SIZE…
"""

import json
import sys
import time
from pathlib import Path

from bench.work import PROVENANCE
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure, Step
from testgen.interchange import Source, load_procedures, write_procedures
from testgen.interchange.registry import FORMATS, READABLE
from testgen.workers.process import collect_less

STEPS = 4
LONG_S = 1.5  # of the processor; the next size takes five times as long


def procedures(count: int) -> list[Procedure]:
    """No two alike."""
    return [
        Procedure(
            test_case_id=f"T-{number}", title=f"注文 {number} の配送先を変更する", language="ja", provenance=PROVENANCE,
            test_data={"注文": str(number)}, preconditions=("ログインしている",),
            expected_results=(f"「注文 {number} を保存しました」と表示される",),
            steps=tuple(
                Step(number=place, kind="action", action=f"注文 {number} の画面 {place} を開く", test_data=f"{number}-{place}",
                     expected_result=f"画面 {place} に注文 {number} が表示される", verifies=(1,) if place == STEPS else ())
                for place in range(1, STEPS + 1)
            ),
        )
        for number in range(count)
    ]  # fmt: skip


def main(name: str, sizes: list[int]) -> None:
    """Prints how long each size took, and what the process held at most; ends before the size that would take too long."""
    made = procedures(sizes[-1])
    collect_less()  # as a worker does
    before = _held_mb()
    writing, reading, content = [], [], b""
    for size in sizes:
        started = time.process_time()
        try:
            content = write_procedures(made[:size], name)
        except InvalidInputError:  # the tool that reads it takes no more
            break
        writing.append(time.process_time() - started)
        started = time.process_time()
        if name in READABLE:
            load_procedures(content, name=f"x{FORMATS[name].suffix}", source=Source(name))
        reading.append(time.process_time() - started)
        if max(writing[-1], reading[-1]) > LONG_S:
            break
    found = {"sizes": sizes[: len(reading)], "steps": STEPS, "write_s": writing, "read_s": reading}
    print(json.dumps({**found, "size_mb": len(content) / 1e6, "memory_mb": _held_mb(), "before_mb": before}))


def _held_mb() -> float:
    """The most so far. What `getrusage` tells begins with the process that started this one."""
    found = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(found.split()[1]) / 1e3


if __name__ == "__main__":
    main(sys.argv[1], [int(size) for size in sys.argv[2:]])
