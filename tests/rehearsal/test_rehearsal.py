"""`make rehearse`: both stacks, and the changes, from `pulumi stack init` to an empty account."""

import os
import subprocess
import sys

import pytest
from support.cases import ROOT

from rehearsal.cloud import RehearsalError
from rehearsal.containers import missing
from rehearsal.rehearse import Toolbox

pytestmark = [pytest.mark.rehearsal, pytest.mark.ollama]


def rehearse(*arguments: str) -> str:
    try:
        Toolbox.find()
    except RehearsalError as error:
        pytest.fail(str(error)) if os.environ.get("TEST_TOOLS_REQUIRED") else pytest.skip(str(error))
    command = [sys.executable, "-W", "ignore", "-m", "rehearsal", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return done.stdout


@pytest.mark.parametrize("stack", ["mvp", "phase2"])
def test_a_stack_is_brought_up_walked_and_taken_down(stack: str) -> None:
    said = rehearse(stack, *(["--containers"] if stack == "mvp" and not missing() else []))
    hops = [
        "on paper: no fault", f"$ pulumi stack init {stack}", "$ pulumi preview", "--expect-no-changes", "joined the cluster",
        "outlived instance", "→ ALB:", "target → SSM, Secrets Manager", "api → ollama:11434", "procedure REHEARSAL-1 with",
        "ollama → logs", "api → logs", "logs → metrics", "who reaches whom", "who may do what", "$ pulumi destroy", f"{stack} holds",
    ]  # fmt: skip
    places = [said.find(hop) for hop in hops]
    assert -1 not in places, [hop for hop, place in zip(hops, places, strict=True) if place == -1]
    assert "kept on purpose" in said
    if stack == "phase2":
        assert "no key → 401" in said
        assert "10.20.30.40 → public ALB" in said
        assert "a body about XSS passes on /v1/" in said


def test_changes_lose_nothing_and_kept_volumes_are_adopted() -> None:
    said = rehearse("mvp", "--changes")
    parts = said.split("change: ")
    assert "updated aws:ssm:Parameter testgen-mvp-config-model" in parts[1]
    assert "task definition testgen-mvp:1 → testgen-mvp:2" in parts[1]
    assert "task definition testgen-mvp:2 → testgen-mvp:3" in parts[2], "one setting alone rolls the service"
    assert "updated aws:appautoscaling:Target" in parts[3]
    assert parts[4].count("updated aws:cloudwatch:LogGroup") == 4
    assert "updated aws:ec2:LaunchTemplate" in parts[5]
    assert "updated aws:autoscaling:Group" in parts[5]
    assert "task definition testgen-mvp:3 → testgen-mvp:4" in parts[5].split("rollback:")[1]
    assert parts[5].count("is vol-") == 3, "each slot has its own volume again"
