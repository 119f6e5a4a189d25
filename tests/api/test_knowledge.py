"""`POST /v1/knowledge`, and `knowledge` in the requests that write and review."""

from collections.abc import Iterator

import httpx
import pytest
from support.service import running

from testgen.config import ServiceConfig

CASE = {
    "id": "T-1",
    "title": "受注",
    "expected_results": ["「保存」を押すと「済」と表示される"],
    "specification": "受注画面で「保存」を押す。",
}
FILE = "screens: [{name: 受注画面, open: メニューの「受注」を押す}]\nexamples: [mine.json]"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(ServiceConfig(engine="outline")) as started:
        yield started


def test_a_file_comes_back_as_what_a_case_may_be_sent_with(url: str) -> None:
    answer = httpx.post(f"{url}/v1/knowledge", content=FILE.encode()).json()
    assert answer == {
        "knowledge": {"screens": [{"name": "受注画面", "open": "メニューの「受注」を押す"}]},
        "left_behind": ["mine.json"],
    }
    made = httpx.post(f"{url}/v1/procedures", json={**CASE, "knowledge": answer["knowledge"]}).json()
    assert [step["action"] for step in made["steps"]] == ["メニューの「受注」を押す", "「保存」を押す"]
    assert made["provenance"]["knowledge_sha256"]
    assert made["findings"] == [], "the labels of the way are no inventions"


@pytest.mark.parametrize(
    ("knowledge", "pointer", "told"),
    [
        ({"accounts": [{"name": "a", "password": "hunter2"}]}, "/knowledge/accounts/0", "looks like a secret"),
        ({"screens": [{"name": "a", "url": "/a"}]}, "/knowledge/screens/0/url", "no such field"),
        ({"examples": ["/etc/passwd"]}, "/knowledge", "put the procedure itself there"),
    ],
)
def test_what_is_wrong_is_named(url: str, knowledge: object, pointer: str, told: str) -> None:
    answer = httpx.post(f"{url}/v1/procedures", json={**CASE, "knowledge": knowledge})
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert told in error["message"]
    assert "hunter2" not in answer.text


@pytest.mark.parametrize("content", [b"accounts: [{name: a, password: hunter2}]", b"screens: [", b"", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_used_is_a_problem(url: str, content: bytes) -> None:
    answer = httpx.post(f"{url}/v1/knowledge", content=content)
    assert answer.status_code in (400, 422)
    assert "hunter2" not in answer.text
