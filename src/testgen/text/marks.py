"""Marks in a text: what is quoted, what is masked, what is still open. Every repetition is bounded, so each pattern is linear."""

import re
from functools import lru_cache

from testgen.domain.language import Language

MASK = "\ue000"  # neither a letter nor a mark of any sentence
# Labels in the brackets that a team may choose among.
LABEL = re.compile(
    r"「[^「」\n]{1,300}」|『[^『』\n]{1,300}』|\[[^\[\]\n]{1,300}\]|\"[^\"\n]{1,300}\"|【[^【】\n]{1,300}】"
)
# Labels and values in quotes; '' and ''' are the wiki's.
_QUOTED = re.compile(
    r"「[^「」\n]{0,300}」|『[^『』\n]{0,300}』|“[^“”\n]{0,300}”|‘[^‘’\n]{0,300}’|\"[^\"\n]{0,300}\"|`[^`\n]{0,300}`"
    r"|(?<!')'''?[^'\n]{1,300}'''?|(?<![\w'])'[^'\n]{1,160}'(?!\w)|\[[A-Z][^\[\]\n]{0,300}\]|【[^【】\n]{0,300}】"
)
_ADDRESS = r"https?://[^\s「」、。]{0,2000}[^\s「」、。.,;:!?)]|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,8}"
_FILE = r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{1,100}\.(?:csv|tsv|xlsx?|pdf|png|jpe?g|gif|txt|json|xml|zip|docx?|html?|log|ya?ml)\b"
_VALUE = re.compile(rf"{_ADDRESS}|{_FILE}|\d{{1,30}}(?:[.,]\d{{1,30}}){{1,8}}")

_MAY_BE_VALUE = re.compile("[.,@:]")  # each has one of these, and most texts have none

_OPEN: dict[Language, str] = {"ja": "【要記入: {}】", "en": "[FILL IN: {}]"}
# A place that somebody has to fill in; the group is what is missing.
OPEN_POINT = re.compile(r"【要記入[:：]?\s{0,3}([^【】]{0,300})】|\[FILL IN:?\s{0,3}([^\[\]]{0,300})\]")

# A field in which somebody says that it is empty, or the same as elsewhere.
_SAME = (
    r"n/?a|none|nothing|nil|null|not applicable|ditto|as above|idem|see (?:above|previous(?: step)?)"
    r"|(?:the )?same(?: as (?:the )?(?:above|before|previous(?: step)?|step \d+))?"
    r"|(?:continued?|proceed)(?: on)? from (?:test|step|case|tc)s? [\w.-]+"
    r"|(?:特に|とくに)?(?:なし|無し|無)|(?:以下|以降|後|中)?(?:省?略|割愛)|該当なし|空[欄白]|未記入|(?:上記|前項|前述|別紙|左記|手順\s?[\d-]+)(?:を)?参照|(?:以下)?同[上左右前文様じ]"
    r"|(?:上記?|前(?:項|述|回|行|段|者|手順)?|左記?|右記?|先ほど|手順\s?[\d-]+)(?:に|と|の)?(?:同じ|同様|同上|通り|とおり)"
)
NOTHING = re.compile(rf"[\W_]{{0,40}}(?:〃|々|\(?(?:{_SAME})\)?(?:です|とする)?)?[\W_]{{0,40}}", re.IGNORECASE)


@lru_cache(maxsize=2048)
def mask(text: str) -> str:
    """The text with quotes, addresses, file names and decimals replaced by a filler of the same length."""
    without_quotes = _QUOTED.sub(_fill, text)
    return _VALUE.sub(_fill, without_quotes) if _MAY_BE_VALUE.search(without_quotes) else without_quotes


def _fill(match: re.Match[str]) -> str:
    return MASK * len(match.group())


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The spans inside quotes, without the quotes; open points do not count."""
    found = (match.span() for match in _QUOTED.finditer(text) if not OPEN_POINT.match(match.group()))
    return [(start + 1, end - 1) for start, end in found if end - start > 2]


def quotes(text: str) -> list[str]:
    """The texts inside quotation marks, in order."""
    return [text[start:end] for start, end in quoted_spans(text)]


def open_point(what: str, language: Language) -> str:
    """The mark for something that the case does not say."""
    return _OPEN[language].format(what)
