"""The actions of a Japanese sheet that are nouns, since it leaves out する: 検索ボタン押下, 読み取り → 確定, アプリ起動後."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_morphemes import clause_start, surface_at
from testgen.reviewer.lexicon import lexicon
from testgen.text.marks import MASK
from testgen.text.verbs import verb_groups

if TYPE_CHECKING:
    from sudachipy import Morpheme

_HAN = re.compile(r"[一-龠]")
_A_DEED = re.compile(r"[一-龠]{2,4}(?<![側方時中前後上下左右])|[ァ-ヶー]{3,10}")
_VERB_IN_KANA = re.compile(r"[ぁ-ん]{1,5}[くぐすつぬぶむる]")
_LONGEST = 60  # morphemes of a sentence that are looked at
_SEPARATORS = frozenset("、，→⇒／/。．\n（(①②③④⑤⑥⑦⑧⑨⑩")
SWITCHED = frozenset(("ON", "OFF", "オン", "オフ", "開", "閉", "入", "切", "全開", "全閉", "入り", "切り", "断"))
_LOOKS = frozenset(("確認", "点検", "目視", "検査", "照合"))
_STARTS = frozenset(("開始", "スタート", "起動", "始動", "停止", "再開", "解除", "再起動"))
_GOES_ON = frozenset(("続行", "継続", "終了", "完了"))
_STATES = frozenset(("完了", "終了"))
_BEGUN = _STATES | {"開始"}
_NO_CLOSING = frozenset(("待機", "放置", "継続", "チェック", "テスト"))
_STEMS = frozenset("いきしちにひみりぎじびえけせてねめれげべ")  # how the stem of a verb ends that is used as a noun
_NO_DEEDS = frozenset(
    ("残り", "通り", "終わり", "手続き", "続き", "知らせ", "始め", "回り", "周り", "場合", "向き", "繰り返し", "限り")
)
ARROWS = frozenset("→⇒")
_PRESSED = frozenset(("キー", "ボタン", "釦"))
_BEHIND_AN_OBJECT = frozenset(
    ("を", "も", "に", "へ", "で", "のみ", "だけ", "の", ")", "）", "]", "］", "-", "－", "‐", "：", ":")
)
_SENTENCE_ENDS = frozenset("。．\n")
CLOSES = _SENTENCE_ENDS | ARROWS | {"（", "("}
_AND_THEN = (["の", "うえ"], ["の", "上"], ["の", "後"], ["の", "のち"])


def done_first(tokens: "list[Morpheme]", index: int) -> bool:
    """印刷後、 and ログインのうえ: a noun of action that comes before another."""
    token = tokens[index]
    honoured = index and tokens[index - 1].normalized_form() == "御"
    if "サ変可能" in token.part_of_speech()[2] and [entry.surface() for entry in tokens[index + 1 : index + 3]] == [
        "の",
        "うえ",
    ]:
        return True  # 描出のうえ
    if honoured and [entry.surface() for entry in tokens[index + 1 : index + 3]] in _AND_THEN[:2]:
        return True  # 濃さをお選びのうえ
    deed = token.surface() in deeds()
    if "サ変可能" not in token.part_of_speech()[2] and not deed:
        return False
    following = [entry.surface() for entry in tokens[index + 1 : index + 3]]
    if token.surface() in _BEGUN and index and tokens[index - 1].part_of_speech()[0] == "名詞":
        return False  # 送出開始後、: when it is done
    if deed and following in _AND_THEN[:2]:
        return True  # システムにログインのうえ
    if any(entry.surface() == "を" for entry in tokens[max(index - 2, 0) : index]):
        return following[:1] in (["後"], ["のち"]) or following in _AND_THEN
    # アプリ起動後、 of a sheet without を; 着信後 and 処理完了後 happen by themselves.
    told = following in (["後", "、"], ["後", "に"], ["後", "→"], ["後", "メニュー"]) or (
        following[:1] == ["後"] and (MASK in following[-1] or following[-1] in ("再", "再度"))
    )
    return (
        told
        and (deed or token.surface() in _LOOKS)
        and (not index or tokens[index - 1].surface() not in ("が", "は", "の"))
    )


@cache
def deeds() -> frozenset[str]:
    """Nouns of what testers do: 起動, 入力, ログイン."""
    return lexicon("ja")["deeds"] | frozenset(_of_testers("suru"))


@cache
def acts() -> frozenset[str]:
    """Verbs of what testers do, and nouns: 開ける, 取り消す, 登録."""
    return (deeds() | frozenset(_of_testers("godan", "ichidan"))) - {"進む", "待つ", "続ける"}


def _of_testers(*kinds: str) -> Iterator[str]:
    groups = [group for group in verb_groups("ja").values() if group["class"] == "action"]
    return (verb for group in groups for kind in kinds for verb in group.get(kind, ()))


def noun_ending(tokens: "list[Morpheme]", index: int) -> bool:
    """検索ボタン押下→指針の再入力: sheets leave out する. The noun of an action, with what it is done to before it, in a sentence that
    ends so; or what is in quotes, where it is only pressed: 画面で「修正」、氏名を入力し「確定」."""
    behind = _behind_an_amount(tokens, index)
    if not _is_separated(tokens, behind) or _are_told_of(tokens, behind):
        return False
    if MASK in tokens[index].surface():
        first = index
        while first and MASK in tokens[first - 1].surface():
            first -= 1
        return first > 0 and _pressed_after(tokens, first - 1)
    token, following = tokens[index], tokens[behind].surface() if behind < len(tokens) else ""
    if token.surface() == "タブ" and following in ARROWS:
        return _has_an_object(tokens, index)
    if following in ARROWS | _SENTENCE_ENDS | {""} and _is_a_deed_by_its_object(tokens, index):
        return True
    if _is_deed_by_place(token, tokens[index - 1].surface() if index else "", following):
        return True
    if _is_no_deed(token, tokens[index - 1].surface() if index else "", following):
        return False
    if not does(token) or not (_has_an_object(tokens, index) or _follows_an_action(tokens, index)):
        return False
    return following in ARROWS or _is_joined(tokens, index, following) or _ends_telegraphically(tokens, index)


def _are_told_of(tokens: "list[Morpheme]", at: int) -> bool:
    """コピー、スキャン、FAXが動作する, 登録、削除の履歴: things of a list, of which something is told."""
    end, commas = min(at + _LONGEST, len(tokens)), 0
    while at < end and (tokens[at].surface() == "、" or tokens[at].part_of_speech()[0] in ("名詞", "接尾辞")):
        commas += tokens[at].surface() == "、"
        at += 1
    behind = surface_at(tokens, at)
    return (commas > 1 and behind in ("が", "は")) or (commas > 0 and behind == "の" and does(tokens[at - 1]))


def _is_joined(tokens: "list[Morpheme]", index: int, following: str) -> bool:
    """選んで登録、…みる; 注文をキャンセル、…見る; 温度を60度にセット、…打つ; 昇温開始、…保つ."""
    before = tokens[index - 1] if index else None
    if before is None:
        return False
    if before.surface() in ("に", "へ"):
        return any(entry.surface() == "を" for entry in tokens[clause_start(tokens, index) : index])
    begun = following == "、" and before.part_of_speech()[0] == "名詞" and tokens[index].surface() in _STARTS
    return before.part_of_speech()[1] == "接続助詞" or before.surface() == "を" or begun


def _is_no_deed(token: "Morpheme", before: str, following: str) -> bool:
    """暖機完了, ネットワーク未接続, GET /v1/tasks."""
    state = token.surface() in _STATES and following not in ARROWS
    return state or before in ("未", "済") or (token.surface().isascii() and following == "/")


def _behind_an_amount(tokens: "list[Morpheme]", index: int) -> int:
    """数量訂正2、: how many or what it becomes stands behind the noun of what is done."""
    at = index + 1
    if "サ変可能" not in tokens[index].part_of_speech()[2] or at >= len(tokens) or not _is_number(tokens[at]):
        return at
    while at < len(tokens) and (_is_number(tokens[at]) or tokens[at].part_of_speech()[0] == "接尾辞"):
        at += 1
    return at if at < len(tokens) and tokens[at].surface() in "、→" else index + 1


def _is_number(token: "Morpheme") -> bool:
    return bool(token.part_of_speech()[1] == "数詞")


def _is_deed_by_place(token: "Morpheme", before: str, following: str) -> bool:
    """スイッチ1をON、 条件を設定。検索。 赤になっているか目視, ログインし直し、."""
    word = token.surface()
    return (
        (word in SWITCHED and (before == "を" or (before == "→" and following == "、")))
        or (word in deeds() and before in _SENTENCE_ENDS and bool(before))
        or (not before and following in ("、", "→") and (word in deeds() or (following == "→" and does(token))))
        or (is_a_verb_in_kana(token) and before not in ("", "の"))
        or (word in ("目視", "確認") and before in ("か", "かどうか"))
        or (word.endswith("直し") and following == "、")
    )


def is_a_verb_in_kana(token: "Morpheme") -> bool:
    """おす, うつ, もつ: in hiragana the dictionary has some verbs only as nouns (the male), or as a call."""
    kind = token.part_of_speech()
    return (kind[:2] == ("名詞", "普通名詞") or kind[0] == "感動詞") and bool(_VERB_IN_KANA.fullmatch(token.surface()))


def _is_a_deed_by_its_object(tokens: "list[Morpheme]", index: int) -> bool:
    """番号を発番→, JCLをサブミット。: whatever the noun is, between を and the end of a clause it is what is done."""
    at = index
    while at and tokens[at].part_of_speech()[0] in ("名詞", "接尾辞") and tokens[at].part_of_speech()[1] != "数詞":
        at -= 1
    word = "".join(token.surface() for token in tokens[at + 1 : index + 1])
    return at < index and tokens[at].surface() == "を" and bool(_A_DEED.fullmatch(word))


def _is_separated(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether nothing belongs to what ends before the index: a mark, or the number of the next entry of a list (2)."""
    if index >= len(tokens) or tokens[index].surface() in _SEPARATORS:
        return True
    numbered = tokens[index].part_of_speech()[1] == "数詞" and index + 1 < len(tokens)
    return numbered and tokens[index + 1].surface() in (")", "）")


