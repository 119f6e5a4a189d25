"""Does every value that a tester looks for come from the test case?"""

import re
from collections.abc import Iterator

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
# Labels in brackets that are no quotation marks everywhere, so that other rules read them as wording.
_BRACKETED = re.compile(
    r"〈([^〈〉\n]{1,100})〉|《([^《》\n]{1,100})》|［([^［］\n]{1,100})］|＜([^＜＞\n]{1,100})＞|«([^«»\n]{1,100})»"
    r"|\[([^\[\]\n\x00-\x7f][^\[\]\n]{0,99})\]|\*\*([^*\n]{1,100})\*\*"
)


@check("ungrounded-value", needs_a_case=True)
def ungrounded_value(subject: Subject) -> Iterator[Hit]:
    """Each label, number, address or id that was not given. In an action it is an error, elsewhere worth a look."""
    given = normalise(subject.given)
    for field in subject.fields():
        places = addresses(field.text)
        unknown = [place for place in places if not _address_given(field.text[slice(*place)], given)]
        unknown += [
            place
            for place in _values(field.text)
            if not _inside(place, places) and not _given(field.text[slice(*place)], given)
        ]
        for place in sorted(set(unknown)):
            if not _open(place, field.text):
                yield field.hit("ungrounded-value", place, info=field.name != "action")


def _values(text: str) -> Iterator[tuple[int, int]]:
    yield from quoted_spans(text)
    for match in _VALUES.finditer(text):
        yield match.span()
    for match in _BRACKETED.finditer(text):
        yield next(span for span in map(match.span, range(1, match.re.groups + 1)) if span != (-1, -1))


def _inside(place: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in others)


def _open(place: tuple[int, int], text: str) -> bool:
    return any(match.start() <= place[0] < match.end() for match in OPEN_POINT.finditer(text))


def _given(value: str, given: str) -> bool:
    wanted = normalise(value).strip('" ')
    return not wanted or wanted in given or re.sub(r"\s", "", wanted) in re.sub(r"\s", "", given)


def _address_given(address: str, given: str) -> bool:
    """Whether it was given as a whole: `shop.example.co` does not stand in `shop.example.com`."""
    return bool(re.search(rf"(?<![\w.-]){re.escape(normalise(address))}(?![\w-]|\.\w|@)", given))
