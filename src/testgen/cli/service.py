"""Who does the work of a command: the local engines, or a deployed service (`--server`)."""

import uuid
from typing import TYPE_CHECKING, Annotated

import typer

from testgen.contract import API_KEY, SERVER
from testgen.messages import say

if TYPE_CHECKING:
    from testgen.bootstrap import Application
    from testgen.client.connection import Access
    from testgen.client.remote import Remote

HERE = ("", "none")  # what stands for no service, where the variable names one
Server = Annotated[
    str | None,
    typer.Option(
        "--server",
        metavar="URL",
        envvar=SERVER,
        help=f"Let a deployed service do the work; its key comes from {API_KEY} or `testgen login URL`. none: work locally.",
    ),
]


def access_of(server: str | None) -> "Access | None":
    """The named service, with its key; None if the work is done locally.

    Raises:
        InvalidInputError: the value is not an address.
    """
    if server is None or server.strip() in HERE:
        return None
    from testgen.cli.credentials import key_for
    from testgen.cli.language import spoken, tell
    from testgen.client.connection import Access
    from testgen.settings import api_key

    found = Access(server)
    access = Access(found.url, api_key() or key_for(found.url), spoken())
    if access.in_clear:
        tell(say("the API key goes to {url} unencrypted: use https if the service offers it", url=access.url))
    return access


def drafter(server: str | None) -> "Application | Remote":
    """Who drafts.

    Raises:
        InvalidInputError: see `access_of`.
        ConfigError: a setting is malformed.
    """
    if access := access_of(server):
        from testgen.client.remote import Remote

        return Remote(access)
    from testgen.bootstrap import Application
    from testgen.settings import load_settings

    return Application(load_settings())


class Fixed:
    """A fixed number of cases at the same time."""

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency

    def __str__(self) -> str:
        return ""

    def places(self) -> int:
        """How many cases may run."""
        return self._concurrency

    def obey(self, stopping: object) -> None:
        """Does nothing, because nothing is retried here."""


def batch_drafter(
    server: str | None, concurrency: int | None, *, cache: bool
) -> "tuple[Application | Remote, Limit, str]":
    """Who drafts many cases, how many at the same time, and what else the results depend on.

    Raises:
        TestgenError: see `drafter`; or the service does not answer.
    """
    if access := access_of(server):
        from testgen.client.pace import MOST, Pace
        from testgen.client.remote import Remote

        pace = Pace(concurrency or MOST)
        remote = Remote(access, pace, salt="" if cache else uuid.uuid4().hex)
        return remote, pace, remote.identity()
    from testgen.bootstrap import Application
    from testgen.settings import load_settings

    application = Application(load_settings())
    config = application.config
    return application, Fixed(concurrency or config.max_concurrency), config.sha256()


if TYPE_CHECKING:
    from testgen.client.pace import Pace

    Limit = Fixed | Pace
