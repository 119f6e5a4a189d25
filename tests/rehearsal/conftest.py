"""What the rehearsals share."""

from collections.abc import Iterator

import pytest

from rehearsal import forks


@pytest.fixture(scope="session")
def forked() -> Iterator[None]:
    """Loading the SDKs takes seconds: one process has them, and all programs and providers are forks of it."""
    with forks.forks():
        yield
