"""A connection with time limits, among a limited number of others: uvicorn itself waits for ever for a head, and for a reader.

Slow and rude clients each hold a socket, and sockets are few; a health check must always get one.
"""

import asyncio
import json
import logging
import sys
from asyncio import TimerHandle
from dataclasses import dataclass
from typing import Any, NoReturn

import h11
from starlette.datastructures import MutableHeaders
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from testgen.api import problems
from testgen.api.headers import protect
from testgen.messages import say

OWN_DESCRIPTORS = 24  # logs, event loop, workers; and a few for what a request opens
HEAD_S = 10.0
MOST_CONNECTIONS = 1000
MOST_WAITING = 128  # connections that the loop takes at once
# Of a body in chunks: so many as small as may be, and then so many bytes each. A line of NDJSON, which clients send as a chunk, has more.
FREE_CHUNKS, LEAST_OF_A_CHUNK = 1000, 32
log = logging.getLogger(__name__)  # whose handler bounds how often a line is repeated


@dataclass(frozen=True)
class Bounds:
    """`head_s`: from the first byte of a request, or from the connection, to the end of its head. `stall_s`: how long a
    reader may take for the next piece of an answer. `connections`: so many at most; `waiting`: see `MOST_WAITING`."""

    stall_s: float
    head_s: float
    connections: int = MOST_CONNECTIONS
    waiting: int = MOST_WAITING

    @classmethod
    def of_this_process(cls, stall_s: float) -> "Bounds":
        """As many connections as there may be files, raised to what the system allows; none may be lacking for the rest."""
        if sys.platform == "win32":
            return cls(stall_s, HEAD_S)
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 2 * (MOST_CONNECTIONS + MOST_WAITING + OWN_DESCRIPTORS)
        files = max(soft, wanted if hard == resource.RLIM_INFINITY else min(hard, wanted))
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
        room = max(files - OWN_DESCRIPTORS, 8)
        return cls(stall_s, HEAD_S, min(room // 2, MOST_CONNECTIONS), min(room // 4, MOST_WAITING))


class Framing(h11.Connection):
    """h11's own, which refuses more: a body with two ends, as which somebody before us may read another than we do (RFC 9112, 6.3),
    and one in crumbs, since each chunk costs the event loop a turn, however small it is. `refusal` says which."""

    def __init__(self) -> None:
        super().__init__(h11.SERVER)
        self._chunks = self._bytes = 0
        self.refusal = ""

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """See h11.

        Raises:
            h11.RemoteProtocolError: also for what is refused here.
        """
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
            if {b"content-length", b"transfer-encoding"} <= {name for name, _ in event.headers}:
                self._refuse(say("the body has both a length and chunks: send one of them"))
        elif isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            self._bytes += len(event.data)
            if self._chunks > FREE_CHUNKS + self._bytes / LEAST_OF_A_CHUNK:
                self._refuse(say("the body arrives in chunks of a few bytes: send larger ones"))
        return event

    def _refuse(self, why: str) -> NoReturn:
        self.refusal = why
        raise h11.RemoteProtocolError(why)


class Room:
    """The connections of a server. To find one that can go takes no longer the more there are: they come in floods."""

    def __init__(self) -> None:
        self._there: set[Connection] = set()
        self._idle: dict[Connection, None] = {}  # the longest one first

    def enter(self, new: "Connection", most: int) -> None:
        """If there are more than `most`, closes the one that has been idle for the longest time."""
        self._there.add(new)
        if len(self._there) > most:
            victim = next(iter(self._idle), new)
            log.warning(
                "too many connections: %s is dropped", "the newest" if victim is new else "the longest idle one"
            )
            victim.abort()
        if new in self._there:
            self._idle[new] = None

    def note(self, connection: "Connection", *, at_work: bool) -> None:
        """Whether something is done for it now."""
        if at_work:
            self._idle.pop(connection, None)
        elif connection in self._there:
            self._idle.setdefault(connection)

    def leave(self, connection: "Connection") -> None:
        """It has ended, or is about to."""
        self._there.discard(connection)
        self._idle.pop(connection, None)


class Connection(H11Protocol):
    """uvicorn's own, which ends by itself where the client does not go on. A request finds `abort` in its state."""

    def __init__(self, *, bounds: Bounds, room: Room, **uvicorns: Any) -> None:
        super().__init__(**uvicorns)
        self.conn: Framing = Framing()
        self._bounds = bounds
        self._room = room
        self._timers: dict[str, TimerHandle] = {}
        self.app_state = {**self.app_state, "abort": self.abort}
        self._served, self.app = self.app, self._begin

    def connection_made(self, transport: Any) -> None:
        """If there are too many, a new one replaces an idle one."""
        super().connection_made(transport)
        self._room.enter(self, self._bounds.connections)
        self._limit("head", self._bounds.head_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        for name in list(self._timers):
            self._forget(name)
        self._room.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Where these bytes did not end a head, the time for it runs on."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._limit("head", self._bounds.head_s)
        else:
            self._forget("head")
        self._room.note(self, at_work=self._at_work)

    def on_response_complete(self) -> None:
        """The next request has its own time; so has what is left to be read of this answer."""
        super().on_response_complete()
        self._room.note(self, at_work=self._at_work)
        if self.transport.get_write_buffer_size():
            self._limit("rest", self._bounds.stall_s)

    def pause_writing(self) -> None:
        """The reader is behind."""
        super().pause_writing()
        self._room.note(self, at_work=self._at_work)
        self._limit("reader", self._bounds.stall_s)

    def resume_writing(self) -> None:
        """The reader has caught up."""
        super().resume_writing()
        self._room.note(self, at_work=self._at_work)
        self._forget("reader")

    def timeout_keep_alive_handler(self) -> None:
        """Nothing new was asked for too long."""
        self.abort()

    def send_400_response(self, msg: str) -> None:
        """Requests that are not HTTP get a problem document, like all other faults."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):  # in the middle of an answer to what came before
            self.abort()
            return
        detail = self.conn.refusal or say("this is not an HTTP request")
        body = json.dumps(problems.document(400, "bad-request", say("Bad Request"), detail)).encode()
        headers = MutableHeaders(
            {"Content-Type": problems.MEDIA_TYPE, "Content-Length": str(len(body)), "Connection": "close"}
        )
        protect(headers, "")
        head = h11.Response(status_code=400, headers=headers.raw, reason=b"Bad Request")
        for event in (head, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def abort(self) -> None:
        """Ends the connection at once, whatever is still to be sent."""
        self._room.leave(self)
        if self.transport is not None:
            self.transport.abort()

    async def _begin(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Nothing is done for a client that has left already. Its leaving is seen a turn of the loop after its request, and a flood of
        such requests would keep health checks waiting for as long as all of them take."""
        await asyncio.sleep(0)
        if self.transport.is_closing():
            self.cycle.disconnected = True  # as uvicorn will note a turn later, and so needs no answer
        else:
            await self._served(scope, receive, send)

    @property
    def _at_work(self) -> bool:
        """Whether a request was read whole, its answer is not finished, and its reader keeps up."""
        cycle = self.cycle
        return bool(cycle and not cycle.response_complete and not cycle.more_body and not self.flow.write_paused)

    def _limit(self, name: str, seconds: float) -> None:
        """Ends the connection after this time, counted from the first call, unless `_forget` comes before."""
        if name not in self._timers:
            self._timers[name] = self.loop.call_later(seconds, self._expired, name)

    def _forget(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()

    def _expired(self, name: str) -> None:
        self._timers.pop(name, None)
        if name != "rest" or self.transport.get_write_buffer_size():
            self.abort()
