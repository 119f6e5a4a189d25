"""`unused-datum` and `unused-specification`: what the case gives and no step uses."""

import pytest
from support.procedures import procedure

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.domain.test_case import TestCase
from testgen.reviewer import review

# language, name, value, (action, data, expected result), whether a step uses it
DATA: list[tuple[Language, str, str, tuple[str, str, str], bool]] = [
    ("en", "quantity", "4", ("Enter the number of items", "4", "The field shows it"), True),
    ("en", "card", "4242 4242", ("Pay with card 42424242", "", "It is paid"), True),
    ("en", "valid secret", "whsec_test_1", ("Sign it with the valid secret", "", "It is signed"), True),
    ("en", "file E", "empty.txt (0 bytes)", ("Choose empty.txt", "", "It is chosen"), True),
    ("en", "dose", "5 ml", ("Set the pump to 5 ml", "", "5 ml is shown"), True),
    ("en", "amount", "1,000", ("Enter 1000", "", "1000 is shown"), True),
    ("en", "quantity", "4", ("Order 40 items", "", "40 are shown"), False),
    ("en", "coupon", "WELCOME10", ("Open the cart", "", "The cart is shown"), False),
    ("en", "event", "refund.succeeded", ("Send the request", "whsec_test_1", "It is answered"), False),
    ("en", "gold", "250", ("Start the game", "", "The menu is shown"), False),
    ("en", "patient", "P-1077", ("Scan the bag", "", "The bag is known"), False),
    ("en", "target date", "2026-10-14", ("Run the job", "", "It ends"), False),
    ("ja", "数量", "4", ("個数を入力する", "4", "個数が表示される"), True),
    ("ja", "会員ID", "tanaka", ("tanaka でログインする", "", "ホーム画面が表示される"), True),
    ("ja", "誤パスワード", "wrong-1", ("誤パスワードを入力する", "", "伏せ字で表示される"), True),
    ("ja", "ファイル1", "emp_sjis.csv（Shift_JIS）", ("emp_sjis.csv を選択する", "", "選択される"), True),
    ("ja", "圧力", "0.45 MPa", ("圧力欄に 0.45MPa を入力する", "", "入力される"), True),
    ("ja", "金額", "１，０００円", ("1000円を入力する", "", "入力される"), True),
    ("ja", "数量", "4", ("40 個を注文する", "", "注文される"), False),
    ("ja", "クーポン", "WELCOME10", ("カート画面を開く", "", "カート画面が表示される"), False),
    ("ja", "対象日", "2026-10-14", ("ジョブを実行する", "", "終了する"), False),
    ("ja", "患者番号", "P-1077", ("輸液バッグを読み取る", "", "表示される"), False),
    ("ja", "メモ", "10/20 再訪問予定", ("顧客詳細画面を開く", "", "表示される"), False),
    ("ja", "受注番号B", "J-3002", ("担当者Aが J-3001 を引き当てる", "", "完了する"), False),
]


def found(case: TestCase, *steps: tuple[str, str, str], hits: tuple[Hit, ...] | None = None) -> list[tuple[str, str]]:
    made = procedure(*steps, language=case.resolved_language())
    return [(f.rule, f.excerpt) for f in review(made, case, hits=hits).findings if f.rule.startswith("unused")]


@pytest.mark.parametrize(("language", "name", "value", "step", "used"), DATA)
def test_a_datum_that_no_step_uses_is_named(
    language: Language, name: str, value: str, step: tuple[str, str, str], used: bool
) -> None:
    case = TestCase(id="T", title="T", test_data={name: value}, expected_results=("x",), language=language)
    assert found(case, step) == ([] if used else [("unused-datum", name)])


SPECIFICATION_EN = """The user enters the amount and clicks "Transfer". The bank charges a fee of 2 EUR.
Transfers above 10,000 EUR need a second approval by a colleague of the same branch.
Statements are archived for ten years by the document system."""
SPECIFICATION_JA = """利用者が金額を入力して「振込」を押すと、手数料 110円を差し引く。
100万円を超える振込には、同じ支店の別の担当者による承認が必要である。
帳票は文書管理システムで10年間保管する。"""


@pytest.mark.parametrize(
    ("specification", "step", "left"),
    [
        (SPECIFICATION_EN, ('Enter the amount and click "Transfer"', "500", "The fee of 2 EUR is charged by the bank"),
         ["Transfers above", "Statements are archived"]),
        (SPECIFICATION_EN, ('Enter 20,000 EUR and click "Transfer"', "", "A second approval by a colleague of the branch is needed"),
         ["The bank charges", "Statements are archived"]),
        (SPECIFICATION_JA, ("金額を入力して「振込」を押す", "500", "手数料 110円が差し引かれる"), ["100万円を", "帳票は"]),
        (SPECIFICATION_JA, ("「振込」を押す", "200万円", "同じ支店の別の担当者による承認が必要になる"), ["帳票は"]),
    ],
)  # fmt: skip
def test_a_sentence_of_which_no_step_says_anything_is_named(
    specification: str, step: tuple[str, str, str], left: list[str]
) -> None:
    case = TestCase(id="T", title="T", specification=specification, expected_results=("x",))
    excerpts = [excerpt for _, excerpt in found(case, step)]
    assert len(excerpts) == len(left)
    assert all(text.startswith(begin) for text, begin in zip(excerpts, left, strict=True))


def test_what_an_engine_tells_of_its_draft_is_not_told_twice() -> None:
    case = TestCase(
        id="T", title="T", test_data={"card": "42"}, specification=SPECIFICATION_EN, expected_results=("x",)
    )
    hits = (Hit("unused-datum", "/test_data/card", excerpt="card"), Hit("unused-specification", "/steps", excerpt="y"))
    told = found(case, ("Open the page", "", "The page is shown"), hits=hits)
    assert sorted(told) == [("unused-datum", "card"), ("unused-specification", "y")]


def test_a_name_with_a_slash_is_a_sound_pointer() -> None:
    case = TestCase(id="T", title="T", test_data={"a/b~c": "value-9"}, expected_results=("x",))
    [finding] = [f for f in review(procedure(("Open it", "It is open")), case).findings if f.rule == "unused-datum"]
    assert finding.field == "/test_data/a~1b~0c"
