"""What the action of a step says."""

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """Where actions, a check, a precondition and a question begin."""

    actions: Sequence[int] = ()
    check: Span | None = None
    precondition: Span | None = None
    question: Span | None = None

    @property
    def only_checks(self) -> bool:
        """Nothing is to be done, something is to be looked at."""
        return bool(self.check or self.question) and not self.actions
