"""`make lint`: looks in README and docs, and in the Japanese texts that a user sees, for words that docs/contributing.md says we do not
use, and for Japanese punctuation.

The tables of that page are the word list; code is left out. A dependency on Vale or textlint would bring a binary or node to every machine.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import read_po

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
    re.compile(rf"{_JAPANESE}[,!?](?!\w)"): "use a full-width comma or mark",
    re.compile(r"[Ａ-Ｚａ-ｚ０-９]"): "use half-width letters and digits",
    re.compile(r"\d [件個回枚組行秒分日人台字]"): "no space between a number and its counter",
}
_ON_PAGES = {
    re.compile(rf"(?:{_JAPANESE}|[、。])\n *(?={_JAPANESE_START})"): "join these lines: the break is shown as a space",
    re.compile(rf"(?<!【要記){_JAPANESE}:(?=\s)"): "use 「：」",
    re.compile(rf"\((?=[^()\n]*{_JAPANESE_START}[^()\n]*\))"): "use 「（）」",
}
_SOURCE = ROOT / "src/testgen"
_CATALOG = _SOURCE / "locale/ja/LC_MESSAGES/testgen.po"
_PAGE_TEXTS = (_SOURCE / "api/page/app/texts/ja.js", _SOURCE / "api/page/app/problems.js")
_RULES = _SOURCE / "reviewer/rules"
_AROUND = _SOURCE / "interchange/data/words.ja.yaml"
_QUOTED = re.compile(r'"[^"\n]*"|`[^`\n]*`')
_EXAMPLES = ("bad", "good", "patterns")  # of a rule: they show what is wrong, too


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
    """Line numbers and what to write instead. Only a Japanese page is looked through for Japanese: others quote what testgen reads."""
    known = {avoided: preferred for avoided, preferred in words.items() if japanese or avoided.isascii()}
    yield from _faults(prose(text), known, _PUNCTUATION | _ON_PAGES if japanese else {})


def faults_shown(text: str, words: dict[str, str]) -> Iterator[tuple[int, str]]:
    """The same for a Japanese text that testgen shows."""
    yield from _faults(text, {avoided: words[avoided] for avoided in words if not avoided.isascii()}, _PUNCTUATION)


def _faults(text: str, words: dict[str, str], marks: dict[re.Pattern[str], str]) -> Iterator[tuple[int, str]]:
    patterns = {
        _pattern(avoided, preferred): f'"{avoided}": we say {preferred}' for avoided, preferred in words.items()
    }
    for pattern, remedy in (patterns | marks).items():
        for found in pattern.finditer(text):
            yield text.count("\n", 0, found.start()) + 1, remedy


def _pattern(avoided: str, preferred: str) -> re.Pattern[str]:
    before, after = (r"\b", r"\b") if avoided.isascii() else ("", "(?!ー)" if preferred == f"{avoided}ー" else "")
    return re.compile(before + re.escape(avoided).replace(r"\ ", r"\s+") + after, re.IGNORECASE)


def shown() -> Iterator[tuple[str, str]]:
    """Where each Japanese text is that testgen shows, and the text."""
    with _CATALOG.open("rb") as file:
        for message in read_po(file):
            if message.id:
                yield f"{_named(_CATALOG)}: {str(message.id)[:60]}", str(message.string)
    for path in _PAGE_TEXTS:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield from ((f"{_named(path)}:{number}", text) for text in _QUOTED.findall(line))
    for path in sorted(_RULES.glob("*.yaml")):
        rule = yaml.safe_load(path.read_text(encoding="utf-8"))["ja"]
        yield from _texts({key: value for key, value in rule.items() if key not in _EXAMPLES}, _named(path))
    yield from _texts(yaml.safe_load(_AROUND.read_text(encoding="utf-8")), _named(_AROUND))


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part, where)


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def main() -> None:
    """Prints a line per fault, as compilers do, and exits with 1 if there is one."""
    words = word_list()
    told = [
        f"{_named(page)}:{line}: {message}"
        for page in PAGES
        for line, message in sorted(faults(page.read_text(encoding="utf-8"), words, japanese=page.stem.endswith(".ja")))
    ]
    told += [f"{where}: {message}" for where, text in shown() for _, message in faults_shown(text, words)]
    sys.exit("\n".join(told) or 0)


if __name__ == "__main__":
    main()
