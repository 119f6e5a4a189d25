"""Where a team writes its decisions: `.testgen.toml`, or `[tool.testgen]` in pyproject.toml, in this folder or above.

Nobody names these files on the command line, and whoever proposes a change to a repository may have put them there. They, and the files
that they name, must therefore be in the folder of the settings and of limited size.
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from testgen.cli.source import content_of
from testgen.domain.errors import TooCostlyError, UnreadableInputError
from testgen.messages import Original, joined, say

FILE, PROJECT = ".testgen.toml", "pyproject.toml"
LARGEST = (
    16 << 10
)  # bytes; all rules take 2 kB, and a key of as many parts takes the reader two seconds, of twice as many eight


def settings_files(start: Path) -> Iterator[Path]:
    """Where settings may be, the nearest place first."""
    for folder in (start, *start.parents):
        yield folder / FILE
        yield folder / PROJECT


def team_table(start: Path) -> tuple[Path, Any]:
    """The nearest settings file in a folder or above, and its table, which may be anything in pyproject.toml; an empty table if there is
    no such file.

    Raises:
        UnreadableInputError: the file is not TOML or cannot be read, is not a regular file, or is outside the folder.
    """
    for path in settings_files(start):
        if path.name == FILE and os.path.lexists(path):
            _require_own(path)
            return path, _own(path)
        if path.name == PROJECT and path.is_file() and (table := _of_project(path)) is not None:
            _require_own(path)
            return path, table
    return start / FILE, {}


def fault_of(path: Path, folder: Path, *, folders: bool = False) -> str:
    """Why a file (or, with `folders`, a folder) that no user has named must not be read; empty if it may."""
    if path.exists() and not path.is_file() and not (folders and path.is_dir()):
        return say("is not a file")  # a pipe would be waited for without end
    inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    return "" if inside else say("is outside the folder of the settings, {folder}", folder=str(folder))


def _require_own(path: Path) -> None:
    fault = fault_of(path, path.parent) if path.exists() else say("is a link that leads nowhere")
    if fault:
        told = say("{fault}: write the settings into a file of that name", fault=fault)
        raise UnreadableInputError.of("", told, source=str(path))


def _own(path: Path) -> dict[str, Any]:
    content = content_of(path, what=say("your settings"))
    if len(content) > LARGEST:
        problem = say(
            "has {count:,} bytes; settings need no more than {most:,}: remove what does not belong there",
            count=len(content),
            most=LARGEST,
        )
        raise UnreadableInputError.of("", problem, source=str(path))
    return _toml(content, path)


def _of_project(path: Path) -> Any:
    """The table of a pyproject.toml, which may be as large as the project needs; None if it has no such table."""
    content = content_of(path, what=say("your settings"))
    if b"testgen" not in content:
        return None
    tools = _toml(content, path).get("tool")
    return tools.get("testgen") if isinstance(tools, dict) else None


def _toml(content: bytes, path: Path) -> dict[str, Any]:
    from testgen.interchange.bounds import READ
    from testgen.workers import run_once

    try:
        return _parsed(content) if len(content) <= LARGEST else run_once(READ, _parsed, content)
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, a number with thousands of digits
        told = joined(": ", (say("is not TOML"), Original(str(error))))
        raise UnreadableInputError.of("", told, source=str(path)) from None
    except TooCostlyError as error:
        raise UnreadableInputError.of("", str(error), source=str(path)) from None


def _parsed(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.decode())
