"""A team's knowledge in the form in which a model reads it, and the number of tokens of each piece."""

from typing import Any

from pydantic import BaseModel

from testgen.domain.knowledge import Knowledge, SharedStep
from testgen.domain.procedure import Procedure
from testgen.drafting.budget import estimate_tokens
from testgen.drafting.untrusted import as_data
from testgen.drafting.wire import to_row


def told(knowledge: Knowledge) -> dict[str, Any]:
    """Screens, shared steps, accounts and data in the form in which a model reads them."""
    facts = knowledge.model_dump(
        include={"screens", "shared_steps", "accounts", "data"}, exclude_none=True, exclude_defaults=True
    )
    if knowledge.shared_steps:
        steps = knowledge.shared_steps.items()
        facts["shared_steps"] = {name: [_in_cells(step) for step in made] for name, made in steps}
    return facts


def _in_cells(step: SharedStep) -> list[str]:
    """A shared step in the form of the first cells of a row."""
    cells = [step.action, step.test_data or "", step.expected_result]
    while not cells[-1]:
        cells.pop()
    return cells


def cost(piece: Any) -> int:
    """The approximate number of tokens of a piece of knowledge in a prompt: a screen, an account, a term, an example, or a pair of a
    name and its meaning."""
    if isinstance(piece, Procedure):
        data: Any = [to_row(step) for step in piece.steps]
    elif isinstance(piece, BaseModel):
        data = piece.model_dump(exclude_none=True, exclude_defaults=True)
    else:
        name, value = piece
        data = [name, value if isinstance(value, str) else [_in_cells(step) for step in value]]
    return estimate_tokens(as_data(data))
