"""The real program under mocks, once a variant."""

from collections.abc import Callable
from typing import Any

import pytest
from support.stacks import VARIANTS, configuration, graph_of

from stackgraph.answers import AccountFacts
from stackgraph.recorder import Graph, record


@pytest.fixture(params=["mvp", "phase2"])
def stack(request: pytest.FixtureRequest) -> Graph:
    """Both committed stacks, one after the other."""
    return graph_of(request.param)


@pytest.fixture(params=["mvp", "phase2", *VARIANTS])
def any_stack(request: pytest.FixtureRequest) -> Graph:
    """Both stacks and every variant."""
    return graph_of(request.param)


@pytest.fixture
def mvp() -> Graph:
    return graph_of("mvp")


@pytest.fixture
def phase2() -> Graph:
    return graph_of("phase2")


@pytest.fixture
def variant() -> Callable[[str], Graph]:
    """A variant by name."""
    return graph_of


@pytest.fixture
def deploy() -> Callable[..., Graph]:
    """Runs a stack with changed sections: `deploy("mvp", scaling={…}, facts=…)`."""

    def run(stack: str, facts: AccountFacts | None = None, **changes: Any) -> Graph:
        return record(stack, configuration(stack, **changes), facts)

    return run
