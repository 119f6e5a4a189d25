"""Japanese wording: waits that do not say how long, or until what."""

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
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_UNITS = frozenset(
    ("秒", "分", "時間", "時", "日", "びょう", "ふん", "ぷん", "じかん", ":", "：", "s", "sec", "min", "h")
)
_LIMITS = frozenset(("上限", "最大", "最長", "以内", "タイムアウト", "限度"))
# 結果が出る, 相手が出る: what somebody or something has to do first.
_ANSWERS = frozenset(("結果", "相手", "返事", "回答", "応答", "許可", "承認", "指示", "先方"))


def waits(tokens: "list[Morpheme]") -> Iterator[Found]:
    """A wait without a number, without an end, or for an end that takes long or may never come."""
    for index, token in enumerate(tokens):
        if not is_of(token, "waits") or _is_no_wait(tokens, index):
            continue
        first = clause_start(tokens, index)
        event = _awaited(tokens, first, index)
        if event and (_waits_alone(token) or any(kind_of(entry)[0] == "動詞" for entry in event)):
            if not _comes_soon(event) and not _is_timed(tokens, index):
                yield "undefined-wait", (event[0].begin(), token.end())
            continue
        if any(kind_of(entry)[1] == "数詞" and entry.surface() != "数" for entry in tokens[first:index]):
            continue
        looks = surface_at(tokens, index + 1) == "を" and surface_at(tokens, index + 2)[:1] in ("見", "み", "う", "窺")
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
    names = index + 1 < len(tokens) and kind_of(token)[0] == kind_of(tokens[index + 1])[0] == "名詞"
    waiting = surface_at(tokens, index + 1) in ("て", "で") and surface_at(tokens, index + 2) == "いる"
    before_what = ("の", "中", "→", *(("に", "が", "と") if token.surface() == "待ち" else ())) if index else ("中",)
    return names or waiting or denied or (kind_of(token)[0] == "名詞" and surface_at(tokens, index + 1) in before_what)


def _awaited(tokens: "list[Morpheme]", first: int, index: int) -> "list[Morpheme]":
    """What ends the wait: 全開 of 全開まで待機, 値が下がる of 値が下がるのを待つ, 起動 of 起動を待つ."""
    said = [entry.surface() for entry in tokens[first:index]]
    if "まで" in said:
        last = first + said.index("まで")
    elif said[-2:] == ["の", "を"]:
        last = index - 2
    elif said[-1:] == ["を"] and len(said) > 1 and "サ変可能" in kind_of(tokens[index - 2])[2]:
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


def _comes_soon(event: "list[Morpheme]") -> bool:
    """What is shown or heard, and what has its own time: a screen, a lamp, a song."""
    verb = event[-1].normalized_form()
    if verb == "出る" and any(entry.surface() in _ANSWERS for entry in event):
        return False
    return any(
        MASK in entry.surface()
        or (is_of(entry, "comes_soon") and not (at and event[at - 1].surface() in ("再", "強制")))
        for at, entry in enumerate(event)
    )


def _is_timed(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether the sentence, or what follows it, says how long at most."""
    rest = tokens[sentence_start(tokens, index) :]
    return any(
        entry.surface() in _LIMITS or (kind_of(entry)[1] == "数詞" and surface_at(rest, at + 1) in _UNITS)
        for at, entry in enumerate(rest)
        if entry.surface() != "数"
    )


def _short(tokens: "list[Morpheme]", index: int) -> bool:
    return is_of(tokens[index], "short_times") or is_of(tokens[index], "vague_moments") or _time_noun(tokens, index)


def _time_noun(tokens: "list[Morpheme]", index: int) -> bool:
    """時間, 間, 間隔 as what is let pass, and 数秒 that counts nothing."""
    if tokens[index].surface() in ("時間", "間", "間隔", "あいだ", "時"):
        return surface_at(tokens, index + 1) in ("を", "が", "", "だけ", "ほど")
    return some_number(tokens, index)


def _waits_alone(token: "Morpheme") -> bool:
    return token.dictionary_form() in ("待つ", "待機", "放置", "静置", "待ち", "様子")
