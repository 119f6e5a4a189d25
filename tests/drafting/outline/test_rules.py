"""Rules 7 and 9 to 11, each alone: which triggers are used, where data go, what is repeated, who verifies what."""

import pytest

from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.engine import load_grammar
from testgen.drafting.outline.matching import fits
from testgen.drafting.outline.selection import choose


def case(specification: str, *expected: str, title: str = "t", **more: object) -> TestCase:
    return TestCase.parse(
        {"id": "x", "title": title, "specification": specification, "expected_results": list(expected), **more}
    )


def steps(test_case: TestCase) -> list[Step]:
    return outline(test_case, test_case.resolved_language())[0]


def test_a_trigger_that_shares_nothing_with_the_case_is_left_out() -> None:
    given = case(
        'When the user clicks "Save", the record is stored. When the user clicks "Help", a manual opens.',
        "the record is stored",
    )
    chosen = choose(given, load_grammar("en"))
    assert len(chosen.reactions) == 1
    assert chosen.left_out == ('When the user clicks "Help", a manual opens',)


def test_of_two_outcomes_of_one_action_the_expected_one_is_taken_with_what_leads_up_to_it() -> None:
    given = case(
        "会員登録画面で氏名を入力し「登録」を押すと登録が完了する。氏名を入力せずに「登録」を押すと「必須です」と表示する。",
        "「必須です」と表示される",
        title="必須の確認",
        test_data={},
    )
    assert [step.action for step in steps(given)] == ["会員登録画面を開く", "氏名を空欄のままにする", "「登録」を押す"]


def test_a_condition_that_the_case_does_not_bring_is_brought_about() -> None:
    given = case("棚が空の場合、「注文」を押すと「品切れ」と表示する。", "「品切れ」と表示される")
    assert [(step.kind, step.action) for step in steps(given)] == [
        ("setup", "棚が空の状態にする"),
        ("action", "「注文」を押す"),
    ]
    known = case(
        "棚が空の場合、「注文」を押すと「品切れ」と表示する。", "「品切れ」と表示される", preconditions=["棚は空である"]
    )
    assert [step.kind for step in steps(known)] == ["action"]


@pytest.mark.parametrize(
    ("specification", "data", "placed"),
    [
        ("ユーザーIDを入力すると進む。", {"ID": "tanaka"}, "tanaka"),
        ("パスワードを入力すると進む。", {"誤パスワード": "w"}, "w"),
        ("tanaka を選択すると進む。", {"担当": "tanaka"}, "tanaka"),
        ("When the user enters the user name, the page moves on.", {"user id": "mori"}, "mori"),
        ("When the user enters the password, the page moves on.", {"wrong_password": "w"}, "w"),
    ],
)
def test_a_datum_goes_to_its_action_by_name_synonym_or_value(
    specification: str, data: dict[str, str], placed: str
) -> None:
    given = case(specification, "進む" if "進" in specification else "the page moves on", test_data=data)
    assert steps(given)[0].test_data == placed


def test_a_missing_value_is_marked_and_never_invented() -> None:
    given = case("IDとパスワードを入力すると進む。", "進む", test_data={"ID": "tanaka"})
    assert steps(given)[0].test_data == "tanaka / 【要記入: パスワード】"


def test_a_datum_that_no_action_takes_is_set_up_and_none_is_dropped() -> None:
    given = case("「開始」を押すと始まる。", "始まる", test_data={"機種": "X-1"})
    assert [(step.kind, step.test_data) for step in steps(given)] == [("setup", "機種: X-1"), ("action", None)]


def test_variants_of_a_datum_are_tried_in_passes_of_their_own() -> None:
    given = case(
        'On the Cart page the user enters a coupon and clicks "Apply". A second coupon is refused with "Only one".',
        "the first coupon is accepted", '"Only one" is shown for the second coupon', test_data={"coupon 1": "AA", "coupon 2": "BB"},
    )  # fmt: skip
    assert [(step.test_data, step.verifies) for step in steps(given)] == [
        (None, ()),
        ("AA", ()),
        (None, (1,)),
        ("BB", ()),
        (None, (2,)),
    ]


@pytest.mark.parametrize(
    ("specification", "expected", "action"),
    [
        ("番号を入力し「送信」を押すと照合する。3回連続で失敗した場合、停止する。", "停止される", "「送信」を押す。手順1〜2を合計3回行う"),
        ('The user enters the number and clicks "Send". After three failed attempts, the card is blocked.', "the card is blocked",
         'Click "Send". Repeat steps 1-2 for a total of 3 times'),
    ],
)  # fmt: skip
def test_a_number_of_times_is_a_repetition_with_its_range(specification: str, expected: str, action: str) -> None:
    japanese = "番号" in specification
    given = case(
        specification,
        expected,
        title="番号" if japanese else "number",
        test_data={"番号" if japanese else "number": "1"},
    )
    found = steps(given)
    assert found[1].action == action
    assert found[1].verifies == (1,)


