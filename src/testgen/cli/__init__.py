"""The command line. `main` is the entry point; each command is a module and imports what it needs when it runs."""

import os
import sys
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from testgen.cli import (
    api_key,
    batch,
    capacity,
    convert,
    doctor,
    evaluate,
    generate,
    improve,
    knowledge,
    login,
    mcp,
    review,
    rewrite,
    serve,
    stale,
    template,
)
from testgen.cli.guard import guard
from testgen.cli.language import tell_error
from testgen.cli.spoken import App
from testgen.cli.usage import told
from testgen.domain.errors import InternalError, TestgenError
from testgen.domain.language import Spoken
from testgen.messages import joined, reason, say
from testgen.version import __version__

app = App(
    name="testgen",
    help="Writes executable manual test procedures (テスト手順) from test cases.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("generate")(generate.generate)
app.command("batch")(batch.batch)
app.command("convert")(convert.convert)
app.command("template")(template.template)
app.command("review")(review.review)
app.command("improve")(improve.improve)
app.command("stale")(stale.stale)
app.command("rewrite")(rewrite.rewrite)
app.command("evaluate")(evaluate.evaluate)
app.command("capacity")(capacity.capacity)
app.add_typer(knowledge.knowledge, name="knowledge")
app.command("serve")(serve.serve)
app.command("login")(login.login)
app.command("mcp")(mcp.mcp)
app.command("doctor")(doctor.doctor)
app.command("api-key")(api_key.api_key)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"testgen {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
    ),
    language: Annotated[
        Spoken | None,
        typer.Option(expose_value=False, help="Language of messages and help. Default: from LC_ALL or LANG."),
    ] = None,
) -> None:
    """Writes executable manual test procedures (テスト手順) from test cases."""


def main() -> None:
    """Runs the command line. An error of testgen or of the user becomes one line on stderr and an exit code."""
    guard()
    try:
        exit_code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(exit_code)
    except TestgenError as error:
        _fail(str(error), error.exit_code)
    except TyperException as error:
        _fail(told(error), error.exit_code)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # such as a full disk behind standard output
        name = error.filename or say("the output cannot be written")
        _fail(joined(": ", (name, reason(error))), 2)
    except Exception as error:
        if sys.flags.dev_mode:  # PYTHONDEVMODE=1 shows where
            raise
        bug = InternalError.of(error)
        _fail(str(bug), bug.exit_code)


def _fail(message: str, exit_code: int) -> NoReturn:
    if message:
        tell_error(message)
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in the buffer has no place to go
    sys.exit(exit_code)
