"""Japanese steps by morphemes: which predicates are joined, and which of them are checks. Uses Sudachi with its small dictionary."""

import re
from functools import cache
from typing import TYPE_CHECKING

from testgen.reviewer.japanese_gestures import separate
from testgen.reviewer.japanese_helpers import ends
from testgen.reviewer.japanese_nouns import acts, done_first, noun_ending, operations
from testgen.reviewer.japanese_predicates import joins, noun_before, predicates
from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Reading, Span
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK
from testgen.text.verbs import verb_groups

if TYPE_CHECKING:
    from sudachipy import Morpheme

PLAIN_CHECK_IS_STYLE = True  # 「…を確認する」 as a step is normal
A_CHECK_IS_A_RESULT = False
_LONGEST = 60  # morphemes of a clause that are looked at
_CHUNK = 10_000  # characters; the tokenizer takes 49,149 bytes at once
_QUESTION = re.compile(r"(?:か|でしょうか)[？?]|[？?]\s*$")
# 開いていただけますか？ asks for an action.
_REQUEST = re.compile(
    r"(?:[てで]|[おご御][^。、]{1,12})(?:いただけ|頂け|もらえ|貰え|くれ|くださ|下さ|願え)[^。]{0,12}$"
)
_PRECONDITION = re.compile(
    r"(?:(?:が|を|[るたいだ])前提(?:条件)?|が(?:[^。、を]{0,10}に)?存在すること|は[^をがに]{1,20}とする|(?:である|済みである|でいる|ている|てある|ておく|がある|済み)こと|(?:済ませ|終え|完了し|終わらせ|用意し|準備し)ておく|(?:ている|である|ておく|てある|がある)必要がある|を?前提(?:とする|条件(?:とする|である)?)|済みの状態であること)。?$"
)
# 「送信」を押して、送信済みに入っていること: after an action what must hold is looked at.
_DONE_BEFORE = re.compile(
    r"[^。、]{0,40}を(?P<verb>(?:押|選|開|閉|外|クリック|タップ|タッチ|入力|選択|実行|送信|登録|挿入|投入)[^。、を]{0,6})(?:て)?、"
)
# 「開始」を押すと緑に点灯する: an action that tells what is seen then.
_OUTCOME = re.compile(
    r"を[^。を]{1,20}?(?:[すくるむ]と|し、|し、|って、|して|んで、)[^。を]{0,40}?"
    r"(?P<seen>(?:[一-龠ァ-ヶー]{1,8}さ|[一-龠ァ-ヶー]{1,8}(?<!入))れ(?:ます|る)?(?:こと)?|(?:点灯|点滅|消灯|遷移|停止|完了|終了|鳴動)(?:する|します|すること)|[にと]な(?:る|ります)(?:こと)?)。?$"
)
# 押して停止する: the tester does it.
_BROUGHT_ABOUT = re.compile(r"(?:て|で|し、)[^がはもと]{0,12}(?:停止|完了|終了)(?:する|します)。?$")
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
    r"(?:する|します|して(?:ください|下さい|おく)?|のこと|を?お願い.{0,6})?(?=[。\n]|$)"
    r"|(?<=[るたい]か)(?:も|を)?(?:確認|見る|チェック)(?:する|します)?(?=[。\n]|$)"
)
# 「A」→「B」の順にタップする; a menu's entries are chosen by one gesture.
_TURNS = re.compile(
    r"[^、。→]{1,12}(?:→|、)(?P<second>[^、。→]{1,12})の順[にで](?=[^。]{1,16}(?:押|入れ|切|開|閉|選|付け|外|置|タップ|クリック|実行|登録))"
)
_HOLDS = re.compile(r"(?:ている|である|がある|てある|でいる)こと。?$")
_ORDER = re.compile(r"ておくこと。?$")
_IN_TURN = re.compile(rf"(?<!メニュー){MASK}+\s*[→⇒、・,]\s*(?P<second>{MASK}+)の順[にで](?=押|タップ|クリック|タッチ)")
# 暗証番号を入れて「施錠」: the button is pressed, though no verb says so.
_PRESSED = re.compile(rf"(?:[てで]|し、|→)\s*(?P<second>{MASK}+|OK|次へ|確定|保存|カートへ)(?:へ|ボタン)?。?$")
# ガチャ画面へ, 演出はスキップで: a sheet leaves out the verb.
_GOES = re.compile(
    r"(?:[てで]|し、|→|[るす]。)[^。]{0,12}?(?P<second>[一-龠ァ-ヶー]{2,14}へ|(?<=は)[一-龠ァ-ヶー]{2,8}で)。?$"
)
_CASE = re.compile(r"(?:場合|[るたい]とき|[るたい]時|際)(?:は|に|には|、)|たら、|[えけげせてねべめれ]ば、?|なら、?")
_NEGATION = re.compile(r"ない|ません|(?<![ま必])ず(?:に|、|$)|なし|ぬ(?:$|。)|不可")
_CIRCUMSTANCES = re.compile(
    r"^.{2,}?(?:でも|ても|では|すると|と、|とき(?:は|に|、)|(?<![同\d])時(?:は|に|、)|場合(?:は|、|に)|後(?:は|に|、)|たら、?)"
)
# Words that say nothing of what is seen.
# fmt: off
_STOP = frozenset((
    "表示", "する", "為る", "れる", "られる", "いる", "居る", "こと", "事", "ある",
    "有る", "なる", "成る", "確認", "画面", "メッセージ", "出来る", "できる", "の",
    "物", "よう",
))
# fmt: on


