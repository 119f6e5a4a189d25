"""Programs that `make tools` puts into a cache outside the tree."""

import os
from pathlib import Path

import pytest


def tool_folder(name: str) -> Path:
    """The folder of a finished tool, such as `ollama`; skips the test where there is none, fails it where CI needs it."""
    cache = os.environ.get("TEST_TOOLS_DIR") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "testgen-tools"
    )
    found = [folder.parent for folder in Path(cache).glob(f"{name}-*/complete")]
    if found:
        return max(found, key=lambda folder: folder.stat().st_mtime)
    if os.environ.get("TEST_TOOLS_REQUIRED"):
        pytest.fail(f"{name} is required here and was not built: run `make tools`")
    pytest.skip(f"{name} is not there: run `make tools`")
