"""Rules 7, 8, 10 and 12: the sentences of setup, repetition, checks and clean-up, in both languages."""

import pytest

from testgen.domain.language import Language
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.engine import load_tongue

JA, EN = load_tongue("ja"), load_tongue("en")


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
        ("ja", "クーポン SPRING10 が発行されている", None),
        ("ja", "日付を 2027-01-31 に設定する", ("日付を 2027-01-31 に設定する", "日付が 2027-01-31 に設定されている")),
        ("ja", "商品の在庫が1個に設定されている", None),
        (
            "en",
            "a reset link was issued to mori",
            ("Prepare the reset link issued to mori", "A reset link was issued to mori"),
        ),
        ("en", "the stock is set to 3", None),
        ("en", "Create a coupon", ("Create a coupon", "A coupon is created")),
        ("en", "mori is signed in", None),
        ("en", "order 10025 was paid by card", None),
    ],
)
def test_what_someone_must_bring_about_is_a_step_and_a_state_is_not(
    language: Language, precondition: str, step: tuple[str, str] | None
) -> None:
    assert load_tongue(language).bring_about(precondition) == step


@pytest.mark.parametrize(
    ("language", "postcondition", "step"),
    [
        ("ja", "ロックを解除する", ("ロックを解除する", "ロックが解除されている")),
        ("ja", "ロックが解除されている", ("ロックを解除する", "ロックが解除されている")),
        ("ja", "システム日付を元に戻す", ("システム日付を元に戻す", "システム日付が元に戻っている")),
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
    assert load_tongue(language).clean_up(postcondition) == step


@pytest.mark.parametrize(
    ("language", "name", "head"),
    [
        ("ja", "正しいパスワード", "パスワード"), ("ja", "誤パスワード", "パスワード"), ("ja", "会員のID", "ID"), ("ja", "クーポンコード2", "クーポンコード"), ("ja", "検索ボタン", "検索"),
        ("ja", "コメント（200文字）", "コメント"), ("ja", "契約日", "契約日"),
        ("en", "the correct password", "password"), ("en", "coupon_1", "coupon"), ("en", "amount B", "amount"), ("en", "the name of the user", "name"), ("en", "the Save button", "Save"),
    ],
)  # fmt: skip
def test_the_head_says_what_a_thing_is(language: Language, name: str, head: str) -> None:
    assert load_tongue(language).head(name) == head


@pytest.mark.parametrize(
    ("language", "expected", "subject"),
    [
        ("ja", "パスワードは変更されない", "パスワード"), ("ja", "申請者に通知メールが届く", "通知メール"), ("ja", "登録される", ""),
        ("en", "the password is unchanged", "the password"), ("en", "Unsaved changes are kept", "Unsaved changes"), ("en", "bob receives a notification", "the notification to bob"),
        ("en", "the article still contains the text", "the article"),
    ],
)  # fmt: skip
def test_the_subject_of_an_expected_result(language: Language, expected: str, subject: str) -> None:
    assert load_tongue(language).subject(expected) == subject


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
    assert load_tongue(language).owner(preconditions) == owner


def test_such_a_result_is_not_ascribed_to_the_step_before() -> None:
    """A tester who opens a link does not see whether the old address still works."""
    case = TestCase(
        id="T", title="Change the address", specification='When the user clicks "Change", the address is changed.',
        expected_results=("the address is changed", "the user cannot sign in with the old address"),
    )  # fmt: skip
    steps, _ = outline(case, "en")
    assert [(step.kind, step.action, step.verifies) for step in steps] == [
        ("action", 'Click "Change"', (1,)),
        ("action", "Sign in with the old address", (2,)),
    ]
