"""Which fact of the specification brings an expected result, and which facts lead there."""

import re
from functools import lru_cache

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import MEANS, Act, Fact, Reading, Wanted
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import mask, quotes
from testgen.text.normal import normalise

_ENOUGH = 0.5  # share of an observation's terms that an outcome has to have; with two in common less will do
_LONGEST = 600  # characters of a result that are compared
_SQUARE = re.compile(r"[［\[]([^\[\]［］\n]{1,40})[\]］]")
_LABELS = re.compile('[「」『』"]')
_SHORT = 4  # words of a name
_LED = 3  # what a trigger counts at most: a label that it presses may stand in a result for another reason
_MAIN = 1  # terms that the fact has in common with the case which the case is most about
_DEEPEST = 12  # facts in one chain


class Chains:
    """Looks up facts by outcome and by trigger."""

    def __init__(self, reading: Reading, tongue: Tongue) -> None:
        self.facts, self.tongue = reading.facts, tongue
        self._sentences = [sentence.text for sentence in reading.sentences]
        self._data = reading.data if tongue.language == "en" else []
        self._denies = [tongue.negative(fact.outcome) for fact in self.facts]
        self._screens: dict[int, list[str]] = {}
        self._brought: dict[tuple[str, str, tuple[str, ...]], int] = {}
        self._outcomes = [self._said(fact.outcome) for fact in self.facts]
        self._triggers = [self._said(fact.trigger) for fact in self.facts]

    def _said(self, text: str) -> frozenset[str]:
        terms = self.tongue.terms(text)
        apart = frozenset(term for term in terms if term[0] == '"' or (term.isdigit() and self.tongue.language == "en"))
        return self.tongue.terms(mask(text)) | apart

    def bringing(self, wanted: Wanted) -> int:
        """The fact whose outcome is what is wanted; -1 where there is none. Two plans ask for it, and it is looked for once."""
        key = wanted.text, wanted.fact.outcome, tuple(wanted.fact.conditions)
        if key not in self._brought:
            self._brought[key] = self._bringing(wanted)
        return self._brought[key]

    def _bringing(self, wanted: Wanted) -> int:
        seen = (wanted.fact.outcome or wanted.text)[:_LONGEST]
        for condition in wanted.fact.conditions:
            seen = seen.replace(condition, "") if len(condition) < len(seen) else seen
        wants, said, denies = (
            self.tongue.terms(seen),
            self.tongue.terms(wanted.text[:_LONGEST]),
            self.tongue.negative(seen),
        )
        best, found = 0.0, -1
        for index, fact in enumerate(self.facts):
            if fact.role != MEANS and fact.outcome and (score := self._score(wants, said, index, denies=denies)) > best:
                best, found = score, index
        return found

    def _score(self, wants: frozenset[str], said: frozenset[str], index: int, *, denies: bool) -> float:
        fact = self.facts[index]
        outcome = overlap(wants, self._outcomes[index])
        if denies and not self._denies[index] and outcome <= _LED:
            return 0
        trigger = min(overlap(said, self._triggers[index]), _LED)
        if not outcome or not (
            outcome >= 2
            or (trigger and (fact.acts or fact.values or self._continues(fact)))
            or outcome / max(len(wants), 1) >= _ENOUGH
        ):
            return 0
        follows = 0.5 if fact.acts or fact.conditions or fact.after >= 0 else 0
        opposite = -1 if self._denies[index] and not denies else 0
        return 2 * outcome + trigger + follows + opposite

    def _continues(self, fact: Fact) -> bool:
        """Whether a condition stands in the sentence of the acts before it."""
        before = self.facts[fact.after] if fact.after >= 0 else Fact()
        return bool(fact.conditions and before.acts) and before.sentence == fact.sentence

    def saying(self, act: Act) -> int:
        """The fact whose last act presses what this act is called; -1 where there is none."""
        found = (
            index
            for index, fact in enumerate(self.facts)
            if fact.acts and fact.role != MEANS and self.tongue.says(act, fact.acts[-1])
        )
        return next(found, -1)

    def doing(self, act: Act, target: int = -1) -> int:
        """The fact whose last act is this one in the specification's words; -1 where there is none."""
        labels = _labels(act.text)
        called = [datum.name for datum in self._data if len(datum.value) > _SHORT and datum.value in act.text]
        wants = self.tongue.terms(" ".join((act.text, *called)))
        best, found = 1, -1
        for index, fact in enumerate(self.facts):
            if not fact.acts or fact.role == MEANS:
                continue
            last = fact.acts[-1]
            if act.objects == ("it",) and last.objects and act.text.split(" ", 1)[0] == last.text.split(" ", 1)[0]:
                return index
            same = 5 * len(labels & _labels(last.text))
            told = _labels(last.text) & {normalise(thing) for thing in act.objects}
            named = told and last.kind in ("press", "select") and act.kind in ("press", "select", "open", "told", "do")
            if not labels and (named or any(self.tongue.says(act, other) for other in fact.acts)):
                return index
            alike = act.kind == last.kind != "do" or bool(same)
            if not alike and not self.tongue.same_verb(act, last):
                continue
            if (labels and not same) or (not same and not called and self._apart(act, last)):
                continue
            words = self.tongue.terms(re.sub(r"[\"「」“”']", " ", last.text))
            score = same + overlap(wants, words) + (last.kind == act.kind) + (index == target)
            if score > best and (same or overlap(wants, words) >= min(2, len(wants))):
                best, found = score, index
        return found

    def called(self, name: str) -> int:
        """The fact whose acts the specification calls by this name: "Blind: press Transfer", for the blind transfer; -1 for none."""
        wants = self.tongue.terms(name)
        for index, fact in enumerate(self.facts):
            own = self.tongue.terms(fact.conditions[0]) if fact.acts and fact.conditions else frozenset()
            if own and own <= wants and len(fact.conditions[0].split()) < _SHORT:
                return index
        return -1

    def told_of(self, name: str) -> int:
        """The fact whose last act says all that a name says: hold the same card to the reader again, for "same card again"."""
        plain = self.tongue.language == "en" and not re.search(r"\d", name)
        wants = self.tongue.terms(name) if plain else frozenset()
        for index, fact in enumerate(self.facts):
            if fact.acts and fact.role != MEANS and len(wants) > 1 and wants <= self.tongue.terms(fact.acts[-1].text):
                return index
        return -1

    def on_topic(self, name: str) -> int:
        """返品はレシート番号を入力して…: the last fact of the sentence that says how it is done; -1 for none."""
        topic = name.rpartition("の")[2] + "は"
        told = [
            index
            for index, fact in enumerate(self.facts)
            if fact.acts and fact.role != MEANS and self._sentences[fact.sentence].startswith(topic)
        ]
        return told[-1] if told and len(topic) > _LED - 1 and self.tongue.language == "ja" else -1

    def _apart(self, one: Act, other: Act) -> bool:
        """Change the volume, change the source: what is done is done to something else."""
        heads = [{normalise(self.tongue.head(thing)) for thing in act.objects} - {"it"} for act in (one, other)]
        return (
            self.tongue.language == "en"
            and all(heads)
            and not heads[0] & heads[1]
            and not overlap(*map(frozenset, heads))
        )

    def doing_or_called(self, act: Act, target: int) -> int:
        """The fact that does an act, or the one that an event is the name of; -1 where there is none."""
        if act.kind in ("nominal", "variant"):
            name = act.objects[0] if act.objects else ""
            called = self.called(name) if act.kind == "nominal" and name else -1
            return called if called >= 0 else self.told_of(name)
        if act.kind == "told" and act.objects and (topic := self.on_topic(act.objects[0])) >= 0:
            return topic
        return self.doing(act, target) if act.kind not in ("told", "variant") else -1

    def leading(self, index: int) -> list[int]:
        """The facts that are carried out before a fact, in order, and itself."""
        chain: list[int] = []
        while index >= 0 and index not in chain and len(chain) < _DEEPEST:
            chain.insert(0, index)
            fact = self.facts[index]
            index = fact.after if fact.after >= 0 or not fact.acts else self._before(index)
        return chain

    def _before(self, index: int) -> int:
        fact = self.facts[index]
        needs = self._triggers[index] | self.tongue.terms(" ".join(act.screen for act in fact.acts))
        named = normalise(" ".join((fact.trigger, *(act.screen for act in fact.acts))))
        nearest = -1
        for other in range(index - 1, -1, -1):
            before = self.facts[other]
            if (
                not before.acts
                or before.role == MEANS
                or before.part != fact.part
                or _same_end(before, fact)
                or self._alternative(before, fact)
            ):
                continue
            nearest = nearest if nearest >= 0 else other
            prepares = before.acts[-1].kind in ("input", "select", "upload", "search") or re.search(
                r"検索|絞り込|[Ss]earch|[Ff]ilter", before.acts[-1].text
            )
            opens = (
                other == nearest
                and re.search(
                    r"画面|ページ|ダイアログ|タブ|\b(?:page|dialog|screen|window|form|opens)\b", before.outcome
                )
                and re.search(r"表示|開|遷移|移動|open|shown|display|show|appear|lead", before.outcome)
                and not any(act.screen for act in fact.acts)
            )
            if prepares or opens:
                return other
            shown = [screen for screen in self._shown(other) if normalise(screen) in named]
            steps = fact.listed and before.listed and not (fact.conditions or before.conditions)
            if (
                steps
                or not before.outcome
                or before.sentence == fact.sentence
                or shown
                or overlap(needs, self._outcomes[other])
            ):
                return other
        return -1

    def _shown(self, index: int) -> list[str]:
        if index not in self._screens:
            self._screens[index] = self.tongue.screens(self.facts[index].outcome)
        return self._screens[index]

    def _alternative(self, one: Fact, other: Fact) -> bool:
        """Open a valid link, open an expired link: two ways that exclude each other."""
        if len(one.acts) != 1 or len(other.acts) != 1 or not one.outcome or not other.outcome:
            return False
        first, second = one.acts[0], other.acts[0]
        heads = [{normalise(self.tongue.head(thing)) for thing in act.objects} for act in (first, second)]
        return first.kind == second.kind and bool(heads[0]) and heads[0] == heads[1]

    def means(self, condition: str) -> Fact | None:
        """What the specification says of how a condition is brought about."""
        wants = self.tongue.terms(condition)
        found = [(overlap(wants, self.tongue.terms(fact.outcome)), fact) for fact in self.facts if fact.role == MEANS]
        best = max(found, key=lambda pair: pair[0], default=(0, Fact()))
        return best[1] if best[0] else None

    def about(self, title: str) -> int:
        """The fact whose acts the title tells; -1 where there is none."""
        wants = self.tongue.terms(title)
        scored = [
            (overlap(wants, self.tongue.terms(_LABELS.sub(" ", " ".join(act.text for act in fact.acts)))), -index)
            for index, fact in enumerate(self.facts)
            if fact.acts and fact.role != MEANS
        ]
        best = max(scored, default=(0, 1))
        return -best[1] if best[0] > 1 or (best[0] and len(scored) == 1) else -1

    def named(self, texts: str, seen: str) -> int:
        """The fact whose acts the case names, whose outcome is what is seen, or the only one that there is where nothing else
        comes of it; -1 for none."""
        wants, shows = self.tongue.terms(texts), self.tongue.terms(seen)
        acting = [index for index, fact in enumerate(self.facts) if fact.acts and fact.role != MEANS]
        if len(acting) == 1 and normalise(self.facts[acting[0]].outcome) in normalise(texts):
            return acting[0]
        scored = [
            (overlap(wants, self._outcomes[index] | self._triggers[index]), -index)
            for index in acting
            if overlap(wants, self._triggers[index])
            or (overlap(shows, self._outcomes[index]) and self._denies[index] == self.tongue.negative(seen))
        ]
        best = max(scored, default=(0, 1))
        return -best[1] if best[0] >= _MAIN else -1

    def main(self, texts: str, least: int) -> int:
        """The fact that the case is most about, where its results say nothing of a trigger."""
        wants = self.tongue.terms(texts)
        scored = [
            (overlap(wants, self._outcomes[index] | self._triggers[index]), -index)
            for index, fact in enumerate(self.facts)
            if fact.acts and fact.role != MEANS
        ]
        if not scored:
            scored = [
                (overlap(wants, self.tongue.terms(fact.trigger + " " + fact.outcome)), -index)
                for index, fact in enumerate(self.facts)
                if fact.acts
            ]
        best = max(scored, default=(0, 1))
        return -best[1] if best[0] >= least or len(scored) == 1 else -1


@lru_cache(maxsize=4096)
def _labels(text: str) -> frozenset[str]:
    """What is quoted, [編集] too."""
    return frozenset(normalise(label) for label in quotes(_SQUARE.sub(r"「\1」", text)))


def _same_end(one: Fact, other: Fact) -> bool:
    """Two facts that end in the same act are alternatives, not a sequence."""
    return (
        (one.acts[-1].actor, normalise(one.acts[-1].text)) == (other.acts[-1].actor, normalise(other.acts[-1].text))
        if one.acts and other.acts
        else False
    )
