"""Japanese wording: things that a step tells by a quality only, so that the tester chooses one."""

import re
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_choices import judged_place
from testgen.reviewer.japanese_morphemes import clause_start, is_of, kind_of, surface_at
from testgen.reviewer.japanese_names import SAID_BEFORE, has_a_name, named, without_amounts
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

# 不要なファイル: which of them are is not said, though what the word means leaves no doubt.
_SELECTING = frozenset(("必要", "不要", "有効", "無効", "可能", "不可能", "任意", "特定", "個別"))


# fmt: off
# Parts of one thing, and what no one chooses: カバーなしの状態で, バーコードのある面を.
_PARTS = frozenset((
    "状態", "モード", "方", "ほう", "面", "側", "場所", "位置", "所", "ところ", "箇所", "部分", "欄", "行", "列", "ページ", "画面",
    "ボタン", "釦", "キー", "タブ", "アイコン", "メニュー", "スイッチ", "一覧", "リスト", "枠", "ランプ", "場合", "とき", "時", "こと",
    "もの", "分", "順", "まま", "間", "際", "前", "後", "中", "上", "下", "通り", "ため", "うち", "条件", "設定", "環境",
))
# fmt: on
_ARGUMENT = frozenset(("を", "で", "に", "も", "から", "へ", "にて"))
_AMISS = frozenset(("未", "過", "他", "非"))
_OF_A_VERB = frozenset(("し", "さ", "れ", "て", "で", "い", "いる", "する", "なっ", "に", "と"))
_VALID = frozenset(("有効", "無効", "不正", "異常", "正常", "不完全", "不明"))
# Whose it is; of each there is one, or it is the kind of a ticket.
_PERSONS = frozenset((
    "自分", "本人", "自身", "大人", "子供", "小人", "父", "母", "夫", "妻", "親", "兄", "姉", "弟", "妹", "息子", "娘", "祖父", "祖母",
))  # fmt: skip
_LOAN = re.compile(r"[ァ-ヶー]{3,}")
_LONGEST_KIND = 10  # morphemes
_NEAR = 6  # morphemes between the subject of a clause and its noun
_LINKS = 3  # 退職した社員のIDで: the quality may be that of what the thing belongs to


def described(tokens: "list[Morpheme]", index: int) -> bool:
    """権限のあるアカウントで, 登録されていない番号を, 不正なデータを, 停止中の会員で: a thing of a kind, told by a quality that several may
    have. What was done (登録した) was named before."""
    first = clause_start(tokens, index)
    behind = index + 1 + (surface_at(tokens, index + 1) in ("さん", "様", "さま"))
    if index - first < 2 or not _is_an_argument(tokens, behind):
        return False
    at = index - 1
    while at > first + 1 and kind_of(tokens[at])[0] in ("名詞", "接頭辞"):
        at -= 1  # メールアドレス
    seen = tokens[at].surface() in ("の", "ある") and not is_of(tokens[index], "records")  # 窓のある部屋, 空席ありの便
    seen = seen or judged_place(tokens, index - 1)
    clause = tokens[first:index]
    if tokens[at].dictionary_form() in ("ない", "ぬ"):
        clause = without_amounts(clause)  # 4時間たっていない牛
    return not seen and not has_a_name(clause) and _is_a_quality(tokens, first, at)


def _is_an_argument(tokens: "list[Morpheme]", behind: int) -> bool:
    """資料を, 資料の延長を: the thing itself, or what is done to it."""
    if surface_at(tokens, behind) in ("を", "で", "に", "も"):
        return True
    deed = surface_at(tokens, behind) == "の" and surface_at(tokens, behind + 2) == "を"
    return deed and "サ変可能" in kind_of(tokens[behind + 1])[2]


def _is_a_quality(tokens: "list[Morpheme]", first: int, at: int) -> bool:
    """Whether what ends at `at`, before a noun, tells how the thing is, and not which one it is."""
    quality, before, clause = tokens[at], tokens[at - 1], tokens[first:at]
    if quality.surface() == "な":
        selects = before.surface() in _SELECTING or not is_of(before, "exact_na")
        judged = before.surface() in ("適切", "妥当", "最適", "手頃")  # vague, and no kind of things
        return kind_of(before)[0] in ("形状詞", "名詞") and selects and not judged
    if quality.surface() == "の":
        return is_of(before, "states") and kind_of(before)[0] in ("接尾辞", "名詞", "形状詞")
    attributive = kind_of(quality)[5].startswith("連体形")
    if kind_of(quality)[0] == "助動詞" and quality.surface() not in ("た", "だ"):
        return attributive and quality.dictionary_form() in ("ない", "ぬ")
    if quality.surface() in (
        "いる",
        "てる",
        "た",
        "だ",
    ):  # 既に登録されている番号, 予約の入っている資料, ポイントのたまった会員
        already = any(entry.normalized_form() == "既に" for entry in clause)
        return already or _of_its_subject(clause)
    told = any(entry.surface() in ("が", "の", "に", "を") for entry in clause)
    said = any(entry.surface() in SAID_BEFORE for entry in clause) or quality.surface() in ("する", "なる")
    return attributive and kind_of(quality)[0] in ("動詞", "形容詞") and told and not said


def _of_its_subject(clause: "list[Morpheme]") -> bool:
    """予約の入って: a clause whose subject has の tells a state, and nothing that was done."""
    near = [entry.surface() for entry in clause[-_NEAR:]]
    return "の" in near and not {"を", "に", "で", "、"} & set(near[near.index("の") :])


