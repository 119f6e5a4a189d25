"""The real Ollama server with the small test model, where `make tools` has built it."""

import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from support import forks
from support.cases import ROOT
from support.tools import tool_folder

MODEL = "tiny"


def tools_folder() -> Path:
    """The folder with bin/ollama and model.gguf."""
    return tool_folder("ollama")


def free_port() -> int:
    """A port that nobody listens on now, and that the system gives to no outgoing connection until somebody does."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def serving(tools: Path, home: Path, **environment: str) -> Iterator[str]:
    """`ollama serve` on a free port; yields its URL."""
    port = free_port()
    log = (home / "server.log").open("wb")
    variables = {
        **os.environ,
        "HOME": str(home),
        "OLLAMA_HOST": f"127.0.0.1:{port}",
        "OLLAMA_MODELS": str(home / "models"),
        **environment,
    }
    process = subprocess.Popen(
        [str(tools / "bin/ollama"), "serve"], env=variables, stdout=log, stderr=subprocess.STDOUT
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: httpx.get(f"{url}/api/version").status_code == 200, "the Ollama server to answer")
        yield url
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def wait_for(check: object, what: str, timeout_s: float = 180) -> None:
    """Asks until the answer is yes; an httpx error is a no."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        try:
            if check():  # type: ignore[operator]
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    pytest.fail(f"waited {timeout_s:g} s for {what}")


def create_model(tools: Path, url: str, home: Path) -> None:
    """Imports the small model from its file, without a registry."""
    modelfile = home / "Modelfile"
    modelfile.write_text(f"FROM {tools / 'model.gguf'}\n")
    environment = {**os.environ, "HOME": str(home), "OLLAMA_HOST": url.removeprefix("http://")}
    subprocess.run(
        [str(tools / "bin/ollama"), "create", MODEL, "-f", str(modelfile)],
        env=environment,
        check=True,
        capture_output=True,
    )


def run_cli(*arguments: str, folder: Path = ROOT, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command line in a process of its own."""
    return forks.run(arguments, folder, {**os.environ, **environment}, 120)
