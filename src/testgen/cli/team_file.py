"""Where a team writes what it has decided: `.testgen.toml`, or `[tool.testgen]` in pyproject.toml, in this folder or above."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from testgen.cli.source import content_of
from testgen.domain.errors import UnreadableInputError

FILE = ".testgen.toml"


def team_table(start: Path) -> tuple[Path | None, Mapping[str, Any]]:
    """The nearest file at or above a folder, and its table; none and an empty one where there is no such file.

    Raises:
        UnreadableInputError: the file is not TOML, or cannot be read.
    """
    for folder in (start, *start.parents):
        own, project = folder / FILE, folder / "pyproject.toml"
        if own.is_file():
            return own, _toml(own)
        if project.is_file() and "testgen" in (tool := _toml(project).get("tool", {})):
            return project, tool["testgen"]
    return None, {}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(content_of(path, what="your settings").decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInputError.of("", f"is not TOML: {error}", source=str(path)) from None
