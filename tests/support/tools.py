"""Programs that `make tools` puts into a cache outside the tree."""

import os
from pathlib import Path

import pytest


def _finished(name: str) -> list[Path]:
    cache = os.environ.get("TEST_TOOLS_DIR") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "testgen-tools"
    )
    return [folder.parent for folder in Path(cache).glob(f"{name}-*/complete")]


def with_tools() -> bool:
    """Whether there is time for everything: where the tools are or must be, as in CI, and in `make fuzz`."""
    return bool(os.environ.get("TEST_TOOLS_REQUIRED") or os.environ.get("FUZZ_SECONDS") or _finished("*"))


def examples(number: int) -> int:
    """How many examples a test draws of so many: a fifth where the tools are not there."""
    return number if with_tools() else max(number // 5, 3)


def tool_folder(name: str) -> Path:
    """The folder of a finished tool, such as `ollama`; skips the test where there is none, fails it where CI needs it."""
    found = _finished(name)
    if found:
        return max(found, key=lambda folder: folder.stat().st_mtime)
    if os.environ.get("TEST_TOOLS_REQUIRED"):
        pytest.fail(f"{name} is required here and was not built: run `make tools`")
    pytest.skip(f"{name} is not there: run `make tools`")
