"""What stands behind a Japanese verb: that the tester is asked (押してみて、 ご確認をお願いします。), or another clause (入力し、)."""

import re
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_behaviour import can
from testgen.reviewer.japanese_morphemes import by_somebody, clause_start, surface_at
from testgen.reviewer.japanese_nouns import SWITCHED, acts
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

# Verbs that help another one behind its て, as the dictionary normalises them. いる and ある tell a state, and are none.
_HELPERS = frozenset(("置く", "見る", "行く", "来る", "仕舞う", "しまう", "おく", "いく", "くる", "みる"))
_GIVING = frozenset(("下さる", "頂く", "貰う", "呉れる", "くれる", "欲しい", "ほしい", "頂戴", "やる", "あげる"))
# 往復させ、 消しといて, 押しちゃって
_AUXILIARIES = frozenset(("せる", "させる", "とく", "どく", "ちゃう", "じゃう", "ちまう"))
_BEHIND_A_WISH = frozenset(("為る", "致す", "出来る", "申し上げる"))  # お願い + いたします
_MOST_HELPERS = 8  # morphemes behind a verb
_TAIL = frozenset(("ます", "です", "たい"))
# …と思います, …ば幸いです: the end of a request.
_ASKS = frozenset(
    ("と", "ば", "思う", "存ずる", "存じる", "幸い", "結構", "助かる", "有り難い", "嬉しい", "宜しい", "構う")
)
_MARKS = frozenset(("→", "⇒", "。", "．", "（", "(", "\n", "？", "?", "！", "!"))


def helps(token: "Morpheme") -> bool:
    """Whether a verb may only help the one before: みる, おく, いただく."""
    return token.normalized_form() in _HELPERS | _GIVING


def requests(token: "Morpheme") -> bool:
    """いただく, ください: somebody is asked for something."""
    return token.normalized_form() in _GIVING


def core(tokens: "list[Morpheme]", index: int) -> int:
    """The index of the morpheme that carries on, or ends, the clause of a verb: the いただき of 押していただき、."""
    at, last = index, min(index + _MOST_HELPERS, len(tokens) - 1)
    while at < last:
        following = tokens[at + 1]
        behind = tokens[at + 2] if at + 2 < len(tokens) else None
        wished = tokens[at].normalized_form() == "願う" and following.normalized_form() in _BEHIND_A_WISH
        auxiliary = following.part_of_speech()[0] == "助動詞" and following.dictionary_form() in _AUXILIARIES
        politely = following.normalized_form() in _GIVING | {"願う"} and at == index and _honoured(tokens, index)
        if wished or auxiliary or politely:
            at += 1
        elif at == index and _becomes(following, behind) and _honoured(tokens, index):
            at += 2  # お開けになって
        elif (
            following.surface() in ("て", "で")
            and behind is not None
            and helps(behind)
            and not _is_a_quality(tokens, at + 2)
        ):
            at += 2
        else:
            break
    return at


def _is_a_quality(tokens: "list[Morpheme]", index: int) -> bool:
    """見やすさ behind 変えて: a verb that a suffix makes a quality, and that helps no other."""
    return index + 1 < len(tokens) and tokens[index + 1].part_of_speech()[0] == "接尾辞"


def _becomes(following: "Morpheme", behind: "Morpheme | None") -> bool:
    return following.surface() == "に" and behind is not None and behind.normalized_form() == "成る"


def causes(tokens: "list[Morpheme]", index: int) -> bool:
    """停止させる: somebody makes something do it."""
    return index + 1 < len(tokens) and tokens[index + 1].dictionary_form() in ("せる", "させる")


