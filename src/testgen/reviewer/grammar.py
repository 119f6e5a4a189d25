"""What the rules need to know about a language; one module per language answers (`english`, `japanese`)."""

from collections.abc import Set
from typing import Protocol

from testgen.domain.language import Language
from testgen.reviewer import english, english_behaviour, english_telling, japanese, japanese_behaviour, japanese_telling
from testgen.reviewer.reading import Reading, Span


class Grammar(Protocol):
    """How one language writes steps."""

    @property
    def PLAIN_CHECK_IS_STYLE(self) -> bool:  # noqa: N802 - a constant of the module
        """Whether a step that only checks is the normal way to write one."""
        ...

    def says_what_is_seen(self, masked: str, check: Span) -> bool:
        """Whether a check at the end of an action says what is to be seen: moving it makes it the expected result."""
        ...

    def read(self, text: str, masked: str, *, begun: bool) -> Reading:
        """What an action says; `masked` is the text without its quotes, `begun` whether something was done before it."""
        ...

    def commands(self, masked: str) -> Span | None:
        """Reports an action inside an expected result."""
        ...

    def content(self, normalised: str) -> Set[str]:
        """The words that carry the meaning, in a form that inflection does not change."""
        ...

    def negative(self, bare: str) -> bool:
        """Whether a text without quotes denies something."""
        ...

    def circumstances(self, masked: str) -> Span | None:
        """Where an expected result says when it holds."""
        ...


class Behaviour(Protocol):
    """How a language says what a product does, and what leads to a result."""

    def behaviour(self, masked: str) -> Span | None:
        """A sentence in an action that says what the product does instead of what to do."""
        ...

    def trigger(self, text: str) -> str:
        """The part of an expected result that says what leads to it; empty if it names nothing."""
        ...

    def is_by_itself(self, trigger: str) -> bool:
        """Whether the trigger of a result happens without anybody's action."""
        ...

    def ordinal(self, text: str) -> tuple[int, str, str] | None:
        """Which occurrence an expected result refers to, and of what, and its wording."""
        ...

    def digits(self, normalised: str) -> str:
        """A text with its numbers in digits."""
        ...


class Telling(Protocol):
    """How one language tells what is the case from what is to be done."""

    def tells(self, masked: str) -> bool:
        """Whether a text says what is the case, in none of its sentences what to do or to look at."""
        ...

    def only_orders(self, masked: str) -> bool:
        """Whether an expected result is an instruction and nothing else: nothing of it can be seen."""
        ...

    def says_the_act_again(self, action: str, result: str) -> bool:
        """Whether something only has to come to the person named in the action, as the result says again."""
        ...


GRAMMARS: dict[Language, Grammar] = {"en": english, "ja": japanese}
BEHAVIOURS: dict[Language, Behaviour] = {"en": english_behaviour, "ja": japanese_behaviour}
TELLINGS: dict[Language, Telling] = {"en": english_telling, "ja": japanese_telling}
