"""What the specification tells to do, for a plan that is told from the results: the steps of a list, the scenarios."""

from collections.abc import Iterator

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import BACKGROUND, UNREAD, Reading, Wanted
from testgen.drafting.outline.planning.keeping import verb_of
from testgen.drafting.outline.planning.units import AKIN, COVERED, LONGEST, most_like
from testgen.drafting.outline.scripting import Line, Script
from testgen.drafting.outline.tongue import Tongue

_TRIED = ("variant", "bare")  # lines that name a case and not what is done
Told = tuple[str, int]  # an order, and the sentence that it comes from


class Source:
    """Looks it up; nothing is told twice."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, script: Script) -> None:
        self.known = [tongue.terms(text) for text in case.preconditions]
        self.reading, self.tongue, self.script = reading, tongue, script
        self.terms = [tongue.terms(sentence.text[:LONGEST]) for sentence in reading.sentences]
        listed = {fact.sentence for fact in reading.facts if fact.listed}
        self.listed = [number for number in sorted(listed) if number >= 0 and reading.sentences[number].first]
        self.walked = 0  # steps of the list
        self.scenes = list(self._scenes())
        self.played: set[int] = set()
        self.alone = {fact.part for fact in reading.facts if fact.scenario} == {1}

    def _scenes(self) -> Iterator[tuple[list[int], list[int], frozenset[str]]]:
        """For each When of a scenario what is given before it, what is done, and the terms of all up to its last Then."""
        facts = [fact for fact in self.reading.facts if fact.scenario and fact.sentence >= 0]
        part, given, when, last = -1, list[int](), list[int](), 0
        for fact in facts:
            done = bool(fact.acts or fact.conditions)
            if when and done and last not in when:
                yield given, when, self._said(given, when, last)
                given, when = [], []
            if fact.part != part:
                before = range(last + 1 if part >= 0 else 0, fact.sentence)
                given = [n for n in before if self.reading.sentences[n].role == BACKGROUND]
                part = fact.part
            if done and fact.sentence not in when:
                when.append(fact.sentence)
            last = fact.sentence
        if when:
            yield given, when, self._said(given, when, last)

    def _said(self, given: list[int], when: list[int], last: int) -> frozenset[str]:
        first = min((*given, *when))
        return frozenset().union(*(self.terms[n] for n in range(first, last + 1)))

    def steps_to(self, end: int) -> Iterator[Told]:
        """The orders of a list up to one of its steps."""
        for number in self.listed[self.walked : max(end, 0)]:
            for text in self._orders(number, given=False):
                yield text, number
        self.walked = max(self.walked, min(end, len(self.listed)))

    def scenario(self, text: str, line: Line) -> list[Told]:
        """The scenario that a result is about, where the result tells nothing itself, or names only what is done there."""
        wants = self.tongue.terms(text[:LONGEST])
        weak = line.kind != "quoted"
        does = self.tongue.terms(line.do)
        scored = [(overlap(wants, said), -at) for at, (_, _, said) in enumerate(self.scenes)]
        fresh = [
            (score, at) for score, at in scored if -at not in self.played and score >= AKIN and line.kind in _TRIED
        ]
        best, at = max(fresh or scored, default=(0, 0))
        ahead = [-index for index in range(len(self.scenes)) if index not in self.played]
        if self.alone and ahead and best < AKIN:
            best, at = AKIN, ahead[0]  # the case itself, told in full
        for index, (_, when, _) in enumerate(self.scenes):
            if line.do and not weak and any(does and does <= self.terms[number] for number in when):
                best, at = AKIN, -index
        if (
            best < AKIN
            or -at in self.played
            or not (weak or not line.do or (best == AKIN and self._is_named(does, -at)))
        ):
            return []
        self.played.add(-at)
        given, when, _ = self.scenes[-at]
        given = [
            number for number in given[1:] if not any(len(self.terms[number] & known) >= AKIN for known in self.known)
        ]
        told = [(order, n) for n in (*given, *when) for order in self._orders(n, given=n in given)]
        said = self.tongue.terms("\n".join(order for order, _ in told))
        return told if weak or not does or len(does & said) >= COVERED * len(does) else []

    def _orders(self, number: int, *, given: bool) -> list[str]:
        """What a sentence tells to do, act by act where the acts are the whole of it; what happens by itself is waited for."""
        if not given and (waiting := self.script.awaited(self.reading.sentences[number].text)):
            return [waiting]
        acts = [
            act for fact in self.reading.facts if fact.sentence == number for act in fact.acts if act.kind not in UNREAD
        ]
        said = self.tongue.terms(" ".join(f"{act.actor} {act.text}" for act in acts))
        if acts and not given and len(said & self.terms[number]) >= COVERED * len(self.terms[number]):
            phrase = self.tongue.lexicon.phrase
            return [phrase("as_actor", actor=act.actor, action=act.text) if act.actor else act.text for act in acts]
        order = self.script.told(self.reading.sentences[number].text, given=given)
        return [order] if order else []

    def given_before(self, text: str) -> list[Told]:
        """What somebody has done before the scenario that a result is most about begins: I have searched for a keyword."""
        wants = self.tongue.terms(text[:LONGEST])
        scored = [(overlap(wants, said), -at) for at, (_, _, said) in enumerate(self.scenes)]
        best, at = max(scored, default=(0, 0))
        given = self.scenes[-at][0] if best else []
        return [(order, number) for number in given for order in self._orders(number, given=True)]

    def main(self, line: Line) -> list[Told]:
        """What the one scenario of a case does, where a first result tells only what comes behind it: reloading the page."""
        does, when = self.tongue.terms(line.do), self.scenes[0][1] if len(self.scenes) == 1 else []
        said = frozenset[str]().union(*(self.terms[number] for number in when))
        if not when or 0 in self.played or overlap(does, said) * 2 > len(does):
            return []
        told = [(order, number) for number in when for order in self._orders(number, given=False)]
        if any(verb_of(order) == verb_of(line.do) for order, _ in told):
            return []
        self.played.add(0)
        return told

    def _is_named(self, does: frozenset[str], at: int) -> bool:
        return bool(does) and any(does <= self.terms[number] for number in self.scenes[at][1])

    def like(self, wanted: Wanted) -> int:
        """See `most_like`."""
        return most_like(self.tongue.terms(wanted.text[:LONGEST]), self.terms, self.reading)
