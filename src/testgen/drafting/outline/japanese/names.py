"""Japanese names that stand for acts: 返品確定で, 「変更する」で, 適用後の, and what can or cannot be done."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.morphemes import TRIGGER, Clause, tokens
from testgen.drafting.outline.japanese.observing import Observing
from testgen.drafting.outline.model import Act
from testgen.text.marks import mask, quotes

_BY = re.compile(
    r"^(?P<what>[a-z][\w.-]{2,20}\s?(?=には)|[^、。はがをに]{1,30}?)(?P<mark>には|(?<!ま)で(?:は|も)?|だと|なら)[、，]?(?=[^すきあもはの、])"
)
_AFTER = re.compile(r"^(?P<what>[^、。がはを]{2,30}?)後の\s?")
_REQUEST = re.compile(
    r"^(?P<what>[^、。がは]{0,20}?(?:GET|POST|PUT|PATCH|DELETE) /[^\s、。がは]{1,80})\s?(?:が|は|で)\s?"
)
_AT = re.compile(
    r"^(?P<what>(?:\d{4}/)?\d{1,2}/\d{1,2}(?:\s?\d{1,2}:\d{2})?)(?:に|では|の時点で(?:は)?)[、，]?(?=[^、]{0,30}[がはを」])"
)
_DURING = re.compile(r"^(?P<who>[^、。はがをのに]{1,12})の(?P<what>[一-龠ァ-ヶー]{2,8})中(?:に|は|には)?[、，]")
_FROM = re.compile(
    r"^(?P<what>[^、。がは]{1,30}(?:リンク|ボタン|アイコン))(?:から|で)(?=[^、。]*(?:開|表示|遷移|移動))"
)
_TOPIC = re.compile(r"^(?P<what>[^、。]{2,40}?)(?:は|も)")
_JUDGED = re.compile("受け付け|受付|完了|成功|失敗|拒否|却下|エラー|承認|許可|でき|必要|不要|なり")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
# What a name says of the act that it stands for: the act's text and kind.
_NAMED_ACTS = (
    (re.compile(r"([「『][^」』]{1,40}[」』](?:ボタン|キー)?)"), "{0}を押す", "press"),
    (re.compile(r"([^、。「」]{1,20}(?:から|の)[「『\[][^」』\]]{1,40}[」』\]])"), "{0}を押す", "press"),
    (re.compile(r"(.*(?:バッチ|ジョブ|処理))"), "{0}を実行する", "told"),
    (re.compile(r"(F\d{1,2})"), "{0} を押す", "press"),
    (re.compile(r"(.*(?:ON|OFF|オン|オフ))"), "{0}にする", "told"),
    (re.compile(r"(.*(?:レバー|ボタン|スイッチ|キー|ハンドル|ペダル|つまみ|ダイヤル|ノブ))"), "{0}を操作する", "told"),
    (re.compile(r"([^+＋]+?)\s?(\d{1,2})回[+＋]([^+＋]+?)\s?(\d{1,2})回"), "{0}を{1}回、{2}を{3}回行う", "told"),
    (re.compile(r"(.+?)\s?(\d{1,2})回"), "{0}を{1}回操作する", "told"),
)


# Nouns of two verbs, written without their endings; the dictionary has them as plain nouns.
STEMS = dict(
    pair.split(":")
    for pair in [
        "振込:振り込む",
        "取込:取り込む",
        "申込:申し込む",
        "払込:払い込む",
        "読込:読み込む",
        "書込:書き込む",
        "引出:引き出す",
        "払出:払い出す",
        "貸出:貸し出す",
        "取消:取り消す",
        "払戻:払い戻す",
        "差戻:差し戻す",
        "振替:振り替える",
        "切替:切り替える",
        "両替:両替する",
        "引落:引き落とす",
        "預入:預け入れる",
        "差替:差し替える",
    ]
)


class Names(Observing):
    """Names that stand for acts."""

    def _act(self, clause: Clause, *, told: bool) -> Act | None:
        raise NotImplementedError

    def _nominal(self, what: str) -> Act:
        """A name that stands for what is done: a label, a switch, a time that passes, an act."""
        for pattern, text, kind in _NAMED_ACTS:
            if found := pattern.fullmatch(what):
                return Act(text.format(*found.groups()), kind, (found.group(1),))
        if lasts := self.lapse(what):
            return Act(self.lexicon.phrase("wait", value=lasts), "wait")
        who = re.match(r"^(?P<who>[^の]{1,20})の(?P<what>[^の]{2,10})$", what)
        if who and self._is_act(who["what"]) and self.reader.is_person(who["who"]):
            return Act(f"{who['what']}する", "told", (), "", who["who"])
        if self._is_act(what):
            suru = re.search(r"を|(?:で|から)[一-龠ァ-ヶー]{2,}$", mask(what))
            return Act(what + ("する" if suru else "を行う"), "told", (what,))
        return Act(self.lexicon.phrase("own_words", what=what), "nominal", (what,))

    def _is_act(self, what: str) -> bool:
        """返品確定, ハンドルSWで応答: a noun that is an act of a person."""
        words = tokens(what)
        if what.endswith(tuple(STEMS)):
            return True
        verb = self.reader.verb(Clause(what, verb=words[-1].surface() + "する")) if words else None
        known = verb is not None and verb.lemma == words[-1].surface() and verb.conjugation == "suru"  # ログイン
        if not words or not (known or words[-1].part_of_speech()[2] == "サ変可能"):
            return False
        by_hand = verb is None or verb.kind == "action"
        return by_hand and ("で" in what or not what.endswith(tuple(self.lexicon.data["places"])))

    def _attempt_of(self, clause: Clause) -> Act | None:
        """Bは解錠できる, 会計へ進める: whether something can be done is seen by doing it."""
        if clause.verb == "できる":
            return None
        _, _, person = self.reader.split_actor(clause.before)
        text = clause.before
        if not person and "を" not in mask(text):
            text = re.sub(r"(?<!まで)[がは](?=[^がは]*$)", "を", text)
        tried = replace(clause, before=text, potential=False, negative=False, link=TRIGGER)
        verb = self.reader.verb(tried)
        possible = verb is None or verb.kind == "action"
        return self.reader.act(tried, leads=True, told=True, chained=False, own=True) if possible else None

    def _after(self, text: str) -> tuple[Act, int] | None:
        """SUMMER10 適用後の合計: what is spoken of is so after an act, or after a time."""
        match = _AFTER.match(mask(text))
        if not match:
            return None
        if lasts := self.lapse(match["what"]):
            return Act(self.lexicon.phrase("wait", value=lasts), "wait"), match.end()
        found = split_clauses(text[: match.end("what")] + "後に")
        act = self._act(found[-1], told=False) if found and found[-1].link == TRIGGER else None
        return (act, match.end()) if act else None

    def _by(self, text: str) -> tuple[Act, int] | None:
        """「変更する」で…, 返却レバーで…, 返品確定で…: by what it comes about."""
        return self._by_form(text) or self._by_name(text)

    def _by_form(self, text: str) -> tuple[Act, int] | None:
        """A request, somebody who is at something, a link, a date: told by their form alone."""
        if request := _REQUEST.match(mask(text)):
            what = text[: request.end("what")]
            return Act(f"{what} を送る", "send", (what,)), request.end()
        during = _DURING.match(mask(text))
        if during and self.reader.is_person(text[: during.end("who")]) and self._is_act(during["what"]):
            act = Act(f"{during['what']}する", "during", (), "", text[: during.end("who")])
            return act, during.end()
        if (link := _FROM.match(mask(text))) and not quotes(text[: link.end()]):
            what = text[: link.end("what")]
            return Act(f"{what}をクリックする", "press", (what,)), link.end()
        if dated := _AT.match(text):
            return self._nominal(dated["what"]), dated.end()
        return None

    def _by_name(self, text: str) -> tuple[Act, int] | None:
        """A name before で, では, だと."""
        match = _BY.match(mask(text))
        if not match:
            return None
        what = text[: match.end("what")]
        if re.match("いずれ|どの|どれ|すべて|全て|それぞれ|各", what):
            return None
        if match["mark"] == "で" and _CLOCK.fullmatch(what):
            return Act(self.lexicon.phrase("wait_until", clock=what), "wait"), match.end()
        act = self._nominal(what)
        place = what.endswith(tuple(self.lexicon.data["places"]))
        thing = match["mark"] == "で" and not re.search(r"(?:カード|鍵|アカウント|指紋|トークン|\d\s?[%％℃度])$", what)
        there = match["mark"] == "には" and not (what.isascii() or self.reader.is_person(what))
        if act.kind == "nominal" and (thing or there or place):
            return None
        return act, match.end()

    def _topic(self, text: str) -> tuple[Act, int] | None:
        """株数を600に増やす訂正は…: an act as what is spoken of."""
        match = _TOPIC.match(mask(text))
        what = text[: match.end("what")] if match else ""
        judged = "を" in what or (re.search(r"\d", what) and _JUDGED.search(text[match.end() :]) if match else False)
        if not match or not judged or not self._is_act(what):
            return None
        return Act(f"{what}を行う", "told", (what,)), match.end()
