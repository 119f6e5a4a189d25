"""Japanese wording: conditions on which it depends what is done."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_helpers import requests
from testgen.reviewer.japanese_morphemes import (
    Found,
    by_somebody,
    clause_start,
    is_of,
    kind_of,
    span_of,
    surface_at,
)
from testgen.reviewer.japanese_nouns import acts, deeds

if TYPE_CHECKING:
    from sudachipy import Morpheme


_IS_OVER = ("鳴る", "済む", "終わる", "終える")
# What comes by itself once the step before was done, unless it is something that may not come: 警告が出たら.
_COMES = frozenset((
    "始まる", "着く", "到着", "開く", "閉まる", "閉じる", "流れる", "立ち上がる", "切り替わる", "点く", "点灯", "消灯", "開場",
    "開演", "開始", "復旧", "復帰", "終了", "停止", "静止", "止まる", "起動", "沸く",
))  # fmt: skip
_MAY_NOT_COME = frozenset((
    "エラー", "警告", "警報", "アラート", "アラーム", "異常", "故障", "失敗", "不良", "NG", "赤", "メッセージ", "通知", "電話", "着信",
    "途中",
))  # fmt: skip
_GOES_WRONG = frozenset((
    "詰まる", "混む", "切れる", "壊れる", "割れる", "外れる", "落ちる", "違う", "ずれる", "倒れる", "零れる", "余る", "足りる",
    "残る", "固まる", "見付かる", "有る", "居る", "失敗", "故障", "間違う", "超える", "上回る", "下回る", "降る", "聞く", "求める",
    "重なる", "戻る",
))  # fmt: skip
_HELPING = frozenset(("居る", "有る", "為る", "成る", "ます", "れる"))
_SHOWN = frozenset(("出る", "表示", "現れる"))
_IN_ANY_CASE = frozenset(("画面", "メニュー", "一覧", "液晶", "ロゴ", "結果", "完了", "終了", "準備", "相手", "順番"))


def _comes_in_any_case(tokens: "list[Morpheme]", index: int) -> bool:
    """チャイムが鳴ったら, 時刻になったら, 終わりましたら: when, and not whether, something is done."""
    conditional = surface_at(tokens, index)
    index -= surface_at(tokens, index - 1) == "まし"
    usual, noun = tokens[index - 1].normalized_form(), surface_at(tokens, index - 2)
    if usual.endswith(_IS_OVER) or noun in ("完了", "終了") or surface_at(tokens, index - 3) in ("時刻", "時間"):
        return True
    told = tokens[: clause_start(tokens, index)]
    if conditional == "たら" and usual not in _HELPING and any(entry.normalized_form() == usual for entry in told):
        return True  # 日計を締める。締めたら送信
    return conditional in ("たら", "だら") and (_comes_in_turn(tokens, index, noun) or _comes_by_itself(tokens, index))


def _comes_by_itself(tokens: "list[Morpheme]", index: int) -> bool:
    """演奏が始まったら, メニュー画面が表示されたら, 100℃になったら, 呼ばれたら: what the test has set going."""
    clause = tokens[clause_start(tokens, index) : index]
    words = {entry.surface() for entry in clause}
    if words & _MAY_NOT_COME:
        return False
    said = [entry for entry in clause if entry.normalized_form() not in ("為る", "れる", "ます", "て", "来る")]
    if not said:
        return False
    last, before = said[-1].normalized_form(), [entry.surface() for entry in said[-3:-1]]
    if last == "戻る" and "が" not in words:
        return True  # 館に戻ったら: the tester
    if last in _GOES_WRONG or _is_a_quality(said) or _is_a_state(tokens[index - 1]):
        return False
    reached = last in ("成る", "達する", "変わる") and before[1:] == ["に"]
    counted = any(kind_of(entry)[1] == "数詞" for entry in clause)
    return (
        bool({last, said[-1].dictionary_form()} & _COMES)
        or "が" in words
        or (last in _SHOWN and bool(words & _IN_ANY_CASE))
        or (last in ("呼ぶ", "呼び出す") and "れ" in words)
        or (reached and ((counted and "助数詞" in "".join(kind_of(said[-3]))) or before[0] in ("青", "緑", "緑色")))
        or (last == "成る" and len(said) > 1 and "助数詞" in "".join(kind_of(said[-2])))  # 60度なったら
    )


def _is_a_state(verb: "Morpheme") -> bool:
    """違ってたら, 来なかったら, だめだったら: how things are then, and nothing that happens."""
    state = verb.dictionary_form() in ("いる", "おる", "てる", "ない", "だ", "ある")
    return state or kind_of(verb)[0] not in ("動詞", "助動詞", "名詞")


def _is_a_quality(said: "list[Morpheme]") -> bool:
    """残量が少なくなったら, 通信が不安定になったら: that it comes to be so is not certain. 60度になったら, 青になったら."""
    if said[-1].normalized_form() not in ("成る", "達する", "変わる") or len(said) < 2:
        return False
    vague = kind_of(said[-2])[0] == "形容詞" and is_of(said[-2], "sizes")
    return vague or (len(said) > 3 and said[-4].surface() == "不")


def _comes_in_turn(tokens: "list[Morpheme]", index: int, noun: str) -> bool:
    """起動したら, 薬剤を取り出したら: the tester does it. お済みになりましたら, 30秒経過したら: it comes by itself."""
    before, clause = tokens[index - 1], tokens[clause_start(tokens, index) : index]
    timed = before.dictionary_form() == "過ぎる" and _tells_a_time(clause)
    passes = before.dictionary_form() in ("経つ", "たつ") or noun == "経過"
    may_fail = before.dictionary_form() in ("れる", "られる", "ない", "過ぎる", "超える")
    asked = requests(before) and surface_at(tokens, index - 2) in ("て", "で")  # 記入してもらったら
    return (
        asked
        or timed  # 12時過ぎたら, 予約時刻を過ぎたら
        or (before.dictionary_form() == "する" and noun in deeds())
        or (not may_fail and before.dictionary_form() in acts() and not {"が", "は"} & {e.surface() for e in clause})
        or (not may_fail and any(entry.surface() == "を" for entry in clause))
        or (passes and any(kind_of(entry)[1] == "数詞" for entry in clause))
        or any(entry.surface().endswith(("済み", "終わり")) for entry in clause[-3:])
    )


def _tells_a_time(clause: "list[Morpheme]") -> bool:
    return any(entry.surface() in ("時刻", "時間", "期限") or kind_of(entry)[1] == "数詞" for entry in clause)


def conditions(tokens: "list[Morpheme]") -> Iterator[Found]:
    """ば, たら, なら: a conditional form that is followed by something to do."""
    for index, token in enumerate(tokens[:-1]):
        form = kind_of(token)[5]
        written = surface_at(tokens, index + 1) == "て"  # 評価いれて is cut as if it were いれば
        if not form.startswith("仮定形") or written or requests(token) or _comes_in_any_case(tokens, index):
            continue
        end = index + 1 if surface_at(tokens, index + 1) == "ば" else index
        if end + 1 < len(tokens) and tokens[end].normalized_form() not in ("例えば",):
            yield "conditional-step", span_of(tokens, clause_start(tokens, index), end)
    for index in range(1, len(tokens) - 2):
        case = tokens[index].normalized_form() in ("時", "際", "限り", "場合", "折")
        limits = surface_at(tokens, index + 1) in ("は", "のみ", "だけ", "、") and not by_somebody(tokens, index)
        if case and limits and kind_of(tokens[index - 1])[0] in ("動詞", "助動詞", "形容詞"):
            yield "conditional-step", span_of(tokens, clause_start(tokens, index), index)
