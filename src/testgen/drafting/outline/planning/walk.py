"""Walks to a result: does its acts in order, none again while the state lasts, with the data that they take."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Move, Plan, Planned, Reading
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.goals import Goals
from testgen.drafting.outline.planning.handing import MOST_RESULTS, Handing
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise


class Walk(Handing):
    """Walks to a result: does its acts in order, none again while the state lasts, with the data that they take."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    goals: Goals
    data: Data
    made: Plan
    done: set[str]
    taken: set[Datum]
    opened: set[str]
    variant: dict[str, Datum]
    last: Planned | None
    by_key: dict[str, Planned]
    previous: Goal | None

    def _take_named(self, step: Planned, text: str) -> None:
        """A datum named after the thing that is set up belongs to it: link_age to the reset link."""
        for datum in self.reading.data:
            words = re.split(r"[\s_]+", normalise(datum.name))
            if len(words) > 1 and words[0] in normalise(text) and words[-1] == "age":
                step.data.append(datum)
                self.taken.add(datum)
                step.expected = self.tongue.sentence(
                    self.tongue.lexicon.phrase("age_is", subject=words[0], value=datum.value)
                )

    def _pass(self, goal: Goal) -> None:
        fresh = {slot for slot, datum in goal.variant.items() if self.variant.get(slot, datum) != datum}
        others = {slot: datum for slot, datum in self.variant.items() if slot not in goal.variant}
        self.variant = {**others, **goal.variant}
        if not goal.moves or goal.moves[-1].act.kind == "set":
            goal = replace(goal, moves=self._settings(goal) or goal.moves)
        if not goal.moves:
            return
        self._walk(goal, again=bool(fresh) and (self._moved_on() or goal.around))
        self.previous = goal

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

    def _walk(self, goal: Goal, *, again: bool) -> None:
        dirty = again
        first = len(self.made.steps)
        if goal.moves[-1].act.kind == "press":
            self._enter_fields(goal)
        for position, move in enumerate(goal.moves):
            final = position == len(goal.moves) - 1
            dirty = self._do(move, goal, again=dirty or final or (move.redo and not self.goals.begins)) or dirty
        self._consume_variant(goal, first)
        if goal.times and not self.tongue.times(goal.moves[-1].act.text) and self.last and len(self.made.steps) > first:
            self.last.span = min(goal.span, sum(step.act.kind != "open" for step in self.made.steps[first:]))
            self.last.act = _times(self.last.act, goal.times)
        if self.last:
            self.by_key[self._key(goal)] = self.last

    def _enter_fields(self, goal: Goal) -> None:
        """Data that are named after the lines of a table of fields are entered before what sends the form."""
        cells = {normalise(cell) for row in self.reading.rows for cell in row.cells.values()}
        fields = [datum for datum in self.reading.data if datum not in self.taken and normalise(datum.name) in cells]
        if len(fields) < MOST_RESULTS or any(move.act.kind == "input" for move in goal.moves):
            return
        self._add(Planned("action", Act(self.tongue.lexicon.phrase("enter_all"), "enter_all"), "", fields), None)

    def _do(self, move: Move, goal: Goal, *, again: bool) -> bool:
        """Does an act unless it is done already; whether it was done now."""
        act = self._as_field(_filled(move.act, goal.values))
        data, names = self.data.take(act, self.variant, self.taken, own=goal.own)
        key = self._act_key(act, data)
        act, data = self._handed(act, data, goal, final=move in goal.moves[-1:])
        if move.stands_for:
            self.done.add(self._act_key(move.stands_for, self.data.take(move.stands_for, self.variant, self.taken)[0]))
        if key in self.done and not again:
            return False
        if self._do_known(move, act, data, key):
            return True
        made = replace(act, text=self.tongue.imperative(act, names), times=None, past=False)
        step = Planned("action", made, move.outcome, data, sentence=move.sentence, key=key)
        self._complete(step, goal)
        if self._told_twice(step, goal):
            return True
        self._add(step, goal)
        self.opened |= {normalise(screen) for screen in self.tongue.screens(move.outcome)}
        self.base = self.known.come_to(move.outcome) or self.base
        self._asked_for(move.outcome)
        return True

    def _told_twice(self, step: Planned, goal: Goal) -> bool:
        """Whether the specification and the result tell one act in the same words: it is one step."""
        last = self.made.steps[-1] if self.made.steps else None
        same = (
            last is self.last
            and last is not None
            and (last.act.text, last.act.actor) == (step.act.text, step.act.actor)
        )
        if same and last and not last.verifies and len(goal.moves) > 1 and not goal.times and step.data == last.data:
            last.sentence = max(last.sentence, step.sentence)
            return True
        return False

    def _asked_for(self, outcome: str) -> None:
        """What the product asks for then is entered."""
        for datum in self.reading.data:
            if (
                datum not in self.taken
                and not self._later(datum)
                and re.search(rf"{re.escape(datum.name)}の?(?:入力|選択|指定|記入)", outcome)
            ):
                asked = Act(self.tongue.lexicon.phrase("enter_value", what=datum.name), "input", (datum.name,))
                self._add(Planned("action", asked, "", [datum]), None)

    def _is_done(self, move: Move, goal: Goal) -> bool:
        act = _filled(move.act, goal.values)
        return self._act_key(act, self.data.take(act, self.variant, self.taken)[0]) in self.done

    def _open(self, act: Act) -> None:
        if screen_known := self._known_screen(act):
            self._go_to(screen_known, act)
            return
        screen = normalise(act.screen)
        who = act.actor + "|" + screen
        if not act.screen or who in self.opened or (screen in self.opened and not act.actor) or act.kind == "open":
            self.opened |= {screen, who} if act.screen else set()
            return
        phrase = self.tongue.lexicon.phrase
        self.opened |= {screen, who}
        opened = Act(phrase("open_screen", screen=act.screen), "open", (act.screen,), act.screen, act.actor)
        text = self.tongue.imperative(opened)
        data = [
            datum
            for datum in self.reading.data
            if datum not in self.taken and self._identifies(datum, act.screen) and not self._later(datum)
        ]
        self._add(
            Planned(
                "action",
                Act(text, "open", (act.screen,), act.screen, act.actor),
                phrase("screen_shown", screen=act.screen),
                data,
            ),
            None,
        )

    def _add(self, step: Planned, goal: Goal | None) -> None:
        del goal
        self.made.steps.append(step)
        self.done |= {step.key, "|" + step.key.partition("|")[2]}  # done by somebody
        self.taken |= set(step.data)
        for datum in step.data:
            if len(self.data.slots[self.data.slot(datum)]) > 1:
                self.variant[self.data.slot(datum)] = datum
        self.last = step

    def _again(self, move: Move, slot: str, new: Datum, head: str) -> None:
        data, names = self.data.take(move.act, {**self.variant, slot: new}, self.taken)
        data = [new if normalise(self.tongue.head(datum.name)) == head else datum for datum in data]
        article = "the " if self.tongue.language == "en" else ""
        names = tuple(
            article + new.name.replace("_", " ") if normalise(self.tongue.head(name)) == head else name
            for name in names
        )
        text = self.tongue.imperative(move.act, names)
        self._add(
            Planned(
                "action",
                Act(text, move.act.kind, move.act.objects, move.act.screen, move.act.actor),
                "",
                data,
                sentence=move.sentence,
            ),
            None,
        )

    def _key(self, goal: Goal) -> str:
        """What tells one way from another: who does what last, with which data, and the trigger that the result tells."""
        last = goal.moves[-1].act if goal.moves else Act("")
        variant = ",".join(f"{slot}={datum.name}" for slot, datum in sorted(goal.variant.items()))
        row = sorted(goal.values.items()) if any("<" in move.act.text for move in goal.moves) else []
        own = goal.wanted.fact.trigger if goal.own else ""
        waits = any(move.redo for move in goal.moves)
        return f"{normalise(own)}|{last.actor}|{normalise(last.text)}|{variant}|{row}|{goal.times}|{waits}"

    def _act_key(self, act: Act, data: list[Datum]) -> str:
        return f"{act.actor}|{normalise(act.text)}|{','.join(datum.name for datum in data)}"


def _filled(act: Act, values: dict[str, str]) -> Act:
    """<password> in an act is the row's password."""
    for name, value in values.items() if "<" in act.text else ():
        act = replace(
            act,
            text=act.text.replace(f"<{name}>", value),
            objects=tuple(thing.replace(f"<{name}>", value) for thing in act.objects),
        )
    return act


def _times(act: Act, times: int) -> Act:
    return Act(act.text, act.kind, act.objects, act.screen, act.actor, times)
