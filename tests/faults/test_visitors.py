"""Who may come in: a web page that attacks a browser's user, a guesser of keys, a service without keys."""

import hashlib
import json
import socket
import subprocess

import httpx
import pytest
from support.cases import EN
from support.process import serving
from support.real_ollama import run_cli
from support.service import running

from testgen.config import ServiceConfig, ServiceSecrets

CASE = EN.model_dump(mode="json")
KEY = "tg_0123456789abcdef"
KEYS = {"ci": hashlib.sha256(KEY.encode()).hexdigest()}
SECRETS = ServiceSecrets(api_keys=KEYS)
OUTLINE = ServiceConfig(engine="outline")


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


class TestAPageOfAnotherSite:
    @pytest.mark.parametrize("path", ["/v1/info", "/docs", "/openapi.json", "/healthz", "/"])
    def test_reads_nothing_by_a_name_of_its_own_that_points_here(self, path: str) -> None:
        with running(OUTLINE) as url:
            answer = httpx.get(f"{url}{path}", headers={"Host": "attacker.example"})
        assert problem(answer) == (421, "misdirected-request")

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://attacker.example"},
            {"Origin": "null"},
            {"Origin": "http://127.0.0.1:1"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ],
    )
    def test_starts_nothing_and_reads_nothing(self, headers: dict[str, str]) -> None:
        with running(OUTLINE) as url:
            started = httpx.post(f"{url}/v1/procedures", json=CASE, headers=headers)
            read = httpx.get(f"{url}/v1/info", headers=headers)
            assert httpx.get(f"{url}/docs", headers=headers).status_code == 200, "a link from elsewhere may lead here"
        assert problem(started) == problem(read) == (403, "cross-origin")
        assert "access-control-allow-origin" not in started.headers

    @pytest.mark.parametrize(
        "content_type", ["text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded"]
    )
    @pytest.mark.parametrize("path", ["procedures", "batches", "reviews", "imports/csv", "exports/csv"])
    def test_cannot_send_what_browsers_send_unasked(self, path: str, content_type: str) -> None:
        with running(OUTLINE) as url:
            answer = httpx.post(f"{url}/v1/{path}", content=json.dumps(CASE), headers={"Content-Type": content_type})
        assert problem(answer) == (415, "unsupported-media-type")

    def test_may_call_where_the_settings_admit_it(self) -> None:
        origin = "https://portal.example.com"
        with running(
            OUTLINE.model_copy(update={"allowed_origins": origin, "require_api_key": True}), secrets=SECRETS
        ) as url:
            asked = httpx.options(
                f"{url}/v1/procedures",
                headers={
                    "Origin": origin,
                    "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "x-api-key,content-type",
                },
            )
            answer = httpx.post(
                f"{url}/v1/procedures",
                json=CASE,
                headers={"Origin": origin, "Sec-Fetch-Site": "cross-site", "X-API-Key": KEY},
            )
            other = httpx.post(
                f"{url}/v1/procedures", json=CASE, headers={"Origin": "https://x.example", "X-API-Key": KEY}
            )
        assert (asked.status_code, answer.status_code, other.status_code) == (200, 200, 403)
        assert asked.headers["access-control-allow-origin"] == answer.headers["access-control-allow-origin"] == origin


def test_our_own_page_and_programs_that_are_no_browser_may_call() -> None:
    with running(OUTLINE) as url:
        own = {"Origin": url, "Sec-Fetch-Site": "same-origin"}
        assert httpx.post(f"{url}/v1/procedures", json=CASE, headers=own).status_code == 200
        assert httpx.post(f"{url}/v1/procedures", json=CASE).status_code == 200
        assert httpx.get(f"{url}/v1/info", headers={"Host": f"localhost:{url.rpartition(':')[2]}"}).status_code == 200


def test_a_service_with_names_answers_to_those_and_health_checks_come_by_address() -> None:
    with serving(host="0.0.0.0", TESTGEN_ALLOWED_HOSTS="testgen.example.com, internal-x.elb.amazonaws.com") as service:
        for name in ("testgen.example.com", "Internal-X.elb.amazonaws.com.:80"):
            assert httpx.get(f"{service.url}/v1/info", headers={"Host": name}).status_code == 200
        for name in ("attacker.example", "127.0.0.1", "x.testgen.example.com"):
            assert httpx.get(f"{service.url}/v1/info", headers={"Host": name}).status_code == 421
        assert httpx.get(f"{service.url}/readyz", headers={"Host": "10.0.3.7:8000"}).status_code == 200
        assert httpx.get(f"{service.url}/readyz", headers={"Host": "attacker.example"}).status_code == 421


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("GET", "/healthz", b""),
        ("GET", "/nothing", b""),
        ("DELETE", "/v1/procedures", b""),
        ("POST", "/v1/procedures", b"{}"),
        ("POST", "/v1/procedures", b"x" * 2**21),
        ("GET", "/docs", b""),
    ],
)
def test_every_answer_tells_a_browser_what_not_to_do(method: str, path: str, content: bytes) -> None:
    with running(OUTLINE) as url:
        headers = httpx.request(method, f"{url}{path}", content=content).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers
    assert ("no-store" in headers.get("cache-control", "")) == path.startswith("/v1/")


