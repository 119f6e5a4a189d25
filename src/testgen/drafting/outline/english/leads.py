"""Triggers that a word leads: after, once, with, without; and where what is seen begins."""

import re

from testgen.drafting.outline.english.acts import NOUNS
from testgen.drafting.outline.english.events import Events, flat
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import MASK

_LED = re.compile(
    r"(?P<word>after|before(?= the (?:second|third|next) )|when|once|on|upon|following|if|while|during|without|with|w/o|in|for|from|as soon as)\s+",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"(?:(?:the|it|they|he|she|all|only|both|every|each|two|three|four|five|six|ten|its|this|an?|no|there|(?:it|he|she)['’]s)\s|{MASK}|[a-z]+\s[A-Z]*\d)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][\w'’/-]*(?=\s)")
_BOUND = re.compile(
    r"(?:\b(?:to|of|in|on|than|that|with|for|from|and|or|at|by|is|are|has|only|all|while)|[,(])\s*$", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"(?:the|all|no|it|they|each|both|its|nothing|this)\s[^,]{0,40}\s(?:become|get|go|stay|remain|turn|appear|come|show|open|close|start|stop|end)\b"
)
_LASTS = re.compile(r"(?:another |a further )?\d[\d.,]* ?(?:s|sec|seconds?|min|minutes?|h|hours?|days?)")
_FEW = 3  # words of a subject
_SHORT = 40  # characters of a trigger without a comma behind it
_PLAIN = re.compile(r"(?:the |an? )(?:[\w-]+ ){0,2}(?P<head>[\w-]+)")
_PLACED = ("in", "from", "for", "during")
LABEL = re.compile(r"[A-Z]{2,8}\b|[A-Z][a-z]*(?: [A-Z][a-z]+)?\b|\"[^\"]{1,40}\"|'[^']{1,40}'|\*\*[^*]{1,40}\*\*")
_LONGEST_SUBJECT = 400  # characters; what has no verb in so many is no clause


