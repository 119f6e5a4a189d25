"""Japanese: which actions of a step form one gesture. Menus, pointing, dragging and confirming a choice take two verbs."""

import re
from collections.abc import Sequence

from testgen.reviewer.japanese_arrows import ENTRY, OPENING_KEY
from testgen.reviewer.japanese_endings import Predicate
from testgen.reviewer.japanese_nouns import acts
from testgen.reviewer.lexicon import lexicon
from testgen.text.marks import MASK, mask

_OPENS_A_MENU = re.compile(
    r"(?:メニュー|プルダウン|ドロップダウン|コンボボックス|リストボックス|選択リスト|コンテキスト|メニューバー|三点リーダー|ハンバーガー|ツリー|階層|アコーディオン)[^。、]{0,12}?"
    r"(?:を|から|で|の)?[^。、]{0,12}?(?:開|クリック|押|タップ|表示|展開|タッチ|出)[^。、]{0,3}$"
    r"|(?:右クリック|長押し|ロングタップ|ロングプレス)[^。、]{0,3}$"
)
_PICKS = re.compile(r"(?:選|クリック|タップ|タッチ|指定|押|たど)[^。、]{0,4}$")
_A_CONTROL = re.compile(r"ボタン|チェック|タブ|キー|釦")
_PAIRS = (
    (
        re.compile(r"(?:選[びんぶ]|選択|反転|合わせ|入力|入れ|打ち|打っ|打ち込)[^。、]{0,3}$"),
        re.compile(
            r"\s*(?:Enter|エンター|リターン|Return|スペース|Tab|タブ)\s*(?:キー)?\s*(?:を|の)?\s*(?:押|打|タップ|入力)",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"(?:ドラッグ|つかみ|つかん|掴み|掴ん|つまみ|つまん|選択|選[びん])[^。、]{0,3}$"),
        re.compile(r"ドラッグ|ドロップ|離"),
    ),
    (
        re.compile(r"ドラッグ(?:し(?:て)?)?$"),
        re.compile(r"入れ|移|置|重ね|載せ|乗せ|追加|並べ"),
    ),
    (re.compile(r"(?:つかみ|つかん|掴み|掴ん|つまみ|つまん)[^。、]{0,3}$"), re.compile(r"移動|動か|引")),
    (
        re.compile(
            r"(?:カーソル|マウス|ポインタ|ポインター|照準|スクロール)[^。、]{0,20}?(?:合わせ|重ね|乗せ|のせ|載せ|置|当て|移動|動か|スクロール)?[^。、]{0,3}$"
        ),
        re.compile(r"クリック|タップ|左ボタン|押"),
    ),
    (re.compile(r"(?:選択し|選び|選ん)(?:て|で)?$"), re.compile(r"右クリック|長押し")),
    (re.compile(r"(?:変え|替え|換え)て$"), re.compile(r"^て?同(?:様|じよう)に")),  # the value of another round
    (re.compile(r"(?:枠|線|位置|向き|中央|目印)に合わせて$"), re.compile(r"")),
    (re.compile(r"(?:使って|使い|用いて|用い|利用して|使用して)$"), re.compile(r"")),  # the means
    # how it is done: 1文字まちがえて入力
    (
        re.compile(
            r"(?:間違え|まちがえ|間違っ|誤っ|急い|まとめ|分け|重ね|続け|繰り返し|並べ|揃え|省い|省略し|飛ばし|歩い|逆にし|連続し)[てで]$"
        ),
        re.compile(r""),
    ),
    # 右クリック→「削除」, 長押しして[ピン留め]: the menu that comes up, and its entry
    (
        re.compile(r"(?:右クリック|長押し|ロングタップ|ロングプレス)(?:し(?:て)?)?$"),
        re.compile(r"^て?[、\s]?[→⇒]?\s?[「『\[［【〔][^「」\[\]→⇒]{1,20}[」』\]］】〕]$"),
    ),
    # 「予約」キー短押し → 予約1選択: a key opens the choice, and its entry is taken
    (OPENING_KEY, re.compile(rf"^\s?[→⇒]\s?{ENTRY.pattern}$")),
    (re.compile(r"(?:押し|押さえ|踏ん|握っ|引い|つまん)て?で?$"), re.compile(r"^[てで]?(?:すぐに?)?(?:離|放)")),
    (re.compile(r"指定して$"), re.compile(r"^て?[^を、。]{0,4}(?:検索|照会|抽出|表示|出力|印刷|実行)")),
    # a touch panel is touched where the entry stands
    (
        re.compile(r"(?:パネル|画面|ディスプレイ|スクリーン)(?:に|を)?(?:触れ|タッチし|タッチ|さわっ|触っ)て?$"),
        re.compile(r"選|押|おす|タッチ"),
    ),
    (re.compile(r"に(?:立[ちっつ]|座[りっる]|つかま[りっ]|掴ま[りっ]|もたれ|寄りかか[りっ])(?:て)?$"), re.compile(r"")),
    # how it lies: ラベルを上向きにして投入する
    (re.compile(r"(?:向き|上|下|表|裏|横|縦|斜め|右|左|前|後ろ|手前)にして$"), re.compile(r"^て?[^を、。]{1,12}$")),
    # with what it is done: トークンを付けて POST する, 朱肉に付けて押す
    (re.compile(r"(?:付け|つけ|添え)て$"), re.compile(r"^て?(?:[^を、。]{0,6}押|\s*(?:GET|POST|PUT|PATCH|DELETE)\b)")),
    (re.compile(r"て$"), re.compile(r"^て?[^を、。]{0,6}(?:走行|歩行|通行|歩く|走る|歩き|走り)")),
    (re.compile(r"(?:ながら|つつ|たまま)$"), re.compile(r"")),
    # キーを持ってにぎる, ドアに近づきさわる: where the hand and the body are
    (
        re.compile(r"(?:[^お]持って|もって|構えて|近づ[いき]て?|近付[いき]て?|近寄って|しゃがんで|かがんで)$"),
        re.compile(r""),
    ),
    (
        re.compile(r"(?:持っ|もっ|抱え|背負っ|着け|つけ|連れ|載せ|乗せ)て$"),
        re.compile(r"^て?[^を、。]{0,8}(?:通|歩|ある[いくき]|行|移動|入る|出る|進|走)"),
    ),
)
_HELD = frozenset(("保持", "維持", "キープ", "静置", "押し続ける", "持続", "暖機", "予熱", "保温"))
_LETS_GO = frozenset(("離す", "放す", "抜く", "外す"))
_IN_AND_OUT = frozenset(("抜く", "差す", "挿す", "挿入", "差し込む"))
# 10秒後に, もう一度: another movement. 予約入れる: speech leaves out を.
_ANEW = re.compile(r"そのまま|\d|後|また|もう|再|[/／]")
# レバーを下げて, バルブを開けて: whatever the verb is, a hand moves it.
_A_HANDLE = re.compile(
    r"(?:レバー|ボタン|スイッチ|ハンドル|つまみ|ツマミ|ダイヤル|ペダル|キー|釦|フェーダー|コック|バルブ|弁|ノブ|チェーン|ロープ|紐|ひも|取っ手)を[^。、を]{1,10}$"
)
_A_STATE = re.compile(r"状態を[^をがに、。]{0,10}$")
_AT_ONCE = re.compile(r"(?:^|[てで、])(?:と)?同時に")
_AN_OBJECT = re.compile(rf"を|(?:どれ|いずれ|どこ)か$|と、|。|[一-龠ァ-ヶー{MASK}]$|{MASK}と$")
_BEHIND_AN_ARROW = re.compile(r"\s?[→⇒]\s?[^→⇒、。をにへで]{2,12}")
_DIRECTION = re.compile(r"(?:[上下左右前後横奥内外]|手前)?[へに]?")
# 圧力を上げる, pH上げる; カードを上げる moves a thing.
_AN_AMOUNT = re.compile(r"(?:[圧温湿濃密速高強角明重力量度値率音位]|[A-Za-z]{2,4}|レベル)を?$")
_INFLECTED = tuple("うくぐすつぬぶむる")
_IN_STEPS = re.compile(r"(?:手順|操作|方法|やり方)で")
_GOES_TO = frozenset(("進む", "進める", "移る", "戻る", "切り替わる", "続行"))


