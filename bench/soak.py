"""A full queue for minutes, with faults mixed in: nothing is lost, nothing hangs, and memory and descriptors come back to where they were.

python -m bench.soak [MINUTES] [CLIENTS]     10 and 14 where not given; exit code 1 where something was lost, hung or kept

A request is *lost* where it ends without what its route promises: a procedure or a documented problem, a last event, a line for each case.
It *hangs* where that takes longer than the service's own time limit and what its wait for a turn may add.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.cases import EN, EN_ROWS
from support.hostile import case as hostile_case
from support.hostile import many, procedure
from support.memory import held_mib, tree
from support.process import Health, Service, serving
from support.protocol_server import MODEL, Answer, InTurn, rows

REQUEST_TIMEOUT_S, SILENCE_S = 20.0, 2.0
PATIENCE_S = REQUEST_TIMEOUT_S + 15  # then a request hangs; a batch has this for each of its cases
BATCH = 5
GOOD, PACE_S = rows(*EN_ROWS), 0.015
FAULTS = (
    Answer(GOOD, cut_before=5), Answer(GOOD, garbage_before=9), Answer(GOOD, error_before=9), Answer(GOOD, stall_before=4),
    Answer(GOOD, stall_before=0), Answer(GOOD[:12], done_reason="length"), Answer(GOOD[:12], done_reason=None), Answer(["[]"]),
    Answer(["[" * 5_000]), Answer(['[["\\ud800","","",""]]']), Answer(["[["], again=" ", delay_s=0.05),
    Answer(status=500, error="cuda error"), Answer(status=429, error="slow down"), Answer(status=404, error="no such model"),
    Answer(rows(("ページを開く", "", "開いた", "1"))), Answer(["["], again='["Click","","Shown",""],'),
)  # fmt: skip
# A good answer at a model's pace, another, and a fault.
SCRIPT = [answer for fault in FAULTS for answer in (Answer(GOOD, delay_s=PACE_S), Answer(GOOD, delay_s=PACE_S), fault)]
# What a client may be told; anything else is lost.
PROBLEMS = {400, 413, 422, 502, 503, 504}
MEMORY_KEPT_MIB, DESCRIPTORS_KEPT = 40, 4
WARM_UP_S, LOOK_EVERY_S = 30.0, 5.0


@dataclass
class Tally:
    """How requests ended, by route; `lost` and `hung` say what happened instead."""

    ended: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)


class Client:
    """Sends one request after the other, of all kinds, until it is told to stop."""

    def __init__(self, http: httpx.AsyncClient, tally: Tally, number: int) -> None:
        self._http, self._tally = http, tally
        self._random, self._sent, self._name = random.Random(number), 0, f"c{number}"

    async def work(self, until: float) -> None:
        """One after the other; who is refused comes back a little later."""
        kinds: list[tuple[Callable[[], Awaitable[str]], float]] = [
            (self.whole, 6), (self.streamed, 6), (self.batch, 2), (self.rewrite, 2), (self.leave, 2), (self.harm, 1), (self.file, 1),
        ]  # fmt: skip
        while time.monotonic() < until:
            (kind,) = self._random.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])
            name = kind.__name__
            limit_s = PATIENCE_S * (BATCH if name == "batch" else 1)
            try:
                async with asyncio.timeout(limit_s):
                    outcome = await kind()
            except TimeoutError:
                self._tally.hung.append(f"{name} after {limit_s:g} s")
                continue
            except (httpx.HTTPError, ValueError, LookupError, AssertionError) as error:
                self._tally.lost.append(f"{name}: {type(error).__name__} {error}")
                continue
            self._tally.ended[f"{name} {outcome}"] += 1
            if outcome == "503":
                await asyncio.sleep(self._random.uniform(0.2, 0.6))

    def _case(self) -> dict[str, Any]:
        self._sent += 1
        return {**EN.model_dump(mode="json"), "id": f"{self._name}-{self._sent}"}

    async def _post(self, path: str, **what: Any) -> tuple[httpx.Response, str]:
        answer = await self._http.post(path, **what)
        if answer.status_code != 200:
            problem = answer.json()
            assert answer.status_code in PROBLEMS, f"{answer.status_code} {problem['detail']}"
            assert problem["type"].startswith("urn:testgen:problem:")
        return answer, str(answer.status_code)

    async def whole(self) -> str:
        """One procedure as JSON."""
        case = self._case()
        answer, outcome = await self._post("/v1/procedures", json=case)
        assert outcome != "200" or answer.json()["test_case_id"] == case["id"]
        return outcome

    async def streamed(self) -> str:
        """One procedure as events, of which the last is a procedure or an error."""
        answer, outcome = await self._post("/v1/procedures", json=self._case(), headers={"Accept": "text/event-stream"})
        if outcome != "200":
            return outcome
        last = [line for line in answer.text.splitlines() if line.startswith("event: ")][-1].removeprefix("event: ")
        assert last in ("procedure", "error"), last
        return last

    async def batch(self) -> str:
        """A few cases; each has its line."""
        lines = "\n".join(json.dumps(self._case()) for _ in range(BATCH))
        answer, outcome = await self._post(
            "/v1/batches", content=lines, headers={"Content-Type": "application/x-ndjson"}
        )
        if outcome == "200":
            found = sorted(json.loads(line)["index"] for line in answer.text.splitlines())
            assert found == list(range(BATCH)), found
        return outcome

    async def rewrite(self) -> str:
        """One step written again."""
        return (await self._post("/v1/procedures/rewrite", json={"procedure": procedure(), "steps": [1]}))[1]

    async def leave(self) -> str:
        """A client that goes away in the middle."""
        try:
            async with asyncio.timeout(self._random.uniform(0.05, 0.6)):
                await self._http.post("/v1/procedures", json=self._case(), headers={"Accept": "text/event-stream"})
        except TimeoutError:
            return "left"
        return "was quicker"

    async def harm(self) -> str:
        """Work on the processor that is as long as may be."""
        body = self._random.choice([
            ("/v1/procedures?engine=outline", hostile_case(specification="a" + " " * 19_998 + "b")),
            ("/v1/reviews", {"procedure": procedure(*many("a," * 2_000)), "test_case": hostile_case()}),
            ("/v1/procedures", hostile_case(tags=[1] * 50_000)),
        ])  # fmt: skip
        return (await self._post(body[0], json=body[1]))[1]

    async def file(self) -> str:
        """A procedure out as a workbook, and in again."""
        answer, outcome = await self._post("/v1/exports/xlsx", json=[procedure()])
        if outcome == "200":
            _, outcome = await self._post("/v1/imports/xlsx", content=answer.content)
        return outcome


def descriptors(pid: int) -> int:
    """Open files and sockets of a process and all that it started."""
    return sum(
        len(list(Path(f"/proc/{number}/fd").glob("*"))) for number in tree(pid) if Path(f"/proc/{number}").exists()
    )


def at_rest(service: Service) -> tuple[float, int, int]:
    """Memory in MiB, descriptors and processes, once nothing is at work and what is idle may be given back."""
    for _ in range(60):
        load = httpx.get(f"{service.url}/v1/info").json()["load"]
        if not load["in_flight"] + load["queued"]:
            break
        time.sleep(1)
    time.sleep(3)
    pid = service.process.pid
    return held_mib(pid), descriptors(pid), len(tree(pid))


async def storm(url: str, clients: int, seconds: float, tally: Tally) -> None:
    """All clients at once, for so long."""
    bounds = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(base_url=url, timeout=None, limits=bounds) as http:
        until = time.monotonic() + seconds
        await asyncio.gather(*(Client(http, tally, number).work(until) for number in range(clients)))


async def watched(pid: int, load: Awaitable[None]) -> float:
    """The most memory in MiB that was held at once while the load was on, looked at every few seconds."""
    task, most = asyncio.ensure_future(load), 0.0
    while not (await asyncio.wait({task}, timeout=LOOK_EVERY_S))[0]:
        most = max(most, await asyncio.to_thread(held_mib, pid))
    await task
    return most


def soak(minutes: float, clients: int) -> bool:
    """Prints what happened; whether nothing was lost, hung or kept."""
    tally = Tally()
    with InTurn(*SCRIPT) as server:
        settings = {
            "TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": MODEL, "TESTGEN_OLLAMA_BASE_URL": server.url,
            "TESTGEN_REQUEST_TIMEOUT_S": str(REQUEST_TIMEOUT_S), "TESTGEN_FIRST_TOKEN_TIMEOUT_S": str(SILENCE_S),
        }  # fmt: skip
        with serving(**settings) as service:
            asyncio.run(
                storm(service.url, clients, WARM_UP_S, Tally())
            )  # what is loaded at first use is there afterwards
            before, began = at_rest(service), time.monotonic()
            with Health(service.url) as health:
                most = asyncio.run(watched(service.process.pid, storm(service.url, clients, minutes * 60, tally)))
            took_s, after = time.monotonic() - began, at_rest(service)
    print(
        f"{clients} clients, {sum(tally.ended.values())} requests in {took_s:.0f} s, {server.asked} answers of the model"
    )
    for name, count in sorted(tally.ended.items()):
        print(f"  {name:<24} {count:6}")
    print(f"lost {len(tally.lost)}, hung {len(tally.hung)}")
    for what in (*tally.lost[:20], *tally.hung[:20]):
        print(f"  {what}"[:300])
    p99, slowest = (1000 * value for value in (health.percentile(0.99), health.slowest))
    print(f"/healthz p99 {p99:.0f} ms, slowest {slowest:.0f} ms, failed {len(health.failed)}, of {len(health.waits)}")
    print(f"memory       before {before[0]:5.0f} MiB, after {after[0]:5.0f} MiB, the most {most:.0f} MiB")
    print(
        f"descriptors  before {before[1]:5}, after {after[1]:5}\nprocesses    before {before[2]:5}, after {after[2]:5}"
    )
    kept = after[0] - before[0] > MEMORY_KEPT_MIB or after[1] - before[1] > DESCRIPTORS_KEPT or after[2] != before[2]
    return not (tally.lost or tally.hung or health.failed or kept)


if __name__ == "__main__":
    given = sys.argv[1:] + ["10", "14"][len(sys.argv) - 1 :]
    sys.exit(0 if soak(float(given[0]), int(given[1])) else 1)