def _follows_an_action(tokens: "list[Morpheme]", index: int) -> bool:
    """入力して保存, 編集し登録, キルして再起動: what is joined needs no object of its own."""
    index -= index > 0 and tokens[index - 1].part_of_speech()[0] == "接頭辞"
    before = tokens[index - 1] if index else None
    if before is None or tokens[index].surface() in _GOES_ON:
        return False
    if before.surface() == "から" and index > 1 and tokens[index - 2].surface() in ("て", "で"):
        return True  # オンにしてから解除
    if before.surface() in (")", "）"):
        return True  # 2) 検索
    if before.surface() in ("、", "→") and index > 1:
        before = tokens[index - 2]
        if before.surface() in deeds():
            return True  # 撮影、保存
    kind = before.part_of_speech()
    return bool(kind[1] == "接続助詞" or (kind[0] == "動詞" and kind[5].startswith("連用形")))


def _pressed_after(tokens: "list[Morpheme]", index: int) -> bool:
    """入力し「確定」, or a place and a comma behind: 画面で「修正」、."""
    if tokens[index].surface() in ARROWS | {"、"}:  # 紙幣投入→「確認」, 指針を入力、[確定]
        return bool(index) and does(tokens[index - 1]) and tokens[index - 1].surface() != "タブ"
    if tokens[index].surface() == "で":
        return does(_last_of_the_sentence(tokens, index))
    done = tokens[index].part_of_speech()[0] == "動詞" and tokens[index].part_of_speech()[5].startswith("連用形")
    return done and any(token.surface() == "を" for token in tokens[max(index - 3, 0) : index])


