"""English: what a case says in its own words, as an order: an imperative where its structure shows one, else its words behind a verb."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english.events import STATE, Events, flat
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.trials import TRY, Trials, can_set_clock, operation
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Reading
from testgen.drafting.outline.reading.case import labels_of
from testgen.text.marks import MASK
from testgen.text.normal import normalise

_LEAD = re.compile(
    r"^(?:on(?= \w+ing\b)|after|when(?:ever)?|once|if|as soon as|as long as|upon|while|during|following)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s(?:while|before|after|when|once|until|as soon as|as long as|because|so that|even if|even when|although)\s"
)
_TITLED = re.compile(r"(?:Dr|Mr|Ms|Mrs|Nurse)\.? [A-Z]\w+")
_PLACED = re.compile(r"(?:at|on|in|below|above|under|over|before|by)\s", re.IGNORECASE)


class Orders(Trials):
    """Words them for one case."""

    def __init__(self, case: TestCase, reading: Reading, reader: Reader, triggers: Triggers, lexicon: Lexicon) -> None:
        self.meet(case, reader, lexicon)
        self.reading, self.reader, self.triggers = reading, reader, triggers
        self.verbs, self.events = reader.verbs, Events(lexicon, reader)
        self.labels = labels_of(case.specification or "")
        self.settable, self.operation = can_set_clock(case), operation(case, reading)

    def order(self, cue: str) -> str:
        """A cue as an order."""
        cue = re.sub(r"^(?:I|we) (?=[a-z])", "", _LEAD.sub("", cue.strip(" ,.;:")).strip(" ,"))
        if (normalise(cue) in self.persons and len(cue) > 2) or _TITLED.fullmatch(cue):
            return self.by(cue, self.operation or TRY)
        if ordinal := self.ordinal(cue):
            return ordinal
        if re.fullmatch(r"[a-z]+", cue) and (entry := self.verbs.entry(cue)) and entry[1] == "third":
            return entry[0].lemma  # rejects
        tail = _TAIL.search(flat(cue))
        end = tail.start() if tail and tail.start() > 1 else len(cue)
        return self._order(cue[:end]) + cue[end:]

    def _order(self, cue: str) -> str:
        forms = (
            self.undone,
            self.datum,
            self.counted,
            self.by_person,
            self.imperative,
            self.acting,
            self.read,
            self.labelled,
            self.timed,
            self.valued,
            self.tried,
            self.gone,
            self.continuing,
            self.switched,
            self.handled,
            self.deed,
            self.let,
        )
        return next((text for form in forms if (text := form(cue))), "") or self._any(cue)

    def _any(self, cue: str) -> str:
        """A state is brought about, a thing is tried."""
        stands = STATE.fullmatch(cue) or re.search(r"\bstill\b|\b[A-Z]{2,3} with\b", cue)
        if stands or self.reader.finite(cue) or self.verb_set("states") & set(cue.split()):
            return self.lexicon.phrase("bring_about", what=self.named(cue))
        if operated := self.operated(cue):
            return operated
        if _PLACED.match(cue):
            return f"{TRY} {cue[:1].lower()}{cue[1:]}"
        if re.search(rf"[\d{MASK}]", flat(cue)):
            return f"{TRY} with {self.thing(cue)}"
        return self.lexicon.phrase("bring_about", what=self.named(cue))

    def required(self, name: str) -> str:
        """The text of a requirement, or of a row, of that name; empty where there is none."""
        first = name.split("/", maxsplit=1)[0]
        told = next((row.cells for row in self.reading.rows if first in row.cells.values()), {})
        line = re.search(
            rf"^\W{{0,6}}{re.escape(first)}\b\W{{0,6}}(?P<text>.+)$", self.case.specification or "", re.MULTILINE
        )
        return " ".join(cell for cell in told.values() if cell != first) or (line["text"] if line else "")
