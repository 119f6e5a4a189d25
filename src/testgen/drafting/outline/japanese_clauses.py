"""Rules 3 and 4 for Japanese: where a clause ends, by its verb form and what follows it, and what that makes of it."""

import re
from dataclasses import dataclass, replace

from testgen.drafting.outline.inflection import Inflection, Predicate
from testgen.text.marks import MASK, mask

TRIGGER, CHAIN, END = "trigger", "chain", "end"

_TAIL = r"(?:には|では|は|に|で|、|，)*"
_AFTER = {  # what may follow a form for the clause to end there; anything else is a modifier and no boundary
    "dict": (
        (re.compile(r"と(?=[、，\s]|[^もしいのはがをか])[、，]?"), TRIGGER),
        (re.compile(rf"(?:場合|とき|時|際|度){_TAIL}"), TRIGGER),
        (re.compile(r"(?:ので|ため|が)[、，]"), CHAIN),
        (re.compile(r"(?:こと|もの)?(?:とする)?\s*$"), END),
        (re.compile(r"[、，]"), CHAIN),
    ),
    "ta": (
        (re.compile(rf"(?:場合|とき|時|際|後|あと|のち|直後){_TAIL}"), TRIGGER),
        (re.compile(rf"(?:状態|まま){_TAIL}"), TRIGGER),
        (re.compile(r"(?:うえで|上で|が)[、，]?"), CHAIN),
        (re.compile(r"(?:こと)?\s*$"), END),
    ),
    "te": (
        (re.compile(r"も[、，]?"), TRIGGER),
        (re.compile(r"から[、，]?"), CHAIN),
        (re.compile(r"ください(?:ませ)?\s*$"), END),
        (re.compile(r"(?![いあおはみほ])[、，]?"), CHAIN),
    ),
    "tara": ((re.compile(r"[、，]?"), TRIGGER),),
    "ba": ((re.compile(r"[、，]?"), TRIGGER),),
    "ren": ((re.compile(rf"[、，]|(?=[「『\"{MASK}])"), CHAIN), (re.compile(r"\s*$"), END)),
    "zu": ((re.compile(r"[、，]?"), CHAIN),),
    "naked": (
        (re.compile(rf"(?:後|時|直後){_TAIL}"), TRIGGER),
        (re.compile(r"[、，]"), CHAIN),
        (re.compile(r"\s*$"), END),
    ),
}
_AFTER["neg"] = _AFTER["dict"]
_NOUN_FOLLOWS = re.compile(r"(?=[一-龠々ァ-ヶA-Za-z0-9])")  # 入力し次へ: a continuative directly before a noun
_STATE = re.compile(r"て(?:いる|いない|ある|おり|いて|います)")
_CONDITION = re.compile(rf"(?:場合|とき){_TAIL}")


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence and how it hangs on the next: as a trigger, in a chain, or not at all."""

    text: str
    link: str
    predicate: Predicate | None  # with offsets into `text`
    state: bool = False


class JapaneseClauses:
    """Cuts sentences into clauses."""

    def __init__(self, inflection: Inflection) -> None:
        self._inflection = inflection

    def split(self, sentence: str) -> list[Clause]:
        """The clauses in order."""
        masked, found, start = mask(sentence), [], 0
        while start < len(sentence):
            clause, end = self._next_clause(sentence, masked, start)
            if clause.text.strip("、， "):
                found.append(clause)
            start = end
        return found

    def _next_clause(self, sentence: str, masked: str, start: int) -> tuple[Clause, int]:
        condition = _CONDITION.search(masked, start)
        for predicate in self._inflection.find(masked, start):
            if condition and condition.start() < predicate.start:
                break
            state = _STATE.match(masked, predicate.end - 1) if predicate.form == "te" else None
            stop = state.end() if state else predicate.end
            link = self._link(masked, predicate, stop, "dict" if state else predicate.form)
            if link:
                local = replace(predicate, start=predicate.start - start, end=predicate.end - start)
                return Clause(sentence[start:stop], link[0], local, bool(state)), link[1]
        if condition:
            return Clause(sentence[start : condition.start()], TRIGGER, None), condition.end()
        return Clause(sentence[start:], END, None), len(sentence)

    def _link(self, masked: str, predicate: Predicate, stop: int, form: str) -> tuple[str, int] | None:
        if form == "naked" and masked[predicate.start - 1 : predicate.start] not in ("を", MASK, "に", "で"):
            return None
        for pattern, link in _AFTER[form]:
            if match := pattern.match(masked, stop):
                return link, match.end()
        if form == "ren" and predicate.verb.conjugation == "suru" and (match := _NOUN_FOLLOWS.match(masked, stop)):
            return CHAIN, match.end()
        return None