class Leads:
    """Reads what a preposition or conjunction leads."""

    _lexicon: Lexicon
    _reader: Reader
    _events: Events

    def _led(self, text: str, masked: str) -> Fact | None:
        """After battery swap the bar shows …; with 20 it can: what a preposition or conjunction leads."""
        found = _LED.match(masked)
        end = self._boundary(masked, found.end()) if found else 0
        if not found or not end:
            return None
        word, trigger, outcome = found["word"].lower(), text[found.end() : end].strip(" ,"), text[end:].strip(" ,")
        if not trigger or not self.predicate(" " + flat(outcome)):
            return None
        return self._leading(word, trigger, text)

    def _leading(self, word: str, trigger: str, text: str) -> Fact | None:
        """What a leading word makes of its trigger: a label, acts, a state, or a name."""
        head = _PLAIN.fullmatch(trigger) if word == "in" else None
        if head and head["head"].lower() in self._lexicon.data["deeds"]:  # in the attended transfer A hears music
            return Fact(self._events.named(trigger), outcome=text)
        if word == "for" and re.search(rf"\d|{MASK}", flat(trigger)):
            return Fact(self._events.named(f"with {trigger}"), outcome=text)
        if word in _PLACED:
            return Fact(self._events.named(f"in {trigger}"), outcome=text) if trigger.endswith("mode") else None
        if LABEL.fullmatch(trigger) and word != "if" and not re.search(r"day\b", trigger):
            return Fact((Act(self._lexicon.phrase("choose", what=trigger), "press", (trigger,)),), outcome=text)
        short = len(trigger.split()) < 3 and not re.search(r"\d|day", trigger)
        if (word in ("on", "upon") and not short) or (word == "while" and re.match(r"[a-z-]+ing\b", trigger)):
            return None
        how = word in ("with", "without", "w/o")
        acts = () if how or word in ("on", "upon") else self._events.acts(trigger)
        if not acts and not how and self._reader.finite(trigger):
            return Fact(conditions=(trigger,), outcome=text)
        more = self.operation(text[text.find(trigger) + len(trigger) :].strip(" ,"))
        then = word in ("after", "once", "following", "as soon as")
        own = acts or self._events.named(f"{word} {trigger}" if how else trigger, then=then)
        return Fact((*own, *more), outcome=text)

    def operation(self, text: str) -> tuple[Act, ...]:
        """After restart | Continue loads …: a label that is chosen then."""
        raise NotImplementedError

    def _boundary(self, masked: str, start: int) -> int:
        """Where what is seen begins: at a noun phrase with its own verb, before a comma or behind it."""
        if chosen := re.match(r"(?:the |an? )?(?![a-z]+ing\s)[a-z-]+\s(?=[A-Z][a-z]+ [a-z]+s\b)", masked[start:]):
            return start + chosen.end()  # after restart | Continue loads the checkpoint
        event = re.match(r"([a-z]+) (?!of\b|with\b|by\b|from\b|to\b|in\b|on\b|at\b|again\b)(?=\S)", masked[start:])
        if event and event[1] in self._lexicon.data["deeds"]:
            verb = self.predicate(masked[start + event.end() - 1 :])
            if verb > 0 and len(masked[start + event.end() : start + event.end() + verb].split()) <= _FEW:
                return start + event.end()  # after approval | revision C exists
        commas = [start + found.start() for found in re.finditer(r",\s", masked[start : start + 160])]
        first = commas[0] if commas else len(masked)
        places = [start + found.end() for found in re.finditer(r"\s(?=\S)", masked[start:first])]
        starts = [at for at in places if self._begins(masked, start, at) and not _BOUND.search(masked[start:at])]
        if clause := next((at for at in commas if _CLAUSE.match(masked, at + 2)), 0):
            return clause
        for at in starts:
            verb = self.predicate(masked[at:first])
            if verb and not any(at < other < at + verb for other in starts):
                return at
        if comma := next(
            (at for at in commas if not self._reader._goes_on(masked[at + 1 :].strip()) or at == commas[-1]), 0
        ):
            return comma
        verb = self.predicate(masked[start:])
        label = LABEL.match(text_at := masked[start : start + verb]) if verb else None
        if label and label.end() < len(text_at.rstrip()) and not re.search(r"\s(?:with|of|in|on|to|for)\s", text_at):
            return start + label.end()
        bare = re.search(r"\s(?=\S+$)", masked[start : start + verb]) if verb else None
        return start + bare.end() if bare and bare.start() < _SHORT else 0  # After Done TO-101 is offered

    def _begins(self, masked: str, start: int, at: int) -> bool:
        """Whether a noun phrase with its article may begin here, or a name behind what is complete: after the kill | GRILL holds …"""
        if _SUBJECT.match(masked, at):
            return True
        led, last = masked[start:at].strip(), masked[start:at].split()[-1:]
        if not _NAME.match(masked, at) or not last or not last[0].islower() or _LED.match(f"{last[0]} "):
            return False
        deed = (
            last[0] in self._lexicon.data["deeds"] or last[0] in NOUNS or last[0] in ("kill", "crash", "break", "pause")
        )
        first = self._reader.verbs.entry(led)
        deed = deed or bool(first and first[1] == "base" and first[0].kind == "action")
        verbs = (self._reader.verbs.entry(word) for word in led.split()[1:])
        done = any(entry and entry[1] in ("third", "past", "participle") for entry in verbs)
        return deed or done or bool(_LASTS.fullmatch(led)) or led[:1].isupper()

    def predicate(self, masked: str) -> int:
        """Where the finite verb of a clause begins; 0 for none."""
        for word in re.finditer(r"(?<=\s)(?:[a-z]+['’]t|[a-z]+)\b", masked[:_LONGEST_SUBJECT]):
            plain, entry = word.group(), self._reader.verbs.entry(word.group())
            if (
                (entry and entry[1] == "third")
                or self._reader.finite(plain)
                or plain in ("accepted", "refused", "rejected", "done", "finishes", "appears", "disappears")
            ):
                return word.start() - 1
        return 0
