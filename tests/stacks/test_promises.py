"""Both stacks and every variant keep what the rehearsal asks of Pulumi's state; tests/support/mistakes.py breaks it."""

from pathlib import Path

import pytest
from support.mistakes import Mistake

from stackgraph.promises import PROMISES, Promise
from stackgraph.recorder import Graph


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_it_is_kept(any_stack: Graph, promise: Promise) -> None:
    assert list(promise(any_stack)) == []


def test_a_mistake_is_mended_also_after_another_error_than_the_one_awaited(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(OSError, match="no answer"), Mistake("two", "program.py", "x = 1", "x = 2", "").made(tmp_path):
        raise OSError("no answer")
    assert program.read_text(encoding="utf-8") == "x = 1\n"
