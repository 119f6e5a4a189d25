"""A chat model that follows a script: it implements the port, so no test needs to patch anything."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from testgen.domain.errors import EngineUnavailableError
from testgen.domain.ports import ChatEnd, Message, ModelStatus
from testgen.drafting.wire import Row, dump_rows

DONE = ChatEnd(complete=True, done_reason="stop", input_tokens=1000, output_tokens=20, digest="d" * 64)
CUT = ChatEnd(complete=False, done_reason="length", input_tokens=1000, output_tokens=20)


def says(*rows: Row, end: ChatEnd = DONE) -> list[str | ChatEnd]:
    """An answer of rows, one character at a time."""
    return [*dump_rows(rows), end]


class ScriptedChat:
    """Answers in the order of `script`; an exception in an answer is raised there."""

    def __init__(self, *script: Sequence[str | ChatEnd | Exception], status: ModelStatus | None = None) -> None:
        self.script = list(script)
        self.asked: list[tuple[list[Message], int]] = []
        self.temperatures: list[float | None] = []
        self.closed = 0
        self._status = status or ModelStatus(
            "tiny", available=True, loaded=True, digest="d" * 64, server="a script", server_version="1"
        )

    async def stream(
        self, messages: Sequence[Message], *, schema: dict[str, Any], seed: int, temperature: float | None = None
    ) -> AsyncIterator[str | ChatEnd]:
        if len(self.asked) >= len(self.script):
            raise EngineUnavailableError("the script has ended")
        answer = self.script[len(self.asked)]
        self.asked.append((list(messages), seed))
        self.temperatures.append(temperature)
        assert schema["type"] == "array"
        try:
            for piece in answer:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            self.closed += 1

    async def status(self) -> ModelStatus:
        return self._status

    def preload(self) -> None: ...
