"""What the test begins with, before its first result: the act of the title or of the specification, what is made of a datum, the screen."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Fact, Plan, Planned, Reading, Wanted
from testgen.drafting.outline.planning.called import Called
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.planning.resting import is_read
from testgen.drafting.outline.planning.source import Source
from testgen.drafting.outline.scripting import Line, Script
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import quotes
from testgen.text.normal import normalise

_RECORD = re.compile(r"https?://|[\w-]+\.[A-Za-z]\w{1,3}$|[A-Z]+[A-Z0-9]*[- ]?\d[\w -]{0,12}$|\d{5,}$")
_IN_TURN = re.compile(r"\bthen\b")
_ON_A_SCREEN = re.compile(
    r"(?:As [^,]+, )?(?:enter|press|choose|select|set|change|click|tap|fill in|upload|load)\b", re.IGNORECASE
)
_ACCOUNT = re.compile(r"[a-z]+(?:[._][a-z]\w*|\d+)")
_REPEATED = re.compile(r"(?P<what>\b[Rr]epeat steps? )(?P<n>\d+)")
_MOST_DATA = 10  # of a test whose way is not known


class Opening:
    """Plans it."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    script: Script
    source: Source
    chains: Chains
    called: Called
    steps: list[Planned]
    rows: list[Planned]
    opening: Planned | None  # what the title tells to do
    making: bool  # whether the test begins with what is made of a datum

    def _acted(self) -> bool:
        raise NotImplementedError

    def _add(self, text: str, sentence: int = -1, kind: str = "quoted", act: Act | None = None) -> None:
        raise NotImplementedError

    def _append(self, text: str, sentence: int = -1, kind: str = "quoted", act: Act | None = None) -> None:
        raise NotImplementedError

    def _is_invented(self, acts: list[Planned], text: str) -> bool:
        raise NotImplementedError

    def _come_to(self, order: str) -> None:
        """Opens the screen on which the specification has the label that a first order presses, if nothing says that it is open."""
        labels = {normalise(label) for label in quotes(order)}
        begun = normalise("\n".join(self.case.preconditions))
        for fact in self.reading.facts if labels and not self._acted() else ():
            act = fact.acts[-1] if fact.acts else Act("")
            named = {normalise(label) for label in quotes(act.text)}
            if act.kind == "press" and act.screen and named & labels and normalise(act.screen) not in begun:
                self._append(self.tongue.lexicon.phrase("open_screen", screen=act.screen), fact.sentence)
                self.steps[-1].expected = self.tongue.lexicon.phrase("screen_shown", screen=act.screen)
                return

    def _bring(self, fact: Fact) -> None:
        """Brings about a condition: as the specification says that it can be done, else in its own words."""
        condition = fact.conditions[0]
        if means := self.chains.means(condition):
            for act in means.acts:
                self._add(self._worded(act), means.sentence, act=act)
            return
        brought = self.script.condition(condition)
        self._add(brought.do, fact.sentence, brought.kind)

    def _come_in(self, given: Plan) -> None:
        """The path on which the first plan comes in, where what is entered or pressed first tells no place."""
        acts = [step for step in self.steps if step.kind == "action"]
        paths = [step for step in given.steps if step.act.kind == "open" and ">" in step.act.text and not step.verifies]
        begun = any(">" in step.act.text or step.act.kind == "open" for step in acts)
        if acts and paths and not begun and _ON_A_SCREEN.match(acts[0].act.text):
            self._insert(self.steps.index(acts[0]), paths[:1])

    def _insert(self, at: int, steps: list[Planned]) -> None:
        """Puts steps in front; what is repeated further on has another number then."""

        def number(found: re.Match[str]) -> str:
            old = int(found["n"])
            return f"{found['what']}{old + len(steps) * (old > at)}"

        for step in self.steps[at:]:
            step.act = replace(step.act, text=_REPEATED.sub(number, step.act.text))
        self.steps[at:at] = steps

    def _begin(self, line: Line, wanted: Wanted, group: list[Planned]) -> None:
        """What a lapse of time is counted from; the job that is killed."""
        if line.do.startswith("cause "):  # what is held back, by what is set before
            self.steps += [replace(step, verifies=[], told=[]) for step in group if step.sentence >= 0]
        elif line.kind == "lapse":
            self._open(wanted, group)
        elif self.script.passes(line.do):
            self._make_as_titled()  # what the time is counted from
        elif self.script.needs_a_run(line.do):
            runs = [step for step in group if step.act.kind == "send" and step.sentence < 0]
            self.steps += [replace(step, verifies=[], told=[]) for step in runs[:1]]

    def _open(self, wanted: Wanted, group: list[Planned]) -> None:
        """Before the first result: what the first plan does for it, what the specification says that brings it, the call or the command,
        else the title."""
        index = self.chains.bringing(wanted)
        fact = self.reading.facts[index] if index >= 0 else Fact()
        begun = [step for step in group if step.kind == "action" and is_read(step)]
        if self._is_invented(begun, wanted.text):
            begun = []
        if begun and not self.script.operation:
            self.steps += [replace(step, verifies=[], told=[]) for step in begun]
        elif self.script.operation:
            self._add(self.script.operation)
        by_hand = all(not act.actor or self.script.is_person(act.actor) for act in fact.acts)
        for act in fact.acts if by_hand and not (begun or self.script.operation) else ():
            self._add(self._worded(act), fact.sentence, act=act)
        for order in self.script.made_of_data() if not self._acted() else ():
            self._add(order)
            self.making = True
        if not self._acted():
            self._open_as_titled()
        if not self._acted():
            self._make_as_titled()
        for order in self.script.filled("") if not self._acted() else ():
            self._add(order)  # what the state is made of that is looked at first
        if not self._acted() and self.script.deed:
            self._add(self.script.deed)
        if not self._acted() and _ACCOUNT.fullmatch(who := self.script.seer(wanted.text)):
            self._add(self.tongue.lexicon.phrase("sign_in", who=who))  # and looks
        if not self._acted() and not (self.script.seer(wanted.text) or self.script.is_early(wanted.text)):
            self._add(self.tongue.lexicon.phrase("flow_title", title=self.case.title), kind="blank")
            self.steps[-1].data = self.reading.data[:_MOST_DATA]

    def _open_as_titled(self) -> None:
        """Edit one occurrence, before "This event" is chosen: what the title tells to do comes first where no step does it; a file is
        loaded before."""
        acts = [step for step in self.steps if step.kind == "action"]
        titled = self.reading.title.acts
        begun = acts and (acts[0].sentence >= 0 or acts[0].act.kind in ("blank", "open", "login"))
        several = len(titled) > 1 and not (_IN_TURN.search(self.case.title) and not any(act.actor for act in titled))
        if begun or several or not titled or self.script.operation or self.source.scenes or self.rows:
            return
        if not all(self._is_left(act, acts) for act in titled) or not self.script.opens(titled[0].text):
            return
        named = {datum.name.lower(): datum.value for datum in self.reading.data}
        texts = [
            self.tongue.sentence(f"{self._worded(act)} ({named[act.text]})" if act.text in named else self._worded(act))
            for act in titled
        ]
        opening = [
            Planned("action", Act(text, "quoted"), self.tongue.left(text), self.called.in_step(text), as_told=True)
            for text in texts
        ]
        self.opening = opening[0]
        loaded = acts[:1] if acts and acts[0].act.kind == "upload" else []
        for step in loaded:
            last = opening[-1]
            last.verifies, last.told, last.expected = step.verifies, step.told, step.expected or last.expected
            step.verifies, step.told, step.expected = [], [], self.tongue.left(step.act.text)
        first = self.steps.index(loaded[0]) + 1 if loaded else sum(step.kind == "setup" for step in self.steps)
        self._insert(first, opening)

    def _is_left(self, act: Act, acts: list[Planned]) -> bool:
        """Whether what the title tells is done by no step."""
        verb, done = act.text.split(" ")[0], [step.act.text.lower() for step in acts] or [""]
        things = self.tongue.terms(" ".join(act.objects))
        again = done[0].startswith(f"{verb} ") or bool(things and things <= self.tongue.terms(done[0]))
        again = again or any(text.startswith(f"{verb} it") for text in done)
        light = bool(acts) and self.script.is_light(act.text)
        return not (again or light or any(self.tongue.like(act, step.act) for step in acts))

    def _make_as_titled(self) -> None:
        """Scheduled transfer: what the title names is done with what is entered, where nothing else begins the test."""
        order = "" if self.opening else self.script.titled()
        if order:
            data = list(filter(self.script.is_entered, self.reading.data))
            self.steps.append(Planned("action", Act(self.tongue.sentence(order), "quoted"), as_told=True, data=data))
            self.steps[-1].expected = self.tongue.left(order)
            self.making = True

    def _made(self) -> str:
        """Run the job, of the one datum that is called so: what is no record that is there already."""
        orders = self.script.made_of_data()
        named = self.called.in_step(orders[0]) if len(orders) == 1 else []
        return orders[0] if len(named) == 1 and " " not in named[0].name and not begins(named[0]) else ""

    def _worded(self, act: Act) -> str:
        return self.tongue.lexicon.phrase("as_actor", actor=act.actor, action=act.text) if act.actor else act.text


def begins(datum: Datum) -> bool:
    """Whether a datum is a record by its value or its name."""
    return bool(_RECORD.match(datum.value)) or datum.name.lower().endswith((" name", " reference"))
