"""What the service says of itself is in the language that `Accept-Language` asks for."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.cases import EN
from support.service import running

from testgen.api.reader import preferred
from testgen.config import ServiceConfig

ENGLISH = re.compile(r"[A-Za-z]?[a-z]+(?: [a-z]+){2,}")
JAPANESE = {"Accept-Language": "ja-JP,ja;q=0.9,en;q=0.8"}
CASE = EN.model_dump(mode="json")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(ServiceConfig(engine="outline", max_body_bytes=20_000)) as base:
        yield base


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP,en;q=0.8", "ja"),
        ("en-US,ja;q=0.9", "en"),
        ("de, ja;q=0.5, en;q=0.4", "ja"),
        ("JA", "ja"),
        ("ja;q=0", "en"),
        ("*", "en"),
        ("ja;q=much", "en"),
        ("javanese", "en"),
    ],
)
def test_the_best_of_our_languages_is_taken(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


@pytest.mark.parametrize(
    ("method", "path", "request_options", "kind"),
    [
        ("GET", "/v2/nothing", {}, "not-found"),
        ("GET", "/v1/procedures", {}, "method-not-allowed"),
        ("POST", "/v1/procedures", {"json": {"id": 7, "title": "", "expected_results": [], "x": 1}}, "invalid-input"),
        (
            "POST",
            "/v1/procedures",
            {"content": b"{", "headers": {"Content-Type": "application/json"}},
            "unreadable-input",
        ),
        ("POST", "/v1/procedures?engine=openai", {"json": CASE}, "engine-unavailable"),
        ("POST", "/v1/procedures?engine=nope", {"json": CASE}, "invalid-input"),
        ("POST", "/v1/imports/nope", {"content": b"x"}, "invalid-input"),
        ("POST", "/v1/imports/xlsx", {"content": b"x"}, "unreadable-input"),
        ("POST", "/v1/reviews", {"content": b"x" * 20_001}, "body-too-large"),
        ("POST", "/v1/reviews", {"data": {"a": "b"}}, "unsupported-media-type"),
        ("GET", "/", {"headers": {"Host": "elsewhere"}}, "misdirected-request"),
    ],
)
def test_problems_are_told_in_japanese(url: str, method: str, path: str, request_options: Any, kind: str) -> None:
    headers = {**JAPANESE, **request_options.pop("headers", {})}
    answer = httpx.request(method, url + path, headers=headers, **request_options)
    problem = answer.json()
    assert problem["type"] == f"urn:testgen:problem:{kind}"
    assert (answer.headers["content-language"], answer.headers["vary"]) == ("ja", "Accept-Language")
    told = [problem["title"], problem["detail"], *(error["message"] for error in problem["errors"])]
    assert [text for text in told if ENGLISH.search(text)] == []
    assert problem["detail"].endswith(("。", "）")) or problem["errors"]


def test_lines_of_a_batch_and_what_an_import_skipped_are_too(url: str) -> None:
    lines = httpx.post(f"{url}/v1/batches", headers=JAPANESE, content=b'{"id": 1}\n{').text.splitlines()
    assert all("ありません" in line or "引用符" in line for line in lines)
    sheet = b"ID,Title,Action,Expected\n1,a,b,c\n2,d,,\n"
    skipped = httpx.post(f"{url}/v1/imports/csv", headers=JAPANESE, content=sheet).json()["skipped"]
    assert [entry["reason"] for entry in skipped if ENGLISH.search(entry["reason"])] == []


def test_without_a_wish_it_is_english(url: str) -> None:
    answer = httpx.get(f"{url}/v2/nothing")
    assert (answer.headers["content-language"], answer.json()["title"]) == ("en", "Not Found")
