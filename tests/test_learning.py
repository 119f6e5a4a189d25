"""What procedures teach of a product: only what their steps say, each with where it stood, and no password."""

import pytest
from support.procedures import procedure

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure
from testgen.learning import Learned, Source, learn

LOGIN_JA = (
    ("ログイン画面を開く", "ログイン画面が表示される"),
    ("「ID」と「パスワード」を入力する", "admin01 / Passw0rd!", "入力した値が表示される"),
    ("「ログイン」を押す", "ホーム画面が表示される"),
)
SHIP_JA = (
    *LOGIN_JA,
    ("メニュー「販売」から「受注一覧」を選ぶ", "受注一覧画面が表示される"),
    ("「受注日」を入力する", "入力した値が表示される"),
    ("「検索」を押す", "「3件」と表示される"),
    ("サーバー名を確認する", "サーバー名が表示される"),
)
CANCEL_EN = (
    ("Open the Sign-in page", "The Sign-in page is shown"),
    ('Enter "User name"', "The field shows the value"),
    ('Click "Sign in"', "The Orders page is shown"),
    ('Click "Cancel"', '"Cancelled" is shown'),
)


def named(name: str, *steps: tuple[str, str] | tuple[str, str, str], language: Language = "ja") -> Procedure:
    return procedure(*steps, language=language).model_copy(update={"test_case_id": name})


def learned() -> Learned:
    other = (*LOGIN_JA, ("サーバ名を確認する", "サーバ名が表示される"))
    last = (*LOGIN_JA, ("サーバー名を選ぶ", "サーバー名が表示される"))
    return learn([named("A", *SHIP_JA), named("B", *other), named("C", *last), named("D", *CANCEL_EN, language="en")])


def test_a_screen_has_the_way_to_it_and_what_was_entered_and_seen_there() -> None:
    screens = {screen.name: (screen, where) for screen, where in learned().screens}
    orders, where = screens["受注一覧画面"]
    assert orders.open == "ホーム画面でメニュー「販売」から「受注一覧」を選ぶ"
    assert (orders.fields, orders.shows) == (("受注日",), ("検索", "3件"))
    assert where == (Source("A", 4),)
    english, _ = screens["Orders page"]
    assert (english.open, english.shows) == ('On the Sign-in page, click "Sign in"', ("Cancel", "Cancelled"))
    assert screens["ログイン画面"][0].open is None, "that it is opened says nothing of how"


@pytest.mark.parametrize(
    ("action", "way"),
    [
        ("Open the Orders page (Menu Sales > Orders)", "Menu Sales > Orders"),
        ("Go to the Orders page (Sales > Orders)", "Sales > Orders"),
        ("受注一覧画面を開く（「受注」→「受注一覧」）", "「受注」→「受注一覧」"),
        ("Open the Orders page (with 3 orders)", None),
    ],
)
def test_a_way_in_parentheses_is_the_way_to_a_screen(action: str, way: str | None) -> None:
    language: Language = "en" if action.isascii() else "ja"
    [(screen, _)] = learn([named("A", (action, ""), language=language)]).screens
    assert screen.open == way


def test_steps_that_several_procedures_have_are_shared() -> None:
    [(name, steps, where)] = learned().shared_steps
    assert name == "ログイン画面を開く … 「ログイン」を押す"
    assert [step.action for step in steps] == [step[0] for step in LOGIN_JA]
    assert where == (Source("A", 1), Source("B", 1), Source("C", 1))


def test_no_value_beside_a_password_is_proposed() -> None:
    assert "Passw0rd!" not in repr(learned())


def test_the_usual_one_of_two_spellings_becomes_the_term() -> None:
    [(term, where)] = learned().terms
    assert (term.term, term.instead_of) == ("サーバー", ("サーバ",))
    assert where == (Source("B", 4),)
