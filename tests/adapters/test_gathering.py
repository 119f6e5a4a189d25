"""Pieces that have arrived together are one piece; nothing else of a stream changes, and nothing waits for more."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.tools import examples

from testgen.adapters.gathering import MOST_WAITING, NDJSON, Gathering, gathered


def line(content: str, **more: object) -> bytes:
    said = {"model": "m", "created_at": "t", "message": {"role": "assistant", "content": content}, "done": False}
    return json.dumps({**said, **more}, ensure_ascii=False).encode() + b"\n"


END = line("", done=True, done_reason="stop", eval_count=3)
OTHERS = [
    END,
    line("a", logprobs=[]),
    line("a", message={"role": "assistant", "content": "", "thinking": "hm"}),
    line("a", message="text"),
    b'{"error": "the runner has crashed"}\n',
    b"<html>502</html>\n",
    b"[1, 2]\n",
    b"[" * 100_000 + b"\n",
    b"\n",
    b"\xff\n",
]


class Inner(httpx.AsyncBaseTransport):
    """A server's answer in the reads that the network makes of it."""

    def __init__(self, reads: AsyncIterator[bytes], **headers: str) -> None:
        self._reads = reads
        self._headers = {"content-type": NDJSON, **headers}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=self._headers, stream=Reads(self._reads))


class Reads(httpx.AsyncByteStream):
    def __init__(self, reads: AsyncIterator[bytes]) -> None:
        self._reads = reads

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for read in self._reads:
            yield read


async def at_once(reads: Sequence[bytes]) -> AsyncIterator[bytes]:
    for read in reads:
        yield read


async def read(reads: AsyncIterator[bytes], **headers: str) -> list[str]:
    async with (
        httpx.AsyncClient(transport=Gathering(Inner(reads, **headers))) as client,
        client.stream("POST", "http://m") as answer,
    ):
        return [text async for text in answer.aiter_lines()]


def contents(lines: Sequence[str | bytes]) -> str:
    return "".join(json.loads(each)["message"]["content"] for each in lines)


def test_pieces_in_a_row_become_one_and_what_is_no_piece_stays_as_it_is() -> None:
    for other in OTHERS:
        made = list(gathered([line("a"), line("画面"), other, line("b"), line("c")]))
        assert [contents([made[0]]), made[1], contents([made[2]])] == ["a画面", other, "bc"]


def test_a_piece_alone_is_not_touched() -> None:
    assert list(gathered([line("画面"), END])) == [line("画面"), END]


async def test_lines_that_are_there_already_are_read_as_one() -> None:
    lines = await read(at_once([line("[["), line("a"), line("]]"), END]))
    assert [len(lines), contents(lines)] == [2, "[[a]]"]


async def test_a_line_that_arrives_alone_is_handed_on_at_once() -> None:
    go_on = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield line("a")
        await go_on.wait()
        yield line("b")

    async with (
        httpx.AsyncClient(transport=Gathering(Inner(slowly()))) as client,
        client.stream("POST", "http://m") as answer,
    ):
        lines = answer.aiter_lines()
        assert contents([await asyncio.wait_for(anext(lines), 5)]) == "a"
        go_on.set()
        assert contents([await asyncio.wait_for(anext(lines), 5)]) == "b"


@given(st.lists(st.text(min_size=1, max_size=5), max_size=8), st.data())
@settings(max_examples=examples(50), deadline=None)
def test_however_the_network_cuts_an_answer_its_text_is_the_same(texts: list[str], data: st.DataObject) -> None:
    body = b"".join([*map(line, texts), END])
    cuts = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=6)))
    reads = [body[start:end] for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True)]
    lines = asyncio.run(read(at_once(reads)))
    assert contents(lines) == "".join(texts)
    assert json.loads(lines[-1])["done"] is True


async def test_an_answer_without_a_last_line_break_is_whole() -> None:
    assert contents(await read(at_once([line("a"), END.rstrip()]))) == "a"


async def test_what_arrived_before_a_fault_is_handed_on() -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield line("a")
        raise httpx.ReadTimeout("silent")

    got: list[str] = []

    async def read_all() -> None:
        async with (
            httpx.AsyncClient(transport=Gathering(Inner(broken()))) as client,
            client.stream("POST", "http://m") as answer,
        ):
            async for each in answer.aiter_lines():
                got.append(each)

    with pytest.raises(httpx.ReadTimeout):
        await read_all()
    assert contents(got) == "a"


async def test_nobody_reads_ahead_without_bound() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += len(line("a" * 1000))
            yield line("a" * 1000)

    async with (
        httpx.AsyncClient(transport=Gathering(Inner(endless()))) as client,
        client.stream("POST", "http://m") as answer,
    ):
        await anext(answer.aiter_lines())
        for _ in range(100):
            await asyncio.sleep(0)
        assert sent <= 3 * MOST_WAITING


async def test_a_line_longer_than_may_wait_is_handed_on_in_parts() -> None:
    """Whoever reads must see that it is too long, instead of waiting for its end for ever."""
    long = line("a" * 3 * MOST_WAITING)
    parts = [long[start : start + 60_000] for start in range(0, len(long), 60_000)]
    lines = await asyncio.wait_for(read(at_once([line("x"), *parts, END])), 10)
    assert contents(lines) == "x" + "a" * 3 * MOST_WAITING


async def test_other_answers_go_through_untouched() -> None:
    assert len(await read(at_once([line("a"), line("b")]), **{"content-type": "application/json"})) == 2
