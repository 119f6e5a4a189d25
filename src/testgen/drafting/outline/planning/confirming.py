"""A confirmation is seen when something has been sent: its check comes behind the act that sends it."""

import re

from testgen.drafting.outline.model import Planned

_SENDS = re.compile(r"(?:As [^,]+, )?(?:submit|send|place|confirm|book|pay)\b", re.IGNORECASE)
_CONFIRMED = re.compile(
    r"\b(?:confirmation|receipt|acknowledge?ment|thank[- ]you) (?:page|screen|mail|e-?mail|message|number|text)\b", re.I
)
_REPEATS = re.compile(r"\b[Rr]epeat steps? \d")


def sent_first(steps: list[Planned]) -> list[Planned]:
    """The steps with the first act that sends before the checks of its confirmation, where nothing else has been sent."""
    sends = [step for step in steps if step.kind == "action" and _SENDS.match(step.act.text)]
    if not sends or any(_REPEATS.search(step.act.text) for step in steps):
        return steps
    last = at = steps.index(sends[0])
    while at and steps[at - 1].kind == "check":
        at -= 1
    checks = steps[at:last]
    first = next((n for n, step in enumerate(checks, at) if _CONFIRMED.search("\n".join(step.told))), last)
    return [*steps[:first], sends[0], *steps[first:last], *steps[last + 1 :]]
