"""Rules 3 to 6 in Japanese: what is an action, what comes of it, and where."""

import pytest

from testgen.drafting.outline.engine import load_grammar
from testgen.drafting.outline.japanese import Japanese

JA = load_grammar("ja")


def parsed(sentence: str) -> list[tuple[list[str], tuple[str, ...], str]]:
    return [([JA.render(action) for action in r.actions], r.conditions, r.outcome) for r in JA.parse(sentence)]


@pytest.mark.parametrize(
    ("sentence", "actions", "outcome"),
    [
        ("「保存」を押すと登録する", ["「保存」を押す"], "登録する"),
        ("「保存」を押した場合、登録する", ["「保存」を押す"], "登録する"),
        ("「保存」を押した後に一覧を表示する", ["「保存」を押す"], "一覧を表示する"),
        ("「保存」を押したら、登録する", ["「保存」を押す"], "登録する"),
        ("「保存」を押下時に登録する", ["「保存」を押下する"], "登録する"),
        ("値を入力後、登録する", ["値を入力する"], "登録する"),
        ("IDを入力し「次へ」を押すと進む", ["ID を入力する", "「次へ」を押す"], "進む"),
        ("IDを入力して「次へ」を押すと画面が変わる", ["ID を入力する", "「次へ」を押す"], "画面が変わる"),
        ("値を入力せずに「登録」を押すと警告する", ["値を空欄のままにする", "「登録」を押す"], "警告する"),
        ("誤った値が入力された場合、エラーを表示する", ["誤った値を入力する"], "エラーを表示する"),
        ("再読み込みしても値は残る", ["再読み込みする"], "値は残る"),
        ("「保存」を押す", ["「保存」を押す"], ""),
        ("管理者が「承認」を押すと通知する", ["管理者として「承認」を押す"], "通知する"),
        ("利用者が「承認」を押すと通知する", ["「承認」を押す"], "通知する"),
        ("商品を追加し、確認画面へ進む", [], "商品を追加し、確認画面へ進む"),
    ],
)
def test_trigger_and_consequent(sentence: str, actions: list[str], outcome: str) -> None:
    if sentence.startswith("商品を追加し"):  # a chain of actions that triggers nothing
        actions, outcome = ["商品を追加する", "確認画面へ進む"], ""
    assert [(found, said) for found, _, said in parsed(sentence)] == [(actions, outcome)]


@pytest.mark.parametrize(
    "sentence",
    [
        "パスワードは8文字以上とする",
        "保存したファイルは7日で消える",
        "一覧を表示する",
        "システムは注文を登録する",
        "ログインしている",
        "入力できる",
        "ログインの記録",
        "押すボタンは2つある",
    ],
)
def test_states_rules_and_what_the_system_does_are_no_actions(sentence: str) -> None:
    assert all(not reaction.actions for reaction in JA.parse(sentence))


def test_two_triggers_in_a_sentence_are_two_reactions() -> None:
    assert parsed("「削除」を押すと確認ダイアログが表示され、「OK」を押すと削除される") == [
        (["「削除」を押す"], (), "確認ダイアログが表示され"),
        (["「OK」を押す"], (), "削除される"),
    ]


def test_a_condition_is_kept_apart_from_the_action() -> None:
    assert parsed("在庫がない場合、「注文」を押すと断る") == [(["「注文」を押す"], ("在庫がない",), "断る")]


@pytest.mark.parametrize(
    ("sentence", "screen", "action"),
    [
        ("ログイン画面でIDを入力すると進む", "ログイン画面", "ID を入力する"),
        ("問い合わせ画面の「送信」を押すと送る", "問い合わせ画面", "「送信」を押す"),
        ("商品詳細ページにて「購入」を押すと進む", "商品詳細ページ", "「購入」を押す"),
        ("承認待ち一覧画面で番号を選択する", "承認待ち一覧画面", "番号を選択する"),
        ("お知らせ画面を開くと表示する", "お知らせ画面", "お知らせ画面を開く"),
        ("この画面でIDを入力すると進む", None, "この画面でID を入力する"),
    ],
)
def test_a_named_screen_is_where_it_happens(sentence: str, screen: str | None, action: str) -> None:
    found = JA.parse(sentence)[0].actions[0]
    assert (found.screen, JA.render(found)) == (screen, action)


def test_objects_of_one_verb_are_listed_and_can_be_exchanged() -> None:
    action = JA.parse("IDとパスワードを入力すると進む")[0].actions[0]
    assert action.objects == ("ID", "パスワード")
    assert JA.render(action, ("ID", "誤パスワード")) == "ID と誤パスワードを入力する"


@pytest.mark.parametrize(
    ("outcome", "seen"),
    [
        ("一覧を表示する", "一覧が表示される"),
        ("認証する", "認証される"),
        ("確認画面に遷移する", "確認画面に遷移する"),
        ("正常な行を登録し、件数を表示する", "正常な行が登録され、件数が表示される"),
        ("予約を取り消す", "予約が取り消される"),
        ("システムは「完了」と表示する", "「完了」と表示される"),
        ("登録されない", "登録されない"),
    ],
)
def test_a_consequent_is_told_as_the_tester_sees_it(outcome: str, seen: str) -> None:
    assert JA.observe(outcome) == seen


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("5回連続で失敗した場合", 5),
        ("５回", 5),
        ("三回押す", 3),
        ("1回の注文で", None),
        ("3回まで", None),
        ("「5回」", None),
    ],
)
def test_how_often(text: str, times: int | None) -> None:
    assert JA.times(text) == times


@pytest.mark.parametrize(("text", "ordinal"), [("2枚目を適用した", 2), ("一つ目", 1), ("3回目に", 3), ("枚数", None)])
def test_which_of_several(text: str, ordinal: int | None) -> None:
    assert JA.ordinal(text) == ordinal


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("変更されない", True),
        ("0のままである", True),
        ("入力欄に残る", True),
        ("表示される", False),
        ("「できません」と表示される", False),
    ],
)
def test_what_stays_as_it_was(text: str, kept: bool) -> None:
    assert JA.preserves(text) is kept


def test_the_grammar_is_built_once() -> None:
    assert load_grammar("ja") is JA
    assert isinstance(JA, Japanese)
