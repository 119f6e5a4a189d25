"""A load balancer as a client meets one: each request to the next target in turn, some connections cut. In a thread, on 127.0.0.1."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from urllib.parse import urlsplit

from support.listener import Listener

BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 22\r\nConnection: close\r\n\r\n<html>No target</html>"


class Balancer(Listener):
    """`targets` are the services' addresses, and may change. `cut` says of a connection's number after how many pieces of the
    answer it is cut: 0 is before the request is handed on, None never."""

    def __init__(self, targets: list[str], cut: Callable[[int], int | None]) -> None:
        self.targets = targets
        self.cuts = 0
        self._cut, self._numbers = cut, count()
        super().__init__()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.split(b"\r\n")
            length = next((int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0)
            request = b"\r\n".join(line for line in lines[:-2] if not line.lower().startswith(b"connection:"))
            request += b"\r\nConnection: close\r\n\r\n" + await reader.readexactly(length)
            await self._hand_on(request, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _hand_on(self, request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = next(self._numbers)
        pieces, cut = 0, self._cut(number)
        target = urlsplit(self.targets[number % len(self.targets)])
        if cut == 0:
            self._abort(writer)
            return
        try:
            near, far = await asyncio.open_connection(target.hostname, target.port)
        except OSError:
            writer.write(BAD_GATEWAY)
            return
        gone = asyncio.ensure_future(reader.read(1))  # a client that leaves is heard of at once
        gone.add_done_callback(lambda _: far.transport.abort())
        far.write(request)
        with suppress(ConnectionError):
            while data := await near.read(65_536):
                pieces += 1
                if pieces == cut:
                    self._abort(writer)
                    break
                writer.write(data)
                await writer.drain()
        gone.cancel()

    def _abort(self, writer: asyncio.StreamWriter) -> None:
        self.cuts += 1
        writer.transport.abort()
