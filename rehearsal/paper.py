"""The program on paper: runs under mocks before anything is created. Prints each fault; exits with 1 if there is one.

Run in the project's folder, so that it is that folder's program that runs.
"""

import sys

from stackgraph.inputs import problems
from stackgraph.promises import faults
from stackgraph.recorder import record, stack_file

KEYS = "testgen:api_keys"


def main(stack: str) -> int:
    """Checks one stack with its file; encrypted keys are replaced by one that is none."""
    configuration = stack_file(stack)
    if KEYS in configuration:
        configuration[KEYS] = f'{{"rehearsal": "{"0" * 64}"}}'
    graph = record(stack, configuration)
    found = [*problems(graph), *faults(graph)]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
