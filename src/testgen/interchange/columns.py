"""The names of columns in test sheets, and the field that each contains. Sheets of Japanese teams have many synonyms."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.language import LANGUAGES, Language
from testgen.domain.test_case import shorten
from testgen.interchange.words import words_for
from testgen.messages import say

# Field -> further headings to read, besides those that are written (data/words.*.yaml).
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "No", "#", "番号", "ケースID", "ケースNo", "ケース番号", "テストID", "テストNo", "テスト番号", "テスト項番",
        "テストケースID", "テストケースNo", "テストケース番号", "TC No", "試験番号", "試験項番", "管理番号",
        "test_case_id", "case id", "test id", "TCID", "issue key", "key",
    ),
    "major": ("大分類",),
    "middle": ("中分類",),
    "minor": ("小分類",),
    "title": (
        "タイトル", "項目", "項目名", "テスト項目名", "テストケース", "テストケース名", "テスト名", "ケース名",
        "件名", "題名", "確認項目", "試験項目", "テスト内容", "試験内容", "test case", "test case name", "test name", "name",
        "test case description", "test case title", "test title", "test summary", "summary",
    ),
    "readiness": (),
    "section": ("カテゴリ", "機能", "機能名", "モジュール", "suite", "category", "module", "module name", "feature"),
    "objective": ("テスト目的", "テスト観点", "確認観点", "観点", "purpose"),
    "preconditions": ("事前条件", "前提", "事前準備", "準備", "実施条件", "初期条件", "条件", "precondition", "prerequisite",
        "prerequisites"),
    "number": ("手順No", "手順#", "ステップ", "ステップ番号", "ステップNo", "step no", "step number", "step #"),
    "kind": (),
    "action": (
        "手順内容", "操作", "テスト手順", "操作手順", "実施手順", "実行手順", "試験手順", "確認手順", "操作内容",
        "実施内容", "アクション", "操作・手順", "手順詳細", "テスト操作", "実行内容",
        "actions", "steps", "test steps", "step action", "step description", "step details", "test step",
        "test step description", "execution steps", "test procedure", "procedure",
    ),
    "test_data": (
        "入力値", "入力データ", "入力", "使用データ", "試験データ", "データ", "設定値", "test_data", "data", "input",
    ),
    "expected": (
        "期待する結果", "期待される結果", "期待値", "期待動作", "期待する動作", "予想結果", "想定結果", "確認内容", "確認すること",
        "判定基準", "合格基準", "合格条件", "expected_result", "expected results", "expected_results", "expected",
    ),
    "verifies": (),
    "type": ("区分", "正常／異常", "正常・異常", "テスト種別", "test type"),
    "priority": ("重要度", "test priority"),
    "tags": ("labels",),
    "references": ("関連要件", "要件番号", "requirements", "requirement"),
    "expected_results": (),
    "case_data": (),
    "postconditions": ("事後条件", "後処理", "事後処理", "postcondition", "postconditions", "cleanup"),
    "specification": ("仕様抜粋", "仕様書抜粋", "要求仕様", "spec"),
    "language": (),
}  # fmt: skip
# What a column may be called that holds the field only where no column has a better name for it. An action of these is one beside a
# column that counts the steps; an expected result of these is a point to check.
PERHAPS: Mapping[str, tuple[str, ...]] = {
    "id": ("TC", "TC ID"),
    "title": ("ケース", "scenario", "test scenario", "シナリオ", "テストシナリオ", "シナリオ名"),
    "action": (
        "内容", "詳細", "説明", "作業", "作業内容", "動作", "やること", "実施すること", "description", "details", "detail", "instruction",
        "instructions", "what to do", "operation", "task",
    ),
    "expected": (
        "確認事項", "確認ポイント", "確認点", "検証内容", "検証ポイント", "チェック内容", "チェックポイント",
        "check", "checks", "check point",
        "checkpoint", "verification", "verification point", "what to check",
    ),
}  # fmt: skip
# A point to check is the title of its case, and what is expected, on a sheet that has no other columns for these.
_POINTS = ("チェック項目", "確認項目", "点検項目", "検査項目", "check item", "checklist item")
# Headings of expected results that give way to 期待結果: what is checked, and by what it is judged.
CHECKED = frozenset((*PERHAPS["expected"], "確認内容", "確認すること"))
_JUDGED_BY = frozenset(("判定基準", "合格基準", "合格条件"))
# What testers fill in when they carry a procedure out. testgen carries it through in `custom`.
RESULTS: Mapping[str, tuple[str, ...]] = {
    "result": ("実施結果", "テスト結果", "実行結果", "試験結果", "判定", "合否", "OK/NG", "status", "actual result", "actual results",
        "pass/fail"),
    "executed_on": ("実行日", "テスト実施日", "試験日", "確認日", "executed on"),
    "executed_by": ("実行者", "テスト実施者", "試験者", "担当者", "担当", "確認者", "executed by"),
    "remarks": ("コメント", "メモ", "特記事項", "notes", "comment", "comments"),
}  # fmt: skip
CUSTOM = "custom:"
_LONGEST = 40  # characters; no heading is longer, and texts of a sheet are many
_MARKS = re.compile(r"[\s.*※■□●◆【】\[\]:：_‐-]")
_BRACKETED = re.compile(r"(?<=.)[(〔<].*[)〕>]$")


class ColumnNames:
    """Tells the field of a heading: by a team's own names first, then by ours and the synonyms."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self._own = dict(own or {})
        self._fields = {_plain(field): field for field in HEADINGS}
        for table in (HEADINGS, RESULTS):
            self._fields |= {_plain(name): field for field in table for name in names_of(field)}
        self._perhaps = {_plain(name): field for field, known in PERHAPS.items() for name in known}
        self._fields |= {_plain(name): field for name, field in self._own.items()}

    def with_points(self) -> "ColumnNames":
        """The same for a checklist, whose only text is the point to check."""
        return ColumnNames({**dict.fromkeys(_POINTS, "title"), **self._own})

    def field(self, heading: str) -> str | None:
        """The field that a heading names, without marks and text in brackets after it; None if there is none."""
        if len(heading) > _LONGEST:
            return None
        plain = _plain(heading)
        return self._fields.get(plain) or self._fields.get(_BRACKETED.sub("", plain))

    def perhaps(self, heading: str) -> str | None:
        """The field that a heading may mean where no other column has it; None if there is none."""
        if len(heading) > _LONGEST or self.field(heading):
            return None
        return self._perhaps.get(_BRACKETED.sub("", _plain(heading)))

    def is_own(self, heading: str) -> bool:
        """Whether a team has said what a heading means."""
        return _plain(heading) in map(_plain, self._own)


