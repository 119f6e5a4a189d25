"""What testgen adds to the model: the same prompt sent by httpx, by ChatOllama and by the service, side by side.

python -m bench.added [--litellm PYTHON]      LiteLLM's proxy too, from an environment of its own
"""

import argparse
import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.process import serving
from support.real_ollama import free_port, wait_for

from bench.upstream import MODEL, PIECES, case

AT_ONCE, STEADY = 0.0, 100.0  # pieces a second
ROUNDS = 40


@contextmanager
def upstream(rate: float) -> Iterator[str]:
    """The model's server, in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "bench.upstream", str(rate)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)


def cpu_s(pid: int) -> float:
    """Seconds of processor that a process and its children have used."""
    total = 0.0
    for found in _with_children(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{found}/stat").read_text().rpartition(") ")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _with_children(pid: int) -> list[int]:
    """This bench itself is counted alone: what it measures are its children."""
    direct: list[int] = []
    with contextlib.suppress(OSError):
        direct = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(deeper for each in direct if pid != os.getpid() for deeper in _with_children(each))]


def rss_mb(pid: int) -> float:
    """Megabytes of memory of a process and its children."""
    pages = 0
    for found in _with_children(pid):
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{found}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def direct(client: httpx.AsyncClient, url: str) -> float:
    """The model's server, asked and read by httpx alone; seconds to the end of its first row."""
    started, text, first = time.perf_counter(), "", 0.0
    async with client.stream(
        "POST", f"{url}/api/chat", json={"model": MODEL, "messages": [], "stream": True}
    ) as answer:
        async for line in answer.aiter_lines():
            text += json.loads(line)["message"]["content"]
            if not first and "]" in text:
                first = time.perf_counter() - started
    return first


async def whole(client: httpx.AsyncClient, url: str) -> float:
    """testgen's JSON answer; it has no first step of its own."""
    (await client.post(f"{url}/v1/procedures", json=case())).raise_for_status()
    return 0.0


async def streamed(client: httpx.AsyncClient, url: str) -> float:
    """testgen's events; seconds to the first step."""
    started, first = time.perf_counter(), 0.0
    async with client.stream(
        "POST", f"{url}/v1/procedures", json=case(), headers={"Accept": "text/event-stream"}
    ) as answer:
        async for line in answer.aiter_lines():
            if not first and line.startswith("event: step"):
                first = time.perf_counter() - started
    return first