def read(text: str, masked: str, *, begun: bool) -> Reading:
    """What an action says."""
    needed = precondition(masked)
    if needed and begun and _ORDER.search(masked, *needed):
        needed = None  # 元データを削除しておくこと: once the test has begun it is asked for
    if needed and (first := _DONE_BEFORE.match(masked[: needed[0]])):
        return Reading([first.start("verb")], needed)
    if needed and begun and _HOLDS.search(masked, *needed):
        return Reading(state=needed)  # in the middle of a test it is looked at
    if needed:
        return Reading(precondition=needed)
    found = predicates(masked)
    if all(entry.kind == "state" for entry in found) and (told := state(masked)):
        return Reading(precondition=told)
    outcome = _OUTCOME.search(masked)
    if outcome and _BROUGHT_ABOUT.search(outcome.group()):
        outcome = None
    if outcome and not any(entry.kind == "check" for entry in found):
        begun_with = [entry.begin for entry in found if entry.kind == "action" and entry.begin < outcome.start("seen")]
        return Reading(begun_with or [outcome.start()], outcome.span("seen"))
    check = next(((entry.begin, entry.end) for entry in found if entry.kind == "check"), None)
    done = [entry.begin for entry in separate(text, [entry for entry in found if entry.kind == "action"])]
    done = [begin for place, begin in enumerate(done) if not place or not _in_a_case(masked, done[place - 1], begin)]
    if len(done) == 1 and (several := _IN_TURN.search(masked) or _TURNS.search(masked)):
        done.append(several.start("second"))
    if done and not check and (last := _PRESSED.search(masked, done[-1]) or _GOES.search(masked, done[-1])):
        done.append(last.start("second"))
    if check and done and check[0] < done[0] and not begun:
        return Reading(done, precondition=check)  # 解除されているのを見てから電源を入れる
    return Reading(done, check, None, question(masked))


def _in_a_case(masked: str, before: int, begin: int) -> bool:
    """Whether an action is the first in a sentence of its own that says when it is done: 電源が入っていない場合は電源を入れる。"""
    start = masked.rfind("。", 0, begin) + 1
    return before < start and bool(_CASE.search(masked, start, begin))


def content(normalised: str) -> set[str]:
    """The dictionary forms of the words that carry the meaning."""
    starts = range(0, len(normalised), _CHUNK)
    tokens = (token for start in starts for token in tokenize(normalised[start : start + _CHUNK]))
    return {
        token.normalized_form()
        for token in tokens
        if token.part_of_speech()[0] in ("名詞", "動詞", "形容詞", "形状詞", "副詞")
        and token.part_of_speech()[1] != "非自立可能"
        and token.normalized_form() not in _STOP
    }


def negative(bare: str) -> bool:
    """Whether a text without quotes denies something."""
    return bool(_NEGATION.search(bare))


def circumstances(masked: str) -> Span | None:
    """Where an expected result says when it holds."""
    match = _CIRCUMSTANCES.search(masked)
    return match.span() if match else None


def question(masked: str) -> Span | None:
    """Where an action asks something."""
    match = _QUESTION.search(masked)
    return match.span() if match and not _REQUEST.search(masked, 0, match.end()) else None


def precondition(masked: str) -> Span | None:
    """An ending that only says what must hold before the test."""
    match = _PRECONDITION.search(masked)
    return match.span() if match else None


