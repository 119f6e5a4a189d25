"""The second stage: the steps, result by result; nothing is done again while the state lasts."""

import re
from copy import deepcopy
from dataclasses import replace

from testgen.domain.knowledge import NOTHING_TOLD, Screen
from testgen.domain.procedure import MAX_STEPS
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Move, Plan, Planned, Reading
from testgen.drafting.outline.planning.again import Again
from testgen.drafting.outline.planning.beginning import Beginning
from testgen.drafting.outline.planning.contradicting import goes_against
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.goals import Goals
from testgen.drafting.outline.planning.idle import Idle
from testgen.drafting.outline.planning.in_order import in_order
from testgen.drafting.outline.planning.known import Known, planned
from testgen.drafting.outline.planning.lead import Lead
from testgen.drafting.outline.planning.noting import Notes
from testgen.drafting.outline.planning.preparing import prepare
from testgen.drafting.outline.planning.requests import TIME
from testgen.drafting.outline.planning.retold import Retold
from testgen.drafting.outline.planning.script import Telling
from testgen.drafting.outline.planning.understood import inferred, too_little, unsure
from testgen.drafting.outline.scripting import Script, Scripted
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import mask
from testgen.text.normal import normalise

_TOGETHER = re.compile(
    r"同時|競合|楽観|排他|他の|another|someone else|concurren|simultaneous|at the same time|both", re.IGNORECASE
)
_ASKED = re.compile("(?:が|を)求め(?=られ|る)")
_OPEN = re.compile(r"開いて|表示されて|表示中|is open|are open|is shown|is displayed|on the screen", re.IGNORECASE)


def make_plan(case: TestCase, reading: Reading, tongue: Tongue, known: Known) -> Plan:
    """The second stage."""
    untaught = deepcopy(reading) if known.told and tongue.language == "ja" else None
    planner = _Planner(case, reading, tongue, known)
    made = planner.plan()
    if script := tongue.script(case, reading) if isinstance(tongue, Scripted) else None:
        lost = tongue.lexicon.phrase("check", subject=tongue.lexicon.phrase("result"), where="")
        arranged = tongue.lexicon.phrase("arrange", what="")
        pretends = any(
            step.act.text.startswith((lost, arranged)) for step in made.steps
        )  # a check of which nobody knows what
        lines = [line for text in case.expected_results for line in script.lines(text)]
        pretends |= any(line.kind == "variant" and ", then " in line.do for line in lines)  # each is tried on its own
        torn = any(script.torn(step.act.text) or _is_nobody(step, script, case) for step in made.steps)
        if not made.skeleton and not pretends and not torn:
            return prepare(made, reading, tongue, script)
        for sentence in reading.sentences:
            sentence.steps.clear()
        made = Telling(case, reading, tongue, planner.goals.chains, planner.data, script).plan(made)
        return prepare(made, reading, tongue, script)
    taught = untaught is not None and made != _Planner(case, untaught, tongue, Known(NOTHING_TOLD, tongue)).plan()
    retold = Retold(case, reading, tongue, planner.goals.chains, planner.data)
    guessed = _is_guessed(made) or not case.specification
    told = made.skeleton or retold.misses(made) or (guessed and (retold.tells or not _is_based(made, case)))
    made = retold.plan(made) if told and not taught else made
    for step in made.steps:
        step.data = [datum for datum in step.data if not goes_against(step.act, datum, tongue)]
    return made


def _is_nobody(step: Planned, script: Script, case: TestCase) -> bool:
    """As Role, change …: who acts is nobody of the case, but a thing that it writes small as well."""
    who, told = step.act.actor, "\n".join((case.title, case.specification or "", *case.expected_results))
    named = bool(who) and not who.isupper() and not script.is_person(who)
    return step.kind == "action" and named and bool(re.search(rf"\b{re.escape(who.lower())}s?\b", told))


def _is_guessed(made: Plan) -> bool:
    """Whether something is done that only the results or nothing but the data tell."""
    return made.assumed or made.inferred


def _is_based(made: Plan, case: TestCase) -> bool:
    """Whether most acts are the specification's, where there is one."""
    acts = [step for step in made.steps if step.kind == "action"]
    set_only = any(step.act.kind == "set" for step in acts)  # ファイルをa.jpgにする: nobody says so
    return sum(step.sentence >= 0 for step in acts) * 2 > len(acts) or not (case.specification or set_only)


