"""What each expected result needs: the acts that lead to its trigger, the waits between, and its variant of the data."""

import re
from dataclasses import dataclass, field, replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import MEANS, Act, Datum, Fact, Move, Reading, Wanted
from testgen.drafting.outline.planning.data import LETTERED, Data, spelt_out
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.requests import TIME, Requests
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import quotes
from testgen.text.normal import normalise

_LASTS = re.compile(
    r"(?:無操作|待機|放置|経過|離席)(?:時間|日数|期間)?$|\b(?:idle|waiting|wait|inactivity|inactive|elapsed)\b.*(?:time|period)?$",
    re.IGNORECASE,
)
_UNCHANGED = re.compile(r"のまま|変わら|維持|保持|残る|残って|\b(?:unchanged|remains?|still|stays?)\b")
_EARLY = re.compile(r"\bbefore (?:\w+ing|the \w+)$")
_AT_TIME = re.compile(rf"(?P<time>{TIME.pattern})\s?に(?=[^ぁ-ん])")
_CIRCUMSTANCE = re.compile(
    r"^[^、。をがは「]{1,12}(?:外|中|内|時|前|後)に"
)  # which a variant of the data brings or not
_ANOTHER = re.compile("他の|別の|another|other")
_LONGER = re.compile("を(?:超え|超過|過ぎ)")
_WHEN = re.compile(r"\b(?:when|if|while)\b", re.IGNORECASE)


@dataclass
class Goal:
    """A result with its way: no moves where neither the result nor the specification says how to get there."""

    wanted: Wanted
    moves: list[Move] = field(default_factory=list)
    variant: dict[str, Datum] = field(default_factory=dict)
    sentences: list[int] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)  # of the table's row that the result is about
    times: int | None = None
    span: int = 0
    target: int = -1  # the fact that brings it
    guessed: bool = False  # reached by what the case is about, for want of anything better
    own: bool = False  # the result says its trigger itself
    state: str = ""  # what is tried is a state, to be brought about where nothing is repeated
    around: bool = False  # its own words name the circumstances alone: an account, a clock, a datum
    early: bool = False  # looked at before anything is done
    tried: str = ""  # the case that is tried with what was done before, in the result's words


