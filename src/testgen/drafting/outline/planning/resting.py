"""Whether what the first plan does for a result rests on what the specification tells, so that it is kept."""

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import UNREAD, Planned, Reading
from testgen.drafting.outline.planning.source import Source
from testgen.drafting.outline.scripting import Line, Script
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise

_SHORT = 3  # words of a name


class Resting:
    """Looks at the steps that lead to one result."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    script: Script
    source: Source
    steps: list[Planned]
    kept: list[list[Planned]]  # steps of the first plan

    def _acted(self) -> bool:
        raise NotImplementedError

    def _rests(self, number: int, group: list[Planned], lines: list[Line]) -> bool:
        """Whether what the first plan does for a result is all told by the specification, and the result tells no act itself."""
        acts = [step for step in group if step.kind == "action"]
        if lines and all(line.kind == "look" for line in lines):
            return False  # before the release: nothing is done
        text = self.case.expected_results[number - 1]
        if self._fills(text, lines) and all(step.act.kind not in ("open", "press") for step in acts):
            return False
        if len(acts) > 1 and acts[0].act.kind == "bring" and all(line.do for line in lines):
            acts = acts[1:]  # the case that is tried
        if any(line.kind == "variant" and line.do for line in lines) and len(acts) == 1 and acts[0].act.kind in UNREAD:
            return False
        if self._is_invented(acts, text):
            return False
        told_here = self.source.scenes or self.script.reference(text)[0]
        if not told_here and self._ends_so(acts, lines):
            return True
        if told_here or any(line.kind == "quoted" and line.do for line in lines) or not all(map(is_read, acts)):
            return False
        about = self.tongue.terms(f"{self.case.title}\n{text}")
        tried = any(line.do for line in lines)  # which case it is, the result tells
        said = overlap(
            self.tongue.terms(text) if self._acted() else about,
            self.tongue.terms("\n".join(step.act.text for step in acts)),
        )
        if not tried and said < 1 + self._acted():
            return False
        told = [self._is_told(step, about) or step.act.kind in ("variant", "open") for step in acts]
        path = any(" > " in step.act.text for step in (*acts, *(step for kept in self.kept for step in kept)))
        return bool(acts) and (
            all(told) or path or (not self._acted() and all(line.kind == "bare" or not line.do for line in lines))
        )

    def _fills(self, text: str, lines: list[Line]) -> list[str]:
        """With 1 x A and 2 x B: the orders that the test begins with, where a first result tells only what it is tried with."""
        bare = not self._acted() and bool(lines) and lines[0].kind == "bare"
        return self.script.filled(text) if bare else []

    def _is_invented(self, acts: list[Planned], text: str) -> bool:
        """As Extend, …: a sentence about the product; an entry of which nothing in the case speaks."""
        entries = (
            not self.kept
            and any(step.act.kind == "input" for step in acts)
            and all(step.sentence < 0 and step.act.kind not in ("open", "press", "send") for step in acts)
        )
        return (entries and not self.script.speaks_of_entry(text)) or any(
            self.script.torn(step.act.text) or (step.act.actor and not self.script.is_person(step.act.actor))
            for step in acts
        )

    def _ends_so(self, acts: list[Planned], lines: list[Line]) -> bool:
        """Whether the way ends in the very act that the result tells, and the specification tells what comes before it."""
        own = [line.do for line in lines if line.do]
        rows = {row.sentence for row in self.reading.rows}
        told = all(step.sentence >= 0 and step.sentence not in rows for step in acts[:-1])
        told = told and len(acts) > 1 and self._is_told(acts[-2], frozenset()) and not self._is_other(*acts[-2:])
        return len(own) == 1 and told and normalise(acts[-1].act.text) == normalise(own[0])

    def _is_other(self, one: Planned, then: Planned) -> bool:
        """Whether the second of two acts is the first one done in another way: held for 3 s, for 5 s."""
        verbs = {step.act.text.lower().split(" ")[0] for step in (one, then)}
        terms = self.tongue.terms(then.act.text)
        alike = overlap(self.tongue.terms(one.act.text), terms)
        return len(verbs) == 1 and alike > 1 and 2 * alike >= len(terms)

    def _is_told(self, step: Planned, about: frozenset[str]) -> bool:
        """Whether its sentence tells it as what is done, or under a name that the result has: blind: press Transfer."""
        facts = [fact for fact in self.reading.facts if fact.sentence == step.sentence >= 0]
        named = [
            self.tongue.terms(fact.conditions[0])
            for fact in facts
            if fact.conditions and fact.conditions[0].count(" ") < _SHORT
        ]
        plain = any(fact.plain or fact.listed for fact in facts) or any(name and name <= about for name in named)
        return plain and not any(row.sentence == step.sentence for row in self.reading.rows)


def is_read(step: Planned) -> bool:
    """Whether a step of the first plan is more than a name."""
    return step.act.kind not in {*UNREAD} - {"variant"} and not OPEN_POINT.search(step.act.text)
