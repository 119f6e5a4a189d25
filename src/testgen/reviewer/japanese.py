"""Japanese steps by morphemes: which predicates are joined, and which of them are checks. Uses Sudachi with its small dictionary."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from testgen.reviewer.japanese_arrows import chained, without_enter
from testgen.reviewer.japanese_behaviour import behaviour
from testgen.reviewer.japanese_blanks import with_stops
from testgen.reviewer.japanese_conditions import conditions
from testgen.reviewer.japanese_endings import Predicate
from testgen.reviewer.japanese_gestures import brings_up_a_menu, separate
from testgen.reviewer.japanese_orders import commands as commands  # noqa: PLC0414 - part of the grammar
from testgen.reviewer.japanese_predicates import predicates
from testgen.reviewer.japanese_states import state
from testgen.reviewer.japanese_telling import tells
from testgen.reviewer.reading import Reading, Span
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK

PLAIN_CHECK_IS_STYLE = True  # 「…を確認する」 as a step is normal
_SEVERAL = 2
_NEAR = 12  # characters before a check
_A_FACT = re.compile(r"(?:こと|[うくすつぬぶむるた]の|か|かどうか)(?:を|も)?[^、。を]{0,8}$")
_CHUNK = 10_000  # characters; the tokenizer takes 49,149 bytes at once
_QUESTION = re.compile(r"(?<=。)[^。を]{1,40}[るたい]か。?$|(?:か|でしょうか)[？?]|[？?]\s*$")
# 開いていただけますか？ asks for an action.
_REQUEST = re.compile(
    r"(?:[てで]|[おご御][^。、]{1,12})(?:いただけ|頂け|もらえ|貰え|くれ|くださ|下さ|願え)[^。]{0,12}$"
)
_PRECONDITION = re.compile(
    r"(?:(?:が|を|[うくすつぬぶむるたいだ])前提(?:条件)?で?|が(?:[^。、を]{0,10}に)?存在すること|は[^をがに]{1,20}とする|(?:である|済みである|でいる|ている|てある|ておく|がある|済み)こと|(?:済ませ|終え|完了し|終わらせ|用意し|準備し)ておく|(?:ている|である|ておく|てある|がある)必要がある|を?前提(?:とする|条件(?:とする|である)?)|済みの状態であること)。?$"
)
# 「送信」を押して、送信済みに入っていること: after an action what must hold is looked at.
_DONE_BEFORE = re.compile(
    r"[^。、]{0,40}を(?P<verb>(?:押|選|開|閉|外|クリック|タップ|タッチ|入力|選択|実行|送信|登録|挿入|投入)[^。、を]{0,6})(?:て)?、"
)
# 「開始」を押すと緑に点灯する: an action that tells what is seen then.
_OUTCOME = re.compile(
    r"を[^。を]{1,20}?(?:[すくるむ]と|し、|し、|って、|して|んで、)[^。を]{0,40}?"
    r"(?P<seen>(?:[一-龠ァ-ヶー]{1,8}さ|[一-龠ァ-ヶー]{1,8}(?<![入触離忘訪]))れ(?:ます|る)?(?:こと)?|(?:点灯|点滅|消灯|遷移|停止|完了|終了|鳴動)(?:する|します|すること)|[にと]な(?:る|ります)(?:こと)?)。?$"
)
# 押して停止する: the tester does it.
_BROUGHT_ABOUT = re.compile(r"(?:て|で|し、)[^がはもと]{0,12}(?:停止|完了|終了)(?:する|します)。?$")
# 「A」→「B」の順にタップする; a menu's entries are chosen by one gesture.
_TURNS = re.compile(
    r"[^、。→]{1,12}(?:→|、)(?P<second>[^、。→]{1,12})の順[にで](?=[^。]{0,16}(?:押|入れ|切|開|閉|選|付け|外|置|タップ|クリック|タッチ|実行|登録|電源|起動))"
)
# 2個流す(間隔を詰める): the text in brackets at the end says how, or (扉が開いているとき) what must hold.
_ASIDE = re.compile(r"(?<=\S\S)[（(][^（）()]*[）)]。?$")
_HOLDING = re.compile(
    r"[（(][^（）()]{0,20}[がは][^（）()]{0,20}(?:中|とき|時|状態|いる|てる)(?:に|で)?(?=[）)]。?$)|[（(][^（）()]{2,40}(?:ない|た|る)状態で?(?=[）)]。?$)"
)
# 設定→一般→情報を開く: the entries of a menu, named by nouns.
_PATH = re.compile(
    r"(?:[^→、。をにで]{1,12}(?<!起動)(?<!ログイン)(?<!入力)(?<!押下)(?<!スキャン)(?<!投入)(?<!挿入)(?<!送信)(?<!保存)(?<!印刷)→)+[^→、。]{0,16}?(?:開く|選択|選ぶ|タップ|クリック)(?:する|します)?。?"
)
# 件数を不一致にした状態で、…: what is brought about before the test; too much or too little of something (残高不足の状態で) at any time.
# この状態で is the test's own, 開けた状態で固定する and 「A」を押した状態で tell how, and 未入力の状態で is what is tried.
_PREPARED = re.compile(
    r"^(?![^。、]{0,30}(?:[このそ]の|まま|上記|前|手順\s?\d+の?|同じ|未入力の?|空欄の?|入力し(?:た|ない)|チェックを[^。、]{1,8}|(?:押し|押さえ|持っ|握っ|立っ|座っ|離し|開い|選択し|表示され|向きにし|[縦横]にし)た)(?:の)?状態)"
    r"[^。、]{2,40}状態(?:で|にて)(?=、?[^。]{2})(?!も|[^。、を]{0,4}(?:固定|保持|維持|保[ちつっ]|置[きくい]))"
)
_TOO_MUCH = re.compile(
    r"^[^。、を]{0,16}?(?:過[一-龠]{1,3}|満[一-龠]|不足|切れ|超過|オーバー|[一-龠]断|不可|[足た]りない|[足た]りてない|[足た]らない)(?:の|した)?状態(?:で|にて)(?=[^、もの])"
)
# ※事前に紙をセットしておくこと。 入れ(ブレーカーは上がっていること)、: what must hold, beside what is done.
_BEFOREHAND = re.compile(
    r"※?(?:事前に|あらかじめ|予め|前もって)[^。、]{1,40}てお(?:(?:く|いて|き)[^。、]{0,10}(?:。|$)|(?:き|いて)、)"
    r"|(?<=[（(])[^（）()。を]{2,30}(?:(?:[てで]い?|であ|てあ)ること|ておく(?:こと)?|後に)(?=[）)])"
    # アプリ「返却する」→ポート外なので…
    r"|[^→。、]{1,20}(?:な|である|ている|がある|がない)ので[…‥。・.]*$"
)
_LAST_SENTENCE = re.compile(r"(?<=。)[^。]{3,80}。?$")
_EXPECTED = re.compile(r"(?:はず(?:です)?|[るい]こと)。?$")
_IN_THAT_STATE = re.compile(r"[てで][^、。てで]{1,15}[ただ](?:状態で|まま)")
_LABELLED = re.compile(r"[（(【\[](?:事前)?前提(?:条件)?[)）】\]]\s*(?=\S)")
_HOLDS = re.compile(r"(?:ている|である|がある|てある|でいる)こと。?$")
_ORDER = re.compile(r"ておくこと。?$")
# [確定], 〔照会〕, F4: a label in brackets, or on a key, is what 「確定」 is. [1] numbers an entry.
_LABEL = re.compile(
    r"(?<![A-Za-z0-9])F\d{1,2}(?![\dA-Za-z]|号|階|型)|\b(?:Ctrl|Alt|Shift|Cmd)\s?[+＋]\s?(?!Enter)[A-Za-z0-9]{1,6}|\[[^\[\]、。\n]{1,20}(?<!\[\d)\]|［[^［］、。\n]{1,20}］|〔[^〔〕、。\n]{1,20}〕|〈[^〈〉、。\n]{1,20}〉|＜[^＜＞、。\n]{1,20}＞"
)
_IN_TURN = re.compile(
    rf"(?<!メニュー)(?<!{MASK}){MASK}+\s*[→⇒、・,と]\s*(?P<second>{MASK}+)[のを]順[にで](?=押|タップ|クリック|タッチ)"
)
# 1人目を現金、2人目をクレジットで払う: one verb is shared by what is done for each.
_SHARED_OUT = re.compile(
    r"[1-9一二三四五][一-龠]{1,2}目(?:を|は|に)[^、。を]{1,16}、(?P<second>[1-9一二三四五][一-龠]{1,2}目)(?=を|は|に)"
)
# 1)電源投入 2)自己診断: a list in one step
_NUMBERED = re.compile(r"\A\s*(?:[(（]?[1１][)）.．]|①)(?!\d)[^。\n]{2,60}?[\s、。→](?P<second>[(（]?[2２][)）.．]|②)")
_SEVERALLY = (_IN_TURN, _TURNS, _SHARED_OUT, _NUMBERED)
# 暗証番号を入れて「施錠」: the button is pressed, though no verb says so.
_PRESSED = re.compile(
    rf"(?:[てで](?:から)?|[いきしちにびみりえけせてねべめれ][、\s]|たら、?|後、?|→)\s*(?P<second>{MASK}+|OK|ＯＫ|次へ|つぎへ|確定|保存|カートへ)(?:へ|ボタン|キー)?(?:[（(][^（）()]{{0,30}}[)）])?。?$"
)
# ログイン後メニューから「入荷」
_FROM_THERE = re.compile(rf"から(?P<second>{MASK}+)。?$")
# フェーダーを全部初期位置へ。
_PUTS = re.compile(r"を(?P<first>[^。、を]{1,12}[へに])。(?=\S)")
# 評価いれて: cut as a form of いる
_PUTS_IN = re.compile(r"(?<=[一-龠々ァ-ヶー\dを])いれ(?=[てたるまず])")
# ガチャ画面へ, 演出はスキップで: a sheet leaves out the verb.
_GOES = re.compile(
    r"(?:[てで]|し、|→|[るす]。)[^。]{0,12}?(?P<second>[一-龠ァ-ヶー]{1,14}へ|(?<=は)[一-龠ァ-ヶー]{2,8}で)。?$"
)
# 修正し、リラン。 戻した後、再ラン: a clause that is one word says what is done.
_ALONE = re.compile(
    r"(?:[いきしちにびみりえけせてねべめれ]|後|から)、(?P<second>[ァ-ヶー]{3,10}|再[ァ-ヶー一-龠]{2,4})。?$"
)
_CASE = re.compile(r"(?:場合|[るたい]とき|[るたい]時|際)(?:は|に|には|、)|たら、|[えけげせてねべめれ]ば、?|なら、?")
# 報告を行い、エラーの場合は再送する; 問題がなければ送付する is the usual course.
_UNLIKELY = re.compile(
    r"、(?![^、。]{0,12}(?:問題|異常|不備|エラー|誤り|間違い|相違)[がも]?(?:なければ|ない|無))[^、。]{1,20}(?:場合[はに、]|なければ|ないとき|ない時)"
)
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
    masked = with_stops(_PUTS_IN.sub("入れ", masked))
    if told := _holding(masked, begun=begun):
        return told
    masked = without_enter(_LABEL.sub(lambda match: MASK * len(match.group()), masked))
    found = predicates(masked)
    if all(entry.kind == "state" for entry in found) and not chained(text, masked) and (needed := state(masked)):
        return Reading(precondition=needed)
    outcome = _OUTCOME.search(masked)
    if outcome and _BROUGHT_ABOUT.search(outcome.group()):
        outcome = None
    if outcome and not any(entry.kind == "check" for entry in found):
        begun_with = [entry.begin for entry in found if entry.kind == "action" and entry.begin < outcome.start("seen")]
        return Reading(begun_with or [outcome.start()], outcome.span("seen"))
    check = next(((entry.begin, entry.end) for entry in found if entry.kind == "check"), None)
    done = _done(text, masked, found, checked=bool(check))
    if done and not check and (aside := _HOLDING.search(masked)):
        return Reading(done, precondition=aside.span())
    if check and done and masked.startswith(("ながら", "つつ"), check[1]):
        return Reading(done, question=question(masked))  # 画面を見ながら押す
    if check and done and check[0] < done[0] and not begun:
        return Reading(done, precondition=check)  # 解除されているのを見てから電源を入れる
    brought = (not begun and _PREPARED.match(masked)) or _TOO_MUCH.match(masked)
    prepared = (brought if done else None) or _BEFOREHAND.search(masked)
    if prepared:
        done = [
            begin for begin in done if not (prepared.re is _BEFOREHAND and prepared.start() <= begin < prepared.end())
        ]
    asserted = _asserted(masked) if done and not check else None
    return Reading(done, check, prepared.span() if prepared else None, question(masked), asserted)


def _asserted(masked: str) -> Span | None:
    """再起動する。ログに「started」が出ているはず。 押下。在庫がロックされる。: what the last sentence says is seen then."""
    last = _LAST_SENTENCE.search(masked)
    seen = last and "を" not in last.group() and (_EXPECTED.search(last.group()) or behaviour(last.group()))
    told = last and seen and tells(last.group())
    return last.span() if last and told else None


def _holding(masked: str, *, begun: bool) -> Reading | None:
    """An action that says only what holds: before the test a precondition, in the middle of it a check."""
    if begins_with := _LABELLED.match(masked):
        return Reading(precondition=(begins_with.end(), len(masked)))
    needed = precondition(masked)
    if needed and begun and _ORDER.search(masked, *needed):
        needed = None  # 元データを削除しておくこと: once the test has begun it is asked for
    if needed and (begins := _LAST_SENTENCE.search(masked)) and _acts(masked[: begins.start()]):
        return None  # 再起動する。ログに…が出ていること。
    if needed and (first := _DONE_BEFORE.match(masked[: needed[0]])):
        return Reading([first.start("verb")], needed)
    if needed:
        looked_at = begun and _HOLDS.search(masked, *needed)
        return Reading(state=needed) if looked_at else Reading(precondition=needed)
    asserted = masked[: aside.start()] if (aside := _ASIDE.search(masked)) else masked
    waited = re.search("(?:待つ|待機する)こと。?$", asserted)
    if begun and "を" not in asserted and asserted.rstrip("。").endswith("こと") and not waited and tells(asserted):
        return Reading(state=(0, len(asserted)))  # 自動放送が流れること
    return None


def _is_how(masked: str, end: int) -> bool:
    """閉めて照明を消した状態で撮影する: what leads to the state is no act of its own."""
    return bool(_IN_THAT_STATE.match(masked, max(end - 1, 0)))


def _acts(masked: str) -> bool:
    return any(entry.kind == "action" for entry in predicates(masked))


def _done(text: str, masked: str, found: list[Predicate], *, checked: bool) -> list[int]:
    """Where each action begins that is one of its own."""
    aside = _ASIDE.search(masked)
    said = [entry for entry in found if entry.kind == "action" and not (aside and entry.begin > aside.start())]
    said = [entry for place, entry in enumerate(said) if not _is_how(masked, entry.end) or place + 1 == len(said)]
    done = [entry.begin for entry in separate(text, said)]
    cases = _cases(masked) if len(done) > 1 else []
    done = [
        begin for place, begin in enumerate(done) if not place or not _in_a_case(masked, done[place - 1], begin, cases)
    ]
    unlikely = {begin for place, begin in enumerate(done) if place and _UNLIKELY.search(masked, done[place - 1], begin)}
    if len(unlikely) == 1:  # of two cases each has its own act
        done = [begin for begin in done if begin not in unlikely]
    if _PATH.fullmatch(masked):
        done = done[-1:]
    if len(done) < _SEVERAL and not checked and (chain := chained(text, masked)):
        return chain
    if len(done) < _SEVERAL and (
        several := next(filter(None, (pattern.search(masked) for pattern in _SEVERALLY)), None)
    ):
        done = [*(done or [several.start()]), several.start("second")]
    if done and (put := _PUTS.search(masked)) and put.start("first") < done[0]:
        done.insert(0, put.start("first"))
    endings = (
        (pattern.search(masked, done[-1]) for pattern in (_PRESSED, _FROM_THERE, _GOES, _ALONE))
        if done and not checked
        else ()
    )
    last = next(filter(None, endings), None)
    if last and last.start("second") >= said[-1].end and not brings_up_a_menu(text[: last.start("second")]):
        done.append(last.start("second"))
    return done


def _in_a_case(masked: str, before: int, begin: int, cases: Sequence[int]) -> bool:
    """Whether an action is the first in a sentence of its own that says when it is done: 電源が入っていない場合は電源を入れる。"""
    start = masked.rfind("。", 0, begin) + 1
    if before >= start:
        return False
    said = bisect_left(cases, start)
    return bool(_CASE.search(masked, start, begin)) or (said < len(cases) and cases[said] < begin)


def _cases(masked: str) -> list[int]:
    """Where conditions stand on which it depends what is done."""
    tokens = [token for token in tokenize(masked) if token.part_of_speech()[0] != "空白"]
    return sorted(span[0] for _, span in conditions(tokens))


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


def says_what_is_seen(masked: str, check: Span) -> bool:
    """…ことを確認する, …か見る say it; 一覧を確認する does not."""
    return bool(_A_FACT.search(masked, max(check[0] - _NEAR, 0), check[0]))


def precondition(masked: str) -> Span | None:
    """An ending that only says what must hold before the test."""
    match = _PRECONDITION.search(masked)
    return match.span() if match else None
