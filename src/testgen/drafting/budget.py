"""Does a prompt fit? Asked before it is sent, because Ollama may drop the front of an over-long one in silence."""

import re
from collections.abc import Sequence

from testgen.domain.errors import CaseTooLongError, FieldProblem
from testgen.domain.ports import Message
from testgen.domain.test_case import TestCase

TOKENS_PER_MESSAGE = 8  # the turn's markers in the chat templates of Gemma, Qwen and Llama
_WORD = re.compile(r"[A-Za-z]+|\s+|.", re.DOTALL)


def estimate_tokens(text: str) -> int:
    """An upper estimate. Gemma and Qwen: a digit or sign is a token, a kana or Han at most one, an emoji up to four,
    an English word one for each four letters begun; a single blank belongs to the next word."""
    return sum(_tokens(piece) for piece in _WORD.findall(text))


def estimate_prompt(messages: Sequence[Message]) -> int:
    """An upper estimate for a whole chat."""
    return sum(estimate_tokens(message.content) + TOKENS_PER_MESSAGE for message in messages)


def require_fit(messages: Sequence[Message], case: TestCase, *, num_ctx: int, num_predict: int) -> int:
    """The estimate, where prompt and longest answer fit the context.

    Raises:
        CaseTooLongError: they do not; names the longest field and by how much it is too long.
    """
    estimate = estimate_prompt(messages)
    if estimate + num_predict > num_ctx:
        raise too_long(
            case,
            f"about {estimate} tokens of prompt and {num_predict} of answer exceed the context of {num_ctx}",
            estimate + num_predict - num_ctx,
        )
    return estimate


def too_long(case: TestCase, why: str, excess: int) -> CaseTooLongError:
    """The error for a case that does not fit, pointing at its longest field."""
    sizes = {
        "/specification": estimate_tokens(case.specification or ""),
        "/objective": estimate_tokens(case.objective or ""),
        "/test_data": sum(estimate_tokens(name + value) for name, value in case.test_data.items()),
        "/preconditions": estimate_tokens("".join(case.preconditions)),
        "/expected_results": estimate_tokens("".join(case.expected_results)),
    }
    pointer = max(sizes, key=lambda name: sizes[name])
    problem = FieldProblem(
        pointer,
        f"{why}: shorten this field by about {excess} of its {sizes[pointer]} tokens, split the case, or raise num_ctx",
    )
    return CaseTooLongError([problem], subject="the test case")


def _tokens(piece: str) -> int:
    if piece.isspace():
        return len(piece) - 1 if piece.isascii() else len(piece)
    if piece.isascii():
        return -(-len(piece) // 4)
    return 1 if ord(piece) < 0x10000 else 4