class _Planner(Again, Beginning, Lead, Idle):
    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, known: Known) -> None:
        self.case, self.reading, self.tongue, self.known = case, reading, tongue, known
        self.goals = Goals(case, reading, tongue, known)
        self.core: list[Move] = []
        self.whole: list[Move] = []  # the acts that a further case does again
        self.data = self.goals.data
        self.made = Plan()
        self.done: set[str] = set()
        self.taken: set[Datum] = set()
        self.opened = {
            normalise(screen) for text in case.preconditions if _OPEN.search(text) for screen in tongue.screens(text)
        }
        for text in case.preconditions:
            if _OPEN.search(text):
                known.come_to(text)
        self.base: Screen | None = None
        self.variant: dict[str, Datum] = {}
        self.with_data: dict[str, Datum] = {}
        self.last: Planned | None = None
        self.by_key: dict[str, Planned] = {}
        self.previous: Goal | None = None
        self.way: list[Move] = []  # of the first result: what a further variant goes again
        self.placed_by_section = False
        self.case_text = f"{case.title}\n{case.specification or ''}"
        self.tabled = False

    def plan(self) -> Plan:
        self._set_up()
        goals = in_order(self.goals.all(), self.reading, self.tongue)
        known = [move.act for goal in goals for move in goal.moves]
        self.core = self.tongue.core(self.case, self.reading, known)
        for goal in goals:
            self._bring_state(goal)
        self._before_all(goals)
        self._name_the_whole(goals)
        late = [goal for goal in goals if not goal.early]
        if self.goals.begins:
            self._begin(late)
        else:
            self._come_to(late)
        self._prepare_together(goals)
        notes = Notes(self.reading.wanted, self.tongue)
        for goal in goals:
            self._reach(goal)
            self._asked_for(_ASKED.sub("の入力", goal.wanted.text))
            if not goal.own and not any(move.act.kind == "set" for move in goal.moves):
                self.way = self.way or goal.moves
            if goal is goals[0]:
                self._remember(goal)
            if note := notes.after(goal.wanted, self.made.steps):
                self.made.steps.append(note)
        self._place_idle()
        self._name_first_times()
        self._start()
        self._clean_up()
        self.made.steps = self.made.steps[:MAX_STEPS]
        for number, step in enumerate(self.made.steps, 1):
            if step.sentence >= 0:
                self.reading.sentences[step.sentence].steps.append(number)
        for sentence in self.reading.sentences:
            sentence.steps = sorted({number for number in sentence.steps if number <= MAX_STEPS})
        self.made.skeleton = too_little(self.case, self.reading, self.made, self.taken, strict=self.goals.begins) or (
            self.tongue.language == "en" and unsure(self.reading, self.made, self.core, goals)
        )
        self.made.assumed |= self.goals.begins and self._assumes()
        self.made.inferred = bool(self.reading.sentences) and any(map(inferred, self.made.steps))
        return self.made

    def _name_first_times(self) -> None:
        """Enter it again, where the one datum that it takes has not been entered so far: enter the code."""
        lexicon, entered = self.tongue.lexicon, list[str]()
        for step in self.made.steps:
            again = step.act.kind == "input" and step.act.text.endswith(f" {lexicon.phrases.get('it')} again")
            if again and len(step.data) == 1 and step.data[0].name not in entered:
                name = step.data[0].name
                plain = name if re.search("[A-Z]", name[1:]) else name.lower()
                step.act = replace(step.act, text=lexicon.phrase("enter_value", what=plain), objects=(name,))
            entered += [datum.name for datum in step.data]

    def _assumes(self) -> bool:
        """Whether a step is taken from the title, the data or the section, or a result holds a chain that was not followed."""
        told = self.reading.title.acts
        implied = {id(move.act) for move in self.core if move.act.kind not in ("job", "send") and move.act not in told}
        acts = [move.act for move in self.way]
        used = any(step.act.kind in ("set", "nominal", "blank") for step in self.made.steps)
        chained = any("→" in mask(text) for step in self.made.steps for text in step.told)
        return used or chained or self.placed_by_section or any(id(act) in implied for act in acts)

    def _set_up(self) -> None:
        for precondition in self.case.preconditions:
            found = self.tongue.bring_about(precondition)
            if shared := self.known.steps(precondition):
                self.made.steps += planned(shared, "setup", self.tongue, self.known.account_in(precondition))
            elif found:
                step = Planned("setup", Act(found[0]), found[1])
                self._take_named(step, precondition)
                self.made.steps.append(step)

        for wanted in self.reading.wanted:
            if noted := self.tongue.noted(wanted.seen or wanted.text, wanted.place):
                self.made.steps.append(Planned("setup", Act(noted[0]), noted[1]))

    def _before_all(self, goals: list[Goal]) -> None:
        """The remark typed by A is not lost: what a result tells as done comes before what it must outlast."""
        for goal in goals[1:]:
            if self.tongue.negative(goal.wanted.text) and goal.moves and all(move.act.past for move in goal.moves):
                goals[0].moves, goal.moves, goal.early = [*goal.moves, *goals[0].moves], [], True

    def _remember(self, goal: Goal) -> None:
        """The acts up to the first result are what a further case does again."""
        if not any(move.act.kind in ("bring", "nominal", "wait") for move in goal.moves):
            self.whole = self.whole or goal.moves

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
        if self._even_with(goal) or self._in_table(goal):
            return
        if goal.early:
            self._check(goal)
            return
        if goal.tried:
            self._try(goal)
        elif (
            self.tongue.everything(goal.wanted.text) and self.previous and not goal.variant and not goal.own
        ) or self._reached(goal):
            self._see(goal)
            return
        if goal.moves or not goal.tried:
            self._go(goal)

    def _go(self, goal: Goal) -> None:
        """Does what leads to a result, unless it is done already."""
        goal.variant = {slot: datum for slot, datum in goal.variant.items() if self._consumable(goal, datum)}
        changed = any(datum not in self.taken for datum in goal.variant.values())
        observed = self._observed(goal)
        if not observed and not goal.moves and changed and self.previous:
            goal.moves = list(self.way or (() if goal.variant else self.previous.moves))
            index = self._taking(goal) if not goal.moves and self.goals.begins else -1
            for number in self.goals.chains.leading(index) if index >= 0 else ():
                self.goals.add_fact(goal, self.reading.facts[number], last=number == index)
            goal.sentences = [*self.previous.sentences, *goal.sentences]
            goal.times, goal.span = self.previous.times, self.previous.span
        if not observed and not goal.moves and not goal.own and changed:
            goal.moves = self._settings(goal)
        if observed or not goal.moves or self._done_just_now(goal):
            self._see(goal)
            return
        self._try_again(goal)
        others = self._other_passes(goal)
        for variant in others:
            self._pass(replace(goal, variant=variant))
            if not self._claim_part(goal, variant) and self.last:
                self._claim(self._of_one(goal, variant), self.last)
        same = all(self.variant.get(slot, datum) == datum for slot, datum in goal.variant.items())
        if same and (step := self.by_key.get(self._key(goal))):
            self._verify(goal, step) if step is self.last else self._check(goal)
        elif not goal.own and not changed and self.previous and all(self._is_done(move, goal) for move in goal.moves):
            self._see(goal)
        else:
            self._pass(goal)
            if not others or not self._claim_part(goal, goal.variant):
                self._verify(goal, self.last)

    def _consumable(self, goal: Goal, datum: Datum) -> bool:
        """Whether a variant makes a pass of its own: an act takes it, the clock is set to it, or the result's trigger names it."""
        if goal.around or self.data.is_nth(goal.wanted.text, datum):
            return True
        if goal.wanted.place and self.previous and not goal.own and not self.data.topic(goal.wanted.text, datum):
            return False
        there = datum.value in goal.wanted.place and not goal.own
        if there and self.tongue.there_already(goal.wanted.seen or goal.wanted.text):
            return False
        moves = goal.moves or self.way or (self.previous.moves if self.previous else [])
        topical = self.data.topic(goal.wanted.text, datum) and datum.name not in self.goals.persons()
        if topical and not goal.own:
            return True
        if any(
            self.data.takes(thing, datum) and move.act.kind != "press" for move in moves for thing in move.act.objects
        ):
            return True
        if goal.own:
            return self.data.speaks_of(" ".join(move.act.text for move in goal.moves[-1:]), datum) and len(
                self.data.variants(goal.wanted.text)
            ) == len(self.data.named[goal.wanted.text])
        last = moves[-1].act.kind if moves else ""
        return (
            bool(self.goals.chains.means(datum.name))
            or (TIME.match(datum.value) is not None and self.goals.clock() is not None)
            or last in ("send", "upload", "search", "made")
        )

    def _clean_up(self) -> None:
        for postcondition in self.case.postconditions:
            for part in self.tongue.each_clean_up(postcondition):
                action, seen = self.tongue.clean_up(part)
                self.made.steps.append(Planned("cleanup", Act(action), seen))
