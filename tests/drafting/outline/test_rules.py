"""Rules 7 and 9 to 11, each alone: which triggers are used, where data go, what is repeated, who verifies what."""

import pytest

from testgen import generate
from testgen.config import ServiceConfig
from testgen.domain.procedure import Finding, Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def _is_kana(letter: str) -> bool:
    return "ぁ" <= letter <= "ヶ"


def case(specification: str, *expected: str, title: str = "t", **more: object) -> TestCase:
    return TestCase.parse(
        {
            "id": "x",
            "title": title,
            "preconditions": ["画面を表示している"] if any(map(_is_kana, specification)) else [],
            "specification": specification,
            "expected_results": list(expected),
            **more,
        }
    )


def gaps_of(test_case: TestCase) -> tuple[Finding, ...]:
    return generate(test_case, config=ServiceConfig(engine="outline")).findings


def steps(test_case: TestCase) -> list[Step]:
    return outline(test_case, test_case.resolved_language())[0]


def test_of_two_outcomes_of_one_action_the_expected_one_is_taken_with_what_leads_up_to_it() -> None:
    given = case(
        "会員登録画面で氏名を入力し「登録」を押すと登録が完了する。氏名を入力せずに「登録」を押すと「必須です」と表示する。",
        "「必須です」と表示される",
        title="必須の確認",
        test_data={},
    )
    assert [step.action for step in steps(given)] == ["会員登録画面を開く", "氏名を空欄のままにする", "「登録」を押す"]