def ends(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether the verb ends a sentence, politely or not: 押す。 押してください。 押していただければと思います。"""
    at = core(tokens, index)
    asked = tokens[at].normalized_form() in _GIVING
    rest = at + 1
    while rest < len(tokens) and (_is_tail(tokens[rest]) or (asked and tokens[rest].normalized_form() in _ASKS)):
        rest += 1
    return rest == len(tokens) or tokens[rest].surface() in _MARKS or _is_numbered(tokens, rest)


def _is_numbered(tokens: "list[Morpheme]", index: int) -> bool:
    """2) or ②: the number of the next entry of a list."""
    number = tokens[index]
    behind = tokens[index + 1].surface() if index + 1 < len(tokens) else ""
    return number.surface() in "①②③④⑤⑥⑦⑧⑨⑩" or (number.part_of_speech()[1] == "数詞" and behind in (")", "）"))


def asked_for(tokens: "list[Morpheme]", index: int) -> int:
    """The index of the noun of action that is asked for: ご入力ください, 確認をお願いします, お押しになり; or -1."""
    wish = tokens[index].normalized_form()
    if wish == "成る" and surface_at(tokens, index - 1) == "に" and surface_at(tokens, index - 3) in ("お", "ご", "御"):
        return index - 2 if tokens[index - 2].part_of_speech()[0] == "名詞" else -1
    if wish not in ("願う", "頂く", "下さる", "致す"):
        return -1
    at = index - 1
    if wish == "願う":
        at -= at >= 0 and tokens[at].normalized_form() == "御"
        at -= at >= 0 and tokens[at].surface() in ("を", "も", "まで")
    return at if at >= 0 and "サ変可能" in tokens[at].part_of_speech()[2] else -1


def leads_on(tokens: "list[Morpheme]", index: int) -> bool:
    """続けて, 改めて at the beginning of a clause, 2人続けて: what comes next, not what is done."""
    before = tokens[index - 1].surface() if index else "。"
    usual = tokens[index].normalized_form()
    beside = usual in ("合わせる", "併せる") and before == "も"  # 引出物も合わせて
    begins = before in ("、", "，", "。", "\n") or (usual == "続ける" and before not in ("を", "と")) or beside
    leads = usual in ("続ける", "続く", "引き続く", "加える", "併せる", "合わせる", "改める")
    politely = surface_at(tokens, index + 1) == "まし"
    return begins and leads and surface_at(tokens, index + 1 + politely) in ("て", "で")


def _is_tail(token: "Morpheme") -> bool:
    kind = token.part_of_speech()
    return (
        (kind[0] == "助動詞" and token.dictionary_form() in _TAIL)
        or kind[1] == "終助詞"
        or token.surface() in ("こと", "て", "で", "だけ", "のみ")
    )


def _honoured(tokens: "list[Morpheme]", index: int) -> bool:
    """お選びいただく, ご入力ください."""
    return index > 0 and any(token.surface() in ("お", "ご", "御") for token in tokens[max(index - 2, 0) : index])


# What somebody comes upon, and does not do: アラートを見つけたら.
_MET = frozenset(
    ("見つける", "見かける", "受ける", "受信", "検知", "感じる", "確認", "発見", "迎える", "超える", "過ぎる")
)
_HAN = re.compile(r"[一-龠]")
_QUOTES = frozenset("'\"’”")
_LIKE_POSTPOSITIONS = frozenset(
    ("合わせる", "沿う", "備える", "向ける", "向かう", "加える", "照らす", "倣う", "準ずる")
)
# 読み取り台に置く: the stem is part of a noun.
_THINGS_BEHIND_A_STEM = frozenset(
    ("台", "機", "部", "口", "器", "欄", "書", "画面", "装置", "端末", "位置", "側", "方向")
)


def noun_before(tokens: "list[Morpheme]", index: int) -> str:
    """入力 of 入力する; empty where the verb stands alone."""
    if index == 0 or tokens[index].dictionary_form() not in ("する", "為る"):
        return ""
    before = tokens[index - 1]
    return before.surface() if before.part_of_speech()[0] == "名詞" else ""


def joins(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether the clause goes on: 入力し、 / 入力して / 入力した後、 / 入力してから / 入力していただき、."""
    index = core(tokens, core(tokens, index))  # not further: 見て見て… has no end
    token = tokens[index]
    if _is_listed(tokens, index) or _together(tokens, index) or _by_then(tokens, index):
        return True
    if (
        not token.part_of_speech()[5].startswith("連用形")
        or index + 1 >= len(tokens)
        or _is_postposition(tokens, index)
    ):
        return False
    after = tokens[index + 1]
    if opens_a_label(after) or after.part_of_speech()[0] in ("名詞", "接頭辞") or MASK in after.surface():
        return (
            after.surface() not in _THINGS_BEHIND_A_STEM
            and not _HAN.fullmatch(token.surface())  # 投入口 is cut behind 投
            and token.part_of_speech()[5] == "連用形-一般"
            and (noun_before(tokens, index) != "" or _has_an_object(tokens, index))  # ログインし明細を見る
        )
    if after.part_of_speech()[:2] == ("動詞", "一般") or after.surface() in ("再度", "再び"):
        return noun_before(tokens, index) != ""  # 保存し取り外す
    if after.surface() in ("て", "で") and after.part_of_speech()[1] == "接続助詞":
        return _goes_on(tokens, index)
    if after.surface() in ("た", "だ"):
        following = tokens[index + 2] if index + 2 < len(tokens) else None
        then = following is not None and following.surface() in ("後", "あと", "のち", "うえ", "上")
        told_of = surface_at(tokens, index + 3) == "の"  # 交換した後の初期化
        return then and not told_of and not by_somebody(tokens, index) and not _by_itself(tokens, index)
    return after.surface() in ("、", "，", "つつ", "ながら", "たり", "だり") or _goes_on_politely(tokens, index)


