"""What the action of a step says."""

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """Where actions, a check, a precondition, a question, and text that only describes the product begin."""

    actions: Sequence[int] = ()
    check: Span | None = None
    precondition: Span | None = None
    question: Span | None = None
    state: Span | None = None
    idle: bool = False  # asks who should go on, or explains

    @property
    def only_checks(self) -> bool:
        """Whether nothing is to be done and something is to be checked."""
        return bool(self.check or self.question or self.state or self.idle) and not self.actions

    @property
    def ends_in_a_check(self) -> bool:
        """Whether something is to be checked after the last action."""
        return bool(self.check and self.actions and self.check[0] > self.actions[-1])
