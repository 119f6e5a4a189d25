"""What is done before the acts of a test: what another choice has closed is opened again, what a result compares is noted."""

import re
from dataclasses import replace

from testgen.domain.procedure import MAX_STEPS
from testgen.drafting.outline.model import Act, Plan, Planned, Reading
from testgen.drafting.outline.scripting import Script
from testgen.drafting.outline.tongue import Tongue

_REPEATED = re.compile(r"(?P<what>\b[Rr]epeat step )(?P<number>\d+)")
_AGAIN = re.compile(r"^(?:[Oo]pen|[Gg]o to)\b.* again$")  # brings up what is then looked at


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
    """What a result says to be unchanged is noted before the act that might change it, if nothing has told its value."""
    notes: list[tuple[Planned, str]] = []
    for at, step in enumerate(made.steps):
        order = next(filter(None, map(script.noted, step.told)), "")
        acts = [other for other in made.steps[: at + 1] if other.kind == "action" and not _AGAIN.search(other.act.text)]
        before = acts[-1] if acts else None
        if order and before and order not in (known for _, known in notes):
            notes.append((before, order))
    for before, order in notes:
        act = Act(tongue.sentence(order), "told", actor=before.act.actor)
        seen = tongue.lexicon.phrase("noted")
        _insert(made, reading, made.steps.index(before), Planned("action", act, seen, as_told=True))


def _insert(made: Plan, reading: Reading, at: int, step: Planned) -> None:
    """Puts a step in; a step that another one names by its number is still that step."""

    def shift(found: re.Match[str]) -> str:
        return f"{found['what']}{int(found['number']) + (int(found['number']) > at)}"

    for other in made.steps:
        other.act = replace(other.act, text=_REPEATED.sub(shift, other.act.text))
    for sentence in reading.sentences:
        sentence.steps = [number + (number > at) for number in sentence.steps]
    made.steps.insert(at, step)
