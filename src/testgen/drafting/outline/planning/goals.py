"""What each expected result needs: the acts that lead to its trigger, the waits between, and its variant of the data."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import MEANS, Act, Fact, Move, Reading, Wanted
from testgen.drafting.outline.planning.calling import Calling
from testgen.drafting.outline.planning.conditions import Conditions
from testgen.drafting.outline.planning.data import LETTERED, Data, spelt_out
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.known import Known
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.own import bare_verb, by
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import quotes
from testgen.text.normal import normalise

_UNCHANGED = re.compile(r"のまま|変わら|維持|保持|残る|残って|\b(?:unchanged|remains?|still|stays?)\b")
_SEVERAL = 2  # labels of which one is chosen
_EARLY = re.compile(r"\bbefore (?:\w+ing|the \w+)$")
_CIRCUMSTANCE = re.compile(
    r"^[^、。をがは「]{1,12}(?:外|中|内|時|前|後)に"
)  # which a variant of the data brings or not
_WITHIN = re.compile(r"\d+\s?(?:秒|分|時間|日)以内に")  # not so where the time has passed


class Goals(Calling, Conditions):
    """Finds the way to each result."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, known: Known) -> None:
        self.case, self.reading, self.tongue, self.known = case, reading, tongue, known
        self.begins = "start" in tongue.lexicon.phrases  # the language knows how a procedure begins
        self.chains = Chains(reading, tongue)
        self.data = Data(reading.data, reading.wanted, tongue)
        text = case.specification or ""
        self._labels = {normalise(label) for label in (*quotes(text), *re.findall(r"\*\*([^*\n]{1,30})\*\*", text))}
        self._commands = {normalise(label) for label in re.findall(r"`([^`\n]{1,80})`", text)}
        self._last_to_data: Act | None = None
        self._already = normalise("\n".join((*case.preconditions, *case.test_data.values())))
        self._given = tongue.terms(
            "\n".join(
                (case.title, case.objective or "", *case.preconditions, *case.test_data, *case.test_data.values())
            )
        )

    def all(self) -> list[Goal]:
        """One goal a result, in the case's order."""
        goals: list[Goal] = []
        ahead: tuple[Act, ...] = ()
        for wanted in self.reading.wanted:
            goal = self._goal(wanted)
            if ahead and not goal.moves and not goal.tried and not goal.early:
                goal.moves, goal.own = [Move(self._with_thing(act)) for act in ahead], True
            ahead = wanted.fact.ahead or (() if goal.moves else ahead)
            if goals and not goal.own and _UNCHANGED.search(wanted.fact.outcome) and _elsewhere(goal, goals[-1]):
                goal.moves, goal.target = [], -1  # what did not change is looked at where things stand
            goals.append(goal)
        self._order(goals)
        return goals

    def _goal(self, wanted: Wanted) -> Goal:
        original, wanted = wanted, self._at_device(wanted)
        wanted, named = self._without_data(self._with_account(wanted))
        wanted, during = self._without_circumstance(wanted)
        named = {**self.data.variants(original.text), **self._topics(wanted), **named}
        goal = Goal(wanted, variant=named, own=bool(wanted.fact.acts))
        target = self.chains.bringing(wanted)
        wanted = self._judged(wanted, target)
        goal.wanted, goal.own = wanted, bool(wanted.fact.acts)
        acts = self._to_do(original, wanted.fact.acts)
        doing, called = self._known_way(acts, target)
        if self._by_condition(goal, target):
            return goal
        own = self._tried(goal, [] if doing >= 0 else acts)
        led = self._led(wanted)
        if goal.tried and not own:
            target = -1
        elif led >= 0:
            target = led
        elif not during and self._in_a_state(goal, target):
            return goal
        goal.early = bool(_EARLY.search(wanted.text) or wanted.fact.ahead) and not own
        self._lead_to(goal, own, doing, target)
        goal.target = target
        goal.values = dict(self.reading.facts[target].values) if target >= 0 else {}
        if called and doing >= 0:
            there = self.reading.facts[doing].sentence
            goal.moves = [replace(move, redo=move.redo or move.sentence == there) for move in goal.moves]
        elif doing >= 0:
            self._do_known(goal)
        if target >= 0:
            goal.sentences.append(self.reading.facts[target].sentence)
        for condition in wanted.fact.conditions if doing < 0 and led < 0 else ():
            self._add_condition(goal, condition, own=True, told=self.begins)
        way_there, goal.moves = goal.moves, [] if _is_clock(own) else goal.moves
        self._do_own(goal, self._completed(own))
        goal.moves += [replace(move, redo=True) for move in way_there] if _is_clock(own) else []
        self._add_person(goal)
        if during:
            self._set_apart(goal, during)
        behind = [*goal.moves[1:], None] if goal.moves else []
        goal.moves = [move for move, then in zip(goal.moves, behind, strict=True) if not _told_again(move, then)]
        return goal

    def _lead_to(self, goal: Goal, own: list[Act], doing: int, target: int) -> None:
        """Adds the acts of the specification that lead there: those that the result calls by name, else those that bring it."""
        later = goal.wanted.number > 1 and bool(own) and (self.begins or own[-1].kind == "wait")
        told = bool(own) and (own[-1].kind in ("told", "nominal") or later) and not _is_clock(own)
        explained = bool(own) and target >= 0 and bool(self.reading.facts[target].acts) and not _is_clock(own)
        way = doing if doing >= 0 else -1 if told or explained else target
        for number in self.chains.leading(way) if way >= 0 else ():
            self.add_fact(goal, self.reading.facts[number], last=number == way)

    def _to_do(self, wanted: Wanted, acts: tuple[Act, ...]) -> list[Act]:
        """A result's own acts, without those that have come about before: 搬出後, 承認後."""
        told = normalise(" ".join(other.text for other in self.reading.wanted[: self.reading.wanted.index(wanted)]))
        return [act for act in acts if not (act.past and bare_verb(act.text) in told)]

    def _tried(self, goal: Goal, own: list[Act]) -> list[Act]:
        """A case that is tried is no act; a datum that an act takes is tried by that act."""
        if not own or own[0].kind != "variant":
            return own
        if self._is_taken(goal.wanted, own[0].text):
            goal.own = len(own) > 1
        else:
            goal.tried = own[0].text
        return own[1:]

    def _do_known(self, goal: Goal) -> None:
        """The result's trigger is an act of the specification: with who does it, what has passed and what was done before."""
        fact, last = goal.wanted.fact, goal.moves.pop()
        things = [normalise(thing) for thing in fact.acts[-1].objects]
        goal.variant |= {self.data.slot(d): d for d in self.reading.data if normalise(d.name) in things}
        known = {normalise(move.act.text) for move in (*goal.moves, last)}
        goal.moves += [
            Move(act)
            for act in fact.acts[:-1]
            if normalise(act.text) not in known and (act.objects or bare_verb(act.text) not in " ".join(known))
        ]
        for condition in fact.conditions:
            if tongue_lapse(self.tongue, condition):
                self._add_condition(goal, condition, own=True)
        last.act = _one_label(last.act, fact.acts[-1])
        if any(act.kind == "wait" for act in fact.acts):
            last.act = replace(last.act, text=_WITHIN.sub("", last.act.text))
        if who := fact.acts[-1].actor:
            last.act = by(last.act, who)
            for move in goal.moves if self.begins and goal.wanted.number == 1 else ():
                move.act = move.act if move.act.actor else by(move.act, who)
        if self._says_more(fact.acts[-1], last.act, goal):
            own = fact.acts[-1]
            if own.objects == ("it",) and last.act.objects:  # select it in browser 1: the seat
                own = replace(
                    own, text=re.sub(r"\bit\b", last.act.objects[0], own.text, count=1), objects=last.act.objects
                )
            own = replace(own, screen=own.screen or last.act.screen)
            last = Move(own, last.sentence, last.outcome, stands_for=last.act)
        goal.moves.append(last)

    def _is_taken(self, wanted: Wanted, tried: str) -> bool:
        """Whether an act of the specification takes the datum that the result tries."""
        named = [
            datum for datum in self.data.named.get(wanted.text, []) if self.begins or self.data.speaks_of(tried, datum)
        ]
        return any(
            self.data.takes(thing, datum)
            for fact in self.reading.facts
            for act in fact.acts
            for thing in act.objects
            for datum in named
        )

    def add_fact(self, goal: Goal, fact: Fact, *, last: bool) -> None:
        """Adds a fact's acts to the way, with what has to be so before the last of them."""
        goal.sentences.append(fact.sentence)
        if goal.variant and fact.acts:
            fact = replace(fact, acts=tuple(replace(act, text=_CIRCUMSTANCE.sub("", act.text)) for act in fact.acts))
        before = [*fact.acts[:-1]] if fact.acts else []
        goal.moves += [Move(act, fact.sentence, redo=act in before[:at]) for at, act in enumerate(before)]
        same = fact.acts and fact.acts[-1].kind == "same"
        kept = goal.moves.pop() if same and goal.moves else None
        for condition in fact.conditions:
            self._add_condition(goal, condition, own=last and not goal.variant and not goal.own)
        if kept:
            goal.moves.append(Move(kept.act, fact.sentence, fact.outcome, redo=True))
        elif fact.acts and not same:
            seen = "" if fact.role == MEANS else fact.outcome
            goal.moves.append(Move(fact.acts[-1], fact.sentence, seen, redo=fact.acts[-1] in before))
            goal.span = len(fact.acts)
        if fact.times and last and goal.moves:
            goal.times = fact.times

    def _add_person(self, goal: Goal) -> None:
        """Where two persons share the acts, the result says whose turn it is."""
        persons = [name for name in self.persons() if normalise(name) in normalise(goal.wanted.text)]
        if len(self.persons()) > 1 and len(persons) == 1:
            for move in goal.moves:
                if not move.act.actor and move.act.kind != "wait":
                    move.act = _at(move.act, persons[0]) if persons[0].startswith("端末") else by(move.act, persons[0])

    def persons(self) -> list[str]:
        """Persons that the preconditions tell apart by a letter or number: 担当者A, user B."""
        found = re.findall(
            r"(?:担当者|利用者|ユーザー?|管理者|会員|端末|承認者|申請者)\s?[A-ZＡ-Ｚ](?![A-Za-z])|\b(?:[Uu]ser|[Cc]lerk|[Aa]gent|[Aa]dmin|[Ee]ditor|[Pp]layer|[Tt]ester|[Pp]erson|[Cc]ustomer|[Nn]urse|[Oo]perator) [A-Z]\b",
            LETTERED.sub(spelt_out, "\n".join(self.case.preconditions)),
        )
        return list(dict.fromkeys(found))