def does(token: "Morpheme") -> bool:
    """A noun of an action: 入力, 押下; of a verb, with its kana or without: 読み取り, 読取; or of what is pressed: OKキー."""
    if token.surface() in _PRESSED | SWITCHED or token.surface() in deeds() or token.surface() == "目視":
        return True
    kind, usual = token.part_of_speech(), token.normalized_form()
    without_kana = _HAN.match(token.surface()[-1]) and usual != token.surface() and usual[-1] in _STEMS
    with_kana = _HAN.match(token.surface()) and token.surface()[-1] in _STEMS and token.surface() not in _NO_DEEDS
    return kind[0] == "名詞" and ("サ変可能" in kind[2] or bool((without_kana or with_kana) and kind[1] == "普通名詞"))


def _has_an_object(tokens: "list[Morpheme]", index: int) -> bool:
    before = tokens[index - 1] if index else None
    if before is not None and before.part_of_speech()[0] == "接頭辞":
        before = tokens[index - 2] if index > 1 else None
    if before is None or before.surface() in _SEPARATORS:
        return False
    kind = before.part_of_speech()[0]
    if kind == "動詞":
        return tokens[index].surface() in _PRESSED  # 閉じるボタン
    return kind in ("名詞", "接尾辞", "形状詞") or before.surface() in _BEHIND_AN_OBJECT or MASK in before.surface()


