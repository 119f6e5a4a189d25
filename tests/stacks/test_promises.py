"""Both stacks and every variant keep what the rehearsal asks of Pulumi's state; tests/support/mistakes.py breaks it."""

import pytest

from stackgraph.promises import PROMISES, Promise
from stackgraph.recorder import Graph


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_it_is_kept(any_stack: Graph, promise: Promise) -> None:
    assert list(promise(any_stack)) == []
