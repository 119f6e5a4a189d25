"""Rules that need the test case: is every expected result checked, and does every value come from the case?"""

import re
from collections.abc import Iterator

from testgen.domain.glossary import Glossary
from testgen.domain.language import Language
from testgen.reviewer.matching import COVERED, consequence, normalise, share
from testgen.reviewer.text import LONGEST, Field, Hit, Subject, quoted

NEEDS_A_CASE = ("expected-result-not-covered", "ungrounded-value")

# What a tester looks up or types: addresses, file names, ids, numbers with a unit.
_VALUES = re.compile(
    r"https?://[^\s、。」\"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,190}|(?<![\w-])[\w-]{1,100}\.(?:csv|xlsx?|pdf|png|jpe?g|gif|txt|log|zip|json|xml|docx?|exe|ya?ml)\b"
    r"|\b[A-Z][A-Z0-9]*-\d+\b|(?<![\d,.])\d[\d,.]{0,30}\s?(?:%|%|円|ドル|USD|EUR|JPY|件|個|枚|人|名|文字|桁|分|秒|時間|日|か月|ヶ月|KB|MB|GB|ms|minutes?|seconds?|hours?|days?|characters?|items?|yen)",
    re.ASCII | re.IGNORECASE,
)
_FILL_IN = re.compile(r"【要記入[^【】]{0,300}】|\[FILL IN[^\[\]]{0,300}\]")


def coverage(subject: Subject) -> Iterator[Hit]:
    """Each expected result of the case that no step's own text verifies; `verifies` is a claim, the text decides."""
    assert subject.case
    offered = [f"{action.text} {expected.text}" for action, expected in subject.pairs()]
    results = [expected.text for expected in subject.expected]
    earlier = [" ".join(offered[: index + 1]) for index in range(len(offered))]
    for number, wanted in enumerate(subject.case.expected_results, 1):
        best = max(_coverage(wanted, *texts, subject.language) for texts in zip(results, offered, earlier, strict=True))
        if best < COVERED:
            yield Hit(
                "expected-result-not-covered",
                f"/expected_results/{number - 1}",
                None,
                (0, len(wanted)),
                (("number", str(number)),),
            )


def _coverage(wanted: str, result: str, step: str, so_far: str, language: Language) -> float:
    """How well a step covers an expected result: its result alone, its action with it, or, where the expected result
    names circumstances (正しいパスワードでも, even with the right password), its result under the steps so far."""
    best = max(share(wanted, result, language), 0.9 * share(wanted, step, language))
    told = consequence(wanted, language)
    if told and result:
        best = max(
            best, min(share(told, result, language), share(wanted, f"{so_far} {result}", language, polarity=False))
        )
    return best


def grounding(subject: Subject, glossary: Glossary | None) -> Iterator[Hit]:
    """Each label, number, address or id that was not given. In an action it is an error, elsewhere worth a look."""
    assert subject.case
    given = normalise("\n".join((subject.case.id, *subject.case.texts(), glossary.words() if glossary else "")))
    for action, expected in subject.pairs():
        fields = [action, expected]
        if action.step.test_data:
            fields.append(Field(action.step, "test_data", action.step.test_data[:LONGEST]))
        for field in fields:
            for start, end in _values(field.text):
                if not _given(field.text[start:end], given):
                    yield Hit(
                        "ungrounded-value", field.pointer, field.step.number, (start, end), info=field is not action
                    )


def _values(text: str) -> Iterator[tuple[int, int]]:
    open_points = [match.span() for match in _FILL_IN.finditer(text)]
    spans = quoted(text) + [match.span() for match in _VALUES.finditer(text)]
    for start, end in sorted(set(spans)):
        if text[start:end].strip() and not any(first <= start < last for first, last in open_points):
            yield start, end


def _given(value: str, given: str) -> bool:
    wanted = normalise(value).strip('" ')
    return not wanted or wanted in given or re.sub(r"\s", "", wanted) in re.sub(r"\s", "", given)
