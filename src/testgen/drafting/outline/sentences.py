"""Rules 1 and 2: what is one sentence, and which characters of it are words rather than quoted data."""

import re
import unicodedata

MASK = "\ue000"  # stands for each character of a quote, so that offsets stay

_PROTECTED = re.compile(
    r"「[^」]*」|『[^』]*』|【[^】]*】|\"[^\"\n]*\"|“[^”\n]*”|‘[^’\n]*’|`[^`\n]*`"
    r"|https?://[^\s「」、。]*[^\s「」、。.,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[A-Za-z0-9_-]+\.(?:csv|tsv|xlsx?|pdf|png|jpe?g|gif|txt|json|xml|zip|docx?|html?|log|ya?ml)\b"
    r"|\b(?:e\.g|i\.e|etc|vs|No|Mr|Ms|Dr)\.|\d+(?:[.,]\d+)+"
)
_QUOTED = re.compile(r"「([^」]+)」|『([^』]+)』|\"([^\"\n]+)\"|“([^”\n]+)”|‘([^’\n]+)’")
_BULLET = re.compile(r"^\s*(?:[-*+・●○■□◆◇▪•>#]+|\(?\d{1,2}[.)．）:]|[①-⑳])\s*")
_END = re.compile(r"[。．！？!?]+|\.(?=\s|$)|;(?=\s)")
_NEW_LINE = re.compile(r"\n")


def normalise(text: str) -> str:
    """NFKC and lower case, for matching only; output keeps the author's spelling."""
    return unicodedata.normalize("NFKC", text).casefold()


def mask(text: str) -> str:
    """The text with every quote, URL, address, file name and decimal blotted out, at the same length."""
    return _PROTECTED.sub(lambda match: MASK * len(match.group()), text)


def quotes(text: str) -> list[str]:
    """What stands inside quotation marks, in order."""
    return [next(filter(None, match.groups())) for match in _QUOTED.finditer(text)]


def split_sentences(text: str) -> list[str]:
    """Sentences without their closing mark and without bullets; never cut inside a quote, URL, decimal or file name."""
    lines = (_BULLET.sub("", _BULLET.sub("", line)) for line in _cut(text, _NEW_LINE))
    sentences = (sentence.strip(" \t\r　*_") for line in lines for sentence in _cut(line, _END))
    return [sentence for sentence in sentences if sentence]


def _cut(text: str, end: "re.Pattern[str]") -> list[str]:
    found, start = [], 0
    for match in end.finditer(mask(text)):
        found.append(text[start : match.start()])
        start = match.end()
    return [*found, text[start:]]
