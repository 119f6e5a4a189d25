"""Rules 7, 8, 10 and 12: the sentences of setup, repetition, checks and clean-up, in both languages."""

import pytest

from testgen.domain.language import Language
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.engine import load_grammar

JA, EN = load_grammar("ja").wording, load_grammar("en").wording


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("正しいパスワードでもログインできない", ("正しいパスワード", "ログインできない")),
        ("何度でも試せる", None),
        ("ログインできない", None),
    ],
)
def test_even_with_japanese(text: str, found: tuple[str, str] | None) -> None:
    assert JA.even_with(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Even with the correct password, sign-in fails", ("the correct password", "sign-in fails")),
        ("Sign-in fails even with the correct password.", ("the correct password", "Sign-in fails")),
        ("Sign-in fails", None),
    ],
)
def test_even_with_english(text: str, found: tuple[str, str] | None) -> None:
    assert EN.even_with(text) == found


@pytest.mark.parametrize(
    ("language", "precondition", "step"),
    [
        ("ja", "会員 tanaka が登録済み", None),
        ("ja", "会員 abe でログインしている", None),
        ("ja", "在庫がある", None),
        (
            "ja",
            "クーポン SPRING10 が発行されている",
            ("クーポン SPRING10 を発行する", "クーポン SPRING10 が発行されている"),
        ),
        ("ja", "日付を 2027-01-31 に設定する", ("日付を 2027-01-31 に設定する", "日付が 2027-01-31 に設定されている")),
        ("ja", "商品の在庫が1個に設定されている", ("商品の在庫を1個に設定する", "商品の在庫が1個に設定されている")),
        (
            "en",
            "a reset link was issued to mori",
            ("Prepare the reset link issued to mori", "A reset link was issued to mori"),
        ),
        ("en", "the stock is set to 3", ("Set the stock to 3", "The stock is set to 3")),
        ("en", "Create a coupon", ("Create a coupon", "A coupon is created")),
        ("en", "mori is signed in", None),
        ("en", "order 10025 was paid by card", None),
    ],
)
def test_what_someone_must_bring_about_is_a_step_and_a_state_is_not(
    language: Language, precondition: str, step: tuple[str, str] | None
) -> None:
    assert load_grammar(language).wording.bring_about(precondition) == step


@pytest.mark.parametrize(
    ("language", "postcondition", "step"),
    [
        ("ja", "ロックを解除する", ("ロックを解除する", "ロックが解除されている")),
        ("ja", "ロックが解除されている", ("ロックを解除する", "ロックが解除されている")),
        ("ja", "システム日付を元に戻す", ("システム日付を元に戻す", "システム日付が元に戻されている")),
        ("ja", "商品の削除", ("商品を削除する", "商品が削除されている")),
        ("ja", "元の設定", ("元の設定を元に戻す", "元の設定が元に戻っている")),
        ("en", "Unlock the account", ("Unlock the account", "The account is unlocked")),
        ("en", "the account is deleted", ("Delete the account", "The account is deleted")),
        ("en", "Delete all coupons", ("Delete all coupons", "All coupons are deleted")),
        ("en", "Reassign the ticket to alice", ("Reassign the ticket to alice", "The ticket is reassigned to alice")),
    ],
)
def test_clean_up_is_a_step_with_what_is_seen_then(
    language: Language, postcondition: str, step: tuple[str, str]
) -> None:
    assert load_grammar(language).wording.clean_up(postcondition) == step


@pytest.mark.parametrize(
    ("language", "name", "head"),
    [
        ("ja", "正しいパスワード", "パスワード"), ("ja", "誤パスワード", "パスワード"), ("ja", "会員のID", "ID"), ("ja", "クーポンコード2", "クーポンコード"), ("ja", "検索ボタン", "検索ボタン"),
        ("ja", "コメント（200文字）", "コメント"), ("ja", "契約日", "契約日"),
        ("en", "the correct password", "password"), ("en", "coupon_1", "coupon"), ("en", "amount B", "amount"), ("en", "the name of the user", "name"), ("en", "the Save button", "the Save button"),
    ],
)  # fmt: skip
def test_the_head_says_what_a_thing_is(language: Language, name: str, head: str) -> None:
    assert load_grammar(language).wording.head(name) == head


