"""The text around a procedure, in its language; shared by all formats that people read. Each language is one file in data/."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from testgen.domain.language import LANGUAGES, Language
from testgen.domain.procedure import Readiness, StepKind


@dataclass(frozen=True)
class Template:
    """The empty sheet for test cases: its two sheets, and of each column what to write and an example."""

    cases: str
    guide: str
    titles: tuple[str, str, str]
    types: tuple[str, ...]
    priorities: tuple[str, ...]
    columns: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Report:
    """The workbook of a review: its two sheets, their columns, and what stands in them."""

    findings: str
    totals: str
    columns: Mapping[str, float]  # with their widths in half-width characters
    by_rule: tuple[str, str, str, str]
    readiness: str
    procedures: str
    severities: Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """Headings and marks; `head` is number, kind, action, test data, expected result, verifies."""

    head: tuple[str, str, str, str, str, str]
    kinds: Mapping[StepKind, str]
    preconditions: str
    expected_results: str
    postconditions: str
    test_data: str
    documents: str
    findings: str
    readiness: Mapping[Readiness, str]
    missing: Mapping[str, str]
    step: str
    test_data_mark: str
    gherkin: tuple[str, str, str, str, str, str, str]
    procedures_sheet: str
    verdicts: tuple[str, ...]
    outcomes: Mapping[str, tuple[str, ...]]
    cover_sheet: str
    cover: Mapping[str, str]
    cover_blanks: tuple[str, ...]
    revisions: Mapping[str, float]
    summary_sheet: str
    summary: Mapping[str, str]
    questions_sheet: str
    questions: Mapping[str, float]
    headings: Mapping[str, str]
    template: Template
    report: Report


@cache
def words_for(language: Language) -> Words:
    """The words of a language."""
    text = resources.files(__package__).joinpath(f"data/words.{language}.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    return Words(**{**data, "template": Template(**data["template"]), "report": Report(**data["report"])})


def all_words() -> list[Words]:
    """The words of every language."""
    return [words_for(language) for language in LANGUAGES]


KINDS = {
    word: kind for words in all_words() for kind, word in words.kinds.items()
}  # what a cell may call a kind of step