def brings_up_a_menu(text: str) -> bool:
    """ファイルを右クリックして: what is named behind it is an entry of the menu."""
    return bool(re.search(r"(?:右クリック|長押し|ロングタップ|ロングプレス)(?:し(?:て)?)?[、→⇒\s]?$", text))


def separate(text: str, actions: Sequence[Predicate]) -> list[Predicate]:
    """The actions, without those that only complete the gesture of the one before. `text` includes its quotes."""
    kept: list[Predicate] = []
    in_a_menu = False
    start = 0
    before: Predicate | None = None
    for action in actions:
        if before is None:
            kept.append(action)
            before = action
            continue
        first, second = text[start : _to_the_end(text, before, action)], text[before.end : action.end]
        picks = bool(_PICKS.search(second)) and not _A_CONTROL.search(second) and "ファイルを" not in second
        in_a_menu = picks and (in_a_menu or bool(_OPENS_A_MENU.search(first)))
        paired = in_a_menu or any(one.search(first) and other.search(second) for one, other in _PAIRS)
        answered = bool(OPENING_KEY.search(first)) and _answers(action, second)
        if (
            not paired
            and not answered
            and not _is_achieved(first, before, action, mask(text[before.end : action.begin]))
        ):
            kept.append(action)
        start, before = before.end, action
    return kept


