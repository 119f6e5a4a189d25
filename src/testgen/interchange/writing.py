"""From procedures to the bytes of a file, in the encoding that its reader expects."""

from collections.abc import Mapping, Sequence

from testgen.domain.errors import FieldProblem, InvalidInputError, UnreadableInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import azure_csv
from testgen.interchange.encoding import encode
from testgen.interchange.registry import FORMATS, WRITABLE
from testgen.interchange.xlsx_form import Form
from testgen.messages import say


def write_procedures(
    procedures: Sequence[Procedure], format_name: str, *, encoding: str | None = None, area_path: str = ""
) -> bytes:
    """The file of the procedures. `encoding` is one of the format's `encodings`, by default its first; `area_path` is that of
    the cases in Azure, one of the project's own.

    Raises:
        InvalidInputError: the format cannot represent them, or is not written in that encoding.
    """
    entry = FORMATS[format_name]
    if entry.write is None:
        problem = FieldProblem(
            "format",
            say("{title} is only read: use {writable}", title=entry.title, writable=list(WRITABLE)),
            format_name,
        )
        raise InvalidInputError([problem], subject="")
    if encoding and encoding not in entry.encodings:
        problem = FieldProblem(
            "encoding",
            say("is not one of {title}: leave it out, or use {known}", title=entry.title, known=entry.encodings),
            encoding,
        )
        raise InvalidInputError([problem], subject="")
    try:
        written = azure_csv.write(procedures, area_path) if format_name == "azure-csv" else entry.write(procedures)
        return written if isinstance(written, bytes) else encode(written, encoding or entry.encodings[0])
    except ValueError as error:
        raise InvalidInputError([FieldProblem("", str(error), format_name)], subject="") from None


def read_form(content: bytes, *, name: str, own: Mapping[str, str] | None = None) -> Form:
    """A team's own form, to be filled in by `write_form`; `own` are the team's headings.

    Raises:
        UnreadableInputError: no workbook, no row of headings with a column of actions, or no empty row below it.
    """
    try:
        return Form.of(content, own)
    except ValueError as error:
        raise UnreadableInputError([FieldProblem("", str(error))], subject="", source=name) from None


def write_form(procedures: Sequence[Procedure], form: Form) -> bytes:
    """The form with the procedures in it.

    Raises:
        InvalidInputError: it has no room for one of them, or a text is longer than a cell can hold.
    """
    from testgen.interchange.xlsx_filling import fill  # its library takes a quarter of a second to load

    try:
        return fill(form, procedures)
    except ValueError as error:
        raise InvalidInputError([FieldProblem("", str(error), say("the form"))], subject="") from None
