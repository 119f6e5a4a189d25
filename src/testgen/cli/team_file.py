"""Where a team writes what it has decided: `.testgen.toml`, or `[tool.testgen]` in pyproject.toml, in this folder or above."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from testgen.cli.source import content_of
from testgen.domain.errors import UnreadableInputError
from testgen.workers import Job, run_once

FILE = ".testgen.toml"
SMALL = 16_384  # bytes; a larger file may have a key of so many parts that to read it takes minutes
LARGE = Job("reading your settings", "shorten them", seconds=1)


def team_table(start: Path) -> tuple[Path | None, Mapping[str, Any]]:
    """The nearest file at or above a folder, and its table; none and an empty one where there is no such file.

    Raises:
        UnreadableInputError: the file is not TOML, or cannot be read, or is no file.
    """
    for folder in (start, *start.parents):
        own, project = folder / FILE, folder / "pyproject.toml"
        if own.is_file():
            return own, _toml(own)
        if os.path.lexists(own):
            raise UnreadableInputError.of("", "is not a file: remove it, or write your settings there", source=str(own))
        if project.is_file() and "testgen" in (tool := _toml(project).get("tool", {})):
            return project, tool["testgen"]
    return None, {}


def _toml(path: Path) -> dict[str, Any]:
    try:
        text = content_of(path, what="your settings").decode()
        return tomllib.loads(text) if len(text) <= SMALL else run_once(LARGE, tomllib.loads, text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInputError.of("", f"is not TOML: {error}", source=str(path)) from None
