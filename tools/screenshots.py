"""`make screenshots`: pictures of the page for the documentation, by the real service in a real Chromium (Debian: chromium).

Needs the tests' packages; the model's answers are played back by the tests' protocol server, so that the pictures stay alike.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import Browser, Page, expect  # noqa: E402
from support.browser import chromium  # noqa: E402
from support.protocol_server import Answer, ProtocolServer, rows  # noqa: E402
from support.service import running  # noqa: E402

from testgen.api.telemetry import configure  # noqa: E402
from testgen.config import ServiceConfig  # noqa: E402

IMAGES = ROOT / "docs/images"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ASKED = "ログイン画面でIDとパスワードを入力し「ログイン」を押すと"
JA_CASES = f"""項番,テスト項目,前提条件,仕様,期待結果
LOGIN-001,正しいパスワードでログインできる,会員 tanaka が登録済み,{ASKED}ホーム画面を表示する。,ホーム画面が表示される
LOGIN-002,誤ったパスワードではログインできない,会員 tanaka が登録済み,{ASKED}「違います」と表示する。,「違います」と表示される
CART-004,在庫のない商品はカートに入らない,A-200 の在庫が0である,商品画面で「購入」を押すと「在庫なし」と出る。,「在庫なし」と表示される
CART-005,カートの商品を削除できる,カートに商品 A-100 がある,カート画面で「削除」を押すと「空です」と表示する。,「空です」と表示される
USER-010,退会すると再びログインできない,会員 suzuki が登録済み,,同じIDでログインできない
USER-011,退会の案内メール,会員 suzuki が登録済み,,
"""
PRESSED = "On the Cart page, when the user clicks"
EN_CASES = f"""ID,Title,Preconditions,Specification,Expected results
CART-004,An item can be removed from the cart,item A-100 is in the cart,"{PRESSED} “Remove”, the cart shows “Empty”.",“Empty” is shown
CART-005,A coupon can be applied,item A-100 is in the cart,"{PRESSED} “Apply”, the page shows “10 % off”.",“10 % off” is shown
USER-010,A deleted account cannot sign in again,user ito deleted the account,,the user cannot sign in
USER-011,A mail confirms the deletion,user ito is registered,,
"""
JA_STEPS = (
    ("ログイン画面を開く", "", "ログイン画面が表示される", ""),
    ("ID と誤パスワードを入力する", "tanaka / wrong-1", "入力した値が表示される", ""),
    ("「ログイン」を押す。手順2〜3を合計5回行う", "5回", "「アカウントがロックされました」と表示される", "1"),
    ("ID と正しいパスワードを入力する", "tanaka", "入力した値が表示される", ""),
)
EN_STEPS = (
    ("Issue a reset link to mori and wait until it is 61 minutes old", "61 minutes", "The link is 61 minutes old", ""),
    ("Open the expired link", "", '"This link has expired" is shown', "1"),
    ("Sign in with the old password", "mori", "The home page is shown", "2"),
    ("Sign out", "", "The sign-in page is shown", ""),
)


@contextmanager
def page_of(browser: Browser, url: str, language: str, scheme: str, size: dict[str, int]) -> Iterator[Page]:
    """A new person's page."""
    locale = "ja-JP" if language == "ja" else "en-US"
    context = browser.new_context(locale=locale, color_scheme=scheme, viewport=size, device_scale_factor=1)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".engine")).not_to_be_empty()
    yield page
    context.close()


def begin(page: Page, number: int = 0) -> None:
    """An example is in the form."""
    page.locator(".case .menu button").first.click()
    page.get_by_role("menuitem").nth(number).click()


def taken(page: Page, name: str) -> None:
    """The picture, without a cursor that blinks."""
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"page-{name}.png", animations="disabled", caret="hide")
    print(f"docs/images/page-{name}.png")


def writing(browser: Browser, url: str) -> None:
    """The case in the form and its procedure, its findings, in both languages, by day and by night, wide and narrow."""
    for language, scheme, size, name in (
        ("ja", "light", WIDE, "ja"),
        ("en", "light", WIDE, "en"),
        ("ja", "dark", WIDE, "ja-dark"),
        ("ja", "light", NARROW, "ja-narrow"),
        ("en", "dark", NARROW, "en-narrow-dark"),
    ):
        with page_of(browser, url, language, scheme, size) as page:
            begin(page)
            taken(page, f"write-{name}")
            page.locator(".case .primary").click()
            expect(page.locator(".readiness .chip")).to_be_visible()
            page.mouse.move(0, 0)
            if size is NARROW:
                page.evaluate("document.querySelector('.sheet').scrollIntoView()")
                taken(page, f"procedure-{name}")
            else:
                page.keyboard.press("F8")
                taken(page, f"findings-{name}")


def streaming(browser: Browser, language: str, scheme: str, steps: tuple[tuple[str, ...], ...], name: str) -> None:
    """In the middle of a procedure that a model writes."""
    text = "".join(rows(*steps))
    end = text.rindex("],[") + 12
    held = Answer([text[:end], text[end:]], hold_before=1, gate=threading.Event())
    with ProtocolServer(held, models=("gemma3:12b",)) as server:
        config = ServiceConfig(engine="ollama", model="gemma3:12b", ollama_base_url=server.url)
        with running(config) as url, page_of(browser, url, language, scheme, WIDE) as page:
            begin(page)
            page.locator(".case .primary").click()
            expect(page.locator("tbody tr")).to_have_count(3)
            page.mouse.move(0, 0)
            taken(page, f"streaming-{name}")


def many(browser: Browser, url: str) -> None:
    """A file of cases, written."""
    for language, scheme, size, file, text, name in (
        ("ja", "light", WIDE, "回帰テスト.csv", JA_CASES, "ja"),
        ("en", "light", WIDE, "regression.csv", EN_CASES, "en"),
        ("ja", "dark", NARROW, "回帰テスト.csv", JA_CASES, "ja-narrow-dark"),
    ):
        with page_of(browser, url, language, scheme, size) as page:
            page.locator("nav a").nth(1).click()
            content: Any = {"name": file, "mimeType": "text/csv", "buffer": text.encode()}
            page.locator("input[type=file]").set_input_files([content])
            page.locator(".batch .primary").click()
            expect(page.locator(".done .chip")).to_have_count(text.count("\n") - 2)
            page.mouse.move(0, 0)
            taken(page, f"batch-{name}")


def main() -> None:
    """All pictures."""
    os.environ["TEST_TOOLS_REQUIRED"] = "1"
    IMAGES.mkdir(exist_ok=True)
    configure("ERROR", "mvp")
    with chromium() as browser:
        with running(ServiceConfig(engine="outline")) as url:
            writing(browser, url)
            many(browser, url)
        streaming(browser, "ja", "light", JA_STEPS, "ja")
        streaming(browser, "en", "dark", EN_STEPS, "en-dark")


if __name__ == "__main__":
    main()