def is_among(heading: str, known: frozenset[str]) -> bool:
    """Whether a heading is one of those that are known, without marks and text in brackets after it."""
    return len(heading) <= _LONGEST and _BRACKETED.sub("", _plain(heading)) in _all_plain(known)


@cache
def _all_plain(known: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_plain, known))


def gives_way(heading: str) -> bool:
    """Whether another column of expected results is preferred to the one of this heading."""
    return is_among(heading, CHECKED | _JUDGED_BY)


def is_point(heading: str) -> bool:
    """Whether a heading names points to check, which say what is expected if nothing else does."""
    return is_among(heading, CHECKED | frozenset(_POINTS))


def own_columns(data: object, *, source: str) -> dict[str, str]:
    """A team's own headings as a mapping file gives them: `columns:` with `heading: field`, or the same without `columns:`.

    Raises:
        InvalidInputError: not a mapping, or an unknown field.
    """
    table = data.get("columns", data) if isinstance(data, dict) else None
    if not isinstance(table, dict) or not table:
        problem = FieldProblem(
            "/columns", say("is not a mapping: write a line `確認手順: action` for each of your headings")
        )
        raise InvalidInputError([problem], subject=say("the columns"), source=source)
    known = [*HEADINGS, *RESULTS]
    problems = [
        FieldProblem(
            f"/columns/{name}", say("does not name a field: use one of {known}", known=list(known)), shorten(field)
        )
        for name, field in table.items()
        if field not in known
    ]
    if problems:
        raise InvalidInputError(problems, subject=say("the columns"), source=source)
    return {str(name): str(field) for name, field in table.items()}


def heading(field: str, language: Language) -> str:
    """The heading that is written for a field."""
    return words_for(language).headings[field]


def names_of(field: str) -> tuple[str, ...]:
    """All headings that are read as a field: what is written in each language, then the synonyms."""
    written = (heading(field, language) for language in LANGUAGES)
    return (*written, *(HEADINGS.get(field) or RESULTS.get(field, ())))


def _plain(name: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", name)).casefold()
