"""Slow and rude clients hold nothing that others need: a socket, a place, the log."""

import json
import resource
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

import httpx
import pytest
from support.cases import EN, EN_ROWS
from support.process import Health, Service, serving
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import wait_for
from support.service import running

from testgen.config import ServiceConfig

CASE = EN.model_dump(mode="json")
HEAD = b"POST /v1/procedures HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


def load(url: str) -> int:
    """Generations that run or wait."""
    found = httpx.get(f"{url}/v1/info").json()["load"]
    return int(found["in_flight"] + found["queued"])


def connect(service: Service | str) -> socket.socket:
    url = service if isinstance(service, str) else service.url
    return socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=30)


def closed_after(client: socket.socket, piece: bytes, limit_s: float) -> float:
    """Sends a piece every 0.1 s until the other side closes; the seconds that it took."""
    began = time.monotonic()
    client.settimeout(0.1)
    while time.monotonic() - began < limit_s:
        try:
            if piece:
                client.sendall(piece)
            if client.recv(65536) == b"":
                return time.monotonic() - began
        except TimeoutError:
            continue
        except ConnectionError:
            return time.monotonic() - began
    raise AssertionError(f"still connected after {limit_s} s")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds of a head and of a body, short enough for a test."""
    monkeypatch.setattr("testgen.api.connection.HEAD_S", 1.0)
    monkeypatch.setattr("testgen.api.bodies.PATIENCE_S", 1.0)
    monkeypatch.setattr("testgen.api.middleware.DRAINED_S", 1.0)


class TestTime:
    @pytest.mark.parametrize("piece", [b"", b"X-A: b\r\n"], ids=["nothing", "a trickle"])
    def test_a_head_has_its_time(self, quick: None, piece: bytes) -> None:
        with running(ServiceConfig(engine="outline")) as url, connect(url) as client:
            client.sendall(b"GET /healthz HTTP/1.1\r\n" if piece else b"")
            assert closed_after(client, piece, 10) >= 0.9

    def test_so_has_the_head_of_the_next_request(self, quick: None) -> None:
        with running(ServiceConfig(engine="outline")) as url, connect(url) as client:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert b"200" in client.recv(65536)
            time.sleep(1.5)  # an idle connection is kept: browsers and load balancers count on it
            client.sendall(b"GET /healthz HTTP/1.1\r\n")
            assert closed_after(client, b"X-A: b\r\n", 10) >= 0.9

    def test_a_body_that_trickles_is_answered_and_cut(self, quick: None) -> None:
        with running(ServiceConfig(engine="outline")) as url, connect(url) as client:
            client.sendall(HEAD + b"Content-Length: 100000\r\n\r\n")
            answer, began = b"", time.monotonic()
            client.settimeout(0.1)
            while b"\r\n\r\n" not in answer and time.monotonic() - began < 10:
                client.sendall(b" ")
                try:
                    answer += client.recv(65536)
                except TimeoutError:
                    continue
            assert answer.startswith(b"HTTP/1.1 408 ")
            closed_after(client, b" ", 10)

    def test_a_body_at_the_pace_of_a_bad_line_is_taken(self, quick: None) -> None:
        body = json.dumps({**CASE, "specification": "It is saved. " * 400}).encode()
        with running(ServiceConfig(engine="outline")) as url, connect(url) as client:
            client.sendall(HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
            for start in range(0, len(body), 400):
                client.sendall(body[start : start + 400])
                time.sleep(0.2)
            assert client.recv(65536).startswith(b"HTTP/1.1 200 ")

    def test_a_body_that_began_fast_and_pauses_is_cut_all_the_same(self, quick: None) -> None:
        """Nearly a megabyte at once earned a quarter of an hour, and a thousand such clients held a gigabyte."""
        with running(ServiceConfig(engine="outline")) as url, connect(url) as client:
            client.sendall(HEAD + b"Content-Length: 1000000\r\n\r\n" + b" " * 999_000)
            assert client.recv(65536).startswith(b"HTTP/1.1 408 ")

    def test_bodies_that_nobody_finishes_hold_no_more_together_than_they_may(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("testgen.api.bodies.MOST_TOGETHER", 4 * 2**20)
        with running(ServiceConfig(engine="outline")) as url, ExitStack() as stack:
            clients = [stack.enter_context(connect(url)) for _ in range(6)]
            for client in clients:
                client.sendall(HEAD + b"Content-Length: 1000000\r\n\r\n" + b" " * 999_000)
            for client in clients[:2]:  # have been on their way for the longest time
                answer = client.recv(65536)
                assert answer.startswith(b"HTTP/1.1 503 ")
                assert b"retry-after: 10" in answer.lower()
            assert httpx.post(f"{url}/v1/procedures", json=CASE).status_code == 200
            body = json.dumps(CASE).encode()
            clients[-1].sendall(body.rjust(1_000_000)[999_000:])
            assert clients[-1].recv(65536).startswith(b"HTTP/1.1 200 ")


class TestCrumbs:
    """A chunk costs the event loop a turn, however small it is: a megabyte of them a byte each held up a health check for a second."""

    def answer(self, url: str, size: int, count: int) -> bytes:
        text = json.dumps({**CASE, "custom": {"note": "x" * (size * count - 200)}}).encode()
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
        with connect(url) as client:
            client.sendall(HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + body)
            return client.makefile("rb").read()

    def test_a_body_in_crumbs_is_refused_after_the_first_of_them(self) -> None:
        with running(ServiceConfig(engine="outline")) as url:
            refused = self.answer(url, 1, 2_000)
            assert httpx.get(f"{url}/healthz").status_code == 200
        assert refused.startswith(b"HTTP/1.1 400 ")
        assert b"in chunks of a few bytes" in refused

    @pytest.mark.parametrize(("size", "count"), [(1, 600), (100, 5_000)])
    def test_a_few_small_chunks_and_many_of_a_line_each_are_taken(self, size: int, count: int) -> None:
        with running(ServiceConfig(engine="outline")) as url:
            assert self.answer(url, size, count).startswith(b"HTTP/1.1 200 ")


class TestReaders:
    """Each line of the answers carries a long text of the team's own, so that few cases fill what the kernel buffers."""

    def start(self, url: str, cases: int, characters: int) -> socket.socket:
        case = {**CASE, "custom": {"note": "x" * characters}}
        body = "\n".join(json.dumps({**case, "id": f"T-{number}"}) for number in range(cases)).encode()
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", int(url.rpartition(":")[2])))
        head = b"POST /v1/batches HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\n"
        client.sendall(head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        return client

    def test_finished_batches_that_nobody_reads_hold_no_place(self) -> None:
        config = ServiceConfig(engine="outline", max_concurrency=1, queue_limit=1)
        with running(config) as url, self.start(url, 20, 40_000) as one, self.start(url, 20, 40_000) as other:
            for client in (one, other):
                client.settimeout(60)
                assert client.recv(1), "its answer has begun, and nobody reads on"
            wait_for(lambda: httpx.post(f"{url}/v1/procedures", json=CASE).status_code == 200, "a free place", 120)

    def test_a_reader_who_stalls_is_dropped_with_all_that_waited_for_him(self) -> None:
        config = ServiceConfig(engine="outline", request_timeout_s=3, max_body_bytes=50_000_000)
        with running(config) as url, self.start(url, 150, 100_000) as client:
            wait_for(lambda: load(url) > 0, "the batch")
            wait_for(lambda: load(url) == 0, "his place to be free", 60)
            client.settimeout(3)
            got = bytearray()
            with suppress(OSError):  # reset, or what the kernel still has comes slowly
                while piece := client.recv(2**20):
                    got += piece
            assert got.count(b'"index"') < 150, "the stream was cut, not finished"


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("procedures", "application/json"),
        ("reviews", "application/json"),
        ("batches", "application/x-ndjson"),
        ("batches", "multipart/form-data; boundary=x"),
        ("imports/xlsx", "application/octet-stream"),
        ("imports/csv", "multipart/form-data; boundary=x"),
    ],
)
def test_a_client_that_leaves_while_it_sends_is_no_error_of_ours(
    path: str, content_type: str, logged: Callable[[], list[dict[str, object]]]
) -> None:
    """Each closed tab would ring the operators, whose alarm counts errors and answers of 500."""
    with running(ServiceConfig(engine="outline")) as url:
        with connect(url) as client:
            client.sendall(
                f"POST /v1/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {content_type}\r\nContent-Length: 1000\r\n\r\n--x\r\n".encode()
            )
            time.sleep(0.1)
        assert httpx.get(f"{url}/v1/info").status_code == 200
    lines = logged()
    assert [line["event"] for line in lines if line["level"] not in ("info", "debug")] == []
    assert {line["path"]: line["status"] for line in lines if line["event"] == "request"} == {
        f"/v1/{path}": 499,
        "/v1/info": 200,
    }


