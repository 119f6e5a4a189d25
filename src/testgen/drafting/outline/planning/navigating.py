"""Goes where the team's knowledge says: opens the screens that it tells of, does its shared steps, enters its values."""

import re
from dataclasses import replace

from testgen.domain.knowledge import Screen
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Move, Plan, Planned, Reading
from testgen.drafting.outline.planning.data import Data
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.known import Known, planned
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise


class Navigating:
    """Goes where the team's knowledge says."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    known: Known
    data: Data
    made: Plan
    last: Planned | None
    opened: set[str]
    taken: set[Datum]
    variant: dict[str, Datum]
    base: Screen | None  # where the acts are done, while a check looks elsewhere

    def _add(self, step: Planned, goal: Goal | None) -> None:
        raise NotImplementedError

    def _open(self, act: Act) -> None:
        raise NotImplementedError

    def _idle(self) -> list[Datum]:
        raise NotImplementedError

    def _later(self, datum: Datum) -> bool:
        raise NotImplementedError

    def _do_known(self, move: Move, act: Act, data: list[Datum], key: str) -> bool:
        """Does an act as the team tells it: by its shared steps of that name, or by its way to a screen, on which an act's data may be
        entered already; whether nothing is left to do."""
        if shared := self.known.steps(act.text):
            for step in planned(shared, "action", self.tongue, self.known.account_in(act.text)):
                step.key, step.sentence = key, move.sentence
                self._add(step, None)
            return True
        screen = self.known.screen(act) if act.kind == "open" else None
        if screen is None or not screen.open:
            before = set(self.taken)
            self._open(act)
            return act.kind == "input" and bool(data) and before.isdisjoint(data) and self.taken.issuperset(data)
        *way, (_, last) = self.known.way_to(screen, act.actor)
        self._walk_to(way, screen)
        self._add(replace(last, data=data, sentence=move.sentence, key=key), None)
        self._note_open(screen, act)
        self.base = screen
        return True

    def _walk_to(self, way: list[tuple[Screen, Planned]], goal: Screen) -> None:
        """Opens the screens on a way, and enters there what the case has for them and the screen at the end has no field for."""
        for screen, step in way:
            self._add(step, None)
            for datum in self._idle():
                field = self.known.field(screen, datum)
                if field and not self.known.field(goal, datum):
                    self._add(self._entering(field, datum), None)

    def _entering(self, field: str, datum: Datum) -> Planned:
        label = field.strip("「」\"'")
        act = Act(self.tongue.lexicon.phrase("enter_value", what=label), "input", (label,))
        return Planned("action", replace(act, text=self.tongue.imperative(act)), "", [datum])

    def _to_what_takes(self, goal: Goal) -> Planned | None:
        """The action for a result that nothing leads to, as far as the team's knowledge tells it: the screen with fields for the case's
        data is opened and they are entered, numbered ones up to the one that the result speaks of. None where there is none."""
        free = [datum for datum in self.reading.data if datum not in self.taken]
        screen = self.known.taking(free)
        named = self.data.named.get(goal.wanted.text, ())
        if screen is None or not screen.open or (named and not any(datum in free for datum in named)):
            return None
        self._go_to(screen, Act(goal.wanted.text, "input"))
        last = max((free.index(datum) for datum in named if datum in free), default=len(free) - 1)
        step = None
        for datum in free[: last + 1]:
            alone = len(self.data.slots[self.data.slot(datum)]) == 1
            field = self.known.field(screen, datum)
            if field and datum not in self.taken and (named or alone):
                step = self._entering(field, datum)
                self._add(step, None)
        return step

    def _as_field(self, act: Act) -> Act:
        """What is tried is entered, where a datum or a field that the team tells of is called so: 誤った番号, 正しいパスワード."""
        if act.kind not in ("told", "nominal") or len(act.objects) != 1:
            return act
        what = re.sub(r"^(?:the|an?)\s+", "", act.objects[0])
        if datum := self.known.meant(what, self.reading.data):
            screen = self.known.taking([datum])
            text = self.tongue.lexicon.phrase("enter_value", what=what)
            return Act(text, "input", (datum.name,), screen.name if screen else "", act.actor)
        found = self.known.field_called(what)
        if found is None or not found[0].open:
            return act
        text = self.tongue.lexicon.phrase("enter_value", what=what)
        return Act(text, "input", act.objects, found[0].name, act.actor)

    def _known_screen(self, act: Act) -> Screen | None:
        """The screen that the team tells of and that an act needs: which it names, where the acts went on before a check, or for the first
        act the one with what is pressed or entered."""
        begun = self.known.at or any(step.kind == "action" and step.act.kind != "shared" for step in self.made.steps)
        found = self.known.screen(act)
        if found is None and not act.screen and self.known.works_on(act):
            away = self.base if self.base != self.known.at else None
            found = away or (None if begun else self.known.first_screen(act, self._names(act), self._said()))
        return found if found and found.open else None

    def _names(self, act: Act) -> str:
        """What an act is done to, by the names of the data too."""
        return " ".join((*act.objects, *(datum.name for datum in self.data.take(act, self.variant, self.taken)[0])))

    def _note_open(self, screen: Screen, act: Act) -> None:
        self.opened |= {normalise(screen.name), normalise(act.screen or screen.name)}

    def _said(self) -> str:
        """What the case is about, as it begins."""
        case = self.case
        return "\n".join((case.title, case.expected_results[0], *case.test_data))

    def _go_to(self, screen: Screen, act: Act) -> None:
        """Opens a screen that the team tells of, unless one is there."""
        name = normalise(screen.name)
        begun = {name, normalise(act.screen or screen.name)} & self.opened
        there = self.known.at == screen or (begun and self.known.at is None)
        if act.kind != "check":
            self.base = screen
        self._note_open(screen, act)
        if there:
            self.known.at = screen
            return
        *way, (_, last) = self.known.way_to(screen, act.actor)
        self._walk_to(way, screen)
        data = [
            datum for datum in self.reading.data if datum not in self.taken and self._identifies(datum, screen.name)
        ]
        last.data = [datum for datum in data if not self._later(datum)]
        self._add(last, None)

    def _given(self, step: Planned) -> str:
        """What is entered where the case gives nothing: what the team tells of each thing, else an open point for the first."""
        told = [self._value(thing, step) for thing in step.act.objects]
        return " / ".join(told) if any(not OPEN_POINT.search(value) for value in told) else told[0]

    def _value(self, thing: str, step: Planned) -> str:
        """What is entered for a thing that the case gives no value for: what the team tells, else an open point."""
        thing = thing.strip("「」\"'")
        said = "\n".join((step.act.actor, step.act.text, self.case.title, *self.case.preconditions))
        return self.known.value(thing, said) or self.tongue.lexicon.fill_in(thing)

    def _identifies(self, datum: Datum, screen: str) -> bool:
        """顧客番号 says which 顧客詳細画面, order number which Order page."""
        stem = re.sub(
            r"(?:番号|ID|コード|名|No\.?|\s?number|\s?id|\s?no\.?|\s?name)$", "", datum.name, flags=re.IGNORECASE
        )
        return len(stem) > 1 and stem != datum.name and normalise(screen).startswith(normalise(stem))
