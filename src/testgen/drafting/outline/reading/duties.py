"""A list of what the product shall do: its items are no acts of the tester, but what it shall accept somebody gives to it."""

import re

from testgen.drafting.outline.model import Act, Datum, Fact
from testgen.drafting.outline.tongue import Tongue
from testgen.text.normal import normalise

_HEAD = re.compile(r"(?:the |an? )?(?P<who>[\w -]{2,40}?) (?:shall|must|will|should)(?: also)?:$", re.IGNORECASE)
_TAKES = re.compile(r"(?:accept|take|receive|support|allow)s? (?P<what>.+)$", re.IGNORECASE)
_UPON = re.compile(r"\s(?:on|upon|after) (?P<deed>[a-z]{4,})\b")


def begins_duties(text: str, tongue: Tongue) -> bool:
    """Whether a line is the head of such a list: The portal shall: and not what a user shall do."""
    found = _HEAD.match(text)
    return found is not None and not (tongue.person(found["who"]) or re.search(r"\b(?:user|tester)s?$", found["who"]))


def as_duty(text: str, data: list[Datum], tongue: Tongue) -> Fact:
    """Accept up to 10 photos -> upload the photos: what the data have of it; issue a reference on submission -> submit it."""
    words = tongue.lexicon.data
    takes, upon = _TAKES.match(text), _UPON.search(text)
    for datum in data if takes else ():
        name = normalise(datum.name)
        if takes and re.search(rf"\b{re.escape(name)}\b", normalise(takes["what"])):
            verb = words["handled"].get(name.split(" ")[-1].removesuffix("s"))
            kind, order = ("upload", f"{verb} the {name}") if verb else ("input", f"enter the {name}")
            return Fact((Act(order, kind, (name,)),), plain=True)
    deed = words["deeds"].get(upon["deed"]) if upon else None
    return Fact((Act(f"{deed} it", "do"),), outcome=text) if deed else Fact(outcome=text)
