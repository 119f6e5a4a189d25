"""What a plan that is told from the results leaves over: data that no step names, the title's act, sentences that no step comes from."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import MEANS, Act, Datum, Planned, Reading
from testgen.drafting.outline.planning.called import Called, leaves_out
from testgen.drafting.outline.planning.source import Source
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.planning.units import said_by
from testgen.drafting.outline.scripting import Script
from testgen.drafting.outline.tongue import Tongue
from testgen.drafting.outline.variants import is_variant
from testgen.text.normal import normalise

_RECORD = re.compile(r"https?://|[\w-]+\.[A-Za-z]\w{1,3}$|[A-Z]+[A-Z0-9]*[- ]?\d[\w -]{0,12}$|\d{5,}$")
_IN_TURN = re.compile(r"\bthen\b")
_BODY = re.compile(r"\{\s*[\"'}]")
_MOST_IDLE = 3  # data that no step names and that the test begins with


class Leftover:
    """Hands it to the steps that it belongs to."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    script: Script
    source: Source
    called: Called
    steps: list[Planned]
    rows: list[Planned]
    opening: Planned | None
    making: bool

    def _say_what_is_used(self) -> None:
        """A sentence that no step comes from is used where a step says half of it; a table's row where its table is tried."""
        told = [
            frozenset[str]()
            if step.kind == "cleanup"
            else self.tongue.terms("\n".join((step.act.text, step.expected * step.literal, *step.told)))
            for step in self.steps
        ]
        rows = {row.sentence for row in self.reading.rows} if self.rows else set[int]()
        for number, sentence in enumerate(self.reading.sentences):
            if number in rows and not sentence.steps:
                first = self.steps.index(self.rows[0]) + 1
                tried = range(first, first + len(self.rows))
                sentence.steps = [at for at in tried if self.steps[at - 1].sentence == number] or [first]
            elif not sentence.steps:
                sentence.steps = said_by(self.source.terms[number], told)

    def _begin_with_idle(self) -> None:
        """What no step names and nobody is called by is what the test is begun with: the booking, the vehicle; a call or a command
        has all that is left."""
        acts = [step for step in self.steps if step.kind == "action"]
        acts = [step for step in acts if step.as_told] or [step for step in acts if step.sentence < 0]
        seen = (
            () if self.opening else self.case.expected_results
        )  # what is seen at the end somebody enters at the beginning
        told = "\n".join((*(step.act.text for step in self.steps), *seen))
        used = {datum for step in self.steps for datum in step.data} | self._to_means()
        idle = [
            datum
            for datum in self.reading.data
            if not (
                datum in used or stands_in(datum, told) or self.tongue.given(datum) or self.script.is_person(datum.name)
            )
        ]
        begun = [datum for datum in idle if self.opening or self.making or _begins(datum)]
        if acts and len(begun) <= _MOST_IDLE:
            acts[0].data += begun
        left = [
            datum
            for datum in idle
            if datum not in begun and datum.value.count(",") <= 1 and not is_variant(datum, self.reading.data)
        ]
        runs = bool(acts and self.script.operation) and normalise(self.script.operation) in normalise(acts[0].act.text)
        if runs and normalise(acts[0].act.text) == normalise(self.script.operation):
            left = [datum for datum in self.reading.data if not is_variant(datum, self.reading.data)]  # the whole call
            left = [datum for datum in left if datum not in acts[0].data]
        for datum in left if runs and len(left) <= _MOST_IDLE else ():
            if not leaves_out(acts[0].act.text, datum.name):
                acts[0].data.append(datum)
        call = normalise(self.script.operation)
        for step in acts if runs else ():  # each call has its body
            bodies = [datum for datum in acts[0].data if _BODY.match(datum.value)]
            told = _BODY.search(step.act.text) or any(_BODY.match(datum.value) for datum in step.data)
            if call in normalise(step.act.text) and not told:
                step.data += [datum for datum in bodies if not leaves_out(step.act.text, datum.name)]

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
        texts = [self.tongue.sentence(self._worded(act)) for act in titled]
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
        self.steps[first:first] = opening

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
        return orders[0] if len(named) == 1 and " " not in named[0].name and not _begins(named[0]) else ""

    def _worded(self, act: Act) -> str:
        return self.tongue.lexicon.phrase("as_actor", actor=act.actor, action=act.text) if act.actor else act.text

    def _to_means(self) -> set[Datum]:
        """What is named after a state goes with what brings that about: jam at page, where a jam is provoked by holding the sheet."""
        means = {fact.sentence: self.tongue.terms(fact.outcome) for fact in self.reading.facts if fact.role == MEANS}
        given = set[Datum]()
        for datum in self.reading.data:
            name = self.tongue.terms(datum.name)
            for step in self.steps:
                about = means.get(step.sentence, frozenset())
                if overlap(name, about) * 2 >= len(name) > 0 and not step.data:
                    step.data.append(datum)
                    given.add(datum)
        return given


def _begins(datum: Datum) -> bool:
    """Whether a datum is a record by its value or its name."""
    return bool(_RECORD.match(datum.value)) or datum.name.lower().endswith((" name", " reference"))
