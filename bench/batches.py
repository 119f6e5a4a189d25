"""Forty cases with the real model's server, by the service at 1, 2 and 4 at a time, by a loop, and all at once.

python -m bench.batches [--quick]
"""

import asyncio
import heapq
import json
import os
import re
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

from bench import growth, servers
from bench.report import SECONDS_LEFT, Section, alone
from testgen.domain.test_case import TestCase
from testgen.drafting.prompt import draft_messages
from testgen.drafting.wire import SCHEMA

TITLE = "d. A batch"
CASES, PLACES = 40, (1, 2, 4)
SECONDS, STARTING_S = (
    140.0,
    60.0,
)  # for all five runs together, and for their servers: on a slow machine there are fewer cases
FEWEST, RUNS = 8, 8  # ours count twice, since the service has steps written again
OPTIONS = {"num_ctx": 4096, "num_predict": 128, "temperature": 0, "seed": 1}
# What the server logs of a request: "[GIN] 2026/11/26 - 03:03:54 | 200 |  1.234s |  127.0.0.1 | POST  "/api/chat""
LOGGED = re.compile(r"\| 200 \|\s*((?:\d+m)?[\d.]+(?:s|ms|µs)) \|.*\"/api/chat\"")


def case(number: int) -> TestCase:
    """A small one, as no other."""
    fields = {
        "id": f"B-{number}",
        "title": f"Order {number} is cancelled",
        "expected_results": [f'"Order {number} cancelled" is shown'],
    }
    return TestCase.model_validate({**fields, "language": "en"})


def seconds(text: str) -> float:
    """Of what Go prints as a duration."""
    minutes, _, rest = text.rpartition("m") if re.match(r"\d+m[\d.]", text) else ("0", "", text)
    scale = {"ms": 1e-3, "µs": 1e-6}.get(rest[-2:], 1.0)
    return 60 * float(minutes) + scale * float(rest.rstrip("msµ"))


def busy(log: Path, since: int) -> list[float]:
    """How long each request after so many bytes of the log was with the server, in seconds."""
    return [seconds(found) for found in LOGGED.findall(log.read_text(encoding="utf-8", errors="replace")[since:])]


def ideal_s(durations: list[float], places: int) -> float:
    """How long these requests take if a free place begins the next one at once; at the end, places stay empty, as the last ones finish."""
    free = [0.0] * places
    for duration in durations:
        heapq.heapreplace(free, free[0] + duration)
    return max(free)


async def asked(client: httpx.AsyncClient, model: str, number: int) -> None:
    """The prompt that the service would send, sent by httpx, and its answer read."""
    turns = [vars(message) for message in draft_messages(case(number), "en")]
    body = {"model": "tiny", "messages": turns, "stream": True, "format": SCHEMA, "options": OPTIONS}
    async with client.stream("POST", f"{model}/api/chat", json=body) as answer:
        async for _ in answer.aiter_lines():
            pass


async def loop(client: httpx.AsyncClient, model: str, count: int) -> list[float]:
    """One after the other; when each was done."""
    began, done = time.perf_counter(), []
    for number in range(count):
        await asked(client, model, number)
        done.append(time.perf_counter() - began)
    return done


async def gathered(client: httpx.AsyncClient, model: str, count: int) -> list[float]:
    """All at once: the server's own queue holds them."""
    began, done = time.perf_counter(), []

    async def one(number: int) -> None:
        await asked(client, model, number)
        done.append(time.perf_counter() - began)

    await asyncio.gather(*map(one, range(count)))
    return done


async def batch(client: httpx.AsyncClient, service: str, count: int) -> list[float]:
    """`POST /v1/batches`; when each line came."""
    began, done = time.perf_counter(), []
    lines = "\n".join(case(number).model_dump_json(exclude_defaults=True) for number in range(count))
    async with client.stream(
        "POST", f"{service}/v1/batches", content=lines, headers={"Content-Type": "application/x-ndjson"}
    ) as answer:
        assert answer.status_code == 200, await answer.aread()
        async for line in answer.aiter_lines():
            assert "index" in json.loads(line), line
            done.append(time.perf_counter() - began)
    assert len(done) == count, f"{len(done)} of {count} lines came"
    return done


