"""Do two texts say the same? Width, kana, quotes, numbers and politeness aside, by the share of content words they share."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from testgen.domain.language import Language
from testgen.reviewer import japanese

# An expected result counts as covered where one step has this share of its content words, and the same polarity. On the
# examples' procedures true pairs have 0.75 or more, and the next best step 0.4 or less.
COVERED = 0.6
_CHUNK = 10_000  # characters; the tokenizer takes 49,149 bytes at once

_STOP = frozenset(
    (
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "as",
        "into",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "there",
        "then",
        "than",
        "so",
        "but",
        "if",
        "when",
        "after",
        "before",
        "user",
        "users",
        "page",
        "screen",
        "shown",
        "show",
        "shows",
        "displayed",
        "display",
        "displays",
        "appear",
        "appears",
        "see",
        "seen",
        "message",
    )
)
_NEGATION = re.compile(r"\b(?:not|no|never|none|cannot|without|nothing|un\w+ed)\b|n't\b", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:ing|edly|ed|es|ly|s)$")
_CIRCUMSTANCES: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"^.{2,}?(?:でも|ても|と、|場合(?:は|、|に)|後(?:は|に|、)|たら、?)"),
    "en": re.compile(r"(?:^|,?\s+)(?:even (?:with|if|after)|when|if|after|once)\b[^,]+?(?:,\s*|$)", re.IGNORECASE),
}
_JA_NEGATION = re.compile(r"ない|ません|ず(?:に|、|$)|なし|ぬ(?:$|。)|不可")
_JA_STOP = {
    "表示",
    "する",
    "為る",
    "れる",
    "られる",
    "いる",
    "居る",
    "こと",
    "事",
    "ある",
    "有る",
    "なる",
    "成る",
    "確認",
    "画面",
    "メッセージ",
    "出来る",
    "できる",
    "の",
    "物",
    "よう",
}


def normalise(text: str) -> str:
    """NFKC, lower case, no thousands separators, one kind of quote, single blanks."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return re.sub(r"\s+", " ", re.sub(r"[「」『』“”\"'’`]", '"', text)).strip()


@lru_cache(maxsize=4096)
def content(text: str, language: Language) -> frozenset[str]:
    """The words that carry the meaning: of Japanese the dictionary forms, of English the stems."""
    words = _japanese(text) if language == "ja" else _english(text)
    return frozenset(words)


def share(wanted: str, offered: str, language: Language, *, polarity: bool = True) -> float:
    """How much of `wanted` stands in `offered`, 0 where one denies what the other says."""
    if polarity and negative(wanted, language) != negative(offered, language):
        return 0.0
    words = content(wanted, language)
    if not words:
        return 1.0 if normalise(wanted) in normalise(offered) else 0.0
    return len(words & content(offered, language)) / len(words)


def consequence(text: str, language: Language) -> str:
    """What is seen, without the circumstances in front of or behind it; empty where there are none."""
    match = _CIRCUMSTANCES[language].search(text)
    rest = (text[: match.start()] + text[match.end() :]).strip(" 、,.") if match else ""
    return rest if match and rest else ""


def negative(text: str, language: Language) -> bool:
    """Whether the text denies something; quoted words do not count."""
    bare = re.sub(r"「[^」]*」|\"[^\"]*\"|“[^”]*”", " ", text)
    return bool((_JA_NEGATION if language == "ja" else _NEGATION).search(bare))


def _english(text: str) -> Iterator[str]:
    for word in re.findall(r"[\w.@/-]*\w", normalise(text)):
        if word in _STOP:
            continue
        yield word if any(sign.isdigit() for sign in word) or len(word) < 5 else _SUFFIX.sub("", word)


def _japanese(text: str) -> Iterator[str]:
    whole = normalise(text)
    for start in range(0, len(whole), _CHUNK):
        for token in japanese.tokenize(whole[start : start + _CHUNK]):
            kind = token.part_of_speech()
            word = token.normalized_form()
            if (
                kind[0] in ("名詞", "動詞", "形容詞", "形状詞", "副詞")
                and word not in _JA_STOP
                and kind[1] != "非自立可能"
            ):
                yield word
