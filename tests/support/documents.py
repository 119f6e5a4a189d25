"""Documents as teams have them, made here, and PDF written object by object."""

import io
from collections.abc import Sequence

from support.packages import packed, parts_of


def pdf(
    *pages: str, fonts: str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", more: Sequence[str] = ()
) -> bytes:
    """A PDF of pages given as content streams; `/F1` is Helvetica, `/F2` a Japanese font that is not embedded. `more` are further
    objects, from number 100."""
    japanese = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /UniJIS-UCS2-H /DescendantFonts [<< /Type /Font "
        "/Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> "
        "/DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /FontBBox [0 -200 1000 900] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> >>] >>"
    )
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>", 3: fonts, 4: japanese}
    kids = []
    for number, content in enumerate(pages):
        page, stream = 10 + 2 * number, 11 + 2 * number
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
        )
        objects[stream] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects |= {100 + number: text for number, text in enumerate(more)}
    return written(objects)


def written(objects: dict[int, str], root: str = "1 0 R", trailer: str = "") -> bytes:
    """The file of numbered objects, with its table of places."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, text in sorted(objects.items()):
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(f"{number} 1\n{place:010} 00000 n \n".encode())
    out.write(f"trailer << /Size {max(objects) + 1} /Root {root} {trailer} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def said(*lines: tuple[float, float, float, str]) -> str:
    """A content stream of lines: x, y, size, text; what is not ASCII is set in the Japanese font."""
    return "\n".join(f"BT {_font(text)} {size} Tf {x} {y} Td {_string(text)} Tj ET" for x, y, size, text in lines)


def ruled(left: float, bottom: float, widths: Sequence[float], height: float, rows: Sequence[Sequence[str]]) -> str:
    """A content stream of a table with rules around its cells."""
    made = []
    for up, row in enumerate(reversed(rows)):
        x = left
        for width, text in zip(widths, row, strict=True):
            made.append(f"{x} {bottom + up * height} {width} {height} re S")
            made.append(said((x + 4, bottom + up * height + 5, 10, text)))
            x += width
    return "\n" + "\n".join(made)


def _font(text: str) -> str:
    return "/F1" if text.isascii() else "/F2"


def _string(text: str) -> str:
    return f"({text})" if text.isascii() else f"<{text.encode('utf-16-be').hex()}>"


def word(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A Word file of a body, and of definitions of lists, as they stand in its XML."""
    import docx

    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("x", style="List Number")  # so that the file has a part for numbering
    document.save(buffer)
    parts = parts_of(buffer.getvalue())
    before, _, behind = parts["word/document.xml"].decode().partition("<w:body>")
    parts["word/document.xml"] = f"{before}<w:body>{body}<w:sectPr/></w:body></w:document>".encode()
    assert behind
    if numbering:
        head, _, _ = parts["word/numbering.xml"].decode().partition("<w:abstractNum ")
        parts["word/numbering.xml"] = f"{head}{numbering}</w:numbering>".encode()
    if styles:
        parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", styles.encode() + b"</w:styles>")
    return packed(parts)


def paragraph(text: str, style: str = "", more: str = "", run: str = "") -> str:
    """A paragraph of one run; `more` are further properties of it, `run` of the run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:p><w:pPr>{named}{more}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def table(*rows: Sequence[str]) -> str:
    """A table of Word; a cell that begins with `<w:tcPr>` brings its own properties."""
    made = ""
    for row in rows:
        made += "<w:tr>"
        for cell in row:
            properties, _, text = cell.rpartition("</w:tcPr>")
            made += f"<w:tc>{properties and properties + '</w:tcPr>'}{paragraph(text)}</w:tc>"
        made += "</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def slides() -> bytes:
    """Two slides that are shown and one that is not; a table, a group of boxes and a note."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[5])
    first.shapes.title.text = "Sign-in"
    cells = first.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(6), Inches(1)).table
    for place, text in enumerate(("Attempts", "Shown", "5", "Locked")):
        cells.cell(*divmod(place, 2)).text = text
    first.notes_slide.notes_text_frame.text = "The lock ends after 30 minutes."
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = "Nobody sees this"
    hidden._element.set("show", "0")
    third = deck.slides.add_slide(deck.slide_layouts[6])
    group = third.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1)).text_frame.text = "「監査ログ」で確認する"
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()
