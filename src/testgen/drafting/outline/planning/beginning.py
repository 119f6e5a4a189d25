"""How a procedure begins: where it starts, and what reaches a first result that tells no trigger."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import MEANS, Act, Move, Plan, Planned, Reading
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.goals import Goals
from testgen.drafting.outline.planning.tables import rows_to_try
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import quotes

_ON_A_SCREEN = ("press", "select", "input", "enter_all", "upload", "search")
_PLACED = re.compile(r"一覧の|画面の|ボックス|レバー|キー(?!ワード)|ボタンを(?:長|回)|`")
_SHOWN = re.compile(
    r"画面|ページ|フォーム|表示|開い|起動|接続|待機|待受|端末|スタンバイ|アプリ|中$|中(?:である|の)|[機器]"
)  # where one is
_THERE = re.compile(
    r"画面|ページ|表示|開い|(?<!未)ログイン|サインイン|起動|接続|待機|待受|端末|中$|中(?:である|の)|スタンバイ|[機器]"
)


class Beginning:
    """How a procedure begins."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    goals: Goals
    made: Plan
    core: list[Move]
    placed_by_section: bool

    def _start(self) -> None:
        """Where the first thing is pressed or entered, if neither the steps nor the preconditions say it."""
        acting = [step for step in self.made.steps if step.kind == "action" and step.act.kind not in ("wait", "change")]
        phrases = self.tongue.lexicon.phrases
        if not acting or not self.goals.begins or acting[0].act.kind not in _ON_A_SCREEN:
            return
        first = self.made.steps.index(acting[0])
        act = self.made.steps[first].act
        placed = act.screen or self.tongue.place(act.text) or _PLACED.search(act.text)
        begun = [text for text in self.case.preconditions if _THERE.search(text)]
        if placed or any(_SHOWN.search(text) for text in begun):
            return
        named = self._section() if acting[0].act.kind != "press" or quotes(act.text) else ""
        if named:
            screen = phrases["start_named"].format(screen=named)
            shown = phrases["screen_shown"].format(screen=screen)
            self.made.steps.insert(first, Planned("action", Act(phrases["start"].format(screen=screen), "open"), shown))
            self.placed_by_section = True
            return
        if begun:
            return
        text = phrases["start"].format(screen=self.tongue.lexicon.fill_in(phrases["start_screen"]))
        self.made.steps.insert(first, Planned("action", Act(text, "open"), phrases["start_shown"]))

    def _section(self) -> str:
        """The function that the case belongs to, where it speaks of it by that name."""
        said = "\n".join(
            (self.case.title, self.case.objective or "", self.case.specification or "", *self.case.expected_results)
        )
        return next((name for name in reversed(self.case.section) if len(name) > 2 and name in said), "")

    def _begin(self, goals: list[Goal]) -> None:
        """The first result has to be reached somehow: by what the title tells, a job to run, or values to enter."""
        if goals and goals[0].own and all(move.sentence < 0 for move in goals[0].moves):
            self._lead_by_title(goals)
        if not goals or goals[0].moves or rows_to_try(goals[0].wanted.text, self.reading.rows, self.tongue):
            return
        if goals[0].wanted.place and self.tongue.there_already(goals[0].wanted.seen or goals[0].wanted.text):
            return
        first = goals[0]
        first.guessed = True
        index = self._taking(first)
        if index < 0:
            index = self._named(first)
        if index >= 0 and (first.variant or self._tells_the_title(index)):
            for number in self.goals.chains.leading(index):
                self.goals.add_fact(first, self.reading.facts[number], last=number == index)
        else:
            first.moves += self.core
            first.guessed = not any(move.act.kind == "job" for move in self.core)

    def _named(self, goal: Goal) -> int:
        texts = "\n".join((self.case.title, self.case.objective or "", goal.wanted.text))
        return self.goals.chains.named(texts, goal.wanted.seen or goal.wanted.text)

    def _taking(self, goal: Goal) -> int:
        """The fact whose acts take the datum that the result is tried with; -1 where there is none."""
        for datum in goal.variant.values():
            for index, fact in enumerate(self.reading.facts):
                things = [thing for act in fact.acts for thing in act.objects]
                if fact.role != MEANS and any(self.goals.data.takes(thing, datum) for thing in things):
                    return index
        return -1

    def _lead_by_title(self, goals: list[Goal]) -> None:
        """A first trigger that the specification does not know: what the title tells comes before it, where that is an act."""
        index = self.goals.chains.about(self.case.title)
        if index < 0 and goals[0].around:
            index = self._named(goals[0])
        used = {sentence for goal in goals for move in goal.moves for sentence in (move.sentence, *goal.sentences)}
        if index < 0 or self.reading.facts[index].sentence in used:
            return
        seen = self.tongue.terms(self.reading.facts[index].outcome)
        if overlap(self.tongue.terms(goals[0].wanted.seen), seen):
            return  # another way to the same
        if goals[0].around:
            for goal in goals:
                if goal.around:
                    self._vary(goal)
                    for number in self.goals.chains.leading(index):
                        self.goals.add_fact(goal, self.reading.facts[number], last=False)
            return
        own, goals[0].moves = goals[0].moves, []
        for number in self.goals.chains.leading(index):
            self.goals.add_fact(goals[0], self.reading.facts[number], last=False)
        goals[0].moves += own

    def _tells_the_title(self, index: int) -> bool:
        """Whether a fact's acts are the title's own, if it tells any."""
        told = self.reading.title.acts
        alike = any(
            act.kind == told[-1].kind and overlap(self.tongue.terms(act.text), self.tongue.terms(told[-1].text))
            for act in self.reading.facts[index].acts
            if told
        )
        return not told or alike or self.goals.chains.doing(told[-1]) >= 0

    def _vary(self, goal: Goal) -> None:
        """What is used is a datum of the acts that follow."""
        for datum in self.reading.data:
            if goal.moves[-1].act.objects == (datum.name,):
                goal.moves.pop()
                goal.variant = {**goal.variant, self.goals.data.slot(datum): datum}
                return
