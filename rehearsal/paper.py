"""The program on paper: run under mocks, before anything is made. Prints each fault; exit 1 where there is one.

Run in the project's folder, so that it is that folder's program that runs.
"""

import json
import sys

from rehearsal.checks import faults
from tools.stackgraph.inputs import problems
from tools.stackgraph.recorder import record, stack_file


def main(stack: str, changes: str) -> int:
    """Checks one stack with its file and the changes that the operator has set."""
    graph = record(stack, {**stack_file(stack), **json.loads(changes)})
    found = [*problems(graph), *faults(graph)]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
