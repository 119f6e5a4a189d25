"""Japanese wording: things that a step tells by a quality only, so that the tester chooses one."""

from collections.abc import Set
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import clause_start, is_of, kind_of, kinds_of, surface_at
from testgen.reviewer.japanese_names import SAID_BEFORE, has_a_name, measure
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme


# 不要なファイル: which of them are is not said, though what the word means leaves no doubt.
_SELECTING = frozenset(("必要", "不要", "有効", "無効", "可能", "不可能", "任意", "特定", "個別"))


_VALID = frozenset(("有効", "無効", "不正", "異常", "正常", "不完全", "不適切", "未登録", "不明"))
_CHOSEN = frozenset(("enters", "chooses", "adds", "degrees", "measures_of_change"))
_NO_THINGS = frozenset(("順", "方", "ほう", "感じ", "具合", "場合", "とき", "時", "際", "ため", "の", "こと", "もの"))
_FREE = frozenset(("spare", "left_open", "settled", "sizes"))


def described(tokens: "list[Morpheme]", index: int) -> bool:
    """権限のあるアカウントで, 登録されていない番号を, 不正なデータを, 停止中の会員で: a thing of a kind, told by a quality that several may
    have. What was done (登録した) was named before."""
    first = clause_start(tokens, index)
    behind = index + 1 + (surface_at(tokens, index + 1) in ("さん", "様", "さま"))
    if index - first < 2 or surface_at(tokens, behind) not in ("を", "で", "に", "も"):
        return False
    at = index - 1
    while at > first + 1 and kind_of(tokens[at])[0] in ("名詞", "接頭辞"):
        at -= 1  # メールアドレス
    return not has_a_name(tokens[first:index]) and _is_a_quality(tokens, first, at)


def of_a_state(tokens: "list[Morpheme]", index: int) -> bool:
    """無効なトークンで, 使用中のIDで, 期限切れチケットを, 重量オーバー車両で: whatever the thing is, the test wants one in that state, and
    does not say which."""
    first = clause_start(tokens, index)
    if kind_of(tokens[index])[0] != "名詞" or surface_at(tokens, index + 1) not in ("を", "で", "に"):
        return False
    at = index - 1
    while at > first and kind_of(tokens[at])[0] in ("名詞", "接頭辞") and not is_of(tokens[at], "states"):
        at -= 1
    joined = at > first and is_of(tokens[at], "states") and kind_of(tokens[at])[0] in ("名詞", "接尾辞")
    joined = joined and tokens[at].surface() not in (
        "なし",
        "あり",
        "無し",
        "有り",
    )  # 予約なし車両: any of them will do
    of_it = at > first and surface_at(tokens, at) == "の" and _is_a_state(tokens[at - 1])
    judged = at > first and surface_at(tokens, at) == "な" and surface_at(tokens, at - 1) in _VALID
    counted = tokens[index].surface() in ("分", "額", "数")  # 不足分: how much of it, and not which
    return (joined or of_it or judged) and at < index and not counted and not has_a_name(tokens[first:index])


def _is_a_state(token: "Morpheme") -> bool:
    return is_of(token, "states") and kind_of(token)[0] in ("接尾辞", "形状詞") and token.surface() != "中"


def in_a_role(tokens: "list[Morpheme]", index: int) -> bool:
    """入居者としてログインする, 処分業者権限で: whose account it is nobody knows."""
    first = clause_start(tokens, index)
    role = surface_at(tokens, index) == "権限" and surface_at(tokens, index + 1) == "で"
    acts_as = [surface_at(tokens, index + ahead) for ahead in (1, 2, 3)] == ["と", "し", "て"]
    signs_in = surface_at(tokens, index + 4) in ("ログイン", "サインイン")
    return (role or (acts_as and signs_in)) and index > first and not has_a_name(tokens[first : index + 1])


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
    if kind_of(quality)[0] == "助動詞":
        return attributive and quality.dictionary_form() in ("ない", "ぬ")
    if quality.surface() == "いる":  # 既に登録されている番号
        return any(entry.normalized_form() == "既に" for entry in clause)
    told = any(entry.surface() in ("が", "の", "に", "を") for entry in clause)
    said = any(entry.surface() in SAID_BEFORE for entry in clause) or quality.surface() in ("する", "なる")
    return attributive and kind_of(quality)[0] in ("動詞", "形容詞") and told and not said


def own_choice(tokens: "list[Morpheme]", index: int) -> bool:
    """思いついた言葉, 測った体温: what the tester thinks of or reads, and nobody else knows."""
    named = any(
        kind_of(entry)[1] == "数詞" or MASK in entry.surface() for entry in tokens[clause_start(tokens, index) : index]
    )
    return (
        surface_at(tokens, index + 1) in ("た", "だ")
        and index + 2 < len(tokens)
        and kind_of(tokens[index + 2])[0] == "名詞"
        and not named
    )


def free(tokens: "list[Morpheme]", index: int, kinds: Set[str]) -> bool:
    """空いている席, 余ったもの, 大きなファイル, 長い文字列: which one is left open. `kinds` are those of the word."""
    if not kinds & _FREE:
        return False
    token, following = tokens[index], surface_at(tokens, index + 1)
    if "spare" in kinds:
        depends = any(entry.surface() in ("たら", "れば", "なら") for entry in tokens[index + 1 : index + 4])
        return not depends and following in ("て", "てる", "た", "で", "でる")
    if "left_open" in kinds:
        if token.surface() == "適宜":  # 適宜対応する is vague, 適宜選択する leaves the choice open
            return any(kinds_of(entry) & _CHOSEN for entry in tokens[index + 1 : index + 8])
        return following not in ("に", "が", "は")
    if "settled" in kinds and following == "の" and index + 2 < len(tokens):
        if token.surface() == "元" and surface_at(tokens, index + 2) in ("位置", "場所", "状態", "画面"):
            return False
        return measure(tokens[index + 2]) or "once" not in kinds
    attributive = kind_of(token)[0] == "形容詞" and kind_of(token)[5].startswith("連体形")
    return attributive and "sizes" in kinds and following not in _NO_THINGS


def what_number(tokens: "list[Morpheme]", index: int) -> bool:
    """何日か, 何枚も: a counter that somebody has to choose."""
    if tokens[index].surface() not in ("何", "幾"):
        return False
    counted = index + 2 < len(tokens) and kind_of(tokens[index + 1])[0] in ("名詞", "接尾辞")
    counted = counted and tokens[index + 1].surface() not in ("事", "者", "物", "処")
    return counted and surface_at(tokens, index + 2) in ("か", "も")
