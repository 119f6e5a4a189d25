"""`POST /v1/batches`: NDJSON in, a line a case out; one line's error is that line's."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.cases import EN, EN_ROWS, EXAMPLES
from support.documents import paragraph, word
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import wait_for
from support.service import running
from support.workbooks import workbook

from testgen.config import ServiceConfig

OUTLINE = ServiceConfig(engine="outline", max_concurrency=2, max_body_bytes=2 << 20)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(OUTLINE) as started:
        yield started


def ndjson(*objects: object) -> bytes:
    return "\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in objects).encode()


def cases(count: int) -> list[dict[str, Any]]:
    return [EN.model_copy(update={"id": f"T-{number}"}).model_dump(mode="json") for number in range(count)]


def lines(answer: httpx.Response) -> Iterator[dict[str, Any]]:
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    return (json.loads(line) for line in answer.text.splitlines())


def test_every_case_has_one_line_with_its_place(url: str) -> None:
    answer = httpx.post(f"{url}/v1/batches", content=ndjson(*cases(12)), timeout=30)
    found = {line["index"]: line for line in lines(answer)}
    assert {index: line["id"] for index, line in found.items()} == {number: f"T-{number}" for number in range(12)}
    assert all(line["procedure"]["steps"] for line in found.values())


def test_a_line_that_is_no_case_is_an_error_line_and_the_others_go_on(url: str) -> None:
    body = ndjson(cases(1)[0], "nonsense", {"id": "x"}, "", [1], cases(1)[0], '{"id": "x", "id": "y"}')
    found = {line["index"]: line for line in lines(httpx.post(f"{url}/v1/batches", content=body, timeout=30))}
    assert [("procedure" in found[index]) for index in range(6)] == [True, False, False, False, True, False]
    assert "duplicate key 'id'" in found[5]["error"]["detail"]
    assert found[1]["error"]["type"] == "urn:testgen:problem:unreadable-input"
    assert {entry["pointer"] for entry in found[2]["error"]["errors"]} == {"/title", "/expected_results"}


def test_a_file_of_any_format_with_cases_can_be_sent(url: str) -> None:
    example = next(path for path in EXAMPLES if path.name == "password-reset.en.yaml")
    [line] = lines(httpx.post(f"{url}/v1/batches?format=yaml", content=example.read_bytes(), timeout=30))
    refused = httpx.post(f"{url}/v1/batches?format=docx", content=b"x")
    empty = httpx.post(f"{url}/v1/batches", content=b"\n\n")
    assert line["id"] == "AUTH-019"
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/format")
    assert (empty.status_code, empty.json()["type"]) == (400, "urn:testgen:problem:unreadable-input")


def test_a_file_can_be_uploaded_in_any_import_format(url: str) -> None:
    sheet = workbook(
        {"S": [["項番", "テスト項目", "期待結果"], ["T-1", "保存", "保存される"], ["T-2", "削除", "削除される"]]}
    )
    found = list(lines(httpx.post(f"{url}/v1/batches", files={"file": ("a.xlsx", sheet)}, timeout=30)))
    listed = list(lines(httpx.post(f"{url}/v1/batches", files={"file": ("a.ndjson", ndjson(*cases(2)))}, timeout=30)))
    none = httpx.post(f"{url}/v1/batches", files={"other": ("a.xlsx", sheet)})
    broken = httpx.post(f"{url}/v1/batches", files={"file": ("a.xlsx", sheet[:500])})
    assert sorted(line["id"] for line in found) == ["T-1", "T-2"]
    assert len(listed) == 2
    assert (none.status_code, none.json()["errors"][0]["pointer"]) == (422, "/file")
    assert broken.status_code == 400
    assert "a.xlsx: is not an Excel workbook" in broken.json()["detail"]


KNOWLEDGE = """screens:
  - {name: 監査ログ, open: 「管理」メニューの「監査ログ」を開く, shows: [ロックの記録]}
