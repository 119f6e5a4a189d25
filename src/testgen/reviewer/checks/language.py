"""Checks the language of each field."""

import re
from collections.abc import Iterator

from testgen.domain.hit import Hit
from testgen.domain.language import HAN, Language
from testgen.reviewer.checks.registry import check
from testgen.reviewer.subject import LONGEST, Field, Subject
from testgen.text.japanese_tokens import all_japanese
from testgen.text.language import is_prose_in
from testgen.text.marks import MASK
from testgen.text.verbs import instructions

# Tap "Request a ride": one word of English is enough where nothing else stands beside the label.
_ORDER = re.compile(rf"\s*([A-Za-z]+)\s+(?:on\s+|the\s+)?{MASK}+[\s.]*$")
# Without them there is no sentence but a command or a line of output.
_FUNCTION_WORDS = frozenset(
    ["the", "a", "an", "is", "are", "was", "were", "be", "it", "this", "that", "to", "of", "and", "with", "your", "you"]
)
_WORD = re.compile(r"[A-Za-z]+")


@check("mixed-language")
def mixed_language(subject: Subject) -> Iterator[Hit]:
    """Reports fields that are not in the language of the procedure, apart from labels, data and addresses."""
    for pair in subject.pairs():
        for field in pair:
            prose = _without_data(field)
            ordered = subject.language == "ja" and _ORDER.match(prose)
            told = bool(ordered and ordered[1].lower() in instructions())
            data = subject.language == "ja" and _is_data(prose, asked=field.name == "action")
            foreign = told or not (data or reads_as(prose, subject.language))
            if not field.is_none and prose.strip() and foreign:
                yield field.hit("mixed-language", (0, len(field.text)))
            elif subject.language == "ja" and (found := _chinese(field.masked, subject.given)):
                yield field.hit("mixed-language", found, variant="character")


def _is_data(prose: str, *, asked: bool) -> bool:
    """git push origin main, Permission denied: what is typed or printed, and no sentence that tells or asks somebody something."""
    words = _WORD.findall(prose)
    told = any(word.lower() in _FUNCTION_WORDS for word in words)
    ordered = asked and bool(words) and words[0].istitle() and words[0].lower() in instructions()
    return not (HAN.search(prose) or told or ordered)


def _chinese(masked: str, given: str) -> tuple[int, int] | None:
    """The first character that Chinese writes and Japanese does not (岁, 录), and that the case does not have."""
    for found in HAN.finditer(masked):
        if (
            found.group() not in given
            and _is_in(found.group(), "gb2312")
            and not any(_is_in(found.group(), theirs) for theirs in ("shift_jis_2004", "cp932"))
        ):
            return found.span()
    return None


def _is_in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def reads_as(prose: str, language: Language) -> bool:
    """Whether a masked text is in the language. Japanese does not need kana if its words are enough."""
    return is_prose_in(prose, language) or (language == "ja" and all_japanese(prose))


def _without_data(field: Field) -> str:
    prose = field.masked
    for value in dict.fromkeys(map(str.strip, (field.step.test_data or "")[:LONGEST].split("/"))):
        prose = prose.replace(value, " ") if value else prose
    return prose
