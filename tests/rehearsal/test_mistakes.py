"""Every injected mistake makes the rehearsal fail with a message that names it: on paper, at `up`, or on the walk."""

import contextlib
import io
import multiprocessing
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.mistakes import AT_UP, ON_PAPER, ON_THE_WALK, Mistake
from support.rehearse import toolbox

from rehearsal.cloud import RehearsalError, copy_project
from rehearsal.rehearse import Stage, bring_up, prepare, stage
from rehearsal.walk import walk

pytestmark = pytest.mark.rehearsal
# The SDKs take seconds to load: a server process has them, and each mistaken program runs in a fork of it.
FORKS = multiprocessing.get_context("forkserver")
SERVICES = (
    "acm", "appautoscaling", "autoscaling", "budgets", "cloudwatch", "dlm", "ebs", "ec2", "ecr", "ecs", "iam", "kms", "lb", "route53",
    "secretsmanager", "servicequotas", "sns", "ssm", "vpc", "wafv2",
)  # fmt: skip
PARTS = ("_inputs", "outputs")  # the SDK loads these late, and they are what takes the time
FORKS.set_forkserver_preload(
    ["pulumi_awsx.ec2", "pulumi_awsx.ecr", *(f"pulumi_aws.{service}.{part}" for service in SERVICES for part in PARTS)]
)


def test_there_are_at_least_twenty_five_of_all_kinds() -> None:
    titles = [mistake.title for mistake in (*ON_PAPER, *AT_UP, *ON_THE_WALK)]
    assert len(set(titles)) == len(titles) >= 25


def on_paper(project: Path, stack: str, results: Callable[[str], None]) -> None:
    """`python -m rehearsal.paper` of that project, in this process."""
    os.chdir(project)
    sys.path[:0] = [str(project), str(project / "src")]
    for name in [name for name in sys.modules if name.split(".")[0] in ("stacks", "stackgraph", "rehearsal")]:
        del sys.modules[name]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            from rehearsal.paper import main

            main(stack)
        except Exception as error:  # a program that does not even run
            print(error)
    results(said.getvalue())


def paper(project: Path, stack: str) -> str:
    receive, send = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=on_paper, args=(project, stack, send.send))
    process.start()
    said: str = receive.recv() if receive.poll(300) else "no answer in 300 s"
    process.join()
    return said


@pytest.mark.parametrize("stack", ["mvp", "phase2"])
def test_the_program_itself_has_no_fault(stack: str, tmp_path: Path) -> None:
    copy_project(tmp_path / "project")
    assert paper(tmp_path / "project", stack) == ""


@pytest.mark.parametrize("mistake", ON_PAPER, ids=lambda mistake: mistake.title)
def test_found_on_paper(mistake: Mistake, tmp_path: Path) -> None:
    copy_project(tmp_path / "project")
    mistake.make(tmp_path / "project")
    assert mistake.says in paper(tmp_path / "project", mistake.stack)


def rehearse(here: Stage) -> None:
    prepare(here)
    walk(here, bring_up(here, preview=False))


@pytest.mark.parametrize("mistake", [*AT_UP, *ON_THE_WALK], ids=lambda mistake: mistake.title)
def test_found_when_it_runs(mistake: Mistake) -> None:
    with stage(mistake.stack, toolbox(), print, alter=mistake.make) as here, pytest.raises(RehearsalError) as failed:
        rehearse(here)
    assert mistake.says in str(failed.value)
