"""Drawing for as long as there is time: one short round among the tests, round after round in `make fuzz`."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))  # of each test; 0: one round
SEED = int(os.environ.get("FUZZ_SEED", "0"))  # of what is drawn; runs with different ones add up

# Texts as nobody writes them by chance, as well as hypothesis's own.
PIECES = (
    "「", "」", "『", "\"", "'", "`", "[", "]", "【要記入: ", "】", "[FILL IN: ", "。", "、", ". ", "\n", "\r", "\t", " ", "　" * 40, " " * 60, "- ", "1. ",
    "| a | b |", "```", "# ", "**", "http://a.example/", "a@b.example", "を押すと", "を入力し", "が表示される", "する場合は", "して、", "When ", " and ",
    ", then ", "If ", "click ", "the user ", "is shown", "5回", "60 minutes", "\u202e", "\u200b", "\x00", "\x1b[2J", "\u2028", "👩‍💻", "A" * 50, "ア" * 50,
    "1,2,3", "→", "Given ", "前提 ", "もし ", "{{", "<b>", "&amp;", "\\", "=1+1", "((((", "))))", "............", "😀",
)  # fmt: skip


def texts(most: int = 40) -> st.SearchStrategy[str]:
    """Pieces of texts in any order, some of them over and over."""
    piece = st.sampled_from(PIECES) | st.text(max_size=12)
    repeated = st.tuples(piece, st.integers(1, 60)).map(lambda drawn: drawn[0] * drawn[1])
    return st.lists(piece | repeated, max_size=most).map("".join)


class _Over(BaseException):
    """The time is over: hypothesis lets it through, and draws nothing more that nobody would check."""


def draw(strategy: st.SearchStrategy[Any], check: Callable[[Any], None], *, examples: int, share: float = 1.0) -> int:
    """Checks so many drawn values, and as many again while there is time; returns how many. `share`: of the time."""
    end, count, failed = time.monotonic() + SECONDS * share, 0, False

    def counted(value: Any) -> None:
        nonlocal count, failed
        if SECONDS and count and not failed and time.monotonic() >= end:
            raise _Over
        count += 1
        try:
            check(value)
        except BaseException:
            failed = True  # it is made smaller and told, however late it is
            raise

    rounds = 0
    while True:
        options = settings(
            max_examples=max(examples, 20) if SECONDS else examples, deadline=None, database=None, derandomize=False,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink], print_blob=False,
        )  # fmt: skip
        with suppress(_Over):
            seed(SEED * 1_000_000 + rounds)(options(given(strategy)(counted)))()
        rounds += 1
        if time.monotonic() >= end:
            return count


def report(what: str, counts: Sequence[int]) -> None:
    """Says what was drawn, where somebody waits for it."""
    if SECONDS:
        print(f"\n{what}: {sum(counts)} drawn", flush=True)
