"""The form of a specification: headings, bullets under bullets, tables, code, Given/When/Then, arrows."""

import re
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt

from testgen.drafting.outline.reading.mails import frame
from testgen.text.sentences import split_sentences

_BULLET = re.compile(
    r"^(?P<indent>[\s　]{0,40})(?P<mark>[-*+・●○◆◇■□▪•>‐–—－→]|\(?\d{1,3}[.)．）](?!\d)|[①-⑳]|[a-z][.)](?=\s)|Step\s\d{1,2}[.:)]?|手順\s?\d{1,2}[.:：]?|(?:[A-Z]{1,8}-){0,3}[A-Z]{1,8}-?[\d.]{1,8}[:.)]?(?=\s)|\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s))[\s　]*(?=\S)"
)
_DEEPEST = 12  # blanks of an indentation; more tell nothing more
_BLANKS = re.compile(rf"[ \t　]{{{_DEEPEST},}}")
_SQUARE = re.compile(r"^\s*[■□]")
_HEADING = re.compile(r"^\s*(?:■|□|【[^】]{1,60}】\s*$|＜[^＞]{1,60}＞\s*$|#{1,6}\s|={2,})")
_GHERKIN = re.compile(
    r"^\s*(?:\*\s*)?(?P<word>Given|When|Then|And|But|Background:|Scenario(?: Outline)?:|Feature:|Examples:|Rule:|前提|もし|ならば|かつ|しかし|ただし|背景:|シナリオ(?:アウトライン|テンプレート)?[:：]|機能[:：]|例[:：]|サンプル[:：])[\s　、:：]*(?P<rest>.*)$"
)
_GHERKIN_ROLE = {"Given": "given", "前提": "given", "When": "when", "もし": "when", "Then": "then", "ならば": "then"}


@dataclass
class Line:
    """A sentence with its place: under which line it stands, whether it is a numbered step, and its Gherkin role."""

    text: str
    parent: int = -1
    form: str = "text"  # text, heading, scenario, code, given, when, then, row, frame (of a mail)
    told: bool = False  # in a numbered list: the reader is its subject
    cells: dict[str, str] = field(default_factory=dict)
    item: bool = False  # of a list without numbers: its neighbours are its alternatives
    first: bool = True  # of several sentences in one line


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").disable(["code", "html_block", "inline"])  # what stands in a line is read by us


def lines(specification: str) -> list[Line]:
    """The specification as lines, tables as rows with their column names."""
    specification = _BLANKS.sub(" " * _DEEPEST, specification.replace("\r\n", "\n"))
    return _Blocks(specification).lines()


class _Blocks:
    def __init__(self, specification: str) -> None:
        self.source = specification.split("\n")
        self.special = _special(specification)
        self.frame = frame(self.source)
        words = {step["word"] for line in self.source if (step := _GHERKIN.match(line))}
        self.scenario = bool(words & {"Then", "ならば"})
        self.found: list[Line] = []
        self.open_items: list[tuple[int, int]] = []
        self.gherkin = ""

    def lines(self) -> list[Line]:
        number = 0
        while number < len(self.source):
            number = self._block(number)
        return self.found

    def _block(self, number: int) -> int:
        """Reads what begins at a line; the number of the next one to read."""
        raw = self.source[number]
        if number in self.frame:
            self.found.append(Line(raw.strip(), form="frame"))
            return number + 1
        if number in self.special:
            end, made = self.special[number]
            self.found += [*made]
            return max(end, number + 1)
        if raw.lstrip().startswith("|") and raw.count("|") > 1:
            rest = range(number, len(self.source))
            end = next((at for at in rest if not self.source[at].lstrip().startswith("|")), len(self.source))
            self.found += _rows(self.source[number:end])
            return end
        step = _GHERKIN.match(raw) if self.scenario else None
        if step:
            self.gherkin = _role(step["word"], self.gherkin)
            begins = "scenario" if step["word"].startswith(("Scenario", "シナリオ")) else "heading"
            self.found.append(Line(step["rest"].strip() or step["word"], form=self.gherkin or begins))
        elif not raw.strip():
            self.open_items = []
        elif _HEADING.match(raw) and not _listed(self.source, number):
            self.found.append(Line(raw.strip(" #■□"), form="heading"))
            self.open_items = []
        else:
            self._prose(raw)
        return number + 1

    def _prose(self, raw: str) -> None:
        """A line of text or a bullet: its sentences, under the bullet that it is indented from."""
        bullet = _BULLET.match(raw)
        indent = len(bullet["indent"].expandtabs(4)) if bullet else 0
        if bullet:
            self.open_items = [(depth, index) for depth, index in self.open_items if depth < indent]
        parent = self.open_items[-1][1] if self.open_items and bullet else -1
        numbered = bullet and re.search(r"\d|[①-⑳]|Step|手順", bullet["mark"])
        told = bool(numbered and bullet and not re.search(r"R|C-", bullet["mark"]))
        text = raw[bullet.end() :] if bullet else raw
        text = re.sub(r"^\s*(?:\[[A-Z]{1,6}-?\d{1,5}\]|※)\s*", "", text)
        made = [
            Line(sentence, parent, told=told, item=bool(bullet) and not told, first=not number)
            for number, sentence in enumerate(split_sentences(text))
        ]
        if bullet and made:
            self.open_items.append((indent, len(self.found) + len(made) - 1))
        self.found += made


def _listed(source: list[str], number: int) -> bool:
    """Whether a line with a square before it is one of a list: its neighbour has one too."""
    squared = [
        number
        for number in (number - 1, number, number + 1)
        if 0 <= number < len(source) and _SQUARE.match(source[number])
    ]
    return number in squared and len(squared) > 1


def _role(word: str, before: str) -> str:
    if word in ("And", "But", "かつ", "しかし", "ただし"):
        return before
    return _GHERKIN_ROLE.get(word, "")


def _special(specification: str) -> dict[int, tuple[int, list[Line]]]:
    """What the Markdown library knows better: code blocks and headings, by their first line."""
    found: dict[int, tuple[int, list[Line]]] = {}
    tokens = _parser().parse(specification)
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        if token.type == "fence":
            found[token.map[0]] = (
                token.map[1],
                [Line(text.strip(), form="code") for text in token.content.split("\n") if text.strip()],
            )
        elif token.type == "heading_open" and token.markup.startswith("#"):
            found[token.map[0]] = (token.map[1], [Line(tokens[index + 1].content, form="heading")])
    return found


def _rows(block: list[str]) -> list[Line]:
    """The rows of a table in bars, each cell under its column's name; a line of dashes is none."""
    rows = [[cell.strip() for cell in re.split(r"(?<!\\\\)\|", line.strip().strip("|"))] for line in block]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?|", cell) for cell in row)]
    header, found = (rows[0] if rows else []), []
    for row in rows[1:]:
        cells = {name or str(position): cell for position, (name, cell) in enumerate(zip(header, row, strict=False))}
        found.append(Line(" | ".join(row), form="row", cells=cells))
    return found or [Line(" | ".join(header), form="heading")]
