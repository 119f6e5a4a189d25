"""Work that the service gives to worker processes, besides drafting and reviewing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace

from pydantic import BaseModel, Field, ValidationError

from testgen.documents import read_document
from testgen.domain.background import Passage
from testgen.domain.document import MOST_DOCUMENTS, Document, parts_of
from testgen.domain.errors import FieldProblem, InvalidInputError, UnreadableInputError
from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import Knowledge
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase, problems_of
from testgen.interchange import Source, load_cases, load_entries, read_glossary, read_knowledge, write_procedures
from testgen.interchange.json_format import DuplicateKeyError, parsed
from testgen.interchange.registry import CASES
from testgen.messages import in_language, say
from testgen.reviewer import rated

MOST_CASES = 5_000  # of one batch; a body of 1 MiB holds about as many
Case = tuple[int, TestCase | InvalidInputError]


class SkippedEntry(BaseModel):
    """A row or case of a file that could not be used."""

    reason: str
    row: int | None = None
    title: str = ""
    sheet: str = ""


class Imported(BaseModel):
    """The content of a file: procedures, each with its readiness, and test cases without steps."""

    procedures: list[Procedure] = []
    test_cases: list[TestCase] = []
    skipped: list[SkippedEntry] = []
    left_behind: list[str] = Field(
        [], description="Columns, fields and sheets that held something and have no place here."
    )


def imported(
    content: bytes, source_format: str, delimiter: str | None = None, *, strict: bool = False, language: str = "en"
) -> bytes:
    """Returns the content of a file as JSON. `strict` refuses a file in which something would be skipped; `language` is the language of
    the reader of the messages.

    Raises:
        InvalidInputError: see `load_entries`.
    """
    found = load_entries(content, name=say("the body"), source=Source(source_format, delimiter=delimiter))
    entries = found.whole(say("the body")) if strict else found.entries
    answer = Imported(
        procedures=[rated(entry) for entry in entries if isinstance(entry, Procedure)],
        test_cases=[entry for entry in entries if isinstance(entry, TestCase)],
        skipped=[
            SkippedEntry(**asdict(replace(entry, reason=in_language(entry.reason, language))))
            for entry in found.skipped
        ],
        left_behind=[in_language(name, language) for name in found.left],
    )
    return answer.model_dump_json().encode()


def exported(procedures: list[Procedure], format_name: str, encoding: str | None) -> bytes:
    """Returns a file with the procedures, each with its readiness.

    Raises:
        InvalidInputError: see `write_procedures`.
    """
    return write_procedures([rated(procedure) for procedure in procedures], format_name, encoding=encoding)


def cases_of(content: bytes, name: str, body_format: str | None) -> list[Case]:
    """Returns the cases of a batch with their positions, and an error for each line that is not a case.

    Raises:
        InvalidInputError: the body as a whole cannot be read, is empty or contains too much.
    """
    if body_format == "ndjson" or (body_format is None and (not name or name.endswith((".ndjson", ".jsonl")))):
        found: list[Case] = list(_ndjson(content))
    elif body_format is not None and body_format not in CASES:
        known = ["ndjson", *CASES]
        problem = FieldProblem("/format", say("cannot contain test cases: use {known}", known=known), body_format)
        raise InvalidInputError([problem], subject=say("the query"))
    else:
        loaded = load_cases(content, name=name or say("the body"), source=Source(body_format))
        found = list(enumerate(loaded.entries))
        unusable = (UnreadableInputError([FieldProblem("", str(entry))], subject="") for entry in loaded.skipped)
        found += enumerate(unusable, len(found))
        _require_number(len(found))
    return found


def _ndjson(content: bytes) -> Iterator[Case]:
    lines = [line for line in content.splitlines() if line.strip()]
    if not lines:
        problem = FieldProblem("", say("there is no test case in it: send one JSON object per line"))
        raise UnreadableInputError([problem], subject=say("the body"))
    _require_number(len(lines))
    for index, line in enumerate(lines):
        try:
            yield index, TestCase.parse(parsed(line))
        except InvalidInputError as error:
            yield index, error
        except (ValueError, RecursionError) as error:
            told = str(error) if isinstance(error, DuplicateKeyError) else say("is not a JSON object")
            yield index, UnreadableInputError([FieldProblem("", told)], subject=say("the line"))


def _require_number(count: int) -> None:
    if count > MOST_CASES:
        problem = FieldProblem(
            "",
            say(
                "contains {count:,} cases; at most {most:,} are allowed: send several batches",
                count=count,
                most=MOST_CASES,
            ),
        )
        raise InvalidInputError([problem], subject=say("the body"))


def glossary_of(content: bytes, name: str) -> Glossary:
    """The glossary of a file that a request has as its `glossary`.

    Raises:
        UnreadableInputError: not YAML or JSON.
        InvalidInputError: a field is wrong.
    """
    with _below("/glossary"):
        return read_glossary(content, name=name)


def knowledge_of(content: bytes, name: str = "knowledge.yaml") -> Knowledge:
    """The knowledge of a file that a request has as its `knowledge`.

    Raises:
        UnreadableInputError: not YAML or JSON.
        InvalidInputError: a field is wrong, tells a password, or names a file among the examples.
    """
    with _below("/knowledge"):
        found = read_knowledge(content, name=name)
        if fault := found.fault_of_examples():
            raise InvalidInputError.of("/examples", fault)
    return found


def passages_of(files: Sequence[tuple[bytes, str]]) -> tuple[Passage, ...]:
    """The passages of documents that a request has as its `documents`, each with the name of its file. One that ends in `.json` has
    been read already: it is an answer of `POST /v1/documents`.

    Raises:
        UnreadableInputError: one cannot be read; names its place and its file.
        InvalidInputError: there are too many, or such an answer has wrong fields.
    """
    if len(files) > MOST_DOCUMENTS:
        problem = say(
            "contains {count:,} documents; at most {most} are read: send the most relevant ones",
            count=len(files),
            most=MOST_DOCUMENTS,
        )
        raise InvalidInputError.of("/documents", problem)
    return parts_of(_document(f"/documents/{at}", *file) for at, file in enumerate(files))


def _document(pointer: str, content: bytes, name: str) -> Document:
    with _below(pointer, name):
        if not name.lower().endswith(".json"):
            return read_document(content, name)
        try:
            return Document.model_validate(parsed(content))
        except ValidationError as error:
            raise InvalidInputError(problems_of(error)) from None
        except (ValueError, RecursionError):
            told = say("is not JSON as `POST /v1/documents` answers it: send that, or the document itself")
            raise UnreadableInputError([FieldProblem("", told)]) from None


@contextmanager
def _below(pointer: str, name: str = "") -> Iterator[None]:
    """The problems of a part, with its pointer before theirs, and its file's name."""
    try:
        yield
    except InvalidInputError as error:
        problems = [
            replace(problem, pointer=pointer + problem.pointer, value=problem.value or name)
            for problem in error.problems
        ]
        raise type(error)(problems, subject=say("the request")) from None
