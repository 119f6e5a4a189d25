"""Checks for two names of one thing, in a procedure or in a suite.

It reports them only if the spelling or structure of the words shows that the thing is the same: a long vowel at the end or a middle dot
(サーバ, サーバー), okurigana (申込, 申し込み), a space (checkbox, check box), British and American spelling, and a screen that is
called a page elsewhere. It does not guess synonyms. Quoted texts are the wording of the product and may differ.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.checks.registry import check, suite_check
from testgen.reviewer.reading import Span
from testgen.reviewer.subject import Field, Subject
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

_RULE = "inconsistent-term"
_KATAKANA = re.compile(r"[ァ-ヴー・]{3,30}")
_HAN = re.compile(r"[一-龠々]")
_SCREEN_JA = re.compile(
    r"(?<![一-龠々ァ-ヶーA-Za-z])(?P<stem>[一-龠々ァ-ヶー]{2,20}?)(?P<kind>画面|ページ)(?![一-龠ァ-ヶー])"
)
_SCREEN_EN = re.compile(
    r"\bthe (?P<stem>(?:[a-z]+ ){1,2})(?P<kind>page|screen)\b(?! (?:number|reader|size|resolution))", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*", re.IGNORECASE)
# 「次画面」, "the next page": which one it is depends on where one is.
_RELATIVE = re.compile(
    r"(?:次|前|各|同|本|当該|対象|別|他|元|全|左|右|上|下)|(?:next|previous|first|last|same|other|current|new|following|whole|full|entire|each|web|home|main)\b"
)
# Verbs with a particle are nouns when they are written together: log in, login.
_PARTICLE = re.compile(r".+(?:in|out|up|down|off|on|over|back|away|through)$")
_NO_COMPOUND = re.compile(r"(?:any|every|some|may|can|out|off|over|under|with|all|no|how|what|when|where|who)[a-z]+")
_SPELLINGS = (
    (re.compile(r"(?<=\w{3})our(?=$|s$|ed$|ing$|ful$|able$|ite)"), "or"),
    (re.compile(r"(?<=\w{4})is(?=e$|es$|ed$|ing$|ation)"), "iz"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=\wt)re(?=s?$)"), "er"),
    (re.compile(r"^grey"), "gray"),
)


_SHORTEST = 5  # letters


class Name(NamedTuple):
    """A name as it is written, and what it has in common with other names of the same thing."""

    key: str
    written: str
    span: Span


@check(_RULE)
def in_a_procedure(subject: Subject) -> Iterator[Hit]:
    """The first occurrence of each name for something that the procedure has called by another name before."""
    told: dict[str, str] = {}
    done: set[str] = set()
    for field, name in _names_of(subject):
        other = told.setdefault(name.key, name.written)
        if other != name.written and name.key not in done:
            done.add(name.key)
            yield field.hit(_RULE, name.span, other=other)


@suite_check(_RULE)
def in_a_suite(subjects: Sequence[Subject]) -> Iterator[tuple[int, Hit]]:
    """The first occurrence, in each procedure, of a name that fewer procedures use than another for the same thing."""
    firsts = [_firsts(subject) for subject in subjects]
    used: dict[tuple[Language, str], Counter[str]] = defaultdict(Counter)
    for subject, found in zip(subjects, firsts, strict=True):
        for key, names in found.items():
            used[subject.language, key].update(list(names))
    for place, (subject, found) in enumerate(zip(subjects, firsts, strict=True)):
        for key, names in found.items():
            usual = used[subject.language, key].most_common(1)[0][0]
            if len(names) == 1 and usual not in names:  # with two names in it the procedure has its own finding
                [(field, name)] = names.values()
                yield place, field.hit(_RULE, name.span, other=usual)


def _firsts(subject: Subject) -> Mapping[str, dict[str, tuple[Field, Name]]]:
    firsts: dict[str, dict[str, tuple[Field, Name]]] = defaultdict(dict)
    for field, name in _names_of(subject):
        firsts[name.key].setdefault(name.written, (field, name))
    return firsts


def _names_of(subject: Subject) -> Iterator[tuple[Field, Name]]:
    replaced = set(subject.knowledge.replacements())
    for pair in subject.pairs():
        for field in pair:
            for name in _names(subject.language, field.masked):
                if name.written not in replaced:  # the glossary's own rule says it
                    yield field, name


@lru_cache(maxsize=2048)
def _names(language: Language, masked: str) -> tuple[Name, ...]:
    return tuple(_NAMES[language](masked))


def _japanese(masked: str) -> Iterator[Name]:
    for match in _KATAKANA.finditer(masked):
        key = match.group().replace("・", "").replace("ウイ", "ウィ")
        key = key.removesuffix("ー") if len(key) > 3 else key
        yield Name(key, match.group(), match.span())
    for token in tokenize(masked):
        kind = token.part_of_speech()
        if kind[0] == "名詞" and kind[1] == "普通名詞" and len(token.surface()) > 1 and _HAN.match(token.surface()):
            usual = token.normalized_form()
            if usual[0] == token.surface()[0]:
                yield Name(usual, token.surface(), (token.begin(), token.end()))
    yield from _screens(_SCREEN_JA, masked)


def _english(masked: str) -> Iterator[Name]:
    words = [word for word in _WORD.finditer(masked) if _is_common(word)]
    for word in words:
        written = word.group().lower()
        if key := _key(written):
            yield Name(key, written, word.span())
    for one, other in pairwise(words):
        if masked[one.end() : other.start()] == " " and len(one.group()) > 2 and len(other.group()) > 2:
            written = f"{one.group()} {other.group()}".lower()
            if key := _key(written):
                yield Name(key, written, (one.start(), other.end()))
    yield from _screens(_SCREEN_EN, masked)


_NAMES: dict[Language, Callable[[str], Iterator[Name]]] = {"en": _english, "ja": _japanese}


@lru_cache(maxsize=16_384)
def _key(written: str) -> str:
    """What the spellings of a word have in common; empty for words that do not name things."""
    key = written.replace(" ", "")
    # A hyphen is grammar as often as spelling: "full screen", "in full-screen mode".
    if len(key) < _SHORTEST or "-" in key or _PARTICLE.match(key) or _NO_COMPOUND.fullmatch(key):
        return ""
    for pattern, american in _SPELLINGS if key == written else ():
        key = pattern.sub(american, key)
    return key


def _is_common(word: re.Match[str]) -> bool:
    """Whether it is an ordinary word: one with a capital letter after its beginning is wording of the product, in quotes or not."""
    written = word.group()
    return written.islower() or (word.start() == 0 and written[1:].islower())


def _screens(pattern: re.Pattern[str], masked: str) -> Iterator[Name]:
    for match in pattern.finditer(masked):
        stem = match["stem"].strip().lower()
        if MASK not in stem and not _RELATIVE.match(stem):
            yield Name(f"{stem} {MASK}", f"{match['stem']}{match['kind']}", (match.start("stem"), match.end()))
