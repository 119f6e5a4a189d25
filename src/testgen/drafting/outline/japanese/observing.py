"""What a Japanese result shows: where, of what, at once or kept somewhere, and how much time has to pass."""

import re

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.morphemes import TRIGGER
from testgen.drafting.outline.japanese.reader import Reader
from testgen.drafting.outline.lexicon import Lexicon
from testgen.text.marks import MASK, mask

_DURATION = re.compile(r"\d+(?:\.\d+)?\s*(?:秒|分|時間|日|週間|か月|ヶ月|カ月)(?:間)?(?!前|目|単位|\d)")
_LAPSE = re.compile(
    r"経過|継続|過ぎ|超え|放置|待っ|待つ|無操作|操作せず|操作しな|タイムアウト|有効期限|期限切れ|期限が切れ|失効|以上操作|後(?:に|、|は|$)"
)
_EVERYTHING = re.compile(
    r"いずれ|どの場合|すべての場合|全ての場合|どちらの場合|どれも|常に|一度も|各|^[^、。]{1,15}後の"
)
_EACH = re.compile(
    r"(?:いずれ|どれ|それぞれ|すべて|全て|どの|各)(?:の)?(?:値|入力|パターン|ページ番号|文字列|コード|データ)(?:でも|も|で|において|に対して)"
)
_THERE = re.compile(
    r"(?:[」』］\]]|ボタン|メニュー|リンク|タブ|アイコン|項目|欄)(?:が|は)(?:表示されない|表示されていない|ない|出ない|非表示|非活性|グレー|押せない|選べない)"
)
# In all cases: words before what a result speaks of.
_INTO = re.compile(  # 合計が控除額計算に反映される, 案内が宛名PDFに1件載る
    r"[がは](?P<place>[^、。はがをにでも「]{2,15})に(?:は|も)?(?=[^、。はがを]{0,10}(?:反映さ|記録さ|印字さ|計上さ|記載さ|掲載さ|出力さ|載[らるっ]))"
)
_EACH_TIME = re.compile(r"^[^、。は]{1,20}[るた](?:回|日|人|うち|間)は、?")  # Bが負けた回は
_IN_ALL = re.compile(
    r"^(?:いずれの[^、。は]{1,8}(?:でも|も)|どの[^、。は]{1,8}(?:でも|も)|(?:すべて|全て)の場合(?:で|に)?(?:も)?)[、，]?"
)


class Observing:
    """What a result shows."""

    lexicon: Lexicon
    reader: Reader
    _place: re.Pattern[str]
    _shown_in: re.Pattern[str]
    _at_once: re.Pattern[str]
    _preserves: re.Pattern[str]

    def negative(self, text: str) -> bool:
        """変更されない, のままである."""
        return bool(self._preserves.search(mask(text)))

    def everything(self, text: str) -> bool:
        """いずれの場合も."""
        return bool(_EVERYTHING.search(mask(text)))

    def place(self, text: str) -> str:
        """操作ログに…が記録される -> 操作ログ."""
        masked = mask(text)
        aside = re.search(r"[（(](?P<place>[^()（）]{2,30}?)で(?:確認|照会|参照)[)）]", text)
        if aside:
            return aside["place"]
        if re.search(r"(?:画面|ページ)(?:へ|に)(?:は)?(?:遷移|移動|進|戻|切り替)", masked):
            return ""
        last = 0
        for clause in split_clauses(text):
            if clause.link == TRIGGER:
                last = masked.find(clause.joint, max(0, text.find(clause.text))) + len(clause.joint)
        seen = masked[max(last, 0) :].lstrip()
        match = self._place.search(seen) or self._shown_in.search(seen) or _INTO.search(seen)
        rest = text[max(last, 0) :].lstrip()
        found = rest[match.start("place") : match.end("place")].strip() if match else ""
        return (
            ""
            if self.reader.is_person(found)
            or re.fullmatch(r"\d+ページ", found)
            or found.endswith(("空欄", "主", "様", "さん", "宛"))
            else re.sub(r"^.*(?:後|前|時)の\s?", "", found)
        )

    def subject(self, text: str) -> str:
        """パスワードは変更されない -> パスワード."""
        seen, place = _IN_ALL.sub("", _EACH_TIME.sub("", self._behind_conditions(text))), self.place(text)
        bare = re.sub(r"[（(][^（()）]*[)）]", lambda found: MASK * len(found.group()), mask(seen))
        head = re.match(r"^(?P<what>[^、。にで]{1,40}?)(?:は|が)", bare)
        if place and not head:
            seen = re.sub(rf"^.{{0,60}}?{re.escape(place)}(?:上)?(?:には|では|に|で|から)", "", seen, count=1)
        bare = re.sub(r"[（(][^（()）]*[)）]", lambda found: MASK * len(found.group()), mask(seen))
        match = re.match(r"^(?P<what>[^、。]{1,60}?)(?:には|では|は|が(?!る|って|った)|も)(?!き)", bare)
        noun = seen[: match.end("what")].strip("、 ") if match else ""
        if inner := re.match(r"^[^にをへ]+(?:に|へ)(?!つい|対し|関し)(?=[^にへ]+$)", mask(noun)):
            noun = noun[inner.end() :]
        return "" if noun.endswith(("に", "へ", "で", "を")) else noun

    def _behind_conditions(self, text: str) -> str:
        """数量 4 のとき、カートのバッジは… -> カートのバッジは…"""
        clauses = split_clauses(text)
        led = [clause for clause in clauses[:-1] if clause.link == TRIGGER and clause.joint.endswith(("、", "，"))]
        at = text.find(led[-1].text) + len(led[-1].text + led[-1].joint) if led else 0
        return text[at:].strip() or text

    def at_once(self, text: str) -> bool:
        """Display, transitions, and what the tester can or cannot do."""
        return bool(self._at_once.search(mask(text)))

    def is_state(self, condition: str) -> bool:
        """See `Tongue.is_state`."""
        return bool(re.search(r"が.*(?:た|ている|ない|ある)$", condition)) and bool(split_clauses(condition)[-1].verb)

    def stored(self, text: str) -> bool:
        """See `Tongue.stored`."""
        return bool(re.search(r"残高|履歴|件数|ログ|在庫|集計|実績|DB|台帳|[A-Z]+_[A-Z]+", self.subject(text)))

    def lapse(self, text: str) -> str | None:
        """See `Tongue.lapse`."""
        if not _LAPSE.search(mask(text)) or re.search(r"[押開選入送]", text):
            return None
        found = _DURATION.search(text)
        if found:
            return found.group()
        return "" if re.search(r"タイムアウト|無操作|有効期限|期限|経過|失効", text) else None

    def each_value(self, text: str) -> bool:
        """See `Tongue.each_value`."""
        return bool(_EACH.search(mask(text)))

    def there_already(self, text: str) -> bool:
        """See `Tongue.there_already`."""
        return bool(_THERE.search(text))

    def person(self, name: str) -> bool:
        """See `Tongue.person`."""
        return self.reader.is_person(name)

    def times(self, text: str) -> int | None:
        """See `Tongue.times`."""
        return self.reader.times(text)

    def duration(self, text: str) -> str:
        """The first duration of a text."""
        found = _DURATION.search(text)
        return found.group() if found else ""
