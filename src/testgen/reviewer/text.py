"""What rules look at: the fields of a procedure, with quoted texts masked, since labels and values are not wording."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, Step
from testgen.domain.test_case import TestCase

# A step's text is at most some lines; what comes behind this is not reviewed, so that no text can hold a service up.
LONGEST = 4_000
# Labels and values in quotes; '' and ''' are the wiki's. Every repetition is bounded, so that each pattern is linear.
QUOTED = re.compile(
    r"「[^「」\n]{0,300}」|『[^『』\n]{0,300}』|“[^“”\n]{0,300}”|\"[^\"\n]{0,300}\"|(?<!')'''?[^'\n]{1,300}'''?"
    r"|(?<![\w'])'[^'\n]{1,60}'(?!\w)|`[^`\n]{0,300}`|\[[A-Z][^\[\]\n]{0,300}\]|【[^【】\n]{0,300}】"
)
_ADDRESS = re.compile(r"https?://\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,190}")
MASK = "\u25a0"  # neither a letter nor a mark of any sentence


@dataclass(frozen=True)
class Field:
    """One text of a step: its JSON Pointer, its name in the step, and the text."""

    step: Step
    name: str
    text: str

    @property
    def pointer(self) -> str:
        """JSON Pointer into the procedure."""
        return f"/steps/{self.step.number - 1}/{self.name}"

    @cached_property
    def masked(self) -> str:
        """The text with quoted parts and addresses masked, of the same length."""
        return mask(self.text)


@dataclass(frozen=True)
class Hit:
    """A place where a rule applies: `values` fill the rule's templates."""

    rule: str
    pointer: str
    step: int | None = None
    span: tuple[int, int] | None = None
    values: tuple[tuple[str, str], ...] = ()
    info: bool = False  # weaker than the rule's own severity


@dataclass
class Subject:
    """A procedure under review, and the test case that it should fulfil, where there is one."""

    procedure: Procedure
    case: TestCase | None

    @property
    def language(self) -> Language:
        """The procedure's language."""
        return self.procedure.language

    @cached_property
    def actions(self) -> list[Field]:
        """The action of each step."""
        return [Field(step, "action", step.action[:LONGEST]) for step in self.procedure.steps]

    @cached_property
    def expected(self) -> list[Field]:
        """The expected result of each step, empty ones too."""
        return [Field(step, "expected_result", step.expected_result[:LONGEST]) for step in self.procedure.steps]

    def pairs(self) -> Iterator[tuple[Field, Field]]:
        """Action and expected result of each step."""
        return zip(self.actions, self.expected, strict=True)


def mask(text: str) -> str:
    """The text with quoted parts and addresses replaced by a filler of the same length."""
    return _ADDRESS.sub(_fill, QUOTED.sub(_fill, text))


def _fill(match: re.Match[str]) -> str:
    return MASK * len(match.group())


def quoted(text: str) -> list[tuple[int, int]]:
    """Spans of what stands inside quotes, without the quotes."""
    return [(match.start() + 1, match.end() - 1) for match in QUOTED.finditer(text) if match.end() - match.start() > 2]
