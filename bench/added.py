"""What testgen adds to the model: the same answer by httpx, ChatOllama, the least service, testgen and LiteLLM, side by side.

python -m bench.added [--quick]
"""

import asyncio
import math
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass

import httpx

from bench import clients, growth, servers
from bench.processes import cpu_s, rss_mb
from bench.report import MissingError, Section, alone
from bench.upstream import PIECES

TITLE = "a. What testgen adds to the model"
AT_ONCE, STEADY = 0.0, 100.0  # pieces a second
PARALLEL = (1, 4, 16, 64)
SAME = "The same answer in 20 lines"
LEAST = 8  # requests of each round, of a model that writes at once
ROUNDS = 2  # of all programs in turn, so that the spread tells how far a second run may differ
Work = Callable[[httpx.AsyncClient, str], Awaitable[float]]


@dataclass(frozen=True)
class Way:
    """A way to the answer: what it asks, and whose processor it uses."""

    name: str
    work: Work
    url: str
    pid: int
    steps: bool = True  # hands its first step on before the last


@dataclass
class Measured:
    """Milliseconds of each request and of each first step; processor's milliseconds a request, megabytes, requests a second."""

    times: list[float]
    firsts: list[float]
    cpu: float
    rss: float
    rate: float

    @classmethod
    def of(cls, rounds: "list[Measured]") -> "Measured":
        """All rounds as one: their requests together, the means of the rest."""
        times, firsts = ([value for one in rounds for value in getattr(one, name)] for name in ("times", "firsts"))
        cpu, rss, rate = (statistics.mean(getattr(one, name) for one in rounds) for name in ("cpu", "rss", "rate"))
        return cls(times, firsts, cpu, rss, rate)

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p99(self) -> float:
        return sorted(self.times)[math.ceil(0.99 * (len(self.times) - 1))]

    @property
    def spread(self) -> float:
        """From the tenth part to the ninth, as a share of the median."""
        ordered = sorted(self.times)
        return (ordered[math.ceil(0.9 * (len(ordered) - 1))] - ordered[int(0.1 * (len(ordered) - 1))]) / self.p50


async def measured(way: Way, parallel: int, count: int) -> Measured:
    """So many requests, so many at a time."""
    turn, times, firsts = asyncio.Semaphore(parallel), [], []
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
    async with httpx.AsyncClient(timeout=300, trust_env=False, limits=limits) as client:

        async def one() -> None:
            async with turn:
                started = time.perf_counter()
                firsts.append(1000 * await way.work(client, way.url))
                times.append(1000 * (time.perf_counter() - started))

        used, began = cpu_s(way.pid), time.perf_counter()
        await asyncio.gather(*(one() for _ in range(count)))
        took = time.perf_counter() - began
        used = cpu_s(way.pid) - used
    return Measured(times, firsts, 1000 * used / count, rss_mb(way.pid), count / took)


async def warm(ways: list[Way]) -> None:
    """Each way four times, so that what is loaded at the first use is there."""
    async with httpx.AsyncClient(timeout=300, trust_env=False) as client:
        await asyncio.gather(*(way.work(client, way.url) for way in ways for _ in range(4)))


def ways(stack: ExitStack, rate: float, section: Section) -> list[Way]:
    """All of them, each with its server."""
    model, here = stack.enter_context(servers.upstream(rate)), os.getpid()
    service = stack.enter_context(servers.testgen(model))
    least = stack.enter_context(servers.bare(model))
    same = stack.enter_context(servers.least(model))
    found = [
        Way("httpx, reading the stream", clients.direct, model, here),
        Way("ChatOllama in a script", clients.chat_ollama, model, here),
        Way("FastAPI and ChatOllama, 10 lines", clients.bare, *least, steps=False),
        Way(SAME, clients.whole, *same, steps=False),
        Way("**testgen, JSON**", clients.whole, service.url, service.process.pid, steps=False),
        Way("**testgen, events**", clients.streamed, service.url, service.process.pid),
    ]
    try:
        url, pid = stack.enter_context(servers.litellm({"bench": model}))
    except MissingError as error:
        section.missing(str(error))
    else:
        found.append(Way("LiteLLM's proxy", clients.litellm, f"{url}/bench", pid))
    return found


