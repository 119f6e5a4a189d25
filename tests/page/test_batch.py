"""Many: a file of cases, chosen, written, opened, taken away; nothing that is done is lost."""

import json
import threading
from io import BytesIO

from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect
from support.browser import Visitor, visiting
from support.cases import JA_ROWS
from support.protocol_server import Answer, ProtocolServer, rows
from support.relay import relayed
from support.service import running

from testgen.config import ServiceConfig

HEADINGS = ["項番", "テスト項目", "前提条件", "期待結果", "社内番号"]


def workbook(*cases: list[str]) -> bytes:
    book, made = Workbook(), BytesIO()
    for row in (HEADINGS, *cases):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(made)
    return made.getvalue()


def csv(count: int) -> bytes:
    lines = [f"A-{number},ケース {number},,ホーム画面が表示される" for number in range(1, count + 1)]
    return "\n".join([",".join(HEADINGS[:4]), *lines]).encode()


def states(page: Page) -> list[str]:
    return page.locator(".case-state").all_inner_texts()


def test_an_excel_file_is_listed_chosen_written_corrected_and_taken_away(visitor: Visitor) -> None:
    page = visitor.page
    cases = [
        ["A-1", "ログインする", "", "ホームが表示される", ""],
        ["A-2", "ログアウトする", "", "ログイン画面が表示される", ""],
    ]
    visitor.drop("cases.xlsx", workbook(*cases, ["A-3", "結果のない行", "", "", ""]))
    expect(page.get_by_role("heading", name="cases.xlsx")).to_be_visible()
    expect(page.locator(".skipped")).to_contain_text("読み込めません")
    page.get_by_label("ログアウトする を選択").uncheck()
    page.get_by_role("button", name="選択したケースの手順を作成").click()
    expect(page.locator(".done .chip")).to_have_count(1)
    assert states(page) == ["完了", "未作成", "読み込めません"]
    page.get_by_role("button", name="開く: ログインする").click()
    visitor.cell(1).fill("トップ画面を開く")
    visitor.kept("rows", "トップ画面を開く")
    page.reload()  # the tab is closed and opened again
    page.get_by_role("link", name="一括作成").click()
    expect(page.locator(".case-state").first).to_have_text("完了")
    with page.expect_download() as download:
        visitor.choose("すべてダウンロード", "JSON")
    assert download.value.suggested_filename == "cases.json"
    made = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert "トップ画面を開く" in json.dumps(made, ensure_ascii=False)


def test_a_batch_is_stopped_lost_and_gone_on_with(browser: Browser) -> None:
    """What is done stays, and is not done twice."""
    text = "".join(rows(*JA_ROWS))
    held = Answer([text[:9], text[9:]], hold_before=1, gate=threading.Event())
    good = Answer(rows(*JA_ROWS))
    with ProtocolServer(good, held, held, good) as server:
        config = ServiceConfig(engine="ollama", model="tiny", ollama_base_url=server.url, max_concurrency=1)
        with running(config) as url, relayed(url) as relay, visiting(browser, relay.url) as visitor:
            visitor.admitted.append("ERR_")
            visitor.drop("cases.csv", csv(3))
            page = visitor.page
            page.get_by_role("button", name="選択したケースの手順を作成").click()
            expect(page.locator(".done")).to_have_count(1)
            visitor.button("停止").click()
            expect(page.get_by_text("停止しました。完了した分は残っています。")).to_be_visible()
            assert states(page) == ["完了", "未作成", "未作成"]
            assert server.disconnects.acquire(timeout=30)
            visitor.button("続きを作成").click()
            expect(page.locator(".sent")).to_have_count(2)
            while len(server.requests) < 3:
                page.wait_for_timeout(20)
            relay.cut()
            expect(page.get_by_text("接続が切れました。", exact=False).first).to_be_visible()
            visitor.button("続きを作成").click()
            expect(page.locator(".done")).to_have_count(3)
            for number in (1, 2, 3):
                visitor.kept("rows", f'"test_case_id":"A-{number}"')
            page.reload()  # the tab is closed and opened again
            expect(page.locator(".done .chip")).to_have_count(3)
            assert "ケース 1" in str(server.requests[0])
            assert not any("ケース 1" in str(request) for request in server.requests[1:])


def test_in_english_too_each_cell_has_room(browser: Browser, url: str) -> None:
    case = "ID,Title,Expected results\nA-1,Nightly totals,The totals agree with the ledger\n"
    with visiting(browser, url, language="en") as visitor:
        visitor.drop("cases.csv", case.encode())
        visitor.button("Write the selected procedures").click()
        chip = visitor.page.locator(".done .chip")
        expect(chip).to_have_text("Skeleton: steps still to write")
        assert chip.evaluate(
            "chip => chip.getBoundingClientRect().right <= chip.parentElement.getBoundingClientRect().right"
        )


def test_five_hundred_cases_stay_smooth(visitor: Visitor) -> None:
    page = visitor.page
    visitor.drop("cases.csv", csv(500))
    expect(page.get_by_role("row")).to_have_count(501)
    page.get_by_role("checkbox", name="すべて選択").uncheck()
    page.get_by_label("ケース 500 を選択").check()
    expect(page.get_by_text("500件中 1件を選択")).to_be_visible()
    drawn = page.evaluate(
        "[...document.querySelectorAll('.case-title')].filter(cell => cell.checkVisibility({ contentVisibilityAuto: true })).length"
    )
    assert drawn < 500, "rows out of sight are not drawn"


def test_a_file_that_is_no_table_is_refused_with_the_remedy(visitor: Visitor) -> None:
    visitor.admitted.append("400")
    visitor.drop("cases.xlsx", b"no workbook")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Excel で開き、.xlsx 形式で保存し直してください")
    expect(visitor.page.get_by_text("ファイルを選ぶ")).to_be_visible()
