"""A connection, before any route: what is done for whom."""

import asyncio
import socket

import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from testgen.api.connection import Bounds, Connection, Room

REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


async def test_nothing_is_done_for_a_client_that_has_left() -> None:
    begun: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        begun.append(scope["path"])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    config = uvicorn.Config(app, ws="none", log_config=None)
    config.load()
    state, room = ServerState(), Room()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(
            config=config, server_state=state, app_state={}, bounds=Bounds(stall_s=5, head_s=5), room=room
        ),
        "127.0.0.1",
        0,
    )
    async with server:
        host, port = server.sockets[0].getsockname()
        for _ in range(20):  # the loop stands still meanwhile, as in a flood: it sees request and leaving together
            with socket.create_connection((host, port)) as client:
                client.sendall(REQUEST)
        await asyncio.sleep(0.2)
        assert begun == []

        reader, writer = await asyncio.open_connection(host, port)
        writer.write(REQUEST)
        assert (await reader.read()).startswith(b"HTTP/1.1 204")
        assert begun == ["/"]
        writer.close()
