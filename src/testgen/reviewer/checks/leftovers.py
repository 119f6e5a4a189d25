"""Checks for parts of a test case that no step uses. If an engine reports its own hits, because it knows better, these checks do not
run."""

import re
from collections.abc import Iterator

from testgen.domain.hit import Hit
from testgen.reviewer.checks.registry import check
from testgen.reviewer.likeness import content
from testgen.reviewer.subject import Subject
from testgen.text.marks import quotes
from testgen.text.normal import normalise
from testgen.text.sentences import split_sentences

USED = 0.34  # of a sentence's content words: a sentence of which a procedure says less tells something else
LEAST = 3  # content words; what is shorter is a heading
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_TABLE = re.compile(r"^\s*\||^\s*[-:| ]+$")


@check("unused-datum", needs_a_case=True)
def unused_datum(subject: Subject) -> Iterator[Hit]:
    """Reports data whose value no step contains, and whose name no step mentions."""
    assert subject.case
    said = normalise(_said(subject))
    for name, value in subject.case.test_data.items():
        wanted = (value, _ASIDE.sub("", value), name)
        if not any(_stands(normalise(text).strip('" '), said) for text in wanted):
            pointer = name.replace("~", "~0").replace("/", "~1")
            yield Hit("unused-datum", f"/test_data/{pointer}", excerpt=name)


@check("unused-specification", needs_a_case=True)
def unused_specification(subject: Subject) -> Iterator[Hit]:
    """Reports sentences of the specification of which the procedure contains hardly a word."""
    assert subject.case
    told = "\n".join((*subject.case.preconditions, *subject.case.expected_results, _said(subject)))
    said, words = normalise(told), content(told, subject.language)
    for sentence in split_sentences(subject.case.specification or ""):
        wanted = content(sentence, subject.language)
        if len(wanted) < LEAST or _TABLE.match(sentence) or any(normalise(label) in said for label in quotes(sentence)):
            continue
        if len(wanted & words) < USED * len(wanted):
            yield Hit("unused-specification", "/steps", excerpt=sentence)


def _said(subject: Subject) -> str:
    texts = ((step.action, step.test_data, step.expected_result) for step in subject.procedure.steps)
    return "\n".join(text for fields in texts for text in fields if text)


def _stands(wanted: str, said: str) -> bool:
    """Whether a value occurs in the text; a short one must be a separate word."""
    if not wanted:
        return False
    if len(wanted) < LEAST and wanted.isascii():
        return bool(re.search(rf"(?<![a-z0-9.]){re.escape(wanted)}(?![a-z0-9]|\.\d)", said))
    return wanted in said or re.sub(r"\s", "", wanted) in re.sub(r"\s", "", said)
