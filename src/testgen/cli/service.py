"""Who does a command's work: the engines here, or a deployed service (`--server`)."""

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
    """The service that is named, with its key; None where the work is done here.

    Raises:
        InvalidInputError: that is no address.
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
        InvalidInputError: as `access_of`.
        ConfigError: a setting is malformed.
    """
    if access := access_of(server):
        from testgen.client.remote import Remote

        return Remote(access)
    from testgen.bootstrap import Application
    from testgen.settings import load_settings

    return Application(load_settings())


class Fixed:
    """As many cases at once as were asked for."""

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency

    def __str__(self) -> str:
        return ""

    def places(self) -> int:
        """How many cases may be begun."""
        return self._concurrency

    def obey(self, stopping: object) -> None:
        """Nothing is tried again here."""


def batch_drafter(
    server: str | None, concurrency: int | None, *, cache: bool
) -> "tuple[Application | Remote, Limit, str]":
    """Who drafts many cases, how many at once, and what the results depend on besides them.

    Raises:
        TestgenError: as `drafter`; or the service cannot be asked.
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
