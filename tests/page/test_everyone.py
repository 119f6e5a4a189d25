"""For everyone: any width, the keyboard alone, the keys told, light and dark as one likes."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from support.browser import Visitor, visiting

CASES = "項番,テスト項目,期待結果\nA-1,ログインする,ホームが表示される\nA-2,結果なし,\n".encode()


@pytest.mark.parametrize("width", [360, 720, 1024, 1920])  # 720 is also 1440 at 200 %
def test_at_no_width_anything_lies_beyond_the_edge(browser: Browser, url: str, width: int) -> None:
    with visiting(browser, url, viewport={"width": width, "height": 800}) as visitor:
        page = visitor.page
        visitor.written()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
        visitor.drop("cases.csv", CASES)
        expect(page.get_by_role("heading", name="cases.csv")).to_be_visible()
        assert page.evaluate(wide) == 0
        page.get_by_role("link", name="履歴").click()
        assert page.evaluate(wide) == 0


def test_the_keyboard_alone_leads_from_the_empty_page_to_the_excel_file(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard

    def tab_to(label: str, most: int = 60) -> None:
        for _ in range(most):
            keys.press("Tab")
            if (
                page.evaluate(
                    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"
                )
                .strip()
                .startswith(label)
            ):
                return
        raise AssertionError(f"Tab never came to {label}")

    tab_to("タイトル")
    keys.insert_text("ログインする")
    tab_to("期待結果 1")
    keys.insert_text("「ホーム」が表示される")
    keys.press("Enter")
    keys.insert_text("名前が表示される")
    keys.press("Control+Enter")
    expect(page.get_by_role("article")).to_be_visible()
    keys.press("F8")
    expect(page.locator("td textarea:focus")).to_have_count(1)
    keys.insert_text("値")
    keys.press("Control+Enter")
    expect(page.locator("td textarea:focus")).to_have_value("")  # the new step's, not the one that was filled in
    keys.insert_text("最後に画面を閉じる")
    expect(page.locator("td textarea:focus")).to_have_value("最後に画面を閉じる")
    for _ in range(60):
        keys.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "ダウンロード":
            break
    keys.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    with page.expect_download() as download:
        keys.press("Enter")
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert "最後に画面を閉じる" in [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]


def test_a_question_mark_shows_the_keys_unless_it_is_written(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_label("タイトル").press("?")
    expect(page.get_by_label("タイトル")).to_have_value("?")
    page.get_by_role("heading", name="testgen").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="キーボード操作")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_person_s_own_wish_for_light_or_dark_goes_before_the_system_s(browser: Browser, url: str) -> None:
    with visiting(browser, url, color_scheme="light") as visitor:
        ground = "getComputedStyle(document.body).backgroundColor"
        light = visitor.page.evaluate(ground)
        visitor.button("配色：自動").click()
        visitor.button("配色：ライト").click()
        assert visitor.page.evaluate(ground) != light
        visitor.page.reload()
        expect(visitor.button("配色：ダーク")).to_be_visible()