@pytest.mark.parametrize(
    ("language", "expected", "subject"),
    [
        ("ja", "パスワードは変更されない", "パスワード"), ("ja", "申請者に通知メールが届く", "通知メール"), ("ja", "登録される", ""),
        ("en", "the password is unchanged", "the password"), ("en", "Unsaved changes are kept", "unsaved changes"), ("en", "bob receives a notification", "the notification to bob"),
        ("en", "the article still contains the text", "the article"),
    ],
)  # fmt: skip
def test_the_subject_of_an_expected_result(language: Language, expected: str, subject: str) -> None:
    assert load_grammar(language).wording.subject(expected) == subject


@pytest.mark.parametrize(
    ("language", "name", "value", "step"),
    [
        ("ja", "在庫数", "1", ("在庫数を 1 に設定する", "在庫数が 1 になっている")),
        ("ja", "商品", "リンゴ", ("商品を用意する", "商品（リンゴ）が用意されている")),
        ("ja", "無操作時間", "31分", ("何も操作せずに31分待つ", "31分が経過している")),
        ("en", "stock", "1", ("Set the stock to 1", "The stock is 1")),
        ("en", "item", "A-100", ("Prepare the item", '"A-100" is ready for use as the item')),
        (
            "en",
            "idle_time",
            "16 minutes",
            ("Wait for 16 minutes without touching the product", "16 minutes have passed"),
        ),
    ],
)
def test_a_datum_that_no_action_takes_is_set_up(
    language: Language, name: str, value: str, step: tuple[str, str]
) -> None:
    assert load_grammar(language).wording.prepare(name, value) == step


def test_a_repetition_names_its_steps() -> None:
    assert JA.repeat("「OK」を押す", 2, 3, 5) == "「OK」を押す。手順2〜3を合計5回行う"
    assert JA.repeat("「OK」を押す", 3, 3, 5) == "「OK」を押す。手順3を合計5回行う"
    assert EN.repeat("Click OK", 2, 3, 5) == "Click OK. Repeat steps 2-3 for a total of 5 times"
    assert EN.repeat("Click OK", 3, 3, 5) == "Click OK. Repeat step 3 for a total of 5 times"


def test_an_age_is_told_as_an_age() -> None:
    assert EN.state_of("link_age", "61 minutes") == "The link is 61 minutes old"


@pytest.mark.parametrize(
    ("language", "preconditions", "owner"),
    [
        ("ja", ("会員 tanaka が登録済み",), "tanaka"),
        ("ja", ("商品がある",), ""),
        ("en", ("a reset link was issued to mori",), "mori"),
        ("en", ("the shop is open",), ""),
    ],
)
def test_whose_it_is(language: Language, preconditions: tuple[str, ...], owner: str) -> None:
    assert load_grammar(language).wording.owner(preconditions) == owner


@pytest.mark.parametrize(
    ("language", "expected", "attempt"),
    [
        ("ja", "古いメールアドレスではログインできない", "古いメールアドレスでログインする"),
        ("ja", "新しいパスワードではログインできる。", "新しいパスワードでログインする"),
        ("ja", "ログインできない", None),
        ("ja", "正しいパスワードでもログインできない", None),
        ("en", "The user cannot sign in with the old address", "Sign in with the old address"),
        ("en", "the customer can pay by card.", "Pay by card"),
        ("en", "The user cannot sign in", None),
    ],
)
def test_what_can_or_cannot_be_done_with_something_has_to_be_tried(
    language: Language, expected: str, attempt: str | None
) -> None:
    assert load_grammar(language).wording.attempt(expected) == attempt


def test_such_a_result_is_not_ascribed_to_the_step_before() -> None:
    """A tester who opens a link does not see whether the old address still works."""
    case = TestCase(
        id="T", title="Change the address", specification='When the user clicks "Change", the address is changed.',
        expected_results=("the address is changed", "the user cannot sign in with the old address"),
    )  # fmt: skip
    steps, _ = outline(case, "en")
    assert [(step.kind, step.action, step.verifies) for step in steps] == [
        ("action", 'Click "Change"', (1,)),
        ("check", "Sign in with the old address", (2,)),
    ]
