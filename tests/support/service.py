"""The HTTP service in a thread, on a real socket."""

import atexit
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from testgen.api.server import server_of
from testgen.bootstrap import Application
from testgen.config import ServiceConfig, ServiceSecrets
from testgen.domain.ports import ChatModel
from testgen.drafting.model_engine import ModelEngine
from testgen.engines import ENGINES
from testgen.settings import Settings
from testgen.workers import Nursery

NURSERY = Nursery()  # of all services of this process: its imports take a second
atexit.register(NURSERY.end)


@contextmanager
def running(
    config: ServiceConfig, *, secrets: ServiceSecrets | None = None, chat: ChatModel | None = None
) -> Iterator[str]:
    """Serves until the end of the block; yields the base URL."""
    with running_with(Settings(config, secrets or ServiceSecrets(), stack="test"), chat) as url:
        yield url


@contextmanager
def running_with(settings: Settings, chat: ChatModel | None = None) -> Iterator[str]:
    """The same, with settings from wherever."""
    engines = {**ENGINES, "ollama": lambda config: ModelEngine("ollama", chat, config)} if chat else ENGINES
    application = Application(settings, engines, NURSERY)
    server = server_of(application, "127.0.0.1", 0)
    server.config.timeout_graceful_shutdown = 10
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        threading.Event().wait(0.01)
    try:
        yield "http://127.0.0.1:%d" % server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(15)
        assert not thread.is_alive(), "the service did not stop"


def read_events(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """(event, data) pairs of a server-sent event stream, as they come; a comment is ("", comment)."""
    name, data = "", []
    for line in lines:
        if line.startswith(":"):
            yield "", line[1:].strip()
        elif line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif not line and name:
            yield name, "\n".join(data)
            name, data = "", []
