"""Japanese sentences as facts: who acts, under which conditions, with what outcome; and the triggers of results."""

import pytest

from testgen.drafting.outline.engine import load_tongue

JA = load_tongue("ja")


@pytest.mark.parametrize(
    ("sentence", "acts", "outcome"),
    [
        ("ログイン画面でIDを入力し「ログイン」を押すと認証する", ["IDを入力する", "「ログイン」を押す"], "認証する"),
        ("15:00 の枠を選択し「予約」を押すと予約が確定する", ["15:00 の枠を選択する", "「予約」を押す"], "予約が確定する"),
        ("バッチは毎日 02:00 に起動する", [], "バッチは毎日 02:00 に起動する"),
        ("割引を適用する", [], "割引を適用する"),
        ("引当は楽観ロックで行う", [], "引当は楽観ロックで行う"),
        ("閉塞を検出した場合、送液を停止する", [], "送液を停止する"),
        ("利用者は金額を入力する", ["金額を入力する"], ""),
        ("担当者Aは「承認」を押す", ["「承認」を押す"], ""),
        ("手動実行は run_job.sh にジョブ名を渡す", ["run_job.sh にジョブ名を渡す"], ""),
        ("商品をカートに追加し、注文確認画面へ進む", ["商品をカートに追加する", "注文確認画面へ進む"], ""),
        ("氏名を入力せずに「登録」を押すと「必須です」と表示する", ["氏名を空欄のままにする", "「登録」を押す"], "「必須です」と表示する"),
    ],
)  # fmt: skip
def test_only_what_a_person_does_is_an_act(sentence: str, acts: list[str], outcome: str) -> None:
    facts = JA.facts(sentence)
    assert [act.text for fact in facts for act in fact.acts] == acts
    assert "".join(fact.outcome for fact in facts) == outcome


def test_named_persons_keep_their_names_and_generic_ones_have_none() -> None:
    assert [JA.facts(text)[0].acts[0].actor for text in ("担当者Aは「承認」を押す", "利用者は「承認」を押す")] == [
        "担当者A",
        "",
    ]


@pytest.mark.parametrize(
    ("result", "acts"),
    [
        ("機内モードにすると「オフライン」バナーが表示される", ["機内モードにする"]),
        ("三方活栓を閉じてから60秒以内に警報が発報する", ["三方活栓を閉じる"]),
        ("再度『実行する』を押下すると受付完了画面に遷移する", ["再度『実行する』を押下する"]),
        ("15:00:00 を過ぎてから『実行する』を押下すると、W-2031 が表示される", ["15:00:00 を過ぎるまで待つ", "『実行する』を押下する"]),
        ("keiri1 で伝票を登録 → E3105 が表示される", ["keiri1 で伝票を登録する"]),
        ("同一キーの再送は201、id が一致する", ["同一キーの再送を行う"]),
        ("古い住所ではログインできない", ["古い住所でログインする"]),
        ("メモは保存されていない（別の端末で開くと空欄である）", ["別の端末で開く"]),
        ("「完了」と表示される", []),
    ],
)  # fmt: skip
def test_a_result_tells_its_own_trigger(result: str, acts: list[str]) -> None:
    assert [act.text for act in JA.result(result).acts] == acts


@pytest.mark.parametrize(
    ("result", "place"),
    [
        ("操作ログに ippan01 のアクセス拒否が記録される", "操作ログ"),
        ("管理画面で圧力が 0.45 MPa と表示される", "管理画面"),
        ("異常終了後の sales_daily に 2026-10-14 のデータが0件である", "sales_daily"),
        ("カードに売上が発生していない(決済管理画面で確認)", "決済管理画面"),
        ("確認画面に遷移しないこと", ""),
    ],
)
def test_the_place_that_a_result_names(result: str, place: str) -> None:
    assert JA.place(result) == place


@pytest.mark.parametrize(
    ("outcome", "seen"),
    [
        ("確認ダイアログを表示する", "確認ダイアログが表示される"),
        ("明細が表示され", "明細が表示される"),
        ("ホーム画面に遷移する", "ホーム画面に遷移する"),
    ],
)
def test_an_outcome_is_told_as_it_is_seen(outcome: str, seen: str) -> None:
    assert JA.observe(outcome) == seen
