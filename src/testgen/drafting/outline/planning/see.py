"""Sees to it that each result is verified: on the step that brings it, by a check at its place, or by an open point."""

import re
from dataclasses import replace

from testgen.domain.knowledge import Screen
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Datum, Fact, Move, Planned
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.handing import MOST_RESULTS
from testgen.drafting.outline.planning.runs import Runs
from testgen.drafting.outline.planning.shown import Shown
from testgen.drafting.outline.planning.tables import rows_to_try
from testgen.text.marks import OPEN_POINT, quotes


class See(Runs):
    """Sees to it that each result is verified: on the step that brings it, by a check at its place, or by an open point."""

    tabled: bool

    def _in_table(self, goal: Goal) -> bool:
        """A result that speaks of the rows of a table is tried row by row, of a matrix role by role."""
        each = not goal.own or re.search(r"各|\b(?:each|every)\b", goal.moves[-1].act.text if goal.moves else "")
        steps = [] if self.tabled or not each else rows_to_try(goal.wanted.text, self.reading.rows, self.tongue)
        for step in steps:
            step.data = [datum for datum in self.reading.data if datum.name in step.act.objects]
            self._lead_to_row(goal, step)
            step.verifies.append(goal.wanted.number)
            self._add(step, None)
            self._understand(goal, step)
        if steps:
            steps[-1].expected += self.tongue.separator + self.tongue.sentence(goal.wanted.text)
            self.previous = goal
        self.tabled = self.tabled or bool(steps)
        return bool(steps)

    def _lead_to_row(self, goal: Goal, step: Planned) -> None:
        """Where the case's own acts are known, a row is what they are done with."""
        whole = self.core
        if not whole or step.act.objects[0] not in [cell for row in self.reading.rows for cell in row.cells.values()]:
            return
        case = step.act.text.removeprefix(self.tongue.lexicon.phrase("try_row", row=""))
        before = [move for move in whole[:-1] if move.act.kind not in ("input",)]
        for move in before:
            self._do(move, goal, again=move.act.kind not in ("open", "login"))
        last = whole[-1].act
        step.act = Act(self.tongue.lexicon.phrase("row", action=last.text, what=case), "told", step.act.objects)

    def _observed(self, goal: Goal) -> bool:
        """A result without a trigger behind one that told its own: the same state looked at again, unless its way takes data."""
        if (
            goal.own
            or any(move.redo for move in goal.moves)
            or not self.previous
            or not self.previous.own
            or any(datum not in self.taken for datum in goal.variant.values())
            or self._is_told(goal)
        ):
            return False
        takes = any(set(self.data.take(move.act, self.variant, self.taken)[0]) - self.taken for move in goal.moves)
        takes = takes or any(move.act.kind == "input" and not self._is_done(move, goal) for move in goal.moves)
        fact = self.reading.facts[goal.target] if goal.target >= 0 and self.tongue.language == "en" else None
        seen = self.tongue.terms(goal.wanted.seen or goal.wanted.text)
        takes = takes and (fact is None or overlap(seen, self.tongue.terms(f"{fact.trigger} {fact.outcome}")) > 1)
        plain = not any(quotes(move.act.text) or move.act.screen for move in goal.moves)
        return not takes and (plain or bool(goal.wanted.place))

    def _is_told(self, goal: Goal) -> bool:
        """Whether the specification tells of an act that has not been done that it brings just this."""
        fact = self.reading.facts[goal.target] if goal.target >= 0 else Fact()
        seen = self.tongue.terms(goal.wanted.seen or goal.wanted.text)
        said = overlap(seen, self.tongue.terms(fact.outcome)) + overlap(seen, self.tongue.terms(fact.trigger))
        known = bool(fact.acts) and said > 1
        return self.tongue.language == "en" and known and not all(self._is_done(move, goal) for move in goal.moves)

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
        if (
            len(step.verifies) >= MOST_RESULTS
            or (step.verifies and goal.wanted.place and not self.tongue.at_once(goal.wanted.text))
            or self.known.recorded(goal.wanted.text)
        ):
            self._check(goal)
            return
        self._claim(goal, step)

    def _see(self, goal: Goal) -> None:
        """A result without a trigger of its own: on the last step, at its place, or open."""
        step = self.last
        text, place = goal.wanted.text, goal.wanted.place
        apart = [
            datum
            for datum in self.data.named.get(goal.wanted.text, ())
            if datum not in self.taken and len(self.data.slots[self.data.slot(datum)]) > 1
        ]
        if apart and not place:
            self._open_point(goal)
            return
        hidden = (self.tongue.negative(text) or self.tongue.stored(text)) and not self.tongue.at_once(text)
        if (step is None and self.made.steps and self.made.steps[-1].act.kind in ("blank", "check")) or (
            step is None and self.tongue.there_already(goal.wanted.seen or text) and self.goals.begins
        ):
            self._check(goal, understood=False)
        elif step is None or not self.previous:
            self._open_point(goal)
        elif (
            step is not self.made.steps[-1]
            or not self.previous.moves
            or self.previous.moves[-1].act.kind in ("told", "nominal")
            or len(step.verifies) >= MOST_RESULTS
            or (step.verifies and (place or hidden))
            or self.known.recorded(text)
        ):
            self._check(goal)
        else:
            self._claim(goal, step)

    def _claim_part(self, goal: Goal, variant: dict[str, Datum]) -> bool:
        """Of a result that tells several cases, the step of one case verifies what is said of it; whether such a part is found."""
        values = [datum.value for datum in self.data.named.get(goal.wanted.text, ())]
        mine = {datum.value for datum in variant.values()}
        parts: list[str] = []
        for piece in re.split("[、。]", goal.wanted.seen or goal.wanted.text):
            begins = any(value in piece for value in values) and re.search("[はがで:：]", parts[-1] if parts else "")
            if not parts or begins:
                parts.append(piece)
            else:
                parts[-1] += "、" + piece
        last = next((part for part in parts if any(value in part for value in mine)), "")
        if not last or len(parts) == 1 or not self.last or self.tongue.each_value(goal.wanted.text):
            return False
        self._claim(replace(goal, wanted=replace(goal.wanted, seen=last)), self.last)
        return True

    def _of_one(self, goal: Goal, variant: dict[str, Datum]) -> Goal:
        """A result that lists several values, for the pass with one of them."""
        text = goal.wanted.seen or goal.wanted.text
        said = next(filter(None, (self.tongue.said_of(text, datum.value) for datum in variant.values())), "")
        return replace(goal, wanted=replace(goal.wanted, seen=said)) if said else goal

    def _check(self, goal: Goal, *, understood: bool = True, screen: Screen | None = None) -> None:
        wanted = goal.wanted
        seen, place = wanted.seen or wanted.text, wanted.place
        if screen := screen or self.known.place(seen, place, self._said()):
            if screen.open:
                self._go_to(screen, Act(seen, "check"))
            place = place or self.tongue.on_screen(self.known.name(screen))
        place = place or self._shown_on(seen)
        text = self.tongue.check(seen, place, self.tongue.owner(self.case.preconditions))
        if OPEN_POINT.search(text) and not wanted.fact.ahead:
            text = self._check_again(goal) or text
        if wanted.fact.ahead:
            text = self.tongue.lexicon.phrase("before", act=wanted.fact.ahead[-1].text, check=text)
        step = Planned("check", Act(text, "check"))
        self.made.steps.append(step)
        self._claim(goal, step, understood=understood)

    def _check_again(self, goal: Goal) -> str:
        """The action of a check at what an earlier step showed, which is brought up again; empty where none did, or where the acts of a
        later result may go on where things stand."""
        seen = goal.wanted.seen or goal.wanted.text
        subject = self.tongue.subject(seen)
        shown = Shown(self.made.steps, self.reading.data, self.tongue).once_more(subject)
        later = [wanted.fact for wanted in self.reading.wanted if wanted.number > goal.wanted.number]
        if shown is None or (shown[1] and any(fact.trigger for fact in later)):
            return ""
        screen, steps = shown
        self.made.steps += steps
        if screen:
            return self.tongue.check(seen, self.tongue.on_screen(screen))
        return self.tongue.lexicon.phrase("check_it", subject=subject)

    def _shown_on(self, seen: str) -> str:
        """The screen on which the specification shows what a result speaks of, where the acts that lead to it stay there."""
        about = self.tongue.terms(self.tongue.subject(seen))
        for fact in self.reading.facts if about else ():
            screen = next((act.screen for act in fact.acts if act.screen), "")
            stays = screen and not self.tongue.screens(fact.outcome) and self.tongue.at_once(fact.outcome)
            if stays and about <= self.tongue.terms(fact.outcome):
                return self.tongue.on_screen(screen)
        return ""

    def _open_point(self, goal: Goal) -> None:
        if self._known_way(goal):
            return
        phrase, fill_in = self.tongue.lexicon.phrase, self.tongue.lexicon.fill_in
        known = "action_for" in self.tongue.lexicon.phrases
        missing = phrase("action_for", number=goal.wanted.number) if known else phrase("skeleton_what")
        text = phrase("open_action", what=fill_in(missing))
        conditions = self.reading.facts[goal.target].conditions if goal.target >= 0 else ()
        if (
            conditions
            and self.tongue.is_state(conditions[0])
            and not goal.own
            and "so_that" in self.tongue.lexicon.phrases
        ):
            text = phrase("so_that", action=text, what=conditions[0])
        actor = self.tongue.seer(goal.wanted.text)
        text = text[:1].lower() + text[1:] if actor else text
        step = Planned("action", Act(text, "blank", actor=actor), "", list(self.data.named.get(goal.wanted.text, [])))
        self.made.steps.append(step)
        self._claim(goal, step, understood=False)

    def _known_way(self, goal: Goal) -> bool:
        """Whether the team's knowledge leads to a result that nothing in the case leads to: by the fields that take its data, or by the
        screen where it is seen. It is a guess, and said to be one."""
        seen = goal.wanted.seen or goal.wanted.text
        place = goal.wanted.place
        screen = self.known.sure_place(seen, place, self._said())
        takes = self.known.taking(datum for datum in self.reading.data if datum not in self.taken)
        if (screen is None or screen == takes) and (step := self._to_what_takes(goal)):
            self._claim(goal, step, understood=False)
        elif screen or (self.known.at and (place or self.known.on_it(seen))):
            self._check(goal, understood=False, screen=screen)
        else:
            return False
        self.previous = replace(goal, moves=[Move(self.made.steps[-1].act)])
        self.made.assumed = True
        return True

    def _claim(self, goal: Goal, step: Planned, *, understood: bool = True) -> None:
        """The step verifies the goal's result, or its part of it."""
        if goal.wanted.number not in step.verifies:
            step.verifies.append(goal.wanted.number)
        step.told.append(goal.wanted.text if goal.wanted.fact.ahead else goal.wanted.seen or goal.wanted.text)
        outcome = self.reading.facts[goal.target].outcome if goal.target >= 0 and step.kind == "action" else ""
        step.told += self.tongue.shown_beside(goal.wanted.text, outcome, "\n".join(self.case.expected_results))
        if understood:
            self._understand(goal, step)

    def _understand(self, goal: Goal, step: Planned) -> None:
        if not goal.guessed:
            self.made.understood.add(goal.wanted.number)
        for sentence in goal.sentences:
            if sentence >= 0:
                self.reading.sentences[sentence].steps.append(self.made.steps.index(step) + 1)
