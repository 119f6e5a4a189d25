"""What the workers cost and what they spare: the overhead of a small case, and the health endpoint under harmful work.

python -m bench.workers        prints; nothing here fails on a slow machine
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.hostile import case, many, procedure
from support.process import Health, serving

from testgen.domain.ports import DraftRequest, Engine
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.drafting.apart import Apart
from testgen.drafting.outline import OutlineEngine
from testgen.repair import REVIEW, Reviewing
from testgen.reviewer import warm_up
from testgen.workers import HERE, Pool

ROUNDS = 50
HARM: dict[str, tuple[str, object]] = {
    "a specification of blanks": ("/v1/procedures", case(specification="a" + " " * 19_998 + "b")),
    "a glossary of 5,000 words": (
        "/v1/reviews",
        {
            "procedure": procedure(*many("w1x1 " * 800)),
            "glossary": {"terms": [{"term": f"t{n}", "instead_of": [f"w{n}x{m}" for m in range(30)]} for n in range(160)]},
        },
    ),
    "300,000 wrong entries": ("/v1/procedures", case(tags=[1] * 300_000)),
    "equal titles in CSV": ("/v1/imports/csv", b"Title,Action\n" + b"a,b\n" * 200_000),
    "five nested fields": ("/v1/procedures", b"[" * 500_000),
}  # fmt: skip


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


def health() -> None:
    """The health endpoint while four clients send the same harmful thing."""
    with serving() as service:
        for name, (path, body) in HARM.items():
            content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            headers = {"Content-Type": "application/json" if "imports" not in path else "application/octet-stream"}
            with ThreadPoolExecutor(4) as clients, Health(service.url) as watched:
                sent = [
                    clients.submit(httpx.post, service.url + path, content=content, headers=headers, timeout=120)
                    for _ in range(4)
                ]
                answers = sorted(future.result().status_code for future in sent)
            p99, slowest = (1000 * value for value in (watched.percentile(0.99), watched.slowest))
            print(
                f"{name:<28} {answers}  /healthz p99 {p99:5.0f} ms, slowest {slowest:5.0f} ms, of {len(watched.waits)}"
            )


if __name__ == "__main__":
    asyncio.run(overhead())
    health()
