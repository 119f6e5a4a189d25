"""The headings around a procedure, in its language; shared by all formats that people read."""

from dataclasses import dataclass

from testgen.domain.language import Language
from testgen.domain.procedure import StepKind


@dataclass(frozen=True)
class Words:
    """Headings; `head` is number, kind, action, test data, expected result, verifies."""

    head: tuple[str, str, str, str, str, str]
    kinds: dict[StepKind, str]
    preconditions: str
    expected_results: str
    postconditions: str
    findings: str
    step: str


# The sheet of a workbook with what the author of the specification must answer.
QUESTIONS: dict[Language, str] = {"ja": "確認事項", "en": "Open questions"}
_JA = Words(
    head=("手順", "種別", "操作", "テストデータ", "期待結果", "検証"),
    kinds={"setup": "準備", "action": "操作", "check": "確認", "cleanup": "後始末"},
    preconditions="前提条件",
    expected_results="期待結果",
    postconditions="後始末",
    findings="確認事項",
    step="手順{}",
)
_EN = Words(
    head=("Step", "Kind", "Action", "Test data", "Expected result", "Verifies"),
    kinds={"setup": "setup", "action": "action", "check": "check", "cleanup": "cleanup"},
    preconditions="Preconditions",
    expected_results="Expected results",
    postconditions="Clean-up",
    findings="Open points",
    step="step {}",
)


def words_for(language: Language) -> Words:
    """The headings of a language."""
    return _JA if language == "ja" else _EN
