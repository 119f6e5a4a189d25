"""Documents that attack whoever reads them: by size, by depth, by loops, by what they refer to, by what they pretend to be."""

import io
import warnings
import zipfile
import zlib
from itertools import pairwise

from support.documents import paragraph, pdf, said, slides, table, word, written
from support.packages import packed, parts_of
from support.workbooks import workbook

WORD = word(paragraph("Sign-in"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
NAMES = "abcdefghij"
OF_THE_LAST = "".join(f'<!ENTITY {name} "{10 * ("&" + before + ";")}">' for before, name in pairwise(NAMES))
ENTITIES = f'<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">{OF_THE_LAST}]>'


def in_word(part: str, before: bytes, after: bytes) -> bytes:
    parts = parts_of(WORD)
    assert before in parts[part]
    return packed({**parts, part: parts[part].replace(before, after, 1)})


def twice() -> bytes:
    buffer = io.BytesIO(WORD)
    with zipfile.ZipFile(buffer, "a") as package:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            package.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def locked() -> bytes:
    """The flag of a password on every part."""
    made = bytearray(WORD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + place] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


def stream(data: bytes, more: str = "/Filter /FlateDecode") -> str:
    return f"<< /Length {len(data)} {more} >>\nstream\n{data.decode('latin-1')}\nendstream"


def of_one_page(content: str, **objects: str) -> bytes:
    numbered = {int(number[1:]): text for number, text in objects.items()}
    return written(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
            3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            10: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            11: content,
            **numbered,
        }
    )


def bomb(size: int) -> bytes:
    """So many blanks, packed a mebibyte at a time; each block of the stream stands by itself, and is simply repeated."""
    packer = zlib.compressobj(9)
    head = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * (size >> 20) + packer.flush()


def with_password() -> bytes:
    encryption = f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
    return written(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [] /Count 0 >>",
            9: encryption,
        },
        trailer="/Encrypt 9 0 R /ID [<00> <00>]",
    )


def looping_tables() -> bytes:
    made = pdf(said((60, 700, 10, "Sign-in")))
    place = made.rindex(b"xref\n0 1")
    return made.replace(b"trailer << ", b"trailer << /Prev %d " % place)


NO_PDF = "is not a PDF that can be read|contains no text"
# What it is, and what is said of it.
HOSTILE: dict[str, tuple[bytes, str]] = {
    "Word that unpacks to too much": (in_word("word/document.xml", b"<w:body>", b"<w:body>" + b" " * (49 << 20)), "unpacks to 49 MiB of text"),
    "Word with a million empty paragraphs": (in_word("word/document.xml", b"<w:body>", b"<w:body>" + b"<w:p/>" * 600_000), "more than 600,000 elements"),
    "Word nested without end": (in_word("word/document.xml", b"<w:body>", b"<w:body>" + b"<w:sdt>" * 500 + b"</w:sdt>" * 500), "nested deeper than 200"),
    "Word with entities of entities": (in_word("word/document.xml", b"<w:document", ENTITIES.encode() + b"<w:document"), "document type or entities"),
    "Word with an external entity": (in_word("word/document.xml", b"<w:document", b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'), "document type or entities"),
    "styles with an external entity": (in_word("word/styles.xml", b"<w:styles", b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><w:styles'), "document type or entities"),
    "Word with macros": (packed({**parts_of(WORD), "word/vbaProject.bin": OLE}), "contains macros"),
    "Word with a part twice": (twice(), "two parts with the same name"),
    "Word cut off": (WORD[: len(WORD) // 2], "damaged file|is incomplete"),
    "Word with a password on its parts": (locked(), "is incomplete or locked"),
    "Word of ten thousand parts": (packed({**parts_of(WORD), **{f"word/{n}.xml": b"<a/>" for n in range(10_001)}}), "parts; at most 10,000"),
    "Word that is no XML": (in_word("word/document.xml", b"<w:body>", b"<w:body><oops"), "not XML"),
    "Word without its styles' part": (packed({name: part for name, part in parts_of(WORD).items() if name != "[Content_Types].xml"}), "cannot be read"),
    "a Word table of endless width": (word(table(('<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>wide', "x"), ("a", "b"))), ""),
    "Word of a million letters": (word(paragraph("x" * 1_000_001)), "more than 1,000,000 characters"),
    "PowerPoint with an entity": (packed({**parts_of(slides()), "ppt/presProps.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "document type or entities"),
    "a workbook with macros": (packed({**parts_of(workbook({"S": [["a"]]})), "xl/vbaProject.bin": OLE}), "contains macros"),
    "an old .doc": (OLE + "WordDocument".encode("utf-16-le"), "old binary file"),
    "a workbook with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "has a password"),
    "a picture called .docx": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is NUL"),
    "a ZIP of something": (packed({"a.txt": b"a"}), "ZIP archive of an unknown kind"),
    "RTF": (b"{\\rtf1 a}", "is an RTF"),
    "nothing": (b" \n", "is empty"),
    "PDF whose pages are each other's children": (written({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [3 0 R 3 0 R] >>", 3: "<< /Type /Pages /Kids [2 0 R 2 0 R] >>"}), NO_PDF),
    "PDF of too many pages": (written({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: f"<< /Type /Pages /Kids [{'10 0 R ' * 400}] /Count 400 >>", 10: "<< /Type /Page /MediaBox [0 0 9 9] >>", **{n: "<< >>" for n in range(11, 400)}}), "more than 300 pages|contains no text"),
    "PDF with a stream that unpacks to too much": (of_one_page(stream(bomb(400 << 20))), "needed more than 300 MiB of memory"),
    "PDF with a stream packed forty times": (of_one_page(stream(b"x", "/Filter [" + "/FlateDecode " * 40 + "]")), NO_PDF),
    "PDF of too many letters on a page": (of_one_page(stream(zlib.compress(b"BT /F1 9 Tf 9 9 Td (" + b"x" * 15_001 + b") Tj ET"))), "more than 15,000 characters"),
    "PDF with tables of places in a loop": (looping_tables(), "nested too deeply or damaged"),
    "PDF with a length that refers to itself": (of_one_page("<< /Length 11 0 R >>\nstream\nBT ET\nendstream"), "nested too deeply or damaged"),
    "PDF with a form that draws itself": (of_one_page("<< /Length 7 >>\nstream\n/X1 Do \nendstream").replace(b"/Font <<", b"/XObject << /X1 12 0 R >> /Font <<"), NO_PDF),
    "PDF with a password": (with_password(), "has a password"),
    "PDF cut off": (pdf(said((60, 700, 10, "Sign-in")))[:200], NO_PDF),
    "PDF of noise": (b"%PDF-1.7\n" + bytes(range(256)) * 400, NO_PDF),
    "HTML nested without end": (b"<html><body>" + b"<div>" * 20_000 + b"x", "contains no text"),
    "HTML with a cell over a billion others": (b"<table>" + b'<tr><td colspan=1000000000 rowspan=1000000000>x<td>y</tr>' * 200 + b"</table>", ""),
    "HTML with an external entity": (b'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>a &e; b</p></body></html>', ""),
    "Markdown quoted without end": (b">" * 200_000 + b" x", ""),
    "Markdown of brackets": (b"[" * 200_000 + b"x", ""),
}  # fmt: skip
