"""A storm of requests on the service as its user starts it: refused in time, nothing hangs, memory stays flat."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
from support.cases import EN, EN_ROWS
from support.protocol_server import Answer, ProtocolServer, rows
from support.real_ollama import free_port, wait_for

CASE = EN.model_dump(mode="json")
STORMS, REQUESTS, PLACES = 6, 50, 10


def resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


async def storm(url: str, gate: threading.Event) -> list[int]:
    """All at once; the gate of the engine opens when the refusals are in."""
    answers: list[int] = []
    async with httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=None)) as client:

        async def one() -> None:
            answers.append((await client.post(f"{url}/v1/procedures", json=CASE)).status_code)
            if len(answers) == REQUESTS - PLACES:
                gate.set()

        await asyncio.wait_for(asyncio.gather(*(one() for _ in range(REQUESTS))), 60)
    return answers


@pytest.mark.thorough
def test_storm_after_storm_the_same_answers_and_no_more_memory() -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ProtocolServer(Answer(rows(*EN_ROWS), hold_before=0)) as server:
        environment = {
            **os.environ, "TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": "tiny", "TESTGEN_OLLAMA_BASE_URL": server.url,
            "TESTGEN_MAX_CONCURRENCY": "2", "TESTGEN_QUEUE_LIMIT": "8",
        }  # fmt: skip
        command = [str(Path(sys.executable).parent / "testgen"), "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(lambda: httpx.get(f"{url}/healthz").status_code == 200, "the service")
            sizes = []
            for _ in range(STORMS):
                gate = threading.Event()
                server.script = [Answer(rows(*EN_ROWS), hold_before=0, gate=gate)]
                answers = asyncio.run(storm(url, gate))
                assert answers[: REQUESTS - PLACES] == [503] * (REQUESTS - PLACES)
                assert answers[REQUESTS - PLACES :] == [200] * PLACES
                sizes.append(resident_kb(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) in (0, -signal.SIGTERM), "uvicorn ends by the signal itself, once it is done"
    # The first storm brings connections and code into memory; after the second nothing may grow but by chance.
    assert sizes[-1] - sizes[1] < 4_096, sizes
