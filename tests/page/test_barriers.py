"""axe-core finds nothing at level AA (WCAG 2.2) on any view, in light and in dark."""

import hashlib
import threading
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import Visitor, visiting
from support.cases import JA_ROWS
from support.protocol_server import Answer, ProtocolServer, rows
from support.service import running
from support.tools import tool_folder

from testgen.config import ServiceConfig, ServiceSecrets

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CASES = "項番,テスト項目,期待結果\nA-1,ログインする,ホームが表示される\nA-2,結果なし,\n".encode()


@pytest.fixture(scope="module")
def axe() -> str:
    return (tool_folder("page") / "node_modules/axe-core/package/axe.min.js").read_text(encoding="utf-8")


def barriers(page: Page, axe: str) -> list[str]:
    """What axe-core finds at level AA, by rule and element."""
    page.evaluate(axe)  # as the browser's own tools do: the page's policy admits no script of a test
    found = page.evaluate("tags => axe.run(document, { runOnly: tags })", TAGS)
    assert len(found["passes"]) > 10, "it has looked"
    return [f"{entry['id']}: {node['html'][:160]}" for entry in found["violations"] for node in entry["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_has_a_barrier(browser: Browser, url: str, axe: str, scheme: str) -> None:
    with visiting(browser, url, color_scheme=scheme, reduced_motion="reduce") as visitor:
        page = visitor.page
        found = {"empty": barriers(page, axe)}
        visitor.generate()
        found["faults"] = barriers(page, axe)
        visitor.written()
        visitor.cell(1).fill("画面を適切に開く")
        expect(page.locator("td.action .notes")).to_be_visible()
        visitor.cell(3, "検証").fill("")
        visitor.cell(3, "検証").press("Enter")
        visitor.cell(1).focus()
        found["procedure"] = barriers(page, axe)
        page.get_by_role("button", name="手順1の操作メニュー").click()
        found["menu"] = barriers(page, axe)
        page.keyboard.press("Escape")
        for name, opener in (("help", "キーボード操作"), ("paste", "貼り付けて入力")):
            visitor.button(opener).click()
            found[name] = barriers(page, axe)
            page.keyboard.press("Escape")
        page.emulate_media(media="print")
        found["print"] = barriers(page, axe)
        page.emulate_media(media="screen")
        page.get_by_role("link", name="一括作成").click()
        found["drop"] = barriers(page, axe)
        visitor.drop("cases.csv", CASES)
        visitor.button("選択したケースの手順を作成").click()
        expect(page.locator(".done .chip")).to_have_count(1)
        found["batch"] = barriers(page, axe)
        page.get_by_role("link", name="履歴").click()
        expect(page.locator(".kept li")).to_have_count(2)
        found["history"] = barriers(page, axe)
        visitor.button("すべて削除").click()
        found["forget"] = barriers(page, axe)
        assert {view: faults for view, faults in found.items() if faults} == {}
        assert len(found) == 11


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_of_a_model_at_work_has_a_barrier(browser: Browser, axe: str, scheme: str) -> None:
    """The key, the waiting, the steps that come, the stop, a step written again, a failure."""
    text, others, asked = "".join(rows(*JA_ROWS)), threading.Event(), threading.Event()
    streamed = Answer([text[: end(text)], text[end(text) :]], hold_before=1, gate=asked)
    again = Answer(rows(("「サインイン」を押す", "", "ホーム画面が表示される", "1")))
    busy = Answer([text[:9], text[9:]], hold_before=1, gate=others)
    config = {"engine": "ollama", "model": "tiny", "require_api_key": True, "max_concurrency": 1, "queue_limit": 0}
    secrets = ServiceSecrets(api_keys={"qa": hashlib.sha256(b"right").hexdigest()})
    with ProtocolServer(busy, streamed, again, Answer(status=404, error="not found")) as server:
        settings = ServiceConfig(**config, ollama_base_url=server.url)  # type: ignore[arg-type]
        with (
            running(settings, secrets=secrets) as url,
            visiting(browser, url, color_scheme=scheme, reduced_motion="reduce") as visitor,
        ):
            found = watched(visitor, axe, Other(url, others, server))
    assert {view: faults for view, faults in found.items() if faults} == {}
    assert len(found) == 7


@dataclass
class Other:
    """Somebody else, whom the service works for until the gate opens."""

    url: str
    gate: threading.Event
    server: ProtocolServer

    def begin(self) -> None:
        case = {"id": "A", "title": "ログインする", "expected_results": ["ホームが表示される"]}
        self.thread = threading.Thread(
            target=httpx.post,
            args=(f"{self.url}/v1/procedures",),
            kwargs={"json": case, "headers": {"X-API-Key": "right"}, "timeout": 120},
        )
        self.thread.start()
        while not self.server.requests:
            self.thread.join(0.02)

    def end(self) -> None:
        self.gate.set()
        self.thread.join()


def end(text: str) -> int:
    """The middle of the second row."""
    return text.index("],[") + 10


def watched(visitor: Visitor, axe: str, other: Other) -> dict[str, list[str]]:
    """The barriers of each view, from the first request to a failure."""
    page, found = visitor.page, dict[str, list[str]]()
    visitor.admitted += ["401", "503"]
    other.begin()
    visitor.write("ログインする", "ホーム画面が表示される")
    visitor.generate()
    page.get_by_role("dialog").get_by_label("API キー", exact=True).fill("right")
    found["key"] = barriers(page, axe)
    page.keyboard.press("Enter")
    expect(page.locator(".banner")).to_contain_text("秒後に自動で再試行します。")
    found["waiting"] = barriers(page, axe)
    other.end()
    expect(page.locator("tbody tr")).to_have_count(1)
    found["streaming"] = barriers(page, axe)
    visitor.button("停止").click()
    expect(page.locator(".chip")).to_be_visible()
    found["stopped"] = barriers(page, axe)
    visitor.cell(1).focus()
    page.keyboard.press("Alt+r")
    found["instruction"] = barriers(page, axe)
    page.get_by_role("dialog").get_by_role("button", name="書き直す").click()
    expect(page.get_by_role("dialog")).to_contain_text("変更後")
    found["rewritten"] = barriers(page, axe)
    page.keyboard.press("Escape")
    visitor.button("もう一度作成").click()
    expect(page.locator(".state.ended.wrong")).to_contain_text("モデルがサーバーにありません。")
    found["failed"] = barriers(page, axe)
    return found
