"""Checks whether every value that a tester looks for comes from the test case."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from testgen.domain.hit import Hit
from testgen.reviewer.checks.registry import check
from testgen.reviewer.subject import Subject
from testgen.text.addresses import addresses
from testgen.text.marks import OPEN_POINT, quoted_spans
from testgen.text.normal import normalise

# What a tester looks up or types: file names, ids, numbers with a unit.
_VALUES = re.compile(
    r"(?<![\w-])[\w-]{1,100}\.(?:csv|xlsx?|pdf|png|jpe?g|gif|txt|log|zip|json|xml|docx?|exe|ya?ml)\b"
    r"|\b[A-Z][A-Z0-9]*-\d+\b|(?<![\d,.])\d[\d,.]{0,30}\s?(?:%|%|円|ドル|USD|EUR|JPY|件|個|枚|人|名|文字|桁|分|秒|時間|日|か月|ヶ月|KB|MB|GB|ms|minutes?|seconds?|hours?|days?|characters?|items?|yen)",
    re.ASCII | re.IGNORECASE,
)
_BLANK = re.compile(r"\s")
# A path of labels is the same whatever stands between them: Settings > Users, 設定→ユーザー.
_STEP_OF_A_PATH = re.compile(r"\s*[>＞›⇒→]\s*")
# Labels in brackets that are no quotation marks everywhere, so that other rules read them as wording.
_BRACKETED = re.compile(
    r"〈([^〈〉\n]{1,100})〉|《([^《》\n]{1,100})》|［([^［］\n]{1,100})］|＜([^＜＞\n]{1,100})＞|«([^«»\n]{1,100})»"
    r"|\[([^\[\]\n\x00-\x7f][^\[\]\n]{0,99})\]|\*\*([^*\n]{1,100})\*\*"
)


@check("ungrounded-value", needs_a_case=True)
def ungrounded_value(subject: Subject) -> Iterator[Hit]:
    """Reports each label, number, address or id that was not given. It is an error in an action, and worth a look elsewhere."""
    given = _Given(subject.given)
    for field in subject.fields():
        places = addresses(field.text)
        unknown = [place for place in places if not given.has_address(field.text[slice(*place)])]
        unknown += [
            place
            for place in _values(field.text)
            if field.text[slice(*place)] not in given and not _inside(place, places)
        ]
        open_points = [match.span() for match in OPEN_POINT.finditer(field.text)] if unknown else []
        for place in sorted(set(unknown)):
            if not any(start <= place[0] < end for start, end in open_points):
                yield field.hit("ungrounded-value", place, info=field.name != "action")


@lru_cache(maxsize=2048)
def _values(text: str) -> Sequence[tuple[int, int]]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[int, int]]:
    yield from quoted_spans(text)
    for match in _VALUES.finditer(text):
        yield match.span()
    for match in _BRACKETED.finditer(text):
        yield next(span for span in map(match.span, range(1, match.re.groups + 1)) if span != (-1, -1))


def _inside(place: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in others)


@lru_cache(maxsize=2)  # a repair is weighed by many reviews against the same documents, which may be large
def _for_looking(text: str) -> tuple[str, str]:
    """The normalised text, and the same without spaces."""
    plain = _STEP_OF_A_PATH.sub("→", normalise.__wrapped__(text))
    return plain, _BLANK.sub("", plain)


class _Given:
    """What was given, normalised once, with a cache of the lookups in it."""

    def __init__(self, text: str) -> None:
        self._text, self._without_blanks = _for_looking(text)
        self._asked: dict[str, bool] = {}

    def __contains__(self, value: str) -> bool:
        if value not in self._asked:
            wanted = _STEP_OF_A_PATH.sub("→", normalise(value)).strip('" ')
            self._asked[value] = wanted in self._text or _BLANK.sub("", wanted) in self._without_blanks
        return self._asked[value]

    def has_address(self, address: str) -> bool:
        """Whether the whole address was given: `shop.example.com` does not contain the address `shop.example.co`."""
        wanted = normalise(address)
        whole = rf"(?<![\w.-]){re.escape(wanted)}(?![\w-]|\.\w|@)"
        return wanted in self._text and bool(re.search(whole, self._text))
