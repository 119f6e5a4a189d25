"""`make rehearse` in a process of its own."""

import os
import subprocess
import sys

import pytest

from rehearsal.cloud import RehearsalError
from rehearsal.rehearse import Toolbox
from support.cases import ROOT


def toolbox() -> Toolbox:
    """The tools; skips the test where there are none, fails it where CI needs them."""
    try:
        return Toolbox.find()
    except RehearsalError as error:
        pytest.fail(str(error)) if os.environ.get("TEST_TOOLS_REQUIRED") else pytest.skip(str(error))


def rehearse(*arguments: str) -> str:
    """What the rehearsal prints; it must succeed."""
    toolbox()
    command = [sys.executable, "-W", "ignore", "-m", "rehearsal", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return done.stdout


def require_walk(said: str, stack: str) -> None:
    """Every part of a rehearsal was printed, in its order."""
    parts = [
        "on paper: no fault", f"$ pulumi stack init {stack}", "$ pulumi preview", "--expect-no-changes", "joined the cluster",
        "outlived instance", "→ ALB:", "target → SSM, Secrets Manager", "api → ollama:11434", "procedure REHEARSAL-1 with",
        "ollama → logs", "api → logs", "logs → metrics", "who reaches whom", "who may do what", "$ pulumi destroy",
        "kept on purpose", f"{stack} holds",
    ]  # fmt: skip
    assert [part for part in parts if part not in said] == []
