"""Morphemes, as the checks of Japanese wording see them."""

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span

if TYPE_CHECKING:
    from sudachipy import Morpheme

_NONE: frozenset[str] = frozenset()
Found = tuple[str, Span]
_LONGEST = 60  # morphemes of a clause that are looked at
_PEOPLE = ("者", "人", "員", "様", "客", "側", "長", "相手", "先方")
ENDS = frozenset("。．、，？?！!（(\n")


def is_of(token: "Morpheme", kind: str) -> bool:
    """Whether the word belongs to a kind of the lexicon."""
    words = lexicon("ja")[kind]
    return token.normalized_form() in words or token.dictionary_form() in words or token.surface() in words


def kinds_of(token: "Morpheme") -> frozenset[str]:
    """All kinds of the lexicon that the word belongs to."""
    kinds = kinds_by_word()
    found = kinds.get(token.normalized_form(), _NONE) | kinds.get(token.surface(), _NONE)
    return found | kinds.get(token.dictionary_form(), _NONE) if token.part_of_speech()[5] != "*" else found


@cache
def kinds_by_word() -> dict[str, frozenset[str]]:
    """The kinds of each word of the lexicon."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for kind, words in lexicon("ja").items():
        for word in words:
            kinds[word].add(kind)
    return {word: frozenset(of_it) for word, of_it in kinds.items()}


def kind_of(token: "Morpheme") -> tuple[str, ...]:
    """Part of speech and inflection."""
    return tuple(token.part_of_speech())


def span_of(tokens: "list[Morpheme]", first: int, last: int) -> Span:
    """The span of the morphemes from `first` to `last`."""
    return tokens[first].begin(), tokens[last].end()


def surface_at(tokens: "list[Morpheme]", index: int) -> str:
    """The word as it is written; empty outside the text."""
    return tokens[index].surface() if 0 <= index < len(tokens) else ""


def clause_start(tokens: "list[Morpheme]", index: int) -> int:
    """The index of the first token of the clause that contains `index`."""
    first = max(index - _LONGEST, 0)
    while index > first and tokens[index - 1].surface() not in ENDS:
        index -= 1
    return index


def sentence_start(tokens: "list[Morpheme]", index: int) -> int:
    """The index of the first token of the sentence that contains `index`."""
    first = max(index - _LONGEST, 0)
    while index > first and tokens[index - 1].surface() not in ("。", "．", "\n"):
        index -= 1
    return index


def by_somebody(tokens: "list[Morpheme]", index: int) -> bool:
    """利用者が予約一覧を見たとき, 相手が電話を切った後: the clause of the verb has a person for its subject."""
    before = tokens[clause_start(tokens, index) : index]
    return any(
        entry.surface() == "が" and before[at - 1].surface().endswith(_PEOPLE) for at, entry in enumerate(before) if at
    )


def some_number(tokens: "list[Morpheme]", index: int) -> bool:
    """数秒, 数件, 数パターン: a counter that counts nothing."""
    return (
        tokens[index].surface() == "数"
        and kind_of(tokens[index])[:2] == ("名詞", "数詞")
        and index + 1 < len(tokens)
        and kind_of(tokens[index + 1])[0] in ("名詞", "接尾辞")
    )
