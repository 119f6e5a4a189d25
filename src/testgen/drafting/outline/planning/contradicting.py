"""Whether what an act says goes against a datum: another value for the same field, the field left out, the opposite."""

import re

from testgen.drafting.outline.model import Act, Datum
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

LEFT = "(?:空|(?:とも)?なし|未入力|[^、。をはが]{0,4}(?:せず|ずに|ないまま))"  # 病名を空のまま
_END, _QUOTED = r"[\"\]]?", r"\"[^\"]*\""  # quotes are plain ones once a text is normalised
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])")
_KINDS = {  # what goes in front of a name, and what is then meant
    "正": "正しい|正|有効な?",
    "誤": "誤った|誤|間違った|無効な?|失効|不正な?",
    "新": "新しい|新",
    "旧": "古い|旧|以前の",
}
_SHORT = 12  # characters of a field's value


def goes_against(act: Act, datum: Datum, tongue: Tongue) -> bool:
    """数量を1に変更する, of 数量 = 2; コメント未入力で, of 差戻しコメント; 21:30で予約する, of 予約時刻 = 6:30."""
    text, name, value = normalise(act.text), normalise(datum.name).strip('"[]'), normalise(datum.value)
    if value and value in text:
        return False
    head = normalise(tongue.head(datum.name))
    alone = len(head) > 1 and not re.search(rf"[一-龠ァ-ヶー]{re.escape(head)}", text)
    for called in (name, *([head] if alone else ())):
        if re.search(rf"{re.escape(called)}{_END}[をはがも]?{LEFT}", text):
            return True
    if len(value) <= _SHORT and re.search(
        rf"{re.escape(name)}{_END}を(?:{_QUOTED}|\d[^、。をに]{{0,8}})(?:\([^()]*\))?に(?:変更|設定|し|する|直)",
        text,
    ):
        return True
    opposite = value.endswith("なし") and len(value) > len("なし")
    if opposite and re.search(rf"{re.escape(name)}{_END}を?{re.escape(value[:-2])}(?:し|する|を入れ)", text):
        return True
    mine, rest = _kind_of(name)
    others = "|".join(words for kind, words in _KINDS.items() if mine and kind != mine)
    if rest and name not in text and others and re.search(rf"(?:{others})[一-龠]{{0,4}}{re.escape(rest)}", text):
        return True
    clocks = _CLOCK.findall(text)
    return bool(_CLOCK.fullmatch(value) and clocks and any(stem in text for stem in _stems(name)))


def goes_with(act: Act, datum: Datum, tongue: Tongue) -> bool:
    """正しいパスワードで, of 正PW: the same by another name."""
    mine, rest = _kind_of(normalise(datum.name))
    said = (
        re.search(rf"(?:{_KINDS[mine]})(?P<what>[一-龠ァ-ヶーa-z]{{2,12}}?)(?=[をでにがは])", normalise(act.text))
        if mine
        else None
    )
    return bool(said and rest and tongue.lexicon.same_thing(said["what"], rest))


def _kind_of(name: str) -> tuple[str, str]:
    """誤 and パスワード, of 誤パスワード."""
    for kind, words in _KINDS.items():
        if (found := re.match(words, name)) and name[found.end() :]:
            return kind, name[found.end() :]
    return "", ""


def _stems(name: str) -> list[str]:
    """予約, of 予約時刻."""
    found = re.match(r"[一-龠]{2}", name)
    return [found.group()] if found else []
