"""The row of steps that a specification tells: which of them a result speaks of, and how they are gone through up to it."""

import re

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Planned, Portion
from testgen.drafting.outline.planning.belonging import Belonging
from testgen.drafting.outline.planning.units import COVERED, Unit
from testgen.text.normal import normalise

LABELS = re.compile(r"[「『\[［]([^」』\]］\n]{1,20})[」』\]］]")
_PASSIVE = re.compile("(?:される|られる)(?:場合|とき|と|」)?(?:を行う)?$")


class Stepping(Belonging):
    """Goes through it."""

    def _saying(self, part: Portion) -> Unit | None:
        """The step of a row that says what a part does."""
        wants = self.tongue.terms(part.do)
        told = [unit for unit in self.units.all if not unit.chain]
        labelled = [unit for unit in told if self._labels(unit, part.act)]
        if len(labelled) == 1:
            return labelled[0]
        best = max((unit for unit in told if unit.in_row), key=lambda unit: overlap(wants, unit.terms), default=None)
        return best if best and overlap(wants, best.terms) > COVERED * len(wants) else None

    def _labels(self, unit: Unit, act: Act) -> bool:
        """Bが受ける, of a step: Bが「受ける」を押す."""
        said = normalise(act.text)
        text = self.reading.sentences[unit.sentence].text
        named = normalise(act.objects[0]) if act.kind == "told" and act.objects else ""
        labels = [normalise(label) for label in LABELS.findall(text)]
        thing = said.removesuffix("を押す").rpartition("を")[0]
        bare = not thing or (unit.in_row and overlap(self.tongue.terms(thing), unit.terms) > 0)
        called = any(len(label) > 1 and ((bare and said.endswith(label)) or label == named) for label in labels)
        return called and (not act.actor or act.actor in text)

    def _press(self, unit: Unit, act: Act) -> None:
        """新賃料を入力して[試算]: the label is pressed where the sentence's acts leave it out."""
        for found in LABELS.finditer(self.reading.sentences[unit.sentence].text):
            named = bool(act.objects) and normalise(act.objects[0]) == normalise(found[1])
            if named and found[1] not in self.steps[-1].act.text:
                press = self.tongue.lexicon.phrase("press_label", label=found.group())
                self._add(Planned("action", Act(press, "press"), sentence=unit.sentence))
                return

    def _walk(self, last: Unit, *, whole: bool = False) -> None:
        """The steps of the row before one of them, or up to its end, that are not done."""
        for unit in self.units.all:
            before = unit.sentence < last.sentence or (whole and unit is last)
            open_yet = before and unit.in_row and not unit.chain and unit.sentence not in self.done
            apart = unit.scenario and not self.units.sentences.issuperset(range(unit.sentence, last.sentence))
            plain = (
                open_yet and not apart and not self._is_later(unit) and self.units.first(unit) and self._by_hand(unit)
            )
            if (open_yet and unit is last) or plain:
                self._do_unit(unit)

    def _by_hand(self, unit: Unit) -> bool:
        """Whether somebody does it, and it is no rule of a calculation or a condition."""
        return unit.scenario or any(act.kind not in ("do", "told") or act.actor for act in unit.acts)

    def _is_later(self, unit: Unit) -> bool:
        """Whether a result tells it as its own trigger."""
        told = [
            part for parts in self.parts.values() for part in parts if part.do and not (unit.scenario and part.act.past)
        ]
        return any(self._saying(part) is unit for part in told)

    def _do_unit(self, unit: Unit) -> None:
        if any(_PASSIVE.search(act.text) for act in unit.acts):
            return  # 先の注文が取り消されると…: nobody's order
        self.done.add(unit.sentence)
        acts, seen = self._acts_of(unit)
        for act in acts:
            step = Planned("action", act, sentence=unit.sentence, as_told=act.kind == "quoted")
            if act is acts[-1]:
                step.expected = seen or self.units.behind(unit)
            if step.as_told and not step.expected:
                step.expected = self.tongue.lexicon.phrases["observed"]["do"]
            self._add(step)

    def _acts_of(self, unit: Unit) -> tuple[tuple[Act, ...], str]:
        """A sentence's acts and what comes of them; of one that is only quoted, what it says is done."""
        if unit.acts[-1].kind != "quoted" and not re.search("場合|とき", unit.acts[-1].text):
            return unit.acts, unit.outcome
        parts = self.tongue.retold(self.reading.sentences[unit.sentence].text)
        if parts[0].do and parts[0].act.kind in ("do", "press", "told"):
            return (parts[0].act,), parts[0].seen
        return unit.acts, unit.outcome
