"""Is a text written in a language? A script test, since Japanese and English share hardly a letter."""

import re

from testgen.domain.language import HAN, KANA, Language
from testgen.text.marks import MASK, mask

_DATA = re.compile(r"(?<![\x21-\x7e])[\x21-\x7e]*[\d_/\\=][\x21-\x7e]*")
_ENGLISH_PROSE = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2}")
NAMES: dict[Language, str] = {"ja": "Japanese", "en": "English"}


def is_written_in(text: str, language: Language) -> bool:
    """Whether a sentence is in `language`; quotes, data and addresses in it may be in any.

    Japanese needs kana (Chinese has the same Han); any other language needs to be free of kana and Han.
    A text of nothing but data belongs to every language.
    """
    return is_prose_in(mask(text), language)


def is_prose_in(masked: str, language: Language) -> bool:
    """The same of a text that is masked already."""
    prose = _DATA.sub(" ", masked.replace(MASK, " "))
    if language == "ja":
        return bool(KANA.search(prose)) or not (HAN.search(prose) or _has_english(prose))
    return not (KANA.search(prose) or HAN.search(prose))


def _has_english(prose: str) -> bool:
    """Two words in a row, not both in capitals: ACC ON is the name of a key."""
    return any(not match.group().isupper() for match in _ENGLISH_PROSE.finditer(prose))
