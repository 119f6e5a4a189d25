"""Hands an act the data that go with it."""

import re
from functools import cached_property

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Planned, Reading
from testgen.drafting.outline.planning.goal import Goal
from testgen.drafting.outline.planning.navigating import Navigating
from testgen.drafting.outline.planning.taking import contained, stands_in
from testgen.drafting.outline.planning.trying import Trying
from testgen.text.normal import normalise

_WHOLE = re.compile(
    r"内容|情報|項目|フォーム|票|事項|全て|すべて|details|form|fields|information|values|data"
)  # objects that stand for several
MOST_RESULTS = 2  # of one step; a further one gets a check step
_FEW = 3  # data that go with an act in the result's own words


class Handing(Trying, Navigating):
    """Hands an act the data that go with it."""

    case: TestCase
    reading: Reading
    variant: dict[str, Datum]

    def _handed(self, act: Act, data: list[Datum], goal: Goal, *, final: bool) -> tuple[Act, list[Datum]]:
        """An act with all data that go with it, beside those that it is named after."""
        phrase = self.tongue.lexicon.phrase
        if act.kind == "enter_all" and act.objects:
            data = [datum for datum in self.reading.data if datum.name in act.objects]
        elif act.kind in ("enter_all", "job"):
            tried = [datum for datum in self.reading.data if act.kind == "job" and self.data.named_anywhere(datum)]
            data = data + [datum for datum in self._idle() if datum not in (*data, *tried)]
            if act.kind == "enter_all" and len(data) == 1:
                act = Act(phrase("enter_value", what=data[0].name), "input", (data[0].name,))
        if act.kind in ("send", "create") and goal.wanted.number == 1 and not data and self.goals.begins:
            data = [datum for datum in self._idle() if datum.name not in act.text and datum.value not in act.text]
        if act.kind in ("told", "nominal") and not any(step.data for step in self.made.steps):
            data = data + self._unspoken()[:_FEW]
        data = data + self._in_words(act, data)
        if goal.own and final:
            others = [datum for datum in self.reading.data if datum not in data and not stands_in(datum, act.text)]
            others = [datum for datum in others if not self._is_given(datum) and not self._is_changed(datum, act)]
            data = data + [datum for datum in others if self.data.speaks_of(act.text, datum)]
        return act, data

    def _unspoken(self) -> list[Datum]:
        """The data of one kind that no result speaks of."""
        results = normalise(" ".join(self.case.expected_results))
        return [
            datum
            for datum in self.reading.data
            if not (stands_in(datum, results) or self.data.named_anywhere(datum))
            and not (self._varies(datum) or self._is_given(datum))
        ]

    def _is_given(self, datum: Datum) -> bool:
        """Whether a datum is a limit or a count, and nothing that an act takes."""
        return self.tongue.given(datum)

    def _is_changed(self, datum: Datum, act: Act) -> bool:
        """Move the start date to 8 March: the act tells a value of its own."""
        return bool(re.search(rf"{re.escape(normalise(datum.name))} (?:to|of) \S", normalise(act.text)))

    def _complete(self, step: Planned, goal: Goal) -> None:
        """An act that is done again takes what it took before; an entry without a value is filled, or open."""
        if before := self._done_before(step):
            step.data += [datum for datum in before.data if datum not in step.data and not self._varies(datum)]
            step.given = step.given or before.given
            step.data = [] if before.given and not before.data and not goal.variant else step.data
        if step.act.kind == "input" and not step.given and not contained(self.reading.data, step.act.text):
            self._fill(step)

    def _fill(self, step: Planned) -> None:
        """An input whose value no datum is named after takes the data that nothing else takes, else it is open."""
        if step.data:
            missing = [
                thing
                for thing in step.act.objects
                if not _WHOLE.search(thing) and not any(self.data.takes(thing, datum) for datum in step.data)
            ]
            step.given = " / ".join(self._value(re.sub(r"^(?:the|an?)\s+", "", thing), step) for thing in missing)
            return
        rest = self._idle()
        whole = _WHOLE.search(step.act.text)
        if rest and whole:
            step.data += rest
        elif step.act.objects and not re.search(r"\d", step.act.text):
            step.given = self._given(step)

    def _idle(self) -> list[Datum]:
        """The data that nothing has taken or will take, and of which there is one of a kind."""
        return [
            datum
            for datum in self.reading.data
            if datum not in self.taken and not self._later(datum) and len(self.data.slots[self.data.slot(datum)]) == 1
        ]

    def _later(self, datum: Datum) -> bool:
        """Whether an act further on is named after a datum."""
        return datum in self._named_after

    @cached_property
    def _named_after(self) -> list[Datum]:
        things = dict.fromkeys(thing for fact in self.reading.facts for act in fact.acts for thing in act.objects)
        return [datum for datum in self.reading.data if any(self.data.takes(thing, datum) for thing in things)]

    def _in_words(self, act: Act, data: list[Datum]) -> list[Datum]:
        """The one datum of its kind that an act names by what it is: call the page by URL, for the direct URL."""
        words = set(re.findall(r"\w+", normalise(act.text)))
        return [
            datum
            for datum in self.reading.data
            if self.tongue.language == "en"
            and datum not in (*data, *self.taken)
            and act.kind not in ("wait", "bring", "open", "login")
            and normalise(self.tongue.head(datum.name)) in words
            and len(self.data.slots[self.data.slot(datum)]) == 1
            and not stands_in(datum, act.text)
        ]

    def _done_before(self, step: Planned) -> Planned | None:
        """The last time that an act was done, with the data that it took then."""
        same = (other for other in reversed(self.made.steps) if other.act.text == step.act.text)
        return next(same, None) if self.tongue.language == "en" else None

    def _varies(self, datum: Datum) -> bool:
        return len(self.data.slots[self.data.slot(datum)]) > 1
