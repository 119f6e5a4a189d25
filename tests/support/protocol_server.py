"""A server that speaks Ollama's HTTP protocol and fails on demand. It runs in a thread, on 127.0.0.1."""

import asyncio
import json
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from support.listener import Listener

RECORDED = Path(__file__).parents[1] / "data/recorded_chat.ndjson"
MODEL = "tiny:latest"
DIGEST = "0" * 64


@dataclass
class Answer:
    """One answer of /api/chat: pieces of text, and what goes wrong."""

    pieces: list[str] = field(default_factory=list)
    status: int = 200
    error: str = ""
    hold_before: int | None = None  # waits for `gate` before this piece
    gate: threading.Event = field(default_factory=threading.Event)
    stall_before: int | None = None  # silent for ever before this piece
    cut_before: int | None = None  # closes the connection before this piece
    garbage_before: int | None = None  # a line that is no JSON before this piece
    error_before: int | None = None  # an error line before this piece
    again: str = ""  # after the pieces, this one without an end
    raw: bytes | None = None  # these lines as the body, instead of all that
    delay_s: float = 0.0  # before each line
    done_reason: str | None = "stop"  # None: the stream ends without `done`
    input_tokens: int = 1000
    load_ms: int = 1  # what loading the model took, as the server reports it


def recorded(delay_s: float = 0.0) -> Answer:
    """What the real server (0.32.15, gemma3 270m) answered to the prompt of `cases.JA`, line by line."""
    return Answer(raw=RECORDED.read_bytes().rstrip(b"\n"), delay_s=delay_s)


def rows(*rows: tuple[str, str, str, str]) -> list[str]:
    """Rows as a model writes them: minified, one piece a cell."""
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return [text[start : start + 7] for start in range(0, len(text), 7)]


class ProtocolServer(Listener):
    """Answers in the order of `script`; the last answer serves all further requests."""

    chat_path = "/api/chat"
    content_type = "application/x-ndjson"

    def __init__(self, *script: Answer, models: tuple[str, ...] = (MODEL,), loaded: bool = True) -> None:
        self.script = list(script) or [Answer()]
        self.models = models
        self.loaded = loaded
        self.requests: list[dict[str, Any]] = []
        self.heads: list[str] = []
        self.questions: list[str] = []  # the paths that were asked for beside chats
        self.disconnects = threading.Semaphore(0)
        super().__init__()

    def __exit__(self, *_: object) -> None:
        for answer in self.script:
            answer.gate.set()
        super().__exit__()

    async def _leave(self) -> None:
        self._listener.close()

    def _within(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    @contextmanager
    def away(self, *, silent: bool = False) -> Iterator[None]:
        """In the block nobody listens at the address. `silent`: who knocks is not even refused, as where packets are lost."""
        self._within(self._leave())
        try:
            with ExitStack() as held:
                if silent:
                    _swallow(self._port, held)
                yield
        finally:
            self._within(self._listen(self._port))

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(
                (int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length")), 0
            )
            body = await reader.readexactly(length)
            path = urlsplit(head.split(" ")[1]).path  # as a proxy it gets whole addresses
            if path == self.chat_path:
                self.heads.append(head)
                await self._chat(json.loads(body), reader, writer)
            else:
                self.questions.append(path)
                self._json(writer, 200, self._about(path))
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _about(self, path: str) -> dict[str, Any]:
        entries = [{"name": name, "model": name, "digest": DIGEST} for name in self.models]
        return {
            "/api/version": {"version": "0.0.0"},
            "/api/tags": {"models": entries},
            "/api/ps": {"models": entries if self.loaded else []},
        }.get(path, {})

    def _json(self, writer: asyncio.StreamWriter, status: int, data: object) -> None:
        body = json.dumps(data).encode()
        writer.write(
            b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            % (status, len(body), body)
        )

    def _answer_to(self, request: dict[str, Any]) -> Answer:
        answer = self.script[min(len(self.requests), len(self.script) - 1)]
        self.requests.append(request)
        return answer

    async def _chat(self, request: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answer = self._answer_to(request)
        if answer.status != 200:
            self._json(writer, answer.status, self._refusal(answer))
            return
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            % self.content_type.encode()
        )
        stream = asyncio.ensure_future(self._stream(answer, writer))
        gone = asyncio.ensure_future(reader.read(1))
        await asyncio.wait({stream, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not stream.done():
            self.disconnects.release()
            stream.cancel()
        gone.cancel()
        await asyncio.gather(stream, gone, return_exceptions=True)

    async def _stream(self, answer: Answer, writer: asyncio.StreamWriter) -> None:
        def line(data: bytes) -> None:
            framed = self._frame(data)
            writer.write(b"%x\r\n%s\r\n" % (len(framed), framed))

        for recorded in answer.raw.split(b"\n") if answer.raw is not None else []:
            await asyncio.sleep(answer.delay_s)
            line(recorded)
            await writer.drain()
        written: chain[str | None] = chain(answer.pieces, repeat(answer.again) if answer.again else [None])
        for number, piece in enumerate(written if answer.raw is None else []):
            if answer.hold_before == number:
                while not answer.gate.is_set():
                    await asyncio.sleep(0.005)
            if answer.stall_before == number:
                await asyncio.Event().wait()
            if answer.cut_before == number:
                writer.transport.abort()
                return
            if answer.garbage_before == number:
                line(b"<html>502 Bad Gateway</html>")
            if answer.error_before == number:
                line(
                    json.dumps(
                        self._refusal(replace(answer, error=answer.error or "model runner has crashed"))
                    ).encode()
                )
                break
            if piece is not None:
                await asyncio.sleep(answer.delay_s)
                line(self._chunk(piece))
            await writer.drain()
        ends = answer.raw is None and answer.done_reason is not None and answer.error_before is None
        for data in self._ending(answer) if ends else []:
            line(data)
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    def _refusal(self, answer: Answer) -> dict[str, Any]:
        return {"error": answer.error}

    def _frame(self, data: bytes) -> bytes:
        return data + b"\n"

    def _ending(self, answer: Answer) -> list[bytes]:
        counts = {
            "prompt_eval_count": answer.input_tokens,
            "eval_count": len(answer.pieces),
            "total_duration": 10**9,
            "load_duration": answer.load_ms * 10**6,
        }
        return [self._chunk("", done=True, done_reason=answer.done_reason, **counts)]

    def _chunk(self, content: str, **more: Any) -> bytes:
        data = {
            "model": MODEL,
            "created_at": "2026-11-24T00:00:00Z",
            "message": {"role": "assistant", "content": content},
            "done": False,
        }
        return json.dumps({**data, **more}, ensure_ascii=False).encode()


class InTurn(ProtocolServer):
    """Answers in turn, again and again, for as long as it is asked, and remembers nothing of it but how often."""

    def __init__(self, *script: Answer) -> None:
        super().__init__(*script)
        self.asked = 0

    def _answer_to(self, request: dict[str, Any]) -> Answer:
        self.asked += 1
        return self.script[(self.asked - 1) % len(self.script)]


def _swallow(port: int, held: ExitStack) -> None:
    """Listens, takes nothing, and fills the kernel's queue: it drops what knocks from then on."""
    deaf = held.enter_context(socket.socket())
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    deaf.bind(("127.0.0.1", port))
    deaf.listen(0)
    for _ in range(8):
        client = held.enter_context(socket.socket())
        client.settimeout(0.1)
        try:
            client.connect(("127.0.0.1", port))
        except TimeoutError:
            return
    raise AssertionError("the kernel's queue has no end")