def marked(tokens: "list[Morpheme]", index: int) -> Span | None:
    """失効した社員証を, 期限切れトークンで, 塗り足しなしのPDFを: told by what is amiss with it, or what it lacks, and nobody sees that."""
    first = clause_start(tokens, index)
    if surface_at(tokens, index + 1) not in _ARGUMENT or tokens[index].surface() in _PARTS:
        return None
    at, hidden = index, False
    for _ in range(_LINKS):
        hidden = hidden or (at >= first and _is_hidden(tokens[at]))
        while at >= first and kind_of(tokens[at])[0] in ("名詞", "接尾辞", "接頭辞"):
            defect = at > first and is_of(tokens[at], "defects") and kind_of(tokens[at - 1])[0] == "名詞"
            if (defect and at < index) or (hidden and tokens[at].surface() == "未" and at + 1 < index):
                return _unnamed(tokens, first, at, index)
            at -= 1
        if at < first:
            return None
        if at > first and (_lapsed_attribute(tokens, first, at) or (hidden and _is_amiss(tokens, first, at))):
            return _unnamed(tokens, first, at, index)
        if tokens[at].surface() != "の":
            return None
        at -= 1
    return None


def only_a_kind(tokens: "list[Morpheme]") -> bool:
    """併用禁忌の薬, 在庫のある品番, 売れ筋の品: a thing that is known by its name or number, told by a quality and by neither."""
    at = len(tokens) - 1
    if not 1 < at < _LONGEST_KIND or not (is_of(tokens[at], "records") or is_of(tokens[at], "identified")):
        return False
    while at > 1 and kind_of(tokens[at])[0] in ("名詞", "接尾辞", "接頭辞"):
        at -= 1
    told = tokens[at].surface() in ("の", "な") or kind_of(tokens[at])[5].startswith("連体形")
    done = tokens[at].dictionary_form() == "た"  # 控えた番号
    account = tokens[at - 1].surface() in ("普通", "当座", "定期")  # 普通の口座
    marks = any(kind_of(token)[0] == "補助記号" for token in tokens) or _tells_which(tokens[:at], tokens[at])
    return told and not (done or account or marks) and not named(tokens) and not _of_this_test(tokens)


def _tells_which(before: "list[Morpheme]", link: "Morpheme") -> bool:
    """1件目の, アスピリンの, 大人の, 母の: a place in a row, a name, or whose it is, and no quality."""
    last = before[-1]
    whose = last.normalized_form() in _PERSONS or _LOAN.fullmatch(last.surface())
    return link.surface() == "の" and (last.surface() == "目" or (len(before) == 1 and bool(whose)))


def _of_this_test(tokens: "list[Morpheme]") -> bool:
    """手順で出た番号, 上の商品, 別の端末: another cell says which."""
    return any(is_of(token, "documents") or token.surface() in ("上", "前", "今", "いま", "別") for token in tokens)


def _unnamed(tokens: "list[Morpheme]", first: int, at: int, index: int) -> Span | None:
    """From the quality to the thing, where nothing says which one it is. PDF and ID are only kinds."""
    before, thing = tokens[first : at + 1], tokens[at + 1 : index + 1]
    tells = any(
        kind_of(entry)[1] == "数詞" or MASK in (text := entry.surface()) or (text.isascii() and not _is_kind(text))
        for entry in thing
    )
    if tells or has_a_name(before) or any(entry.surface() in SAID_BEFORE for entry in before + thing):
        return None
    while at > first and kind_of(tokens[at])[0] not in ("名詞", "接頭辞", "接尾辞"):
        at -= 1  # された, のない
    while at > first and kind_of(tokens[at - 1])[0] in ("名詞", "接頭辞"):
        at -= 1
    return tokens[at].begin(), tokens[index].end()


def _is_kind(text: str) -> bool:
    return len(text) > 1 and text.isalpha() and text.isupper()


def _is_hidden(thing: "Morpheme") -> bool:
    """Whether a thing does not show what it is: a card, an account, a file. A cup without its lid does."""
    return is_of(thing, "records") or _is_kind(thing.surface())


def _is_amiss(tokens: "list[Morpheme]", first: int, at: int) -> bool:
    """Whether what ends at `at` says what is missing or wrong: 期限外の, 未登録の, 不正な, 入場記録のない, 暗号化された."""
    quality, before = tokens[at], tokens[at - 1]
    if quality.surface() in ("の", "た", "いる") and tokens[_stem(tokens, first, at - 1)].surface() == "化":
        return True
    if quality.surface() in ("の", "な"):
        prefix = before.surface()[:1] in ("未", "非") or surface_at(tokens, at - 2) in _AMISS
        judged = quality.surface() == "な" and before.surface() in _VALID
        return is_of(before, "lacking") or prefix or judged
    has = quality.dictionary_form() in ("ある", "ない", "無い", "足りない")
    return has and before.surface() in ("の", "が") and kind_of(quality)[5].startswith("連体形")


def _lapsed_attribute(tokens: "list[Morpheme]", first: int, at: int) -> bool:
    """失効した, 解約済みの, 契約切れの."""
    quality, before = tokens[at], tokens[at - 1]
    if quality.surface() in ("の", "な") and is_of(before, "defects"):
        return True
    return quality.surface() in ("の", "な", "た", "いる") and is_of(tokens[_stem(tokens, first, at - 1)], "lapses")


def _stem(tokens: "list[Morpheme]", first: int, at: int) -> int:
    """失効 of 失効し, 解約 of 解約済み."""
    while at > first and (tokens[at].surface() in _OF_A_VERB or tokens[at].surface() in ("済み", "済", "中", "後")):
        at -= 1
    return at
