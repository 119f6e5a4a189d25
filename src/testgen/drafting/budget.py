"""Checks whether a prompt fits the context before it is sent, because Ollama may silently drop the front of a prompt that is too long."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from testgen.domain.errors import CaseTooLongError, FieldProblem
from testgen.domain.ports import Message
from testgen.domain.test_case import TestCase
from testgen.messages import say

TOKENS_PER_MESSAGE = 8  # the turn's markers in the chat templates of Gemma, Qwen and Llama
_WORD = re.compile(r"[A-Za-z]+")
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=32)  # most messages of a prompt are the same for every case
def estimate_tokens(text: str) -> int:
    """An upper estimate. In Gemma and Qwen, a digit or sign is one token, a kana or Han character at most one, an emoji up to four, and
    an English word one per four letters, rounded up; a single space belongs to the next word."""
    words: list[str] = _WORD.findall(text)
    blanks: list[str] = _BLANKS.findall(text)
    signs = len(text) - sum(map(len, words)) - sum(map(len, blanks))
    beyond = len(text.encode("utf-16-le", "surrogatepass")) // 2 - len(text)  # characters that take four, not one
    between = sum(len(run) - run.isascii() for run in blanks)
    return sum(-(-len(word) // 4) for word in words) + between + signs + 3 * beyond


def estimate_prompt(messages: Sequence[Message]) -> int:
    """An upper estimate for a whole chat."""
    return sum(estimate_tokens(message.content) + TOKENS_PER_MESSAGE for message in messages)


def require_fit(messages: Sequence[Message], case: TestCase, *, num_ctx: int, num_predict: int) -> int:
    """The estimate, if prompt and longest answer fit the context.

    Raises:
        CaseTooLongError: they do not; the error names the longest field and by how much it is too long.
    """
    estimate = estimate_prompt(messages)
    if estimate + num_predict > num_ctx:
        raise too_long(
            case,
            say(
                "about {estimate} tokens for the prompt and {num_predict} for the answer exceed the "
                "context of {num_ctx}",
                estimate=estimate,
                num_predict=num_predict,
                num_ctx=num_ctx,
            ),
            estimate + num_predict - num_ctx,
        )
    return estimate


def too_long(case: TestCase, why: str, excess: int) -> CaseTooLongError:
    """The error for a case that does not fit, pointing at its longest field."""
    pointer = longest_field(case)
    tokens = estimate_tokens(_LONG_FIELDS[pointer](case))
    if excess < tokens:
        remedy = say(
            "{why}: shorten this field by about {excess} of its {tokens} tokens, split the case, or raise num_ctx",
            why=why,
            excess=excess,
            tokens=tokens,
        )
    else:
        remedy = say("{why}: split the case, raise num_ctx, or lower num_predict", why=why)
    return CaseTooLongError([FieldProblem(pointer, remedy)], subject=say("the test case"))


_LONG_FIELDS: Mapping[str, Callable[[TestCase], str]] = {
    "/specification": lambda case: case.specification or "",
    "/objective": lambda case: case.objective or "",
    "/test_data": lambda case: "".join(name + value for name, value in case.test_data.items()),
    "/preconditions": lambda case: "".join(case.preconditions),
    "/expected_results": lambda case: "".join(case.expected_results),
    "/postconditions": lambda case: "".join(case.postconditions),
}


def longest_field(case: TestCase) -> str:
    """The pointer of the field with the most text: what to shorten first."""
    return max(_LONG_FIELDS, key=lambda pointer: len(_LONG_FIELDS[pointer](case)))
