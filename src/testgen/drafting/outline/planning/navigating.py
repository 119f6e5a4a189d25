"""Goes where the team's knowledge says: opens the screens that it tells of, does its shared steps, enters its values."""

import re
from dataclasses import replace

from testgen.domain.knowledge import Screen
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Move, Plan, Planned, Reading
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.known import Known, planned
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise


class Navigating:
    """Goes where the team's knowledge says."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    known: Known
    made: Plan
    opened: set[str]
    taken: set[Datum]
    left: Screen | None  # for a check, by acts that go on there

    def _add(self, step: Planned, goal: Goal | None) -> None:
        raise NotImplementedError

    def _open(self, act: Act) -> None:
        raise NotImplementedError

    def _later(self, datum: Datum) -> bool:
        raise NotImplementedError

    def _do_known(self, move: Move, act: Act, data: list[Datum], key: str) -> bool:
        """Does an act as the team tells it: by its shared steps of that name, or by its way to a screen; whether it tells one."""
        if shared := self.known.steps(act.text):
            for step in planned(shared, "action", self.tongue):
                step.key, step.sentence = key, move.sentence
                self._add(step, None)
            return True
        screen = self.known.screen(act) if act.kind == "open" else None
        if screen is None or not screen.open:
            self._open(act)
            return False
        way = self.known.way_to(screen, act.actor)
        way[-1] = replace(way[-1], data=data, sentence=move.sentence, key=key)
        for step in way:
            self._add(step, None)
        self.opened |= {normalise(act.screen), normalise(screen.name)}
        self.left = None
        return True

    def _known_screen(self, act: Act) -> Screen | None:
        """The screen that the team tells of and that an act needs: which it names, which was left for a check, or for the first
        act the one with what is pressed or entered."""
        begun = self.known.at or any(step.kind == "action" and step.act.kind != "shared" for step in self.made.steps)
        said = f"{self.case.title}\n{self.case.specification or ''}"
        found = self.known.screen(act)
        if found is None and not act.screen and self.known.works_on(act):
            found = self.left or (None if begun else self.known.first_screen(act, said))
        return found if found and found.open else None

    def _go_to(self, screen: Screen, act: Act) -> None:
        """Opens a screen that the team tells of, unless one is there."""
        name = normalise(screen.name)
        begun = {name, normalise(act.screen)} & self.opened
        there = self.known.at == screen or (begun and self.known.at is None)
        self.left = self.left or self.known.at if act.kind == "check" else None
        self.opened |= {name, normalise(act.screen)} if act.screen else {name}
        if there:
            self.known.at = screen
            return
        way = self.known.way_to(screen, act.actor)
        data = [
            datum for datum in self.reading.data if datum not in self.taken and self._identifies(datum, screen.name)
        ]
        way[-1].data = [datum for datum in data if not self._later(datum)]
        for step in way:
            self._add(step, None)

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
