"""`POST /v1/documents`, and `documents` in the requests that write and review."""

from collections.abc import Iterator

import httpx
import pytest
from support.documents import paragraph, word
from support.service import running

from testgen.config import ServiceConfig

CASE = {"id": "T-1", "title": "会員のロック", "expected_results": ["「ロックされました」と表示される"]}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(ServiceConfig(engine="outline")) as started:
        yield started


def test_a_document_comes_back_as_passages_that_a_case_may_be_sent_with(url: str) -> None:
    content = word(paragraph("3.2 ロック条件", "Heading1") + paragraph("5回失敗すると「ロックされました」と表示する。"))
    document = httpx.post(f"{url}/v1/documents", params={"name": "基本設計書.docx"}, content=content).json()
    assert document == {
        "name": "基本設計書.docx",
        "passages": [{"place": "3.2 ロック条件", "text": "5回失敗すると「ロックされました」と表示する。"}],
    }
    made = httpx.post(f"{url}/v1/procedures", json={**CASE, "documents": [document]}).json()
    [used] = made["provenance"]["passages"]
    assert (used["document"], used["place"], len(used["sha256"])) == ("基本設計書.docx", "3.2 ロック条件", 64)


def test_a_value_of_a_document_needs_no_other_ground(url: str) -> None:
    step = {
        "action": "「監査ログ」を開く",
        "expected_result": "「ロックされました」と表示される",
        "number": 1,
        "kind": "action",
        "verifies": [1],
    }
    made = {"origin": "imported", "created_at": "2026-01-01T00:00:00Z", "testgen_version": "0"}
    procedure = {"test_case_id": "T-1", "title": "会員のロック", "language": "ja", "steps": [step], "provenance": made}
    document = {"name": "a.md", "passages": [{"place": "監査ログ", "text": "操作が残る。"}]}
    without, with_it = (
        httpx.post(f"{url}/v1/reviews", json={"procedure": procedure, "test_case": CASE, **more}).json()["findings"]
        for more in ({}, {"documents": [document]})
    )
    assert "ungrounded-value" in {finding["rule"] for finding in without}
    assert "ungrounded-value" not in {finding["rule"] for finding in with_it}


@pytest.mark.parametrize(
    ("content", "says"), [(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as .docx"), (b"", "is empty")]
)
def test_what_cannot_be_read_is_a_problem_document(url: str, content: bytes, says: str) -> None:
    answer = httpx.post(f"{url}/v1/documents", params={"name": "old.doc"}, content=content)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert says in answer.json()["detail"]
