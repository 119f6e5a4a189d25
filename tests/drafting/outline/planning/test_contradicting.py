"""Data that an act goes against stay out of its row: another value for the field, the field left out, the opposite."""

from typing import Any

from support.japanese_cases import case, steps


def told(*expected: str, **more: Any) -> list[tuple[str, str | None]]:
    return [(step.action, step.test_data) for step in steps(case(*expected, **more))]


def test_a_field_that_is_left_out_or_has_another_value_takes_no_datum() -> None:
    data = {"差戻しコメント": "日付が読めません。"}
    found = told(
        "コメント未入力で「差戻し」を押すとエラー", "コメントを入力して差戻すと「差戻し」になる", test_data=data
    )
    assert found == [
        ("コメント未入力で「差戻し」を押す", None),
        ("コメントを入力して差戻す", "差戻しコメント: 日付が読めません。"),
    ]
    form = {"診療科": "内科", "「取消を含む」": "チェックなし"}
    found = told(
        "一覧に4件",
        "診療科を「眼科」(なし)にして検索すると0件",
        "「取消を含む」をチェックすると5件",
        title="予約検索",
        test_data=form,
    )
    assert [data for _, data in found[1:]] == [None, None]
    assert told("21:30で予約すると鳴る", test_data={"予約時刻": "6:30"}) == [("21:30で予約する", None)]


def test_what_is_right_and_what_is_wrong_go_to_their_own_steps() -> None:
    data = {"誤パスワード": "W#1", "正パスワード": "R#2"}
    given = "管理者はユーザー詳細画面の「ロック解除」で解除できること。"
    results = ("4回失敗後に正パスワードでログインでき、回数が0に戻る", "ロック中に正パスワードを入力しても入れない")
    assert told(
        *results, "admin01がロック解除すると入れる", title="ログイン失敗", specification=given, test_data=data
    ) == [
        ("誤パスワードで4回ログインする", "W#1"),
        ("正パスワードでログインする", "R#2"),
        ("ロック中に正パスワードを入力する", "R#2"),
        ("admin01としてユーザー詳細画面の「ロック解除」を押す", None),
    ]


def test_an_empty_basket_is_filled_with_the_goods_of_the_data() -> None:
    goods = {"商品": "ボトル 2,750円", "数量": "2"}
    assert told(
        "クーポン適用後、合計が5,000円と表示される",
        "数量を1に変更すると2,250円になる",
        preconditions=["カートが空であること"],
        test_data=goods,
    ) == [
        ("商品をカートに入れる", "ボトル 2,750円 / 数量: 2"),
        ("クーポンを適用する", None),
        ("数量を1に変更する", None),
    ]


def test_the_path_to_what_the_case_is_about_is_gone_first() -> None:
    given = "設定 > 通知 > 静音モード\n時間帯内の通知 → 鳴らさない"
    assert told(
        "23:10にいいねされても鳴らない", title="静音モード", specification=given, test_data={"静音時間": "23:00~7:00"}
    ) == [
        ("「設定 → 通知 → 静音モード」の順に進む", None),
        ("静音時間を入力する", "23:00~7:00"),
        ("23:10にいいねされるようにする", None),
    ]
