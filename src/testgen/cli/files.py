"""Reads the files given to a command as cases and procedures, and finds out their formats."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from testgen.cli.language import tell
from testgen.cli.output import keep, write
from testgen.cli.source import content_of
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.messages import joined, say

if TYPE_CHECKING:
    from testgen.interchange import Form, Loaded, Source

T = TypeVar("T")
A_TEST_CASE, A_PROCEDURE = say("a test case"), say("a procedure")  # what a file should hold


def read(name: str, reader: Callable[..., "Loaded[T]"], *, what: str, strict: bool = False) -> list[T]:
    """The entries of a file, from a reader of `testgen.interchange`. Files from anybody are read within limits. What was skipped or
    ignored is reported on stderr; `strict` refuses a file in which something would be skipped.

    Raises:
        InvalidInputError: the file cannot be read, or its content is wrong or too large.
    """
    found = loaded(name, content_of(name, what=what, dash=True), reader)
    return found.whole(_shown(name)) if strict else told(name, found).entries


def loaded(name: str, content: bytes, reader: Callable[..., "Loaded[T]"]) -> "Loaded[T]":
    """What a reader finds in the content of a file, within limits.

    Raises:
        InvalidInputError: see `read`.
    """
    from testgen.interchange.bounds import READ
    from testgen.workers import run_once

    return run_once(READ, partial(reader, content, name=_shown(name)))


def told(name: str, found: "Loaded[T]") -> "Loaded[T]":
    """Returns the same, after reporting on stderr what was skipped or ignored."""
    for line in found.report(_shown(name)):
        tell(line)
    return found


def _shown(name: str) -> str:
    return say("standard input") if name == "-" else name


def source_of(source_format: str | None, columns: Path | None, delimiter: str | None, known: Sequence[str]) -> "Source":
    """How to read files. If no headings are given, the team's own headings come from its file.

    Raises:
        InvalidInputError: there is no such format or delimiter, or the headings do not name a field.
    """
    from testgen.cli.team import load_columns
    from testgen.interchange import Source

    require_format(source_format, known, "--from")
    chosen = {"tab": "\t", "\\t": "\t"}.get(delimiter or "", delimiter)
    if chosen is not None and len(chosen) != 1:
        raise InvalidInputError.of("--delimiter", say("is not one character: use , or ; or tab"), delimiter or "")
    return Source(source_format, load_columns(columns), chosen)


def read_test_cases(names: Sequence[str], source: "Source", *, strict: bool = False) -> list[TestCase]:
    """The test cases of files, including those behind procedures.

    Raises:
        InvalidInputError: see `read`.
    """
    from testgen.interchange import load_cases

    reader = partial(load_cases, source=source)
    return [case for name in names for case in read(name, reader, what=A_TEST_CASE, strict=strict)]


def read_entries(names: Sequence[str], source: "Source", *, strict: bool = False) -> list[TestCase | Procedure]:
    """The content of files: procedures if there are steps, otherwise test cases.

    Raises:
        InvalidInputError: see `read`.
    """
    from testgen.interchange import load_entries

    reader = partial(load_entries, source=source)
    return [entry for name in names for entry in read(name, reader, what=A_TEST_CASE, strict=strict)]


def format_for(output: Path, given: str | None, option: str = "--format") -> str:
    """The requested format, or the one that the file's extension names.

    Raises:
        InvalidInputError: there is no such format, or the extension names none.
    """
    from testgen.interchange.registry import WRITABLE, format_of

    tabs = output.suffix.lower() == ".tsv"  # read as CSV; what is written has commas
    chosen = given or (None if tabs else format_of(output.name))
    if chosen is None:
        told = say("its extension does not name a format: give {option}, one of {known}", option=option, known=WRITABLE)
        raise InvalidInputError.of("OUTPUT", told, str(output))
    require_format(chosen, WRITABLE, option)
    return chosen


def require_format(name: str | None, known: Sequence[str], option: str) -> None:
    """Refuses a format that does not exist.

    Raises:
        InvalidInputError: it is not one of `known`.
    """
    if name is not None and name not in known:
        raise InvalidInputError.of(option, say("there is no such format: use {known}", known=list(known)), name)


def form_of(template: Path | None, columns: Path | None, format_name: str) -> "Form | None":
    """The team's form, checked before any work is done.

    Raises:
        InvalidInputError: the form cannot be read or filled in, or the procedures are to be written in another format.
    """
    from testgen.cli.team import load_columns
    from testgen.interchange import read_form
    from testgen.interchange.bounds import READ
    from testgen.workers import run_once

    if template is None:
        return None
    if format_name != "xlsx":
        raise InvalidInputError.of(
            "--template", say("can only be filled in as xlsx: give -o FILE.xlsx or --format xlsx"), format_name
        )
    content = content_of(str(template), what=say("a form"))
    return run_once(READ, partial(read_form, content, name=str(template), own=load_columns(columns)))


def write_as(
    format_name: str,
    procedures: Sequence[Procedure],
    output: Path | None,
    encoding: str | None,
    form: "Form | None" = None,
    area_path: str = "",
) -> None:
    """Writes procedures in a format or into a form, and reports on stderr what a reader should know. If they cannot be written, they are
    saved elsewhere.

    Raises:
        InvalidInputError: see `write`; or the format cannot hold them, in which case the message says where they are.
    """
    from testgen.interchange import write_form, write_procedures
    from testgen.interchange.registry import FORMATS

    entry = FORMATS[format_name]
    try:
        if form:
            content = write_form(procedures, form)
            if missing := form.without_place(procedures):
                tell(say("the form has no place for: {fields}", fields=missing))
        else:
            content = write_procedures(procedures, format_name, encoding=encoding, area_path=area_path)
    except InvalidInputError as error:
        lying = say("the result is in {file}, as JSON", file=keep(write_procedures(procedures, "json")))
        problems = [replace(problem, message=joined("; ", (problem.message, lying))) for problem in error.problems]
        raise InvalidInputError(problems, subject="") from None
    if entry.warning:
        tell(joined(": ", (entry.title, entry.warning)))
    for warning in entry.warnings(procedures):
        tell(joined(": ", (entry.title, warning)))
    write(content, output)


def require_encoding(encoding: str | None, format_name: str) -> None:
    """Refuses an encoding in which the format cannot be written, before any work is done.

    Raises:
        InvalidInputError: it is not one of the format's encodings.
    """
    from testgen.interchange.registry import FORMATS

    known = FORMATS[format_name].encodings if format_name in FORMATS else ()
    if encoding is not None and encoding not in known:
        raise InvalidInputError.of(
            "--encoding",
            say("{format} cannot be written in this encoding: leave it out, or use cp932 with csv", format=format_name),
            encoding,
        )
