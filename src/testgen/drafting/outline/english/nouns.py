"""English: the subject of a result as what is done or tried: third payment asks …, another 0.01 is refused, each booking ends …"""

import re

from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.orders import Orders
from testgen.drafting.outline.english.reader import Reader

JUDGED = re.compile(
    r"\s(?:(?:is|are|was)\s(?:not |still |also )?|still )?(?:refused|rejected|accepted|allowed|denied|ignored|declined|works?|fails?|succeeds?|go(?:es)? through|(?:now |again |not )?possible|(?:can|may)(?:not| not|['’]t)? be [a-z]+ed)\b"
)
STANDS = re.compile(
    r"\s*(?:is|are|was|has|have|stays?|remains?|contains?|shows?|arrives?|comes?|goes|becomes|names|quotes|mentions|states)\b"
)  # a state, and no effect
_MONTH = re.compile(r"\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$")
_READS = re.compile(r"\s*(?:reads?|is|are|equals?|shows?)\s[-+]?[\d€$£]")  # Volume infused reads 5.0 mL
_IS_SO = re.compile(
    r"\s*(?:(?:is|are|was|were) (?:still |now |also )?(?:left|listed|shown|displayed|in|at|on|free|there|gone|(?-i:[A-Z]))|exists?|has|have|remains?|stays?)\b"
)
EACH = re.compile(r"(?:each|every|all)\s", re.IGNORECASE)
_PASSIVE = re.compile(r"\s*(?:is|are|was) (?:not |still )?\w+(?:ed|en)\b")
_ANOTHER = re.compile(r"(?:second|third|another|next)\b|[\w.]+['’]s (?:attempt|try)\b", re.IGNORECASE)
_NO_SUBJECT = re.compile(r"(?:it|they|this|that|he|she|nothing|no|none|nobody|both|all)\b", re.IGNORECASE)
_JOINING = re.compile(r"(?P<who>[A-Z][\w-]*|[a-z]+[._]?[a-z]*\d*) (?P<do>[a-z]+ing .+)$")
_IS = re.compile(r"\s*(?:is|are|was|were|has|have)\b")
_POINTING = re.compile(r"\s(?:after|before) (?:that|this|it)\b.*$")
_BEFORE = re.compile(r"\s(?:of|on|in|at|with|without|for|from|to|by)\s")
_LINK = re.compile(r"(?:an? |the )?(?:[\w-]+ )?(?:deep )?(?:link|bookmark)\b", re.IGNORECASE)
_TIMES = re.compile(r"(?P<what>[\w ]{2,40}?) x ?(?P<n>\d{1,2})")
_SCAN = re.compile(r"(?:an? )?(?:scan|entry|click|tap|press) (?:of|on) ", re.IGNORECASE)
_TOUCHING = re.compile(
    r"(?:swipe|scroll|drag|pull|pinch|slide) (?:left|right|up|down|to|on|out|in|the)\b", re.IGNORECASE
)
_OWN = re.compile(r"(?:the|its?|her|his|their|any)\s(?!.* (?:with|without|of|in|at) )", re.IGNORECASE)
TOUCH = "tap|click|press|reload|refresh|retry|undo|reprint|double-click"


