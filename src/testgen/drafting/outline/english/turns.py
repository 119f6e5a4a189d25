"""English: what one person does and sees in turn: the caller waits, hears the offer, presses 1, hears the confirmation."""

import re
from collections.abc import Iterator

from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.orders import Orders
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.triggers import Triggers

# Behind what somebody does: what is then seen, of him or of something else.
SEEN = re.compile(
    r"(?:,\s(?:and |but )?|\s(?:but|and)\s)(?=(?:gets?|sees?|receives?|hears?|finds?|stays?|remains?|is|has|cannot|not|then)\b)"
)
_MAY = re.compile(
    r"(?P<who>[^,;:]{1,40}?)\s+(?P<can>can|cannot|can['’]t|can not|may|may not|must not|could|is able to|is not able to)(?P<also> (?:no longer|not|only|still|also|now|then))?\s+(?P<do>(?!(?:be|see|find|read|hear)\b)[a-z]+\b[^;]*)$"
)
_TRYING = re.compile(
    r"(?P<who>[^,;:]{2,40}?) (?:is|are) (?:refused|denied|stopped|warned|blocked|asked) (?:when|on|while) (?:trying to )?(?P<do>[a-z]+.*)$"
)
_HAVING = re.compile(r"(?P<who>[^,;:]{2,40}?), (?:after )?having (?P<do>[^,]+),")
SEER = re.compile(r"(?:[A-Z][\w.-]*|[a-z]+[._]?[\w-]*)(?= (?:sees?|gets?|receives?|has|does not|cannot|no longer)\b)")
_BY = re.compile(
    r"\sbe [a-z]+ by (?P<who>(?:the |an? )?[\w.-]+)(?P<how>(?: (?:at|on|in|with|from) [^,;]+?)?)(?=$|[,;])"
)
_NAME = re.compile(r"[A-Z][a-z]{2,}")
_THEN_MAY = re.compile(
    r"(?:he|she|they) (?:can|may|is able to) (?P<do>(?!be\b)[a-z]+ [^,;]+?)(?= and (?:nobody|nothing|no|the|it)\b|[,;]|$)"
)
_JOINT = re.compile(r",\s(?:and |then |and then )?|\sand (?:then )?")
_END = re.compile(r"[;:]\s|\.\s(?=[A-Z])")
_OTHER = re.compile(r"(?:,\s|,?\sand\s)(?=(?:the|it|no|an?)\s)")
_ACTS = frozenset(("take", "go", "come", "stand", "sit", "lie"))  # happen to a thing; a person does them
_FEW = 4  # words in front of a verb


class Turns:
    """Reads them."""

    orders: Orders
    reader: Reader
    triggers: Triggers
    turn: str  # whose turn it is

    def _person_in_front(self, text: str) -> str:
        """The person that a clause begins with."""
        words = list(re.finditer(r"\S+", text[:80]))
        for word in words[1 : _FEW + 1]:
            who = text[: word.start()].strip()
            verb = self.reader.verbs.is_third(word.group().rstrip(",")) or word.group() in (
                "can",
                "cannot",
                "has",
                "is",
            )
            if verb and "," not in who and self.orders.is_person(who):
                return who
        return ""

    def _then_may(self, order: str, rest: str) -> str:
        """If Pruitt renews, she can check the item out: the same person does that then."""
        found, who = _THEN_MAY.match(rest), re.match(r"As (?P<who>[^,]+), ", order)
        return f"as {who['who']}, {found['do']}" if found and who else ""

    def _does(self, part: str) -> bool | None:
        """Whether a clause without its subject tells what somebody does (or what he sees); None where it begins with no verb."""
        word = re.match(r"(?P<verb>[a-z]{2,}s)\b", part)
        if not word or not self.reader.verbs.is_third(word["verb"]):
            return None
        entry = self.reader.verbs.entry(word["verb"])
        lemma = entry[0].lemma if entry else ""
        return lemma in _ACTS or not (
            lemma in self.orders.verb_set("happens") or (entry and entry[0].kind in ("system", "check"))
        )

    def _turns_in(self, text: str, masked: str) -> Iterator[tuple[int, int]]:
        """In front of what a person does after he has seen something."""
        if not self._person_in_front(text):
            return
        end = _END.search(masked)
        seen = False
        for joint in _JOINT.finditer(masked, 0, end.start() if end else len(masked)):
            does = self._does(masked[joint.end() :])
            if does and seen:
                yield joint.span()
            seen = (seen and not does) or does is False

    def _goes_on(self, piece: str, masked: str) -> str:
        """Presses 1, hears the confirmation and the call ends -> as the caller, press 1."""
        if not self.turn or not self._does(masked):
            return ""
        return self.orders.acting(f"{self.turn} {self._until_seen(piece, masked)}")

    def _until_seen(self, piece: str, masked: str) -> str:
        """Without what is then seen."""
        cut = SEEN.search(masked)
        piece = piece[: cut.start()] if cut else piece
        for other in _OTHER.finditer(masked, 0, len(piece)):
            if self.orders.triggers.predicate(masked[other.end() :]) > 0:
                return piece[: other.start()]
        return piece

    def _by_seer(self, piece: str, do: str) -> str:
        """Dana sees the labs after a reload: it is she who reloads."""
        who = SEER.match(piece)
        known = (
            do
            and who
            and self.orders.is_person(who.group())
            and not do.startswith(("wait", "As ", "bring about", "make sure", "let "))
        )
        return self.orders.by(who.group(), do) if known and who else do

    def _who(self, piece: str, masked: str) -> str:
        """Colin, who presses Reject, is shown …"""
        if having := _HAVING.match(piece):
            done, _, rest = having["do"].partition(" ")
            lemma = self.reader.verbs.lemma_of_past(done) or (done.endswith("ed") and self.orders._undone(done))
            return (
                self.orders.by(having["who"], f"{lemma} {rest}")
                if lemma and self.orders.is_person(having["who"])
                else ""
            )
        trying = _TRYING.match(piece)
        if trying and self.orders.is_person(trying["who"]):
            do = trying["do"]
            return self.orders.by(trying["who"], f"try to {self.orders.continuing(do) or do}")
        found = self.triggers._who(piece, masked)
        return ", then ".join(self.orders.by(act.actor, act.text) for act in found.acts) if found else ""

    def _may(self, piece: str, masked: str) -> str:
        """brewlead cannot resume while the feedback is still faulty -> as brewlead, try to resume while …"""
        found = _MAY.match(masked)
        if not found or not self.orders.is_person(who := piece[: found.end("who")]):
            act = self.triggers._possible(piece, masked)
            told = ", then ".join(made.text for made in act.acts) if act else ""
            by = _BY.search(piece) if told else None
            return (
                self.orders.by(by["who"], told + by["how"])
                if by and (_NAME.fullmatch(by["who"]) or self.orders.is_person(by["who"]))
                else told
            )
        told = piece[found.start("do") :]
        but = SEEN.search(flat(told))
        label = re.search(r"\son (?P<label>[A-Z]\w*)$", told[but.end() :]) if but else None
        further = f", then choose {label['label']}" if label else ""
        denied = re.search(r"not|n['’]t|no longer", f"{found['can']}{found['also'] or ''}")
        text = re.sub(r" (?:any ?more|any longer)\b", "", (told[: but.start()] if but else told).split(", ")[0])
        return self.orders.by(who, f"{'try to ' if denied else ''}{text}{further}")
