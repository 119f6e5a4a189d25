"""Does every value that a tester looks for come from the test case?"""

import re
from collections.abc import Iterator

from testgen.domain.hit import Hit
from testgen.reviewer.checks.registry import check
from testgen.reviewer.subject import Field, Subject
from testgen.text.marks import OPEN_POINT, quoted_spans
from testgen.text.normal import normalise

# What a tester looks up or types: addresses, file names, ids, numbers with a unit.
_VALUES = re.compile(
    r"https?://[^\s、。」\"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,190}|(?<![\w-])[\w-]{1,100}\.(?:csv|xlsx?|pdf|png|jpe?g|gif|txt|log|zip|json|xml|docx?|exe|ya?ml)\b"
    r"|\b[A-Z][A-Z0-9]*-\d+\b|(?<![\d,.])\d[\d,.]{0,30}\s?(?:%|%|円|ドル|USD|EUR|JPY|件|個|枚|人|名|文字|桁|分|秒|時間|日|か月|ヶ月|KB|MB|GB|ms|minutes?|seconds?|hours?|days?|characters?|items?|yen)",
    re.ASCII | re.IGNORECASE,
)
_BLANK = re.compile(r"\s")


@check("ungrounded-value", needs_a_case=True)
def ungrounded_value(subject: Subject) -> Iterator[Hit]:
    """Each label, number, address or id that was not given. In an action it is an error, elsewhere worth a look."""
    assert subject.case
    given = _Given(
        "\n".join((subject.case.id, *subject.case.texts(), subject.glossary.words() if subject.glossary else ""))
    )
    for action, expected in subject.pairs():
        for field in (action, expected, Field.of(action.step, "test_data")):
            for start, end in _values(field.text):
                if field.text[start:end] not in given:
                    yield field.hit("ungrounded-value", (start, end), info=field is not action)


def _values(text: str) -> Iterator[tuple[int, int]]:
    open_points = [match.span() for match in OPEN_POINT.finditer(text)]
    spans = quoted_spans(text) + [match.span() for match in _VALUES.finditer(text)]
    for start, end in sorted(set(spans)):
        if text[start:end].strip() and not any(first <= start < last for first, last in open_points):
            yield start, end


class _Given:
    """What the test case says, normalised once, and what was already asked of it."""

    def __init__(self, text: str) -> None:
        self._text = normalise(text)
        self._without_blanks = _BLANK.sub("", self._text)
        self._asked: dict[str, bool] = {}

    def __contains__(self, value: str) -> bool:
        if value not in self._asked:
            wanted = normalise(value).strip('" ')
            self._asked[value] = wanted in self._text or _BLANK.sub("", wanted) in self._without_blanks
        return self._asked[value]
