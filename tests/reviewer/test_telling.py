"""What stands as an action and is none, and a claim that the step does not bear out: as small models write them."""

import pytest
from support.procedures import procedure

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.repair import Reviewing, advice
from testgen.reviewer import RULES, review

RESULTS: dict[Language, tuple[str, ...]] = {
    "en": ("The timer stops while the menu is open", 'Mia receives the e-mail "Approved"'),
    "ja": (
        "前回の入力内容がすべて残っている",
        "4回間違えるとログイン画面に戻る",
        "確認画面に遷移しないこと",
        "弁を閉じてから警報が鳴り、送液が停止する",
    ),
}
NO_ACTION: dict[Language, list[tuple[str, str]]] = {
    "en": [
        ("The timer stops while the menu is open", "The timer has stopped"),  # a wanted result
        ("As a player, the timer stops while the menu is open", "The timer has stopped"),
        ("As qa, syslog has an entry", "The entry is there"),  # no imperative behind the person
        ("As a player, the score continues from the old value", "The score continues"),
        ("The light does not come on", "The lamp is dark"),
        ("The timer does not move", "The timer shows 0"),
        ("As Mia, receive the e-mail", 'Mia receives the e-mail "Approved"'),  # it only has to come
    ],
    "ja": [
        ("前回の入力内容がすべて残っている", "入力内容が残る"),
        ("4回間違えるとログイン画面に戻る", "ログイン画面が表示される"),
        ("確認画面に遷移しないこと", "入力画面のまま"),
        ("弁を閉じてから警報が鳴り、送液が停止する", "送液が停止している"),
        ("Aが一覧から「ミュートにする」を選べる", "Bの画面にメッセージが出る"),  # what can be done
        ("登録済みのカードをかざすとコピーできる", "コピーが出る"),
        ("状態が「送信済み」から「確認済み」に変わる", "状態が「確認済み」になる"),  # what only happens
        ("担任アカウントが「本日の連絡」に表示する", "連絡が並ぶ"),  # what is shown as the one who shows
    ],
}
ACTION: dict[Language, list[tuple[str, str]]] = {
    "en": [
        ("As a player, open the menu while the timer runs", "The timer stops while the menu is open"),
        ("As Lena, the on-call nurse, stop the timer", "The timer stops"),
        ("As admin, I open the menu", "The menu is shown"),
        ("As soon as the page opens, stop the timer", "The timer stops"),
        ("As Tom, approve the request", "Tom approves the request"),  # an act, however little its result says
        ("Check that the timer stops while the menu is open", "The timer stops while the menu is open"),
        ("User should stop the timer", "The timer stops"),
        ("Timer stop", "The timer stops"),  # a noun phrase is a team's style
    ],
    "ja": [
        ("前回の入力内容がすべて残っていることを確認する", "前回の入力内容がすべて残っている"),
        ("前回の入力内容を確認", "前回の入力内容がすべて残っている"),
        ("鍵を開ける", "扉が開く"),
        ("パスワードを4回間違える", "4回間違えるとログイン画面に戻る"),
        ("再度更新する", "更新できる"),
        ("担当者が一覧を表示する", "一覧が表示される"),
        ("表示できる件数を選ぶ", "件数が変わる"),
        ("表示が変わるまで待つ", "表示が変わる"),
        ("電源ON", "ランプが光る"),
        ("弁を閉じ、送液を停止する", "弁を閉じてから警報が鳴り、送液が停止する"),
    ],
}


def wanted(language: Language) -> TestCase:
    return TestCase(id="T", title="T", language=language, expected_results=RESULTS[language])


def errors(made: Procedure, case: TestCase) -> list[tuple[str, int | None]]:
    return [(found.rule, found.step) for found in review(made, case).findings if found.severity == "error"]


def rules_at(made: Procedure, case: TestCase, step: int = 1) -> set[str]:
    return {found.rule for found in review(made, case).findings if found.step == step}


@pytest.mark.parametrize(("language", "texts"), [(one, texts) for one, told in NO_ACTION.items() for texts in told])
def test_what_is_to_be_seen_is_no_action(language: Language, texts: tuple[str, str]) -> None:
    found = rules_at(procedure(texts, language=language), wanted(language))
    assert "product-as-actor" in found
    assert not found & {"misplaced-precondition", "expected-result-repeats-action"}  # one flaw, one finding


@pytest.mark.parametrize(("language", "texts"), [(one, texts) for one, told in ACTION.items() for texts in told])
def test_what_somebody_does_or_looks_at_is_one(language: Language, texts: tuple[str, str]) -> None:
    assert "product-as-actor" not in rules_at(procedure(texts, language=language), wanted(language))


def test_a_state_before_the_first_action_stays_a_precondition() -> None:
    made = procedure(("ログインしていること", "ログインしていること"), ("「保存」を押す", "保存される"), language="ja")
    assert "misplaced-precondition" in rules_at(made, wanted("ja"))
    assert "product-as-actor" not in rules_at(made, wanted("ja"))


