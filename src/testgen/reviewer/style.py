"""Rules on language and on a team's own words and style."""

import re
from collections.abc import Iterator

from testgen.domain.glossary import Glossary
from testgen.domain.language import is_written_in
from testgen.reviewer.text import LONGEST, QUOTED, Field, Hit, Subject, mask

_ENDINGS = {
    "する": re.compile(r"(?:ます|ください|下さい|こと)。?$"),
    "すること": re.compile(r"(?<!こと)(?<!こと。)$"),
    "ですます": re.compile(r"(?<!ます)(?<!ます。)(?<!ください)(?<!ください。)$"),
}
_WANTED = {"する": "〜する", "すること": "〜すること", "ですます": "〜します"}
_LABEL = re.compile(r"「[^」\n]+」|『[^』\n]+』|\[[^\]\n]+\]|\"[^\"\n]+\"|【(?!要記入)[^】\n]+】")


def language(subject: Subject) -> Iterator[Hit]:
    """Fields in another language than the procedure's; labels, data and addresses aside."""
    for pair in subject.pairs():
        for field in pair:
            prose = _without_data(field)
            if prose.strip() and not is_written_in(prose, subject.language):
                yield Hit("mixed-language", field.pointer, field.step.number, (0, len(field.text)))


def _without_data(field: Field) -> str:
    prose = mask(field.text)
    for value in map(str.strip, (field.step.test_data or "")[:LONGEST].split("/")):
        prose = prose.replace(value, " ") if value else prose
    return prose


def house(subject: Subject, glossary: Glossary) -> Iterator[Hit]:
    """Words that the glossary replaces, and what differs from the style."""
    replacements = glossary.replacements()
    for action, expected in subject.pairs():
        for field in (action, expected):
            yield from _terms(field, replacements)
            yield from _brackets(field, glossary.style.brackets)
        yield from _ending(action, glossary.style.ending, subject)


def _terms(field: Field, replacements: dict[str, str]) -> Iterator[Hit]:
    taken: set[int] = set()
    for word, wanted in replacements.items():
        edge = r"\b" if word.isascii() else ""
        for match in re.finditer(edge + re.escape(word) + edge, field.masked, re.IGNORECASE):
            span = range(*match.span())
            # 「押下する」の中の「押」のように、長い語の一部は数えない。正しい語そのものの中も同じ。
            if taken.intersection(span) or _inside(wanted, field.masked, match.span()):
                continue
            taken.update(span)
            yield Hit("term-not-in-glossary", field.pointer, field.step.number, match.span(), (("term", wanted),))


def _inside(wanted: str, text: str, span: tuple[int, int]) -> bool:
    return any(found.start() <= span[0] and span[1] <= found.end() for found in re.finditer(re.escape(wanted), text))


def _brackets(field: Field, wanted: str | None) -> Iterator[Hit]:
    if wanted is None:
        return
    for match in _LABEL.finditer(field.text):
        label = match.group()
        if label[0] + label[-1] != wanted:
            better = f"{wanted[0]}{label[1:-1]}{wanted[-1]}"
            yield Hit("house-style", field.pointer, field.step.number, match.span(), (("wanted", better),))


def _ending(action: Field, ending: str | None, subject: Subject) -> Iterator[Hit]:
    text = action.text.rstrip()
    if ending is None or subject.language != "ja" or not text or QUOTED.sub("", text).strip() == "":
        return
    if _ENDINGS[ending].search(text):
        start = max(len(text) - 4, 0)
        yield Hit("house-style", action.pointer, action.step.number, (start, len(text)), (("wanted", _WANTED[ending]),))
