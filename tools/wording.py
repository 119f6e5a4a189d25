"""`make lint`: looks in README and docs for words that docs/contributing.md says we do not use, and for Japanese punctuation.

The tables of that page are the word list; code is left out. A dependency on Vale or textlint would bring a binary or node to every machine.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "docs/contributing.md"
PAGES = (ROOT / "README.md", ROOT / "README.ja.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md")))
_TABLES = re.compile(r"^\| (?:We say|使う) \|.*\n\|---\|---\|\n((?:\|.*\n)+)", re.MULTILINE)
_CODE = re.compile(r"```.*?^ *```|`[^`\n]*`|\]\([^)]*\)", re.DOTALL | re.MULTILINE)
_BAD_EXAMPLES = re.compile(r"^- (?:Instead of|悪い例):.*$", re.MULTILINE)  # of the review's catalog
_JAPANESE = "[ぁ-んァ-ヶー一-龠々」）]"
_JAPANESE_START = "[ぁ-んァ-ヶ一-龠「（]"
_PUNCTUATION = {
    re.compile(rf"{_JAPANESE}\.(?=\s|$)", re.MULTILINE): "end the sentence with 「。」",
    re.compile(r"。[ 　]+(?=[^\s|])"): "no space after 「。」",
    re.compile(rf"(?:{_JAPANESE}|[、。])\n *(?={_JAPANESE_START})"): "join these lines: the break is shown as a space",
}


def word_list() -> dict[str, str]:
    """What we do not say -> what we say."""
    rows = "".join(_TABLES.findall(LIST.read_text(encoding="utf-8"))).splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {avoided.strip(): preferred for preferred, avoided_all in cells for avoided in avoided_all.split(";")}


def prose(text: str) -> str:
    """The text without code, link targets, bad examples and the word list itself; every line keeps its number."""
    for pattern in (_TABLES, _CODE, _BAD_EXAMPLES):
        text = pattern.sub(lambda found: "x" + "\n" * found[0].count("\n"), text)
    return text


def faults(text: str, words: dict[str, str], *, japanese: bool) -> Iterator[tuple[int, str]]:
    """Line numbers and what to write instead; punctuation only on a Japanese page."""
    plain = prose(text)
    for avoided, preferred in words.items():
        edge = r"\b" if avoided.isascii() else ""
        for found in re.finditer(edge + re.escape(avoided).replace(r"\ ", r"\s+") + edge, plain, re.IGNORECASE):
            yield plain.count("\n", 0, found.start()) + 1, f'"{avoided}": we say {preferred}'
    for pattern, remedy in _PUNCTUATION.items() if japanese else ():
        for found in pattern.finditer(plain):
            yield plain.count("\n", 0, found.start()) + 1, remedy


def main() -> None:
    """Prints a line per fault, as compilers do, and exits with 1 if there is one."""
    words = word_list()
    told = [
        f"{page.relative_to(ROOT)}:{line}: {message}"
        for page in PAGES
        for line, message in sorted(faults(page.read_text(encoding="utf-8"), words, japanese=page.stem.endswith(".ja")))
    ]
    sys.exit("\n".join(told) or 0)


if __name__ == "__main__":
    main()
