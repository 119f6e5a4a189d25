"""Japanese wording: waits that do not say how long, or until what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import Found, clause_start, is_of, kind_of, some_number, span_of, surface_at

if TYPE_CHECKING:
    from sudachipy import Morpheme


def waits(tokens: "list[Morpheme]") -> Iterator[Found]:
    """A wait without a number, an event, or a mark that ends it."""
    for index, token in enumerate(tokens):
        if not is_of(token, "waits"):
            continue
        names = index + 1 < len(tokens) and kind_of(token)[0] == kind_of(tokens[index + 1])[0] == "名詞"  # 待機画面
        waiting = surface_at(tokens, index + 1) in ("て", "で") and surface_at(tokens, index + 2) == "いる"
        before_what = (
            ("の", "中", "→", *(("に", "が", "と") if token.surface() == "待ち" else ())) if index else ("中",)
        )
        state = waiting or (kind_of(token)[0] == "名詞" and surface_at(tokens, index + 1) in before_what)
        if names or state:  # 待っている人, 再起動待ちの画面
            continue
        first = clause_start(tokens, index)
        before = tokens[first:index]
        told = any(kind_of(entry)[1] == "数詞" and entry.surface() != "数" for entry in before)
        event = len(before) > 1 and before[-1].surface() == "を" and "サ変可能" in kind_of(before[-2])[2]  # 起動を待つ
        ended = (event or any(entry.surface() == "まで" for entry in before)) and not any(
            is_of(e, "vague_moments") or e.surface() in ("十分", "充分", "完全", "ちゃんと", "きちんと") for e in before
        )
        if told or ended:
            continue
        # …のを待つ names the end, as まで does.
        named = [entry.surface() for entry in before[-2:]] == ["の", "を"] and not any(
            is_of(e, "vague_moments") for e in before
        )
        looks = surface_at(tokens, index + 1) == "を" and surface_at(tokens, index + 2)[:1] in ("見", "み", "う", "窺")
        if named or (token.surface() == "様子" and not looks):
            continue
        begin = next((at for at in range(first, index) if _short(tokens, at)), None)
        if begin is not None or _waits_alone(token):
            yield "undefined-wait", span_of(tokens, index if begin is None else begin, index)
    for index in range(len(tokens) - 2):
        looks = tokens[index + 2].normalized_form() in ("見る", "見計らう", "図る", "計る", "窺う", "待つ")
        if looks and is_of(tokens[index], "vague_moments") and surface_at(tokens, index + 1) in ("を", "に", "で"):
            yield "undefined-wait", span_of(tokens, index, index + 2)


def _short(tokens: "list[Morpheme]", index: int) -> bool:
    return is_of(tokens[index], "short_times") or is_of(tokens[index], "vague_moments") or _time_noun(tokens, index)


def _time_noun(tokens: "list[Morpheme]", index: int) -> bool:
    """時間, 間, 間隔 as what is let pass, and 数秒 that counts nothing."""
    if tokens[index].surface() in ("時間", "間", "間隔", "あいだ", "時"):
        return surface_at(tokens, index + 1) in ("を", "が", "", "だけ", "ほど")
    return some_number(tokens, index)


def _waits_alone(token: "Morpheme") -> bool:
    return token.dictionary_form() in ("待つ", "待機", "放置", "待ち", "様子")
