"""Which requests to retry, and after how long."""

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
    """Whether the same request may succeed later. Sending it again is safe, because its key tells the service that it is the same."""
    return isinstance(error, PASSING)


def pause_s(error: TestgenError, attempt: int) -> float:
    """The pause before the next attempt in seconds: what the service asks for, or else twice as long each time. It is random, so that
    clients that were refused together do not return together."""
    doubled = min(FIRST_PAUSE_S * 2.0 ** min(attempt - 1, 10), LONGEST_PAUSE_S)
    if error.retry_after_s:
        return error.retry_after_s * random.uniform(1, 1.25)  # noqa: S311 - no secret
    return doubled * random.uniform(0.5, 1)  # noqa: S311 - no secret
