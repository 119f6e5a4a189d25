"""Rules on wording: what the file of each rule looks for, and the kinds of words that a language has for it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.catalog import RULES
from testgen.reviewer.needs import needs_of
from testgen.reviewer.reading import Reading, Span
from testgen.reviewer.subject import Field, Subject
from testgen.reviewer.wording import BARE, WORDING

# A flaw is one finding: of two rules in one place the more precise one, which tells more of what to do, has it.
MORE_PRECISE: dict[str, tuple[str, ...]] = {
    "ambiguous-wording": (
        *("undefined-wait", "tacit-knowledge", "unspecified-value"),
        *("conditional-step", "low-information"),
    ),
    "unspecified-value": ("undefined-wait", "tacit-knowledge", "low-information"),
    "missing-test-data": ("unspecified-value", "tacit-knowledge"),
    "conditional-step": ("undefined-wait", "low-information"),
}
_MOST = 50  # places of a rule in a field: no text holds a review up
# What a step's test data make good.
ABOUT_DATA = frozenset({"missing-test-data"})
ABOUT_VALUES = ABOUT_DATA | {"unspecified-value"}


_Entry = tuple[str, str, re.Pattern[str]]  # rule, field, a part of the rule's pattern


# The patterns for a field: what the rules' files say for an action, for any field, for one with its quotes, or for test data.
_LOOKED_AT = {"action": ("action", "any", "raw"), "any": ("any", "raw"), "data": ("data",)}


@cache
def _patterns(language: Language) -> tuple[list[_Entry], dict[str, list[tuple[str, int]]], int]:
    """All parts of all rules; by its first character each word that some of them need, with one bit per part; and the bits of the parts
    that need no word."""
    entries: list[_Entry] = []
    wanting: dict[str, int] = defaultdict(int)
    always = 0
    for name, rule in RULES.items():
        for where, parts in rule.words[language].patterns.items():
            for part in parts:
                needs, bit = needs_of(part), 1 << len(entries)
                entries.append((name, where, re.compile(part, re.IGNORECASE)))
                always |= 0 if needs else bit
                for word in needs or ():
                    wanting[word] |= bit
    by_first: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word, bits in wanting.items():
        by_first[word[0]].append((word, bits))
    return entries, dict(by_first), always


def _tried(language: Language, text: str) -> Iterator[_Entry]:
    """The parts that may match the text."""
    entries, wanting, bits = _patterns(language)
    lowered = text.lower()
    for character in wanting.keys() & set(lowered):
        for word, of_word in wanting[character]:
            if word in lowered:
                bits |= of_word
    while bits:
        lowest = bits & -bits
        yield entries[lowest.bit_length() - 1]
        bits ^= lowest


def patterns(subject: Subject) -> Iterator[Hit]:
    """Every place where the wording matches a pattern or kind; one hit per rule and field."""
    for (action, expected), reading in zip(subject.pairs(), subject.readings, strict=True):
        for field, is_action in ((action, True), (expected, False)):
            for rule, span in _found(subject.language, field.text, field.masked, "action" if is_action else "any"):
                about_values = is_action and rule in ABOUT_VALUES
                told = about_values and (_given(field, span, subject, rule) or _unused(field, span, reading))
                if not (
                    told or (is_action and rule == "low-information" and _named_by_its_data(field, subject.language))
                ):
                    yield field.hit(rule, span)
        # What a result asks for by the way is to be done as well.
        for rule, span in (
            _found(subject.language, expected.text, expected.masked, "action") if _orders(subject, expected) else ()
        ):
            if rule == "unspecified-value" and _LEFT_OPEN.match(expected.text, span[0]):
                yield expected.hit(rule, span)
        data = Field.of(action.step, "test_data")
        for rule, span in _found(subject.language, data.text, data.masked, "data") if data.text else ():
            yield data.hit(rule, span)


@lru_cache(maxsize=2048)
def _found(language: Language, text: str, masked: str, kind: str) -> tuple[tuple[str, Span], ...]:
    """The first place for each rule, without what a more precise rule reports about the same words."""
    found: dict[str, list[Span]] = defaultdict(list)
    bare = BARE[language](masked)
    for rule, where, pattern in _tried(language, text if text == bare else f"{text}\n{bare}"):
        if where in _LOOKED_AT[kind]:
            matches = islice(pattern.finditer(text if where == "raw" else bare), _MOST)
            found[rule] += [match.span() for match in matches if match.end() > match.start()]
    for spans in found.values():
        spans.sort(key=lambda span: span[0])  # of two in one place the part that the file has first
    words = WORDING[language](bare, action=kind == "action") if kind != "data" else ()
    for rule, span in islice(words, _MOST):
        found[rule].append(span)
    firsts = []
    for rule, spans in found.items():
        precise = [other for name in MORE_PRECISE.get(rule, ()) for other in found.get(name, ())]
        left = (span for span in spans if not any(span[0] < end and start < span[1] for start, end in precise))
        firsts += [(rule, span) for span in [next(left, None)] if span]
    return tuple(firsts)


def says_nothing(action: Field, language: Language) -> bool:
    """Whether most words of an action only say that something is done: then there is nothing yet to be seen."""
    spans = (span for rule, span in _found(language, action.text, action.masked, "action") if rule == "low-information")
    return any(3 * (end - start) >= 2 * len(action.text) for start, end in spans)


def _unused(field: Field, span: Span, reading: Reading) -> bool:
    """If nothing is to be done, or after the word that asks for a check, no value is needed; but 何件か見る leaves open what is checked."""
    if reading.check and _AN_AMOUNT.match(field.text, *span) and _NEXT.fullmatch(field.text, span[1], reading.check[0]):
        return False
    if reading.only_checks and _BY_MEANS_OF.match(field.text, span[1]):
        return False  # 他の端末で確認する
    if reading.precondition and reading.actions and span[0] >= reading.precondition[0] > reading.actions[-1]:
        return True
    if reading.only_checks or (reading.precondition and not reading.actions):
        return True
    looked_at = reading.check if reading.ends_in_a_check else None
    return looked_at is not None and span[0] >= looked_at[0]


_LEFT_OPEN = re.compile(
    r"(?:any|some|something|whichever|another|give|enter|type|choose|select)\b|任意|適当|何か|いずれか", re.IGNORECASE
)


# How many, and what says how many: of one of several things, or a list of them.
_AN_AMOUNT = re.compile(r"何[^\s何]{1,2}[かも]|数(?![量値字式列表日])[一-龠ァ-ヶー]|(?:いく|幾)つか|複数")
_NUMBERED = re.compile(r"\d\s*[件個枚本回度点箱台冊人名社店頁行桁ヶケか]|[×✕]\s*\d|(?<!\d)x\s*\d|[、,／/・\n]")
_BY_MEANS_OF = re.compile(r"[一-龠ァ-ヶー]{0,8}で(?![あはも])")
_BRIEF = re.compile(r"[^。、をにで]{1,30}|[^。、を]{1,30}も同(?:様|じ)[^。、を]{0,10}。?")
_NEXT = re.compile(r"[をは、]?")


def _named_by_its_data(field: Field, language: Language) -> bool:
    """滞納会員 with its number, テストピースも同様に with its size: the data say what it is done with."""
    return language == "ja" and bool(_BRIEF.fullmatch(field.text)) and not Field.of(field.step, "test_data").is_none


def _orders(subject: Subject, expected: Field) -> bool:
    return bool(expected.text) and subject.grammar.commands(expected.masked) is not None


def _given(field: Field, span: Span, subject: Subject, rule: str) -> bool:
    """Whether the step has test data, or, for a value to be entered, whether the case has data that the step mentions."""
    named = subject.procedure.test_data if rule == "missing-test-data" else ()
    data = Field.of(field.step, "test_data")
    if _AN_AMOUNT.match(field.text, *span) and not _NUMBERED.search(data.text):
        return False
    told = not data.is_none and (rule in ABOUT_DATA or not _found(subject.language, data.text, data.masked, "data"))
    return told or any(name.casefold() in field.text.casefold() for name in named)