def test_a_condition_that_the_case_does_not_bring_is_brought_about() -> None:
    given = case("棚が空になっている場合、「注文」を押すと「品切れ」と表示する。", "「品切れ」と表示される")
    assert [(step.kind, step.action) for step in steps(given)] == [
        ("action", "棚が空になっている状態で、「注文」を押す"),
    ]
    known = case(
        "棚が空になっている場合、「注文」を押すと「品切れ」と表示する。",
        "「品切れ」と表示される",
        preconditions=["棚が空である", "画面を表示している"],
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
    first = steps(given)[0]
    assert placed in (first.test_data or first.action)


def test_a_missing_value_is_marked_and_never_invented() -> None:
    given = case("IDとパスワードを入力すると進む。", "進む", test_data={"ID": "tanaka"})
    assert steps(given)[0].test_data == "tanaka / 【要記入: パスワード】"


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
    assert steps(given)[-1].action == "履歴画面を確認する"


def test_where_two_act_each_step_says_who() -> None:
    given = case(
        "申請者は申請画面で金額を入力し「申請」を押す。承認者は一覧画面で「承認」を押すと承認が完了する。",
        "承認が完了する",
        title="申請と承認",
        test_data={"金額": "10"},
    )
    assert [step.action for step in steps(given)] == [
        "申請者として申請画面を開く", "申請者として金額を入力する", "申請者として「申請」を押す", "承認者として一覧画面を開く", "承認者として「承認」を押す",
    ]  # fmt: skip


def test_an_action_that_says_how_often_is_not_repeated_once_more() -> None:
    given = case(
        "金額を入力して「送信」を連続で2回クリックしても、決済は1回だけ行われる。",
        "決済は1回だけ行われる",
        test_data={"金額": "500"},
    )
    assert [step.action for step in steps(given)] == ["金額を入力する", "「送信」を連続で2回クリックする"]


def test_data_that_no_act_is_named_after_are_entered_at_the_place_that_the_case_names() -> None:
    given = case(
        "Vital signs form. Values outside the range cannot be saved.",
        '"Please check the value" is shown',
        test_data={"systolic": "400", "diastolic": "80"},
    )
    assert [(step.action, step.test_data) for step in steps(given)] == [
        ("Open the Vital signs form", None),
        ("Enter the systolic and the diastolic", "400 / 80"),
        ("Confirm the entry", None),
    ]


def test_a_further_case_is_arranged_and_the_acts_of_the_whole_are_written_out_again() -> None:
    given = case(
        "Press RETURN, scan the barcode, pick the line.",
        "Receipt A: the money is refunded to the card",
        "Receipt B: the manager is asked for",
        "Without receipt: a gift card is issued",
        test_data={"Receipt A": "27 days old", "Receipt B": "29 days old"},
    )
    found = [(step.action, step.test_data, step.verifies) for step in steps(given)]
    acts = ["Press RETURN", "Scan the barcode", "Pick the line"]
    cases = [
        "Carry out the test for Receipt A",
        "Carry out the test for Receipt B",
        "Set up this case: without receipt",
    ]
    assert [action for action, _, _ in found] == [step for case in cases for step in (case, *acts)]
    assert [data for _, data, _ in found[::4]] == ["27 days old", "29 days old", None]
    assert [verifies for _, _, verifies in found[3::4]] == [(1,), (2,), (3,)]


def test_a_result_with_two_triggers_is_verified_on_two_steps_and_is_covered() -> None:
    given = case(
        "Press ENTER, key in the quantity.",
        "qty 3 is refused with TOO HIGH; qty 2 refunds 9.00 and opens the drawer",
    )
    entered = [(step.test_data, step.verifies) for step in steps(given) if "quantity" in step.action]
    assert entered == [("3", (1,)), ("2", (1,))]
    assert "expected-result-not-covered" not in {finding.rule for finding in gaps_of(given)}


def test_what_is_seen_before_the_act_is_looked_at_first() -> None:
    given = case(
        "Go to Grades > Maths > Publish.",
        's.keller sees "not yet graded" before publishing',
        "s.keller sees the grade afterwards",
    )
    assert [(step.kind, step.verifies) for step in steps(given)] == [("check", (1,)), ("action", (2,))]


def test_what_rests_on_the_words_of_the_results_alone_is_never_called_ready() -> None:
    given = case("", "After battery swap the bar shows 3 unsent again")
    assert "open-question" in {hit.rule for hit in outline(given, "en")[1]}


def test_a_scenario_is_followed_where_the_results_call_for_too_little_of_it() -> None:
    """The results speak of what the scenario shows in words of their own; its acts are done all the same, in its order."""
    english = case(
        "Given the job is open on the phone\nWhen Bruno ticks all checklist items\nAnd Bruno taps \"Complete job\"\n"
        "Then the job is queued locally\nWhen Bruno opens the dispatcher board\nThen the dispatcher sees it as Completed",
        "The job waits to be synced",
        "Completion time at the dispatcher is the time on site",
    )  # fmt: skip
    assert [(step.action, step.verifies) for step in steps(english) if step.kind == "action"] == [
        ("As Bruno, tick all checklist items", ()),
        ('Tap "Complete job"', (1,)),
        ("Open the dispatcher board", (2,)),
    ]
    japanese = case(
        "前提 スマホで再生している\nもし 画面をタップし「音声と字幕」を開く\nかつ 字幕で「韓国語」を選ぶ\nならば 韓国語字幕になる",
        "新しい言語に置き換わる",
    )
    assert [step.action for step in steps(japanese)] == [
        "画面をタップする",
        "「音声と字幕」を開く",
        "字幕で「韓国語」を選ぶ",
    ]


def test_the_article_before_a_participle_is_nobody() -> None:
    given = case("", "the user cannot sign in", title="A deleted account cannot sign in again")
    assert all("As A" not in step.action for step in steps(given))


def test_a_result_that_lists_two_files_has_a_pass_with_each() -> None:
    given = case(
        'Claim page > "Add photo" opens the file dialog. The upload starts as soon as a file is chosen.\n'
        '| Rule | Result |\n|---|---|\n| up to 10 MB | file is added to the claim |\n| .exe | "Not allowed" |',
        "roof.png and door.png are added to the claim",
        'plan.exe is refused with "Not allowed"',
        test_data={"file A": "roof.png", "file B": "door.png", "file C": "plan.exe"},
    )
    chosen = [(step.test_data, step.expected_result) for step in steps(given) if step.action.startswith("Choose")]
    assert chosen == [
        ("roof.png", "roof.png is added to the claim"),
        ("door.png", "roof.png and door.png are added to the claim"),
        ("plan.exe", 'plan.exe is refused with "Not allowed"'),
    ]


@pytest.mark.parametrize(
    ("specification", "result", "check"),
    [
        ("計量画面で搬送量を入力し「確定」を押すと、積算重量を表示する。上限を超えた場合、「上限です」と表示する。", "積算重量は前の値から変わらない", "計量画面で積算重量を確認する"),
        ("予約画面で枠を選択し「予約」を押すと、予約番号を表示する。埋まった枠の場合、「上限です」と表示する。", "予約番号は増えない", "予約画面で予約番号を確認する"),
        ("登録画面で選手番号を入力し「登録」を押すと、完了画面に所属を表示する。重複の場合、「上限です」と表示する。", "所属は前のままである", "【要記入: 確認する場所】で所属を確認する"),
    ],
)  # fmt: skip
def test_what_the_specification_shows_on_a_screen_is_looked_at_there(
    specification: str, result: str, check: str
) -> None:
    assert steps(case(specification, "「上限です」と表示される", result))[-1].action == check