def _has_an_object(tokens: "list[Morpheme]", index: int) -> bool:
    return any(entry.surface() == "を" for entry in tokens[clause_start(tokens, index) : index])


def opens_a_label(token: "Morpheme") -> bool:
    """入力し[検索]を押す, 入力し'検索'を押す: a bracket or a quote that is not masked; one of an aside is none."""
    opens = token.part_of_speech()[1] == "括弧開" or token.surface() in _QUOTES
    return bool(opens and token.surface() not in ("（", "("))


def _by_then(tokens: "list[Morpheme]", index: int) -> bool:
    """ボタン押したら、 宛名を変えましたら、: by speech's leave what the tester does first; what happens by itself is a condition."""
    at = index + 1 + (surface_at(tokens, index + 1) == "まし")
    if surface_at(tokens, at) not in ("たら", "だら") or at + 1 >= len(tokens):
        return False
    noun, made_to = noun_before(tokens, index), tokens[index].dictionary_form() in ("せる", "させる")
    before = [entry.surface() for entry in tokens[clause_start(tokens, index) : index - bool(noun) - made_to]]
    verb = noun or tokens[index].dictionary_form()
    done = made_to or requests(tokens[index]) or verb in acts() or ("を" in before and verb not in _MET)
    told = {"が", "は", "と", "ば", "たら"} & set(before)
    return done and bool(before) and not told and not by_somebody(tokens, index)


def _goes_on_politely(tokens: "list[Morpheme]", index: int) -> bool:
    """お押しいただきまして、"""
    polite = [surface_at(tokens, index + 1), surface_at(tokens, index + 2)] == ["まし", "て"]
    return polite and surface_at(tokens, index + 3) not in ("", "い", "おり", "は", "も")


def _by_itself(tokens: "list[Morpheme]", index: int) -> bool:
    """バッチが流れたあと: what the verb tells has a subject and no object."""
    before = {entry.surface() for entry in tokens[clause_start(tokens, index) : index]}
    return "が" in before and "を" not in before


def _is_listed(tokens: "list[Morpheme]", index: int) -> bool:
    """マスクをする、帽子をかぶる, 電源入れる、: speech lists what is done one after the other."""
    form = tokens[index].part_of_speech()[5]
    either = surface_at(tokens, index + 1) in ("/", "／") and form.startswith(("終止形", "連体形"))
    if either and index + 2 < len(tokens) and tokens[index + 2].part_of_speech()[0] == "動詞":
        return True  # 外す/付ける
    if surface_at(tokens, index + 1) != "、":
        return False
    bare = (
        index > 0 and tokens[index - 1].part_of_speech()[:2] == ("名詞", "普通名詞") and not noun_before(tokens, index)
    )
    with_an_object = "を" in [entry.surface() for entry in tokens[max(index - 3, 0) : index]]
    return (form.startswith("終止形") and with_an_object) or (bare and form.startswith(("終止形", "連体形")))


def _together(tokens: "list[Morpheme]", index: int) -> bool:
    """取り外すとともに, 押すと同時に: one thing is done beside the other."""
    behind = "".join(entry.surface() for entry in tokens[index + 1 : index + 5])
    return tokens[index].part_of_speech()[5].startswith(("終止形", "連体形")) and behind.startswith(
        ("とともに", "と共に", "と同時に", "とあわせて", "と併せて")
    )


def _is_postposition(tokens: "list[Morpheme]", index: int) -> bool:
    """管理者として, 慣習に合わせて; 時計を22時に合わせて has an object, and is done."""
    token, before = tokens[index], tokens[index - 1].surface() if index else ""
    following = tokens[index + 1].surface()
    state = index > 1 and (following != "て" and tokens[index - 2].surface() in SWITCHED)  # 弁を全閉とし、 is none
    told = "を" in [entry.surface() for entry in tokens[clause_start(tokens, index) : index]]
    state = state or (told and following == "、")  # スイッチを「機側」とし、
    as_one = token.dictionary_form() in ("する", "為る") and before == "と" and not state
    if as_one or token.dictionary_form() not in _LIKE_POSTPOSITIONS or before != "に":
        return as_one
    return not told


def _goes_on(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether another clause follows the て, and no auxiliary, as in 表示している."""
    following = tokens[index + 2] if index + 2 < len(tokens) else None
    if following is None or following.surface() in ("は", "も"):
        return False
    auxiliary = following.part_of_speech()[:2] == ("動詞", "非自立可能") and not _is_a_quality(tokens, index + 2)
    auxiliary = auxiliary and not can(following)  # 解除してみて見れるか
    return not auxiliary or following.dictionary_form() in ("する", "為る")
