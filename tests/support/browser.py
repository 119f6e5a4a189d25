"""A person at the page in a real Chromium. What the browser complains of, and whom it asks besides the service, fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
# Refusals are logged by the browser itself; a test that provokes one says so.
REFUSED = "Failed to load resource"
expect.set_options(timeout=60_000)  # a busy machine takes its time


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of all tests of the page; skips them where there is none, and fails them where CI needs it."""
    if not shutil.which(CHROMIUM):
        if os.environ.get("TEST_TOOLS_REQUIRED"):
            pytest.fail("chromium is required here: install it (Debian: chromium)")
        pytest.skip("chromium is not here (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One person's page. `ja` texts are the page's Japanese ones; `complaints` is empty at the end."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    admitted: list[str] = field(default_factory=list)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def choose(self, menu: str, item: str) -> None:
        self.page.get_by_role("button", name=menu).click()
        self.page.get_by_role("menuitem", name=item).click()

    def write(self, title: str, *results: str, specification: str = "") -> None:
        self.page.get_by_label("タイトル").fill(title)
        for number, result in enumerate(results, 1):
            if number > 1:
                self.button("期待結果を追加").click()
            self.page.get_by_label(f"期待結果 {number}", exact=True).fill(result)
        if specification:
            self.page.get_by_label("仕様").fill(specification)

    def generate(self) -> None:
        self.button("手順を作成").click()

    def written(self, sample: int = 0) -> None:
        """The procedure of an example is there, and was looked at."""
        self.page.get_by_role("button", name="例から始める").click()
        self.page.get_by_role("menuitem").nth(sample).click()
        self.generate()
        expect(self.page.get_by_role("article").get_by_role("heading", level=2)).to_be_visible()

    def cell(self, step: int, column: str = "操作") -> Locator:
        return self.page.get_by_label(f"手順{step} {column}", exact=True)

    def actions(self) -> list[str]:
        fields: list[str] = self.page.locator("td.action textarea").evaluate_all("all => all.map(one => one.value)")
        return fields

    def kept(self, store: str, text: str) -> None:
        """Waits until this browser keeps the text."""
        reads = """([store, text]) => new Promise(resolve => {
            const opening = indexedDB.open("testgen");
            opening.onsuccess = () => {
                const reading = opening.result.transaction(store).objectStore(store).getAll();
                reading.onsuccess = () => {
                    opening.result.close();
                    resolve(JSON.stringify(reading.result).includes(text));
                };
            };
        })"""
        for _ in range(150):
            if self.page.evaluate(reads, [store, text]):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{text} is not kept")

    def paste(self, text: str) -> None:
        """Onto the page, as Ctrl+V does."""
        self.page.evaluate(
            """text => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }""",
            text,
        )

    def drop(self, name: str, content: bytes) -> None:
        """A file onto the page."""
        self.page.evaluate(
            """([name, bytes]) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], name));
                document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }""",
            [name, list(content)],
        )


@contextmanager
def visiting(
    browser: Browser,
    url: str,
    *,
    language: str = "ja",
    path: str = "/",
    init: Callable[[BrowserContext], None] | None = None,
    **how: Any,
) -> Iterator[Visitor]:
    """A new person, with nothing kept from others, at the page."""
    context = browser.new_context(
        locale="ja-JP" if language == "ja" else "en-US",
        accept_downloads=True,
        **{"viewport": {"width": 1440, "height": 900}, **how},
    )
    if init:
        init(context)
    page = context.new_page()
    visitor = Visitor(page, url)
    page.on("console", lambda said: said.type in ("error", "warning") and visitor.complaints.append(said.text))
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    page.on("request", lambda asked: _own(asked.url, url) or visitor.complaints.append(f"asked {asked.url}"))
    page.goto(url + path)
    try:
        yield visitor
        left = [said for said in visitor.complaints if not any(words in said for words in visitor.admitted)]
        assert left == []
    finally:
        context.close()


def _own(asked: str, url: str) -> bool:
    scheme = urlsplit(asked).scheme
    return asked.startswith(f"{url}/") or scheme in ("blob", "data")
