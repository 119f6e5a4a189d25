"""Every injected mistake makes the rehearsal fail with a message that names it: on paper, at `up`, or on the walk."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from support.mistakes import AT_UP, ON_PAPER, ON_THE_WALK, Mistake
from support.rehearse import toolbox

from rehearsal.cloud import PYTHON, RehearsalError, copy_project
from rehearsal.rehearse import Stage, bring_up, prepare, stage
from rehearsal.walk import walk

pytestmark = [pytest.mark.rehearsal, pytest.mark.usefixtures("forked")]


def test_there_are_at_least_twenty_five_of_all_kinds() -> None:
    titles = [mistake.title for mistake in (*ON_PAPER, *AT_UP, *ON_THE_WALK)]
    assert len(set(titles)) == len(titles) >= 25


def paper(project: Path, stack: str) -> str:
    """The faults of the program in that folder, or why it does not even run."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(project), str(project / "src")))}
    command = [*PYTHON, "-W", "ignore", "-m", "rehearsal.paper", stack]
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    return done.stdout or (done.stderr if done.returncode else "")


@pytest.mark.parametrize("stack", ["mvp", "phase2"])
def test_the_program_itself_has_no_fault(stack: str, tmp_path: Path) -> None:
    copy_project(tmp_path / "project")
    assert paper(tmp_path / "project", stack) == ""


@pytest.mark.parametrize("mistake", ON_PAPER, ids=lambda mistake: mistake.title)
def test_found_on_paper(mistake: Mistake, tmp_path: Path) -> None:
    copy_project(tmp_path / "project")
    mistake.make(tmp_path / "project")
    assert mistake.says in paper(tmp_path / "project", mistake.stack)


@pytest.fixture(scope="module")
def account_of(forked: None) -> Iterator[Callable[[str], Stage]]:
    """One account for all mistakes of a stack: each `up` goes on where the one before has failed, as it does for an operator."""
    with ExitStack() as stages:

        @cache
        def of(stack: str) -> Stage:
            here = stages.enter_context(stage(stack, toolbox(), print))
            prepare(here)
            return here

        yield of


@pytest.mark.parametrize("mistake", [*AT_UP, *ON_THE_WALK], ids=lambda mistake: mistake.title)
def test_found_when_it_runs(mistake: Mistake, account_of: Callable[[str], Stage]) -> None:
    here = account_of(mistake.stack)
    with mistake.made(here.operator.project), pytest.raises(RehearsalError) as failed:
        walk(here, bring_up(here, preview=False))
    assert mistake.says in str(failed.value)