def test_even_with_repeats_the_core_with_the_other_value() -> None:
    given = case(
        "IDを入力し「送信」を押すと送信を断る。",
        "送信を断る",
        "正しいIDでも送信できない",
        title="送信",
        test_data={"誤ID": "bad", "正しいID": "good"},
    )
    assert [(step.kind, step.test_data, step.verifies) for step in steps(given)] == [
        ("action", "bad", ()), ("action", None, (1,)), ("action", "good", ()), ("check", None, (2,)),
    ]  # fmt: skip


def test_what_is_seen_elsewhere_gets_a_check_after_its_action() -> None:
    given = case(
        'When the user clicks "Save", a message is shown.', "a message is shown", "the database has one more row"
    )
    assert [(step.kind, step.verifies) for step in steps(given)] == [("action", (1,)), ("check", (2,))]


def test_an_expected_result_on_another_screen_is_checked_there() -> None:
    given = case("「保存」を押すと記録する。", "記録される", "履歴画面に1件追加される", title="保存")
    assert steps(given)[-1].action == "履歴画面を開く"


def test_checks_that_would_be_more_than_half_are_read_together() -> None:
    given = case(
        'When the user clicks "Save", the box turns green.',
        "the box turns green",
        *[f"row {n} has value {n}" for n in range(1, 6)],
    )
    found = steps(given)
    assert [step.kind for step in found] == ["action", "check"]
    assert found[1].verifies == (2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("expected", "outcome", "language", "fit"),
    [
        ("「完了」と表示される", "「完了」と表示する", "ja", True),
        ("「ロックされました」と表示される", "ロックする", "ja", True),
        ("登録されない", "登録する", "ja", False),
        ("在庫が減る", "注文が確定する", "ja", False),
        ("the order is stored", "the system stores the order", "en", True),
        ("the order is not stored", "the system stores the order", "en", False),
    ],
)
def test_a_consequent_fits_by_shared_terms_and_never_against_its_sense(
    expected: str, outcome: str, language: str, fit: bool
) -> None:
    assert bool(fits(expected, outcome, load_grammar(language))) is fit  # type: ignore[arg-type]


def test_actors_are_named_where_they_change() -> None:
    given = case(
        "申請者は申請画面で金額を入力し「申請」を押す。承認者は一覧画面で「承認」を押すと承認が完了する。",
        "承認が完了する",
        title="申請と承認",
        test_data={"金額": "10"},
    )
    assert [step.action for step in steps(given)] == [
        "申請者として申請画面を開く", "金額を入力する", "「申請」を押す", "承認者として一覧画面を開く", "「承認」を押す",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_largest_case_still_loses_no_datum_and_no_expected_result(language: str) -> None:
    large = TestCase.parse({
        "id": "x", "title": "t", "language": language, "specification": "「開始」を押すと始まる。" if language == "ja" else 'Click "Start", then it begins.',
        "test_data": {f"d{n}": f"value-{n}" for n in range(50)}, "expected_results": [f"row {n} is right" for n in range(50)],
    })  # fmt: skip
    found = steps(large)
    placed = "\n".join(step.test_data or "" for step in found)
    assert all(f"value-{n}" in placed for n in range(50))
    assert {number for step in found for number in step.verifies} == set(range(1, 51))
    assert len(found) <= 60


def test_an_action_that_says_how_often_is_repeated_alone() -> None:
    given = case(
        "金額を入力して「送信」を連続で2回クリックしても、決済は1回だけ行われる。",
        "決済は1回だけ行われる",
        test_data={"金額": "500"},
    )
    assert [step.action for step in steps(given)] == ["金額を入力する", "「送信」をクリックする。手順2を合計2回行う"]


def test_data_with_the_same_number_are_tried_together() -> None:
    given = case(
        "ログイン画面でIDとパスワードを入力し「ログイン」を押すと、ホーム画面を表示する。", "ホーム画面が表示される",
        title="複数の会員のログイン", test_data={"ID1": "aa", "パスワード1": "p-a", "ID2": "bb", "パスワード2": "p-b"},
    )  # fmt: skip
    found = steps(given)
    assert [step.test_data for step in found] == [None, "aa / p-a", None, "bb / p-b", None]
    assert found[2].expected_result == found[4].expected_result == "ホーム画面が表示される"
