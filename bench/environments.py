"""Programs of others that the service is compared with, each in an environment of its own outside the tree."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.report import MissingError

ENVIRONMENTS = Path(__file__).parents[1] / "tools" / "envs"


def cache() -> Path:
    """Where `make tools` puts things."""
    given = os.environ.get("TEST_TOOLS_DIR")
    return Path(given or os.path.join(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "testgen-tools"))


def environment(name: str) -> Path:
    """The folder with the programs of tools/envs/NAME, installed as locked where it is not there yet.

    Raises:
        MissingError: it cannot be installed, as where no package index is reached.
    """
    project = ENVIRONMENTS / name
    target = cache() / f"{name}-{hashlib.sha256((project / 'uv.lock').read_bytes()).hexdigest()[:12]}"
    if not (target / "complete").exists():
        print(f"installing {name}, once", flush=True)
        uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
        command = [uv, "sync", "--quiet", "--frozen", "--project", str(project)]
        done = subprocess.run(
            command,
            env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(target)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise MissingError(
                f"{name} could not be installed ({done.stderr.strip().splitlines()[-1:]}): see tools/envs/{name}"
            )
        (target / "complete").touch()
    return target / "bin"


def tools(name: str, holds: str) -> Path:
    """The folder of something that `make tools` has built.

    Raises:
        MissingError: it has not.
    """
    found = [folder.parent for folder in cache().glob(f"{name}-*/complete")]
    if not found:
        raise MissingError(f"{holds} is not here: `make tools` builds it (about 20 minutes, once)")
    return max(found, key=lambda folder: folder.stat().st_mtime)
