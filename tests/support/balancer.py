"""A load balancer as a client meets one: each request to the next target in turn, some connections cut. In a thread, on 127.0.0.1."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from urllib.parse import urlsplit

BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 22\r\nConnection: close\r\n\r\n<html>No target</html>"


class Balancer:
    """`targets` are the services' addresses, and may change. `cut` says of a connection's number after how many pieces of the
    answer it is cut: 0 is before the request is handed on, None never."""

    def __init__(self, targets: list[str], cut: Callable[[int], int | None]) -> None:
        self.targets = targets
        self.cuts = 0
        self._cut, self._numbers = cut, count()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Balancer":
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        listener = await asyncio.start_server(self._handle, "127.0.0.1", 0)
        self.url = "http://127.0.0.1:%d" % listener.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        listener.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

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
