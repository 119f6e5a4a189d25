"""What a team has decided: its rules, its glossary, its own headings."""

from pathlib import Path

from pydantic import ValidationError

from testgen.cli.source import content_of
from testgen.cli.team_file import team_table
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.glossary import Glossary
from testgen.domain.test_case import problems_of
from testgen.interchange import read_columns, read_glossary
from testgen.repair import Reviewing
from testgen.reviewer import ReviewSettings


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
    named = table.get("glossary")
    if glossary is None and isinstance(named, str) and source:
        glossary = _named_by(source, "glossary", named)
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
        source, table = team_table(folder or Path.cwd())
        named = table.get("columns")
        if not isinstance(named, str) or source is None:
            return {}
        path = _named_by(source, "columns", named)
    return read_columns(content_of(path, what="your headings"), name=str(path))


def _named_by(source: Path, key: str, name: str) -> Path:
    """A file that the settings name: nobody sees at the command line that it is a pipe, which would be waited for without end."""
    path = source.parent / name
    if path.exists() and not path.is_file():
        raise InvalidInputError(
            [FieldProblem(f"/{key}", f"{name} is not a file: name one")], subject="", source=str(source)
        )
    return path
