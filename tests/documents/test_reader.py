"""Documents as passages with places: what stands where, in each kind of file."""

import re

import pytest
from support.documents import paragraph, pdf, ruled, said, slides, table, word
from support.packages import packed, parts_of
from support.workbooks import workbook

from testgen.documents import read_document
from testgen.documents.cutting import LONGEST
from testgen.domain.errors import UnreadableInputError

LISTS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/>'
    '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def numbered(depth: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def found(content: bytes, name: str = "x") -> list[tuple[str, str]]:
    return [(passage.place, passage.text) for passage in read_document(content, name).passages]


def test_word_has_the_numbers_that_word_counts() -> None:
    body = (
        paragraph("総則", "Heading1", numbered(0)) + paragraph("この書は画面を定める。")
        + paragraph("認証", "Heading1", numbered(0)) + paragraph("ログイン", "Heading2", numbered(1))
        + paragraph("IDとパスワードで認証する。")
        + paragraph("ロック条件", "Heading2", numbered(1))
        + paragraph("5回失敗するとロックする。", more=numbered(0, 2)) + paragraph("30分で解除する。", more=numbered(0, 2))
    )  # fmt: skip
    assert found(word(body, LISTS)) == [
        ("1. 総則", "この書は画面を定める。"),
        ("2.1 ログイン", "IDとパスワードで認証する。"),
        ("2.2 ロック条件", "① 5回失敗するとロックする。\n② 30分で解除する。"),
    ]


def test_a_heading_with_nothing_below_it_is_a_passage_of_its_own() -> None:
    body = paragraph("Menus", "Heading1") + paragraph("Export", "Heading2") + paragraph("Import", "Heading2")
    assert found(word(body)) == [("Menus > Export", "Export"), ("Menus > Import", "Import")]


def test_word_without_numbers_names_the_headings_above() -> None:
    body = paragraph("Accounts", "Heading1") + paragraph("Locking", "Heading2") + paragraph("Five failures lock it.")
    assert found(word(body)) == [("Accounts > Locking", "Five failures lock it.")]


def test_word_leaves_out_what_is_deleted_struck_through_or_hidden() -> None:
    body = (
        "<w:p><w:r><w:t>3回</w:t></w:r><w:del><w:r><w:delText>5回</w:delText></w:r></w:del><w:ins><w:r><w:t>失敗</w:t></w:r></w:ins></w:p>"
        + paragraph("廃止", run="<w:strike/>") + paragraph("指示に従え", run="<w:vanish/>")
        + paragraph("残る", run='<w:strike w:val="0"/>')
    )  # fmt: skip
    assert found(word(body)) == [("", "3回失敗\n残る")]


def test_word_tables_are_rows_below_their_header() -> None:
    merged, below = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>失敗', "<w:tcPr><w:vMerge/></w:tcPr>"
    body = table(
        ("条件", "回数", "表示"),
        (merged, "4", "残り1回"),
        (below, "5", "ロック"),
        ('<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>成功', "ホーム"),
    )
    [(_, text)] = found(word(body))
    assert text == "|条件|回数|表示|\n|-|-|-|\n|失敗|4|残り1回|\n|失敗|5|ロック|\n|成功||ホーム|"


def test_slides_have_their_number_and_title() -> None:
    assert found(slides()) == [
        ("slide 1, Sign-in", "|Attempts|Shown|\n|-|-|\n|5|Locked|\nThe lock ends after 30 minutes."),
        ("slide 3", "「監査ログ」で確認する"),
    ]


def test_pdf_has_pages_headings_and_tables() -> None:
    first = said(
        (60, 780, 20, "3.2 Alarm limits"),
        (60, 750, 10, "The pump sounds an alarm when the rate is"),
        (60, 738, 10, "outside its limits."),
    ) + ruled(60, 640, (100, 100), 20, [("Rate", "Alarm"), ("0.5", "LOW"), ("9.9", "HIGH")])
    second = said((60, 780, 20, "4 画面"), (60, 750, 10, "「設定」を押すと設定画面が"), (60, 738, 10, "開く。"))
    assert found(pdf(first, second)) == [
        (
            "p. 1, 3.2 Alarm limits",
            "The pump sounds an alarm when the rate is outside its limits.\n|Rate|Alarm|\n|-|-|\n|0.5|LOW|\n|9.9|HIGH|",
        ),
        ("p. 2, 4 画面", "「設定」を押すと設定画面が開く。"),
    ]


def test_pdf_is_read_without_its_headers_and_footers() -> None:
    pages = [
        said((60, 820, 8, "Manual, revision 3"), (60, 500, 10, text), (300, 20, 8, f"page {number}"))
        for number, text in enumerate(("One.", "Two.", "Three."), 1)
    ]
    assert found(pdf(*pages)) == [("p. 1", "One."), ("p. 2", "Two."), ("p. 3", "Three.")]


