"""Detects the language of a text by its script, because Japanese and English share hardly any letters."""

import re
from typing import Literal, get_args

Language = Literal["en", "ja"]  # of test cases and procedures
Spoken = Literal["en", "ja"]  # of messages and help texts: each but English has a catalog in locale/
LANGUAGES: tuple[Language, ...] = get_args(Language)
SPOKEN: tuple[Spoken, ...] = get_args(Spoken)

KANA = re.compile(r"[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9d]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]")


def detect_language(text: str) -> Language:
    """Japanese if the text contains any kana or Han characters, otherwise English."""
    return "ja" if KANA.search(text) or HAN.search(text) else "en"