"""
LOCKED = {"id": "T-1", "title": "会員のロック", "expected_results": ["監査ログにロックの記録が表示されること"]}
SPECIFICATION = (
    "基本設計書.docx",
    word(paragraph("3.2 ロック条件", "Heading1") + paragraph("5回失敗すると会員をロックする。")),
)


def test_knowledge_and_documents_beside_the_file_are_for_all_of_its_cases(url: str) -> None:
    read = {"name": "manual.md", "passages": [{"place": "ロック", "text": "会員のロックは30分で解ける。"}]}
    parts = [
        ("file", ("cases.ndjson", ndjson(LOCKED, {**LOCKED, "id": "T-2"}))),
        ("glossary", ("glossary.json", b'{"style": {"brackets": "[]"}}')),
        ("knowledge", ("knowledge.yaml", KNOWLEDGE.encode())),
        ("documents", SPECIFICATION),
        ("documents", ("manual.json", json.dumps(read).encode())),
    ]
    found = list(lines(httpx.post(f"{url}/v1/batches", files=parts, timeout=30)))
    assert {line["id"] for line in found} == {"T-1", "T-2"}
    for made in (line["procedure"] for line in found):
        assert "[管理]メニューの[監査ログ]を開く" in {step["action"] for step in made["steps"]}
        assert {used["document"] for used in made["provenance"]["passages"]} == {"基本設計書.docx", "manual.md"}
        assert made["provenance"]["knowledge_sha256"]


def test_a_part_of_the_form_that_is_left_empty_is_none(url: str) -> None:
    def sent(filename: str | None) -> httpx.Response:  # a browser sends a file without a name; curl, a text
        empty = [f'Content-Disposition: form-data; name="{name}"' for name in ("glossary", "knowledge", "documents")]
        if filename is not None:
            empty = [f'{part}; filename="{filename}"' for part in empty]
        cases = f'Content-Disposition: form-data; name="file"; filename="a.ndjson"\r\n\r\n{json.dumps(LOCKED)}'
        body = "".join(f"--b\r\n{part}\r\n" for part in (cases, *(f"{part}\r\n\r\n" for part in empty)))
        head = {"content-type": "multipart/form-data; boundary=b"}
        return httpx.post(f"{url}/v1/batches", content=f"{body}--b--\r\n".encode(), headers=head, timeout=30)

    assert [line["id"] for name in ("", None) for line in lines(sent(name))] == ["T-1", "T-1"]
    assert sent("empty.yaml").json()["errors"][0]["pointer"] == "/glossary"


def test_knowledge_may_be_a_text_of_more_than_a_megabyte(url: str) -> None:
    parts = [
        ("file", ("a.ndjson", ndjson(LOCKED))),
        ("knowledge", (None, f"{KNOWLEDGE}# {'x' * (1 << 20)}\n".encode())),
    ]
    [line] = lines(httpx.post(f"{url}/v1/batches", files=parts, timeout=30))
    assert line["procedure"]["provenance"]["knowledge_sha256"]


def test_a_part_of_the_form_that_is_there_too_often_is_counted(url: str) -> None:
    parts = [("file", ("a.ndjson", ndjson(LOCKED))), *[("knowledge", KNOWLEDGE)] * 3]
    [problem] = httpx.post(f"{url}/v1/batches", files=parts).json()["errors"]
    assert (problem["pointer"], problem["message"]) == ("/knowledge", "is there 3 times: send one")


def test_a_wrong_part_of_the_form_is_named_before_any_case_is_begun(url: str) -> None:
    wrong = {
        "/glossary/terms": [("glossary", "terms: a")],
        "/knowledge/screens/0/name": [("knowledge", "screens: [{open: x}]")],
        "/knowledge/accounts/0": [("knowledge", "accounts: [{name: a, password: b}]")],
        "/knowledge/examples": [("knowledge", "examples: [a.json]")],
        "/knowledge": [("knowledge", KNOWLEDGE), ("knowledge", KNOWLEDGE)],
        "/documents/1": [("documents", SPECIFICATION), ("documents", ("alt.doc", b"\xd0\xcf\x11\xe0"))],
        "/documents/0": [("documents", ("a.json", b"{"))],
        "/documents/0/passages": [("documents", ("a.json", b'{"name": "a"}'))],
        "/documents": [("documents", ("a.md", b"a"))] * 51,
        "/document": [("document", SPECIFICATION)],
    }
    answers = {
        pointer: httpx.post(f"{url}/v1/batches", files=[("file", ("a.ndjson", ndjson(LOCKED))), *parts])
        for pointer, parts in wrong.items()
    }
    assert {pointer: answer.json()["errors"][0]["pointer"] for pointer, answer in answers.items()} == {
        pointer: pointer for pointer in wrong
    }
    assert {answer.status_code for answer in answers.values()} == {400, 422}
    assert "alt.doc" in answers["/documents/1"].json()["detail"]


def test_a_case_that_fails_is_a_problem_document_in_its_line() -> None:
    with ProtocolServer(Answer(rows(*EN_ROWS)), Answer(["nonsense"]), Answer(rows(*EN_ROWS))) as server:
        config = ServiceConfig(
            engine="ollama", model=MODEL, ollama_base_url=server.url, max_concurrency=1, max_attempts=1
        )
        with running(config) as url:
            found = {
                line["index"]: line
                for line in lines(httpx.post(f"{url}/v1/batches", content=ndjson(*cases(3)), timeout=30))
            }
    assert found[1]["error"]["type"] == "urn:testgen:problem:invalid-output"
    assert found[1]["error"]["status"] == 502
    assert "procedure" in found[0]
    assert "procedure" in found[2]


def test_a_client_that_goes_away_stops_the_batch_and_frees_its_place() -> None:
    held = Answer(rows(*EN_ROWS), hold_before=2)
    with ProtocolServer(held) as server:
        config = ServiceConfig(
            engine="ollama", model=MODEL, ollama_base_url=server.url, max_concurrency=2, queue_limit=0
        )
        with running(config) as url:
            with (
                httpx.Client() as client,
                client.stream("POST", f"{url}/v1/batches", content=ndjson(*cases(5)), timeout=60),
            ):
                wait_for(lambda: len(server.requests) == 2, "two cases to run")
                assert httpx.get(f"{url}/v1/info").json()["load"] == {"in_flight": 2, "queued": 0}
            assert server.disconnects.acquire(timeout=30)
            assert server.disconnects.acquire(timeout=30)
            wait_for(
                lambda: httpx.get(f"{url}/v1/info").json()["load"] == {"in_flight": 0, "queued": 0},
                "the place to be free",
            )
    assert len(server.requests) == 2