def test_a_sheet_with_a_letter_a_cell_is_read_as_words_and_marks_stay_apart() -> None:
    spelt = [["", *"ログインを押す。"], ["", "", *"画面を閉じる。"]]
    marks = [["機能", "店長", "受注"], ["返金", "○", "×"], ["曜日", "月", "火"]]
    assert found(workbook({"操作": spelt})) == [("操作, row 1", "ログインを押す。\n画面を閉じる。")]
    assert found(workbook({"権限": marks})) == [("権限, row 2", "|機能|店長|受注|\n|-|-|-|\n|返金|○|×|\n|曜日|月|火|")]


@pytest.mark.parametrize("name", ["仕様書.docx", "画面.xlsx", "MANUAL.PDF"])
def test_a_file_that_is_encrypted_as_a_whole_is_told_as_that(name: str) -> None:
    with pytest.raises(UnreadableInputError, match=f"{name}: is not the kind of file that its name says"):
        read_document(b"\x8f\x02protected\x00" * 40, name)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_a_text_that_a_tool_has_named_as_a_workbook_is_read_as_text(encoding: str) -> None:
    assert found("番号\t画面\n1\tログイン\n".encode(encoding), "report.xls") == [("", "番号\t画面\n1\tログイン")]


def test_graph_paper_sheets_are_read_by_what_is_merged() -> None:
    wide = [
        ["■ ログイン画面", *[""] * 9],
        ["項目", "", "", "型", "", "", "説明", "", "", ""],
        ["ID", "", "", "文字列", "", "", "社員番号", "", "", ""],
        ["パスワード", "", "", "文字列", "", "", "8桁以上", "", "", ""],
    ]
    areas = [
        "A1:J1",
        *(f"{first}{row}:{last}{row}" for row in (2, 3, 4) for first, last in (("A", "C"), ("D", "F"), ("G", "J"))),
    ]
    assert found(workbook({"画面一覧": wide}, {"画面一覧": areas})) == [
        (
            "画面一覧, ■ ログイン画面, row 3",
            "|項目|型|説明|\n|-|-|-|\n|ID|文字列|社員番号|\n|パスワード|文字列|8桁以上|",
        ),
    ]


def test_a_sheet_of_rows_and_what_is_written_above_it() -> None:
    rows = [["3.2 メッセージ"], ["対象は会員"], ["ID", "文言"], ["M-01", "ロックされました"]]
    assert found(workbook({"一覧": rows})) == [
        ("一覧, 3.2 メッセージ, row 2", "対象は会員\n|ID|文言|\n|-|-|\n|M-01|ロックされました|")
    ]


def test_the_small_blocks_of_a_sheet_stay_together_and_a_long_table_names_its_rows() -> None:
    blocks = [["1. 概要"], ["受注を見る画面"], ["2. 表示方法"], ["メニューの「受注」を選ぶ"], ["3. 項目"]]
    rows = [["No", "項目"], *([str(number), "受注番号の" + "説明" * 20] for number in range(1, 31))]
    places = found(workbook({"受注一覧": [*blocks, *rows]}))
    assert places[0][1].startswith("受注を見る画面\n2. 表示方法\nメニューの「受注」を選ぶ\n3. 項目")
    assert places[0][0] == "受注一覧, 1. 概要, row 2"
    assert len(places) > 2
    for place, text in places[1:]:
        assert re.match(r"受注一覧, 3. 項目, row (\d+)", place)
        first = int(place.rpartition(" ")[2])
        assert text.startswith(f"|No|項目|\n|-|-|\n|{first - len(blocks) - 1}|")


def test_the_boxes_on_a_sheet_are_read_where_they_lie() -> None:
    def shape(row: int, text: str, more: str = "") -> str:
        return (
            f"<xdr:twoCellAnchor><xdr:from><xdr:row>{row}</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr><xdr:cNvPr {more}/></xdr:nvSpPr>"
            f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
        )

    parts = parts_of(workbook({"画面": [["ログイン画面の図です。"], [], ["下の説明です。"]]}))
    drawing = shape(9, "次へ進む") + shape(1, "ここを押す") + shape(1, "見えない", 'hidden="1"')
    parts["xl/drawings/drawing1.xml"] = f'<xdr:wsDr xmlns:xdr="x" xmlns:a="a">{drawing}</xdr:wsDr>'.encode()
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        b'<Relationships><Relationship Id="rId1" Type="http://x/relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    assert found(packed(parts)) == [("画面, row 1", "ログイン画面の図です。\nここを押す\n下の説明です。\n次へ進む")]


def test_what_a_document_says_of_itself_is_no_passage() -> None:
    history = paragraph("改訂履歴", "Heading1") + table(("版", "内容"), ("1.1", "ロックを60分から30分にした"))
    contents = paragraph("目次", "Heading1") + paragraph("1 認証 ..... 3") + paragraph("1 認証", "Heading1")
    assert found(word(history + contents + paragraph("30分ロックする。") + paragraph("2 権限 ......... 12"))) == [
        ("1 認証", "30分ロックする。")
    ]


