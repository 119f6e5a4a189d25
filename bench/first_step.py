"""How soon a step is with the client: from its last token at the server, against reading the stream directly.

python -m bench.first_step [--quick]
"""

import asyncio
import json
import statistics
import time
from contextlib import aclosing

import httpx

from bench import growth, servers
from bench.report import Section, alone, middle
from bench.upstream import MODEL, case

TITLE = "b. The first step"
RATE = 50.0  # tokens a second
LONGER = (1, 2, 4)  # times the text of a step
ROUNDS = 5
QUOTES = 8  # of the four cells of a row: with the last one the step is whole


async def directly(client: httpx.AsyncClient, model: str) -> float:
    """Milliseconds until the last quote of the first row has been read from the model's server."""
    started, text = time.perf_counter(), ""
    asked = {"model": MODEL, "messages": [], "stream": True}
    async with (
        client.stream("POST", f"{model}/api/chat", json=asked) as answer,
        aclosing(answer.aiter_lines()) as lines,
    ):
        async for line in lines:
            text += json.loads(line)["message"]["content"]
            if text.replace('\\"', "").count('"') >= QUOTES:
                return 1000 * (time.perf_counter() - started)
    raise AssertionError("no row came")


async def by_testgen(client: httpx.AsyncClient, service: str) -> float:
    """Milliseconds until the event of the first step is there."""
    started, text = time.perf_counter(), ""
    accept = {"Accept": "text/event-stream"}
    async with (
        client.stream("POST", f"{service}/v1/procedures", json=case(), headers=accept) as answer,
        aclosing(answer.aiter_text()) as pieces,
    ):
        async for piece in pieces:
            text += piece
            if "event: step" in text and text.endswith("\n\n"):
                return 1000 * (time.perf_counter() - started)
    raise AssertionError("no step came")


async def compared(model: str, service: str, rounds: int) -> tuple[list[float], list[float]]:
    """Both in turns, each alone; the client leaves when it has what it wants."""
    direct, ours = [], []
    async with httpx.AsyncClient(timeout=120, trust_env=False) as client:
        await by_testgen(client, service)
        for _ in range(rounds):
            direct.append(await directly(client, model))
            ours.append(await by_testgen(client, service))
    return direct, ours


def measure(section: Section) -> None:
    """Steps of three lengths."""
    rows, until, worst = [], [], 0.0
    for longer in LONGER:
        with servers.upstream(RATE, longer) as model, servers.testgen(model) as service:
            direct, ours = asyncio.run(compared(model, service.url, 2 if section.quick else ROUNDS))
        added = statistics.median(ours) - statistics.median(direct)
        share = 100 * added / statistics.median(direct)
        worst = max(worst, share)
        until.append(statistics.median(ours))
        rows.append((f"{longer} times", middle(direct), middle(ours), f"{added:+.1f}", f"{share:.1f} %"))
    section.say(
        f"The model server writes {RATE:g} tokens per second, one request at a time. The table shows milliseconds until httpx has read "
        "the last quote of the first row from the server, and until testgen's event `step` has reached its client: medians, with minimum "
        "and maximum."
    )
    section.table(("Text of a step", "httpx ms", "testgen ms", "Added ms", "Added"), rows)
    section.goal("added to the first step", worst, 5, unit=" %")
    section.table(growth.HEAD, [growth.row("Time to the first step, by its length", LONGER, until, "ms")])


if __name__ == "__main__":
    alone(TITLE, measure)
