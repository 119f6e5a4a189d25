"""The page in Chromium, measured by the browser itself against the service in a process of its own; needs Debian's chromium.

python -m bench.page [--quick]        with `chrt -r 10` before it (root) it measures before all others on a busy machine
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from playwright.sync_api import Browser, Page
from support.browser import CHROMIUM, chromium
from support.process import serving
from support.protocol_server import Answer, ProtocolServer, rows

from bench import growth
from bench.report import MissingError, Section, alone, middle
from testgen.api.assets import load
from testgen.api.telemetry import configure

TITLE = "e. The page"
VISITS = 4  # of a browser that has never been here, each followed by one that has
LISTED = (125, 250, 500)
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


def interactive(browser: Browser, url: str, visits: int) -> tuple[list[float], list[float]]:
    """Milliseconds from the start of a visit to a form that can be written in: first visits, and those with a warm cache."""
    first: list[float] = []
    warm: list[float] = []
    for _ in range(visits):
        context = browser.new_context(locale="ja-JP")
        context.add_init_script(STANDS)
        for times in (first, warm):
            page = context.new_page()
            page.goto(url)
            page.wait_for_timeout(1200)  # asking the page sooner would take its time
            page.wait_for_function("() => window.interactive")
            times.append(float(page.evaluate("window.interactive")))
            page.close()
        context.close()
    return first, warm


def longest(page: Page) -> float:
    """The longest task since it was last asked for, in milliseconds; 0 where none took 50."""
    page.wait_for_timeout(800)
    return float(page.evaluate("(() => { const found = window.longest; window.longest = 0; return found; })()"))


def watched(browser: Browser, url: str) -> Page:
    """A fresh page whose tasks are watched."""
    page = browser.new_context(locale="ja-JP").new_page()
    page.add_init_script(f"({WATCH})()")
    page.goto(url)
    return page


def sixty_steps(browser: Browser) -> list[tuple[str, float]]:
    """A procedure of 60 steps arrives, is written in, moved and undone: the longest task of each."""
    many = rows(
        *(
            (f"画面{number}を開く", "値", f"画面{number}が表示される", "1" if number == 60 else "")
            for number in range(1, 61)
        )
    )
    with ProtocolServer(Answer(many)) as server:
        settings = {"ENGINE": "ollama", "MODEL": "tiny", "OLLAMA_BASE_URL": server.url, "MAX_ATTEMPTS": "1"}
        with serving(**{f"TESTGEN_{name}": value for name, value in settings.items()}) as service:
            page = watched(browser, service.url)
            page.locator("#title").fill(CASE["title"])
            page.get_by_label("期待結果 1", exact=True).fill(CASE["expected_results"][0])
            page.get_by_role("button", name="手順を作成").click()
            page.wait_for_selector("article tbody tr:nth-child(60)", timeout=60_000)
            found = [("60 steps arrive", longest(page))]
            page.locator("td.action textarea").first.press_sequentially("あいうえおかきくけこ")
            found.append(("10 letters are typed", longest(page)))
            page.keyboard.press("Alt+ArrowDown")
            page.keyboard.press("Control+z")
            found.append(("A step is moved and moved back", longest(page)))
    return found


def listed(browser: Browser, url: str, count: int) -> tuple[Page, float]:
    """A batch of so many cases is opened: the page, and milliseconds until all rows are there."""
    page = watched(browser, f"{url}/#batch")
    cases = [{"id": f"A-{number}", **CASE} for number in range(count)]
    file: Any = {"name": "cases.json", "mimeType": "application/json", "buffer": json.dumps(cases).encode()}
    started = float(page.evaluate("performance.now()"))
    page.locator("input[type=file]").set_input_files([file])
    page.wait_for_selector(f".cases [role=row]:nth-child({count + 1})")
    return page, float(page.evaluate("performance.now()")) - started


def many_cases(browser: Browser, url: str, count: int) -> list[tuple[str, float]]:
    """A batch is listed, written, and stands in the history: the longest task of each."""
    page, _ = listed(browser, url, count)
    found = [(f"{count} rows are listed", longest(page))]
    page.locator(".batch .primary").click()
    page.wait_for_selector(f".done:nth-child({count + 1})", timeout=240_000)
    found.append((f"{count} cases are written", longest(page)))
    page.locator("nav a").nth(2).click()
    page.wait_for_selector(f".kept li:nth-child({count})")
    found.append((f"{count} are in the history", longest(page)))
    page.get_by_role("searchbox").press_sequentially(f"A-{count - 1}")
    found.append(("The history is searched", longest(page)))
    return found


def measure(section: Section) -> None:
    """Weight, time until it can be written in, long tasks, and how a list grows."""
    if not Path(CHROMIUM).exists():
        raise MissingError("chromium is not here (Debian: apt-get install chromium)")
    os.environ["TEST_TOOLS_REQUIRED"] = "1"
    configure("ERROR", "bench")
    page = load()
    weight = sum(len(asset.compressed) for asset in (page.index, *page.assets.values())) / 1000
    sizes = (20, 40, 80) if section.quick else LISTED
    with chromium() as browser:
        with serving() as service:
            first, warm = interactive(browser, service.url, 1 if section.quick else VISITS)
            times = [listed(browser, service.url, size)[1] for size in sizes]
            tasks = many_cases(browser, service.url, sizes[-1])
        tasks += sixty_steps(browser)
    section.say(
        f"{weight:.0f} kB compressed in {len(page.assets) + 1} files. Interactive after {middle(first)} ms on a first visit, "
        f"{middle(warm)} ms with a warm cache."
    )
    section.table(
        ("What happens", "Longest task ms"), [(what, f"{took:.0f}" if took else "under 50") for what, took in tasks]
    )
    section.table(growth.HEAD, [growth.row("A batch is listed, by number of cases", sizes, times, "ms")])


if __name__ == "__main__":
    alone(TITLE, measure)
