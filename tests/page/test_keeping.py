"""Keep: the history of this browser, and the key for as long as the tab."""

import hashlib

from playwright.sync_api import Browser, expect
from support.browser import Visitor, visiting
from support.service import running

from testgen.config import ServiceConfig, ServiceSecrets


def test_what_was_written_is_found_again_and_forgotten_on_demand(visitor: Visitor) -> None:
    page = visitor.page
    visitor.written(0)
    visitor.button("新規").click()
    visitor.written(1)
    page.get_by_role("link", name="履歴").click()
    entries = page.locator(".kept li")
    expect(entries).to_have_count(2)
    page.get_by_role("searchbox").fill("ｌｏｇｉｎ-007")  # as an input method may leave it
    expect(entries).to_have_count(1)
    page.locator(".entry").click()
    expect(page.get_by_role("article")).to_contain_text("LOGIN-007")
    assert visitor.actions()[0] == "ログイン画面を開く"
    page.get_by_role("link", name="履歴").click()
    page.get_by_role("searchbox").fill("どこにもない")
    expect(page.get_by_text("一致する履歴はありません。")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="削除: ログインに連続で失敗するとアカウントがロックされる").click()
    expect(entries).to_have_count(1)
    visitor.button("すべて削除").click()
    page.get_by_role("dialog").get_by_role("button", name="すべて削除").click()
    expect(page.get_by_text("履歴はまだありません。", exact=False)).to_be_visible()


def test_a_key_is_asked_for_and_kept_no_longer_than_the_tab(browser: Browser) -> None:
    secrets = ServiceSecrets(api_keys={"qa": hashlib.sha256(b"right").hexdigest()})
    config = ServiceConfig(engine="outline", require_api_key=True)
    with running(config, secrets=secrets) as url, visiting(browser, url) as visitor:
        visitor.admitted.append("401")
        page = visitor.page
        visitor.write("ログインする", "ホーム画面が表示される")
        visitor.generate()
        dialog = page.get_by_role("dialog", name="API キー")
        dialog.get_by_label("API キー", exact=True).fill("wrong")
        page.keyboard.press("Enter")
        expect(dialog.get_by_label("API キー", exact=True)).to_have_value("")  # it is asked for again
        dialog.get_by_label("API キー", exact=True).fill("right")
        page.keyboard.press("Enter")
        expect(page.get_by_role("article")).to_be_visible()
        assert "right" not in page.evaluate("JSON.stringify({ ...localStorage })")
        assert page.evaluate("Object.values({ ...sessionStorage })") == ["right"]
        visitor.cell(1).fill("トップ画面を開く")
        expect(page.locator(".readiness .trouble")).to_have_count(0)  # the review uses it too
        page.get_by_role("dialog").wait_for(state="detached")


def test_without_a_key_the_problem_is_said(browser: Browser) -> None:
    secrets = ServiceSecrets(api_keys={"qa": hashlib.sha256(b"right").hexdigest()})
    with (
        running(ServiceConfig(engine="outline", require_api_key=True), secrets=secrets) as url,
        visiting(browser, url) as visitor,
    ):
        visitor.admitted.append("401")
        visitor.write("ログインする", "ホーム画面が表示される")
        visitor.generate()
        visitor.page.get_by_role("dialog").get_by_role("button", name="キャンセル").click()
        expect(visitor.page.locator(".state.ended.wrong")).to_contain_text(
            "API キーが正しくありません。正しいキーを入力してください。"
        )
