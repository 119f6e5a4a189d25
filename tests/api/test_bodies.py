"""What clients send is bounded, piece by piece."""

import asyncio
from collections.abc import Callable

import pytest

from testgen.api.bodies import BodyLimit


@pytest.mark.parametrize(("pieces", "status"), [([10, 10], 200), ([10, 11], 413)])
def test_a_body_is_counted_piece_by_piece(pieces: list[int], status: int) -> None:
    sent: list[int] = []

    async def app(scope: object, receive: Callable[[], object], send: Callable[[object], object]) -> None:
        for _ in pieces:
            await receive()  # type: ignore[misc]
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[misc]

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            sent.append(message["status"])  # type: ignore[arg-type]

    bodies = iter(pieces)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"x" * next(bodies), "more_body": True}

    limited = BodyLimit(app, max_bytes=20)  # type: ignore[arg-type]
    asyncio.run(limited({"type": "http", "headers": []}, receive, send))  # type: ignore[arg-type]
    assert sent == [status]
