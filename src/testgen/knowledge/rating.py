"""Ranks screens by the words that they share with a text; a rare word counts more than one that many screens have."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from testgen.domain.knowledge import Screen
from testgen.knowledge.keys import KATAKANA, keys, one_word

# What a word says by where it stands: in the name, among what a screen shows, among its fields. Where something is to be seen what the
# screen shows says more, else its fields.
_WEIGHTS = {True: (3.0, 2.0, 0.5), False: (3.0, 1.0, 2.0)}
# What a result says of any screen.
GENERIC = frozenset(
    (
        *("表示", "画面", "エラー", "メッセージ", "結果", "内容", "確認", "操作", "入力", "選択", "ユーザー", "利用者"),
        *("error", "message", "screen", "page", "shown", "displayed", "result", "input", "user", "users"),
    )
)
_INFLECTED = 0.8  # of a word that is the same but for its ending
_SHORTEST = 2  # letters of a compound's part
_Alike = dict[str, float]


class Rating:
    """The words of all screens; each word is looked up only once."""

    def __init__(self, screens: Sequence[Screen]) -> None:
        self.screens = screens
        self._places: dict[str, dict[int, int]] = defaultdict(dict)  # word -> screen -> where it says most
        for number, screen in enumerate(screens):
            parts: tuple[Iterable[str], ...] = ((screen.name,), screen.shows, screen.fields)
            for place, texts in enumerate(parts):
                for text in texts:
                    for word in keys(text):
                        self._places[word].setdefault(number, place)
        self._latin = [word for word in self._places if word.isascii()]
        self._others = [word for word in self._places if not word.isascii()]
        self._known: dict[tuple[str, bool], dict[int, float]] = {}

    def rated(self, words: Iterable[str], *, seen: bool) -> list[tuple[float, Screen]]:
        """The screens that have some of the words, the best first."""
        points: dict[int, float] = defaultdict(float)
        for word in words:
            if word not in GENERIC:
                if (word, seen) not in self._known:
                    self._known[word, seen] = self._worth(word, _WEIGHTS[seen])
                for number, worth in self._known[word, seen].items():
                    points[number] += worth
        return [
            (points[number], self.screens[number]) for number in sorted(points, key=lambda one: (-points[one], one))
        ]

    def _worth(self, word: str, weights: tuple[float, ...]) -> dict[int, float]:
        best: dict[int, float] = {}
        for other, alike in self._like(word).items():
            for number, place in self._places[other].items():
                best[number] = max(best.get(number, 0.0), weights[place] * alike)
        rarity = math.log(1 + len(self.screens) / max(len(best), 1))
        return {number: worth * rarity for number, worth in best.items()}

    def _like(self, word: str) -> _Alike:
        return _latin_like(word, self._latin) if word.isascii() else _compounds(word, self._others)


def _latin_like(word: str, known: list[str]) -> _Alike:
    """The word itself and its inflected forms."""
    near = (other for other in known if other[:_SHORTEST] == word[:_SHORTEST] and one_word(word, other))
    return {other: 1.0 if other == word else _INFLECTED for other in near}


def _compounds(word: str, known: list[str]) -> _Alike:
    """The word itself, and compounds of which one is part of the other; ログ is not part of ログイン."""
    found = (other for other in known if other in word or word in other)
    like: _Alike = {}
    for other in found:
        short, long = sorted((word, other), key=len)
        if short == long:
            like[other] = 1.0
        elif len(short) >= _SHORTEST + bool(KATAKANA.match(short)):
            like[other] = len(short) / len(long)
    return like
