"""The catalogs of messages: collects what the source says to people, puts new texts into each catalog to be translated, takes out
those that are said no more, and compiles the catalogs. Part of `make docs`; lists what has no translation yet."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from typer import Context
from typer.core import TyperGroup
from typer.main import get_command

from testgen.cli import app
from testgen.cli.spoken import paragraphs_of, texts_of
from testgen.domain.language import SPOKEN
from testgen.messages import DOMAIN, LOCALE

SOURCE = Path(__file__).parents[1] / "src" / "testgen"
_SINCE = datetime(2026, 1, 1, tzinfo=UTC)  # no date of today, by which two that are equal would differ

_HEAD = "# What testgen says to people. `make docs` puts new texts in, takes out those that are said no more, and compiles it."


def said() -> dict[str, list[str]]:
    """Every text that `say` and the help of the commands have, and where: a module, or a command."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(SOURCE.rglob("*.py")):
        for template in templates_of(path):
            found[template].add(f"src/testgen/{path.relative_to(SOURCE)}")
    root = get_command(app)
    for name, text in _helps(root, Context(root, info_name="testgen")):
        for paragraph in paragraphs_of(text):
            found[paragraph].add(name)
    return {text: sorted(found[text]) for text in sorted(found)}


def templates_of(path: Path) -> Iterator[str]:
    """The first argument of each `say` in a module.

    Raises:
        ValueError: one is no literal, and could not be collected.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            template = node.args[0]
            if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
                raise ValueError(f"{path}:{node.lineno}: the text of say() must be a literal")
            yield template.value


def _helps(command: Any, context: Any) -> Iterator[tuple[str, str]]:
    for _, _, text in texts_of(command, context):
        yield context.command_path.replace(" ", "/"), text
    if isinstance(command, TyperGroup):
        for name in command.list_commands(context):
            below: Any = command.get_command(context, name)
            yield from _helps(below, Context(below, info_name=name, parent=context))


def file_of(language: str) -> Path:
    """The catalog of a language, as translators edit it; the compiled one lies beside it."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """The catalog of a language."""
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def updated(language: str) -> Catalog:
    """The catalog with all texts that are said, and no other; what has been translated is kept."""
    known = {message.id: message.string for message in read(language)} if file_of(language).exists() else {}
    catalog = Catalog(
        language, domain=DOMAIN, header_comment=_HEAD, project=DOMAIN, version="1", creation_date=_SINCE,
        revision_date=_SINCE, fuzzy=False, msgid_bugs_address="-", last_translator="-", language_team="-",
    )  # fmt: skip
    for text, places in said().items():
        catalog.add(text, known.get(text, ""), locations=[(place, 0) for place in places])
    return catalog


def main() -> None:
    """Updates and compiles the catalog of each language but English, which the source is written in."""
    for language in (code for code in SPOKEN if code != "en"):
        catalog, path = updated(language), file_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=120, include_lineno=False)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        for message in catalog:
            if message.id and not message.string:
                print(f"{path}: no translation: {message.id}")


if __name__ == "__main__":
    main()
