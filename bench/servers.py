"""The servers that parts of the bench measure, each in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support import real_ollama
from support.process import Service, serving
from support.real_ollama import free_port, wait_for

from bench.environments import environment, tools
from bench.upstream import MODEL

ROOT = Path(__file__).parents[1]


@contextmanager
def upstream(rate: float, longer: int = 1) -> Iterator[str]:
    """The model's server of `bench.upstream`."""
    command = [sys.executable, "-m", "bench.upstream", str(rate), str(longer)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)


def settings(url: str, model: str = MODEL) -> dict[str, str]:
    """Of a service with a place for each request."""
    return {
        "TESTGEN_ENGINE": "ollama",
        "TESTGEN_MODEL": model,
        "TESTGEN_OLLAMA_BASE_URL": url,
        "TESTGEN_MAX_CONCURRENCY": "64",
        "TESTGEN_QUEUE_LIMIT": "200",
        "TESTGEN_LOG_LEVEL": "WARNING",
    }


@contextmanager
def testgen(url: str, **more: str) -> Iterator[Service]:
    """The service, drafting with the model's server at `url`."""
    with serving(**settings(url) | more) as service:
        yield service


@contextmanager
def bare(url: str) -> Iterator[tuple[str, int]]:
    """`bench.bare`: its address and process."""
    port = free_port()
    with _running([sys.executable, "-m", "bench.bare", url, str(port)], f"http://127.0.0.1:{port}", "/healthz") as pid:
        yield f"http://127.0.0.1:{port}/", pid


@contextmanager
def least(url: str) -> Iterator[tuple[str, int]]:
    """`bench.least`: its address and process."""
    port = free_port()
    command = [sys.executable, "-m", "bench.least", url, str(port)]
    with _running(command, f"http://127.0.0.1:{port}", "/healthz") as pid:
        yield f"http://127.0.0.1:{port}", pid


@contextmanager
def litellm(models: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """LiteLLM's proxy with a model for each name and model's server: its address and process.

    Raises:
        MissingError: it cannot be installed.
    """
    program, port = environment("litellm") / "litellm", free_port()
    listed = [
        {"model_name": name, "litellm_params": {"model": f"ollama_chat/{MODEL}", "api_base": url}}
        for name, url in models.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yaml"
        config.write_text(json.dumps({"model_list": listed, "general_settings": {"master_key": "sk-bench"}}))
        command = [str(program), "--config", str(config), "--port", str(port), "--host", "127.0.0.1"]
        url = f"http://127.0.0.1:{port}"
        quiet = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOG": "ERROR", "NO_PROXY": "127.0.0.1"}
        with _running(command, url, "/health/liveliness", folder, **quiet) as pid:
            yield url, pid


@contextmanager
def _running(command: list[str], url: str, alive: str, folder: str | Path = ROOT, **environ: str) -> Iterator[int]:
    process = subprocess.Popen(
        command, env={**os.environ, **environ}, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: process.poll() is not None or httpx.get(url + alive).status_code == 200, command[0], 120)
        assert process.poll() is None, f"{command[0]} ended by itself"
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def real_model(**environ: str) -> Iterator[tuple[str, Path]]:
    """The real Ollama server with the small test model: its address and its log.

    Raises:
        MissingError: `make tools` has not built it.
    """
    folder = tools("ollama", "the real Ollama server with its small model")
    with tempfile.TemporaryDirectory() as home, real_ollama.serving(folder, Path(home), **environ) as url:
        real_ollama.create_model(folder, url, Path(home))
        yield url, Path(home) / "server.log"


@contextmanager
def tokenizer() -> Iterator[str]:
    """llama.cpp's own server with the same model, for its tokenizer; yields its address.

    Raises:
        MissingError: `make tools` has not built it.
    """
    folder, port = tools("ollama", "the real model's tokenizer"), free_port()
    command = [str(folder / "lib/ollama/llama-server"), "-m", str(folder / "model.gguf"), "--jinja"]
    url = f"http://127.0.0.1:{port}"
    with _running([*command, "--host", "127.0.0.1", "--port", str(port), "-c", "4096"], url, "/health"):
        yield url
