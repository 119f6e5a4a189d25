"""The data that a pass is tried with, where no act of it is named after them."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Move, Plan, Planned
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.goals import Goals
from testgen.drafting.outline.planning.requests import TIME
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import quotes

_AMOUNT = re.compile(r"[-+]?\d[\d.,]*\s?[^\d\s、。]{1,6}")
_MEANWHILE = re.compile(r"後に|途中|の間|間に|直前")  # the change comes between the acts


class Trying:
    """The data that a pass is tried with."""

    case: TestCase
    tongue: Tongue
    goals: Goals
    data: Data
    made: Plan
    taken: set[Datum]

    def _consume_variant(self, goal: Goal, first: int) -> None:
        """A variant that no act is named after goes to the last act of its pass, or sets the clock."""
        for datum in goal.variant.values():
            fresh = self.made.steps[first:]
            if any(datum in step.data or stands_in(datum, step.act.text) for step in fresh) or not fresh:
                continue
            means = self.goals.chains.means(datum.name) or (self.goals.clock() if TIME.match(datum.value) else None)
            if means and means.acts:
                goal.sentences.append(means.sentence)
                act, text = means.acts[-1], self.tongue.imperative(means.acts[-1])
                if act.screen:
                    text = self.tongue.lexicon.phrase("at", place=act.screen, action=text)
                changed = Act(text, "change", act.objects)
                step = Planned("action", changed, "", [datum], sentence=means.sentence)
                late = _MEANWHILE.search(self.case.title + (self.case.objective or ""))
                self.made.steps.insert(len(self.made.steps) - 1 if late else first, step)
            elif self._is_quantity(datum) and not any(step.act.kind in ("input", "enter_all") for step in fresh):
                text = self.tongue.lexicon.phrase("datum_set", name=self.tongue.head(datum.name), value=datum.value)
                self.made.steps.insert(len(self.made.steps) - 1, Planned("action", Act(text, "change", (datum.name,))))
            else:
                kinds = ("enter_all", "input") if self.tongue.language == "en" else ("enter_all", "select", "input")
                free = [
                    step
                    for step in fresh
                    if step.act.kind in kinds
                    and (goal.around or step.act.kind == "enter_all" or not (step.data or quotes(step.act.text)))
                ]
                taker = (free or fresh[-1:])[0]
                taker.data.append(datum)
                taker.given = ""
            self.taken.add(datum)

    def _is_quantity(self, datum: Datum) -> bool:
        """Whether a datum is one of several quantities, so that it can be set in its own name."""
        several = len(self.data.slots[self.data.slot(datum)]) > 1
        return self.goals.begins and several and bool(_AMOUNT.fullmatch(datum.value))

    def _settings(self, goal: Goal) -> list[Move]:
        """830kgで…: a value that the result begins with, and that no act takes, is set in its own name."""
        phrase, head = self.tongue.lexicon.phrase, self.tongue.head
        made = []
        for datum in goal.variant.values() if self.goals.begins else ():
            if self.data.topic(goal.wanted.text, datum):
                several = len(self.data.slots[self.data.slot(datum)]) > 1
                value = phrase("datum_set", name=head(datum.name), value=datum.value)
                text = value if several else phrase("specify", what=datum.name)
                made.append(Move(Act(text, "set" if several else "input", (datum.name,))))
        return made
