"""What the rules ask of a language; a module for each language answers (`english`, `japanese`)."""

from collections.abc import Set
from typing import Protocol

from testgen.domain.language import Language
from testgen.reviewer import english, japanese
from testgen.reviewer.reading import Reading, Span


class Grammar(Protocol):
    """How one language writes steps."""

    @property
    def PLAIN_CHECK_IS_STYLE(self) -> bool:  # noqa: N802 - a constant of the module
        """Whether a step that only checks is the normal way to write one."""
        ...

    def read(self, masked: str, *, begun: bool) -> Reading:
        """What an action says; `begun` where something was done before it."""
        ...

    def commands(self, masked: str) -> Span | None:
        """An action inside an expected result."""
        ...

    def content(self, normalised: str) -> Set[str]:
        """The words that carry the meaning, in a form that inflection does not change."""
        ...

    def negative(self, bare: str) -> bool:
        """Whether a text without quotes denies something."""
        ...

    def circumstances(self, text: str) -> Span | None:
        """Where an expected result says when it holds."""
        ...


GRAMMARS: dict[Language, Grammar] = {"en": english, "ja": japanese}
