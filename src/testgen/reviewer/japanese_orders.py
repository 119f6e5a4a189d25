"""Japanese: what somebody has to do, said in an expected result."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_helpers import ends, joins, noun_before
from testgen.reviewer.japanese_morphemes import kind_of, surface_at
from testgen.reviewer.japanese_nouns import acts, done_first, noun_ending, operations
from testgen.reviewer.japanese_repairs import by_the_product, repair
from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

if TYPE_CHECKING:
    from sudachipy import Morpheme

_LONGEST = 60  # morphemes of a clause that are looked at
_COMMAND = re.compile(
    r"を(?:(?:押す|開く|選ぶ|閉じる|タップする|クリックする|選択する|入力する|押下する|送信する|実行する)(?=[。、]|と|$)|(?:押し|開き|選び|閉じ|タップし|クリックし|選択し|入力し|押下し)(?=、))"
)
_GOES_ON = re.compile(
    r"まで待(?:つ|ち|って)|を(?:メモ|控え|書き留め|保管)(?:し|す|て|る)|(?<=ので)、?(?:タップ|クリック|押|選択|閉じ|受け取)|[。]受け取[りるっ]|次の?(?:手順|ステップ|項目)[へに]進[むみめん]|(?<=ので)、?[^。が、]{0,15}(?:切り取|受け取|取り出|保管|控え|記録)[^。、]{0,12}$|(?<=ので)、?[^。が、]{1,15}を(?:書|記|押|選|入れ|渡|取|切|外|戻|閉|開|タップ|クリック)[^。、]{0,6}$|元に戻して(?:おく|おき|おい)|(?:続けて|続いて|その後|次に|最後に)、?[^。]{0,20}(?:押[しす]|クリック|選択|入力|閉じ|タップ)"
)
# A request or a query that the tester has to send first.
_TYPED = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) +/|\bSELECT +[\w*]|\b(?:curl|ping|ssh) +[\w-]")
# 通ったら報告, ヘッダがあるかも確認: what people do about a result.
_FOR_PEOPLE = re.compile(
    r"(?:^|(?<=[。、ばら\n]))[^。、がは]{0,20}?(?<!自動)(?:報告|連絡|相談|起票|記入|撮影|採取|再実施|再試験)"
    r"(?:する(?:こと)?|します|して(?:ください|下さい|おく)?|のこと|を?お願い.{0,6})?(?=[。\n]|$)"
    r"|(?<=[るたい]か)(?:どうか)?(?:も|を)?(?:確認|見る|見て|チェック)(?:する|します|して)?(?:ください|下さい)?(?=[。\n]|$)"
    r"|と(?:見くらべ|見比べ|突き合わせ|つき合わせ|照らし合わせ)て|[てで]みて(?=、)|[てで]み(?:る|て(?:ください|下さい))(?=。|$)|(?<=ので)、?[^。、がは]{1,15}[をに](?:お)?(?:渡[しす]|届け|返[しす])|(?<!前)(?<!回)(?<!常)(?<!も)と(?:比べ|くらべ)て?、(?!\d)"
    r"|(?:(?<!確認を)お(?!確か)[^。、]{1,8}|(?<!確認し)(?<!確かめ)[てで])(?:ください|下さい)(?:ませ)?(?=。|$)"
    r"|と(?:見くらべ|見比べ|照らし合わせ|突き合わせ|つき合わせ|照合|比較|比べ)る?(?=[。\n）)]|$)"
    # 返却レバーで戻る, 店長カードで解除できる, 「はい」で送れる: by means of a control
    rf"|(?:レバー|ボタン|スイッチ|キー|カード|リセット|ハンドル|つまみ)で(?:は|も|のみ|だけ)?(?=[^。、]{{0,15}}(?:戻|復帰|解除|消え|進|閉|でき|止))"
    rf"|{MASK}で(?=[^。、{MASK}]{{0,12}}(?:なる|なり|戻|送れ|でき|進|消え|閉じ|解除))"
)


@lru_cache(maxsize=2048)
def commands(masked: str) -> Span | None:
    """An action inside an expected result: its trigger (…を押すと, 開けば), or what to do next."""
    match = _COMMAND.search(masked) or _GOES_ON.search(masked) or _TYPED.search(masked) or _FOR_PEOPLE.search(masked)
    if match:
        return match.span()
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    for index, token in enumerate(tokens):
        if token.surface() in operations() and done_first(tokens, index) and not _begins_a_limit(tokens, index):
            return token.begin(), tokens[index + 1].end()
        if (
            token.surface() in operations()
            and index
            and tokens[index - 1].surface() == "を"
            and noun_ending(tokens, index)
        ):
            return token.begin(), token.end()  # 「はい」をタップ。
        if token.part_of_speech()[0] == "動詞" and _is_told(tokens, index):
            return tokens[max(index - 1, 0)].begin(), token.end()
    mended = repair(tokens)
    return _by_hand(tokens) or _next_order(tokens) or (mended.act if mended else None)


def _begins_a_limit(tokens: "list[Morpheme]", index: int) -> bool:
    """押下後0.5秒以内に停止する: from when a time is counted."""
    number = index + 2 < len(tokens) and (MASK in tokens[index + 2].surface() or "数詞" in kind_of(tokens[index + 2]))
    return surface_at(tokens, index + 1) == "後" and number


def _by_hand(tokens: "list[Morpheme]") -> Span | None:
    """出てくるので剥がして貼る, 精算機へ移動し、券を取る: only hands do it, and nobody is named: アームが部品をつかみ、箱を運ぶ."""
    hands = lexicon("ja")["hand_movements"] | lexicon("ja")["by_hand"]
    named, object_, because = False, False, False
    for index, token in enumerate(tokens):
        word = token.surface()
        if word in ("。", "\n") or (word == "で" and surface_at(tokens, index - 1) == "の"):
            named, object_, because = False, False, word == "で"
        elif word in ("が", "は", "も", "を"):
            named, object_ = named or word != "を", object_ or word == "を"
        elif token.part_of_speech()[0] != "動詞" or token.dictionary_form() not in hands or named:
            continue
        elif (because or object_) and (ends(tokens, index) or joins(tokens, index)):
            return token.begin(), token.end()
    return None


def _next_order(tokens: "list[Morpheme]") -> Span | None:
    """After the first sentence of a result, what somebody has to do: a verb with an object and without a subject that is not one of the
    product's."""
    start = 0
    for index, token in enumerate(tokens):
        if token.surface() in ("。", "\n"):
            start = index + 1
        elif start and token.part_of_speech()[0] == "動詞" and ends(tokens, index):
            before = [entry.surface() for entry in tokens[start:index]]
            done = noun_before(tokens, index) or token.dictionary_form()
            plain = token.part_of_speech()[5].startswith(("終止形", "連体形", "連用形"))
            if "を" in before and not {"が", "は", "も"} & set(before) and plain and done not in by_the_product():
                return tokens[index - 1 if noun_before(tokens, index) else index].begin(), token.end()
    return None


