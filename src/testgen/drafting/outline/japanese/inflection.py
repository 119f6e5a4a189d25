"""Japanese verb forms that steps are written in, from the dictionary form."""

from testgen.text.verbs import GODAN_RU

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