class Goals(Requests):
    """Finds the way to each result."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue) -> None:
        self.case, self.reading, self.tongue = case, reading, tongue
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
            if goals and goal.moves and self._otherwise(wanted):
                goal.moves = [*(replace(move, redo=True) for move in goals[0].moves), *goal.moves]
            goals.append(goal)
        for goal in goals if not self.begins else ():
            if goal.moves and not goal.own and self._comes_later(goal):
                goal.moves, goal.target = [], -1
        self._order(goals)
        return goals

    def _order(self, goals: list[Goal]) -> None:
        """What a later result needs comes first where an earlier one tries what it brings: the code is read, then a call is made."""
        for position, goal in enumerate(goals if self.begins else ()):
            if not goal.own or not goal.moves or any(move.sentence >= 0 for move in goal.moves):
                continue
            tried = self.tongue.terms(" ".join(move.act.text for move in goal.moves))
            known = {other.target for other in goals[:position]}
            for later in goals[position + 1 :]:
                fact = self.reading.facts[later.target] if later.target >= 0 and not later.own else None
                if fact and fact.acts and later.target not in known and overlap(tried, self.tongue.terms(fact.trigger)):
                    own, goal.moves = goal.moves, []
                    for number in self.chains.leading(later.target):
                        self.add_fact(goal, self.reading.facts[number], last=False)
                    goal.moves += own
                    break

    def _with_thing(self, act: Act) -> Act:
        """引く, of a case whose section is ガチャ: what has no object is done to what the case is about."""
        about = self.case.section[-1] if self.case.section else ""
        alone = re.fullmatch(r"[一-龠]{1,2}[ぁ-ん]{1,2}", act.text)
        return (
            replace(act, text=f"{about}を{act.text}", objects=(about,)) if alone and about in self.case.title else act
        )

    def _comes_later(self, goal: Goal) -> bool:
        """Whether what would bring a result is the trigger that a later result tells: after Done the next one is offered."""
        last = goal.moves[-1].act
        return (
            any(
                self.tongue.like(act, last)
                for wanted in self.reading.wanted
                if wanted.number > goal.wanted.number
                for act in wanted.fact.acts[-1:]
            )
            and last.kind == "press"
        )

    def _otherwise(self, wanted: Wanted) -> bool:
        """復帰しないまま, after what happens when one comes back: the other branch, from the start."""
        before = [act for other in self.reading.wanted if other.number < wanted.number for act in other.fact.acts]
        undone = [condition for condition in wanted.fact.conditions if self.tongue.negative(condition)]
        stems = [_bare_verb(act.text)[-2:] for act in before if act.text.endswith("する")]
        return self.begins and any(stem in condition for condition in undone for stem in stems)

    def _goal(self, wanted: Wanted) -> Goal:
        original, wanted = wanted, self._at_device(wanted)
        wanted, named = self._without_data(wanted)
        wanted, during = self._without_circumstance(wanted)
        named = {**self.data.variants(original.text), **self._topics(wanted), **named}
        goal = Goal(wanted, variant=named, own=bool(wanted.fact.acts))
        target = self.chains.bringing(wanted)
        acts = self._to_do(original, wanted.fact.acts)
        called = bool(acts) and acts[-1].kind == "nominal"
        doing = self.chains.doing_or_called(acts[-1], target) if acts else -1
        own = self._tried(goal, [] if doing >= 0 else acts)
        led = self._led(wanted)
        if goal.tried and not own:
            target = -1
        elif led >= 0:
            target = led
        elif not during and self._in_a_state(goal, target):
            return goal
        goal.early = bool(_EARLY.search(wanted.text) or wanted.fact.ahead) and not own
        later = wanted.number > 1 and bool(own) and (self.begins or own[-1].kind == "wait")
        told = bool(own) and (own[-1].kind in ("told", "nominal") or later)
        explained = bool(own) and target >= 0 and bool(self.reading.facts[target].acts)
        way = doing if doing >= 0 else -1 if told or explained else target
        for number in self.chains.leading(way) if way >= 0 else ():
            self.add_fact(goal, self.reading.facts[number], last=number == way)
        goal.target = target
        goal.values = dict(self.reading.facts[target].values) if target >= 0 else {}
        if called and doing >= 0:
            goal.moves = [replace(move, redo=True) for move in goal.moves]
        elif doing >= 0:
            self._do_known(goal)
        if target >= 0:
            goal.sentences.append(self.reading.facts[target].sentence)
        for condition in wanted.fact.conditions if doing < 0 and led < 0 else ():
            self._add_condition(goal, condition, own=True, told=self.begins)
        before = normalise(" ".join(move.act.text for move in goal.moves))
        own = self._completed(own)
        own = [act for act in own if act.objects or act.actor or act is own[-1] or _bare_verb(act.text) not in before]
        goal.around = bool(own) and self.begins and all(act.kind == "nominal" for act in own)
        goal.moves += [Move(act) for told in own for act in self._timed(self._requested(told))]
        self._add_person(goal)
        if during:
            self._set_apart(goal, during)
        return goal

    def _topics(self, wanted: Wanted) -> dict[str, Datum]:
        """0件になる条件で…: the data that a result without an act begins with are what is tried."""
        if wanted.fact.acts or not self.begins:
            return {}
        named = self.data.named.get(wanted.text, ())
        return {
            self.data.slot(datum): datum
            for datum in named
            if len(self.data.slots[self.data.slot(datum)]) == 1
            and re.search("[ぁ-んァ-ヶ一-龠]{2}", datum.name)
            and self.data.topic(wanted.text, datum)
            and not self.tongue.person(datum.name)
            and wanted.text.startswith(datum.name)
        }

    def _without_circumstance(self, wanted: Wanted) -> tuple[Wanted, list[Act]]:
        """Aの編集中: what one person is at while another one acts is begun first, unless the case says that it is so."""
        acts = [act for act in wanted.fact.acts if act.kind != "during"]
        during = []
        for act in wanted.fact.acts:
            known = self.chains.doing(act) if act.kind == "during" else -1
            if act.kind == "during" and f"{_bare_verb(act.text)}中" not in self._already:
                during.append(replace(self.reading.facts[known].acts[-1], actor=act.actor) if known >= 0 else act)
        return replace(wanted, fact=replace(wanted.fact, acts=tuple(acts))), during

    def _completed(self, own: list[Act]) -> list[Act]:
        """a.pdf+b.zip → 添付できる: a name of data is what the next act is done to, or else the last one that was done to data."""
        made: list[Act] = []
        for act in own:
            before = made[-1] if made else None
            listed = self._values_in(act.objects[0]) if act.kind in ("nominal", "told") and act.objects else ()
            if listed:
                made.append(Act(self.tongue.lexicon.phrase("enter_all"), "enter_all", listed))
            elif before and before.kind == "nominal" and not act.objects and self._names_data(before.objects[0]):
                made[-1] = _done_to(before.objects[0], act.text, act)
                self._last_to_data = made[-1]
            elif act.kind == "nominal" and self._last_to_data and self._names_data(act.objects[0]):
                last = self._last_to_data
                made.append(_done_to(act.objects[0], last.text[last.text.rfind("を") + 1 :], last))
            else:
                made.append(act)
        return made

    def _values_in(self, what: str) -> tuple[str, ...]:
        """東京+神奈川+経理: the names of the data whose values are told together."""
        parts = [part.strip() for part in re.split("[+＋]", what)]
        found = [next((d.name for d in self.reading.data if part and part in d.value), "") for part in parts]
        return tuple(dict.fromkeys(found)) if len(parts) > 1 and all(found) else ()

    def _names_data(self, what: str) -> bool:
        return any(normalise(datum.name) in normalise(what) for datum in self.reading.data)

    def _set_apart(self, goal: Goal, during: list[Act]) -> None:
        """What one person is at comes first, and the other one named is who then acts."""
        begun = {normalise(act.text) for act in during}
        others = set(re.findall(r"(?<![A-Za-z])[A-Z](?![A-Za-z])", goal.wanted.text)) - {act.actor for act in during}
        for move in goal.moves:
            if len(others) == 1 and (not move.act.actor or _ANOTHER.search(move.act.actor)):
                move.act = _by(move.act, next(iter(others)))
        goal.moves = [Move(act) for act in during] + [
            move for move in goal.moves if normalise(move.act.text) not in begun
        ]

    def _timed(self, act: Act) -> list[Act]:
        """22:59 に開始する: where the clock can be set, it is set first."""
        found = None if "ずに、" in act.text else _AT_TIME.match(act.text)
        clock = self._set(found["time"]) if found and self.clock() else None
        return [clock, replace(act, text=act.text[found.end() :])] if found and clock else [act]

    def _to_do(self, wanted: Wanted, acts: tuple[Act, ...]) -> list[Act]:
        """A result's own acts, without those that have come about before: 搬出後, 承認後."""
        told = normalise(" ".join(other.text for other in self.reading.wanted[: self.reading.wanted.index(wanted)]))
        return [act for act in acts if not (act.past and _bare_verb(act.text) in told)]

    def _tried(self, goal: Goal, own: list[Act]) -> list[Act]:
        """A case that is tried is no act; a datum that an act takes is tried by that act."""
        if not own or own[0].kind != "variant":
            return own
        if self._is_taken(goal.wanted, own[0].text):
            goal.own = len(own) > 1
        else:
            goal.tried = own[0].text
        return own[1:]

    def _in_a_state(self, goal: Goal, target: int) -> bool:
        """Whether a result is wanted in a state that nobody's act brings: when If-Match holds an outdated ETag."""
        wanted = goal.wanted
        if not wanted.fact.conditions or wanted.fact.acts or (target >= 0 and self.reading.facts[target].acts):
            return False
        goal.state = wanted.fact.conditions[0]
        if not _WHEN.search(wanted.text) or self.tongue.lapse(goal.state) is not None:
            goal.state = ""
            return False
        goal.tried = self.tongue.lexicon.phrase("for_case", what=goal.state)
        return True

    def _do_known(self, goal: Goal) -> None:
        """The result's trigger is an act of the specification: with who does it, what has passed and what was done before."""
        fact, last = goal.wanted.fact, goal.moves.pop()
        known = {normalise(move.act.text) for move in (*goal.moves, last)}
        goal.moves += [
            Move(act)
            for act in fact.acts[:-1]
            if normalise(act.text) not in known and (act.objects or _bare_verb(act.text) not in " ".join(known))
        ]
        for condition in fact.conditions:
            if tongue_lapse(self.tongue, condition):
                self._add_condition(goal, condition, own=True)
        if fact.acts[-1].actor:
            last.act = _by(last.act, fact.acts[-1].actor)
        if self._says_more(fact.acts[-1], last.act, goal):
            own = fact.acts[-1]
            if own.objects == ("it",) and last.act.objects:  # select it in browser 1: the seat
                own = replace(
                    own, text=re.sub(r"\bit\b", last.act.objects[0], own.text, count=1), objects=last.act.objects
                )
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

    def _led(self, wanted: Wanted) -> int:
        """The fact whose acts bring about what a result is conditioned by: the dialog opens."""
        if not wanted.fact.conditions or wanted.fact.acts:
            return -1
        condition = wanted.fact.conditions[0]
        found = self.chains.bringing(Wanted(0, condition, Fact(outcome=condition)))
        return found if found >= 0 and self.reading.facts[found].acts else -1

    def _says_more(self, own: Act, act: Act, goal: Goal) -> bool:
        """Whether the result tells its trigger more exactly than the specification does; which variant it is, the data say."""
        more = self.tongue.terms(own.text) - self.tongue.terms(act.text)
        told = self.tongue.terms(" ".join(f"{datum.name} {datum.value}" for datum in goal.variant.values()))
        return (
            bool(re.search(r"\d|times|twice|again|再", own.text))
            and bool({term for term in more if not term.startswith('"')} - told)
            and not re.search(r"[枚つ件個回]目", own.text)
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

    def _add_condition(self, goal: Goal, condition: str, *, own: bool, told: bool = False) -> None:
        """A condition that the case does not bring with it: a wait, what the specification says, or an open point."""
        tongue, phrase = self.tongue, self.tongue.lexicon.phrase
        lapse = tongue.lapse(condition)
        if lapse is not None:
            said = lapse if lapse and lapse in goal.wanted.text else ""
            known = said or self._lasting() or lapse or self._duration(condition)
            value = known or tongue.lexicon.fill_in(phrase("how_long"))
            if not any(move.redo and value in move.act.text for move in goal.moves):
                longer = (
                    value != self._lasting() and "wait_longer" in tongue.lexicon.phrases and _LONGER.search(condition)
                )
                text = phrase("wait_longer" if longer else "wait", value=value)
                goal.moves.append(Move(Act(text, "wait"), redo=True))
            return
        seen = self._given | tongue.terms(" ".join(move.act.text + " " + move.outcome for move in goal.moves))
        seen |= tongue.terms(
            " ".join(wanted.text for wanted in self.reading.wanted if wanted.number < goal.wanted.number)
        )
        terms = tongue.terms(condition) or frozenset(letter for letter in condition if "一" <= letter <= "龠")
        means = self.chains.means(condition) or (self._told(condition) if told else None)
        if means and own:
            goal.sentences.append(means.sentence)
            begun = {normalise(move.act.text) for move in goal.moves}
            goal.moves += [Move(act, means.sentence) for act in means.acts if normalise(act.text) not in begun]
        elif (
            own
            and terms
            and tongue.is_state(condition)
            and not re.match(r"(?:it|they|this|that|these) ", condition)
            and not overlap(terms, seen)
            and not all(term in self._already for term in terms)
            and not self.reader_times(condition)
        ):
            text = phrase("bring", condition=condition, how=tongue.lexicon.fill_in(phrase("how")))
            goal.moves.append(Move(Act(text, "bring")))

    def _told(self, condition: str) -> Fact | None:
        """What the specification has done where the result only names it: 店員の確認後に; 確定すると."""
        wants = self.tongue.terms(condition)
        noun = re.sub(r"^.*の", "", condition)
        found = [
            (
                overlap(wants, self.tongue.terms(fact.trigger)) + any(noun in label for label in quotes(fact.trigger)),
                fact,
            )
            for fact in self.reading.facts
            if fact.acts
        ]
        best = max(found, key=lambda pair: pair[0], default=(0, Fact()))
        return best[1] if best[0] > 1 else None

    def reader_times(self, condition: str) -> bool:
        """Whether a condition counts what was done: 5回連続で失敗した場合."""
        return bool(re.search(r"\d\s*回|times\b|twice|consecutive|in a row|attempts", normalise(condition)))

    def _lasting(self) -> str:
        """The time to wait that the data name: idle time = 31 minutes."""
        return next(
            (
                datum.value
                for datum in self.reading.data
                if _LASTS.search(datum.name.replace("_", " ")) and self.tongue.duration(datum.value)
            ),
            "",
        )

    def _duration(self, condition: str) -> str:
        """How long a lapse takes, from the sentence of the case that speaks of the same thing."""
        wants = self.tongue.terms(condition)
        texts = [*self.case.preconditions, *(f"{name} {value}" for name, value in self.case.test_data.items())]
        texts += [sentence.text for sentence in self.reading.sentences]
        for text in texts:
            found = self.tongue.duration(text)
            if found and overlap(wants, self.tongue.terms(text)):
                return found
        return ""

    def _add_person(self, goal: Goal) -> None:
        """Where two persons share the acts, the result says whose turn it is."""
        persons = [name for name in self.persons() if normalise(name) in normalise(goal.wanted.text)]
        if len(self.persons()) > 1 and len(persons) == 1:
            for move in goal.moves:
                if not move.act.actor and move.act.kind != "wait":
                    move.act = _by(move.act, persons[0])

    def persons(self) -> list[str]:
        """Persons that the preconditions tell apart by a letter or number: 担当者A, user B."""
        found = re.findall(
            r"(?:担当者|利用者|ユーザー?|管理者|会員|端末|承認者|申請者)\s?[A-ZＡ-Ｚ](?![A-Za-z])|\b(?:[Uu]ser|[Cc]lerk|[Aa]gent|[Aa]dmin|[Ee]ditor|[Pp]layer|[Tt]ester|[Pp]erson|[Cc]ustomer|[Nn]urse|[Oo]perator) [A-Z]\b",
            LETTERED.sub(spelt_out, "\n".join(self.case.preconditions)),
        )
        return list(dict.fromkeys(found))


def tongue_lapse(tongue: Tongue, condition: str) -> bool:
    """Whether a condition is a time that has to pass."""
    return tongue.lapse(condition) is not None


def _done_to(what: str, verb: str, act: Act) -> Act:
    """さらにc.txt, 添付する -> c.txtを添付する."""
    names = re.sub(r"^(?:さらに|次に|続けて|その後)、?", "", what).replace("+", "と").replace("＋", "と")
    return replace(act, text=f"{names}を{verb}", objects=(names,))


def _by(act: Act, person: str) -> Act:
    return replace(act, actor=person)


def _bare_verb(text: str) -> str:
    """解除する -> 解除."""
    return normalise(text).removesuffix("する")


def _elsewhere(goal: Goal, before: Goal) -> bool:
    """Whether a way ends in another act than the one before."""
    ends = [found.moves[-1].act.text if found.moves else "" for found in (goal, before)]
    return bool(goal.moves) and ends[0] != ends[1] and goal.target != before.target
