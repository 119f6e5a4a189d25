"""`testgen convert`: converts procedures from one format to another."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from testgen.cli.files import A_PROCEDURE, form_of, format_for, read, source_of, write_as
from testgen.cli.language import tell
from testgen.cli.options import Columns, Delimiter, Encoding, SourceFormat, Template
from testgen.cli.output import require_writable, write
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.messages import say


def convert(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="File with procedures, or -.")],
    target: Annotated[
        Path | None,
        typer.Argument(metavar="OUTPUT", help="File to write; for Gherkin also a folder, with one file per section."),
    ] = None,
    source_format: SourceFormat = None,
    target_format: Annotated[str | None, typer.Option("--to", help="Default: from the extension of OUTPUT.")] = None,
    columns: Columns = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    template: Template = None,
    mapping: Annotated[
        Path | None, typer.Option(help="With xray-csv: also write the mapping file for Xray's importer, to this path.")
    ] = None,
    area_path: Annotated[
        str, typer.Option(help="With azure-csv: the area path of the cases in your project. Default: none.")
    ] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse a file if something in it would be skipped.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only read and report; write nothing.")] = False,
) -> None:
    """Convert procedures between formats (docs/formats.md). Reports what is skipped, and what the target cannot
    hold."""
    from testgen.interchange import load_procedures
    from testgen.interchange.registry import FORMATS, READABLE
    from testgen.reviewer import rated

    reader = partial(load_procedures, source=source_of(source_format, columns, delimiter, READABLE))
    if dry_run:
        _report(source, read(source, reader, what=A_PROCEDURE, strict=strict))
        return
    if target is None:
        raise InvalidInputError.of(
            "OUTPUT", say("is missing: give the file to write, or --dry-run to read and report only")
        )
    folder = target.is_dir()
    chosen = _format_for(target, target_format)
    _require_fit(chosen, mapping, area_path)
    given = (source, columns, template)
    if not folder:
        require_writable([("OUTPUT", target), ("--mapping", mapping)], given)
    form = form_of(template, columns, chosen)
    procedures = [rated(procedure) for procedure in read(source, reader, what=A_PROCEDURE, strict=strict)]
    entry = FORMATS[chosen]
    if entry.lost and not form:
        tell(say("{format} cannot hold: {fields}", format=entry.title, fields=entry.lost))
    if folder:
        _into_folder(procedures, target, given)
        return
    write_as(chosen, procedures, target, encoding, form, area_path)
    if mapping:
        _write_mapping(mapping)


def _format_for(target: Path, given: str | None) -> str:
    """The format of what is written; a folder is for Gherkin alone."""
    if not target.is_dir():
        return format_for(target, given, "--to")
    chosen = format_for(target, given, "--to") if given else "gherkin"
    if chosen != "gherkin":
        raise InvalidInputError.of(
            "OUTPUT", say("is a folder, and only gherkin can be written to a folder: give a file"), str(target)
        )
    return chosen


def _require_fit(chosen: str, mapping: Path | None, area_path: str) -> None:
    """Refuses the options of one tool with the format of another."""
    if mapping and chosen != "xray-csv":
        raise InvalidInputError.of(
            "--mapping", say("is only for xray-csv: leave it out, or give --to xray-csv"), chosen
        )
    if area_path and chosen != "azure-csv":
        raise InvalidInputError.of(
            "--area-path", say("is only for azure-csv: leave it out, or give --to azure-csv"), chosen
        )


def _report(name: str, procedures: Sequence[Procedure]) -> None:
    steps = sum(len(procedure.steps) for procedure in procedures)
    tell(
        say("{name}: {count} procedures with {steps} steps can be read", name=name, count=len(procedures), steps=steps)
    )


def _into_folder(procedures: Sequence[Procedure], folder: Path, given: Sequence[str | Path | None]) -> None:
    from testgen.interchange.gherkin import write_files

    files = {folder / name: text for name, text in write_files(procedures).items()}
    require_writable([("OUTPUT", path) for path in files], given)
    for path, text in files.items():
        write(text.encode(), path)


def _write_mapping(file: Path) -> None:
    from testgen.interchange.xray_csv import mapping

    write(mapping().encode(), file)