SAVED: dict[Language, tuple[tuple[str, str], tuple[str, str], tuple[str, ...]]] = {
    "en": (
        ("Press Save", "The button turns grey"),
        ("Open the list", "The list shows the order"),
        ("The list shows the order",),
    ),
    "ja": (
        ("保存ボタンを押す", "ボタンが灰色になる"),
        ("一覧を開く", "一覧に注文が表示される"),
        ("一覧に注文が表示される",),
    ),
}


def claiming(language: Language, *claims: tuple[int, ...]) -> tuple[Procedure, TestCase]:
    first, second, results = SAVED[language]
    made = procedure(first, second, language=language)
    steps = [step.model_copy(update={"verifies": claim}) for step, claim in zip(made.steps, claims, strict=True)]
    case = TestCase(id="T", title="T", language=language, expected_results=results)
    return made.model_copy(update={"steps": tuple(steps)}), case


@pytest.mark.parametrize("language", RESULTS)
def test_a_step_that_claims_a_result_shows_it(language: Language) -> None:
    assert errors(*claiming(language, (1,), ())) == [("expected-result-not-covered", 1)]
    assert errors(*claiming(language, (), (1,))) == []
    assert errors(*claiming(language, (1,), (1,))) == []  # one that claims it shows it
    assert errors(*claiming(language, (), ())) == []  # an author need not claim anything


@pytest.mark.parametrize(
    ("language", "action", "order"),
    [
        ("en", "Submit the request of 3 June", "Enter the reason and press Send"),
        ("ja", "6/3 の行から修正申請を提出する", "理由を入力し「修正」を押す"),
    ],
)
def test_an_expected_result_that_is_an_order_shows_nothing(language: Language, action: str, order: str) -> None:
    result = {"en": "The request of 3 June is submitted", "ja": "6/3 の行から修正申請を提出できる"}[language]
    case = TestCase(id="T", title="T", language=language, expected_results=(result,), specification=f"{action} {order}")
    assert errors(procedure((action, result), language=language), case) == []
    assert errors(procedure((action, order), language=language), case) == [("expected-result-not-covered", None)]


@pytest.mark.parametrize("seen", ["Blocked for 15 minutes", "Undo brings the mail back", "drop = 0", "Save the date"])
def test_a_noun_or_a_sentence_that_looks_like_an_order_shows_something(seen: str) -> None:
    case = TestCase(id="T", title="T", expected_results=(seen,), specification=seen)
    shown = ("expected-result-not-covered", None) not in errors(procedure(("Open the mail", seen)), case)
    assert shown == (seen != "Save the date")  # nobody can tell that one apart


def test_the_number_of_a_result_is_nothing_to_be_seen() -> None:
    made = procedure(("Press Save", "1"), ("Enter 2 + 3", "5"))
    case = TestCase(id="T", title="T", expected_results=("The sum 5 is shown",), specification="Enter 2 + 3")
    assert ("unverified-action", 1) in errors(made, case)
    assert ("unverified-action", 2) not in errors(made, case)


@pytest.mark.parametrize(
    ("language", "step"),
    [
        ("en", ("Open the cart", "", "A-100 is listed")),
        ("en", ("As Sato, enter the amount on the Claim page", "90 EUR", "The amount is 90 EUR")),
        ("en", ("As Sato, click the link in the mail", "gw.new@mailtest.example", "The page is shown")),
        ("ja", ("sato が「ログイン」を押す", "", "ホームが表示される")),
        ("ja", ("商品の在庫を設定する", "A-100 / 3", "在庫が 3 になる")),
        ("ja", ("Aが商品の在庫を設定する", "A-100 / 3", "在庫が 3 になる")),
    ],
)
def test_a_step_of_the_prompt_is_none_of_another_case(language: Language, step: tuple[str, str, str]) -> None:
    made = procedure(step, language=language)
    assert "prompt-leak" in rules_at(made, wanted(language))
    own = wanted(language).model_copy(update={"specification": " / ".join(step), "title": "A-100"})
    assert "prompt-leak" not in rules_at(made, own)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年齢が 29 岁になる", True),
        ("年齢が 29 歳になる", False),
        ("髙橋と山﨑、森鷗外が並ぶ", False),
        ("「岁」と表示される", False),
    ],
)
def test_a_chinese_character_among_japanese_ones(text: str, found: bool) -> None:
    made = procedure(("年齢を入力する", "29", text), language="ja")
    finding = [one for one in review(made, wanted("ja")).findings if one.rule == "mixed-language"]
    assert [one.excerpt for one in finding] == (["岁"] if found else [])


@pytest.mark.parametrize("language", RESULTS)
def test_the_repair_is_told_what_to_write_instead(language: Language) -> None:
    action = NO_ACTION[language][0]
    found = review(procedure(action, language=language), wanted(language)).findings
    faulty = [one for one in Reviewing().faulty(found) if one.rule == "product-as-actor"]
    told = RULES["product-as-actor"].words[language].template("suggestion", "result").rstrip(".。")
    assert [advice(one, language) for one in faulty] == [told]
