"""The package of a Word or PowerPoint file (Office Open XML, ECMA-376), within limits and without everything that is not text.

A real parser reads its parts before any library processes them; pictures, embedded files and macros never reach a library.
"""

import io
import zipfile
import zlib
from xml.parsers import expat

from testgen.messages import Original, say

MOST_PARTS = 10_000
MOST_XML = 48 << 20  # bytes of all XML, unpacked; 300 pages have 10 MB
MOST_ELEMENTS = 600_000
DEEPEST = 200
_CHUNK = 256 * 1024
_XML = (".xml", ".rels")
_MACROS = ("vbaproject.bin", "vbadata.xml")


def lean(content: bytes, ending: str) -> io.BytesIO:
    """The package with only its XML; every other part is empty. `ending` says what to save it as, such as `.docx`.

    Raises:
        ValueError: it is damaged, locked, too large, nested too deeply, or contains macros or a document type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _lean(package, ending)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise ValueError(say("is incomplete or locked: open it and save it again as {ending}", ending=ending)) from None


def _lean(package: zipfile.ZipFile, ending: str) -> io.BytesIO:
    members = [member for member in package.infolist() if not member.is_dir()]
    names = [member.filename for member in members]
    if len(members) > MOST_PARTS:
        raise ValueError(
            say("has {count:,} parts; at most {most:,} are read: split it", count=len(members), most=MOST_PARTS)
        )
    if len(set(names)) < len(names):
        raise ValueError(
            say(
                "has two parts with the same name, which no office program writes: open it and save it "
                "again as {ending}",
                ending=ending,
            )
        )
    if any(name.lower().endswith(_MACROS) for name in names):
        raise ValueError(
            say("contains macros, which are refused: save it as {ending}, which cannot contain them", ending=ending)
        )
    unpacked = sum(member.file_size for member in members if member.filename.lower().endswith(_XML))
    if unpacked > MOST_XML:
        raise ValueError(
            say(
                "unpacks to {unpacked:,} MiB of text; at most {most} MiB are read: split it",
                unpacked=unpacked >> 20,
                most=MOST_XML >> 20,
            )
        )
    made, count = io.BytesIO(), _Count(ending)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as kept:
        for member in members:
            part = _read(package, member) if member.filename.lower().endswith(_XML) else b""
            if part:
                count.add(part)
            kept.writestr(member.filename, part)
    made.seek(0)
    return made


def _read(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        return package.read(member)
    except ValueError:  # a place before the file's beginning
        raise zipfile.BadZipFile from None


class _Count:
    """The number of elements so far, in all parts, and their depth of nesting."""

    def __init__(self, ending: str) -> None:
        self._again = say("open it and save it again as {ending}", ending=ending)
        self._elements = 0
        self._depth = 0

    def add(self, part: bytes) -> None:
        """Adds a part."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._ends
        parser.StartDoctypeDeclHandler = self._refuses
        self._depth = 0
        try:
            for start in range(0, len(part), _CHUNK):
                parser.Parse(part[start : start + _CHUNK])
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ValueError(
                say(
                    "contains a part that is not XML{reason}: {again}",
                    reason=Original(f" ({error})"),
                    again=self._again,
                )
            ) from None

    def _starts(self, *_: object) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS:
            raise ValueError(say("has more than {most:,} elements, which is the limit: split it", most=MOST_ELEMENTS))
        if self._depth > DEEPEST:
            raise ValueError(say("is nested deeper than {most} elements: {again}", most=DEEPEST, again=self._again))

    def _ends(self, _: str) -> None:
        self._depth -= 1

    def _refuses(self, *_: object) -> None:
        raise ValueError(say("has a document type or entities, which are refused: {again}", again=self._again))
