"""Triggers that an English result tells itself: what has to be done, tried or waited for, and what is then seen."""

import re
from collections.abc import Callable
from dataclasses import replace

from testgen.drafting.outline.english.acts import NOUNS
from testgen.drafting.outline.english.doing import Doing
from testgen.drafting.outline.english.events import NEGATED, OF_WHAT, PRESSED, Events, flat
from testgen.drafting.outline.english.forms import SHINES
from testgen.drafting.outline.english.leads import Leads
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.subjects import Subjects
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import MASK

FIRST = re.compile(
    r"^(?:next|then|now|finally|after that|afterwards|and|but)(?:[:,]\s+|\s+(?=(?-i:[A-Z])|[\"`]|with\b))|^then\s+",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\s*(?:→|⇒|->|=>)\s*|:\s+")
_PLACE = re.compile(
    r"(?:the |in the |on the )?(?:[\w.-]+ )?(?:log|trail|report|list|view|history|table|inbox|database|console|overview|screen|message|text|display|panel|mail|e-mail|response|body|dashboard|trace|balance)s?",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[-+]?[€$£]?[\d.,:]+\s?[\w%€$£/]{0,8}(?=;|$)")
_CLOCKED = re.compile(
    r"(?P<do>[a-z]+(?: it)?) (?:at|on) (?P<value>\d{1,2}\.? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|\d{1,2}:\d\d(?:,? (?:on )?\d{1,2}\.? [A-Z][a-z]+)?(?: \d{4})?)$"
)
_LEADS = re.compile(r"(?:for|with|without|at|in|on|after|when|if) ", re.IGNORECASE)
_STATUS = re.compile(r"[1-5]\d\d\b")  # of an answer
_LABELS = {"search", "filter", "print", "back", "cut", "copy", "update", "refresh"}
_REFUSED = re.compile(r"\b(?:refused|rejected|accepted|allowed|denied|ignored|opens|works|fails)\b")
_CONTRAST = re.compile(r"\W*\d+\W*|first|second|third|short|long|single|double|left|right")
_SUCH = re.compile(
    r"(?P<what>[Aa]n? [\w -]{2,40}? (?:in which|that|whose|where) (?:was|is|has|were|are|[a-z]+|\d+ of \d+ [a-z]+ are)\b[^,;]{0,60}?) (?P<verb>ends|is|does|can|cannot|gets|gives|fails|leads|goes|shows|results|returns|costs|appears|stays|remains|has) "
)
_TRIED = re.compile(
    r"^(?P<what>[^,;]{2,90}?)\s+(?:(?:is|are|was)\s+(?:(?:not|still|also)\s+)?(?:refused|rejected|accepted|allowed|denied|ignored)|(?:can|cannot|can't)\s+be\s+(?:submitted|entered|saved|sent|used)|(?:refused|rejected|accepted))\b"
)
_TOLD = re.compile(r"\b(?:is|are|was|were|has|have|can|cannot|will|gets?|shows?|gives?|leaves?|leads?|sees?)\b")


_LONGEST = 90  # characters of the left side of a colon
_FRONT = 200  # characters in which the first two words of a clause stand


class Triggers(Leads, Doing, Subjects):
    """Finds them, one form after the other."""

    def __init__(self, lexicon: Lexicon, reader: Reader, duration: Callable[[str], str]) -> None:
        self._lexicon, self._reader, self._duration = lexicon, reader, duration
        self._events = Events(lexicon, reader)

    def read(self, text: str) -> Fact | None:
        """The trigger that a clause tells, and what is seen; None where it tells none."""
        text = FIRST.sub("", text)
        masked = flat(text)
        forms = (
            self._who,
            self._on_day,
            self._gerund,
            self._by,
            self._possible,
            self._passed,
            self._sign,
            self._led,
            self._subject,
            self._valued,
            self._tried,
            self._operation,
        )
        found = next((fact for form in forms if (fact := form(text, masked))), None)
        return replace(found, acts=tuple(made for act in found.acts for made in self._clocked(act))) if found else None

    def _clocked(self, act: Act) -> tuple[Act, ...]:
        """Save at 11:59 on 18 June: the clock is set, then it is done."""
        at = _CLOCKED.match(act.text)
        if not at:
            return (act,)
        clock = Act(self._lexicon.phrase("set_clock", value=at["value"]), "change", (at["value"],))
        return (clock, replace(act, text=at["do"], objects=()))

    def is_place(self, text: str) -> bool:
        """Supervisor view: what stands in front of the colon is where to look."""
        found = _SIGN.search(flat(text))
        return bool(found and _PLACE.fullmatch(text[: found.start()]))

    def parallel(self, text: str, before: str) -> Fact | None:
        """A clause built like the one before it: qty 2 refunds …, behind qty 3 is refused."""
        fronts = (part[:_FRONT] for part in (re.split(r":\s", before)[-1], text))
        one, other = (FIRST.sub("", flat(part)).lower().split()[:2] for part in fronts)
        differ = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
        alike = (
            len(one) == len(other) == 2 and len(differ) == 1 and all(_CONTRAST.fullmatch(word) for word in differ[0])
        )
        if alike and differ[0][0].strip(",").isdigit() and not (_REFUSED.search(before) or ": " in before):
            return None  # article 70011 costs 5.49 and article 70013 costs 1.20
        quoted = before.lstrip("Tte ")[:1] in "\"“'`" and text[:1] in "\"“'`"
        if not (alike or (quoted and self.predicate(flat(before)))) or re.match(
            r"(?:the|an?|no|it|its|each)\s", text, re.IGNORECASE
        ):
            return None
        return self.subject(text)

    def subject(self, text: str) -> Fact | None:
        """The subject of a clause as what is tried."""
        masked = flat(text)
        quoted = masked.find(MASK, len(masked) - len(masked.lstrip(MASK)))
        verb = min((place for place in (self.predicate(masked), quoted) if place > 0), default=0)
        noun = text[:verb].strip() if verb else ""
        return Fact(self._events.named(noun), outcome=text) if noun else None

    def _sign(self, text: str, masked: str) -> Fact | None:
        """Start without RESTART: rc 12; 0 and 61 as timer -> refused; the left side may be an act or a case to try."""
        found = _SIGN.search(masked)
        left, right = (text[: found.start()], text[found.end() :]) if found else ("", "")
        if not found or not left or len(left) > _LONGEST or not right or _PLACE.fullmatch(left):
            return None
        if (
            ";" in masked[: found.start()]
            or (_LEADS.match(left) and ", " in left)
            or (_VALUE.match(right) and not _STATUS.match(right))
            or _TRIED.match(masked[: found.start()])
        ):
            return None
        acts = tuple(act for piece in self._pieces(left) for act in self._left(piece))
        if _TOLD.search(masked[: found.start()]) and any(act.kind in ("variant", "nominal") for act in acts):
            return None
        forms = (self._led, self._tried, self._operation)
        inner = next((fact for form in forms if (fact := form(right, flat(right)))), None) or self._reader.by_gerund(
            right
        )
        more = tuple(act for act in inner.acts if act.kind != "told") if inner else ()
        if more and more[0].kind == "variant" and acts[-1].kind == "variant":
            joined = f"{acts[-1].objects[0]}, {more[0].objects[0]}"
            acts, more = (*acts[:-1], Act(self._lexicon.phrase("with", what=joined), "variant", (joined,))), ()
        return Fact((*acts, *(act for act in more if act.kind != "variant")), outcome=right)

    def _pieces(self, left: str) -> list[str]:
        """Ctrl-C during prune, then `check`; handheld back online, start game."""
        parts = re.split(r",\s+(?:then\s+)?(?=[a-z`])", left)
        return parts if len(parts) > 1 and all(self._is_done(part) for part in parts) else [left]

    def _is_done(self, part: str) -> bool:
        acts = self._left(part)
        return bool(acts) and acts[-1].kind != "variant"

    def _left(self, left: str) -> tuple[Act, ...]:
        bare = re.sub(r"^(?:after|when|once|on|upon|if|following)\s+", "", left, flags=re.IGNORECASE)
        if NEGATED.search(flat(bare)):
            return (Act(self._lexicon.phrase("bring_about", what=bare), "nominal", (bare,)),)
        later = re.match(r"(?P<time>\d+\s?[a-z]+) after (?P<what>.+)$", bare)
        if later:
            wait = Act(self._lexicon.phrase("wait", value=later["time"]), "wait")
            return (*self._left(later["what"]), wait)
        acts = self._events.acts(bare) if len(bare.split()) > 1 else ()
        return acts or self._events.named(bare)

    def _tried(self, text: str, masked: str) -> Fact | None:
        """25 hours is refused: an input, and what becomes of it."""
        if such := _SUCH.match(masked):
            return Fact(self._events.named(f"with {text[0].lower()}{text[1 : such.end('what')]}"), outcome=text)
        found = _TRIED.match(masked)
        if (
            not found
            or not re.search(rf"\d|{MASK}|\w\.\w|\bwith(?:out)?\b|\bw/o\b", found["what"])
            or re.match(r"(?:the|it)\s", text, re.IGNORECASE)
        ):
            return None
        what = text[: found.end("what")]
        return Fact(
            self._events.acts(what) if re.match(r"[A-Z]?[a-z-]+ing\s", what) else self._events.named(what), outcome=text
        )

    def _operation(self, text: str, masked: str) -> Fact | None:
        """Short press of the key accepts the call; `vaultx list` has 100 entries; Invoice opened before the close gets E217."""
        verb = self.predicate(masked)
        if not verb or (
            re.match(r"(?:the|an?|no|its|all)\s(?!second |third |further |repeated )", masked, re.IGNORECASE)
            and not OF_WHAT.fullmatch(text[:verb])
        ):
            return None
        noun = re.sub(r"\s+(?:still|also|only|now|then|always|afterwards)$", "", text[:verb])
        noun = re.sub(r"\s+(?:still|afterwards)$", "", noun)
        word = text[verb:].split(maxsplit=1)[0].lower()
        label = self._reader.verbs.entry(noun) if " " not in noun else None
        if (
            label
            and label[1] == "base"
            and label[0].kind in ("action", "told")
            and label[0].lemma not in {*NOUNS, "focus"} - _LABELS
            and word.endswith("s")
            and word not in {"is", "was", "has", "continues", "stops", "ends", "fails", "works", "resumes", *SHINES}
        ):
            return Fact((Act(self._lexicon.phrase("choose", what=noun), "press", (noun,)),), outcome=text)
        if (
            re.match(r"`[^`]+`$|/\w\S*$|--\w|\w+=\S+$", noun)
            or PRESSED.fullmatch(noun)
            or OF_WHAT.fullmatch(noun)
            or (self._events.is_event(noun) and " " in noun and "," not in noun)
        ):
            return Fact(self._events.named(noun), outcome=text)
        done = re.match(
            r"(?P<np>[^,]{1,40}?)\s+(?P<verb>[a-z]+)\s+(?:by|before|after|from|on|in|with|as|again|at|\d).*$", noun
        )
        if (
            done
            and self._reader.verbs.lemma_of_past(done["verb"])
            and not re.match(r"(?:an?|the)\s", done["np"], re.IGNORECASE)
        ):
            return Fact(self._reader.done(noun) or self._events.named(noun), outcome=text)
        return None

    def operation(self, text: str) -> tuple[Act, ...]:
        """See `Leads.operation`."""
        label = re.match(r"(?P<label>[A-Z][a-z]+|\"[^\"]{1,30}\") [a-z]+s\b", text)
        found = self._operation(text, flat(text)) if label else None
        return tuple(act for act in found.acts if act.kind == "press") if found else ()
