"""What the planner asks of a language; `japanese` and `english` answer."""

from typing import Protocol

from testgen.domain.language import Language
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Action, Reaction


class Wording(Protocol):
    """The sentences around a plan: what becomes of preconditions, clean-up and expected results."""

    def even_with(self, expected_result: str) -> tuple[str, str] | None:
        """ "Even with X, Y" as (X, Y)."""
        ...

    def bring_about(self, precondition: str) -> tuple[str, str] | None:
        """The step that brings a precondition about and what is seen then; None for a mere state."""
        ...

    def clean_up(self, postcondition: str) -> tuple[str, str]:
        """The step that cleans up and what is seen then."""
        ...

    def subject(self, expected_result: str) -> str:
        """What an expected result speaks of; empty where it cannot be told."""
        ...

    def seen_at_once(self, expected_result: str) -> bool:
        """Whether the tester sees it on the spot, without looking elsewhere."""
        ...

    def attempt(self, expected_result: str) -> str | None:
        """What to try, where the result says with what something can or cannot be done: 古い住所ではログインできない."""
        ...

    def head(self, name: str) -> str:
        """The noun that says what a thing is: 正しいパスワード -> パスワード, the correct password -> password."""
        ...

    def named(self, datum: str, instead_of: str) -> str:
        """A datum's name where the author wrote `instead_of`."""
        ...

    def check(self, subject: str, owner: str, where: str) -> str:
        """The action of a check step."""
        ...

    def owner(self, preconditions: tuple[str, ...]) -> str:
        """Whose account it is, where the preconditions name a person."""
        ...

    def prepare(self, name: str, value: str) -> tuple[str, str]:
        """The setup step for a datum that no action takes."""
        ...

    def lasts(self, name: str) -> bool:
        """Whether a datum is a time that has to pass."""
        ...

    def state_of(self, name: str, value: str) -> str:
        """What is seen when a prepared thing has a datum's value."""
        ...

    def repeat(self, action: str, first: int, last: int, times: int) -> str:
        """The action, and the range of steps to repeat."""
        ...

    def nth(self, times: int, expected: str) -> str:
        """What is seen at the last repetition."""
        ...

    def object_shown(self, action: Action) -> str:
        """What is seen after an action that has no consequent."""
        ...


class Grammar(Protocol):
    """One language: its lexicon, its clauses and its wording."""

    language: Language
    separator: str
    lexicon: Lexicon
    wording: Wording

    def parse(self, sentence: str) -> list[Reaction]:
        """Rules 3 to 5."""
        ...

    def terms(self, text: str) -> frozenset[str]:
        """Content terms."""
        ...

    def screens(self, text: str) -> list[str]:
        """Named screens."""
        ...

    def times(self, text: str) -> int | None:
        """How often, where something is done more than once."""
        ...

    def ordinal(self, text: str) -> int | None:
        """Which one of several a text speaks of: 2枚目, the second."""
        ...

    def preserves(self, text: str) -> bool:
        """Whether a text says that something does not happen or stays as it was."""
        ...

    def sentence(self, text: str) -> str:
        """A text as a sentence of its own."""
        ...

    def render(self, action: Action, objects: tuple[str, ...] | None = None) -> str:
        """An action as an imperative."""
        ...

    def observe(self, outcome: str) -> str:
        """A consequent as a tester sees it."""
        ...
