"""What the specification knows of a result's trigger: the act that it names, the condition that brings it, the state that it needs."""

import re
from dataclasses import replace

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Fact, Wanted
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.own import Own
from testgen.text.normal import normalise

_WHEN = re.compile(r"\b(?:when|if|while)\b", re.IGNORECASE)
_LONG = 10  # words of a condition that is brought about in its own words
_ONE_OF = re.compile(r"[A-ZＡ-Ｚ]")
_RUN = re.compile(r"\b(?:job|batch|script|load|import|export|run)\b", re.IGNORECASE)


class Calling(Own):
    """Looks it up."""

    _already: str

    def _known_way(self, acts: list[Act], target: int) -> tuple[int, bool]:
        """The fact that does what a result tells, -1 for none, and whether the result calls it by a name."""
        if not acts:
            return -1, False
        last = acts[-1]
        topic = last.kind == "told" and bool(last.objects) and self.chains.on_topic(last.objects[0]) >= 0
        doing, called = self.chains.doing_or_called(last, target), last.kind == "nominal" or topic
        if doing < 0 and (brought := self._brought_by(acts, target)) >= 0:
            return brought, True
        return doing, called

    def _judged(self, wanted: Wanted, target: int) -> Wanted:
        """予約が受け付けられる: it was done, by the acts that the specification tells where it tells any."""
        acts = wanted.fact.acts
        if not acts or acts[-1].kind != "judged":
            return wanted
        known = target >= 0 and any(self.reading.facts[number].acts for number in self.chains.leading(target))
        done = () if known else tuple(replace(act, kind="told") for act in acts)
        return replace(wanted, fact=replace(wanted.fact, acts=done))

    def _brought_by(self, acts: list[Act], target: int) -> int:
        """Same card again: a mere name, and an act of the specification that brings the result and speaks of it; -1 for none."""
        if self.begins or target < 0 or len(acts) != 1 or acts[0].kind != "nominal" or not acts[0].objects:
            return -1
        acting = [number for number in self.chains.leading(target) if self.reading.facts[number].acts]
        trigger = self.tongue.terms(self.reading.facts[acting[-1]].trigger) if acting else frozenset()
        return acting[-1] if overlap(self.tongue.terms(acts[0].objects[0]), trigger) else -1

    def _led(self, wanted: Wanted) -> int:
        """The fact whose acts bring about what a result is conditioned by: the dialog opens."""
        if not wanted.fact.conditions or wanted.fact.acts:
            return -1
        condition = wanted.fact.conditions[0]
        found = self.chains.bringing(Wanted(0, condition, Fact(outcome=condition)))
        return found if found >= 0 and self.reading.facts[found].acts else -1

    def _in_a_state(self, goal: Goal, target: int) -> bool:
        """Whether a result is wanted in a state that nobody's act brings: when If-Match holds an outdated ETag."""
        wanted = goal.wanted
        if self.begins or not wanted.fact.conditions or wanted.fact.acts:
            return False
        if target >= 0 and self.reading.facts[target].acts:
            return False
        goal.state = wanted.fact.conditions[0]
        if not _WHEN.search(wanted.text) or self.tongue.lapse(goal.state) is not None:
            goal.state = ""
            return False
        goal.tried = self.tongue.lexicon.phrase("for_case", what=goal.state)
        return True

    def _by_condition(self, goal: Goal, target: int) -> bool:
        """What the specification says to come of a condition alone, which nobody's act brings: it is brought about."""
        fact, told = self.reading.facts[target] if target >= 0 else Fact(), goal.wanted.fact
        if tried := self._value_of_condition(told):
            fact, told = self.reading.facts[tried - 1], Fact()
            target = tried - 1
        if self.begins or told.acts or told.conditions or fact.acts or not fact.conditions or fact.values:
            return False
        condition = fact.conditions[0]
        if self.chains.means(condition) or self.reading.request or _RUN.search(f"{self.case.title} {condition}"):
            return False
        led = any(self.reading.facts[number].acts for number in self.chains.leading(target))
        if led or not self.tongue.is_state(condition) or self.tongue.lapse(condition) is not None:
            return False
        terms = self.tongue.terms(condition)
        odd = len(condition.split()) > _LONG or re.search(r"[*(]|,", condition)
        if odd or overlap(terms, self.tongue.terms(self._already)) >= len(terms):
            return False
        goal.state, goal.target = condition, target
        goal.sentences.append(fact.sentence)
        goal.tried = self.tongue.lexicon.phrase("for_case", what=condition)
        return True

    def _value_of_condition(self, told: Fact) -> int:
        """At 8 °C, which the specification's "the water reaches 8 °C" tells: one behind the index of that fact, 0 for none."""
        if len(told.acts) != 1 or told.acts[0].kind != "variant" or not told.acts[0].objects:
            return 0
        value = normalise(told.acts[0].objects[0])
        exact = rf"(?<![\d.,]){re.escape(value)}(?![\d])"
        found = (
            index
            for index, fact in enumerate(self.reading.facts, 1)
            if not fact.acts and not fact.values and any(re.search(exact, normalise(text)) for text in fact.conditions)
        )
        return next(found, 0) if re.search(r"\d", value) else 0

    def _says_more(self, own: Act, act: Act, goal: Goal) -> bool:
        """Whether the result tells its trigger more exactly than the specification does; which variant it is, the data say."""
        named = [normalise(datum.name) for datum in self.reading.data]
        if self.begins and any(name in normalise(own.text) and name not in normalise(act.text) for name in named):
            return True
        if self.begins and own.kind == act.kind and own.objects and not act.objects:
            return True  # 1.5を選ぶ, of those to choose from
        if "まま" in own.text and "まま" not in act.text:
            return True
        if self.begins and self._of_another(own, act, goal):
            return True
        more = self.tongue.terms(own.text) - self.tongue.terms(act.text)
        told = self.tongue.terms(" ".join(f"{datum.name} {datum.value}" for datum in goal.variant.values()))
        counted = r"(?<![A-Za-z_.\d])\d|再" if self.begins else r"\d|times|twice|again|再"
        return (
            bool(re.search(counted, own.text))
            and bool({term for term in more if not term.startswith('"')} - told)
            and not re.search(r"[枚つ件個回]目", own.text)
        )

    def _of_another(self, own: Act, act: Act, goal: Goal) -> bool:
        """A社を選択する, where the specification has 運送会社を選択する: one of them is named."""
        heads = [{normalise(self.tongue.head(thing)) for thing in made.objects} for made in (own, act)]
        named = any(self.data.takes(thing, datum) for thing in own.objects for datum in self.reading.data)
        return all(heads) and not named and not heads[0] & heads[1] and bool(_ONE_OF.match(own.objects[0]))
