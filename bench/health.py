"""The health endpoint under each attack that the tests know: harmful bodies and files, a model's server that fails, rude clients.

python -m bench.health [SECONDS]     of each attack (2); prints the 99th percentile of the waits
"""

import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.attacks import BODIES, FILES
from support.cases import EN
from support.engine_faults import FAULTS
from support.process import Health, Service, serving
from support.protocol_server import MODEL, ProtocolServer
from support.workbook_bombs import HARMFUL

CLIENTS, FEWEST = 4, 100  # waits that a percentile is taken of
BOUND_MS = 100
CASE = EN.model_dump(mode="json")
HEAD = b"POST /v1/procedures HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


@dataclass(frozen=True)
class Attack:
    """`once` is done by several clients at once, again and again."""

    name: str
    once: Callable[[], object]


def send(service: Service, path: str, content: bytes, kind: str = "application/octet-stream") -> int:
    """Sends it; the status of the answer, 0 where there is none in time."""
    with suppress(httpx.HTTPError):
        return service.post(path, content=content, headers={"Content-Type": kind}, timeout=120).status_code
    return 0


def work(service: Service) -> Iterator[Attack]:
    """Bodies, files, workbooks."""
    for name, (path, body) in BODIES.items():
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        yield Attack(name, lambda path=path, content=content: send(service, path, content, "application/json"))  # type: ignore[misc]
    for name, (source, content) in FILES.items():
        yield Attack(name, lambda source=source, content=content: send(service, f"/v1/imports/{source}", content))  # type: ignore[misc]
    for name, (make, _) in HARMFUL.items():
        content = make()
        yield Attack(f"workbook: {name}", lambda content=content: send(service, "/v1/imports/xlsx", content))  # type: ignore[misc]


def rude(service: Service) -> Iterator[Attack]:
    """Clients that hold on to what they have, a hundred at once for each of ours; and some that come and go."""

    def held(data: bytes, count: int = 100, seconds: float = 1.0) -> None:
        with ExitStack() as stack:
            for _ in range(count):
                client = stack.enter_context(socket.create_connection(("127.0.0.1", service.port), timeout=30))
                client.sendall(data)
            time.sleep(seconds)

    def too_many() -> None:
        for _ in range(10):
            send(service, "/v1/procedures", json.dumps(CASE).encode(), "application/json")

    large = HEAD + b"Content-Length: 1000000\r\n\r\n" + b" " * 500_000
    yield Attack("idle connections", lambda: held(b""))
    yield Attack("half a head", lambda: held(b"GET /healthz HTTP/1.1\r\n"))
    yield Attack("half a body", lambda: held(HEAD + b"Content-Length: 100000\r\n\r\n{"))
    yield Attack("large bodies that stop", lambda: held(large, 20))
    # 400 a second from all clients together. As fast as four threads can (2,000 a second and more) fills a processor by
    # accepting alone: floods of connections are for the load balancer.
    yield Attack("requests that leave", lambda: held(HEAD + b"Content-Length: 2\r\n\r\n{}", 20, 0.2))
    yield Attack("ten times too many", too_many)


def engine(service: Service, server: ProtocolServer) -> Iterator[Attack]:
    """What a model's server does."""
    for name, fault in FAULTS.items():

        def once(fault=fault) -> None:  # type: ignore[no-untyped-def]
            body = json.dumps({**CASE, **(fault.case or {})}).encode()
            send(service, f"/v1/procedures?engine={fault.engine}", body, "application/json")

        server.script = [fault.answer]
        with fault.begun(server):
            yield Attack(f"engine: {name}", once)


def watch(service: Service, attack: Attack, seconds: float) -> float:
    """Attacks for so long, prints how the health endpoint answered meanwhile; its 99th percentile in ms."""
    until = time.monotonic() + seconds

    def again() -> None:
        while time.monotonic() < until or len(health.waits) < FEWEST:
            attack.once()

    with Health(service.url) as health, ThreadPoolExecutor(CLIENTS) as clients:
        for future in [clients.submit(again) for _ in range(CLIENTS)]:
            future.result()
    p99, slowest = (1000 * value for value in (health.percentile(0.99), health.slowest))
    print(
        f"{attack.name:<44} p99 {p99:5.0f} ms, slowest {slowest:5.0f} ms, failed {len(health.failed)}, of {len(health.waits)}",
        flush=True,
    )
    return p99


def run(seconds: float) -> None:
    """All attacks, one after the other."""
    found: list[float] = []
    with serving() as service:
        for attack in (*work(service), *rude(service)):
            found.append(watch(service, attack, seconds))
    with ProtocolServer() as server:
        settings = {
            "TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": MODEL, "TESTGEN_OLLAMA_BASE_URL": server.url,
            "TESTGEN_OPENAI_BASE_URL": "http://no-such-host.invalid/v1",
            "TESTGEN_FIRST_TOKEN_TIMEOUT_S": "1", "TESTGEN_REQUEST_TIMEOUT_S": "3",
        }  # fmt: skip
        with serving(**settings) as service:
            found += [watch(service, attack, seconds) for attack in engine(service, server)]
    over = sum(p99 > BOUND_MS for p99 in found)
    print(f"{len(found)} attacks, {over} with a p99 over {BOUND_MS} ms, the worst {max(found):.0f} ms")
    print(f"load of the machine {os.getloadavg()[0]:.1f} with {os.cpu_count()} processors")


if __name__ == "__main__":
    run(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0)
