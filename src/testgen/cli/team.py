"""What a team has decided: its rules, its glossary, its own headings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from testgen.cli.source import content_of
from testgen.cli.team_file import team_table
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.glossary import Glossary
from testgen.domain.test_case import problems_of
from testgen.interchange import read_columns, read_glossary
from testgen.repair import Reviewing
from testgen.reviewer import ReviewSettings

T = TypeVar("T")


def reviewing(glossary: Path | None = None, folder: Path | None = None) -> Reviewing:
    """The team's rules, and the glossary given or else the team's.

    Raises:
        InvalidInputError: the settings or the glossary are wrong; names file and field.
    """
    source, table = team_table(folder or Path.cwd())
    unknown = sorted(set(table) - {"review", "glossary", "columns"})
    if unknown:
        problem = FieldProblem("/" + unknown[0], 'no such table: write [review], glossary = "PATH" or columns = "PATH"')
        raise InvalidInputError([problem], subject="the team's settings", source=str(source))
    try:
        settings = ReviewSettings.model_validate(table.get("review", {}))
    except ValidationError as error:
        raise InvalidInputError(problems_of(error), subject="[review]", source=str(source)) from None
    if glossary is None and (named := _named(source, table, "glossary")):
        return Reviewing(glossary=_shown_to_nobody(named, "glossary", read_glossary), settings=settings)
    return Reviewing(glossary=load_glossary(glossary) if glossary else None, settings=settings)


def load_glossary(path: Path) -> Glossary:
    """The glossary of a file.

    Raises:
        InvalidInputError: it cannot be read, or a field is wrong.
    """
    return read_glossary(content_of(path, what="a glossary"), name=str(path))


def load_columns(path: Path | None = None, folder: Path | None = None) -> dict[str, str]:
    """The team's own headings: of the file given, or else of the team's.

    Raises:
        InvalidInputError: the file cannot be read, or a field is wrong.
    """
    if path is None:
        named = _named(*team_table(folder or Path.cwd()), "columns")
        return _shown_to_nobody(named, "columns", read_columns) if named else {}
    return read_columns(content_of(path, what="your headings"), name=str(path))


@dataclass(frozen=True)
class _Named:
    """A file that the settings name, and the settings."""

    path: Path
    source: Path


def _named(source: Path | None, table: Mapping[str, Any], key: str) -> _Named | None:
    """What the settings name. Nobody sees at the command line that it is a pipe, which would be waited for without end."""
    name = table.get(key)
    if name is None or source is None:
        return None
    if not isinstance(name, str):
        raise _wrong(source, key, "is not a path: write it in quotes", str(name))
    path = source.parent / name
    if path.exists() and not path.is_file():
        raise _wrong(source, key, f"{name} is not a file: name one")
    return _Named(path, source)


def _wrong(source: Path, key: str, why: str, value: str = "") -> InvalidInputError:
    return InvalidInputError([FieldProblem(f"/{key}", why, value)], subject="", source=str(source))


def _shown_to_nobody(named: _Named, key: str, read: Callable[..., T]) -> T:
    """What a file holds that the settings name. Whoever can propose a change of these could else have any file of the machine
    that runs testgen shown, by naming it: an error quotes what is wrong."""
    content = content_of(named.path, what=f"what /{key} names")
    try:
        return read(content, name=str(named.path))
    except InvalidInputError:
        told = f"is not valid, and /{key} of {named.source} names it: give it as --{key} to be told what is wrong"
        raise InvalidInputError.of("", told, source=str(named.path)) from None
