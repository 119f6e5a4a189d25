"""English: an order of several acts, act by act."""

import re

from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.orders import Orders, spans
from testgen.drafting.outline.english.reader import Reader
from testgen.text.marks import MASK, OPEN_POINT

_AND_ACT = re.compile(rf"(?:,|,? and) (?P<verb>[a-z]+)(?= (?:the|an?|all|both|it|its|his|her|to)\b| [A-Z\d\"'“{MASK}])")
_ONE_ACT = re.compile(r"(?:try|repeat|let|make sure|bring) |[a-z]+ and [a-z]+ ")
_THEN = re.compile(r", then ")


class InTurn:
    """Parts it."""

    orders: Orders
    reader: Reader

    def in_turn(self, order: str) -> list[str]:
        """See `Script.in_turn` of the tongue."""
        parts = [order[start:end] for start, end in spans(_THEN, flat(order))] if order else []
        parts = [act for part in parts for act in self._acts_of(part)]
        if OPEN_POINT.search(order) or not all(map(self._is_order, parts)):
            parts = [order]
        parts = [f"run {part}" if part.startswith("`") else part for part in parts]
        who = re.match(r"As [^,]+, ", order)
        return [
            part if n == 0 or not who or part.lower().startswith("as ") else f"{who.group()}{part}"
            for n, part in enumerate(parts)
        ]

    def _acts_of(self, part: str) -> list[str]:
        """Select F11, press Pay with less than 1 minute left: where a verb with its object follows one with its own."""
        lead = re.match(r"(?:[Aa]s [^,]+, )?", part)
        start = lead.end() if lead else 0
        if _ONE_ACT.match(part[start:]):
            return [part]
        for joint in _AND_ACT.finditer(flat(part), start):
            entry = self.orders.verbs.entry(joint["verb"])
            acts = entry and entry[1] == "base" and entry[0].kind == "action"
            if acts and " " in part[start : joint.start()] and not self.reader.finite(part[start : joint.start()]):
                return [part[: joint.start()], *self._acts_of(part[joint.start("verb") :])]
        return [part]

    def _is_order(self, part: str) -> bool:
        """Whether a part of an order tells an act, and not what is so."""
        entry = self.orders.verbs.entry(re.split(r"[ ,.:]", part.lower(), maxsplit=1)[0])
        state = entry and entry[1] in ("past", "participle")
        noun = re.match(r"[a-z]+ ([a-z]+)\b", part)
        so = None if entry or not noun else self.orders.verbs.entry(noun[1])
        return not state and not (so and so[1] in ("past", "participle"))
