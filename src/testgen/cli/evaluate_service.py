"""What can be compared at a service: its own model, and the rules."""

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Literal

from testgen.client.connection import Access
from testgen.client.remote import Remote
from testgen.config import EngineChoice
from testgen.domain.errors import InvalidInputError
from testgen.domain.events import Event
from testgen.domain.test_case import TestCase
from testgen.messages import say

if TYPE_CHECKING:
    from testgen.evaluation.outcome import Draft

_BY_RULES: Literal["outline"] = "outline"


class Subjects:
    """The service's model and its rules. Every draft is generated anew, even if a case is repeated; the seed is the service's.

    Raises:
        TestgenError: the service does not answer.
    """

    def __init__(self, access: Access) -> None:
        self._remote = Remote(access)
        told = self._remote.ask()
        configured = str((told.get("engine") or {}).get("configured"))
        self.model = _BY_RULES if configured == _BY_RULES else str((told.get("model") or {}).get("name"))
        # As configured, unless that might be the rules.
        self._engine: EngineChoice | None = "ollama" if configured in ("auto", _BY_RULES) else None

    async def draft_by(self, subject: str) -> "Draft":
        """How the service drafts, with its model or by rules.

        Raises:
            InvalidInputError: the service does not have that model.
        """
        if subject not in (self.model, _BY_RULES):
            problem = say("the service has only the model {model}: name that, or outline", model=self.model)
            raise InvalidInputError.of("--model", problem, subject)
        engine = _BY_RULES if subject == _BY_RULES else self._engine

        async def draft(case: TestCase, time: int) -> AsyncGenerator[Event, None]:
            del time
            async for event in self._remote.events(case, engine):
                yield event

        return draft
