"""What rules look at: the fields of a procedure, with quoted texts masked, because labels and values are not wording."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from testgen.domain.background import UNKNOWN, Background
from testgen.domain.hit import Hit
from testgen.domain.knowledge import Knowledge
from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, Step
from testgen.domain.test_case import TestCase
from testgen.reviewer.grammar import GRAMMARS, Grammar
from testgen.reviewer.reading import Reading
from testgen.text.marks import NOTHING, mask

# A step's text is at most some lines; what comes behind this is not reviewed, so that no text can hold a service up.
LONGEST = 4_000


# The marks of old terminals: ｢検索｣を押す､
_HALF_WIDTH = str.maketrans("､｡｢｣･", "、。「」・")


# A repair is weighed by many reviews that differ in one step.
@lru_cache(maxsize=1024)
def _masked(text: str) -> str:
    return mask(text.translate(_HALF_WIDTH))


@lru_cache(maxsize=1024)
def _read(language: Language, text: str, masked: str, *, begun: bool) -> Reading:
    return GRAMMARS[language].read(text, masked, begun=begun)


@dataclass(frozen=True)
class Field:
    """One text of a step: its name in the step, and the text."""

    step: Step
    name: str
    text: str

    @classmethod
    def of(cls, step: Step, name: str) -> "Field":
        """The field with that name; empty if the step has none."""
        return cls(step, name, (getattr(step, name) or "")[:LONGEST])

    @property
    def pointer(self) -> str:
        """The JSON Pointer into the procedure."""
        return f"/steps/{self.step.number - 1}/{self.name}"

    @cached_property
    def masked(self) -> str:
        """The text with quoted parts and addresses masked, of the same length."""
        return _masked(self.text)

    @property
    def is_none(self) -> bool:
        """Whether the field is empty, or says only that there is nothing, or that it is the same as elsewhere (-, 〃, 同上, n/a)."""
        return bool(NOTHING.fullmatch(self.text.strip()))

    @property
    def is_blank(self) -> bool:
        """Whether the field contains no word, only spaces, a dash or a ditto mark."""
        return not re.search(r"\w", self.text)

    def hit(
        self, rule: str, span: tuple[int, int] | None = None, *, info: bool = False, variant: str = "", **values: str
    ) -> Hit:
        """A hit of a rule in this field."""
        return Hit(rule, self.pointer, self.step.number, span, tuple(values.items()), info, variant=variant)


@dataclass
class Subject:
    """A procedure under review, the test case that it should fulfil, and what else is known."""

    procedure: Procedure
    case: TestCase | None = None
    background: Background = UNKNOWN

    @property
    def knowledge(self) -> Knowledge:
        """The team's product knowledge, including its terms and style."""
        return self.background.knowledge

    @property
    def language(self) -> Language:
        """The procedure's language."""
        return self.procedure.language

    @property
    def grammar(self) -> Grammar:
        """How to read steps in that language."""
        return GRAMMARS[self.language]

    @cached_property
    def given(self) -> str:
        """What people wrote before the procedure: every text of the case, of the team's knowledge and of the documents."""
        of_the_case = (self.case.id, *self.case.texts()) if self.case else ()
        return "\n".join((*of_the_case, self.background.words()))

    @property
    def wanted_results(self) -> Sequence[str]:
        """What the steps should verify: the expected results of the case, or those of the procedure."""
        return self.case.expected_results if self.case else self.procedure.expected_results

    @cached_property
    def actions(self) -> list[Field]:
        """The action of each step."""
        return [Field.of(step, "action") for step in self.procedure.steps]

    @cached_property
    def expected(self) -> list[Field]:
        """The expected result of each step, including empty ones."""
        return [Field.of(step, "expected_result") for step in self.procedure.steps]

    @cached_property
    def readings(self) -> list[Reading]:
        """What the action of each step says."""
        readings: list[Reading] = []
        for action in self.actions:
            # What must hold is a precondition only until something was done.
            begun = any(reading.actions for reading in readings)
            readings.append(_read(self.language, action.text, action.masked, begun=begun))
        return readings

    def pairs(self) -> Iterator[tuple[Field, Field]]:
        """Action and expected result of each step."""
        return zip(self.actions, self.expected, strict=True)

    def fields(self) -> Iterator[Field]:
        """Action, test data and expected result of each step."""
        for action, expected in self.pairs():
            yield from (action, Field.of(action.step, "test_data"), expected)
