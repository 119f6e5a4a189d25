"""Japanese orders without a wrapper: CSV取込を行う -> CSVを取り込む, 締切前の取り消しを行う -> 締切前に取り消す."""

import re
import unicodedata

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese.morphemes import Clause, tokens
from testgen.drafting.outline.japanese.names import STEMS
from testgen.drafting.outline.japanese.reader import Reader
from testgen.text.marks import mask

_WRAPPED = re.compile(r"^(?P<lead>(?:[^、。]{1,40}、)?)(?P<what>[^、。を]{2,40})を行う$")
_WAY = re.compile(
    r"^(?P<lead>(?:[^、。→]{1,20}、)?)(?P<way>[^、。→をに]{2,20}→[^、。をに]{2,40})を行う$"
)  # 確認→入力を行う
_BROUGHT = re.compile(r"^(?P<what>[^、。をはがにでの]{3,20})の状態にする$")
_ANYTHING = ("操作", "処理", "手続き", "作業", "対応", "実施")  # nouns of which only を行う makes an act
_ACTUAL = re.compile(r"\d{1,2}:\d{2}|前|後|直後|中|当日|翌日|\d[日時]|時点")  # when: 18:00 の精算
_JOINED = re.compile(r"(?:[にでがへ]|から)\s?(?P<noun>[一-龠]{2,4}し?|[ァ-ヶー]{3,8})$")  # 10:40に抜線, 三浦が差戻し
_TURN = re.compile(r"(?P<turn>\d+)回目の?")
_FILED = re.compile(
    r"(?P<ahead>[一-龠]{2,4}|[ァ-ヶー]{4,8})(?=PDF|CSV|Excel|ファイル)|(?:PDF|CSV|Excel|ファイル)[をの]?(?:一括)?(?P<behind>取り込み|読み込み|[一-龠]{2,4}?(?=[時後前中直]|[^一-龠]|$)|[ァ-ヶー]{4,8})"
)  # 入稿PDF, CSVの一括取込
_BY = re.compile(r"手動|F\d{1,2}|[Ww]eb|電話|窓口|店頭")  # by what, where no particle tells it: 手動起動


_WHICH = ("別", "他", "次", "前", "同様")  # 別の注文: one of several, and nothing that is ordered


class Ordering:
    """Words them."""

    reader: Reader

    def is_role(self, who: str) -> bool:
        """See `Naming.is_role`."""
        raise NotImplementedError

    def order(self, text: str) -> str:
        """See `Tongue.order`."""
        if brought := _BROUGHT.match(mask(text)):  # DB切断の状態にする
            noun = _verbal(what := text[: brought.end("what")])
            verb = self.reader.verb(Clause(noun, verb=f"{noun}する"))
            own = noun != what and verb is not None and verb.kind == "action"
            return (self._made(what[: -len(noun)].rstrip(), noun) if own else "") or text
        if way := _WAY.match(mask(text)):
            return f"{text[: way.end('lead')]}「{text[way.start('way') : way.end('way')]}」の順に進む"
        wrapped = _WRAPPED.match(mask(text))
        what = text[wrapped.start("what") : wrapped.end("what")] if wrapped else ""
        noun = _verbal(what)
        if wrapped and (joined := _JOINED.search(mask(what))) and not what.endswith(_ANYTHING):
            at = joined.start("noun")
            return text[: wrapped.end("lead")] + what[:at] + _verb_of(what[at:])
        if not wrapped or not noun or noun.endswith(_ANYTHING):
            return text
        made = self._made(what[: -len(noun)].rstrip(), noun)
        return text[: wrapped.end("lead")] + made if made else text

    def filing(self, case: TestCase) -> str:
        """See `Tongue.filing`."""
        texts = (
            case.title,
            case.objective or "",
            *case.preconditions,
            case.specification or "",
            *case.expected_results,
        )
        named = _FILED.finditer(unicodedata.normalize("NFKC", "\n".join(texts)))
        told = [re.sub("[りみ]", "", found["ahead"] or found["behind"]) for found in named]  # 取り込み as 取込
        nouns = [noun for what in told if (noun := _verbal(what))]
        verbs = {noun: self.reader.verb(Clause(noun, verb=f"{noun}する")) for noun in nouns}
        surest = [noun for noun, verb in verbs.items() if verb is not None and verb.group == "upload"]
        unknown = [noun for noun, verb in verbs.items() if verb is None and noun not in _ANYTHING]
        return next(map(_verb_of, surest + unknown), "")

    def _made(self, before: str, noun: str) -> str:
        """What is done by a noun of an act, behind what stands before it; empty where that is no object, time or means."""
        verb = _verb_of(noun)
        if not before:
            return verb
        if turn := _TURN.fullmatch(before):
            return verb if turn["turn"] == "1" else f"もう一度{verb}"
        if before.endswith("の"):
            return self._of(before[:-1].rstrip(), verb)
        if tokens(before)[-1].part_of_speech()[2] == "副詞可能":
            return before + verb  # 一時保存
        if re.search(r"[ぁ-ん]$", before) or not self._takes_an_object(noun):
            return ""
        return f"{before}{'で' if _BY.fullmatch(before) else 'を'}{verb}"

    def _of(self, owner: str, verb: str) -> str:
        """シャツの返品 -> シャツを返品する, 18:00 の精算 -> 18:00 に精算する; 森様の予約 is nothing that is done to him."""
        apart = " " if owner[-1:].isascii() and owner[-1:].isalnum() else ""
        if re.search(f"(?:{_ACTUAL.pattern})$", owner):
            return f"{owner}{apart}に{verb}"
        person = owner.endswith(("様", "さん", "氏")) or self.is_role(owner)
        other = owner in _WHICH
        return (
            "" if person or other or _verbal(owner) or not re.search("[^ぁ-ん]$", owner) else f"{owner}{apart}を{verb}"
        )

    def _takes_an_object(self, noun: str) -> bool:
        verb = self.reader.verb(Clause(noun, verb=f"{noun}する"))
        return noun in STEMS or (verb is not None and verb.kind == "action" and verb.lemma == noun)


def _verbal(what: str) -> str:
    """The noun of an act at the end of a name, with 再 before it: 再タッチ of 出場直後の再タッチ."""
    if stem := next((stem for stem in STEMS if what.removesuffix("し").endswith(stem)), ""):
        return stem + what[len(what.removesuffix("し")) :]
    words = tokens(what) if what else []
    if not words or words[-1].part_of_speech()[2] != "サ変可能":
        return ""
    again = len(words) > 1 and words[-2].surface() == "再"
    return what[words[-2 if again else -1].begin() :]


def _verb_of(noun: str) -> str:
    """取込 -> 取り込む, 返品 -> 返品する."""
    return STEMS.get(noun.removesuffix("し"), "") or (f"{noun[:-1]}す" if noun.endswith("し") else f"{noun}する")
