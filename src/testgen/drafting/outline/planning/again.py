"""Does again what was done before: after a wait, with another value, for another of several data."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Datum, Move
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.see import See
from testgen.text.normal import normalise


class Again(See):
    """Does again what was done before: after a wait, with another value, for another of several data."""

    case: TestCase

    def _done_just_now(self, goal: Goal) -> bool:
        """After cancellation: "cancel it", where cancelling the subscription is what was done before."""
        verb, _, thing = goal.moves[0].act.text.partition(" ")
        last = self.made.steps[-1].act.text if self.made.steps and self.last is self.made.steps[-1] else ""
        return len(goal.moves) == 1 and thing == self.tongue.lexicon.phrases.get("it") and last.startswith(f"{verb} ")

    def _other_passes(self, goal: Goal) -> list[dict[str, Datum]]:
        """A result that speaks of two files wants a pass with each; the last one is the goal's own."""
        named = [] if goal.own else self.data.named.get(goal.wanted.text, [])
        others = [
            datum for datum in named if (slot := self.data.slot(datum)) in goal.variant and goal.variant[slot] != datum
        ]
        return [{**goal.variant, self.data.slot(datum): datum} for datum in others]

    def _try_again(self, goal: Goal) -> None:
        """After a mere wait, what was done before is tried again, where the result speaks of it."""
        kinds = {move.act.kind for move in goal.moves}
        if (
            self.goals.begins
            and kinds == {"change"}
            and self.previous
            and any(move.act.kind == "change" for move in self.previous.moves)
        ):
            goal.moves += [Move(move.act, redo=True) for move in self.previous.moves if move.act.kind != "change"]
            return
        waits = kinds == {"wait"}
        if not waits or not self.previous or not self.previous.moves:
            return
        act = self.previous.moves[-1].act
        seen = self.tongue.terms(goal.wanted.fact.outcome)
        verb, things = act.text.split(" ", 1)[0], self.tongue.terms(" ".join(act.objects))
        about = overlap(seen, self.tongue.terms(verb)) or overlap(seen, things) > 1 or len(things) == 1
        if (
            overlap(seen, self.tongue.terms(act.text))
            if self.goals.begins
            else about and overlap(seen, things | self.tongue.terms(verb))
        ):
            again = (
                Act(self.tongue.lexicon.phrase("another", what=act.objects[0]), act.kind) if act.kind == "made" else act
            )
            goal.moves.append(Move(again, redo=True))

    def _even_with(self, goal: Goal) -> bool:
        """ "Even with X, Y": the acts of the pass before, with X."""
        found = self.tongue.even_with(goal.wanted.text)
        if not found or not self.previous or not self.previous.moves:
            return False
        head = normalise(self.tongue.head(found[0]))
        takes = next(
            (
                move
                for move in self.previous.moves
                if any(normalise(self.tongue.head(thing)) == head for thing in move.act.objects)
            ),
            None,
        )
        if takes is None:
            return False
        bare = re.sub(r"^the\s+", "", found[0])
        datum = next(
            (
                datum
                for datum in self.reading.data
                if self.tongue.lexicon.same_thing(bare, datum.name)
                or normalise(datum.name).replace("_", " ") in normalise(found[0])
            ),
            None,
        )
        new = datum or Datum(bare, self.tongue.lexicon.fill_in(bare))
        old_slot = self.data.slot(new) if datum else next((slot for slot in self.data.slots if slot == head), head)
        start = self.previous.moves.index(takes)
        for move in self.previous.moves[start:]:
            self._again(move, old_slot, new, head)
        if self.last:
            self.last.kind, self.last.expected = "check", self.tongue.sentence(found[1])
            self.last.verifies.append(goal.wanted.number)
            self._understand(goal, self.last)
        return True
