"""Runs of a test: one for each case or value that a result tries; each writes out the acts of the whole."""

import re
from dataclasses import replace

from testgen.drafting.outline.model import Act, Datum, Move, Planned
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.walk import Walk
from testgen.text.normal import normalise

_VALUED = re.compile(r"^(?:with:? )?(?P<what>[A-Za-z]+) (?P<value>[-+]?\d[\d.,:]*)$")
_CASE = re.compile(r"^(?:with|for this case):? ")
_HOW = re.compile(r"with(?:out)? (?!\d)")


class Runs(Walk):
    """Runs the acts of the whole, once with each case."""

    core: list[Move]
    whole: list[Move]
    with_data: dict[str, Datum]  # of the last run

    def _claim(self, goal: Goal, step: Planned, *, understood: bool = True) -> None:
        """See `See._claim`."""
        raise NotImplementedError

    def _try(self, goal: Goal) -> None:
        """A case that is tried: the acts of the whole with it, once; then those steps again. Each of several values has a run of its own."""
        named = self.data.named.get(goal.wanted.text, [])
        slots = {self.data.slot(datum) for datum in named}
        runs = [(goal.tried, named)]
        if dates := self.tongue.dates(goal.tried):
            runs = [(date, []) for date in dates]
        elif len(named) > 1 and len(slots) == 1 and self._is_entered(named):
            runs = [(f"{self._with()}{datum.name}", [datum]) for datum in named]
        for text, data in runs:
            if dates:
                clock = Act(self.tongue.lexicon.phrase("set_clock", value=text), "change", (text,))
                self._add(Planned("action", clock, self.tongue.lexicon.phrase("clock_shown", value=text)), None)
            step = (
                self._run(replace(goal, tried="" if dates else text), data) if not goal.state else self._in_state(goal)
            )
            if not goal.moves:
                self._claim(goal, step)
        self.previous = replace(goal, moves=goal.moves or [Move(step.act)])

    def _is_entered(self, named: list[Datum]) -> bool:
        """Whether the acts of the whole enter one of several values at a time."""
        acts = [move.act for move in self.whole or self.core]
        typed = any((act.kind == "input" and self._is_open(act)) or act.kind == "send" for act in acts)
        return typed or any(self.data.takes(thing, datum) for act in acts for thing in act.objects for datum in named)

    def _with(self) -> str:
        return self.tongue.lexicon.phrase("with", what="")

    def _run(self, goal: Goal, named: list[Datum]) -> Planned:
        """One run with a case: what the acts take is entered, the rest is arranged first; then the acts of the whole, written out."""
        whole = self.whole or self.core
        if self._is_measured(goal):
            self._arrange(goal.tried, [], whole)
            return self.made.steps[-1]
        again = bool(whole) and goal.tried == self.tongue.lexicon.phrase("again")
        goal = replace(goal, tried="" if again else goal.tried)
        taken = [datum for datum in named if self._is_entered([datum])]
        chosen = self._alternative(goal.tried)
        apart = (
            goal.tried and not chosen and not self._enters_value(goal.tried) and (not named or len(taken) < len(named))
        )
        how = self._how(goal.tried, whole) if apart and not taken else None
        if apart and not how:
            arranged = [datum for datum in named if datum not in taken and not self.tongue.given(datum)]
            self._arrange(goal.tried, arranged, whole)
        start = len(self.made.steps)
        variant = self.with_data if again else {self.data.slot(datum): datum for datum in taken}
        self.with_data = variant
        self.variant = {**self.variant, **variant}
        run = Goal(goal.wanted, [*self._from_here(whole)[:-1], how] if how else self._from_here(whole), variant)
        for move in run.moves:
            self._do(move, run, again=bool(self.whole) and move.act.kind not in ("open", "login"))
        self._consume_variant(run, start)
        self._enter_value(goal.tried, self.made.steps[start:])
        if chosen:
            self._choose(chosen, self.made.steps[start:])
        self.whole = self.whole or whole
        self.taken |= set(named)
        if not self.made.steps:  # nothing is known that could be done with it
            self._arrange(goal.tried, named, whole)
        return self.made.steps[-1]

    def _is_measured(self, goal: Goal) -> bool:
        """Ask 50.01: a quantity that neither an act nor a datum is called by is so of itself, while things stand as they are."""
        valued = _VALUED.search(goal.tried)
        called = valued and any(
            normalise(valued["what"]) in normalise(datum.name).split() for datum in self.reading.data
        )
        sends = any(move.act.text.startswith("send ") for move in self.whole)
        return bool(valued) and not called and bool(self.whole) and not sends and not self._enters_value(goal.tried)

    def _from_here(self, whole: list[Move]) -> list[Move]:
        """The acts of the whole; behind "Back" those from the last value that was entered."""
        entries = [at for at, move in enumerate(whole) if move.act.kind == "input"]
        back = self.made.steps and re.search(r"\b[Bb]ack\b", self.made.steps[-1].act.text)
        return whole[entries[-1] :] if back and entries else whole

    def _how(self, tried: str, whole: list[Move]) -> Move | None:
        """Send the request, without the header: how the one act of the whole is done."""
        acts = [move for move in whole if move.act.kind not in ("open", "login")]
        if len(acts) != 1 or not _HOW.match(tried):
            return None
        if re.search(r" with(?:out)? " if tried.startswith("with ") else " without ", acts[0].act.text):
            return None
        return replace(acts[0], act=replace(acts[0].act, text=f"{acts[0].act.text} {tried}"))

    def _alternative(self, tried: str) -> Datum | None:
        """101, of limit = 1 | 100 | 101: the one of a datum's values that a result tries."""
        value = normalise(_CASE.sub("", tried))
        for datum in self.reading.data:
            parts = [part.strip() for part in re.split(r"\s*[|,;/]\s", datum.value)]
            if len(parts) > 1 and value in map(normalise, parts):
                return Datum(datum.name, next(part for part in parts if normalise(part) == value))
        return None

    def _choose(self, chosen: Datum, steps: list[Planned]) -> None:
        """Puts one value of a datum where all of them stand."""
        holding = [step for step in steps if any(datum.name == chosen.name for datum in step.data)] or steps[-1:]
        for step in holding:
            step.data = [*(datum for datum in step.data if datum.name != chosen.name), chosen]

    def _is_open(self, act: Act) -> bool:
        """Whether no datum is named after what is entered, so that it takes any."""
        return not any(self.data.takes(thing, datum) for thing in act.objects for datum in self.reading.data)

    def _enters_value(self, tried: str) -> bool:
        valued = _VALUED.search(tried)
        things = [thing for move in self.whole or self.core for thing in move.act.objects]
        return valued is not None and any(self._takes_value(thing, valued["what"]) for thing in things)

    def _takes_value(self, thing: str, what: str) -> bool:
        bare = re.sub(r"^(?:the|an?) ", "", normalise(thing))
        return normalise(what) in bare.split() or self.tongue.lexicon.same_thing(what, bare)

    def _enter_value(self, tried: str, steps: list[Planned]) -> None:
        """Qty 8: what is entered is what the result tries, and not the datum of that name."""
        valued = _VALUED.search(tried)
        for step in steps if valued else ():
            if (
                valued
                and step.act.kind in ("input", "select")
                and any(self._takes_value(t, valued["what"]) for t in step.act.objects)
            ):
                step.data, step.given = [], valued["value"]

    def _in_state(self, goal: Goal) -> Planned:
        """A state that is told as a clause is brought about where things stand, behind the acts of the whole."""
        whole = self.whole or self.core
        if whole and whole[-1].act.kind == "send":  # what a request holds is so before it is sent
            return self._run(replace(goal, state=""), [])
        if not self.whole:
            self._run(replace(goal, tried="", state=""), [])
        self._arrange(goal.tried, [], self.whole)
        return self.made.steps[-1]

    def _arrange(self, case: str, data: list[Datum], whole: list[Move]) -> None:
        """What a result names as its circumstances is brought about in the author's words; how, without acts to do it by, is open."""
        phrase = self.tongue.lexicon.phrase
        key = "arrange" if whole else "test_with"
        what = _CASE.sub("", case).strip(" ,") if whole else case
        self._add(Planned("action", Act(phrase(key, what=what or phrase("again")), "bring", (what,)), "", data), None)
