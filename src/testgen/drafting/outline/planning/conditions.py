"""What has to be so before a result: a time that passes, a state that the specification or nobody tells how to bring about."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Fact, Move, Reading
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.known import Known
from testgen.drafting.outline.planning.matching import Chains
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import quotes
from testgen.text.normal import normalise

_LASTS = re.compile(
    r"(?:無操作|待機|放置|経過|離席)(?:時間|日数|期間)?$|\b(?:idle|waiting|wait|inactivity|inactive|elapsed)\b.*(?:time|period)?$",
    re.IGNORECASE,
)
_LONGER = re.compile("を(?:超え|超過|過ぎ)")


class Conditions:
    """What has to be so before a result."""

    case: TestCase
    reading: Reading
    tongue: Tongue
    chains: Chains
    known: Known
    _given: frozenset[str]
    _already: str

    def _add_condition(self, goal: Goal, condition: str, *, own: bool, told: bool = False) -> None:
        """A condition that the case does not bring with it: a wait, what the specification says, or an open point."""
        tongue, phrase = self.tongue, self.tongue.lexicon.phrase
        lapse = tongue.lapse(condition)
        if lapse is not None:
            said = lapse if lapse and lapse in goal.wanted.text else ""
            known = said or self._lasting() or lapse or self._duration(condition)
            if not known and goal.variant:
                return  # the data bring it: 期限切れ
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
            and not overlap(terms, seen)
            and not all(term in self._already for term in terms)
            and not self.reader_times(condition)
        ):
            if self.known.steps(condition):
                goal.moves.append(Move(Act(condition, "bring")))  # the walk puts the team's steps in its place
                return
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
