"""What a plan that is told from the results leaves over: data that no step names, the title's act, sentences that no step comes from."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import MEANS, Datum, Planned, Reading
from testgen.drafting.outline.planning.called import leaves_out
from testgen.drafting.outline.planning.opening import begins
from testgen.drafting.outline.planning.source import Source
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.planning.units import said_by
from testgen.drafting.outline.scripting import Script
from testgen.drafting.outline.tongue import Tongue
from testgen.drafting.outline.variants import is_variant
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise

_FILE = re.compile(r"[\w-]+\.[a-z]{2,5}\b")
_IN_A_FILE = re.compile(r"(?:lines?|rows?|records?|entry|entries)[ _]\d", re.IGNORECASE)  # what a file holds
_BODY = re.compile(r"\{\s*[\"'}]")
_OTHER = re.compile(r"(?:second|other|another|wrong|unknown|invalid|bad|new)\b", re.IGNORECASE)  # of what comes later
_MOST_IDLE = 3  # data that no step names and that the test begins with


class Leftover:
    """Hands it to the steps that it belongs to."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    script: Script
    source: Source
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
        begun = [datum for datum in idle if self.opening or self.making or begins(datum) or self._is_field(datum, acts)]
        if acts and len(begun) <= _MOST_IDLE:
            acts[0].data += begun
        self._hand_to_file(used)
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
        if runs:
            self._hand_to_calls(acts)

    def _is_field(self, datum: Datum, acts: list[Planned]) -> bool:
        """Whether a datum is entered with what the test begins with."""
        first = next((step for step in self.steps if step.kind == "action"), None)
        if not acts or acts[0] is not first or OPEN_POINT.search(first.act.text) or self.script.passes(first.act.text):
            return False
        inside = any(datum.name.lower() in other.name.lower() for other in first.data)  # the wrong password
        return self.script.is_entered(datum) and not inside and not _OTHER.match(datum.name)

    def _hand_to_file(self, used: set[Datum]) -> None:
        """Rows go with the file that holds them."""
        done = [step for step in self.steps if step.kind == "action"]
        holding = next((step for step in done if any(_FILE.match(datum.value) for datum in step.data)), None)
        if holding:
            holding.data += [datum for datum in self.reading.data if datum not in used and _IN_A_FILE.match(datum.name)]

    def _hand_to_calls(self, acts: list[Planned]) -> None:
        """The body of the first call goes with each further one that has none."""
        bodies = [datum for datum in acts[0].data if _BODY.match(datum.value)]
        for step in acts:
            told = _BODY.search(step.act.text) or any(_BODY.match(datum.value) for datum in step.data)
            if not told and normalise(self.script.operation) in normalise(step.act.text):
                step.data += [datum for datum in bodies if not leaves_out(step.act.text, datum.name)]

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
