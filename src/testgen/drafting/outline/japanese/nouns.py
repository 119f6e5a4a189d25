"""Clauses without a verb: 押下時に, ログイン後, 未入力の場合."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from testgen.drafting.outline.japanese.morphemes import CHAIN, NAMED, TAIL, TRIGGER, Clause
from testgen.text.marks import mask

if TYPE_CHECKING:
    from sudachipy import Morpheme

_AFTER_NOUN = re.compile(
    rf"(?:\s?の)?(?:場合|あと|とき|時(?!間|刻|点|計|系|期|代|から)|際|直後|後(?!述|処理|半|方|続|日|者|当)|以降){TAIL}|前(?:には|では|は|に(?=[、，]))[、，]?"
)
_BY_HAND = {"押下", "クリック", "タップ", "長押し", "スキャン", "ダブルクリック"}


class Nouns:
    """Closes a clause at a noun that stands for its predicate."""

    text: str
    words: "list[Morpheme]"
    found: list[Clause]
    start: int

    def _noun(self, index: int) -> int:
        """Reads the noun that stands here; closes the clause where one ends; where to go on."""
        if not (self._handled(index) or self._done_before_comma(index) or self._label_before_comma(index)):
            self._circumstance(index)
        return index + 1

    def _handled(self, index: int) -> bool:
        """押下で: a noun of what hands do, before で."""
        word = self.words[index]
        if word.surface() in _BY_HAND and (by := re.compile(r"で(?!き)[、，]?").match(self.text, word.end())):
            begin = self._name_start(index)
            self.found.append(
                Clause(
                    self.text[self.start : word.end()],
                    self.text[self.start : begin],
                    self.text[begin : word.end()] + "する",
                    TRIGGER,
                    "後",
                )
            )
            self.start = by.end()
            return True
        return False

    def _done_before_comma(self, index: int) -> bool:
        """ファイルを選択、: a noun of an act before a comma."""
        word = self.words[index]
        if word.part_of_speech()[2] == "サ変可能" and self.text[word.end() : word.end() + 1] in ("、", "，"):
            before = mask(self.text)[self.start : self._name_start(index)]
            if re.search(r"[がはをで][^、]*$", before) and "、" not in before:
                begin = self._name_start(index)
                made = Clause(self.text[self.start : word.end()], self.text[self.start : begin], link=CHAIN)
                self.found.append(replace(made, verb=self.text[begin : word.end()] + "する", joint="、"))
                self.start = word.end() + 1
                return True
        return False

    def _label_before_comma(self, index: int) -> bool:
        """確認「はい」、: a label before a comma."""
        word = self.words[index]
        if "Ｘ" in word.surface() and self.text[word.end() : word.end() + 1] in ("、", "，"):
            before = self.text[self.start : word.begin()]
            if re.fullmatch(r"[一-龠ァ-ヶー]{1,6}", before):
                self.found.append(Clause(self.text[self.start : word.end()], link=CHAIN, joint="、"))
                self.start = word.end() + 1
                return True
        return False

    def _circumstance(self, index: int) -> None:
        """ログイン後, 未入力の場合: a noun before a word of time or condition."""
        word = self.words[index]
        match = (
            _AFTER_NOUN.match(self.text, word.end())
            if word.part_of_speech()[0] in (*NAMED, "形容詞", "助動詞", "動詞")
            else None
        )
        if (
            not match
            or (
                word.part_of_speech()[1] == "数詞"
                and not self.text[word.begin() :].startswith("1")
                and not re.match(r"\s?の(?:場合|とき|際)", match.group())
            )
            or (match.group().startswith("前") and word.part_of_speech()[2] != "サ変可能")
            or (match.group().startswith(("後", "時", "以降")) and self.words[index].surface() in ("の", "以"))
        ):
            return
        begin = self._name_start(index)
        sahen = word.part_of_speech()[2] == "サ変可能" or match.group().startswith(("後", "時", "直後", "の後"))
        name = self.text[begin : word.end()]
        if (
            word.part_of_speech()[0] == "名詞"
            and sahen
            and "Ｘ" not in word.surface()
            and name not in ("秒", "分", "時間", "日", "回", "件")
            and not re.search(r"[未非不無][一-龠ァ-ヶー]{2,}$|\d$|\d\s*[分秒時間日週月年]*$", name)
        ):
            clause = Clause(
                self.text[self.start : word.end()], self.text[self.start : begin], name + "する", TRIGGER, match.group()
            )
        else:
            clause = Clause(self.text[self.start : word.end()], link=TRIGGER, joint=match.group())
        self.found.append(clause)
        self.start = match.end()

    def _name_start(self, index: int) -> int:
        """Where the compound begins whose last word stands at `index`."""
        begin: int = self.words[index].begin()
        while index and self.words[index - 1].end() == begin and begin > self.start:
            before = self.words[index - 1]
            if before.part_of_speech()[0] not in NAMED or "Ｘ" in before.surface():
                break
            if (
                before.surface() in ("後", "前", "時", "中", "目", "回", "件", "分", "秒", "一度", "再度", "直接", "円")
                or before.part_of_speech()[1] == "数詞"
                or before.part_of_speech()[2].startswith("助数詞")
            ):
                break
            index, begin = index - 1, before.begin()
        return begin
