"""What is done before the acts of a test: what another choice has closed is opened again, what a result compares is noted."""

import re
from dataclasses import replace

from testgen.domain.procedure import MAX_STEPS
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Plan, Planned, Reading
from testgen.drafting.outline.scripting import Script
from testgen.drafting.outline.tongue import Tongue

_REPEATED = re.compile(r"(?P<what>\b[Rr]epeat step )(?P<number>\d+)")
_ARRIVES = re.compile(r"(?:As [^,]+, )?(?:open|go to|sign in|log in)\b", re.IGNORECASE)  # at what is then changed


def prepare(made: Plan, reading: Reading, tongue: Tongue, script: Script) -> Plan:
    """The plan, with what has to be open, or to be known, before something is done."""
    _open_again(made, reading, tongue, script)
    _note(made, reading, tongue, script)
    made.steps = made.steps[:MAX_STEPS]
    return made


def _open_again(made: Plan, reading: Reading, tongue: Tongue, script: Script) -> None:
    """What the first plan does where another choice has closed it: it is brought up once more."""
    for step in [step for step in made.steps if step.kind == "action" and not step.as_told]:
        at = made.steps.index(step)
        done = [other.act.text for other in made.steps[:at] if other.kind == "action"]
        for order in script.before(step.act.text, done):
            again = Planned("action", Act(tongue.sentence(order), "told"), tongue.left(order), as_told=True)
            _insert(made, reading, at, again)


def _note(made: Plan, reading: Reading, tongue: Tongue, script: Script) -> None:
    """What a result says to be unchanged is noted before the first act that might change it."""
    known: set[str] = set()
    for step in made.steps[:]:
        order = next(filter(None, map(script.noted, step.told)), "")
        first = _first_change(made.steps, step, tongue, order) if order and order not in known else None
        if first:
            known.add(order)
            act, seen = Act(order, "told", actor=first.act.actor), tongue.lexicon.phrase("noted")
            _insert(made, reading, made.steps.index(first), Planned("action", act, seen, as_told=True))


def _first_change(steps: list[Planned], step: Planned, tongue: Tongue, order: str) -> Planned | None:
    """The first act of a result's own run; of a result that is only looked at the first act since something was seen of the thing."""
    at, about = steps.index(step), tongue.terms(order.partition(" ")[2])

    def ends(other: Planned) -> bool:
        seen = tongue.terms("\n".join(other.told))
        return bool(other.told) if step.kind == "action" else overlap(about, seen) * 2 > len(about)

    start = next((n for n in range(at, 0, -1) if ends(steps[n - 1])), 0)
    acts = [other for other in steps[start : at + 1] if other.kind == "action"]
    return next((act for act in acts if not _ARRIVES.match(act.act.text)), acts[-1] if acts else None)


def _insert(made: Plan, reading: Reading, at: int, step: Planned) -> None:
    """Puts a step in; a step that another one names by its number is still that step."""

    def shift(found: re.Match[str]) -> str:
        return f"{found['what']}{int(found['number']) + (int(found['number']) > at)}"

    for other in made.steps:
        other.act = replace(other.act, text=_REPEATED.sub(shift, other.act.text))
    for sentence in reading.sentences:
        sentence.steps = [number + (number > at) for number in sentence.steps]
    made.steps.insert(at, step)
