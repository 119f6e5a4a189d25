"""What a finding quotes: whole words and phrases, because people read it, although a pattern may have found only where they begin."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from testgen.domain.language import Language
from testgen.reviewer.reading import Span
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK, mask

if TYPE_CHECKING:
    from sudachipy import Morpheme

_BEHIND = re.compile(r"(?:\s+(?:of|the|an?|and|your|its|or))+\s*$|(?<=\w)\s+$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# Words that say nothing alone, and how much of what follows belongs to them: a condition, a thing.
_CONDITION = re.compile(r"(?:if|unless|whenever|when|in case|provided)(?: any| not)?", re.IGNORECASE)
_OF_A_CONDITION = re.compile(r"[^,.;:()\n]{1,60}(?=[,.;:()\n]|\s|$)")
_DETERMINER = re.compile(
    r"(?:any|some|another|several|your|different|desired|favou?rite|appropriate|suitable)", re.IGNORECASE
)
_OF_A_THING = re.compile(
    r"(?:\s+(?!(?:of|in|on|to|from|and|or|with|for|is|are|that|which|by|at|as|into|then|but|you)\b)[\w-]+){1,3}",
    re.IGNORECASE,
)
_QUOTES = {"「": "」", "『": "』", "[": "]", "［": "］", "【": "】", '"': '"', "“": "”"}
_LONGEST = 80
_STEMS = ("連用形", "未然形", "仮定形", "語幹")
_CASES = frozenset(("場合", "とき", "時", "際"))
_CARRIES_ON = frozenset(("て", "で", "ば"))


def whole_words(text: str, span: Span, language: Language) -> Span:
    """The span extended to the ends of the words in which it begins and ends; an empty span is unchanged."""
    start, end = span
    if start >= min(end, len(text)):  # what lies behind the part that is reviewed
        return span
    start, end = _with_its_quotes(text, start, end)
    words = _words(text, language)
    start, end = _around(words, start)[0], _around(words, end)[1]
    return _japanese(text, start, end) if language == "ja" else _english(text, start, end)


def _around(words: tuple[Span, ...], place: int) -> Span:
    """The word that a place divides; only the place, where it divides none. There may be as many findings as words."""
    at = bisect_left(words, place, key=lambda word: word[0]) - 1
    return words[at] if at >= 0 and place < words[at][1] else (place, place)


def _with_its_quotes(text: str, start: int, end: int) -> Span:
    """「使う」 for its first mark alone, and for its last."""
    closes = _QUOTES.get(text[start:end])
    if closes and (found := text.find(closes, end, end + _LONGEST)) >= 0:
        return start, found + 1
    opens = next((one for one, other in _QUOTES.items() if other == text[start] and one != other), "")
    if opens and (found := text.rfind(opens, max(start - _LONGEST, 0), start)) >= 0:
        return found, end
    return start, end


def _english(text: str, start: int, end: int) -> Span:
    """Without trailing articles (the start point of the); if and any with what belongs to them."""
    behind = _BEHIND.search(text, start, end)
    end = behind.start() if behind and behind.start() > start else end
    word = text[start:end]
    rest = _OF_A_CONDITION if _CONDITION.fullmatch(word) else _OF_A_THING if _DETERMINER.fullmatch(word) else None
    more = rest.match(text, end) if rest else None
    return start, end + len(more.group().rstrip()) if more else end


def _japanese(text: str, start: int, end: int) -> Span:
    """Without a leading particle (を聞かれたら) or comma; with the inflection (読み取って), and with the noun behind 別 or 再."""
    start = _of_a_condition(text, start, end)
    tokens = tokenize(mask(text))
    first = bisect_left(tokens, start, key=lambda token: token.begin())
    begins = first < len(tokens) and tokens[first].begin() == start
    while begins and tokens[first].end() < end and _is_loose(tokens[first]):
        start, first = tokens[first].end(), first + 1
    last = bisect_left(tokens, end, key=lambda token: token.end())
    ends = last < len(tokens) and tokens[last].end() == end
    while ends and last + 1 < len(tokens) and _belongs(tokens[last], tokens[last + 1], alone=begins and first == last):
        last += 1
        end = tokens[last].end()
    return start, end


def _of_a_condition(text: str, start: int, end: int) -> int:
    """15時以降に実施した場合 for 場合 alone, which says nothing."""
    if text[start:end] not in _CASES:
        return start
    before = max(start - _LONGEST, 0)
    return max(before, *(text.rfind(mark, before, start) + 1 for mark in "、。，\n"))


def _is_loose(token: "Morpheme") -> bool:
    return token.part_of_speech()[0] == "助詞" or token.surface() in "、。，"


def _belongs(token: "Morpheme", following: "Morpheme", *, alone: bool) -> bool:
    """Whether a word goes on: in its inflection, or because it only stands before another one."""
    kind, behind = token.part_of_speech(), following.part_of_speech()
    inflected = kind[0] in ("動詞", "形容詞", "助動詞") and kind[5].startswith(_STEMS)
    before_a_noun = alone and (kind[0] in ("接頭辞", "連体詞") or token.surface() in ("別", "再", "他"))
    if kind[0] == "形状詞" and following.surface() == "な":
        return True  # 重大な
    return (inflected and (behind[0] == "助動詞" or following.surface() in _CARRIES_ON)) or (
        before_a_noun and behind[0] == "名詞"
    )


@lru_cache(maxsize=64)
def _words(text: str, language: Language) -> tuple[Span, ...]:
    if language == "ja":
        return tuple((token.begin(), token.end()) for token in tokenize(mask(text)) if MASK not in token.surface())
    return tuple(match.span() for match in _WORD.finditer(text))
