"""Japanese: what the product does by itself, and what leads to a result. It recognises little, so that it is seldom wrong."""

import re
from typing import TYPE_CHECKING

from testgen.reviewer.reading import Span
from testgen.text.japanese_tokens import tokenize
from testgen.text.marks import MASK, mask

if TYPE_CHECKING:
    from sudachipy import Morpheme

_SENTENCE = re.compile(r"[^。．\n]+")
# What a product consists of. Whoever is not among these may be a person.
_PRODUCT = re.compile(
    r"(?:システム|アプリ|バッチ|ジョブ|サーバー?|サービス|プログラム|データベース|DB|API|画面|ページ|ダイアログ|ボタン|一覧|メニュー|"
    r"メッセージ|通知|バナー|装置|機器|端末|デバイス|ポンプ|プリンター?|モニター?|センサー|コントローラー?|ランプ|LED|アラーム|カウンター?|"
    r"タイマー|メール|ファイル|セッション|トークン|リンク|機能|処理|ロボット|バルブ|モーター?|ゲーム|側|機|信号|扉|ドア)$"
)
_AGENT = re.compile(r"(?:システム|アプリ|バッチ|ジョブ|サーバー?|サービス|プログラム|データベース|API)$")
# What only products do, in the active voice too.
_BY_ITSELF = {
    "点灯",
    "点滅",
    "消灯",
    "遷移",
    "タイムアウト",
    "ロールバック",
    "失効",
    "自動保存",
    "自動更新",
    "自動送信",
}
# What only happens: whatever its subject is, nobody does it.
HAPPENS = {"変わる", "届く", "消える", "増える", "減る", "現れる", "見える", "残る", "鳴る", "光る"}
_WORTH_A_LOOK = re.compile(
    f"[がは]|自動|れ[るたま]|でき|出来|[えけげせてねべめ](?:る|ます)|{'|'.join(sorted(_BY_ITSELF))}"
)  # tokenizing takes time

_NUMBERED = re.compile(
    r"^(?:要求|リクエスト|操作|試行|送信)?の?(?P<n>\d{1,5})(?:回|度)目(?P<what>の[^では、]{1,20}?)?(?=では|は|に|で|の|、)"
)
_ID = re.compile(r"^[A-Z]{1,6}-?\d{1,5}\s?[:：]\s*")  # the number of a requirement
_SHOWN_FIRST = re.compile(
    r"^[^、。をが]{1,30}は[^、。を]{0,20}[^ぁ-ん、]、(?=[^、。]{1,40}(?:ても|すると|たら))"
)  # 起動中は「----」、押しても…
_TIMED = re.compile(r"^(?P<t>\d+\s*(?:秒|分|時間|日|か月)(?:以上)?)(?:後|経過|たつ|放置)")
_MARKS = re.compile(
    rf"(?<=[うくぐすつぬぶむる])と(?=[、{MASK}ァ-ヶ一-龠A-Za-z0-9])|(?<![前午最今背直])後(?:に|は|、|で|の)|(?:の|る|た)とき(?:に|は|、|の)?"
    r"|(?<=[一-龠ァ-ヶー])(?<![同常一])時(?:に|は|、)|場合(?:は|に|、|の)|(?<=て)も|(?<=[ドトルスーン号値])でも|たら、?"
)
_VALUED = re.compile(r"^(?P<t>[^、。]{1,40}?)では(?!な)")
_PLACE = re.compile(r"(?:画面|一覧|ページ|ダイアログ|欄|タブ|ログ|端末|環境|メール|表|側|中|上|内)\s*$")


def behaviour(masked: str) -> Span | None:
    """A sentence whose last verb is the product's: passive, its own by meaning, automatic, or with the product for a subject."""
    for sentence in _SENTENCE.finditer(masked):
        if _WORTH_A_LOOK.search(sentence.group()) and _is_the_products(sentence.group()):
            return sentence.span()
    return None


