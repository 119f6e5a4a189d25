"""Write: the form, what is pasted into it, and what is wrong with it."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.browser import Visitor, visiting

TSV = "項番\tテスト項目\t前提条件\t期待結果\nA-1\tログインする\t会員あり\tホームが表示される\n"
MARKDOWN = "# ログインする\n\n## 前提条件\n- 会員あり\n\n## 期待結果\n- ホームが表示される\n"
JSON = json.dumps({"title": "ログインする", "preconditions": ["会員あり"], "expected_results": ["ホームが表示される"]})


def test_a_title_and_one_result_are_enough(visitor: Visitor) -> None:
    visitor.write("ログインする", "ホーム画面が表示される")
    visitor.generate()
    expect(visitor.page.get_by_role("article").get_by_role("heading", level=2)).to_have_text("ログインする")
    assert visitor.actions()
    assert visitor.page.get_by_text("TC-20").first.is_visible()
    expect(visitor.page).to_have_title(
        re.compile("^TC-20.* ログインする - testgen$")
    )  # a printout is saved under this name


def test_an_example_stands_where_the_procedure_will_be(visitor: Visitor) -> None:
    visitor.page.locator(".nothing").get_by_role("button", name="クーポンは1回の注文で1枚だけ使える").click()
    expect(visitor.page.get_by_label("タイトル")).to_have_value("クーポンは1回の注文で1枚だけ使える")
    visitor.page.keyboard.press("Control+z")
    expect(visitor.page.get_by_label("タイトル")).to_have_value("")


def test_what_is_missing_is_said_at_its_field_and_nothing_is_sent(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.generate()
    expect(visitor.page.get_by_text("タイトルを入力してください")).to_be_visible()
    expect(visitor.page.get_by_text("期待結果を1つ以上入力してください")).to_be_visible()
    expect(visitor.page.get_by_label("タイトル")).to_be_focused()
    assert not [url for url in asked if "/v1/procedures" in url]
    visitor.page.get_by_label("タイトル").fill("x")
    expect(visitor.page.get_by_text("タイトルを入力してください")).to_have_count(0)


@pytest.mark.parametrize("text", [TSV, MARKDOWN, JSON], ids=["excel", "markdown", "json"])
def test_what_is_pasted_fills_the_form(visitor: Visitor, text: str) -> None:
    visitor.paste(text)
    expect(visitor.page.get_by_label("タイトル")).to_have_value("ログインする")
    expect(visitor.page.get_by_label("前提条件 1", exact=True)).to_have_value("会員あり")
    expect(visitor.page.get_by_label("期待結果 1", exact=True)).to_have_value("ホームが表示される")
    visitor.page.keyboard.press("Control+z")
    expect(visitor.page.get_by_label("タイトル")).to_have_value("")


def test_several_cases_become_a_batch(visitor: Visitor) -> None:
    visitor.paste(TSV + "A-2\tログアウトする\t\tログイン画面が表示される\n")
    expect(visitor.page.get_by_role("row")).to_have_count(3)


def test_what_cannot_be_read_is_said_with_the_remedy(visitor: Visitor) -> None:
    visitor.admitted.append("400")
    visitor.button("貼り付けて入力").click()
    visitor.page.get_by_role("dialog").get_by_role("textbox").fill("a\tb\nc\td")
    visitor.button("読み込む").click()
    alert = visitor.page.get_by_role("dialog").get_by_role("alert")
    expect(alert).to_contain_text("見出し行がありません")
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    expect(visitor.button("貼り付けて入力")).to_be_focused()


def test_lines_pasted_into_a_list_become_its_rows(visitor: Visitor) -> None:
    field = visitor.page.get_by_label("期待結果 1", exact=True)
    field.evaluate(
        """field => {
            const data = new DataTransfer();
            data.setData("text/plain", "1. 一つ目\\n2. 二つ目\\n・三つ目");
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    for number, text in enumerate(("一つ目", "二つ目", "三つ目"), 1):
        expect(visitor.page.get_by_label(f"期待結果 {number}", exact=True)).to_have_value(text)


def test_data_need_names_of_their_own(visitor: Visitor) -> None:
    visitor.write("x", "y")
    visitor.page.get_by_label("テストデータ 値 1").fill("tanaka")
    visitor.generate()
    expect(visitor.page.get_by_text("値の名前を入力してください")).to_be_visible()


def test_enter_in_a_conversion_is_the_input_method_s(visitor: Visitor) -> None:
    """Japanese is typed by composing; the Enter that takes a word must start no row and send nothing."""
    page = visitor.page
    page.get_by_label("期待結果 1", exact=True).focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "ひょうじ", "selectionStart": 4, "selectionEnd": 4})
    for modifiers in (0, 2):  # Enter, Ctrl+Enter
        pressed = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "modifiers": modifiers}
        session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **pressed})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})
    session.send("Input.insertText", {"text": "表示される"})
    expect(page.get_by_label("期待結果 1", exact=True)).to_have_value("表示される")
    expect(page.get_by_label("期待結果 2", exact=True)).to_have_count(0)
    expect(page.get_by_text("タイトルを入力してください")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_label("期待結果 2", exact=True)).to_be_focused()