async def completed(client: httpx.AsyncClient, url: str) -> float:
    """LiteLLM's proxy, by OpenAI's protocol, streamed."""
    asked = {"model": "bench", "messages": [{"role": "user", "content": "x"}], "stream": True}
    started, text, first = time.perf_counter(), "", 0.0
    async with client.stream(
        "POST", f"{url}/v1/chat/completions", json=asked, headers={"Authorization": "Bearer sk-bench"}
    ) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: {"):
                choices = json.loads(line[6:])["choices"]
                text += (choices[0]["delta"].get("content") or "") if choices else ""
                if not first and "]" in text:
                    first = time.perf_counter() - started
    return first


async def chat_ollama(client: httpx.AsyncClient, url: str) -> float:
    """LangChain's ChatOllama in this process, as a script would use it."""
    from langchain_ollama import ChatOllama

    chat, started, text, first = ChatOllama(model=MODEL, base_url=url), time.perf_counter(), "", 0.0
    async for chunk in chat.astream([("user", "x")]):
        text += str(chunk.text)
        if not first and "]" in text:
            first = time.perf_counter() - started
    return first


async def measured(
    work: Callable[[httpx.AsyncClient, str], Awaitable[float]], url: str, pid: int, parallel: int, count: int
) -> dict[str, float]:
    """So many requests, so many at a time: milliseconds a request and to the first step, processor and memory of `pid`."""
    turn, times, firsts = asyncio.Semaphore(parallel), [], []
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
    async with httpx.AsyncClient(timeout=300, trust_env=False, limits=limits) as client:

        async def one() -> None:
            async with turn:
                started = time.perf_counter()
                firsts.append(1000 * await work(client, url))
                times.append(1000 * (time.perf_counter() - started))

        for _ in range(2):
            await one()
        times.clear()
        firsts.clear()
        used, began = cpu_s(pid), time.perf_counter()
        await asyncio.gather(*(one() for _ in range(count)))
        took = time.perf_counter() - began
        used = cpu_s(pid) - used
    times.sort()
    firsts.sort()
    return {
        "p50": times[len(times) // 2],
        "p99": times[int(0.99 * (len(times) - 1))],
        "spread": (times[int(0.9 * (len(times) - 1))] - times[int(0.1 * (len(times) - 1))]) / times[len(times) // 2],
        "first": firsts[len(firsts) // 2],
        "rate": count / took,
        "cpu": 1000 * used / count,
        "rss": rss_mb(pid),
    }  # fmt: skip


@contextmanager
def litellm(python: str, url: str) -> Iterator[tuple[str, int]]:
    """LiteLLM's proxy in an environment and a process of its own."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "config.yaml"
        model = {"model": f"ollama_chat/{MODEL}", "api_base": url}
        settings.write_text(
            json.dumps(
                {
                    "model_list": [{"model_name": "bench", "litellm_params": model}],
                    "general_settings": {"master_key": "sk-bench"},
                }
            )
        )
        command = [
            str(Path(python).parent / "litellm"),
            "--config",
            str(settings),
            "--port",
            str(port),
            "--host",
            "127.0.0.1",
        ]
        quiet = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOG": "ERROR", "NO_PROXY": "127.0.0.1"}
        process = subprocess.Popen(command, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
        try:
            base = f"http://127.0.0.1:{port}"
            wait_for(lambda: httpx.get(f"{base}/health/liveliness").status_code == 200, "LiteLLM", 180)
            yield base, process.pid
        finally:
            process.terminate()
            process.wait(30)


def main() -> None:
    """Prints a table a rate of the upstream: who, how many at a time, and what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--litellm", metavar="PYTHON", help="the interpreter of an environment with litellm[proxy]")
    parser.add_argument("--parallel", type=int, nargs="+", default=[1, 4, 16, 64])
    arguments = parser.parse_args()
    for rate in (AT_ONCE, STEADY):
        print(f"\n{PIECES} pieces {f'at {rate:g} a second' if rate else 'at once'}")
        print(
            f"{'who':<14}{'at a time':>10}{'p50 ms':>9}{'p99 ms':>9}{'first ms':>10}{'req/s':>8}{'CPU ms':>8}{'RSS MB':>8}"
        )
        with ExitStack() as stack:
            model = stack.enter_context(upstream(rate))
            service = stack.enter_context(serving(**settings(model)))
            here = os.getpid()
            subjects = {
                "httpx": (direct, model, here),
                "ChatOllama": (chat_ollama, model, here),
                "testgen JSON": (whole, service.url, service.process.pid),
                "testgen SSE": (streamed, service.url, service.process.pid),
            }
            if arguments.litellm:
                subjects["LiteLLM"] = (completed, *stack.enter_context(litellm(arguments.litellm, model)))
            for parallel in arguments.parallel:
                for name, (work, url, pid) in subjects.items():
                    count = max(parallel, 5) if rate else max(ROUNDS, parallel)
                    row = asyncio.run(measured(work, url, pid, parallel, count))
                    shown = (row[key] for key in ("p50", "p99", "first", "rate", "cpu", "rss"))
                    print(
                        f"{name:<14}{parallel:>10}"
                        + "".join(
                            f"{value:>{width}.1f}" for value, width in zip(shown, (9, 9, 10, 8, 8, 8), strict=True)
                        ),
                        flush=True,
                    )


def settings(url: str) -> dict[str, str]:
    """Of a service with a place for each request."""
    return {
        "TESTGEN_ENGINE": "ollama",
        "TESTGEN_MODEL": MODEL,
        "TESTGEN_OLLAMA_BASE_URL": url,
        "TESTGEN_MAX_CONCURRENCY": "64",
        "TESTGEN_QUEUE_LIMIT": "200",
        "TESTGEN_LOG_LEVEL": "WARNING",
    }


if __name__ == "__main__":
    main()