def _answers(action: Predicate, second: str) -> bool:
    """上ボタン押下 → かご呼び: the stem of a verb that no tester does, behind the arrow of a key, is what the product does."""
    told = _BEHIND_AN_ARROW.fullmatch(second) and not second.endswith(action.lemma)
    return bool(told) and action.lemma[-1:] in _INFLECTED and action.lemma not in acts()


def _is_achieved(first: str, before: Predicate, action: Predicate, between: str) -> bool:
    """Whether a verb says only what the movement of a hand before it is for, or how long it lasts."""
    kinds = lexicon("ja")
    if action.lemma in ("続行", "継続", "繰り返す") and not re.search("[をに]", between):
        return True  # 警告を閉じて続行する
    if action.lemma == "する" and between.endswith("ように"):
        return True  # 入れかえて、線が交差するようにする
    if action.lemma in _HELD and ("を" not in between or _A_STATE.search(between)):
        return True  # 6秒間保持する, 通話状態を維持する
    if _AT_ONCE.search(between) or _is_an_effect(before, action, between):
        return True  # 管を閉じ、同時に時計を動かす
    moved = before.lemma in kinds["hand_movements"] or _A_HANDLE.search(first)
    if not moved or action.lemma in kinds["enters"] - {"入れる"}:
        return False
    if before.lemma in _LETS_GO and action.lemma not in kinds["achieved"]:
        return False  # 離して握る
    if action.lemma in kinds["hand_movements"]:
        # 裏返してかざす, 当てて下へ引く
        return bool(_DIRECTION.fullmatch(between)) and action.lemma not in _IN_AND_OUT
    return not (_ANEW.search(between) or action.lemma.endswith(("直す", "戻す"))) and _is_its_purpose(action, between)


def _is_an_effect(before: Predicate, action: Predicate, between: str) -> bool:
    """投入し、通常運転に復帰させる, 停止し、途絶状態とする, 薬剤を入れてpHを上げる: what the act before brings about. What is made to do
    something anew, so many times, or after a change of mode, is an act of its own."""
    if "。" in between or _ANEW.search(between):
        return False
    if action.caused:
        sent = action.lemma[-1:] in _INFLECTED  # 券を読ませる: a verb that is done to something
        return not (sent or before.caused) and before.lemma not in ("する", "戻す")
    if action.lemma == "する":
        return between.endswith("状態と")
    kinds = lexicon("ja")
    adds = before.lemma in kinds["adds"] | {"入れる"} | kinds["hand_movements"]
    return adds and action.lemma in kinds["degrees"] and bool(_AN_AMOUNT.search(between))


def _is_its_purpose(action: Predicate, between: str) -> bool:
    """回して解除する, かざして退室にする, 板を当て、センサーを反応させる: the verb has no object of its own, or its object is made to do
    something, or begins, ends or opens by the movement."""
    if _IN_STEPS.search(between):
        return False  # 押し、手順書の手順で復帰させる
    if action.caused or between.endswith("電源を"):
        return True
    kinds = lexicon("ja")
    achieved = action.lemma in kinds["achieved"] | kinds["degrees"] | kinds["measures_of_change"]
    becomes = action.lemma == "する" and between.endswith("に")
    placed = re.search("[にへ]", between) and not becomes and action.lemma not in _GOES_TO
    loose = "、" in between  # 押し、…: only what is known to be a purpose
    if not _AN_OBJECT.search(between.rpartition("、")[2]):
        return achieved if loose else not placed or achieved
    return achieved and not loose and "。" not in between


def _to_the_end(text: str, before: Predicate, action: Predicate) -> int:
    """With the conjunction behind the verb: 押し + ながら."""
    tail = re.match(r"て|で|ながら|つつ|たまま", text[before.end : action.begin])
    return before.end + tail.end() if tail else before.end
