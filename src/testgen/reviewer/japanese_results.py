"""Japanese wording: expected results of which two testers may judge differently."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import ENDS, Found, clause_start, is_of, kind_of, span_of, surface_at
from testgen.reviewer.japanese_names import has_a_name
from testgen.reviewer.japanese_nouns import does
from testgen.reviewer.lexicon import lexicon

if TYPE_CHECKING:
    from sudachipy import Morpheme

# 正常な行, 安全な操作 name a case of the test.
_CASES = ("正常", "通常", "安全", "自然")
_VERDICT = re.compile(r"OK|ＯＫ|ok|オーケー|可|合格|NG|ダメ|だめ|駄目", re.IGNORECASE)
_SAYS = frozenset(("判定", "欄", "画面", "表示", "ステータス", "状態", "ランプ", "パネル", "項目"))
_BEHIND_WHAT_IS_SEEN = frozenset(("が", "に", "で", "と", "を", "の", *ENDS))
_LOOKED_AT = frozenset(("確認", "チェック", "目視", "検証", "点検", "照合"))
JUDGED = "ambiguous-wording/judged"  # in the check of an action: nothing is left open where the result says it
_SHOWN = 3  # morphemes of the shortest clause that shows something
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]$")
# fmt: off
_OCCURS = frozenset((
    "有る", "出る", "起きる", "起こる", "生じる", "生ずる", "為る", "見る", "感じる", "見付かる", "認める", "居る", "見受ける",
    "残る", "ある",
))
# fmt: on
_ORDERED = frozenset(("順", "方", "ほう", "もの", "側"))  # 金額の高い順
_INDEFINITE = re.compile(r"何|なん|なに|誰|だれ|どこ|どれ|どちら|いつ|いずれ")
_STATE_MARKS = frozenset(
    ("です", "だ", "か", "こと", "である", "で", "ある", "ます", "でしょう", "よ", "ね", "状態", "もの", "の")
)


# 403 または 404, 入らない/戻る, 読めるか、はじかれるか: which of them depends on what is not said.
_EITHER = re.compile(
    r"(?<!^)(?:または|又は|もしくは|若しくは|あるいは)|どちらか|(?<![A-Za-z])or(?![A-Za-z])|(?<=[るい])[/／](?=[一-龠ぁ-ん]{1,8}[るい](?:。|$))|(?<=[るい]か)、(?=[^、。]{1,20}[るい]か(?:。|$))"
)
# 所定の運賃: what is settled elsewhere. 速度が出ている: how much is not said.
_LEFT_OPEN = re.compile(
    r"(?:所定|規定|正規|本来|通常|相応|相当)の[一-龠ァ-ヶー]{1,8}(?=[がをはにで]|と(?!お))"
    # 通常どおり, 資料のとおり: as it is said elsewhere. 入力どおり, 上記のとおり: what the test itself has
    r"|(?<![入設指登選図記下次表])(?:[一-龠]{2,6}(?<!入力)(?<!設定)(?<!指定)(?<!登録)(?<!選択)(?<!下記)(?<!上記)(?<!以下)の?)(?:どおり|通り|とおり)(?=[にのでだ。]|$|[一-龠])"
    r"|(?:あとで|後で|後ほど|のちほど|そのうち)(?=[ぁ-ん一-龠])|気になら(?:な|ず)|待たされ(?:な|ず)"
    r"|(?:^|(?<=[。、\n]))(?:通常|正常|平常|元|もと)の?状態[にへ](?:戻|復帰|な[りるっ])"
    r"|^エラー(?:表示)?。?$|(?:速度|性能|効果|精度|品質|画質|音質|強度|余裕)が(?:出|確保|保た|あ|得られ)"
)


# 仕様書4.3.2参照: what is to be seen stands elsewhere.
_ELSEWHERE = re.compile(
    r"(?:仕様書?|設計書|手順書|マニュアル|取説|説明書|要領書?|別紙|別表|別添|資料|規程|標準書)[^。、「\n]{0,12}(?:参照|(?:の|に記載の)?(?:とおり|通り)(?=。|$))"
    r"|(?<![「\d\ue000])(?:規程|規定|規則|規約|内規|約款|法令|条例|基準|要領|運用)に(?:基づ[きい]|則[りっ]|のっと[りっ]|従[いっ]|準じ|沿[いっ])"
)


def results(tokens: "list[Morpheme]", masked: str) -> Iterator[Found]:
    """Each phrase of an expected result that leaves open what is to be seen."""
    yield from (("tacit-knowledge", match.span()) for match in _ELSEWHERE.finditer(masked))
    yield from (("ambiguous-wording", match.span()) for match in _LEFT_OPEN.finditer(masked))
    yield from (("ambiguous-wording", match.span()) for match in _EITHER.finditer(masked))
    yield from _states(tokens)
    yield from _indefinite(tokens)
    yield from _doubted(tokens)
    yield from _qualities(tokens)


def judged(tokens: "list[Morpheme]") -> Iterator[Found]:
    """異常ないか見る, 分かりやすい表記かどうか確認する: a check in an action asks for a judgement as a result does."""
    asked = [at for at, token in enumerate(tokens) if token.surface() in ("か", "こと", "どうか")]
    for _, span in (*_states(tokens), *_qualities(tokens)) if asked else ():
        ends = next((at for at in asked if tokens[at].begin() >= span[1]), None)
        if ends is not None and tokens[clause_start(tokens, ends)].begin() <= span[0] and _is_checked(tokens, ends + 1):
            yield JUDGED, span


def _is_checked(tokens: "list[Morpheme]", at: int) -> bool:
    """を確認する, も見る behind what is asked."""
    return any(entry.surface() in _LOOKED_AT or is_of(entry, "looks") for entry in tokens[at : at + 3])


def _states(tokens: "list[Morpheme]") -> Iterator[Found]:
    """What an expected result ends with: that all is well, that nothing is amiss, that it works."""
    for index, token in enumerate(tokens):
        wholly = surface_at(tokens, index + 1) == "なく" and is_of(token, "exact_without")  # 漏れなく記録される
        if not wholly and _flaw(tokens, index) and (end := _denied(tokens, index)):
            yield "ambiguous-wording", span_of(tokens, index, end)
        elif is_of(token, "works"):
            if _ends_result(tokens, index) and not _more_is_told(tokens, index) and not _has_a_subject(tokens, index):
                yield "ambiguous-wording", span_of(tokens, index, index)  # 送信成功
        elif kind_of(token)[0] in ("形状詞", "形容詞", "名詞") and _ends_result(tokens, index):
            vague = is_of(token, "vague_states") or (
                kind_of(token)[0] == "形状詞" and kind_of(token)[1] == "一般" and not is_of(token, "exact_na")
            )
            if (token.surface() == "安定" and compared(tokens, index)) or surface_at(tokens, index - 1) == "ば":
                continue  # 200±10 mL/min で安定, 5.8～8.6に入ればよい
            if _VERDICT.fullmatch(token.surface()) and (
                _more_is_told(tokens, index) or is_output(tokens, index) or _is_allowed(tokens, index)
            ):
                continue
            if vague or token.normalized_form() in ("良い", "おかしい", "可笑しい", "悪い"):
                yield "ambiguous-wording", span_of(tokens, index, index)


def _has_a_subject(tokens: "list[Morpheme]", index: int) -> bool:
    return bool({"が", "は", "も"} & {entry.surface() for entry in tokens[clause_start(tokens, index) : index]})


def _is_allowed(tokens: "list[Morpheme]", index: int) -> bool:
    """出場可, 貸出可: what can be done then, as 出場不可 says what cannot."""
    return bool(index) and tokens[index].surface() == "可" and does(tokens[index - 1])


def is_output(tokens: "list[Morpheme]", index: int) -> bool:
    """FAN OK, 画面の判定が OK になる: the words of the product itself."""
    before = surface_at(tokens, index - 1)
    words = {entry.surface() for entry in tokens[clause_start(tokens, index) : index]}
    shown = bool(words & _SAYS) and bool(words & {"が", "は", "に", "も"})
    return (before.isascii() and before.isupper()) or shown


def _more_is_told(tokens: "list[Morpheme]", index: int) -> bool:
    """登録OK。ステータスが…になる: beside a verdict stands what shows it."""
    ends = [at for at, entry in enumerate(tokens) if at > index and entry.surface() in "、。，．\n"]
    begins = clause_start(tokens, index)
    return (bool(ends) and len(tokens) - ends[0] > _SHOWN) or begins > _SHOWN


def _qualities(tokens: "list[Morpheme]") -> Iterator[Found]:
    """妥当な値, 見やすい, 速い, それらしい: a quality without a measure."""
    for index, token in enumerate(tokens):
        kind = kind_of(token)
        named = kind[0] == "形状詞" and kind[1] == "一般" and not is_of(token, "exact_na")
        vague = is_of(token, "vague_states") and token.surface() not in _CASES
        right = token.normalized_form() == "正しい" and kind[5].startswith("連体形")
        if right and (thing := _seen_thing(tokens, index)):
            yield "ambiguous-wording", span_of(tokens, index, thing)
        elif kind[0] == "連体詞" and is_of(token, "odd") and index + 1 < len(tokens):
            yield "ambiguous-wording", span_of(tokens, index, index + 1)  # おかしな値が出ない
        elif (named or vague) and surface_at(tokens, index + 1) in ("な", "そう"):
            yield "ambiguous-wording", span_of(tokens, index, index)
        elif (
            kind[0] in ("形容詞", "接尾辞")
            and kind[4] in ("形容詞",)
            and not is_of(token, "exact_adjectives")
            and (
                is_of(token, "judgements") or _next_verb(tokens, index) not in ("なる", "見える", "出る")
            )  # a change is seen
            and not kind[5].startswith("語幹")  # 長押し, 高画質: part of a noun
            and not compared(tokens, index)
            and surface_at(tokens, index + 1) not in _ORDERED
            and surface_at(tokens, index - 1) != "ば"
            and not has_a_name(tokens[index + 1 : index + 3])  # 期限の早いA-01
        ):
            yield "ambiguous-wording", span_of(tokens, max(index - (kind[0] == "接尾辞"), 0), index)


def _seen_thing(tokens: "list[Morpheme]", index: int) -> int:
    """正しい保険料が表示される, 正しい検索結果: the last noun of what is seen behind the word; 0 in 正しい会期では, which is a case."""
    last = index
    while last + 1 < len(tokens) and kind_of(tokens[last + 1])[0] in ("名詞", "接頭辞", "接尾辞"):
        last += 1
    following = surface_at(tokens, last + 1)
    case = surface_at(tokens, last + 2) in ("は", "も") or following == "は"
    return last if last > index and not case and (not following or following in _BEHIND_WHAT_IS_SEEN) else 0


def _next_verb(tokens: "list[Morpheme]", index: int) -> str:
    return str(tokens[index + 1].dictionary_form()) if index + 1 < len(tokens) else ""


def compared(tokens: "list[Morpheme]", index: int) -> bool:
    """5 mm 大きい, 前より速い: a measure, or what it is compared with."""
    before = tokens[clause_start(tokens, index) : index]
    than = next((at for at, entry in enumerate(before) if entry.surface() == "より"), 0)
    vague = (
        than
        and (than < 2 or kind_of(before[than - 2])[0] != "名詞")
        and before[than - 1].surface()
        in (
            "前",
            "以前",
            "従来",
            "いつも",
            "普段",
            "通常",
            "今まで",
            "これまで",
        )
    )
    return not vague and any(entry.surface() == "より" or kind_of(entry)[1] == "数詞" for entry in before)


def _doubted(tokens: "list[Morpheme]") -> Iterator[Found]:
    """元の画面にもどる？: the author does not know. 「…か？」 asks the tester instead."""
    for index, token in enumerate(tokens):
        before = surface_at(tokens, index - 1)
        listed = before == "や" and surface_at(tokens, index + 1) in ("に", "を", "が", "と")  # 〓や?に置き換わらない
        if token.surface() in ("？", "?") and _JAPANESE.search(before) and before not in ("か", "の") and not listed:
            yield "ambiguous-wording", span_of(tokens, clause_start(tokens, index), index)


def _indefinite(tokens: "list[Morpheme]") -> Iterator[Found]:
    """何らかの変化, 何かが出る: what is to be seen is left open."""
    for index, token in enumerate(tokens):
        if (
            kind_of(token)[0] == "代名詞"
            and "か" in (surface_at(tokens, index + 1), surface_at(tokens, index + 2))
            and _INDEFINITE.match(token.surface())
        ):
            end = index + 1 if surface_at(tokens, index + 1) == "か" else index + 2
            yield "ambiguous-wording", span_of(tokens, index, end)


def _flaw(tokens: "list[Morpheme]", index: int) -> bool:
    """問題, 違和感, 不整合, おかしな点: a word of the list, a feeling, what is un-, or something odd."""
    token = tokens[index]
    before = surface_at(tokens, index - 1)
    pair = before + token.surface()
    odd = (
        ("な", "い", "なる")
        if token.surface() in ("点", "ところ", "所", "箇所", "部分", "様子", "動き", "もの", "こと")
        else ()
    )
    if kind_of(token)[0] == "動詞" or (token.surface() == "エラー" and surface_at(tokens, index + 1) == "に"):
        return False  # 値はかわりません, エラーにならない
    return (
        is_of(token, "flaws")
        or pair in lexicon("ja")["flaws"]
        or (token.surface() == "感" and kind_of(token)[0] == "名詞" and bool(before))
        or (before == "不" and kind_of(token)[0] in ("名詞", "形状詞"))
        or (bool(odd) and any(is_of(entry, "odd") for entry in tokens[max(index - 4, 0) : index]))
        or (before == "な" and index > 1 and is_of(tokens[index - 2], "odd"))
        or (bool(odd) and before == "た" and tokens[index - 2].normalized_form() == "変わる")
    )


def _denied(tokens: "list[Morpheme]", index: int) -> int:
    """The index of the ない that denies the flaw, or the thing that has it (異常な振動がない); 0 where none does."""
    if surface_at(tokens, index + 1) == "な":
        index += 1
        while index + 1 < len(tokens) and (
            kind_of(tokens[index + 1])[0] in ("名詞", "接尾辞") or tokens[index + 1].surface() in "・や"
        ):
            index += 1
    for ahead in range(index + 1, min(index + 6, len(tokens))):
        token = tokens[ahead]
        if token.normalized_form() in ("無い", "ない", "ぬ", "少ない", "少い", "小さい") or token.surface() in (
            "なし",
            "無し",
            "なく",
            "ませ",
        ):
            return ahead
        if kind_of(token)[0] == "動詞" and token.normalized_form() not in _OCCURS:
            return 0  # エラーとなり取り込まれない
        if token.surface() in ENDS or (
            kind_of(token)[0] == "名詞" and token.surface() not in ("点", "ところ", "所", "発生")
        ):
            return 0
    return 0


def _ends_result(tokens: "list[Morpheme]", index: int) -> bool:
    rest = iter(tokens[index + 1 : index + 6])
    for token in rest:
        if token.surface() in ENDS:
            return True
        if token.surface() not in _STATE_MARKS and token.dictionary_form() not in (
            "する",
            "為る",
            "いる",
            "て",
            "だ",
            "た",
            "できる",
        ):
            return False
    return True
