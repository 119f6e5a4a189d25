"""Which language a text is in: a script test, since Japanese and English share hardly a letter."""

import re
from typing import Literal

Language = Literal["ja", "en"]

KANA = re.compile(r"[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9d]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]")
LATIN = re.compile(r"[A-Za-z]")
_VERBATIM = re.compile(
    r"「[^」]*」|『[^』]*』|【[^】]*】|\"[^\"]*\"|“[^”]*”|‘[^’]*’|`[^`]*`|\[FILL IN:[^\]]*\]|https?://\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+|(?<![\x21-\x7e])[\x21-\x7e]*[\d_/\\=][\x21-\x7e]*"
)


def detect_language(text: str) -> Language:
    """Japanese where any kana or Han stands, else English (DESIGN section 11, rule 1)."""
    return "ja" if KANA.search(text) or HAN.search(text) else "en"


def is_written_in(text: str, language: Language) -> bool:
    """Whether a sentence is in `language`; quotes, data and URLs in it may be in any.

    Japanese needs kana (Chinese has the same Han); English needs to be free of kana and Han.
    A text of nothing but data belongs to every language.
    """
    prose = _VERBATIM.sub(" ", text)
    if language == "en":
        return not (KANA.search(prose) or HAN.search(prose))
    return bool(KANA.search(prose)) or not (HAN.search(prose) or re.search(r"[A-Za-z]{2,}\s+[A-Za-z]{2,}", prose))