def _is_the_products(sentence: str) -> bool:
    tokens = [token for token in tokenize(sentence) if token.part_of_speech()[0] not in ("空白", "補助記号")]
    last = next((index for index in reversed(range(len(tokens))) if tokens[index].part_of_speech()[0] == "動詞"), None)
    if last is None or tokens[last].surface() == tokens[last].dictionary_form() + "こと":
        return False
    tail = [token.dictionary_form() for token in tokens[last + 1 :]]
    if any(word not in ("れる", "られる", "た", "ます", "て", "いる", "だ") for word in tail):
        return False
    if tail[:1] in (["れる"], ["られる"]):
        return True
    verb = (
        tokens[last - 1].surface()
        if last and tokens[last].dictionary_form() == "する"
        else tokens[last].dictionary_form()
    )
    if verb in _BY_ITSELF or _is_automatic(tokens[:last]) or can(tokens[last]):
        return True
    before = [token.surface() for token in tokens[:last]]
    if "が" in before and (verb in HAPPENS or (verb == "表示" and "を" not in before)):
        return True
    return _has_a_product_for_subject(tokens[:last])


def can(verb: "Morpheme") -> bool:
    """できる, 選べる, 押せる: what can be done is told of the product. The dictionary has the latter as forms of 選ぶ and 押す."""
    form, usual = str(verb.dictionary_form()), str(verb.normalized_form())
    potential = verb.part_of_speech()[4].startswith("下一段") and form != usual and form[:-2] == usual[:-1]
    return usual == "出来る" or bool(potential)


def _is_automatic(before: "list[Morpheme]") -> bool:
    """自動で or 自動的に with no verb between it and the last one."""
    places = [index for index, token in enumerate(before) if token.surface() == "自動"]
    if not places or places[-1] + 1 >= len(before):
        return False
    after = before[places[-1] + 1 :]
    return after[0].surface() in ("で", "的") and not any(token.part_of_speech()[0] == "動詞" for token in after)


def _has_a_product_for_subject(before: "list[Morpheme]") -> bool:
    """The nearest が that no other verb stands behind, or a は, which no relative clause has."""
    nearest = True
    for index in reversed(range(1, len(before))):
        token = before[index]
        if token.surface() == "が" and token.part_of_speech()[0] == "助詞" and nearest:
            return bool(_PRODUCT.search(before[index - 1].surface()))
        if token.surface() == "は" and token.part_of_speech()[1] == "係助詞":  # else it marks what is acted upon
            return _has_an_object(before[index:]) and bool(_AGENT.search(before[index - 1].surface()))
        nearest = nearest and not _ends_a_clause(before, index)
    return False


def _ends_a_clause(tokens: "list[Morpheme]", index: int) -> bool:
    """Whether a clause ends there: at a verb (the する of 選択する with its noun), or at an adjective before its noun."""
    token = tokens[index]
    if token.part_of_speech()[5].startswith("連体形") or token.part_of_speech()[0] == "形状詞":
        return True
    if token.part_of_speech()[0] != "動詞":
        return False
    return bool(token.dictionary_form() != "する" or tokens[index - 1].part_of_speech()[0] == "名詞")


def _has_an_object(tokens: "list[Morpheme]") -> bool:
    return any(token.surface() == "を" for token in tokens)


def trigger(text: str) -> str:
    """The part of an expected result that says what leads to it; empty if it names nothing."""
    text = _SHOWN_FIRST.sub("", _ID.sub("", text))
    masked = mask(text)
    if found := _TIMED.match(text):
        return found["t"]
    if found := _MARKS.search(masked):
        return text[: found.start()]
    found = _VALUED.match(masked)
    if found and not _PLACE.search(found["t"]) and re.search(rf"\d|{MASK}", found["t"]):
        return text[: found.end("t")]
    return ""


def is_by_itself(trigger: str) -> bool:
    """Whether something happens without anybody's action: its subject is not a person."""
    return bool(re.search(r"(?<![者員師長人客])が", trigger))


def ordinal(text: str) -> tuple[int, str, str] | None:
    """Which occurrence an expected result refers to, and of what, and its wording: 31回目の要求."""
    found = _NUMBERED.match(text)
    return (int(found["n"]), (found["what"] or "").removeprefix("の"), found.group()) if found else None


def digits(normalised: str) -> str:
    """The text with number words as digits; Japanese procedures write them in digits."""
    return normalised