class Nouns:
    """Reads it; an order, or empty."""

    orders: Orders
    reader: Reader

    def _verb(self, masked: str) -> int:
        raise NotImplementedError

    def _subject(self, piece: str, masked: str) -> str:
        """Third payment asks …; undo of the check-in frees …; another 0.01 is refused."""
        verb = self._verb(masked)
        noun = re.sub(r"\s+(?:still|also|only|now|then|again|no longer)$", "", piece[:verb].strip()) if verb > 0 else ""
        if (
            not noun
            or "," in flat(noun)
            or _NO_SUBJECT.match(noun)
            or (EACH.match(noun) and self._is_state(piece[verb:]))
        ):
            return ""
        judged = bool(JUDGED.match(piece[verb:]))
        acts = " " in noun and (judged or not STANDS.match(piece[verb:]))
        pressed = self.orders.controls.pressed(noun) if acts else ""  # RESET after 30 s is refused
        pressed = noun[:1].lower() + noun[1:] if _TOUCHING.match(noun) else pressed
        if pressed or re.fullmatch(TOUCH, noun):
            return pressed or f"{noun} it"
        label = max((label for label in self.orders.labels if piece.startswith(f"{label} ")), key=len, default="")
        if label and self.reader.verbs.is_third(piece[len(label) :].split(maxsplit=1)[0].rstrip(",.")):
            return self.orders.lexicon.phrase("press_label", label=f'"{label}"')
        if judged and re.fullmatch(r"[A-Z]{2,}|\"[^\"]+\"", noun):
            return f"choose {noun}"
        if " together with " in noun:
            return self._try(noun)
        undone = re.match(r"An? .*\d", noun) and re.match(r"\s*(?:does not|doesn['’]t|has no effect)\b", piece[verb:])
        if undone:
            return self._try(noun)
        told = (
            ("" if _IS.match(piece[verb:]) and not judged else self.orders.usual.order(noun))
            or ("" if _IS_SO.match(piece[verb:]) and not judged else self._tried(noun, judged=judged))
            or self._deed(noun, piece[verb:], judged=judged)
        )
        told = told or ("" if _READS.match(piece[verb:]) else self._handled(noun))
        told = told or ("" if judged or STANDS.match(piece[verb:]) else self._brings_about(noun))
        if told or not judged or _OWN.match(noun):
            return told
        return self.orders.imperative(noun) or self.orders.continuing(noun) or self._try(noun)

    def _brings_about(self, noun: str) -> str:
        """What has an effect is done: undo x3 returns …, 3 wrong PINs lock …, paste values only keeps …, back from the page …"""
        if times := _TIMES.fullmatch(noun):
            once = self.orders.order(times["what"])
            return "" if once.startswith(("bring about", "try it")) else f"{once} {times['n']} times"
        if re.match(r"Back (?:from|to) ", noun):
            return f"go {noun[:1].lower()}{noun[1:]}"
        counted = self.orders.counted(noun) if re.match(r"(?:\d+|two|three|four|five) ", noun, re.IGNORECASE) else ""
        return counted or (self.orders.imperative(noun) if " " in noun else "")

    def _try(self, noun: str) -> str:
        """What is tried, by what is usually done with it: one signs in with a password, and loads a file."""
        if noun.lower().endswith(" password"):
            return f"try to sign in with {self.orders.thing(noun)}"
        filed = re.match(r"(?:an? )?(?:file|image|photo|document|video)\b", noun, re.IGNORECASE)
        return f"load {self.orders.thing(noun)}" if filed else f"try {self.orders.named(noun)}"

    def _is_state(self, behind: str) -> bool:
        """Each booking ends in a state: it is looked at."""
        entry = self.reader.verbs.entry(behind.split(maxsplit=1)[0])
        ends = {*self.orders.verb_set("happens"), *self.orders.verb_set("says"), "end", "be"}
        return bool(_IS.match(behind)) or (entry is not None and entry[0].lemma in ends)

    def _tried(self, noun: str, *, judged: bool) -> str:
        """A datum or a value of which is said what becomes of it."""
        value = judged or (re.fullmatch(r"\d[\d.,]*(?: \S{1,3})?", noun) and not _MONTH.search(noun))
        if re.search(
            r"\b(?:above|below|over|under|(?:more|less|older|younger|longer|shorter|later|earlier|larger|smaller|higher|lower) than) \d",
            noun,
        ):
            return self._try(noun)
        if re.search(r"(?<!\w)[\"“'‘]", noun) and (ordered := self.orders.imperative(noun)):
            return ordered
        return (self.orders.datum(noun) if judged or noun.endswith(" again") else "") or (
            self.orders.valued(noun) if value else ""
        )

    def _deed(self, noun: str, behind: str, *, judged: bool) -> str:
        """A deed that has an effect; what is only said to be so has been done before."""
        made = self.orders.lexicon.data["handled"].get(_BEFORE.split(noun)[0].split(" ")[-1].lower(), "send")
        so = STANDS.match(behind)
        now = (
            judged
            or not so
            or (_ANOTHER.match(noun) and not _READS.match(behind))
            or (made != "send" and _PASSIVE.match(behind))
        )
        if re.search(r"\s(?:when|once|as soon as)\s", behind) or re.match(r"\s*(?:stays?|remains?)\b", behind):
            return ""
        now = now or (not _IS.match(behind) and _SCAN.match(noun))
        known = re.match(r"the (?!second|third|next|\d+(?:st|nd|rd|th))", noun, re.IGNORECASE)
        return self.orders.deed(noun) if now and not known else ""

    def _handled(self, noun: str) -> str:
        """A file dropped in at minute 10; a guest joining from the phone; a bookmarked link."""
        joining = _JOINING.match(noun)
        if joining and self.orders.is_person(joining["who"]):
            return self.orders.by(joining["who"], self.orders.order(_POINTING.sub("", joining["do"])))
        alone = " " not in noun or re.match(r"the\s", noun, re.IGNORECASE)
        done = "" if alone else self.orders.handled(noun)
        return done or (f"open {self.orders.named(noun)}" if _LINK.match(noun) else "")