@pytest.mark.parametrize(("trusted", "proto", "told"), [(1, "https", True), (1, "http", False), (0, "https", False)])
def test_over_https_a_browser_is_told_to_stay_there(trusted: int, proto: str, told: bool) -> None:
    with running(OUTLINE.model_copy(update={"trusted_proxies": trusted})) as url:
        headers = httpx.get(f"{url}/docs", headers={"X-Forwarded-Proto": proto}).headers
    assert ("strict-transport-security" in headers) is told


def test_what_is_no_http_is_answered_alike() -> None:
    with running(OUTLINE) as url, socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as client:
        client.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        answer = client.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 400 ")
    assert "nosniff" in answer
    assert "urn:testgen:problem:bad-request" in answer


def test_a_body_with_two_ends_is_refused_and_nothing_behind_it_is_read() -> None:
    """A proxy in front may go by the length where we go by the chunks, and take what follows for another client's request (RFC 9112, 6.3)."""
    with running(OUTLINE) as url, socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as client:
        client.sendall(
            b"POST /v1/procedures HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 4\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        )
        client.settimeout(10)
        answer = client.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 400 ")
    assert "both a length and chunks" in answer
    assert answer.count("HTTP/1.1 ") == 1


class TestKeys:
    CONFIG = ServiceConfig(engine="outline", require_api_key=True)

    def test_are_checked_before_the_body_is_read(self) -> None:
        """The client sends the head alone and waits: an answer comes although no byte of the body does."""
        with running(self.CONFIG, secrets=SECRETS) as url:
            port = int(url.rpartition(":")[2])
            with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
                client.sendall(
                    b"POST /v1/batches HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
                    b"Content-Type: application/x-ndjson\r\nX-API-Key: wrong\r\n\r\n"
                )
                assert client.recv(4096).startswith(b"HTTP/1.1 401 ")

    def test_are_guessed_a_few_times_and_then_slowly(self) -> None:
        with running(self.CONFIG, secrets=SECRETS) as url, httpx.Client() as client:
            assert client.get(f"{url}/v1/info", headers={"X-API-Key": KEY}).status_code == 200
            answers = [client.get(f"{url}/v1/info", headers={"X-API-Key": f"guess-{number}"}) for number in range(40)]
            counts = {status: sum(answer.status_code == status for answer in answers) for status in (401, 429)}
            assert counts[401] <= 12, "ten at once, and one each five seconds"
            assert counts[429] >= 28
            refused = answers[-1]
            assert problem(refused) == (429, "too-many-attempts")
            assert 1 <= int(refused.headers["retry-after"]) <= 10
            holder = client.get(f"{url}/v1/info", headers={"X-API-Key": KEY})
        assert holder.status_code == 200, "who was let in before is not kept out by a guesser beside him"

    def test_a_guesser_is_logged_by_the_address_that_our_load_balancer_saw(self) -> None:
        with serving(
            TESTGEN_REQUIRE_API_KEY="true", TESTGEN_API_KEYS=json.dumps(KEYS), TESTGEN_TRUSTED_PROXIES="1"
        ) as service:
            forged = {"X-API-Key": "tg_wrong-key", "X-Forwarded-For": "203.0.113.1, 198.51.100.7"}
            assert httpx.get(f"{service.url}/v1/info", headers=forged).status_code == 401
            assert (
                httpx.get(f"{service.url}/v1/info", headers={"X-Forwarded-For": "198.51.100.8:443"}).status_code == 401
            )
            found = [(line["client"], line["reason"]) for line in service.events("auth_failed", 2)]
            assert found == [("198.51.100.7", "unknown key"), ("198.51.100.8", "no key")]
            assert "tg_wrong" not in service.output

    def test_nobody_is_believed_without_a_proxy_of_ours(self) -> None:
        with serving(TESTGEN_REQUIRE_API_KEY="true", TESTGEN_API_KEYS=json.dumps(KEYS)) as service:
            for number in range(12):
                sent = {"X-API-Key": f"guess{number}", "X-Forwarded-For": f"203.0.113.{number}"}
                last = httpx.get(f"{service.url}/v1/info", headers=sent)
            assert last.status_code == 429, "another claimed address is no other guesser"
            assert {line["client"] for line in service.events("auth_failed")} == {"127.0.0.1"}

    def test_that_are_required_and_not_there_keep_the_service_from_starting(self) -> None:
        done = run_cli("serve", "--port", "0", TESTGEN_ENGINE="outline", TESTGEN_REQUIRE_API_KEY="true")
        assert isinstance(done, subprocess.CompletedProcess)
        assert done.returncode == 2
        assert done.stderr.splitlines() == [
            "testgen: require_api_key is on and no API key is known, so nobody could get in; create one with "
            "`testgen api-key NAME`, which says where to put its hash, or turn require_api_key off"
        ]
