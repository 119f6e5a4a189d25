"""Correct: every cell, every step, undo, findings at their place, the review after each change."""

import pytest
from playwright.sync_api import Browser, expect
from support.browser import Visitor, visiting
from support.cases import JA_ROWS
from support.protocol_server import Answer, ProtocolServer, rows
from support.service import running

from testgen.config import ServiceConfig

LOGIN = [
    "ログイン画面を開く",
    "ID と誤パスワードを入力する",
    "「ログイン」を押す。手順2〜3を合計5回行う",
    "ID と正しいパスワードを入力する",
    "「ログイン」を押す",
]


def test_steps_are_added_moved_split_joined_and_deleted_by_key_and_all_is_undone(visitor: Visitor) -> None:
    """What a text says of other steps follows them."""
    visitor.written()
    assert visitor.actions() == LOGIN
    keys = visitor.page.keyboard
    visitor.cell(1).focus()
    keys.press("Control+Enter")
    expect(visitor.cell(2)).to_be_focused()
    keys.insert_text("言語を選ぶ")
    assert visitor.actions()[:4] == [LOGIN[0], "言語を選ぶ", LOGIN[1], "「ログイン」を押す。手順3〜4を合計5回行う"]
    keys.press("Alt+ArrowUp")
    assert visitor.actions()[:2] == ["言語を選ぶ", LOGIN[0]]
    expect(visitor.cell(1)).to_be_focused()
    keys.press("Alt+j")
    assert visitor.actions()[0] == "言語を選ぶ。ログイン画面を開く"
    visitor.cell(1).evaluate("cell => cell.setSelectionRange(6, 6)")
    keys.press("Control+Shift+Enter")
    assert visitor.actions()[:2] == ["言語を選ぶ。", LOGIN[0]]
    visitor.cell(1).focus()
    keys.press("Alt+Delete")
    assert visitor.actions() == LOGIN
    for _ in range(8):
        keys.press("Control+z")
    assert visitor.actions() == []  # before the procedure was written
    for _ in range(8):
        keys.press("Control+y")
    assert visitor.actions() == LOGIN


def test_the_same_by_mouse(visitor: Visitor) -> None:
    visitor.written()
    visitor.choose("手順1の操作メニュー", "下に追加")
    expect(visitor.cell(2)).to_be_focused()
    visitor.choose("手順2の操作メニュー", "削除")
    assert visitor.actions() == LOGIN
    visitor.page.locator("th.number span").nth(4).drag_to(visitor.page.locator("th.number span").nth(0))
    assert visitor.actions()[0] == LOGIN[4]
    visitor.button("元に戻す").click()
    assert visitor.actions() == LOGIN


def test_the_next_open_point_is_selected_and_filling_it_in_makes_the_procedure_ready(visitor: Visitor) -> None:
    visitor.written()
    page = visitor.page
    expect(page.locator(".readiness")).to_contain_text("未記入 1か所（手順4）")
    visitor.button("次の未記入へ").click()
    field = visitor.cell(4, "テストデータ")
    expect(field).to_be_focused()
    page.keyboard.insert_text("Sakura#2026")
    expect(field).to_have_value("tanaka / Sakura#2026")
    expect(page.locator(".readiness .chip")).to_have_text("実施可")  # told by the review
    expect(visitor.button("次の未記入へ")).to_be_disabled()
    expect(page.locator(".made")).to_contain_text("編集済み")


def test_a_finding_is_underlined_at_its_characters_and_told_on_hover_and_focus(visitor: Visitor) -> None:
    """Spans count code points: a character outside of the basic plane is one."""
    visitor.written()
    visitor.cell(1).fill("𠮷野家の画面を適切に開く😀")
    mark = visitor.page.locator("td.action .under .mark").first
    expect(mark).to_have_text("適切に")
    note = visitor.page.locator("td.action .notes").first
    expect(note).to_be_visible()  # the cell has the focus
    described = visitor.cell(1).get_attribute("aria-describedby")
    assert described
    expect(visitor.page.locator(f"#{described}")).to_contain_text("適切に")
    visitor.page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    visitor.cell(5, "期待結果").focus()
    visitor.cell(1).hover()
    expect(note).to_be_visible()


def test_a_result_that_no_step_verifies_is_red(visitor: Visitor) -> None:
    visitor.written()
    page = visitor.page
    results = page.get_by_role("list", name="期待結果と手順の対応").get_by_role("listitem")
    expect(results.nth(0)).to_contain_text("手順3")
    visitor.cell(3, "検証").fill("")
    visitor.cell(3, "検証").press("Enter")
    expect(results.nth(0)).to_contain_text("確認する手順がありません")
    expect(page.locator(".readiness")).to_contain_text("確認する手順がない期待結果 1")
    visitor.cell(3, "検証").fill("１、9")
    visitor.cell(3, "検証").press("Enter")
    expect(visitor.cell(3, "検証")).to_have_value("1")
    expect(results.nth(0)).to_contain_text("手順3")


def test_a_step_without_an_action_is_an_open_point(visitor: Visitor) -> None:
    visitor.written()
    visitor.button("手順を追加").click()
    expect(visitor.page.locator(".readiness")).to_contain_text("（手順4、6）")
    expect(visitor.cell(6)).to_have_attribute("placeholder", "【要記入: 操作】")
    expect(visitor.page.locator(".readiness .chip")).not_to_have_text("実施可")


def test_a_changed_case_is_noticed_and_can_be_taken_over(visitor: Visitor) -> None:
    visitor.written()
    expect(visitor.page.get_by_text("テストケースが変更されています", exact=False)).to_have_count(0)
    visitor.page.get_by_label("タイトル").fill("別のタイトル")
    visitor.button("手順を変えずに変更を反映").click()
    expect(visitor.page.get_by_role("article").get_by_role("heading", level=2)).to_have_text("別のタイトル")
    assert visitor.actions() == LOGIN


@pytest.mark.parametrize("accept", [True, False])
def test_a_step_is_rewritten_only_when_the_change_was_looked_at(browser: Browser, accept: bool) -> None:
    asked = Answer(rows(("「サインイン」を押す", "", "ホーム画面が表示される", "1")))
    with ProtocolServer(Answer(rows(*JA_ROWS)), asked) as server:
        config = ServiceConfig(engine="ollama", model="tiny", ollama_base_url=server.url)
        with running(config) as url, visiting(browser, url) as visitor:
            visitor.write("ログインする", "ホーム画面が表示される")
            visitor.generate()
            visitor.cell(2).focus()
            visitor.page.keyboard.press("Alt+r")
            dialog = visitor.page.get_by_role("dialog")
            dialog.get_by_label("指示（任意）").fill("ボタンの名前を書く")
            dialog.get_by_role("button", name="書き直す").click()
            expect(dialog).to_contain_text("変更後")
            expect(dialog).to_contain_text("「サインイン」を押す")
            assert visitor.actions()[1] == "ログインする"
            dialog.get_by_role("button", name="この内容にする" if accept else "キャンセル").click()
            assert visitor.actions()[1] == ("「サインイン」を押す" if accept else "ログインする")
            assert "ボタンの名前を書く" in str(server.requests[1])