def _told_again(move: Move, then: Move | None) -> bool:
    """実数量を入力する, before 実数量に18を入力する."""
    thing = move.act.objects[0] if move.act.objects else ""
    return then is not None and move.act.kind == then.act.kind == "input" and then.act.text.startswith(f"{thing}に")


def _at(act: Act, device: str) -> Act:
    """端末Bで…: a device is where something is done, and nobody who does it."""
    return act if act.text.startswith(device) else replace(act, text=f"{device}で{act.text}")


def _one_label(act: Act, own: Act) -> Act:
    """承諾する, where the specification has [承諾][辞退]を選ぶ: the label that is meant."""
    labels = re.findall(r"\[[^\[\]]{1,20}\]|「[^」]{1,20}」", act.text)
    meant = next((label for label in labels if label[1:-1] == bare_verb(own.text)), "")
    if len(labels) < _SEVERAL or not meant:
        return act
    return replace(act, text=f"{meant}を{act.text[act.text.rfind('を') + 1 :]}", objects=(meant,))


def _is_clock(own: list[Act]) -> bool:
    """Whether all that a result tells is the time at which something is done."""
    return bool(own) and all(act.kind == "change" and re.search(r"\d", "".join(act.objects)) for act in own)


def tongue_lapse(tongue: Tongue, condition: str) -> bool:
    """Whether a condition is a time that has to pass."""
    return tongue.lapse(condition) is not None


def _elsewhere(goal: Goal, before: Goal) -> bool:
    """Whether a way ends in another act than the one before."""
    ends = [found.moves[-1].act.text if found.moves else "" for found in (goal, before)]
    return bool(goal.moves) and ends[0] != ends[1] and goal.target != before.target