def closes(token: "Morpheme") -> bool:
    """スタート, 復帰: what people do, by a noun; the product is what 遷移 and 表示 are told of, and 完了 is a state."""
    word = token.surface()
    no_deed = word in _STATES or word in _LOOKS or word in by_products() or word in _NO_CLOSING
    deed = "サ変可能" in token.part_of_speech()[2] or (does(token) and token.surface() not in _PRESSED | SWITCHED)
    return (deed and len(word) > 1 and not no_deed) or (word == "化" and token.part_of_speech()[0] == "接尾辞")


@cache
def by_products() -> frozenset[str]:
    """Nouns of what the product does, and of checks: 表示, 点灯, 確認."""
    groups = [group for group in verb_groups("ja").values() if group["class"] in ("system", "check")]
    return frozenset(verb for group in groups for verb in group.get("suru", ())) - deeds()


def _ends_telegraphically(tokens: "list[Morpheme]", index: int) -> bool:
    """時計スタート、ストップボタン押す; 撤去、再度「閉」: the sentence ends with what is done, and leaves out を there too."""
    last = _last_of_the_sentence(tokens, index)
    if does(last):
        return True
    rest = [token for token in tokens[index + 1 : index + _LONGEST] if token.begin() <= last.begin()]
    bare = not {"を", "に", "が", "は", "の"} & {token.surface() for token in rest}
    listed = tokens[index + 1].surface() == "、"  # 4000回転/時
    verb = listed and last.part_of_speech()[0] == "動詞" and last.part_of_speech()[5].startswith("終止形")
    return bare and (verb or MASK in last.surface()) and len(rest) > 1


def _last_of_the_sentence(tokens: "list[Morpheme]", index: int) -> "Morpheme":
    last = index
    end = min(index + _LONGEST, len(tokens))
    while last + 1 < end and tokens[last + 1].surface() not in _SENTENCE_ENDS:
        last += 1
    return tokens[last]


def with_its_prefix(tokens: "list[Morpheme]", index: int) -> int:
    """長押し is cut behind 長, 再入力 behind 再."""
    before = tokens[index - 1] if index else None
    joined = (
        before is not None and before.end() == tokens[index].begin() and before.surface() in ("長", "再", "一括", "全")
    )
    begin: int = tokens[index - 1].begin() if joined else tokens[index].begin()
    return begin


@cache
def operations() -> frozenset[str]:
    """Operations of a user interface: 押す, クリック, 開く."""
    groups = [group for group in verb_groups("ja").values() if group.get("ui")]
    groups.append(
        {
            "suru": ["ログイン", "ログアウト", "サインイン", "サインアウト", "再起動", "リロード", "スキャン"],
            "ichidan": ["閉じる"],
            "godan": ["抜く", "差す"],
        }
    )
    return frozenset(verb for group in groups for kind in ("suru", "godan", "ichidan") for verb in group.get(kind, ()))
