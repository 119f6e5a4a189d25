"""A model's server for benches, in a process of its own: 12 rows in 250 pieces, at once or so many pieces a second.

python -m bench.upstream [PIECES_A_SECOND [LONGER]]        prints its address; each row but the last has so many times the text
"""

import asyncio
import json
import sys
from dataclasses import dataclass, field
from itertools import pairwise

ROWS = 12
PIECES = 250
MODEL = "bench:latest"
HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
)


def case() -> dict[str, object]:
    """The test case whose procedure the server writes."""
    return {
        "id": "BENCH-1",
        "title": "A customer changes the delivery address of an order",
        "preconditions": ["The order 4711 is open"],
        "test_data": {"street": "12 Mill Road", "city": "Leeds"},
        "specification": 'On the page "Order 4711" the button "Change address" opens the form. "Save" stores the address.',
        "expected_results": ['"Address saved" is shown', 'The page "Order 4711" shows 12 Mill Road, Leeds'],
        "language": "en",
    }


def rows(longer: int = 1) -> list[list[str]]:
    """A draft without findings to repair, so that one request is one answer."""
    more = " and its address" * (5 * (longer - 1))
    made = [
        [f'Open the page "Order 4711" in browser tab {number}', "", f"Tab {number} shows the order{more}", ""]
        for number in range(1, ROWS - 2)
    ]
    return [
        *made,
        ['Click "Change address"', "", "The form is shown", ""],
        ["Enter street and city", "12 Mill Road, Leeds", "The form shows the entered address", ""],
        ['Click "Save"', "", '"Address saved" is shown, and the page "Order 4711" shows 12 Mill Road, Leeds', "1,2"],
    ]  # fmt: skip


@dataclass
class Upstream:
    """Answers as Ollama does; `rate` is pieces a second, 0 for all at once."""

    rate: float = 0.0
    longer: int = 1
    lines: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = json.dumps(rows(self.longer), separators=(",", ":"))
        pieces = round(PIECES * len(text) / len(json.dumps(rows(), separators=(",", ":"))))
        cuts = [round(number * len(text) / pieces) for number in range(pieces + 1)]
        self.lines = [_framed(text[start:end]) for start, end in pairwise(cuts)]
        self.lines.append(
            _framed("", done=True, done_reason="stop", prompt_eval_count=900, eval_count=PIECES, load_duration=10**6)
        )

    async def serve(self) -> None:
        """Listens, says where, and never ends."""
        server = await asyncio.start_server(self._handle, "127.0.0.1", 0, backlog=512)
        print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lengths = [
                int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length")
            ]
            await reader.readexactly(sum(lengths))
            path = head.split(" ")[1]
            if path == "/api/chat":
                await self._chat(writer)
            else:
                entries = {"models": [{"name": MODEL, "model": MODEL, "digest": "0" * 64}], "version": "0.0.0"}
                body = json.dumps(entries).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                    % (len(body), body)
                )
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _chat(self, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        loop = asyncio.get_running_loop()
        begin = loop.time()
        for number, line in enumerate(self.lines):
            if self.rate and (early := begin + number / self.rate - loop.time()) > 0:
                await asyncio.sleep(early)
            if writer.is_closing():
                return
            writer.write(line)
        writer.write(b"0\r\n\r\n")


def _framed(content: str, **more: object) -> bytes:
    data = {
        "model": MODEL,
        "created_at": "2026-11-24T00:00:00Z",
        "message": {"role": "assistant", "content": content},
        "done": False,
    }
    line = json.dumps({**data, **more}).encode() + b"\n"
    return b"%x\r\n%s\r\n" % (len(line), line)


if __name__ == "__main__":
    given = [*sys.argv[1:], *("0", "1")[len(sys.argv) - 1 :]]
    asyncio.run(Upstream(float(given[0]), int(given[1])).serve())
