"""A service that is ended under load, in order or not, and started again at the same address: clients who come back lose nothing, and nothing of
the old process is left."""

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest
from support.cases import EN, EN_ROWS
from support.memory import tree
from support.process import TESTGEN, answers
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import free_port, wait_for

CASE = EN.model_dump(mode="json")
CLIENTS, CASES = 6, 8  # each client sends so many, one after the other


class Client(threading.Thread):
    """Sends each case until it is answered by a procedure; what came instead is counted."""

    def __init__(self, url: str, number: int) -> None:
        super().__init__(daemon=True)
        self._url = url
        self.left = [f"T-{number}-{case}" for case in range(CASES)]
        self.made: list[str] = []
        self.seen: Counter[str] = Counter()
        self.start()

    def run(self) -> None:
        with httpx.Client(base_url=self._url, timeout=20) as client:
            while self.left:
                try:
                    answer = client.post("/v1/procedures", json={**CASE, "id": self.left[0]})
                except httpx.TransportError as error:
                    self.seen[type(error).__name__] += 1
                    time.sleep(0.2)
                    continue
                self.seen[str(answer.status_code)] += 1
                if answer.status_code == 200:
                    self.made.append(answer.json()["test_case_id"])
                    self.left.pop(0)
                else:
                    assert answer.headers["retry-after"]
                    time.sleep(0.2)


def start(port: int, server: ProtocolServer) -> "subprocess.Popen[bytes]":
    settings = {
        "TESTGEN_ENGINE": "ollama",
        "TESTGEN_MODEL": MODEL,
        "TESTGEN_OLLAMA_BASE_URL": server.url,
        "TESTGEN_QUEUE_LIMIT": "2",
    }
    command = [TESTGEN, "serve", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    wait_for(lambda: answers(port), "the service", 120)
    return process


def ends(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids)


@pytest.mark.thorough
def test_clients_who_come_back_lose_nothing() -> None:
    port = free_port()
    with ProtocolServer(Answer(rows(*EN_ROWS), delay_s=0.01)) as server:
        process = start(port, server)
        clients = [Client(f"http://127.0.0.1:{port}", number) for number in range(CLIENTS)]
        try:
            for sent in (signal.SIGTERM, signal.SIGKILL):
                asked = len(server.requests)
                wait_for(lambda asked=asked: len(server.requests) > asked + 4, "work under way", 60)  # type: ignore[misc]
                family = tree(process.pid)
                assert len(family) > 2, "the service, the process that workers come from, and workers"
                process.send_signal(sent)
                assert process.wait(60) in (0, -sent)
                wait_for(lambda family=family: ends(family), "its workers to end", 20)  # type: ignore[misc]
                process = start(port, server)
            for client in clients:
                client.join(120)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
    for client in clients:
        assert not client.left, client.seen
        assert len(client.made) == len(set(client.made)) == CASES
    seen = sum((client.seen for client in clients), Counter[str]())
    assert set(seen) <= {"200", "503", "ConnectError", "ReadError", "RemoteProtocolError"}, seen
