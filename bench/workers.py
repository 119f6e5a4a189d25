"""What the workers cost: the overhead of a small case. What they spare is in `bench.health`.

python -m bench.workers        prints; nothing here fails on a slow machine
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.hostile import case, procedure

from testgen.domain.ports import DraftRequest, Engine
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.drafting.apart import Apart
from testgen.drafting.outline import OutlineEngine
from testgen.repair import REVIEW, Reviewing
from testgen.reviewer import warm_up
from testgen.workers import HERE, Pool

ROUNDS = 50


async def typical_ms(work: Callable[[], Awaitable[object]]) -> float:
    """The median of some rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        await work()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[ROUNDS // 2]


async def overhead() -> None:
    """Drafting and reviewing a small case, in place and by a worker."""
    warm_up()
    small = TestCase.model_validate(case())
    steps = Procedure.model_validate(procedure())
    request = DraftRequest(small, "en")

    async def drafted(engine: Engine) -> None:
        async for _ in engine.draft(request):
            pass

    async with Pool() as pool:
        for name, workers in (("in place", HERE), ("by a worker", pool)):
            engine = Apart(OutlineEngine(), lambda workers=workers: workers)  # type: ignore[misc]
            draft = await typical_ms(lambda engine=engine: drafted(engine))  # type: ignore[misc]
            review = await typical_ms(lambda workers=workers: workers.run(REVIEW, Reviewing(small).reviewed, steps))  # type: ignore[misc]
            print(f"a small case {name:<12} draft {draft:6.2f} ms   review {review:6.2f} ms")


if __name__ == "__main__":
    asyncio.run(overhead())