def test_a_process_lets_all_of_them_go_and_answers_others_meanwhile() -> None:
    """With the bounds that it really has, all at the same time."""
    begun = (b"", b"GET /healthz HTTP/1.1\r\n", HEAD + b"Content-Length: 100000\r\n\r\n ", HEAD + b"Content-Length: 1000000\r\n\r\n" + b" " * 999_000)  # fmt: skip
    with serving() as service, ExitStack() as stack:
        clients = [stack.enter_context(connect(service)) for _ in begun]
        started = time.monotonic()
        for client, data in zip(clients, begun, strict=True):
            client.sendall(data)
        with Health(service.url) as health:
            for client in clients:
                closed_after(client, b"", 60)
        assert time.monotonic() - started >= 9, "an honest client has its time"
        assert not health.failed
        assert service.post("/v1/procedures", json=CASE).status_code == 200


def test_idle_connections_leave_descriptors_for_health_checks_and_write_no_log() -> None:
    with serving(descriptors=64) as service, ExitStack() as stack:
        for _ in range(120):
            stack.enter_context(connect(service))
        began, answered = time.monotonic(), 0
        while time.monotonic() - began < 3:
            answered += httpx.get(f"{service.url}/healthz", timeout=30).status_code == 200
            time.sleep(0.05)
        assert httpx.post(f"{service.url}/v1/procedures", json=CASE, timeout=20).status_code == 200
        assert answered >= 5
        assert len(service.output) < 50_000


