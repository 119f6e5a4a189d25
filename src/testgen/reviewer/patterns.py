"""Rules on wording: what the file of each rule looks for, and the kinds of words that a language has for it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.reviewer.catalog import RULES
from testgen.reviewer.japanese_results import JUDGED
from testgen.reviewer.made_good import made_good
from testgen.reviewer.needs import needs_of
from testgen.reviewer.reading import Span
from testgen.reviewer.subject import Field, Subject
from testgen.reviewer.wording import BARE, DATA, WORDING

# A flaw is one finding: of two rules in one place the more precise one, which tells more of what to do, has it.
MORE_PRECISE: dict[str, tuple[str, ...]] = {
    "ambiguous-wording": (
        *("undefined-wait", "tacit-knowledge", "unspecified-value"),
        *("conditional-step", "low-information"),
    ),
    "unspecified-value": ("undefined-wait", "tacit-knowledge"),
    "missing-test-data": ("unspecified-value", "tacit-knowledge"),
    "conditional-step": ("undefined-wait", "low-information"),
}
# しばらく待つ behind 予熱終わるまで: what is missing is the limit.
_UNTIL = re.compile(r"(?:[るたう]|完了|終了)まで[^、。をてで]{0,8}$")
_MOST = 50  # places of a rule in a field: no text holds a review up


_Entry = tuple[
    str, str, re.Pattern[str]
]  # rule (with its variant: undefined-wait/unlimited), field, a part of the rule's pattern


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
            field, _, variant = where.partition("/")
            for part in parts:
                needs, bit = needs_of(part), 1 << len(entries)
                entries.append((f"{name}/{variant}" if variant else name, field, re.compile(part, re.IGNORECASE)))
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
        data = Field.of(action.step, "test_data")
        of_the_data = _found(subject.language, data.text, data.masked, "data") if data.text else ()
        wanted = _found(subject.language, action.text, action.masked, "action")
        yield from _firsts(
            action,
            [
                (rule, span)
                for rule, span in wanted
                if not (rule == JUDGED and not expected.is_none)
                and not made_good(_name(rule), action, span, subject, reading, is_open=bool(of_the_data))
            ],
        )
        yield from _firsts(expected, _found(subject.language, expected.text, expected.masked, "any"))
        # What a result asks for by the way is to be done as well.
        orders = _orders(subject, expected)
        asked = _found(subject.language, expected.text, expected.masked, "action") if orders else ()
        for rule, span in asked:
            if rule == "unspecified-value" and _LEFT_OPEN.match(expected.text, span[0]):
                yield expected.hit(rule, span)
                break
        yield from _firsts(data, of_the_data)


def _firsts(field: Field, found: Iterable[tuple[str, Span]]) -> Iterator[Hit]:
    """The first place for each rule."""
    told: set[str] = set()
    for rule, span in found:
        (name, _, variant), begin = rule.partition("/"), span[0]
        if name == "undefined-wait" and not variant and _UNTIL.search(field.text, 0, span[1]):
            variant, begin = "unlimited", _clause(field.text, span[0])
        elif name == "undefined-wait":
            begin = max(begin, field.text.rfind("→", *span) + 1)
        if name == "missing-test-data" and not Field.of(field.step, "test_data").is_none:
            variant = "partly"
        if name not in told:
            told.add(name)
            yield field.hit(name, (begin, span[1]), variant=variant)


def _clause(text: str, place: int) -> int:
    return max(text.rfind(mark, 0, place) + 1 for mark in "、。→\n")


def _name(rule: str) -> str:
    return rule.partition("/")[0]


@lru_cache(maxsize=2048)
def _found(language: Language, text: str, masked: str, kind: str) -> tuple[tuple[str, Span], ...]:
    """The places for each rule, without what a more precise rule reports about the same words."""
    found: dict[str, list[Span]] = defaultdict(list)
    bare = BARE[language](masked)
    for rule, where, pattern in _tried(language, text if text == bare else f"{text}\n{bare}"):
        if where in _LOOKED_AT[kind]:
            matches = islice(pattern.finditer(text if where == "raw" else bare), _MOST)
            found[rule] += [match.span() for match in matches if match.end() > match.start()]
    for spans in found.values():
        spans.sort(key=lambda span: span[0])  # of two in one place the part that the file has first
    words = DATA[language](bare) if kind == "data" else WORDING[language](bare, action=kind == "action")
    for rule, span in islice(words, _MOST):
        found[rule].append(span)
    left: list[tuple[str, Span]] = []
    for rule, spans in found.items():
        stronger = MORE_PRECISE.get(_name(rule), ())
        precise = [other for name, others in found.items() if _name(name) in stronger for other in others]
        left += [(rule, span) for span in spans if not any(span[0] < end and start < span[1] for start, end in precise)]
    return tuple(left)


def says_nothing(action: Field, language: Language) -> bool:
    """Whether most words of an action only say that something is done: then there is nothing yet to be seen."""
    spans = (span for rule, span in _found(language, action.text, action.masked, "action") if rule == "low-information")
    return any(3 * (end - start) >= 2 * len(action.text) for start, end in spans)


_LEFT_OPEN = re.compile(
    r"(?:any|some|something|whichever|another|give|enter|type|choose|select)\b|任意|適当|何か|いずれか", re.IGNORECASE
)


def _orders(subject: Subject, expected: Field) -> bool:
    return bool(expected.text) and subject.grammar.commands(expected.masked) is not None