_MEASURED = frozenset(
    ("超える", "越える", "上回る", "下回る", "過ぎる", "切る", "達する")
)  # 30 ℃を超えたら: what a value does


def _is_timed(clause: "list[Morpheme]") -> bool:
    """3秒後に, 10秒以内に: what the product does by itself."""
    return any(
        kind_of(entry)[1] == "数詞" and any(word.surface() in ("後", "以内") for word in clause[at + 1 : at + 4])
        for at, entry in enumerate(clause)
    )


def _is_told(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether the tester does it: a verb with an object, or one of the user interface, and no subject that does it."""
    token, first = tokens[index], max(index - _LONGEST, 0)
    start = next(
        (at + 1 for at in range(index - 1, first - 1, -1) if tokens[at].surface() in ("、", "。", "\n")), first
    )
    before = [entry.surface() for entry in tokens[start:index]]
    if token.dictionary_form() in ("いる", "ある", "おる", "離す", "放す") or _is_timed(tokens[start:index]):
        return False  # 超えていれば; ボタンを離すと: what was held in the action; 3秒後に走行を再開する
    if "が" in before or ("は" in before and "後" not in before) or token.normalized_form() in _MEASURED:
        return False
    noun = noun_before(tokens, index)
    operates = (noun or token.dictionary_form()) in operations()
    following = [entry.surface() for entry in tokens[index + 1 : index + 3]]
    form = token.part_of_speech()[5]
    if following[:1] in (["て"], ["で"]) and following[1:] == ["も"]:
        following = ["と"]  # 開き直しても
    case = following[:1] in (["た"], ["だ"]) and following[1:] in (["場合"], ["とき"], ["時"], ["際"])
    triggers = (
        case or following[:1] in (["と"], ["ば"]) or following[:2] in (["た", "ら"],) or following[:1] == ["たら"]
    )
    deed = noun or token.dictionary_form()
    by_hand = operates or deed.endswith("直す") or deed in acts() - by_the_product()
    if triggers and form.startswith(("終止形", "連体形", "仮定形", "連用形")):
        return by_hand or ("を" in before and not noun)
    return (
        by_hand
        and not (noun and before[-1:] != [noun])
        and ("を" in before or "続け" in "".join(before))
        and (joins(tokens, index) or ends(tokens, index))
    )