def test_requests_that_run_are_not_cut_for_new_ones() -> None:
    held = Answer(rows(*EN_ROWS), hold_before=0)
    with ProtocolServer(held) as server:
        settings = {"TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": MODEL, "TESTGEN_OLLAMA_BASE_URL": server.url}
        with serving(descriptors=64, **settings) as service, connect(service) as client, ExitStack() as stack:
            body = json.dumps(CASE).encode()
            client.sendall(HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            wait_for(lambda: len(server.requests) == 1, "the model to be at work")
            for _ in range(80):
                stack.enter_context(connect(service))
            held.gate.set()
            assert client.recv(65536).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("megabytes", [2, 5, 20])
def test_a_body_that_is_too_large_is_refused_so_that_urllib_can_read_it(megabytes: int) -> None:
    with running(ServiceConfig(engine="outline")) as url:
        for _ in range(3):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(
                    urllib.request.Request(f"{url}/v1/procedures", data=b"x" * (megabytes * 2**20)), timeout=30
                )
            assert refused.value.code == 413
            assert json.loads(refused.value.read())["type"] == "urn:testgen:problem:body-too-large"
            refused.value.close()


def test_every_early_answer_can_be_read_by_who_sends_first() -> None:
    body = b"x" * (8 * 2**20)

    def status(url: str, **headers: str) -> int:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(url, data=body, headers=headers), timeout=30)
        refused.value.close()
        return refused.value.code

    with running(ServiceConfig(engine="outline", require_api_key=False)) as url:
        assert status(f"{url}/nothing") == 413
        assert status(f"{url}/v1/procedures", Host="attacker.example") == 421
        assert status(f"{url}/v1/procedures", Origin="https://attacker.example") == 403


def test_a_body_without_end_is_drained_for_a_while_only(quick: None) -> None:
    with running(ServiceConfig(engine="outline")) as url, connect(url) as client:
        client.sendall(HEAD + b"Content-Length: 99999999999\r\n\r\n")
        assert client.recv(65536).startswith(b"HTTP/1.1 413 ")
        closed_after(client, b"x", 10)


class TestRetryAfter:
    def overloaded(self, url: str) -> int:
        answer = httpx.post(f"{url}/v1/procedures", json=CASE)
        assert answer.status_code == 503
        return int(answer.headers["retry-after"])

    def test_says_what_those_who_run_will_take(self) -> None:
        """Generations of a second or so, eight in the queue: the next place is free within a few seconds, and not in forty."""
        slow = Answer(rows(*EN_ROWS), delay_s=0.02)
        held = Answer(rows(*EN_ROWS), hold_before=0)
        with ProtocolServer(slow) as server:
            settings: dict[str, Any] = {"engine": "ollama", "model": MODEL, "ollama_base_url": server.url}
            with running(ServiceConfig(**settings, max_concurrency=1, queue_limit=1)) as url:
                for _ in range(2):
                    assert httpx.post(f"{url}/v1/procedures", json=CASE, timeout=30).status_code == 200
                server.script = [held]
                body = json.dumps(CASE).encode()
                with connect(url) as first, connect(url) as second:
                    for client in (first, second):
                        client.sendall(HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
                    wait_for(lambda: load(url) == 2, "a full service")
                    assert 1 <= self.overloaded(url) <= 10
                    held.gate.set()
                    wait_for(lambda: load(url) == 0, "an idle service")  # nothing is under way when it ends


def test_the_soft_limit_of_files_is_raised_to_what_the_system_allows() -> None:
    with running(ServiceConfig(engine="outline")):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft >= min(hard, 2000)
