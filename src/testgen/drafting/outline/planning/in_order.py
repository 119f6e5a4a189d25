"""A scenario's own order: where one tells the whole flow (Given, When, Then), and the results call for too little of it. Lists of steps
are not followed so: they tell several tests as often as one, and procedures got worse by it."""

from dataclasses import replace

from testgen.drafting.outline.model import BACKGROUND, NOTE, Fact, Move, Reading
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.tongue import Tongue

_FLOW = 2  # acts that make one


def in_order(goals: list[Goal], reading: Reading, tongue: Tongue) -> list[Goal]:
    """The goals, each with the next part of the flow as its way; as they are where their own ways do most of the flow."""
    flow = [fact for fact in reading.facts if _belongs(fact)]
    called = {move.sentence for goal in goals for move in goal.moves}
    left_out = [fact for fact in flow if fact.acts and fact.sentence not in called]
    if len(left_out) < _FLOW or 2 * len(left_out) <= sum(bool(fact.acts) for fact in flow):
        return goals
    if len({fact.part for fact in flow}) > 1:
        return goals
    parts = _parts(flow)
    places = _places([tongue.terms(goal.wanted.text) for goal in goals], [tongue.terms(said) for _, said in parts])
    found, done = [], 0
    for goal, place in zip(goals, places, strict=True):
        way = [move for moves, _ in parts[done : place + 1] for move in moves]
        done = max(done, place + 1)
        found.append(replace(goal, moves=way, own=False, guessed=False, tried="", early=False) if way else goal)
    return found


def _belongs(fact: Fact) -> bool:
    """Whether a fact is a line of a scenario."""
    return fact.scenario and not fact.values and fact.role not in (BACKGROUND, NOTE)


def _parts(flow: list[Fact]) -> list[tuple[list[Move], str]]:
    """The flow cut behind what is to be seen: the acts of each part, and what they and their outcome say."""
    parts: list[tuple[list[Move], str]] = []
    moves: list[Move] = []
    for fact in flow:
        moves += [Move(act, fact.sentence) for act in fact.acts]
        if moves and fact.outcome:
            moves[-1].outcome = moves[-1].outcome or fact.outcome
            parts.append((moves, f"{moves[-1].act.text} {fact.outcome}"))
            moves = []
        elif fact.outcome and parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]} {fact.outcome}")
    return [*parts, (moves, moves[-1].act.text)] if moves else parts


def _places(results: list[frozenset[str]], parts: list[frozenset[str]]) -> list[int]:
    """Behind which part each result is seen, in the order of both: the last that speaks of it most, else where the next result is
    seen, the last at the end."""
    places, at = [-1] * len(results), 0
    for number, result in enumerate(results):
        best = max(range(at, len(parts)), key=lambda part: (len(result & parts[part]), part), default=at)
        if best < len(parts) and result & parts[best]:
            places[number] = at = best
    behind = len(parts) - 1
    for number in reversed(range(len(results))):
        behind = places[number] = places[number] if places[number] >= 0 else behind
    return places
