"""What a way enters is not entered again where a result calls it by its value."""

from dataclasses import replace

from testgen.drafting.outline.model import Planned
from testgen.drafting.outline.planning.taking import stands_in


def entered_once(steps: list[Planned]) -> list[Planned]:
    """Enter 4, behind a way of the specification on which the quantity is entered, which is 4: it is seen at the end of that way."""
    made: list[Planned] = []
    for step in steps:
        way = _way(made)
        data = [datum for other in way if other.act.kind == "input" for datum in other.data]
        plain = step.kind == "action" and step.sentence < 0 and step.act.text.count(" ") == 1
        if plain and any(stands_in(datum, step.act.text) for datum in data):
            made[-1] = replace(made[-1], verifies=step.verifies, told=step.told, expected=step.expected)
        else:
            made.append(step)
    return made


def _way(made: list[Planned]) -> list[Planned]:
    """The steps of one sentence that were made last, where they show no result."""
    sentence = made[-1].sentence if made and made[-1].act.kind == "press" else -1
    way = [step for step in made if step.sentence == sentence >= 0]
    return way if not any(step.verifies for step in way) else []
