"""What the subject of a Japanese result tells: what is accepted was done, what has no effect was pressed, what comes the second time."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.engine import load_tongue

JAPANESE = load_tongue("ja")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("資料Aの予約が受け付けられ、一覧に表示される", "資料Aを予約する"),
        ("ボタンを押したままの[異常リセット]は効かないこと", "ボタンを押したまま[異常リセット]を押す"),
        ("EMG1~3のどれを押してもラインが停止する", "EMG1~3を1つずつ押す"),
        ("資料Bを予約しようとすると上限のメッセージが表示される", "資料Bを予約する"),
        ("5km/hへ加速すると現在地画面へ遷移する", "5km/hへ加速する"),
    ],
)
def test_what_is_told_of_a_subject_is_done(text: str, act: str) -> None:
    assert [act.text for _, fact in JAPANESE.results(text) for act in fact.acts] == [act]


def told(*results: str, **fields: object) -> list[tuple[str, str | None]]:
    given = {"id": "x", "title": "t", "language": "ja", "preconditions": ["画面を表示している"], **fields}
    steps, _ = outline(TestCase.parse({**given, "expected_results": list(results)}), "ja")
    return [(step.action, step.test_data) for step in steps]


def test_what_is_done_the_second_time_is_the_first_act_with_its_own_value() -> None:
    assert told(
        "1回目の振込(600,000円)が受け付けられること",
        "2回目(400,001円)はエラーとなること",
        test_data={"1回目の振込額": "600,000円", "2回目の振込額": "400,001円"},
    ) == [
        ("1回目の振込(600,000円)を行う", None),
        ("「2回目(400,001円)」で手順1をもう一度行う", None),
    ]


def test_a_batch_removes_and_moves_things_by_itself() -> None:
    actions = told(
        "入力ファイルがdoneへ移動する",
        title="売上集計バッチの実行",
        preconditions=["ジョブ管理ツールからURI_DAILYを手動起動できること"],
        specification="正常終了時にチェックポイントを削除し、入力ファイルを/in/doneへ移動する。",
    )
    assert [action for action, _ in actions] == ["ジョブ管理ツールからURI_DAILY を実行する"]


def test_a_date_is_set_and_then_what_the_specification_tells_is_done_each_time() -> None:
    actions = told(
        "10/13に操作すると、料金は0円と表示される",
        "10/14に操作すると6,000円と表示される",
        specification="予約詳細の[キャンセル]を押すと、料金を表示した確認ダイアログを開く。",
    )
    cancel = "予約詳細の[キャンセル]を押す"
    assert [action for action, _ in actions] == ["日付を 10/13 にする", cancel, "日付を 10/14 にする", cancel]


def test_of_several_labels_the_one_that_is_meant_is_chosen() -> None:
    actions = told("Bが承諾すると、詳細のBが「承諾」になる", specification="参加者は[承諾][辞退][仮承諾]を選べる。")
    assert actions[-1][0] == "Bとして[承諾]を選ぶ"
