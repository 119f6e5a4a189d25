"""Japanese verb forms that steps are written in, from the dictionary form."""

import re
from functools import cache

from testgen.text.verbs import GODAN_RU, verb_groups

_PASSIVE_ROW = {
    "す": "さ",
    "く": "か",
    "ぐ": "が",
    "む": "ま",
    "ぶ": "ば",
    "ぬ": "な",
    "る": "ら",
    "う": "わ",
    "つ": "た",
}
_ICHIDAN_BEFORE_RU = "いきぎしじちにひびぴみりえけげせぜてでねへべぺめれ見着似得出寝"


def is_ichidan(verb: str) -> bool:
    """開ける, 見る; not 送る, 戻る."""
    return verb.endswith("る") and not verb.endswith(GODAN_RU) and verb[-2:-1] in _ICHIDAN_BEFORE_RU


def passive_stem(verb: str) -> str:
    """What る, ている, ない follow in the passive: 表示する -> 表示され, 戻す -> 戻され."""
    if verb.endswith("する"):
        return verb[:-2] + "され"
    if is_ichidan(verb):
        return verb[:-1] + "られ"
    return verb[:-1] + _PASSIVE_ROW.get(verb[-1:], verb[-1:]) + "れ"


def polite(verb: str) -> str:
    """入力する -> 入力します, 押す -> 押します."""
    if verb.endswith("する"):
        return verb[:-2] + "します"
    if is_ichidan(verb):
        return verb[:-1] + "ます"
    row = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))
    return verb[:-1] + row[verb[-1]] + "ます" if verb[-1:] in row else verb


@cache
def _by_hand() -> frozenset[str]:
    return frozenset(
        verb for entry in verb_groups("ja").values() if entry["class"] == "action" for verb in entry.get("godan", ())
    )


def godan_of(verb: str) -> str:
    """押せる, 選べる -> 押す, 選ぶ: the verb of which this is the potential form; empty where it is none."""
    row = dict(zip("えけげせてねべめれ", "うくぐすつぬぶむる", strict=True))
    plain = verb[:-2] + row.get(verb[-2:-1], "") if verb.endswith("る") and len(verb) > 2 else ""
    return plain if plain in _by_hand() else ""


def verb_stem(verb: str) -> str:
    """差し戻す, 差し戻し -> 差し戻; 登録する -> 登録."""
    return re.sub(r"(?:する|[ぁ-ん]{1,2})$", "", verb)
