"""An empty workbook in which a team writes its test cases, with what each column is for on a second sheet."""

import io
from dataclasses import dataclass

from testgen.domain.language import Language
from testgen.interchange.columns import heading
from testgen.interchange.xlsx_style import add_sheet, choose_from, fit_height, put, workbook

_ROWS = 200  # framed and with their lists; more can be added below


@dataclass(frozen=True)
class _Column:
    field: str
    width: float
    meaning: tuple[str, str]  # Japanese, English
    example: tuple[str, str]


_COLUMNS = (
    _Column("id", 12, ("必須。テストケースの ID", "Required. Id of the test case"), ("LOGIN-001", "LOGIN-001")),
    _Column("major", 12, ("大きな分類", "The part of the system"), ("ログイン", "Sign-in")),
    _Column("middle", 12, ("その中の分類", "A part of it"), ("アカウントロック", "Lock-out")),
    _Column("minor", 12, ("さらに細かい分類", "A part of that"), ("", "")),
    _Column(
        "title",
        28,
        ("必須。何を確認するか", "Required. What is checked"),
        ("5 回失敗するとロックされる", "Locked after five failures"),
    ),
    _Column(
        "objective",
        28,
        ("確認する理由・観点", "Why it is checked"),
        ("総当たり攻撃を防げることを確認する", "Guessing is stopped"),
    ),
    _Column(
        "preconditions",
        28,
        ("始める前に成り立っていること。1 行に 1 つ", "What is true before the first step, one a line"),
        ("会員 tanaka が登録済みである", "User tanaka is registered"),
    ),
    _Column(
        "test_data", 26, ("1 行に 1 つ「名前: 値」", "One a line, as `name: value`"), ("会員ID: tanaka", "User: tanaka")
    ),
    _Column(
        "specification",
        44,
        ("仕様書の該当部分。手順はここから書かれる", "The part of the specification that steps are written from"),
        ("パスワードを 5 回続けて誤るとロックする。", "Five wrong passwords in a row lock the account."),
    ),
    _Column(
        "expected",
        40,
        ("必須。観察できる結果。1 行に 1 つ", "Required. What can be observed, one a line"),
        ("「アカウントがロックされました」と表示される", "“Your account is locked” is shown"),
    ),
    _Column(
        "postconditions",
        22,
        ("終わった後に戻すこと", "What to undo afterwards"),
        ("ロックを解除する", "Unlock the account"),
    ),
    _Column("type", 12, ("正常系・異常系など", "Normal, error, …"), ("異常系", "Error")),
    _Column("priority", 9, ("高・中・低など", "High, medium, low"), ("高", "High")),
    _Column(
        "references",
        14,
        ("対応する要件の ID。1 行に 1 つ", "Ids of the requirements, one a line"),
        ("REQ-12", "REQ-12"),
    ),
    _Column("tags", 12, ("自由なタグ。1 行に 1 つ", "Your tags, one a line"), ("回帰", "regression")),
)
_TYPES = (("正常系", "異常系", "準正常系", "境界値"), ("Normal", "Error", "Boundary"))
_PRIORITIES = (("高", "中", "低"), ("High", "Medium", "Low"))
_NAMES = (("テストケース", "書き方"), ("Test cases", "How to fill in"))


def template(language: Language) -> bytes:
    """The workbook. Columns that a team adds to it come back in what testgen writes."""
    place = 0 if language == "ja" else 1
    cases, guide = _NAMES[place]
    book = workbook(cases)
    sheet = add_sheet(book, cases, {heading(column.field, language): column.width for column in _COLUMNS})
    for row in range(2, _ROWS + 2):
        for number in range(1, len(_COLUMNS) + 1):
            put(sheet, row, number, "")
    fields = [column.field for column in _COLUMNS]
    for field, values in (("type", _TYPES[place]), ("priority", _PRIORITIES[place])):
        choose_from(sheet, fields.index(field) + 1, (2, _ROWS + 1), values, strict=False)
    titles = (("列", "書くこと", "例"), ("Column", "What to write", "Example"))[place]
    help_sheet = add_sheet(book, guide, dict(zip(titles, (18, 50, 50), strict=True)))
    for row, column in enumerate(_COLUMNS, 2):
        texts = [heading(column.field, language), column.meaning[place], column.example[place]]
        for number, text in enumerate(texts, 1):
            put(help_sheet, row, number, text)
        fit_height(help_sheet, row, texts, (18, 50, 50))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
