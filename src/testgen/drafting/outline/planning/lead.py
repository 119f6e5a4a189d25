"""Leads to a first result: the way that the case implies, what is going on, and what the case is about."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Move, Reading
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.goals import Goals
from testgen.drafting.outline.planning.tables import rows_to_try
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import quotes

_SWITCHED = re.compile(
    r"(?P<what>[\w .-]{2,40}?) (?:is|are) (?:(?P<how>off|on)|back|lost|down|full|empty|closed|connected|disconnected|unplugged|available|unavailable|offline|online)(?: again)?$"
)
_SETTINGS = ("input", "select", "change", "open", "login", "enter_all")  # what is set before the act itself
_LEAVES = re.compile(r"(?:leave|keep) ")
_SEEN_THERE = re.compile(
    r"\b(?:is|are) (?:greyed out|disabled|enabled|visible|shown|displayed|listed|hidden|available|read-only|offered)\b"
)  # on a screen as soon as it is open
_PRELUDE = ("open", "login", "input", "upload")  # what leads to an act
_NO_ACT = ("wait", "bring", "nominal", "change")  # circumstances: the act that they are tried with is another
_USUAL = re.compile(r"^(?:the )?(?:(?:normal|regular|standard|usual|valid|successful|first) .*|\w+$)")
_ALIKE = 2  # terms that the case and a fact have in common, where nothing else ties them


class Lead:
    """Leads to a first result."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    goals: Goals
    core: list[Move]

    def _do(self, move: Move, goal: Goal, *, again: bool) -> bool:
        raise NotImplementedError

    def _come_to(self, goals: list[Goal]) -> None:
        """Before the first result: the way that the case implies, and what the case is about, where nothing else is done."""
        first = goals[0] if goals else None
        if not first or first.tried or rows_to_try(first.wanted.text, self.reading.rows, self.tongue):
            return
        signs = any(re.match(r"(?:sign|log) in\b", move.act.text) for move in first.moves)
        named = next((move.act for move in self.core if move.act.kind == "login"), None)
        for move in first.moves:
            if named and move.act.text in ("log in", "sign in"):
                move.act = named
        prelude = [move for move in self.core if not (signs and move.act.kind == "login")]
        prelude = [move for move in prelude if move.sentence < 0 and move.act.kind in _PRELUDE]
        main = [move for move in self.core if move not in prelude and move.act.kind != "login"]
        told = any(move.sentence >= 0 for move in self.core)
        if first.moves:
            self._go_before(first, main, told=told)
        elif not self._guess(first, prelude, told=told):
            return
        there = any(move.act.kind == "open" or move.act.screen for move in first.moves)
        if there or first.moves[0].sentence >= 0:
            prelude = [move for move in prelude if self._is_needed(move, first, there=there)]
        first.moves = [*prelude, *first.moves]

    def _guess(self, first: Goal, prelude: list[Move], *, told: bool) -> bool:
        """A first result without a way is reached by what the case is about; whether its way is still to be begun."""
        first.guessed = True
        if not told and first.target < 0 and self._about(first):
            title = [Move(act) for act in self.reading.title.acts]
            first.moves += [move for move in title if not self._is_in(move, first.moves)]
            return True
        typed = any(move.act.kind in ("input", "upload") for move in prelude)
        if len(prelude) < len(self.core) or typed or (prelude and _SEEN_THERE.search(first.wanted.text)):
            first.moves = list(self.core)
            return False
        for move in prelude:  # how to get there, and no more
            self._do(move, first, again=False)
        self.core = []
        return False

    def _go_before(self, first: Goal, main: list[Move], *, told: bool) -> None:
        """What the case is about comes before a first result's own trigger, where it is another act."""
        title = [Move(act) for act in self.reading.title.acts]
        if first.moves[0].sentence < 0:
            passive = all(move.act.kind in _NO_ACT for move in first.moves)
            alike = [number for number, move in enumerate(main) if self._is_in(move, first.moves)]
            main = main[: min(alike, default=len(main))] if told or passive or alike else []
            first.moves = [*main, *first.moves]
        elif begun := self._begun(first):
            first.moves = [*begun, *first.moves]
        elif all(move.act.kind in _SETTINGS or _LEAVES.match(move.act.text) for move in first.moves):
            first.moves += [move for move in title if not self._is_in(move, first.moves)]

    def _name_the_whole(self, goals: list[Goal]) -> None:
        """Normal withdrawal: the name of what the case does as a whole, where the specification tells how that is done."""
        if not any(move.sentence >= 0 for move in self.core):
            return
        about = self.tongue.terms(" ".join((self.case.title, *(move.act.text for move in self.core))))
        for goal in goals:
            act = goal.moves[-1].act if goal.own and len(goal.moves) == 1 else Act("")
            named = act.objects[0] if act.kind == "nominal" and act.objects else ""
            if named and act.text.startswith("carry out") and overlap(self.tongue.terms(named.split()[-1]), about):
                goal.tried = self.tongue.lexicon.phrase("with", what=_USUAL.sub("", named)).removesuffix("with: ")
                goal.moves = []

    def _is_needed(self, move: Move, first: Goal, *, there: bool) -> bool:
        """Whether the way is still to be gone where the specification tells the acts: to a path, and with what a button sends."""
        act = first.moves[0].act
        if move.act.kind == "open":
            return not there and not move.act.screen
        sends = (
            act.kind == "press"
            and bool(quotes(act.text))
            and all(fact.acts[-1].kind != "input" for fact in self.reading.facts if fact.acts)
        )
        return move.act.kind in ("login", "upload") or first.moves[0].sentence < 0 or sends

    def _begun(self, first: Goal) -> list[Move]:
        """What the title says to be going on when the first act comes: printing that goes on, a download that is resumed."""
        title = [Move(act) for act in self.reading.title.acts]
        alike = [number for number, move in enumerate(title) if self._is_in(move, first.moves)]
        going = title[:1] if title and title[0].act.text.startswith("start ") else []
        return title[: alike[0]] if alike else going

    def _about(self, first: Goal) -> bool:
        """Adds what the specification says of the act that the case is most about; whether there is any."""
        title = self.reading.title.acts
        texts = "\n".join((self.case.title, self.case.objective or "", *self.case.expected_results))
        index = self.goals.chains.main(texts, _ALIKE)
        if index < 0 or (title and self.goals.chains.doing(title[-1]) < 0):
            return False
        about = self.tongue.terms(f"{self.case.title} {self.case.objective or ''}")
        if not overlap(about, self.tongue.terms(self.reading.facts[index].trigger)):
            return False
        for number in self.goals.chains.leading(index):
            self.goals.add_fact(first, self.reading.facts[number], last=number == index)
        return True

    def _is_in(self, move: Move, moves: list[Move]) -> bool:
        return any(self.tongue.like(move.act, other.act) for other in moves)

    def _bring_state(self, goal: Goal) -> None:
        """A state that a result is wanted in: it is brought about where nothing is tried in it."""
        phrase = self.tongue.lexicon.phrase
        if goal.state and (switched := _SWITCHED.match(goal.state)):
            text = (
                f"switch {switched['what']} {switched['how']}"
                if switched["how"]
                else phrase("bring_about", what=goal.state)
            )
            act = Act(text, "bring")
        elif goal.state and not self.core:
            act = Act(phrase("bring_about", what=goal.state), "bring")
        else:
            return
        goal.tried, goal.moves = "", [Move(act)]
