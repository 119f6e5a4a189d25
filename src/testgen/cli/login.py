"""`testgen login`: checks the key of a service and stores it."""

import sys
from typing import Annotated

import typer

from testgen.contract import API_KEY, SERVER
from testgen.domain.errors import InvalidInputError
from testgen.messages import say


def login(
    url: Annotated[str, typer.Argument(metavar="URL", help="The service, such as https://testgen.example.com.")],
    forget: Annotated[bool, typer.Option("--forget", help="Remove the stored key instead.")] = False,
) -> None:
    """Store the key of a service for --server. The command asks for the key, or reads it from standard input, and
    checks it first. It stores the key in the system's keyring if the package `keyring` is installed, otherwise in a
    file that only you can read."""
    from testgen.cli.credentials import keep
    from testgen.cli.language import tell
    from testgen.client import Client
    from testgen.client.connection import address_of

    address = address_of(url)
    if forget:
        tell(say("the key for {url} was removed ({place})", url=address, place=keep(address, "")))
        return
    with Client(address, _key()) as client:
        told = client.info()
        where = keep(address, client.access.api_key)
    version, stack = told.get("testgen_version"), told.get("stack")
    tell(
        say(
            "{url} accepts the key (testgen {version}, stack {stack}); it is stored in {place}. Use "
            "--server {url}, or set {variable}",
            url=address, version=version, stack=stack, place=where, variable=SERVER,
        )
    )  # fmt: skip


def _key() -> str:
    """Reads the key, but never from the command line, where others could see it."""
    from testgen.cli.language import shown
    from testgen.settings import api_key

    given = api_key()
    if not given and sys.stdin.isatty():
        given = typer.prompt(shown(say("API key")), hide_input=True, err=True)
    elif not given:
        given = sys.stdin.readline()
    if not given.strip():
        problem = say("no API key: type it, pipe it in, or set {variable}", variable=API_KEY)
        raise InvalidInputError.of("", problem)
    return given.strip()
