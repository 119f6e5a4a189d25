"""The Pulumi program: how long its libraries take to load, and how long it takes to make all resources of a stack.

python -m bench.program [--quick]
"""

import importlib.util
import json
import statistics
import subprocess
import sys

from bench.report import MissingError, Section, alone, middle

TITLE = "e. The Pulumi program"
STACKS = ("mvp", "phase2")
ROUNDS = 2
MEASURED = """
import json, sys, time
started = time.perf_counter()
import stacks.program
imported = time.perf_counter()
from stackgraph.recorder import record
ready = time.perf_counter()
first = len(record(sys.argv[1]).resources)
made = time.perf_counter()
record(sys.argv[1])
print(json.dumps({"import": imported - started, "first": made - ready, "again": time.perf_counter() - made, "resources": first}))
"""


def once(stack: str) -> dict[str, float]:
    """One fresh process: seconds of the imports, of the first run against a recorder in Pulumi's place, and of a second one."""
    command = [sys.executable, "-W", "ignore", "-c", MEASURED, stack]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(section: Section) -> None:
    """Both stacks."""
    if importlib.util.find_spec("pulumi_awsx") is None:
        raise MissingError("Pulumi's libraries are not here: `make infra` installs them")
    rows = []
    for stack in STACKS:
        runs = [once(stack) for _ in range(1 if section.quick else ROUNDS)]
        figures = [middle([1000 * run[what] for run in runs]) for what in ("import", "first", "again")]
        rows.append((stack, f"{statistics.median(run['resources'] for run in runs):.0f}", *figures))
    section.say(
        "Each run is a new process, with a recorder in place of Pulumi's engine. Milliseconds, with minimum and maximum."
    )
    section.table(("Stack", "Resources", "Imports ms", "Program ms", "Second run ms"), rows)


if __name__ == "__main__":
    alone(TITLE, measure)
