"""Watch: a procedure appears while a model writes it, and what can happen on the way."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import Visitor, visiting
from support.cases import JA_ROWS
from support.protocol_server import Answer, ProtocolServer, rows
from support.relay import relayed
from support.service import running

from testgen.config import ServiceConfig

TEXT = "".join(rows(*JA_ROWS))
FIRST = TEXT.index("],[") + 10  # in the middle of the second row


def held(gate: threading.Event, **more: object) -> Answer:
    """The first step, and the second when the gate opens."""
    return Answer([TEXT[:FIRST], TEXT[FIRST:]], hold_before=1, gate=gate, **more)  # type: ignore[arg-type]


@contextmanager
def watching(browser: Browser, *script: Answer, **settings: object) -> Iterator[tuple[Visitor, ProtocolServer]]:
    """A person who has begun a procedure, and the server of the model that writes it."""
    with ProtocolServer(*script) as server:
        config = ServiceConfig(engine="ollama", model="tiny", ollama_base_url=server.url, **settings)  # type: ignore[arg-type]
        with running(config) as url, visiting(browser, url) as visitor:
            visitor.write("ログインする", "ホーム画面が表示される")
            visitor.generate()
            yield visitor, server


def steps(page: Page) -> list[str]:
    return page.locator("tbody td.action .under").all_inner_texts()


def test_steps_appear_while_they_are_written_and_stop_ends_the_model_s_work(browser: Browser) -> None:
    with watching(browser, held(threading.Event())) as (visitor, server):
        page = visitor.page
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.get_by_text("手順を作成しています")).to_be_visible()
        expect(page.get_by_label("タイトル")).to_be_disabled()
        visitor.drop("cases.csv", b"")
        expect(page.get_by_text("作成中です。", exact=False)).to_be_visible()
        visitor.button("停止").click()
        assert server.disconnects.acquire(timeout=30), "the model goes on writing for nobody"
        expect(page.get_by_text("停止しました。", exact=False).first).to_be_visible()
        expect(visitor.cell(1)).to_have_value("ログイン画面を開く")
        expect(page.locator(".chip")).to_be_visible()  # what came was looked at by the review
        visitor.cell(1).fill("サインイン画面を開く")
        server.script[0] = Answer(rows(*JA_ROWS))
        visitor.button("もう一度作成").click()
        expect(page.locator("tbody tr")).to_have_count(2)
        expect(page.locator(".made")).to_contain_text("tiny · ollama")
        expect(page.locator(".engine")).to_have_text("tiny")


def test_a_reset_drops_what_it_says(browser: Browser) -> None:
    gate = threading.Event()
    bad = Answer(rows(JA_ROWS[0], ("", "", "", "")))
    with watching(browser, bad, held(gate)) as (visitor, _):
        expect(visitor.page.locator("tbody tr")).to_have_count(1)
        gate.set()
        expect(visitor.page.locator("article tbody tr")).to_have_count(2)
        assert visitor.actions() == ["ログイン画面を開く", "ログインする"]


def test_a_repaired_step_is_marked(browser: Browser) -> None:
    invented = ("「次へ」を押す", "", "ログイン画面が表示される", "")
    broken, mended = (invented, JA_ROWS[1]), [("ログイン画面を開く", "", "ログイン画面が表示される", "")]
    with watching(browser, Answer(rows(*broken)), Answer(rows(*mended))) as (visitor, _):
        expect(visitor.page.locator("article tbody tr")).to_have_count(2)
        expect(visitor.page.locator("tbody tr").first).to_contain_text("書き直し済み")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(rows(*JA_ROWS), cut_before=8), "モデルサーバーから応答がありません。"),
        (Answer(status=404, error="not found"), "モデルがサーバーにありません。管理者に連絡してください。"),
    ],
    ids=["cut", "no model"],
)
def test_a_problem_is_said_in_the_page_s_language_and_what_came_stays(
    browser: Browser, answer: Answer, said: str
) -> None:
    with watching(browser, answer) as (visitor, _):
        expect(visitor.page.locator(".state.ended.wrong")).to_contain_text(said)
        expect(visitor.button("もう一度作成")).to_be_visible()
        if answer.cut_before:
            expect(visitor.cell(1)).to_have_value("ログイン画面を開く")


def test_after_a_lost_connection_what_came_stays(browser: Browser) -> None:
    with ProtocolServer(held(threading.Event()), Answer(rows(*JA_ROWS))) as server:
        config = ServiceConfig(engine="ollama", model="tiny", ollama_base_url=server.url)
        with running(config) as url, relayed(url) as relay, visiting(browser, relay.url) as visitor:
            visitor.admitted.append("ERR_")
            visitor.write("ログインする", "ホーム画面が表示される")
            visitor.generate()
            expect(visitor.page.locator("tbody tr")).to_have_count(1)
            relay.cut()
            expect(visitor.page.get_by_text("接続が切れました。", exact=False).first).to_be_visible()
            expect(visitor.cell(1)).to_have_value("ログイン画面を開く")
            visitor.button("もう一度作成").click()
            expect(visitor.page.locator("article tbody tr")).to_have_count(2)


def test_a_busy_service_is_asked_again_when_it_said(browser: Browser) -> None:
    gate = threading.Event()
    with watching(browser, held(gate), Answer(rows(*JA_ROWS)), max_concurrency=1, queue_limit=0) as (first, _):
        expect(first.page.locator("tbody tr")).to_have_count(1)
        with visiting(browser, first.url) as second:
            second.admitted.append("503")
            second.write("ログインする", "ホーム画面が表示される")
            second.generate()
            banner = second.page.locator(".banner")
            expect(banner).to_contain_text("秒後に自動で再試行します。")
            gate.set()
            expect(first.page.locator("article tbody tr")).to_have_count(2)
            second.button("今すぐ再試行").click()
            expect(second.page.locator("article tbody tr")).to_have_count(2)
            expect(banner).to_have_count(0)


def test_a_live_region_tells_the_start_and_the_end_and_not_each_step(browser: Browser) -> None:
    with watching(browser, Answer(rows(*JA_ROWS), delay_s=0.02)) as (visitor, _):
        page = visitor.page
        page.evaluate(
            """() => {
                window.said = [];
                const region = document.getElementById("live");
                new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
            }"""
        )
        expect(page.get_by_role("article")).to_be_visible()
        expect(page.locator("#live")).to_have_text("手順を2個作成しました。完成度：実施可")
        assert len(page.evaluate("window.said")) <= 2


def test_other_work_that_is_opened_ends_the_writing_and_is_left_alone(browser: Browser) -> None:
    with watching(browser, Answer(rows(*JA_ROWS)), held(threading.Event())) as (visitor, server):
        page = visitor.page
        expect(page.get_by_role("article")).to_be_visible()
        visitor.drop("cases.csv", "項番,テスト項目,期待結果\nA-1,別のケース,表示される\n".encode())
        expect(page.get_by_text("別のケース")).to_be_visible()  # the file is read, and its view is open
        page.get_by_role("link", name="作成", exact=True).click()
        visitor.button("作成し直す").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        page.get_by_role("link", name="一括作成").click()
        page.get_by_role("button", name="開く: 別のケース").click()
        assert server.disconnects.acquire(timeout=60)
        expect(page.get_by_label("タイトル")).to_have_value("別のケース")
        expect(page.get_by_text("ここに手順が表示されます")).to_be_visible()
        expect(page.locator(".state")).to_have_count(0)
