"""The page in Chromium, measured by the browser itself against the service in a process of its own; needs Debian's chromium. Nothing
here fails on a slow machine: the load is printed beside the figures, and `chrt -r 10 .venv/bin/python -m bench.page` (root) measures before
all others on it."""

import json
import os
import statistics
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from playwright.sync_api import Browser, Page
from support.browser import CHROMIUM, chromium
from support.process import serving
from support.protocol_server import Answer, ProtocolServer, rows

from testgen.api.assets import load
from testgen.api.telemetry import configure

VISITS = 5  # of a browser that has never been here, each followed by two that have
WATCH = """() => {
    window.longest = 0;
    new PerformanceObserver(list => list.getEntries().forEach(task => { window.longest = Math.max(window.longest, task.duration); }))
        .observe({ type: "longtask", buffered: true });
}"""
# The form stands, and the browser has time for whoever writes in it.
STANDS = """new MutationObserver((_, observer) => {
    if (!document.getElementById("title")) return;
    observer.disconnect();
    setTimeout(() => { window.interactive = performance.now(); });
}).observe(document, { childList: true, subtree: true });"""
CASE = {"title": "ログインする", "expected_results": ["ホーム画面が表示される"]}


def interactive(browser: Browser, url: str) -> tuple[list[float], list[float]]:
    """Milliseconds from the start of a visit to a form that can be written in: first visits, and those with a warm cache."""
    first: list[float] = []
    warm: list[float] = []
    for _ in range(VISITS):
        context = browser.new_context(locale="ja-JP")
        context.add_init_script(STANDS)
        for times in (first, warm, warm):
            page = context.new_page()
            page.goto(url)
            page.wait_for_timeout(1500)  # asking the page sooner would take its time
            page.wait_for_function("() => window.interactive")
            times.append(float(page.evaluate("window.interactive")))
            page.close()
        context.close()
    return first, warm


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
        settings = {"ENGINE": "ollama", "MODEL": "tiny", "OLLAMA_BASE_URL": server.url, "MAX_ATTEMPTS": "1"}
        with serving(**{f"TESTGEN_{name}": value for name, value in settings.items()}) as service:
            page = browser.new_context(locale="ja-JP").new_page()
            page.add_init_script(f"({WATCH})()")
            page.goto(service.url)
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
    page.wait_for_selector(".done:nth-child(501)", timeout=240_000)
    page.locator("nav a").nth(2).click()
    page.wait_for_selector(".kept li:nth-child(500)")
    print(f"500 stand in the history:     longest task {longest(page):6.0f} ms")
    page.get_by_role("searchbox").press_sequentially("A-499")
    print(f"it is searched:               longest task {longest(page):6.0f} ms")


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
        with serving() as service:
            for name, times in zip(("first visits", "warm cache"), interactive(browser, service.url), strict=True):
                middle = statistics.median(times)
                print(f"interactive, {name}:    {min(times):.0f} to {max(times):.0f} ms, median {middle:.0f} ms")
            print(f"load of the machine:          {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            five_hundred_cases(browser, service.url)
        sixty_steps(browser)
        print(f"load of the machine:          {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
