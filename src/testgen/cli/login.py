"""`testgen login`: keeps the key of a service, after trying it."""

import sys
from typing import Annotated

import typer

from testgen.contract import API_KEY
from testgen.domain.errors import InvalidInputError


def login(
    url: Annotated[str, typer.Argument(metavar="URL", help="The service, such as https://testgen.example.com.")],
    forget: Annotated[bool, typer.Option("--forget", help="Forget the key instead.")] = False,
) -> None:
    """Keep the key of a service for --server. It is asked for, or read from standard input, and tried before it is kept: in the
    system's keyring where the package `keyring` is installed, else in a file that only you can read."""
    from testgen.cli.credentials import keep
    from testgen.client import Client
    from testgen.client.connection import address_of

    address = address_of(url)
    if forget:
        typer.echo(f"testgen: forgotten for {address}; it was kept in {keep(address, '')}", err=True)
        return
    with Client(address, _key()) as client:
        told = client.info()
        where = keep(address, client.access.api_key)
    typer.echo(
        f"testgen: {address} takes the key (testgen {told.get('testgen_version')}, stack {told.get('stack')}); kept in {where}\n"
        f"Use it with --server {address}, or set TESTGEN_SERVER",
        err=True,
    )


def _key() -> str:
    """Never from the command line: others could read it there."""
    from testgen.settings import api_key

    given = api_key()
    if not given and sys.stdin.isatty():
        given = typer.prompt("API key", hide_input=True, err=True)
    elif not given:
        given = sys.stdin.readline()
    if not given.strip():
        problem = f"no key: type it, hand it over on standard input, or set {API_KEY}"
        raise InvalidInputError.of("", problem)
    return given.strip()
