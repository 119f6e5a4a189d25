"""The sentences of a specification that tell somebody to do something, in their own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import BACKGROUND, MEANS, NOTE, Act, Fact, Reading, Told, Wanted
from testgen.drafting.outline.tongue import Tongue

AKIN = 2  # terms that a sentence has in common with what it belongs to
COVERED = 0.7  # of a text's terms: what has so many of them says the same
LONGEST = 600  # characters that are compared


def most_like(wants: frozenset[str], terms: Sequence[frozenset[str]], reading: Reading) -> int:
    """The sentence that has most of a result's terms, where `terms` are those of each sentence; -1 for none."""
    scored = [
        (overlap(wants, terms[number]), -number)
        for number, sentence in enumerate(reading.sentences)
        if sentence.role not in (BACKGROUND, NOTE)
    ]
    best = max(scored, default=(0, 1))
    return -best[1] if best[0] >= AKIN else -1


def said_by(terms: frozenset[str], told: Sequence[frozenset[str]]) -> list[int]:
    """The number of the step that says most of a sentence, where it says half of it; `told` are the terms of each step."""
    best = max(range(len(told)), key=lambda number: overlap(terms, told[number]), default=-1)
    return [best + 1] if best >= 0 and overlap(terms, told[best]) >= max(AKIN, len(terms) / 2) else []


@dataclass(frozen=True)
class Unit:
    """A sentence that tells acts, and what comes of them."""

    sentence: int
    acts: tuple[Act, ...]
    terms: frozenset[str]
    outcome: str = ""
    in_row: bool = False  # one of a row of steps
    scenario: bool = False  # a When of one
    chain: bool = False  # a chain of arrows


class Units:
    """They, in the specification's order."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue) -> None:
        self.reading, self.tongue = reading, tongue
        self.terms = [tongue.terms(sentence.text[:LONGEST]) for sentence in reading.sentences]
        self.about = self._said(
            case.title, case.objective or "", *case.expected_results, *case.test_data, *case.test_data.values()
        )
        self._main = self._said(case.title, case.expected_results[0])
        self.all = list(self._read())
        self.sentences = {unit.sentence for unit in self.all}

    def _said(self, *texts: str) -> frozenset[str]:
        return self.tongue.terms("\n".join(text[:LONGEST] for text in texts))

    def _read(self) -> Iterator[Unit]:
        facts: dict[int, list[Fact]] = {}
        rows = {number for number, sentence in enumerate(self.reading.sentences) if sentence.text.count("|") > 1}
        for fact in self.reading.facts:
            if fact.role != MEANS and fact.sentence not in rows:
                facts.setdefault(fact.sentence, []).append(fact)
        for number, told in sorted(facts.items()):
            sentence = self.reading.sentences[number] if number >= 0 else None
            then = told[0].scenario and not any(fact.acts or fact.conditions for fact in told)
            if sentence and sentence.role not in (BACKGROUND, NOTE, MEANS) and not then:
                in_row = any(fact.listed or fact.scenario or fact.plain for fact in told)
                acts = [act for fact in told for act in fact.acts]
                found = self.tongue.tell(sentence.text, acts, told[-1].outcome, row=in_row and sentence.first)
                if not found and told[0].scenario and "<" not in sentence.text:
                    found = Told([self.tongue.quoted(sentence.text)])
                if found:
                    row, terms = in_row or found.chain, self.terms[number]
                    yield Unit(number, tuple(found.acts), terms, found.outcome, row, told[0].scenario, found.chain)

    def main(self) -> Unit | None:
        """The one that the title and the first result are most about; None where none is."""
        best = max(self.all, key=lambda unit: overlap(self._main, unit.terms), default=None)
        return best if best and overlap(self._main, best.terms) >= AKIN else None

    def akin(self, unit: Unit) -> bool:
        """Whether an act that nothing is said to come of belongs to the case."""
        return not unit.outcome and self.first(unit) and overlap(unit.terms, self.about) >= AKIN

    def first(self, unit: Unit) -> bool:
        """Whether a sentence is the first of its line; the others are remarks on it."""
        return self.reading.sentences[unit.sentence].first

    def like(self, wanted: Wanted) -> int:
        """See `most_like`."""
        return most_like(self.tongue.terms(wanted.text[:LONGEST]), self.terms, self.reading)

    def behind(self, unit: Unit) -> str:
        """What the sentence behind one of a row says that the product does."""
        number = unit.sentence + 1
        facts = [fact for fact in self.reading.facts if fact.sentence == number] if number not in self.sentences else []
        plain = unit.in_row and len(facts) == 1 and not (facts[0].conditions or facts[0].values)
        return facts[0].outcome if plain else ""

    def runs(self, done: set[int]) -> list[int]:
        """Where each When of a scenario begins that is not done, with those behind it."""
        ahead = [unit.sentence for unit in self.all if unit.scenario and unit.sentence not in done]
        return [number for number in ahead if number - 1 not in ahead]
