"""Sees to it that each result is verified: on the step that brings it, by a check at its place, or by an open point."""

import re

from testgen.drafting.outline.model import Act, Planned
from testgen.drafting.outline.planning.goals import Goal
from testgen.drafting.outline.planning.tables import rows_to_try
from testgen.drafting.outline.planning.walk import MOST_RESULTS, Walk
from testgen.text.marks import quotes


class See(Walk):
    """Sees to it that each result is verified: on the step that brings it, by a check at its place, or by an open point."""

    tabled: bool

    def _in_table(self, goal: Goal) -> bool:
        """A result that speaks of the rows of a table is tried row by row, of a matrix role by role."""
        each = not goal.own or re.search(r"各|\b(?:each|every)\b", goal.wanted.fact.acts[-1].text)
        steps = [] if self.tabled or not each else rows_to_try(goal.wanted.text, self.reading.rows, self.tongue)
        for step in steps:
            step.data = [datum for datum in self.reading.data if datum.name in step.act.objects]
            step.verifies.append(goal.wanted)
            self._add(step, None)
            self._understand(goal, step)
        if steps:
            steps[-1].expected += self.tongue.separator + self.tongue.sentence(goal.wanted.text)
        self.tabled = self.tabled or bool(steps)
        return bool(steps)

    def _observed(self, goal: Goal) -> bool:
        """A result without a trigger behind one that told its own: the same state looked at again, unless its way takes data."""
        if (
            goal.own
            or any(move.redo for move in goal.moves)
            or not self.previous
            or not self.previous.own
            or any(datum not in self.taken for datum in goal.variant.values())
        ):
            return False
        takes = any(set(self.data.take(move.act, self.variant, self.taken)[0]) - self.taken for move in goal.moves)
        takes = takes or any(move.act.kind == "input" and not self._is_done(move, goal) for move in goal.moves)
        plain = not any(quotes(move.act.text) or move.act.screen for move in goal.moves)
        return not takes and (plain or bool(goal.wanted.place))

    def _reached(self, goal: Goal) -> bool:
        """Whether what brings a result has just been brought about, by a trigger that another result tells."""
        same = (
            self.previous is not None and goal.target >= 0 and self.previous.target == goal.target and self.previous.own
        )
        return (
            same
            and not goal.own
            and all(self.variant.get(slot, datum) == datum for slot, datum in goal.variant.items())
        )

    def _verify(self, goal: Goal, step: Planned | None) -> None:
        if step is None:
            self._see(goal)
            return
        if len(step.verifies) >= MOST_RESULTS or (
            step.verifies and goal.wanted.place and not self.tongue.at_once(goal.wanted.text)
        ):
            self._check(goal)
            return
        step.verifies.append(goal.wanted)
        self._understand(goal, step)

    def _see(self, goal: Goal) -> None:
        """A result without a trigger of its own: on the last step, at its place, or open."""
        step = self.last
        text, place = goal.wanted.text, goal.wanted.place
        apart = [
            datum
            for datum in self.data.named.get(goal.wanted, ())
            if datum not in self.taken and len(self.data.slots[self.data.slot(datum)]) > 1
        ]
        if apart:
            self._open_point(goal)
            return
        hidden = (self.tongue.negative(text) or self.tongue.stored(text)) and not self.tongue.at_once(text)
        if step is None and self.made.steps and self.made.steps[-1].act.kind in ("blank", "check"):
            self.made.steps.append(
                Planned(
                    "check",
                    Act(self.tongue.check(text, place, self.tongue.owner(self.case.preconditions)), "check"),
                    verifies=[goal.wanted],
                )
            )
        elif step is None or not self.previous:
            self._open_point(goal)
        elif (
            step is not self.made.steps[-1]
            or self.previous.moves[-1].act.kind in ("told", "nominal")
            or len(step.verifies) >= MOST_RESULTS
            or (step.verifies and (place or hidden))
        ):
            self._check(goal)
        else:
            step.verifies.append(goal.wanted)
            self._understand(goal, step)

    def _check(self, goal: Goal) -> None:
        step = Planned(
            "check",
            Act(
                self.tongue.check(goal.wanted.text, goal.wanted.place, self.tongue.owner(self.case.preconditions)),
                "check",
            ),
            verifies=[goal.wanted],
        )
        self.made.steps.append(step)
        self._understand(goal, step)

    def _open_point(self, goal: Goal) -> None:
        phrase, fill_in = self.tongue.lexicon.phrase, self.tongue.lexicon.fill_in
        text = phrase(
            "open_action", what=fill_in(phrase("action_for", result=goal.wanted.shown, number=goal.wanted.number))
        )
        data = self.data.named.get(goal.wanted, [])
        self.made.steps.append(Planned("action", Act(text, "blank"), "", list(data), [goal.wanted]))

    def _understand(self, goal: Goal, step: Planned) -> None:
        if not goal.guessed:
            self.made.understood.add(goal.wanted.number)
        for sentence in goal.sentences:
            if sentence >= 0:
                self.reading.sentences[sentence].steps.append(self.made.steps.index(step) + 1)
