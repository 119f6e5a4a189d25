"""A first preview in a fresh clone works with what docs/deploy.md has a newcomer install, and no more."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from stackgraph.recorder import ROOT

PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (.+?)(?:\s+#.*)?$", PAGE, re.MULTILINE)


def test_the_page_makes_the_environment_before_it_calls_pulumi() -> None:
    before = COMMANDS[: next(number for number, line in enumerate(COMMANDS) if line.startswith("pulumi "))]
    assert before == ["make infra", 'export PATH="$PWD/.venv/bin:$PATH"']


def test_the_language_host_finds_uv_by_the_line_of_the_page(tmp_path: Path) -> None:
    """With `toolchain: uv` it looks up `uv` on the path, and stops where there is none."""
    assert yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["runtime"]["options"]["toolchain"] == "uv"
    [line] = [line for line in COMMANDS if line.startswith("export PATH=")]
    bare = {"PATH": str(tmp_path)}
    shell = shutil.which("sh")
    assert shell
    done = subprocess.run(
        [shell, "-c", f"{line}; command -v uv"], cwd=ROOT, env=bare, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == str(ROOT / ".venv/bin/uv")
    assert os.access(done.stdout.strip(), os.X_OK)


def test_the_bucket_of_the_state_is_named_with_its_region() -> None:
    """Without one, and without AWS_REGION, the CLI ends with `Invalid region: region was not a valid DNS name`."""
    [line] = [line for line in COMMANDS if line.startswith("pulumi login ")]
    assert re.fullmatch(r"pulumi login 's3://[a-z-]+\?region=[a-z0-9-]+'", line)


def test_the_account_is_pinned_once_there_is_a_stack() -> None:
    """`pulumi config set` writes into a stack's file."""
    made = next(number for number, line in enumerate(COMMANDS) if line.startswith("pulumi stack init mvp"))
    assert made < next(number for number, line in enumerate(COMMANDS) if "allowedAccountIds" in line)


@pytest.mark.parametrize("target", sorted({line.split()[1] for line in COMMANDS if line.startswith("make ")}))
def test_every_make_target_of_the_page_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_target_adds_the_programs_packages() -> None:
    said = subprocess.run(
        ["make", "--dry-run", "--always-make", "infra"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"uv sync --frozen .*--group infra", said)
