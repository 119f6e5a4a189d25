"""Checks a team's own terms and style."""

import re
from collections.abc import Iterator, Mapping

from testgen.domain.hit import Hit
from testgen.reviewer.checks.registry import check
from testgen.reviewer.subject import Field, Subject
from testgen.text.marks import LABEL, MASK, OPEN_POINT, mask

_ENDINGS = {
    "する": re.compile(r"(?:ます|ください|下さい|こと)。?$"),
    "すること": re.compile(r"(?<!こと)(?<!こと。)$"),
    "ですます": re.compile(r"(?<!ます)(?<!ます。)(?<!ください)(?<!ください。)$"),
}
_WANTED = {"する": "〜する", "すること": "〜すること", "ですます": "〜します"}


@check("term-not-in-glossary")
def term_not_in_glossary(subject: Subject) -> Iterator[Hit]:
    """Reports words that the glossary replaces."""
    replacements = subject.knowledge.replacements()
    if replacements:
        fields = [field for pair in subject.pairs() for field in pair]
        everything = "\n".join(field.masked for field in fields).lower()
        met = {word: wanted for word, wanted in replacements.items() if word.lower() in everything}
        for field in fields:
            yield from _terms(field, met)


@check("house-style")
def house_style(subject: Subject) -> Iterator[Hit]:
    """Reports brackets and endings that differ from the style."""
    style = subject.knowledge.style
    for pair in subject.pairs():
        for field in pair:
            yield from _brackets(field, style.brackets)
    if subject.language == "ja":  # the endings are those of Japanese verbs
        for action in subject.actions:
            yield from _ending(action, style.ending)


def _terms(field: Field, replacements: Mapping[str, str]) -> Iterator[Hit]:
    taken: set[int] = set()
    lowered = field.masked.lower()
    for word, wanted in replacements.items():
        if word.lower() not in lowered:
            continue
        edge = r"\b" if word.isascii() else ""
        for match in re.finditer(edge + re.escape(word) + edge, field.masked, re.IGNORECASE):
            span = range(*match.span())
            # 「押下する」の中の「押」のように、長い語の一部は数えない。正しい語そのものの中も同じ。
            if taken.intersection(span) or _inside(wanted, field.masked, match.span()):
                continue
            taken.update(span)
            yield field.hit("term-not-in-glossary", match.span(), term=wanted)


def _inside(wanted: str, text: str, span: tuple[int, int]) -> bool:
    """Whether the span is part of the wanted word."""
    first = max(span[1] - len(wanted), 0)
    return any(text.startswith(wanted, start) for start in range(first, span[0] + 1))


def _brackets(field: Field, wanted: str | None) -> Iterator[Hit]:
    if wanted is None:
        return
    for match in LABEL.finditer(field.text):
        label = match.group()
        if not OPEN_POINT.match(label) and label[0] + label[-1] != wanted:
            better = f"{wanted[0]}{label[1:-1]}{wanted[-1]}"
            yield field.hit("house-style", match.span(), wanted=better)


def _ending(action: Field, ending: str | None) -> Iterator[Hit]:
    text = action.text.rstrip()
    if ending is None or mask(text).strip(MASK + " ") == "":
        return
    if _ENDINGS[ending].search(text):
        start = max(len(text) - 4, 0)
        yield action.hit("house-style", (start, len(text)), wanted=_WANTED[ending])