def compare(section: Section, rate: float) -> dict[tuple[str, int], Measured]:
    """Measures all ways at one pace of the model, and writes the table."""
    found: dict[tuple[str, int], Measured] = {}
    rows = []
    parallels = (1, 4) if section.quick else PARALLEL
    with ExitStack() as stack:
        entries = ways(stack, rate, section)
        asyncio.run(warm(entries))
        for parallel in parallels:
            count = max(parallel, 1 if section.quick or rate else LEAST)
            rounds = [
                [asyncio.run(measured(way, parallel, count)) for way in entries]
                for _ in range(1 if section.quick else ROUNDS)
            ]
            for way, *theirs in zip(entries, *rounds, strict=True):
                found[way.name, parallel] = made = Measured.of(theirs)
                first = f"{statistics.median(made.firsts):,.0f}" if way.steps else "–"
                figures = (f"{made.p50:,.0f}", f"{made.p99:,.0f}", f"{made.spread:.0%}", first, f"{made.rate:,.1f}")
                rows.append((way.name, parallel, *figures, f"{made.cpu:,.1f}", f"{made.rss:,.0f}"))
                print(*rows[-1], sep=" | ", flush=True)
    head = ("Who", "At a time", "p50 ms", "p99 ms", "Spread", "First step ms", "Requests/s", "CPU ms", "RSS MB")
    section.say(
        f"{PIECES} pieces " + (f"at {rate:g} per second ({1000 * PIECES / rate:,.0f} ms):" if rate else "at once:")
    )
    section.table(head, rows)
    return found


def judge(section: Section, at_once: dict[tuple[str, int], Measured], steady: dict[tuple[str, int], Measured]) -> None:
    """The goals of the issue, and how the figures grow."""
    ours, events = "**testgen, JSON**", "**testgen, events**"
    busy = [at_once[ours, parallel].cpu for parallel in (16, 64)]
    least = max(at_once["FastAPI and ChatOllama, 10 lines", parallel].cpu for parallel in (16, 64))
    section.goal(
        "CPU time per request, 16 and 64 at once", max(busy), 12, unit=" ms",
        limit=f"The smallest service, which reads the stream with ChatOllama and does nothing with it, needs {least:.1f} ms.",
    )  # fmt: skip
    if ("LiteLLM's proxy", 16) in at_once:
        ratio = min(at_once[ours, many].rate / at_once["LiteLLM's proxy", many].rate for many in PARALLEL)
        section.goal(
            "requests per second compared with LiteLLM's proxy, worst row", ratio, 5, least=True, unit=" times"
        )
    for parallel, bound in ((16, 2), (64, 10)):
        direct = steady["httpx, reading the stream", parallel].p50
        added = {name: 100 * (steady[name, parallel].p50 / direct - 1) for name in (ours, events)}
        bare, same = (
            100 * (steady[name, parallel].p50 / direct - 1) for name in ("FastAPI and ChatOllama, 10 lines", SAME)
        )
        section.goal(
            f"added to {parallel} streams that begin and end together, the worse of JSON and events",
            max(added.values()), bound, unit=" %",
            limit=f"The smallest service, which only reads the stream with ChatOllama, adds {bare:.1f} % in the same run, because one "
            "event loop handles the beginnings and ends of all requests. One that does the same as testgen and nothing else "
            f"(bench/least.py: no queue, no deadline, no limits, no log, no retry) adds {same:.1f} %; testgen's JSON adds "
            f"{added[ours]:.1f} %, its events {added[events]:.1f} %.",
        )  # fmt: skip
    spent = [at_once[ours, parallel].cpu * parallel for parallel in PARALLEL[1:]]
    last = [steady[ours, parallel].cpu * parallel for parallel in PARALLEL[1:]]
    section.table(
        growth.HEAD,
        [
            growth.row("CPU time of all requests, at once", PARALLEL[1:], spent, "ms"),
            growth.row(f"CPU time of all requests, {STEADY:g} pieces per second", PARALLEL[1:], last, "ms"),
        ],
    )


def measure(section: Section) -> None:
    """Both paces, then the goals."""
    section.say(
        "The model server writes 12 rows. Each program asks it for the same answer, one program after the other, in two rounds of one run. "
        "CPU is the CPU time of the program's own processes per request. The spread is that of the middle 80 % of the requests of both "
        "rounds, as a share of the median. All answers are alike: the review has read most of these texts before. Part e tells what texts "
        "cost that it has not."
    )
    at_once = compare(section, AT_ONCE)
    steady = compare(section, STEADY)
    if not section.quick:
        judge(section, at_once, steady)


if __name__ == "__main__":
    alone(TITLE, measure)
