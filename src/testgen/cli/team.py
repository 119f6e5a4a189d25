"""What a team has decided and written down: its rules, its glossary, its knowledge, its own headings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from testgen.cli.documents import load_documents
from testgen.cli.source import content_of
from testgen.cli.team_file import fault_of, settings_files, team_table
from testgen.domain.background import Background, Passage
from testgen.domain.document import MOST_DOCUMENTS
from testgen.domain.errors import FieldProblem, InvalidInputError, UnreadableInputError
from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import Knowledge
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import problems_of
from testgen.interchange import load_procedures, read_columns, read_glossary, read_knowledge
from testgen.messages import say
from testgen.repair import Reviewing
from testgen.reviewer import ReviewSettings

T = TypeVar("T")


def _without_nul(name: str) -> str:
    if "\0" in name:
        raise ValueError(say("contains a NUL character, which no file name can contain"))
    return name


_FileName = Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(_without_nul)]


class _Table(BaseModel):
    """The settings as they are written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    review: ReviewSettings = ReviewSettings()
    glossary: _FileName | None = None
    knowledge: _FileName | None = None
    documents: Annotated[tuple[_FileName, ...], Field(max_length=MOST_DOCUMENTS)] = ()
    columns: _FileName | None = None


@dataclass(frozen=True)
class Team:
    """The content of the settings file `source`. `files` are the files that it names: `glossary`, `knowledge` and `columns`; `documents`
    are files and folders."""

    source: Path
    review: ReviewSettings
    files: Mapping[str, Path]
    documents: tuple[Path, ...] = ()

    def read(self, key: str, reader: Callable[..., T]) -> T | None:
        """The content of a file that the settings name; None if they name none. Errors show none of it: somebody may have pointed the
        settings at a file of secrets, and the output of the command may be public.

        Raises:
            InvalidInputError: the file cannot be read, or is wrong; the message names the file and the kind of fault.
        """
        path = self.files.get(key)
        if path is None:
            return None
        if fault := fault_of(path, self.source.parent):
            raise self._refused(
                key,
                say(
                    "{file} {fault}: name one that is there, or give {option}",
                    file=str(path),
                    fault=fault,
                    option=f"--{key}",
                ),
            )
        content = content_of(path, what=say("the file that {settings} names", settings=str(self.source)))
        try:
            return reader(content, name=str(path))
        except UnreadableInputError:
            fault = say("cannot be read as YAML or JSON")
        except InvalidInputError:
            fault = say("has wrong fields")
        option = f"--{key} {path}"
        raise self._refused(
            key, say("{file} {fault}: `{option}` shows the details", file=str(path), fault=fault, option=option)
        )

    def read_documents(self) -> tuple[Passage, ...]:
        """The passages of the documents that the settings name.

        Raises:
            InvalidInputError: a document is outside the folder, or cannot be read; the message names it.
        """
        for path in self.documents:
            if fault := fault_of(path, self.source.parent, folders=True):
                told = say(
                    "{file} {fault}: name one that is there, or give {option}",
                    file=str(path),
                    fault=fault,
                    option="--document",
                )
                raise self._refused("documents", told)
        return load_documents(self.documents)

    def _refused(self, key: str, why: str) -> InvalidInputError:
        return InvalidInputError([FieldProblem(f"/{key}", why)], subject="", source=str(self.source))


def team_of(folder: Path | None = None) -> Team:
    """The settings of a folder, by default the current one.

    Raises:
        InvalidInputError: the settings are wrong; the message names file and field.
    """
    source, table = team_table(folder or Path.cwd())
    unknown = sorted(set(table) - set(_Table.model_fields)) if isinstance(table, dict) else ["testgen"]
    if unknown:
        problem = FieldProblem(
            "/" + unknown[0],
            say('no such table: write [review], or glossary, knowledge or columns = "PATH", or documents = ["PATH"]'),
        )
        raise InvalidInputError([problem], subject=say("the table of settings"), source=str(source))
    try:
        settings = _Table.model_validate(table)
    except ValidationError as error:
        raise InvalidInputError(problems_of(error), subject=say("the table of settings"), source=str(source)) from None
    named = {"glossary": settings.glossary, "knowledge": settings.knowledge, "columns": settings.columns}
    files = {key: source.parent / name for key, name in named.items() if name is not None}
    return Team(source, settings.review, files, tuple(source.parent / name for name in settings.documents))


def own_files(folder: Path | None = None) -> list[Path]:
    """The files that no command overwrites: the settings, wherever they may be, and the files that they name.

    Raises:
        InvalidInputError: see `team_of`.
    """
    team = team_of(folder)
    return [*settings_files(folder or Path.cwd()), *team.files.values(), *team.documents]


def reviewing(
    glossary: Path | None = None,
    knowledge: Path | None = None,
    documents: Sequence[Path] | None = None,
    folder: Path | None = None,
) -> Reviewing:
    """The team's rules, with the glossary, knowledge and documents that were given, or else the team's.

    Raises:
        InvalidInputError: the settings, the glossary, the knowledge or a document are wrong; the message names file and field.
    """
    team = team_of(folder)
    words = load_glossary(glossary) if glossary else team.read("glossary", read_glossary)
    known = load_knowledge(knowledge) if knowledge else team.read("knowledge", _knowledge_of)
    passages = load_documents(documents) if documents else team.read_documents()
    return Reviewing(background=Background.of(words, known, passages), settings=team.review)


def load_glossary(path: Path) -> Glossary:
    """Reads a glossary from a file.

    Raises:
        InvalidInputError: the file cannot be read, or a field is wrong.
    """
    return read_glossary(content_of(path, what=say("a glossary")), name=str(path))


def load_knowledge(path: Path) -> Knowledge:
    """Reads knowledge from a file, with the procedures that it names as examples.

    Raises:
        InvalidInputError: the file or an example cannot be read, or a field is wrong.
    """
    return _knowledge_of(content_of(path, what=say("the team's knowledge")), name=str(path))


def _knowledge_of(content: bytes, *, name: str) -> Knowledge:
    """Knowledge with the procedures themselves instead of their paths. They must be in the folder of the file or below, because the file
    may come from anybody."""
    knowledge, source = read_knowledge(content, name=name), Path(name)
    found: list[Procedure] = []
    for at, entry in enumerate(knowledge.examples):
        if isinstance(entry, Procedure):
            found.append(entry)
            continue
        path = source.parent / entry
        fault = fault_of(path, source.parent)
        if fault or not path.exists():
            fault = fault or say("is not there")
            problem = FieldProblem(f"/examples/{at}", say("{fault}: put it there, or leave it out", fault=fault), entry)
            raise InvalidInputError([problem], subject=say("the knowledge"), source=str(source))
        found += load_procedures(content_of(path, what=say("an example")), name=str(path)).entries
    return Knowledge.parse({**dict(knowledge), "examples": tuple(found)}, source=str(source))


def load_columns(path: Path | None = None, folder: Path | None = None) -> dict[str, str]:
    """The team's own headings, from the given file or else from the team's.

    Raises:
        InvalidInputError: the file cannot be read, or a field is wrong.
    """
    if path:
        return read_columns(content_of(path, what=say("your headings")), name=str(path))
    return team_of(folder).read("columns", read_columns) or {}
