"""Whether a text is written in a language, tested by script, because Japanese and English share hardly any letters."""

import re

from testgen.domain.language import HAN, KANA, Language
from testgen.messages import say
from testgen.text.marks import MASK, mask

_DATA = re.compile(r"(?<![\x21-\x7e])[\x21-\x7e]*[\d_/\\=][\x21-\x7e]*")
_ENGLISH_PROSE = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2}")
NAMES: dict[Language, str] = {"ja": say("Japanese"), "en": say("English")}


def is_written_in(text: str, language: Language) -> bool:
    """Whether a sentence is in `language`; quotes, data and addresses in it may be in any language.

    Japanese must contain kana (Chinese uses the same Han characters); any other language must not contain kana or Han characters.
    A text that is only data belongs to every language.
    """
    return is_prose_in(mask(text), language)


def is_prose_in(masked: str, language: Language) -> bool:
    """The same for a text that is already masked."""
    prose = _DATA.sub(" ", masked.replace(MASK, " "))
    if language == "ja":
        return bool(KANA.search(prose)) or not (HAN.search(prose) or _has_english(prose))
    return not (KANA.search(prose) or HAN.search(prose))


def _has_english(prose: str) -> bool:
    """Whether there are two words in a row that are not both in capitals: ACC ON is the name of a key."""
    return any(not match.group().isupper() for match in _ENGLISH_PROSE.finditer(prose))
