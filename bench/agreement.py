"""Whether the simulation is true to the real service: 300 requests to it beside the simulation of the same 300.

python -m bench.agreement [--quick]
"""

import asyncio
import random
import time
from dataclasses import replace

import httpx

from bench import servers
from bench.capacity import demand
from bench.report import Section, alone
from bench.upstream import PIECES, case
from testgen.capacity import Fleet, simulate

TITLE = "The simulation and the real service"
PLACES, BUSY, RATE, COUNT = 4, 0.75, 200.0, 300


def measure(section: Section) -> None:
    """Poisson arrivals at a real service with four places; the simulation gets the same arrivals and the measured time of one
    procedure."""
    count = 20 if section.quick else COUNT
    draw, now, when = random.Random(7), 0.0, []
    for _ in range(count):
        now += draw.expovariate(BUSY * PLACES / (PIECES / RATE))
        when.append(now)
    places = {"TESTGEN_MAX_CONCURRENCY": str(PLACES), "TESTGEN_QUEUE_LIMIT": "500"}
    with servers.upstream(RATE) as url, servers.testgen(url, **places) as service:
        alone_s, waits = asyncio.run(_real(service.url, when))
    fleet = Fleet(1, places=PLACES, queue_limit=500)
    simulated = simulate(
        replace(demand(1), hours=(1.0,)), fleet, 2 + now / 3600, arrivals=[(at, alone_s) for at in when]
    )
    section.say(f"{count} requests at random times, {PLACES} places, {BUSY:.0%} busy, one procedure {alone_s:.2f} s.")
    rows, ratios = [], []
    for name, share in (("p50", 0.5), ("p75", 0.75), ("p95", 0.95)):
        real, other = sorted(waits)[int(share * len(waits))], simulated.percentile(share)
        ratios.append(real / other if other else 1.0)
        rows.append((name, f"{real:.2f} s", f"{other:.2f} s", f"{ratios[-1]:.2f}"))
    section.table(("Wait", "Real", "Simulated", "Ratio"), rows)
    section.goal(
        "difference between the two, the worse of p50 and p95",
        max(abs(100 * (ratios[at] - 1)) for at in (0, 2)),
        10,
        unit=" %",
    )


async def _real(url: str, when: list[float]) -> tuple[float, list[float]]:
    """The seconds of a procedure that needs not wait, and how much longer each of the others took."""
    async with httpx.AsyncClient(timeout=600, trust_env=False, limits=httpx.Limits(max_connections=None)) as client:

        async def one() -> float:
            started = time.perf_counter()
            (await client.post(f"{url}/v1/procedures", json=case())).raise_for_status()
            return time.perf_counter() - started

        alone_s = sorted([await one() for _ in range(7)])[3]
        began = time.perf_counter()

        async def at(second: float) -> float:
            await asyncio.sleep(max(began + second - time.perf_counter(), 0))
            return await one()

        took = await asyncio.gather(*map(at, when))
    return alone_s, [max(each - alone_s, 0.0) for each in took]


if __name__ == "__main__":
    alone(TITLE, measure)