def state(masked: str) -> Span | None:
    """A sentence whose predicate says how something is, not what is done: …ている, …である, …ない, …済み."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    tokens = [token for token in _without_an_aside(tokens) if token.part_of_speech()[0] != "補助記号"]
    while tokens and tokens[-1].normalized_form() in ("事", "こと", "です", "だ", "ます", "物"):
        tokens.pop()
    if not tokens or masked.startswith(("（前提", "(前提", "【前提")):
        return None
    last = tokens[-1]
    auxiliary = last.dictionary_form() in ("いる", "ある", "おる") and len(tokens) > 1
    adjective = last.part_of_speech()[0] == "形容詞" or last.normalized_form() in (
        "ない",
        "状態",
        "済み",
        "済",
        "中",
        "前",
        "ぬ",
    )
    yet = len(tokens) > 1 and tokens[-2].surface() in ("未", "済")
    achieved = yet or (
        last.surface() in ("完了", "完了済み", "済み", "済") and not any(token.surface() == "を" for token in tokens)
    )
    nominal = last.part_of_speech()[0] == "名詞" and _is_told_of(tokens)
    return (
        (tokens[0].begin(), last.end())
        if auxiliary or nominal or (adjective and len(tokens) > 2) or (achieved and len(tokens) > 1)
        else None
    )


def _without_an_aside(tokens: "list[Morpheme]") -> "list[Morpheme]":
    """運転準備完了（ランプ点灯）: the text in brackets at the end says how it can be seen."""
    if not tokens or tokens[-1].surface() not in ("）", ")"):
        return tokens
    opened = max((at for at, token in enumerate(tokens) if token.surface() in ("（", "(")), default=0)
    return tokens[:opened] if opened else tokens


def _is_told_of(tokens: "list[Morpheme]") -> bool:
    """バッテリーは満充電: a topic and a noun, without a verb or an object."""
    kinds = [token.part_of_speech()[0] for token in tokens]
    deed = "サ変可能" in tokens[-1].part_of_speech()[2] and kinds[-2:-1] != ["接頭辞"]  # 異常時はセンターに連絡
    if (
        deed
        or tokens[-1].surface() == "おす"
        or tokens[-1].surface() == "なし"
        or tokens[-1].normalized_form() in lexicon("ja")["likenesses"]
    ):
        return False
    return (
        any(
            token.surface() in ("は", "が") and tokens[at - 1].normalized_form() not in ("時", "場合", "際")
            for at, token in enumerate(tokens)
        )
        and "動詞" not in kinds
        and not any(token.surface() == "を" for token in tokens)
    )


def commands(masked: str) -> Span | None:
    """An action inside an expected result: its trigger (…を押すと, 開けば), or what to do next."""
    match = _COMMAND.search(masked) or _GOES_ON.search(masked) or _TYPED.search(masked) or _FOR_PEOPLE.search(masked)
    if match:
        return match.span()
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    for index, token in enumerate(tokens):
        if token.surface() in operations() and done_first(tokens, index):
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
    return _next_order(tokens)


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
            if "を" in before and not {"が", "は", "も"} & set(before) and plain and done not in _by_the_product():
                return tokens[index - 1 if noun_before(tokens, index) else index].begin(), token.end()
    return None


@cache
def _by_the_product() -> frozenset[str]:
    """What products do as well as people, or what is only looked at."""
    groups = [group for group in verb_groups("ja").values() if group["class"] in ("system", "check")]
    listed = {verb for group in groups for kind in ("suru", "godan", "ichidan") for verb in group.get(kind, ())}
    return frozenset(
        listed
        | {"示す", "知らせる", "鳴らす", "出す", "返す", "含む", "持つ", "確認", "する", "促す", "求める", "保つ"}
    )


_MEASURED = frozenset(
    ("超える", "越える", "上回る", "下回る", "過ぎる", "切る", "達する")
)  # 30 ℃を超えたら: what a value does


def _is_told(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether the tester does it: a verb with an object, or one of the user interface, and no subject that does it."""
    token, first = tokens[index], max(index - _LONGEST, 0)
    start = next(
        (at + 1 for at in range(index - 1, first - 1, -1) if tokens[at].surface() in ("、", "。", "\n")), first
    )
    before = [entry.surface() for entry in tokens[start:index]]
    if token.dictionary_form() in ("いる", "ある", "おる"):
        return False  # 超えていれば
    if "が" in before or ("は" in before and "後" not in before) or token.normalized_form() in _MEASURED:
        return False
    noun = noun_before(tokens, index)
    operates = (noun or token.dictionary_form()) in operations()
    following = [entry.surface() for entry in tokens[index + 1 : index + 3]]
    form = token.part_of_speech()[5]
    case = following[:1] in (["た"], ["だ"]) and following[1:] in (["場合"], ["とき"], ["時"], ["際"])
    triggers = (
        case or following[:1] in (["と"], ["ば"]) or following[:2] in (["た", "ら"],) or following[:1] == ["たら"]
    )
    by_hand = operates or (noun or token.dictionary_form()) in acts() - _by_the_product()
    if triggers and form.startswith(("終止形", "連体形", "仮定形", "連用形")):
        return by_hand or ("を" in before and not noun)
    return (
        by_hand
        and not (noun and before[-1:] != [noun])
        and ("を" in before or "続け" in "".join(before))
        and (joins(tokens, index) or ends(tokens, index))
    )
