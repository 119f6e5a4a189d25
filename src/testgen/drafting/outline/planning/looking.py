"""Where a result is seen that no step has just brought about: what the action of a check says."""

import re
import unicodedata
from dataclasses import replace

from testgen.drafting.outline.japanese.opaque import opaque
from testgen.drafting.outline.model import Act, Portion, Wanted
from testgen.drafting.outline.planning.entering import NUMBERED
from testgen.drafting.outline.planning.untold import AHEAD, Untold
from testgen.text.marks import MASK, OPEN_POINT

_ID = re.compile(r"^[A-Z]{1,6}-?\d{1,5}\s?[:：]\s*")
_IN = re.compile(
    r"[^、。はがをにで:：]{2,15}(?=に[^、。はがを]+(?:[^ぁ-ん、。](?:、|$)|がな[いく]))"
)  # カルテに開始時刻
_PAPER = re.compile(
    r"^(?P<what>[^。、はが]{0,20}(?:PDF|CSV|ファイル|レシート|画面|一覧|メール|通知|シール|ラベル|タグ|[一-龠ァ-ヶー](?:書|票|表|簿|帳|証|状|細|面))(?:[（(][^（）()]*[)）]|MASK+)?(?:の[^。はが]{1,30}(?=は|が))?)(?:は|が|に|で|、|$)".replace(
        "MASK", MASK
    )
)
_WHILE = re.compile(
    r"^(?P<when>[^、。はがを「]{1,24}(?:中|時点|の間|直後|以降)|[こそ]の状態)(?:では|は|も|、|(?<=[点態])で)(?!、)"
)
_NARROW = ("欄", "行", "列", "目")  # where nothing else is looked for
_MAKES = re.compile(r"(?P<file>[^\s、()]{2,20}(?:ファイル|帳票|データ|CSV))の?(?:作成|出力|生成)")
_RECORD = re.compile(
    r"(?<![はがをA-Z0-9_])(?<![はがを]\s)[A-Z][A-Z0-9]*_[A-Z0-9_]+|(?<!\d)/[A-Za-z][\w.-]*(?:/[\w.-]+)+", re.ASCII
)  # a table, a folder
_APPEARS = re.compile(
    "[はが](?:再び|もう一度|すぐに)?表示され|[はが][^、。はがを]{0,12}(?:鳴[るりっら]|流れ[るてま]|点灯|点滅|消灯)"
)  # not 66,000円と表示される
_STAYS_IN = re.compile("(?:入力|選択)(?:された|した)(?:まま|値|内容)[^。に]{0,8}(?:残|保持)|(?:入力|選択)されたまま")
_BARE = re.compile(r"[^。はがを=＝]{1,24}?[\s　][-+¥]?\d[^。はがを]{0,20}(?:[（(][^（()）]*[)）])?")  # 実働 8:12
_KEY = re.compile(r"[A-Za-z]{1,4}(?=\d)|[一-龠ァ-ヶー]{2}")  # what a result begins with
_OF_ERRORS = re.compile("エラー(?:一覧|リスト|画面|CSV)")
_KEPT_THERE = re.compile("登録され|更新され|反映され")  # which nobody sees among the errors
_KEPT = ("マスタ", "テーブル", "一覧", "台帳", "DB")  # where a precondition says that something is
_SHEET = re.compile(r"\d+(?:枚|部)目")


