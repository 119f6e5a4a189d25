"""What is tried again, and after how long."""

import random

from testgen.domain.errors import (
    EngineBusyError,
    NotBegunError,
    OverloadedError,
    ServiceUnavailableError,
    TestgenError,
)

PASSING = (
    OverloadedError,
    NotBegunError,
    EngineBusyError,
    ServiceUnavailableError,
)  # nothing is wrong with the request
TRIES = 4
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0


def passing(error: TestgenError) -> bool:
    """Whether the same request may be answered later. It is safe to send again: its key tells the service that it is the same."""
    return isinstance(error, PASSING)


def pause_s(error: TestgenError, attempt: int) -> float:
    """Before the next attempt: what the service asks for, or else twice as long each time. Drawn, so that those who were sent away
    together do not come back together."""
    doubled = min(FIRST_PAUSE_S * 2.0 ** min(attempt - 1, 10), LONGEST_PAUSE_S)
    if error.retry_after_s:
        return error.retry_after_s * random.uniform(1, 1.25)  # noqa: S311 - no secret
    return doubled * random.uniform(0.5, 1)  # noqa: S311 - no secret
