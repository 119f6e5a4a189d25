"""The second stage: the steps, result by result; nothing is done again while the state lasts."""

import re
from dataclasses import replace

from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import BACKGROUND, NOTE, Act, Datum, Plan, Planned, Reading
from testgen.drafting.outline.planning.beginning import Beginning
from testgen.drafting.outline.planning.data import stands_in
from testgen.drafting.outline.planning.goals import Goal, Goals, Move
from testgen.drafting.outline.planning.see import See
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_TOGETHER = re.compile(
    r"同時|競合|楽観|排他|他の|another|someone else|concurren|simultaneous|at the same time|both", re.IGNORECASE
)
_OPEN = re.compile(r"開いて|表示されて|表示中|is open|are open|is shown|is displayed|on the screen", re.IGNORECASE)
_MANY = 4  # unused sentences that say that the flow was not found


def make_plan(case: TestCase, reading: Reading, tongue: Tongue) -> Plan:
    """The second stage."""
    return _Planner(case, reading, tongue).plan()


class _Planner(See, Beginning):
    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue) -> None:
        self.case, self.reading, self.tongue = case, reading, tongue
        self.goals = Goals(case, reading, tongue)
        self.data = self.goals.data
        self.made = Plan()
        self.done: set[str] = set()
        self.taken: set[Datum] = set()
        self.opened = {
            normalise(screen) for text in case.preconditions if _OPEN.search(text) for screen in tongue.screens(text)
        }
        self.variant: dict[str, Datum] = {}
        self.last: Planned | None = None
        self.by_key: dict[str, Planned] = {}
        self.previous: Goal | None = None
        self.tabled = False

    def plan(self) -> Plan:
        self._set_up()
        goals = self.goals.all()
        self._default_way(goals)
        self._prepare_together(goals)
        for goal in goals:
            self._reach(goal)
        self._start()
        self._clean_up()
        self.made.steps = self.made.steps[:MAX_STEPS]
        for number, step in enumerate(self.made.steps, 1):
            if step.sentence >= 0:
                self.reading.sentences[step.sentence].steps.append(number)
        for sentence in self.reading.sentences:
            sentence.steps = sorted({number for number in sentence.steps if number <= MAX_STEPS})
        self.made.skeleton = self._too_little()
        return self.made

    def _too_little(self) -> bool:
        """Under half of the results, of the sentences or of the data: what is planned cannot be the whole test."""
        told = [sentence for sentence in self.reading.sentences if sentence.role not in (BACKGROUND, NOTE)]
        unused = sum(not sentence.steps for sentence in told)
        text = normalise(" ".join(step.act.text for step in self.made.steps) + " ".join(self.case.expected_results))
        idle = sum(datum not in self.taken and not stands_in(datum, text) for datum in self.reading.data)
        return (
            len(self.made.understood) * 2 < len(self.reading.wanted)
            or (unused >= _MANY and unused * 2 > len(told))
            or (idle >= _MANY - 1 and idle * 2 > len(self.reading.data))
            or (0 < idle == len(self.reading.data))
        )

    def _set_up(self) -> None:
        for precondition in self.case.preconditions:
            found = self.tongue.bring_about(precondition)
            if found:
                step = Planned("setup", Act(found[0]), found[1])
                self._take_named(step, precondition)
                self.made.steps.append(step)

    def _prepare_together(self, goals: list[Goal]) -> None:
        """Where two persons meet, both are brought to the last act before one of them does it."""
        about = "\n".join((self.case.title, self.case.objective or "", self.case.specification or ""))
        acting = {
            goal.moves[-1].act.actor: goal
            for goal in goals
            if goal.moves and goal.moves[-1].act.actor in self.goals.persons()
        }
        if len(acting) < 2 or not _TOGETHER.search(about):
            return
        for goal in acting.values():
            for move in goal.moves[:-1]:
                self._do(move, goal, again=False)

    def _reach(self, goal: Goal) -> None:
        if self._even_with(goal):
            return
        if self.tongue.everything(goal.wanted.text) and self.previous and not goal.variant and not goal.own:
            self._see(goal)
            return
        if self._in_table(goal):
            return
        if self._reached(goal):
            self._see(goal)
            return
        goal.variant = {slot: datum for slot, datum in goal.variant.items() if self._consumable(goal, datum)}
        if self._observed(goal):
            self._see(goal)
            return
        changed = any(datum not in self.taken for datum in goal.variant.values())
        if not goal.moves and changed and self.previous:
            goal.moves, goal.sentences = list(self.previous.moves), [*self.previous.sentences, *goal.sentences]
            goal.times, goal.span = self.previous.times, self.previous.span
        if not goal.moves:
            self._see(goal)
            return
        self._try_again(goal)
        for others in self._other_passes(goal):
            self._pass(replace(goal, variant=others))
        if all(self.variant.get(slot, datum) == datum for slot, datum in goal.variant.items()) and (
            step := self.by_key.get(self._key(goal))
        ):
            self._verify(goal, step) if step is self.last else self._check(goal)
            return
        if (
            not goal.own
            and not changed
            and self.previous
            and goal.moves
            and all(self._is_done(move, goal) for move in goal.moves)
        ):
            self._see(goal)
            return
        self._pass(goal)
        self._verify(goal, self.last)

    def _pass(self, goal: Goal) -> None:
        fresh = {slot for slot, datum in goal.variant.items() if self.variant.get(slot, datum) != datum}
        self.variant = {**self.variant, **goal.variant}
        self._walk(goal, again=bool(fresh) and self._moved_on())
        self.previous = goal

    def _consumable(self, goal: Goal, datum: Datum) -> bool:
        """Whether a variant makes a pass of its own: an act takes it, the clock is set to it, or the result's trigger names it."""
        moves = goal.moves or (self.previous.moves if self.previous else [])
        if any(
            self.data.takes(thing, datum) and move.act.kind != "press" for move in moves for thing in move.act.objects
        ):
            return True
        if goal.own:
            return self.data.speaks_of(" ".join(move.act.text for move in goal.moves[-1:]), datum) and len(
                self.data.variants(goal.wanted)
            ) == len(self.data.named[goal.wanted])
        last = moves[-1].act.kind if moves else ""
        return (
            bool(self.goals.chains.means(datum.name))
            or (re.match(r"\d{4}[-/]", datum.value) is not None and self._clock() is not None)
            or last in ("send", "upload", "search", "made")
        )

    def _other_passes(self, goal: Goal) -> list[dict[str, Datum]]:
        """A result that speaks of two files wants a pass with each; the last one is the goal's own."""
        named = [] if goal.own else self.data.named.get(goal.wanted, [])
        others = [
            datum for datum in named if (slot := self.data.slot(datum)) in goal.variant and goal.variant[slot] != datum
        ]
        return [{**goal.variant, self.data.slot(datum): datum} for datum in others]

    def _try_again(self, goal: Goal) -> None:
        """After a mere wait, what was done before is tried again, where the result speaks of it."""
        if not self.previous or any(not move.redo for move in goal.moves) or not self.previous.moves:
            return
        act = self.previous.moves[-1].act
        if overlap(self.tongue.terms(goal.wanted.fact.outcome), self.tongue.terms(act.text)):
            again = (
                Act(self.tongue.lexicon.phrase("another", what=act.objects[0]), act.kind) if act.kind == "made" else act
            )
            goal.moves.append(Move(again, redo=True))

    def _moved_on(self) -> bool:
        """Whether the last result was seen on another screen than the acts before it."""
        if not self.previous:
            return False
        texts = self.previous.wanted.text + " " + (self.previous.moves[-1].outcome if self.previous.moves else "")
        texts += " ".join(move.outcome for move in self.previous.moves if re.search(r"ダイアログ|dialog", move.outcome))
        moved = bool(self.tongue.screens(texts)) or bool(
            re.search(r"遷移|移動|ダイアログ|dialog|redirect|listed|登録され|追加され", texts)
        )
        if moved:
            self.opened = set()
        return moved

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
            self.last.verifies.append(goal.wanted)
            self._understand(goal, self.last)
        return True

    def _clean_up(self) -> None:
        for postcondition in self.case.postconditions:
            action, seen = self.tongue.clean_up(postcondition)
            self.made.steps.append(Planned("cleanup", Act(action), seen))
