"""Finds the entries of a team's knowledge that a text mentions: screens by their names or their content, shared steps, data, accounts."""

import re
from collections.abc import Iterable
from functools import lru_cache

from testgen.domain.knowledge import Account, Knowledge, Screen, SharedStep
from testgen.knowledge.keys import HAN, KATAKANA, keys, one_word, words_of
from testgen.knowledge.rating import GENERIC, Rating
from testgen.text.marks import quotes
from testgen.text.normal import normalise

# What a name may end in, or not: 受注一覧画面 and 受注一覧 are one screen, 「保存」ボタン and 保存 one label.
_SCREEN = re.compile(r"(?:画面|ページ|ダイアログ|タブ|パネル|\s+(?:screen|page|dialog|tab|panel|view|window|form))$")
_THING = re.compile(
    r"(?:ボタン|リンク|欄|アイコン|メニュー|チェックボックス|プルダウン|\s+(?:button|link|field|box|icon|menu|column))$"
)
_QUOTES = re.compile(r"[\"*\[\]]")
_ASIDE = re.compile(r"\s*[(（][^()（）]{1,80}[)）]\s*$")
_LEAST = {True: 3, False: 2}  # letters of a label that counts without quotes: ASCII, others


class Lookup:
    """A team's knowledge, prepared for lookups; each name is prepared once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._screens = [(screen, _key(screen.name)) for screen in knowledge.screens]
        self._labels = [
            (screen, [_label(text) for text in screen.shows], [_label(text) for text in screen.fields])
            for screen in knowledge.screens
        ]
        self._rating = Rating(knowledge.screens)
        self._told: dict[str, str] = {}
        self._steps = sorted(knowledge.shared_steps.items(), key=lambda entry: -len(entry[0]))

    def in_terms(self, text: str) -> str:
        """A text in the team's terms, in which its screens are described: 操作履歴 -> 操作ログ."""
        if text not in self._told:
            self._told[text] = self._replaced(text)
        return self._told[text]

    def _replaced(self, text: str) -> str:
        lowered = text.lower()
        for word, wanted in self.knowledge.replacements().items():
            if word.lower() in lowered:
                edge = r"\b" if word.isascii() else ""
                literally = wanted.replace("\\", "\\\\")
                text = re.sub(f"{edge}{re.escape(word)}{edge}", literally, text, flags=re.IGNORECASE)
        return text

    def screen(self, name: str) -> Screen | None:
        """The screen with that name, with or without 「画面」 or "page"."""
        wanted = _key(name)
        return next((screen for screen, key in self._screens if key == wanted), None) if wanted else None

    def screens_in(self, text: str) -> list[Screen]:
        """The screens that a text names, in order; if one name contains another, the longer one counts."""
        text = self.in_terms(text)
        plain = _QUOTES.sub("", normalise(text))
        found: list[tuple[int, int, Screen]] = []
        for screen, key in self._screens:
            for at in _places(key, plain):
                if _is_named(screen, key, plain, at, text):
                    found.append((at, at + len(key), screen))
        longest = [
            one
            for one in found
            if not any(o[0] <= one[0] and one[1] <= o[1] and o[1] - o[0] > one[1] - one[0] for o in found)
        ]
        return list({screen.name: screen for _, _, screen in sorted(longest, key=lambda one: one[:2])}.values())

    def screen_with(self, text: str, *, seen: bool = False) -> Screen | None:
        """The one screen that has what a text mentions; quoted labels in the text count most. If something is to be `seen`, only what
        screens show counts, because many screens ask for what they do not show; otherwise their fields count most. None if two screens
        are equally likely."""
        plain, labels = normalise(text), {_label(label) for label in quotes(text)}
        rated: list[tuple[int, Screen]] = []
        for screen, shows, fields in self._labels:
            points = sum(_points(entry, plain, labels, 2) for entry in shows)
            points += 0 if seen else sum(_points(entry, plain, labels, 3) for entry in fields)
            rated.append((points, screen))
        rated.sort(key=lambda pair: -pair[0])
        if not rated or not rated[0][0] or (len(rated) > 1 and rated[1][0] == rated[0][0]):
            return None
        return rated[0][1]

    def rated(self, text: str, *, seen: bool = False) -> list[tuple[float, Screen]]:
        """The screens that share words with a text, the best first."""
        return self._rating.rated(keys(self.in_terms(text)), seen=seen)

    def holds(self, screen: Screen, text: str) -> bool:
        """Whether something that a text mentions is on a screen."""
        plain, labels = normalise(text), {_label(label) for label in quotes(text)}
        return any(_points(_label(entry), plain, labels, 1) for entry in (*screen.shows, *screen.fields))

    def steps(self, text: str) -> tuple[SharedStep, ...]:
        """The shared steps whose name occurs in a text, with all its words; of several names, the longest."""
        words, plain = words_of(text), normalise(text)
        for name, steps in self._steps:
            said = words_of(name)
            if normalise(name) in plain or (len(said) > 1 and all(_has(words, plain, word) for word in said)):
                return steps
        return ()

    def value(self, name: str) -> str:
        """The value of an entry of the test environment's data; empty if there is none with that name."""
        wanted = _label(name)
        found = (value for key, value in self.knowledge.data.items() if wanted and _label(key) == wanted)
        return next(found, "")

    def account(self, text: str) -> Account | None:
        """The account that a text mentions by its name or role; if it mentions none, the only account that exists."""
        plain, accounts = normalise(text), self.knowledge.accounts
        named = [
            one
            for one in accounts
            if any(_stands(normalise(word), plain) for word in filter(None, (one.name, one.role)))
        ]
        if len(named) == 1:
            return named[0]
        return accounts[0] if len(accounts) == 1 and not named else None


