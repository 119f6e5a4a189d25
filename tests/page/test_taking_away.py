"""Take away: the clipboard, a file in each format, paper."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from support.browser import Visitor, visiting

from testgen.interchange.registry import FORMATS, WRITABLE

READ = """async () => {
    const [item] = await navigator.clipboard.read();
    const read = async kind => item.types.includes(kind) ? (await item.getType(kind)).text() : "";
    return { plain: await read("text/plain"), html: await read("text/html") };
}"""


def test_the_table_is_copied_as_a_spreadsheet_takes_it(browser: Browser, url: str) -> None:
    with visiting(browser, url, permissions=["clipboard-read", "clipboard-write"]) as visitor:
        visitor.written()
        visitor.cell(2).fill('=1+1 "x"\n二行目')
        visitor.choose("コピー", "表（Excel に貼り付け）")
        expect(visitor.page.get_by_text("コピーしました")).to_be_visible()
        copied = visitor.page.evaluate(READ)
        lines = copied["plain"].split("\r\n")
        assert lines[0] == "No.\t種別\t操作\tテストデータ\t期待結果\t検証"
        assert lines[1] == "1\t操作\tログイン画面を開く\t\tログイン画面が表示される\t"
        assert lines[2].startswith('2\t操作\t"\'=1+1 ""x""\n二行目"\t')  # no spreadsheet runs it
        assert "<td>ログイン画面を開く</td>" in copied["html"]
        visitor.choose("コピー", "Markdown")
        expect(visitor.page.get_by_text("コピーしました").last).to_be_visible()
        visitor.page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('# LOGIN-007')")


def test_it_is_saved_in_each_format_that_the_service_writes(visitor: Visitor) -> None:
    visitor.written()
    page = visitor.page
    page.get_by_role("button", name="ダウンロード").click()
    labels = page.get_by_role("menuitem").all_inner_texts()
    page.keyboard.press("Escape")
    suffixes = [FORMATS[name].suffix for name in WRITABLE]
    saved: list[Path] = []
    for label in labels:
        with page.expect_download() as download:
            page.get_by_role("button", name="ダウンロード").click()
            page.get_by_role("menuitem", name=label, exact=True).click()
        assert download.value.suggested_filename.startswith("LOGIN-007")
        saved.append(Path(download.value.suggested_filename))
        if label == "Excel":
            book = load_workbook(BytesIO(download.value.path().read_bytes()))
            assert "ログイン画面を開く" in [
                str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
            ]
    assert sorted(path.suffix for path in saved) == sorted(suffixes)


def test_on_paper_it_has_columns_for_the_tester(visitor: Visitor) -> None:
    visitor.written()
    page = visitor.page
    headings = [page.locator("th.printed", has_text=name) for name in ("結果", "実施者", "実施日")]
    expect(headings[0]).to_be_hidden()
    page.emulate_media(media="print")
    for heading in headings:
        expect(heading).to_be_visible()
    for absent in ("form.case", "header.top", ".toolbar"):
        expect(page.locator(absent).first).to_be_hidden()
    page_box = b"/MediaBox [0 0 841"  # A4 lying on its side, in points
    assert page_box in page.pdf(prefer_css_page_size=True)
