"""Japanese wording: waits that do not say how long, or until what."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import (
    Found,
    clause_start,
    is_of,
    kind_of,
    sentence_start,
    some_number,
    span_of,
    surface_at,
)
from testgen.reviewer.japanese_names import has_a_name, measure
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_UNITS = frozenset(
    ("秒", "分", "時間", "時", "日", "びょう", "ふん", "ぷん", "じかん", ":", "：", "s", "sec", "min", "h")
)
_MACHINES = ("号", "番", "台", "階", "人", "名", "件", "個", "枚", "本")
_LIMITS = frozenset(("上限", "最大", "最長", "以内", "タイムアウト", "限度", "制限", "遅く"))
# 結果が返る, 許可が出る: what somebody else has to do first.
_ANSWERS = frozenset(("結果", "返事", "返信", "回答", "連絡", "許可", "承認", "指示", "メール", "通知", "SMS"))
_COMES = frozenset(("返る", "返って来る", "来る", "貰える", "有る"))
# メールが届く, データが送られてくる: somebody else has sent it.
_IS_SENT = frozenset(("届く", "届ける", "送る"))
# 期限を過ぎる, 有効期間が切れる: a time that somebody has set, and that is not told.
_DEADLINES = frozenset(("期限", "期間", "時間", "時刻"))
_PASSES = frozenset(("過ぎる", "切れる", "経過"))
# It is heard when this ends, and nobody knows when that is.
_HEARD = frozenset(("鳴り止む", "鳴りやむ"))
# チェックが終わる, アラームが止まる, 相手につながる: when, and whether at all, the tester cannot know.
_OVER = frozenset(
    (
        "終わる",
        "終了",
        "完了",
        "済む",
        "止まる",
        "停止",
        "止む",
        "消える",
        "解除",
        "繋がる",
        "全開",
        "全閉",
        "復旧",
        "復帰",
    )
)
# What is seen at once, or soon: ページの読み込みが完了する, 読取ランプが消える, シャッターが全開になる.
_SEEN_SOON = re.compile(
    rf"読み込み|読込|ロード|ローディング|起動|表示|描画|画面|ページ|ダイアログ|ポップアップ|スピナー|アニメーション|ランプ|[灯扉針]|ドア|シャッター|ゲート|ベル|数字|カウント|秒|分間|{MASK}"
)
# What comes soon, and is seen or heard then: an alarm, a sheet of paper, a lift. Of everything else nobody knows when it comes.
_COMES_SOON = frozenset(
    (
        *("出る", "現れる", "表示", "鳴る", "開く", "閉まる", "閉じる", "点く", "光る", "変わる", "切り替わる", "成る"),
        *("着く", "到着", "動く", "動き出す", "始まる", "開始", "入る", "点灯", "点滅", "消灯", "揃う", "並ぶ", "回る"),
        *("通過", "停車", "離れる", "降りる", "上がる", "下がる"),
    )
)
_MOVES = frozenset(("戻る", "進む", "移動", "来る", "向く", "収まる"))
# What the end of a process is told by: 処理が終わる, 審査結果が出る, 返金が行われる.
_ENDS = frozenset(("終わる", "終了", "完了", "済む", "完成", "行う", "為る", "結果", "出る", "待つ", "最後"))
_ASKED_FOR = frozenset(
    ("入力", "操作", "選択", "スキャン", "投入", "入金", "承認", "受付", "指示")
)  # 入力待ち is a screen
# A lift goes up to its end; a temperature only goes up.
_UP_OR_DOWN = frozenset(("上がる", "下がる", "増える", "減る"))


def waits(tokens: "list[Morpheme]") -> Iterator[Found]:
    """A wait without a number, without an end, or (`unlimited`) for the end of what takes long or may never end."""
    for index, token in enumerate(tokens):
        if not is_of(token, "waits") or _is_no_wait(tokens, index):
            continue
        first = clause_start(tokens, index)
        event = _awaited(tokens, first, index)
        if event and (_waits_alone(token) or any(kind_of(entry)[0] == "動詞" for entry in event)):
            if _is_timed(tokens, first):
                continue
            if _is_gradual(event) or _is_an_untold_time(event):
                yield "undefined-wait", (event[0].begin(), event[-1].end())
            elif _may_take_long(event, tokens[sentence_start(tokens, index) : first]):
                yield "undefined-wait/unlimited", (event[0].begin(), token.end())
            continue
        if any(_counts_time(tokens, at) for at in range(first, index)):
            continue
        behind = surface_at(tokens, index + 1), surface_at(tokens, index + 2)
        looks = behind[0] == "見" or (behind[0] == "を" and behind[1][:1] in ("見", "み", "う", "窺"))
        if token.surface() == "様子" and not looks:
            continue
        begin = next((at for at in range(first, index) if _short(tokens, at)), None)
        if not event and (begin is not None or _waits_alone(token)):
            yield "undefined-wait", span_of(tokens, index if begin is None else begin, index)
    for index in range(len(tokens) - 2):
        looks = tokens[index + 2].normalized_form() in ("見る", "見計らう", "図る", "計る", "窺う", "待つ")
        if looks and is_of(tokens[index], "vague_moments") and surface_at(tokens, index + 1) in ("を", "に", "で"):
            yield "undefined-wait", span_of(tokens, index, index + 2)


def _is_no_wait(tokens: "list[Morpheme]", index: int) -> bool:
    """待っている人, 再起動待ちの画面, 待機画面, 応答を待たずに."""
    token = tokens[index]
    denied = surface_at(tokens, index + 1) in ("ず", "ない", "なく")
    # The dictionary has the 待ち of 受付待ち一覧 as a verb.
    stem = kind_of(token)[0] == "名詞" or kind_of(token)[5].startswith("連用形")
    names = index + 1 < len(tokens) and stem and kind_of(tokens[index + 1])[0] == "名詞"
    names = names and surface_at(tokens, index + 1) != "見"  # 様子見
    waiting = surface_at(tokens, index + 1) in ("て", "で") and surface_at(tokens, index + 2) == "いる"
    begins = () if token.surface() == "放置" else ("→",)
    before_what = (
        ("の", "中", *begins, *(("に", "が", "と") if token.surface() == "待ち" else ())) if index else ("中",)
    )
    ends = index + 1 == len(tokens) or surface_at(tokens, index + 1) == "。"
    screen = ends and token.surface() == "待ち" and surface_at(tokens, index - 1) in _ASKED_FOR
    return (
        names
        or waiting
        or denied
        or screen
        or (
            token.surface() == "待機"
            and "は" in {entry.surface() for entry in tokens[clause_start(tokens, index) : index]}
        )
        or (kind_of(token)[0] == "名詞" and surface_at(tokens, index + 1) in before_what)
    )


def _awaited(tokens: "list[Morpheme]", first: int, index: int) -> "list[Morpheme]":
    """What ends the wait: 全開 of 全開まで待機, 値が下がる of 値が下がるのを待つ, 起動 of 起動を待つ."""
    said = [entry.surface() for entry in tokens[first:index]]
    if "まで" in said:
        last = first + said.index("まで")
    elif said[-2:] == ["の", "を"]:
        last = index - 2
    elif said[-1:] == ["の"] and kind_of(tokens[index - 2])[0] in ("動詞", "助動詞"):
        last = index - 1  # 紙が出るの待って
    elif said[-1:] == ["を"] and len(said) > 1 and not _short(tokens, index - 2):
        last = index - 1
    else:
        return []
    # 温度を下げて警報が消えるまで: another clause comes before; 出てくるまで is one.
    goes_on = (
        at + 1
        for at in range(last - 1, first, -1)
        if kind_of(tokens[at])[1] == "接続助詞" and kind_of(tokens[at + 1])[1] != "非自立可能"
    )
    return tokens[next(goes_on, first) : last]


def _is_gradual(event: "list[Morpheme]") -> bool:
    """品温が上がる, 樹脂が固まる, ある程度下がる, 頃合いになる: what changes little by little, and not how far."""
    verb = event[-1]
    changes = is_of(verb, "vague_moments") and kind_of(verb)[0] == "動詞" and verb.normalized_form() not in _HEARD
    of_a_quantity = verb.normalized_form() not in _UP_OR_DOWN or any(measure(entry) for entry in event)
    vague = any(is_of(entry, "short_times") or _is_a_vague_moment(entry) for entry in event)
    return vague or (changes and of_a_quantity)


def _is_an_untold_time(event: "list[Morpheme]") -> bool:
    """仮押さえの期限を過ぎる: the wait is as long as a time that the step does not tell."""
    set_by_somebody = any(entry.surface() in _DEADLINES for entry in event)
    passes = any(entry.normalized_form() in _PASSES for entry in event[-2:])
    return set_by_somebody and passes and not has_a_name(event)


def _is_a_vague_moment(token: "Morpheme") -> bool:
    """頃合い, タイミング; 安定 is seen."""
    return is_of(token, "vague_moments") and kind_of(token)[0] == "名詞" and "サ変" not in kind_of(token)[2]


def _may_take_long(event: "list[Morpheme]", before: "list[Morpheme]") -> bool:
    """取り込みが終わる, 基幹側へ連携される, アラームが止まる; 終了を待つ behind ジョブを流し. A screen or a lamp is soon there."""
    words = [entry for entry in event if kind_of(entry)[0] not in ("助詞", "助動詞", "接尾辞", "補助記号")]
    soon = _SEEN_SOON.search("".join(entry.surface() for entry in event))
    over = not soon and any(entry.normalized_form() in _OVER for entry in words[-2:])
    if over or any(entry.normalized_form() in _IS_SENT | _HEARD for entry in words[-2:]):
        return True
    if not soon and _comes_sometime(words[-3:], event):
        return True
    answers = any(entry.surface() in _ANSWERS for entry in words)
    if answers and (len(words) == 1 or any(entry.normalized_form() in _COMES for entry in words)):
        return True
    at = max((at for at, entry in enumerate(words) if is_of(entry, "long_processes")), default=-1)
    ends = all(entry.normalized_form() in _ENDS for entry in words[at + 1 :])
    return ends and (at >= 0 or any(is_of(entry, "long_processes") for entry in before))


def _comes_sometime(last: "list[Morpheme]", event: "list[Morpheme]") -> bool:
    """順番が来る, ヘルスチェックが復活する, 仮押さえが切れる: it happens by itself, at no time that is told. What moves to a place
    is seen."""
    happens = len(last) > 1 and (kind_of(last[-1])[0] == "動詞" or "サ変可能" in kind_of(last[-1])[2])
    moves = any(entry.surface() in ("に", "へ") for entry in event) and last[-1].normalized_form() in _MOVES
    return happens and not moves and not any(entry.normalized_form() in _COMES_SOON for entry in last)


def _is_timed(tokens: "list[Morpheme]", first: int) -> bool:
    """Whether the sentence of a wait, or what follows it, says how long at most; a bare duration counts in its own clause only:
    2秒以上長押しし、自己診断が完了するまで待つ."""
    begins = sentence_start(tokens, first)
    if any(entry.surface() in _LIMITS for entry in tokens[begins:first]):
        return True
    rest = tokens[first:]
    return any(
        entry.surface() in _LIMITS or (kind_of(entry)[1] == "数詞" and surface_at(rest, at + 1) in _UNITS)
        for at, entry in enumerate(rest)
        if entry.surface() != "数"
    )


def _counts_time(tokens: "list[Morpheme]", at: int) -> bool:
    """10秒, 2週間, but not 1号機で放置."""
    number = kind_of(tokens[at])[1] == "数詞" and tokens[at].surface() != "数"
    return number and not surface_at(tokens, at + 1).startswith(_MACHINES)


def _short(tokens: "list[Morpheme]", index: int) -> bool:
    return is_of(tokens[index], "short_times") or is_of(tokens[index], "vague_moments") or _time_noun(tokens, index)


def _time_noun(tokens: "list[Morpheme]", index: int) -> bool:
    """時間, 間, 間隔 as what is let pass, and 数秒 that counts nothing."""
    if tokens[index].surface() in ("時間", "間", "間隔", "あいだ", "時"):
        following = surface_at(tokens, index + 1)
        one_of_its_own = (
            index and kind_of(tokens[index - 1])[0] == "名詞"
        )  # 制限時間が過ぎたら, ロック時間が経過してから
        once_over = any(entry.surface() in ("から", "後") for entry in tokens[index + 2 : index + 6])
        return following in ("を", "が", "", "だけ", "ほど") and (
            not one_of_its_own or (following == "が" and once_over)
        )
    return some_number(tokens, index)


def _waits_alone(token: "Morpheme") -> bool:
    return token.dictionary_form() in ("待つ", "待機", "放置", "静置", "待ち", "様子")