def _has(words: Iterable[str], plain: str, key: str) -> bool:
    if not key.isascii():
        return key in plain
    return any(one_word(word, key) for word in words)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """The name of a screen for comparison: without quotes, article and the word that it ends in."""
    plain = re.sub(r"^the\s+", "", _QUOTES.sub("", normalise(name)).strip())
    return _SCREEN.sub("", plain).strip() or plain


@lru_cache(maxsize=4096)
def _label(text: str) -> str:
    """A label for comparison: without quotes, trailing brackets and the word for its kind."""
    plain = _ASIDE.sub("", _QUOTES.sub("", normalise(text)).strip())
    return _THING.sub("", plain).strip() or plain


def _places(key: str, plain: str) -> Iterable[int]:
    at = plain.find(key) if key else -1
    while at >= 0:
        yield at
        at = plain.find(key, at + 1)


def _is_named(screen: Screen, key: str, plain: str, at: int, text: str) -> bool:
    """Whether the words at a position in a text are the name of the screen and not part of another word. A name of one ordinary word
    needs "page" or a capital letter; 受注 needs 画面."""
    before, rest = plain[max(at - 1, 0) : at], plain[at + len(key) :]
    if key.isascii():
        if before.isalnum() or rest[:1].isalnum():
            return False
        bare = _SCREEN.sub("", screen.name.strip())
        return bool(_BEHIND.match(rest)) or " " in key or (bare in text and not bare.islower())
    if (HAN.match(before) and HAN.match(key)) or (KATAKANA.match(before) and KATAKANA.match(key)):
        return False
    if _BEHIND.match(rest):
        return True
    whole = not HAN.match(rest) if HAN.match(key[-1]) else not KATAKANA.match(rest)
    return whole and (len(key) > _SHORT or not _SCREEN.search(normalise(screen.name)))


_BEHIND = re.compile(
    r"\"?\s*(?:画面|ページ|ダイアログ|タブ|パネル|screen|page|dialog|tab|panel|view|window|form)\b|\"?(?:画面|ページ|ダイアログ|タブ|パネル)"
)
_SHORT = 3  # letters: 受注 is a thing, 受注一覧 a screen


def _stands(word: str, plain: str) -> bool:
    """Whether a word occurs in a text; a Latin word must stand by itself."""
    return any(
        not word.isascii()
        or not (plain[max(at - 1, 0) : at].isalnum() or plain[at + len(word) : at + len(word) + 1].isalnum())
        for at in _places(word, plain)
    )


def _points(entry: str, plain: str, labels: set[str], worth: int) -> int:
    """How much an entry of a screen counts: much if it is a quoted label of the text, little if the text contains its words."""
    if entry in labels:
        return worth * 5
    if entry not in plain or entry in GENERIC or len(entry) < _LEAST[entry.isascii()]:
        return 0
    return worth if _stands(entry, plain) else 0