def test_the_page_speaks_english_too_and_remembers_it(browser: Browser, url: str) -> None:
    with visiting(browser, url, language="en") as visitor:
        page = visitor.page
        page.get_by_role("button", name="Start from an example").click()
        page.get_by_role("menuitem").first.click()
        page.keyboard.press("Control+Enter")
        expect(page.locator(".readiness .chip")).to_have_text("Open points to fill in")
        expect(page.get_by_role("article")).to_have_attribute("lang", "en")
        page.get_by_role("button", name="日本語に切り替える").click()
        expect(page.get_by_role("heading", name="テストケース")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="テストケース")).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == "ja"


def test_closing_the_tab_loses_nothing_that_was_written(visitor: Visitor) -> None:
    visitor.write("途中まで", "結果")
    visitor.kept("drafts", "途中まで")
    visitor.page.reload()
    expect(visitor.page.get_by_label("タイトル")).to_have_value("途中まで")


def test_a_page_that_came_in_part_says_so_and_keeps_what_was_written(browser: Browser, url: str) -> None:
    """The service was replaced by another version between two of its files, say."""
    gone = "**/page/batchview.*"
    with visiting(browser, url, init=lambda context: context.route(gone, lambda route: route.abort())) as visitor:
        visitor.admitted.append("ERR_FAILED")
        expect(visitor.page.get_by_role("alert")).to_contain_text("画面の一部を読み込めませんでした。")
        visitor.write("途中まで", "結果")
        visitor.kept("drafts", "途中まで")
        visitor.page.context.unroute(gone)
        visitor.button("再読み込み").click()
        expect(visitor.page.get_by_label("タイトル")).to_have_value("途中まで")
        visitor.generate()
        expect(visitor.page.get_by_role("article")).to_be_visible()


def test_a_glossary_holds_for_what_is_written(visitor: Visitor) -> None:
    sent: list[str] = []
    visitor.page.on("request", lambda request: sent.append(request.post_data or ""))
    visitor.page.get_by_text("その他の項目").click()
    visitor.page.get_by_label("用語集").fill("ログイン画面 = サインイン画面, ログインページ")
    visitor.write("x", "ホームが表示される")
    visitor.generate()
    expect(visitor.page.get_by_role("article")).to_be_visible()
    assert '"glossary":{"terms":[{"term":"ログイン画面","instead_of":["サインイン画面","ログインページ"]}]}' in "".join(
        sent
    )


def test_what_a_team_tells_is_read_once_kept_and_sent_each_time(visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "k.yaml").write_text(
        "screens: [{name: 受注画面, open: メニューの受注}]\nexamples: [a.json]", encoding="utf-8"
    )
    (tmp_path / "仕様.md").write_text("# 受注\n\n受注画面で「保存」を押すと保存する。\n", encoding="utf-8")
    sent: list[str] = []
    visitor.page.on(
        "request", lambda request: sent.append(request.post_data or "") if "/procedures" in request.url else None
    )
    visitor.page.get_by_text("その他の項目").click()
    visitor.page.get_by_label("製品知識").set_input_files(tmp_path / "k.yaml")
    expect(
        visitor.page.get_by_text("画面1件、共通手順0件、用語0件 （手本のファイル1件は読み込みません）")
    ).to_be_visible()
    visitor.page.get_by_label("文書").set_input_files(tmp_path / "仕様.md")
    expect(visitor.page.get_by_text("1か所")).to_be_visible()
    visitor.page.reload()
    expect(visitor.page.get_by_text("k.yaml")).to_be_visible()
    visitor.write("受注の保存", "受注画面で「保存」を押すと保存される")
    visitor.generate()
    expect(visitor.page.get_by_role("article")).to_contain_text("メニューの受注")
    body = json.loads(sent[-1])
    assert body["knowledge"] == {"screens": [{"name": "受注画面", "open": "メニューの受注"}]}
    assert [document["name"] for document in body["documents"]] == ["仕様.md"]
    visitor.drop(
        "cases.csv",
        "項番,テスト項目,期待結果\nA-1,受注の保存,受注画面で「保存」を押すと保存される\nA-2,取消,取り消される".encode(),
    )
    visitor.button("選択したケースの手順を作成").click()
    expect(visitor.page.locator(".done .chip")).to_have_count(2)
    visitor.page.get_by_role("button", name="開く: 受注の保存").click()
    expect(visitor.page.get_by_role("article")).to_contain_text("メニューの受注")
    visitor.kept("rows", '"document":"仕様.md"')
    visitor.page.get_by_role("button", name="k.yaml を削除").click()
    visitor.page.get_by_role("button", name="仕様.md を削除").click()
    expect(visitor.page.get_by_text("k.yaml")).to_have_count(0)
    visitor.admitted.append("422")
    (tmp_path / "k.yaml").write_text("accounts: [{name: a, password: x}]", encoding="utf-8")
    visitor.page.get_by_label("製品知識").set_input_files(tmp_path / "k.yaml")
    expect(visitor.page.get_by_role("alert")).to_contain_text("looks like a secret")