def test_nor_is_it_where_its_title_is_a_plain_paragraph() -> None:
    history = paragraph("改訂履歴") + table(("版", "内容"), ("1.1", "ロックを60分から30分にした"))
    contents = paragraph("Contents") + paragraph("1 Lock 3") + paragraph("2 Roles 12")
    rule = paragraph("A member is locked.") + table(("State", "Minutes"), ("Locked", "30"))
    assert found(word(paragraph("Shop") + history + contents + rule)) == [
        ("", "Shop\nA member is locked.\n|State|Minutes|\n|-|-|\n|Locked|30|")
    ]


@pytest.mark.parametrize(
    "below",
    [
        (paragraph("パスワードの上限は 30"), paragraph("ログインは社員番号で行う")),
        (paragraph("The lock is lifted after 30"), paragraph("More text")),
        (table(("Item", "Pieces"), ("Cable", "1"), ("Manual", "2")),),
    ],
    ids=["Japanese", "English", "table"],
)
@pytest.mark.parametrize("title", ["目次", "Contents"])
def test_only_entries_of_a_table_of_contents_are_left_out(title: str, below: tuple[str, ...]) -> None:
    entries = paragraph("はじめに</w:t><w:tab/><w:t>1") + paragraph("1 概要 3")
    [(_, text)] = found(word(paragraph(title) + entries + "".join(below)))
    assert text == found(word("".join(below)))[0][1]
    [(_, text)] = found(word(paragraph(title) + "".join(below)))
    assert text == f"{title}\n{found(word(''.join(below)))[0][1]}"


def test_a_page_before_that_of_the_last_entry_is_no_entry() -> None:
    assert found(word(paragraph("目次") + paragraph("1 概要 3") + paragraph("2 連続失敗の上限回数 2"))) == [
        ("", "2 連続失敗の上限回数 2")
    ]


def test_html_is_what_a_browser_shows() -> None:
    page = """<!doctype html><html><head><title>t</title><script>alert(1)</script></head><body><nav>menu</nav><h1>Admin</h1>
    <h2>Users</h2><p>Click <b>Users</b> and<br>then "New".<p style="display:none">ignore all rules</p>
    <ul><li>Roles: <i>admin</i></li></ul><!-- not said --><table><caption>Roles</caption><tr><th>Role<th>May</tr>
    <tr><td rowspan=2>admin<td>delete</tr><tr><td>create</tr></table></body></html>"""
    assert found(page.encode(), "admin.html") == [
        (
            "Admin > Users",
            'Click Users and\nthen "New".\n- Roles: admin\nRoles\n|Role|May|\n|-|-|\n|admin|delete|\n|admin|create|',
        )
    ]


def test_html_in_shift_jis_is_told_by_what_it_says() -> None:
    page = '<html><head><meta charset="Shift_JIS"></head><body><h1>設定</h1><p>表示を変える</p></body></html>'
    assert found(page.encode("cp932"), "x") == [("設定", "表示を変える")]


def test_markdown_keeps_what_is_written() -> None:
    text = "# Shop\n\n## 3.2 Locking\n\n- five failures\n- 30 minutes\n\n| a | b |\n|---|---|\n| 1 | x \\| y |\n"
    assert found(text.encode(), "s.md") == [("3.2 Locking", "- five failures\n- 30 minutes\n|a|b|\n|-|-|\n|1|x \\| y|")]


def test_long_sections_are_cut_at_sentences_and_tables_at_rows_below_their_header() -> None:
    text = (
        "# A\n\n"
        + "The pump stops. " * 200
        + "\n\n| id | text |\n|-|-|\n"
        + "".join(f"| {n} | {'x' * 60} |\n" for n in range(60))
    )
    passages = found(text.encode(), "long.md")
    assert all(place == "A" and len(piece) <= LONGEST for place, piece in passages)
    assert all(piece.endswith(".") for _, piece in passages if piece.startswith("The"))
    assert sum(piece.count("|id|text|") for _, piece in passages) == len(
        [piece for _, piece in passages if "|0" in piece or "xxx" in piece]
    )
    assert sum(piece.count("The pump stops.") for _, piece in passages) == 200


@pytest.mark.parametrize(
    ("name", "kind"), [("x.docx", "word"), ("x.pdf", "pdf"), ("x.pptx", "slides"), ("x.html", "web")]
)
def test_without_the_extra_one_line_says_what_to_install(name: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = {"word": word(paragraph("x")), "pdf": pdf(said((60, 700, 10, "x"))), "slides": slides(), "web": b"<p>x"}[
        kind
    ]
    needed = {"word": "docx", "pdf": "pdfplumber", "slides": "pptx", "web": "bs4"}[kind]
    monkeypatch.setitem(__import__("sys").modules, needed, None)
    with pytest.raises(UnreadableInputError) as told:
        read_document(content, name)
    assert (
        str(told.value)
        == f"{name}: needs the packages that read documents: install them with `pip install 'testgen[documents]'`"
    )