class Looking(Untold):
    """Says it."""

    kept_at: dict[str, str]  # the places of checks that a precondition names

    def _check(self, wanted: Wanted, part: Portion) -> str:
        """The action of a check: at the record or the place that the result names, else where the last results were seen."""
        if part.topic and not NUMBERED.match(part.topic):
            return f"{part.topic} を確認する" if part.topic.isascii() else f"{part.topic}を確認する"
        if (who := re.match(r"(?P<who>[^、。はが]{1,20})には(?=.)", part.seen)) and self.tongue.person(who["who"]):
            subject = self.tongue.subject(part.seen[who.end() :])
            return f"{who['who']}の画面で{subject or self.tongue.lexicon.phrase('display')}を確認する"
        if during := _WHILE.match(part.seen):
            self._bring(part.seen)
            rest = replace(part, seen=part.seen[during.end() :].lstrip("、"))
            mark = "で" if during["when"].endswith(("時点", "状態")) else "に"
            return f"{during['when']}{mark}、{self._check(wanted, rest)}" if rest.seen else self._check(wanted, rest)
        place = wanted.place or self.tongue.place(self.case.expected_results[wanted.number - 1])
        place = "" if place in self.case.test_data else _ID.sub("", place)  # ゴンにはメールが出ない
        if not place:
            found = _IN.match(part.seen) or _RECORD.search(part.seen)
            place = found.group() if found else ""
        seen = re.sub(r"^[^、。]{1,20}の間(?:は)?、?|^[^、。はが]{1,20}では", "", part.seen)
        if label := re.match(r"[\[［][^\]］]{1,20}[\]］](?:に|で|は)?", seen):
            place, seen = label.group().rstrip("にでは"), seen[label.end() :]
        if ahead := AHEAD.match(seen):
            return f"{ahead['when'] or ahead['then']}に、{self._check(wanted, replace(part, seen=seen[ahead.end() :].lstrip('、')))}"
        owner = self.tongue.owner(self.case.preconditions)
        text = self.tongue.check(seen, place, owner)
        if not OPEN_POINT.search(text):
            return text
        if paper := _PAPER.match(opaque(seen)):
            return f"{seen[: paper.end('what')]}を確認する"
        if self.handling.is_control(subject := self.tongue.subject(seen)):
            return f"{subject}を確認する"
        asked = self.calls.look(seen, subject)
        place = self._last_place(seen) or self._told_place(wanted, seen) or self.workbook.file or self._made_file(seen)
        text = asked or self.tongue.check(seen, place or self._printed(seen), owner)
        nowhere = f"{self.tongue.lexicon.fill_in(self.tongue.lexicon.phrase('where'))}で"
        return text.removeprefix(nowhere) if self._before_the_eyes(seen) else text

    def _before_the_eyes(self, seen: str) -> bool:
        """Whether a result is seen where the last act was done: it appears or sounds there, is an input that stays, or is one more
        value beside one that the act shows. A state that is kept somewhere is not."""
        last = next((step for step in reversed(self.steps) if step.kind == "action"), None)
        bare = re.split(r"\s+[-+¥]?\d", seen)[0]  # 在庫 5
        if last is None or last.act.kind == "blank" or self.tongue.stored(seen) or self.tongue.stored(f"{bare}はある"):
            return False
        beside = last.told and all(_BARE.fullmatch(told.partition("、")[0]) for told in (seen, last.told[0]))
        return bool(beside or _APPEARS.search(opaque(seen)) or _STAYS_IN.search(seen))

    def _printed(self, seen: str) -> str:
        """The sheets, where a test that prints has a result speak of one of them."""
        prints = re.search("印刷|排紙|印字", f"{self.case.title}{[step.told for step in self.steps]}")
        return self.tongue.lexicon.phrase("printed") if prints and _SHEET.match(seen) else ""

    def _made_file(self, seen: str) -> str:
        """結果コード, of a job that makes a 振替結果ファイル: the file that the title names."""
        found = _MAKES.search(unicodedata.normalize("NFKC", self.case.title)) if self.job else None
        about = unicodedata.normalize("NFKC", self.tongue.subject(seen))[:2]
        return found["file"] if found and len(about) > 1 and about in found["file"] else ""

    def _last_place(self, seen: str) -> str:
        """Where the last result was seen since anything was done; in a row stand bare values too."""
        narrow = tuple(mark for mark in _NARROW if mark != "行" or not _BARE.fullmatch(seen))
        for step in reversed(self.steps):
            places = [self.wanted[number].place for number in step.verifies]
            alike = _KEY.match(seen) and _KEY.findall(seen)[:1] == _KEY.findall(" ".join(step.told))[:1]
            places += [self.kept_at.get(step.act.text, "")] if alike else []
            wide = (place for place in places if place and not place.endswith(narrow) and not _SHEET.match(place))
            if (place := next(wide, "")) and not (_OF_ERRORS.search(place) and _KEPT_THERE.search(seen)):
                return place
            if step.kind == "action":
                break
        return ""

    def _told_place(self, wanted: Wanted, seen: str) -> str:
        """Where the next result is seen if it is one of the same kind, else where the specification says that it is shown."""
        key = re.match(r"[A-Za-z]{1,4}(?=\d)", seen)
        for number in range(wanted.number + 1, wanted.number + 6) if key else ():
            parts = self.parts.get(number, [Portion(Act("-"))])
            if (
                not any(part.do for part in parts)
                and parts[0].seen.startswith(key.group() if key else "")
                and self.wanted[number].place
            ):
                return self.wanted[number].place
        terms = self.tongue.terms(self.tongue.subject(seen) or seen)
        for sentence in self.reading.sentences:
            place = self.tongue.place(sentence.text)
            if place and terms and terms <= self.tongue.terms(sentence.text):
                return place
        kept = (self.tongue.place(text) for text in self.case.preconditions if terms & self.tongue.terms(text))
        place = next((place for place in kept if place.endswith(_KEPT)), "")
        if place:
            self.kept_at[self.tongue.check(seen, place, self.tongue.owner(self.case.preconditions))] = place
        return place
