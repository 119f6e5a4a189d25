"""A question for two rows that shows whether a model follows the schema; `testgen doctor` asks it."""

import time
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from testgen.domain.errors import InvalidOutputError
from testgen.domain.ports import ChatEnd, ChatModel, Message
from testgen.drafting.wire import SCHEMA, RowReader
from testgen.messages import say

ROWS = 2
_SCHEMA: dict[str, Any] = {**SCHEMA, "minItems": ROWS, "maxItems": ROWS}
_QUESTION = (
    Message(
        "system", 'Answer with a JSON array of rows only. A row is ["action","test data","expected result","number"].'
    ),
    Message("user", "Two steps: open the Sign-in page; sign in as mori."),
    Message(
        "assistant",
        '[["Open the Sign-in page","","The Sign-in page is shown",""],["Sign in","mori","The home page is shown","1"]]',
    ),
    Message("user", "Two steps: open the Help page; search for refunds."),
)


@dataclass(frozen=True)
class ProbeResult:
    """How the model did: seconds to the first character, seconds in total, and the number of tokens it wrote."""

    first_s: float
    total_s: float
    output_tokens: int | None


async def probe(chat: ChatModel) -> ProbeResult:
    """Asks for two rows.

    Raises:
        InvalidOutputError: the answer is not two rows, so the model ignores the schema.
        EngineError: see `testgen.domain.errors`.
    """
    reader, started, first, end = RowReader(), time.monotonic(), 0.0, None
    rows = 0
    async with aclosing(chat.stream(_QUESTION, schema=_SCHEMA, seed=0)) as pieces:
        async for piece in pieces:
            if isinstance(piece, ChatEnd):
                end = piece
                continue
            first = first or time.monotonic() - started
            rows += len(list(reader.feed(piece)))
    rows += len(list(reader.finish()))
    if rows != ROWS:
        raise InvalidOutputError(
            say("the model wrote {rows} rows instead of {wanted}", rows=rows, wanted=ROWS),
            reason="",
            remedy=say("use a model that follows a JSON schema"),
        )
    return ProbeResult(first, time.monotonic() - started, end.output_tokens if end else None)
