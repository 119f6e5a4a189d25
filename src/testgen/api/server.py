"""Runs the service: uvicorn with our logs, bounds on connections, and a shutdown that lets running generations finish."""

import gc
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType

import uvicorn

from testgen.api.admission import Gate
from testgen.api.app import create_app
from testgen.api.connection import Bounds, Connection, Room
from testgen.api.telemetry import configure
from testgen.bootstrap import Application
from testgen.domain.errors import ConfigError
from testgen.messages import say


class Server(uvicorn.Server):
    """At the first signal it accepts nothing new, batches begin no further case, and what runs is finished. The second
    ends it at once."""

    def __init__(self, config: uvicorn.Config, gate: Gate) -> None:
        super().__init__(config)
        self._gate = gate
        self.when_started: Callable[[], object] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn. The kernel holds more connections than the loop takes at once, so that none has to knock again."""
        await super().startup(sockets)
        for server in self.servers if self.started else ():
            for listener in server.sockets:
                with socket.fromfd(listener.fileno(), listener.family, listener.type) as same:
                    same.listen(socket.SOMAXCONN)
        if self.started:
            self.when_started()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """See uvicorn, which lets the second SIGTERM wait as long as the first."""
        if self.should_exit:
            signal.signal(sig, signal.SIG_DFL)
            os.kill(os.getpid(), sig)
            os._exit(128 + sig)  # as the first process of a container, which the kernel lets no default handler end
        self._gate.stopping = True
        super().handle_exit(sig, frame)


def server_of(application: Application, host: str, port: int) -> Server:
    """The server, ready to run.

    Raises:
        ConfigError: the settings would keep everybody out, or the address is empty, which would mean all addresses.
    """
    if not host.strip():
        raise ConfigError(
            say("there is no address to listen on: --host is empty"),
            remedy=say("name one, leave it out for 127.0.0.1, or write 0.0.0.0 for all"),
        )
    request_timeout_s = application.config.request_timeout_s
    bounds = Bounds.of_this_process(stall_s=request_timeout_s)
    app = create_app(application, host)
    config = uvicorn.Config(  # `http`: uvicorn calls it, so what makes a protocol will do as well as its class
        app,
        host=host,
        port=port,
        http=partial(Connection, bounds=bounds, room=Room()),  # type: ignore[arg-type]
        ws="none",
        backlog=bounds.waiting,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whom to believe is `trusted_proxies`
        # A load balancer keeps idle connections open longer than its longest request; who closes first must not be us.
        timeout_keep_alive=int(request_timeout_s) + 120,
        timeout_graceful_shutdown=int(request_timeout_s) + 5,
    )
    return Server(config, app.state.gate)


def serve(application: Application, host: str, port: int) -> None:
    """Serves until SIGTERM or SIGINT, and then ends as `Server` says.

    Raises:
        ConfigError: as `server_of`.
    """
    configure(application.config.log_level, application.settings.stack)
    server = server_of(application, host, port)
    server.when_started = keep_what_is_loaded
    with suppress(KeyboardInterrupt):  # uvicorn has ended in order, and hands the signal on
        server.run()


def keep_what_is_loaded() -> None:
    """What the process has loaded stays for its life: to search it for garbage took 0.1 to 0.2 s, again and again, for all requests."""
    gc.collect()
    gc.freeze()
