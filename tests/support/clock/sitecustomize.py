"""A clock on the wall that a test can set: Python imports this at the start of a process whose PYTHONPATH has this folder.

Only `time.time` and `time.time_ns` are moved, which is what Python code measures with where it should not; `time.monotonic` goes on, as it
does where an operator or NTP sets the clock.
"""

import os
import time
from pathlib import Path

_OFFSET = Path(os.environ["TEST_CLOCK_OFFSET"])  # a file with the seconds to add
_real = time.time


def _moved() -> float:
    return _real() + float(_OFFSET.read_text() or 0)


time.time = _moved
time.time_ns = lambda: int(_moved() * 10**9)
