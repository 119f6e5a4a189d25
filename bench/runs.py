"""The figures of the last whole runs, so that the report can say how far one run differs from another.

Requests of one run lie minutes apart; a machine that others share is a third slower or faster an hour later. Only runs side by side
with earlier ones show that.
"""

import json
import math
import os
import re
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

KEPT_IN = "BENCH_RUNS"  # the variable that names the file; nothing is kept without it
LAST = 6  # runs that the report looks back on
# Student's t, two-sided 95 %, for 1 to 6 degrees of freedom (any table of it, such as NIST's, section 1.3.6.7.2).
STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447)


def processor() -> str:
    """The processor's name, and how many of its cores there are: figures of another machine are not compared."""
    named = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return f"{os.cpu_count()} × {named[1] if named else 'unknown'}"


def earlier(goal: str) -> list[float]:
    """What the last runs on such a machine measured for the goal, the oldest first."""
    path = _path()
    lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
    entries = [json.loads(line) for line in lines]
    return [entry["value"] for entry in entries if (entry["goal"], entry["on"]) == (goal, processor())][-LAST:]


def expected(values: Sequence[float]) -> tuple[float, float] | None:
    """Where a next run is expected with 95 %, after these runs: the prediction interval for one more value of a log-normal quantity, since
    a slower machine multiplies what is measured. None for fewer than three runs."""
    if len(values) < 3 or min(values) <= 0:
        return None
    logs = [math.log(value) for value in values]
    aside = STUDENT[len(logs) - 2] * statistics.stdev(logs) * math.sqrt(1 + 1 / len(logs))
    middle = statistics.mean(logs)
    return math.exp(middle - aside), math.exp(middle + aside)


def keep(goal: str, value: float) -> None:
    """Adds a figure of the present run."""
    if path := _path():
        entry = {"at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", "on": processor(), "goal": goal, "value": round(value, 4)}
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _path() -> Path | None:
    named = os.environ.get(KEPT_IN)
    return Path(named) if named else None
