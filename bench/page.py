"""The page in Chromium, measured by the browser itself; needs Debian's chromium. Nothing here fails on a slow machine."""

import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from playwright.sync_api import Browser, Page
from support.browser import CHROMIUM, chromium
from support.protocol_server import Answer, ProtocolServer, rows
from support.service import running

from testgen.api.assets import load
from testgen.api.telemetry import configure
from testgen.config import ServiceConfig

WATCH = """() => {
    window.longest = 0;
    new PerformanceObserver(list => list.getEntries().forEach(task => { window.longest = Math.max(window.longest, task.duration); }))
        .observe({ type: "longtask", buffered: true });
}"""
CASE = {"title": "ログインする", "expected_results": ["ホーム画面が表示される"]}


def interactive(browser: Browser, url: str) -> list[float]:
    """Milliseconds from the request to a form that can be written in: the first visit, then one with a warm cache."""
    context = browser.new_context(locale="ja-JP")
    times = []
    for _ in range(4):
        page = context.new_page()
        page.goto(url, wait_until="commit")
        page.wait_for_selector("#title")
        times.append(float(page.evaluate("performance.now()")))
        page.close()
    context.close()
    return times


def longest(page: Page) -> float:
    """The longest task since it was last asked for, in milliseconds; 0 where none took 50."""
    page.wait_for_timeout(1000)
    return float(page.evaluate("(() => { const found = window.longest; window.longest = 0; return found; })()"))


def sixty_steps(browser: Browser) -> None:
    """A procedure of 60 steps comes, is written in, moved and undone."""
    many = rows(
        *(
            (f"画面{number}を開く", "値", f"画面{number}が表示される", "1" if number == 60 else "")
            for number in range(1, 61)
        )
    )
    with ProtocolServer(Answer(many)) as server:
        config = ServiceConfig(engine="ollama", model="tiny", ollama_base_url=server.url, max_attempts=1)
        with running(config) as url:
            page = browser.new_context(locale="ja-JP").new_page()
            page.add_init_script(f"({WATCH})()")
            page.goto(url)
            _fill(page, CASE)
            page.get_by_role("button", name="手順を作成").click()
            page.wait_for_selector("article tbody tr:nth-child(60)", timeout=60_000)
            print(f"60 steps come:                longest task {longest(page):6.0f} ms")
            page.locator("td.action textarea").first.press_sequentially("あいうえおかきくけこ")
            print(f"10 letters are typed:         longest task {longest(page):6.0f} ms")
            page.keyboard.press("Alt+ArrowDown")
            page.keyboard.press("Control+z")
            print(f"a step moves, and back:       longest task {longest(page):6.0f} ms")


def _fill(page: Page, case: dict[str, Any]) -> None:
    page.locator("#title").fill(case["title"])
    page.get_by_label("期待結果 1", exact=True).fill(case["expected_results"][0])


def five_hundred_cases(browser: Browser, url: str) -> None:
    """A batch of 500 rows is listed and written."""
    page = browser.new_context(locale="ja-JP").new_page()
    page.add_init_script(f"({WATCH})()")
    page.goto(f"{url}/#batch")
    cases = [{"id": f"A-{number}", **CASE} for number in range(500)]
    file: Any = {"name": "cases.json", "mimeType": "application/json", "buffer": json.dumps(cases).encode()}
    page.locator("input[type=file]").set_input_files([file])
    page.wait_for_selector(".cases [role=row]:nth-child(501)")
    print(f"500 rows are listed:          longest task {longest(page):6.0f} ms")
    page.locator(".batch .primary").click()
    page.wait_for_selector(".done:nth-child(100)", timeout=120_000)
    print(f"100 of them are written:      longest task {longest(page):6.0f} ms")


def main() -> int:
    """Weight, time until it can be written in, long tasks."""
    if not Path(CHROMIUM).exists():
        print("the page was not measured: chromium is not here", file=sys.stderr)
        return 0
    os.environ["TEST_TOOLS_REQUIRED"] = "1"
    configure("ERROR", "bench")
    page = load()
    weight = sum(len(asset.compressed) for asset in (page.index, *page.assets.values()))
    print(f"weight, compressed:           {weight / 1000:.0f} kB in {len(page.assets) + 1} files")
    with chromium() as browser:
        with running(ServiceConfig(engine="outline")) as url:
            first, *warm = interactive(browser, url)
            print(
                f"interactive:                  {first:.0f} ms at the first visit, {min(warm):.0f} ms with a warm cache"
            )
            five_hundred_cases(browser, url)
        sixty_steps(browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())