def run(work: Callable[[httpx.AsyncClient, str, int], Awaitable[list[float]]], url: str, count: int) -> list[float]:
    """One run, with as many connections as it likes."""

    async def inside() -> list[float]:
        async with httpx.AsyncClient(timeout=600, trust_env=False, limits=httpx.Limits(max_connections=None)) as client:
            return await work(client, url, count)

    return asyncio.run(inside())


def compared(section: Section, places: int, count: int | None) -> tuple[list[list[str]], list[float], int]:
    """The rows of so many places, when each line of our batch came, and of how many cases. The model is loaded and has read the prompt."""
    environ = {"OLLAMA_NUM_PARALLEL": str(places), "OLLAMA_CONTEXT_LENGTH": "4096"}
    more = {f"TESTGEN_{name.upper()}": str(value) for name, value in OPTIONS.items()}
    limits = {"TESTGEN_MAX_CONCURRENCY": str(places), "TESTGEN_MAX_ATTEMPTS": "1", "TESTGEN_MODEL": "tiny"}
    with servers.real_model(**environ) as (model, log), servers.testgen(model, **more, **limits) as service:
        run(gathered, model, places)
        if count is None:
            one = run(loop, model, 2)[-1] / 2
            left_s = float(os.environ.get(SECONDS_LEFT, "inf")) - STARTING_S
            fitting = max(min(CASES, int(min(left_s, 1e6) / RUNS / (1.1 * one))), FEWEST)
            count = fitting - fitting % PLACES[-1]  # as of 40: otherwise places stay empty that more cases would fill
        rows = []
        for name, work, where in _ways(places, model, service.url):
            since = len(log.read_text(encoding="utf-8", errors="replace"))
            done = run(work, where, count)
            time.sleep(0.2)
            spent = busy(log, since)
            ideal = ideal_s(spent, places) if work is not gathered else done[-1]
            ratio = f"{done[-1] / ideal:.2f}" if work is not gathered else "–"
            rows.append([name, str(places), str(len(spent)), f"{done[-1]:.1f}", f"{done[-1] / len(spent):.2f}", ratio])
            print(*rows[-1], sep=" | ", flush=True)
    return rows, done, count


def _ways(places: int, model: str, service: str) -> list[tuple[str, Callable[..., Awaitable[list[float]]], str]]:
    """A loop cannot use a second place; all at once needs no more than the server's own."""
    ours = [("**testgen, a batch**", batch, service)]
    if places == PLACES[0]:
        return [("A loop, one after the other", loop, model), *ours]
    return [("All at once by `gather`", gathered, model), *ours] if places == PLACES[-1] else ours


def measure(section: Section) -> None:
    """Places from one to four."""
    count, rows, ratios, last = (3 if section.quick else None), [], [], []
    for places in PLACES[:1] if section.quick else PLACES:
        made, last, count = compared(section, places, count)
        rows += made
        ratios.append(float(made[-1][-1]))
    told = f" (as many of {CASES} as fit into a whole run; `python -m bench batches` runs all)" if count < CASES else ""
    section.say(
        f"{count} small cases{told}. The server has as many places as the service sends requests at a time. Ideally, a place "
        "that becomes free begins the next request at once, and each takes as long as the server's own log reports; any further time is "
        "added by the service. The model is tiny and its steps make no sense, so the service has many of them rewritten: that is why "
        "there are more answers than cases, and why the table shows seconds per answer."
    )
    section.table(("Who", "Places", "Answers", "Seconds", "Seconds per answer", "Of the ideal"), rows)
    section.goal("time of a batch compared with the ideal, worst case", max(ratios), 1.1, unit=" times")
    sizes = [max(1, round(count * share)) for share in (0.25, 0.5, 1)]
    section.table(
        growth.HEAD,
        [growth.row("Time until that many lines have arrived", sizes, [last[size - 1] for size in sizes], "s")],
    )
    section.say(
        f"On average, a line arrived every {statistics.mean(b - a for a, b in zip([0.0, *last], last, strict=False)):.2f} s."
    )


if __name__ == "__main__":
    alone(TITLE, measure)
