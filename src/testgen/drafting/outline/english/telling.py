"""English: what a clause of an expected result tells to do, where no sign sets it apart, one form a method."""

import re

from testgen.drafting.outline.english.controls import MANNER
from testgen.drafting.outline.english.deeds import TRY
from testgen.drafting.outline.english.events import flat, next_time
from testgen.drafting.outline.english.forms import SHINES
from testgen.drafting.outline.english.led import BEHIND, TIME, Led
from testgen.drafting.outline.english.nouns import EACH, JUDGED, STANDS, Nouns
from testgen.drafting.outline.english.occasions import Occasions
from testgen.drafting.outline.english.turns import Turns
from testgen.drafting.outline.model import UNREAD
from testgen.text.marks import MASK

_DATE = r"(?:\d{4}-\d\d-\d\d|\d{1,2}\.? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: \d{4})?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* \d{1,2}:\d\d)"
_ON_DATES = re.compile(rf" (?:on|at(?= [A-Z])) (?P<dates>{_DATE}(?:(?:, | and ){_DATE}){{0,4}})(?=$|[,;]| \()")
_AFTER = re.compile(r"\b(?:only )?(?:after|until|when|once|on) ")
_NOT_BEFORE = re.compile(r"No (?P<what>[^,;:]{2,60}?) (?P<when>(?:before|until|while|without|as long as) .+)$")
_NOT_WITH = re.compile(
    r"(?P<what>[^,]{2,60}?) (?:is |are |stays? |remains? )?"
    r"(?:(?:not (?:available|possible|offered|active|accepted|enabled)|unavailable|disabled|grey(?:ed)?(?: out)?|inactive|impossible)"
    r"(?P<how> (?:with|without|while|when|for|as long as|if|until) [^;]+)|(?:refused|rejected|blocked)(?P<when> (?:without|while|when|as long as|if|until) [^;]+))$"
)
_AT_LAUNCH = re.compile(r"\s(?:on|at|upon) (?:app |the )?(?P<what>launch|start-?up|login|sign-in|boot|power-?up)$")
_LATER = re.compile(rf"(?<![\d:.])(?P<time>(?:about |exactly |~)?{TIME}) $")
_RUNS_ON = re.compile(r", | and (?:do|does|are|is|can|will|becomes?|stays?|remains?|gets?)\b")
_GUESSED = re.compile(
    r"\s(?:says|reads|means|asks|offers|gives|brings|frees|lands|prints|leads|arrives|comes|makes|puts|takes|leaves|costs)\b"
    r"|(?<!the)(?<!two)(?<!all)(?<!of)\s[a-z]{3,}s(?= (?:the|an?|no|all|her|his|its|their|only|straight|immediately|at once)\b)"
)
SAME = re.compile(r"(?:the )?same (?=(?:at|with|for) )(?P<cue>(?:(?:at|for) )?[^,;]+)")
_APPEARS = re.compile(r"\s*(?:(?:dis)?appears?|pops? up|comes? up)\b")
_OBJECT = re.compile(rf"(?:the|an?|all|both|it|that|this)\b|[\d\"'“A-Z{MASK}]")
_OF = re.compile(r"(?:the )?[a-z]+ of ", re.IGNORECASE)
_HANGS_ON = re.compile(r"\s(?:after|when|while|once|until|before|if|as soon as)\s")
_CALL = re.compile(
    r"(?i:(?:the )?(?P<same>identical |same |repeated )?(?P<nth>first|second|third|next|same) (?P<like>identical |same )?(?:call|request|post)\b)"
)
_LEFT_SO = re.compile(r"not (?:yet )?\w+(?:ed|en)")
_DOES = re.compile(r"(?:The )?(?P<what>[A-Z]?[a-z-]+ (?:button|key)) (?P<verb>[a-z]+s)\b")  # power button acts as …
_LAST = re.compile(
    rf"^[A-Za-z][a-z-]{{2,18}}ing\s[^,;]*(?:\b[A-Z]?\d+|{MASK})(?P<verb>\s[a-z]{{3,}}s)$"
)  # saving to slot 1 prompts
_FIRST_RUN = re.compile(r"(?:the )?(?:1st|first) run")
_JUDGED_VALUE = re.compile(
    r"(?P<value>\d[\d.,]*(?: \w{1,4})?) (?:is |are |gets )?(?:not )?(?:accepted|rejected|refused|declined|denied|blocked|allowed)\b"
)
_MANY = re.compile(r"\b(?:two|three|both|several)$")


class Telling(Turns, Led, Occasions, Nouns):
    """Reads them; an order, or empty."""

    def done(self, piece: str) -> str:
        """The first form that a result has."""
        masked = flat(piece)
        forms = (
            self._answered,
            self._called,
            self._next,
            self._next_day,
            self._happened,
            self._run_on,
            self._dialled,
            self._alerted,
            self._possible_acts,
            self._control,
            self._ordered,
            self._who,
            self._may,
            self._gerund,
            self._led,
            self._not_before,
            self._refused,
            self._given_value,
            self._subject,
            self._acted,
            self._dated,
        )
        found = next((order for form in forms if (order := form(piece, masked))), "")
        if found.startswith((f"{TRY} on ", f"{TRY} in ")) and found.endswith(tuple(self.orders.lexicon.data["places"])):
            return ""
        return found or self._by_seer(piece, self._behind(piece, masked))

    def _called(self, piece: str, masked: str) -> str:
        """First call 201; identical second call 200: the call that the case is about is sent, and sent again."""
        found = _CALL.match(masked) if self.orders.operation.startswith("send ") else None
        if not found:
            return ""
        same = found["same"] or found["like"] or found["nth"].lower() == "same"
        how = " with the same body" if same else ""
        return self.orders.operation + ("" if found["nth"].lower() == "first" else f" again{how}")

    def _next(self, piece: str, masked: str) -> str:
        """Next launch shows …; on the next sign-in the banner is gone; day 7 is marked on launch."""
        first = _AT_LAUNCH.search(masked)
        return next_time(f"next {first['what']}").removesuffix(" again") if first else next_time(piece)

    def judged_value(self, piece: str) -> str:
        """105 accepted, line closed: the value is tried; the product is who accepts it."""
        found = _JUDGED_VALUE.match(piece)
        return self.orders.valued(piece[: found.end("value")]) if found else ""

    def _ordered(self, piece: str, masked: str) -> str:
        """Type 8.1 in Wed, the cell goes red: an order, and behind the comma what is seen."""
        comma = masked.find(", ")
        first, _, rest = piece[: max(comma, 0)].partition(" ")
        entry = self.reader.verbs.entry(first)
        plain = entry and entry[1] == "base" and _OBJECT.match(rest)
        told = comma > 0 and (plain or not entry) and not self.reader.finite(rest)
        return self.orders.imperative(piece[:comma]) if told else ""

    def _same(self, piece: str, masked: str) -> str:
        """18.00, same at 20:00: the case is another one."""
        found = SAME.fullmatch(masked)
        return self.orders.order(piece[found.start("cue") :]) if found else ""

    def _dated(self, piece: str, masked: str) -> str:
        """E-mails on 19 Aug and 18 Sept, where the clock can be set."""
        del masked
        found = _ON_DATES.search(piece) if self.orders.settable else None
        return self.orders.lexicon.phrase("set_clock", value=found["dates"]) if found else ""

    def done_then(self, piece: str) -> str:
        """What a further clause of a result tells, where it tells it plainly."""
        masked = flat(piece)
        forms = (
            self._answered,
            self._same,
            self._control,
            self._may,
            self._gerund,
            self._led,
            self._goes_on,
            self._pressed_before,
            self._subject,
            self._acted,
        )
        return next((order for form in forms if (order := form(piece, masked))), "")

    def _control(self, piece: str, masked: str) -> str:
        """FEED HOLD while cutting stops …; "No" leaves …: what a control does, it does when it is pressed."""
        does = _DOES.match(piece)
        if (
            does
            and does["verb"] not in (*SHINES, "shows", "reads", "says", "has", "is")
            and self.reader.verbs.is_third(does["verb"])
        ):
            return f"press {self.orders.thing(does['what'])}"
        if MANNER.match(piece) and (verb := self._verb(masked)) > 0:
            return self.orders.controls.pressed(piece[:verb].strip())
        name = self.orders.controls.at(piece)
        verb = self._verb(masked) if name else 0
        word = piece[verb:].split(maxsplit=1)[0] if verb > 0 else ""
        behind = re.match(rf"{re.escape(name)}[^a-z]*(?:then |now |again )?(?P<verb>[a-z]+s)\b", piece)
        if behind and self.reader.verbs.is_third(behind["verb"]):
            verb, word = behind.start("verb"), behind["verb"]
        if name and (idle := re.search(r" has no effect\b", piece)):
            return self.orders.controls.pressed(piece[: idle.start()])
        still = {"is", "are", "has", "can", *(() if name in self.orders.controls.offered else SHINES)}
        alone = len(piece) > len(name) and verb >= len(name) and word not in still
        return (
            self.orders.controls.pressed(re.sub(r" (?:then|now|again)$", "", piece[:verb].strip()))
            if name and alone
            else ""
        )

    def _pressed_before(self, piece: str, masked: str) -> str:
        """Cursor on the first block after RESET and POWER ON."""
        orders = (self.orders.controls.sequence(piece[found.end() :]) for found in _AFTER.finditer(masked))
        return next(filter(None, orders), "")

    def _answered(self, piece: str, masked: str) -> str:
        """EMP_B gets 404 on GET, PATCH and close."""
        del masked
        tried = self.orders.calls.tried(piece)
        return self.orders.calls.answered(piece) or (
            self.orders.tried(tried) or self.orders.operated(tried) if tried else ""
        )

    def _gerund(self, piece: str, masked: str) -> str:
        """Starting the recipe puts FV-04 in F1."""
        verb = self._main_verb(masked) if re.match(r"[A-Za-z][a-z-]{1,18}ing\s", masked) else 0
        alone = _LAST.search(masked) if not verb else None
        verb = alone.start("verb") if alone else verb
        if _APPEARS.match(piece[verb:]):
            return ""  # blocking alert
        wait, cue = self.orders.waited(piece[:verb].strip())
        does = self.reader.verbs.entry(cue) if verb else None
        done = self.orders.continuing(cue) if verb and (" " in cue or (does and does[0].kind == "action")) else ""
        return f"{wait}{done}" if done else ""

    def _main_verb(self, masked: str) -> int:
        """Behind the verb of a clause that hangs on it: adding a seat when little time is left | resets the countdown."""
        verb = self._verb(masked)
        if verb and _MANY.search(masked[:verb]):  # merging two records keeps both
            behind = verb + 1 + len(masked[verb + 1 :].split(" ", maxsplit=1)[0])
            verb = behind + further - 1 if (further := self._verb(f"x{masked[behind:]}")) else verb
        inner = _HANGS_ON.search(masked[:verb]) if verb else None
        if not inner or self._verb(masked[inner.end() - 1 : verb]):
            return verb
        behind = verb + 1 + len(masked[verb + 1 :].split(" ", maxsplit=1)[0])
        further = self._verb(masked[behind:])
        return verb if not further or "," in masked[behind : behind + further] else behind + further

    def _not_before(self, piece: str, masked: str) -> str:
        """No boarding pass before the box has been ticked -> try to get a boarding pass before …"""
        found = _NOT_BEFORE.match(masked)
        what = piece[3 : found.end("what")] if found else ""
        article = "" if what.endswith("s") or re.search(r"[A-Z]", what) else "a "
        return f"try to get {article}{what} {piece[found.start('when') :]}" if found else ""

    def _refused(self, piece: str, masked: str) -> str:
        """SAVE not available without a signature -> try SAVE without a signature."""
        found = _NOT_WITH.match(masked)
        if not found:
            return ""
        start = max(found.start("how"), found.start("when"))
        what, how = piece[: found.end("what")], _RUNS_ON.split(piece[start : found.end()])[0]
        deed = f'press "{what}"' if what in self.orders.labels else self.orders.deed(what)
        tried = f"try to {deed}" if deed and not deed.startswith("carry out") else f"try {self.orders.named(what)}"
        return tried + how

    def _acted(self, piece: str, masked: str) -> str:
        """Dispatcher gives parcel 3 to D-402 while D-318 is offline."""
        return self.orders.acting(self._until_seen(piece, masked))

    def _behind(self, piece: str, masked: str) -> str:
        """Doors re-open when DOOR CLOSE is released half-way; buzzer back 30 min after ack."""
        found = BEHIND.search(masked)
        if not found:
            return self._read(piece)
        cue = piece[found.start("cue") : found.end("cue")].strip(" ,")
        if _FIRST_RUN.fullmatch(cue):
            return ""  # it has been done
        verb = self.triggers.predicate(flat(cue)) if re.match(r"[a-z]+ing\b", cue) else 0
        cue = cue[:verb].strip() if verb > 0 else cue  # after sending | is refused
        if EACH.match(cue) or re.match(r"\d[\d:.,]* (?:is|are|has)\b", cue):
            return ""  # after each of them; what comes after 9:15 is marked
        later = _LATER.search(piece[: found.start() + 1])
        if later and found["word"] == "after":
            return f"wait {later['time']} after {cue.split(', ')[0]}"
        cue = _RUNS_ON.split(cue)[0]
        if _LEFT_SO.fullmatch(cue):
            return ""  # it has not been done yet
        passive = re.search(r"\b(?:is|are|has been|have been) [a-z]+(?:ed|en)\b", cue)
        return self.orders.order(re.split(r" and (?=[a-z]+s\b)", cue)[0] if passive else cue)

    def _read(self, piece: str) -> str:
        """As the first planner reads a result, where that is an act."""
        fact = self.triggers.read(piece)
        acts = [act for act in fact.acts if not act.past] if fact else []
        orders = self.orders
        verb = self._verb(flat(piece))
        known = _OF.match(piece[:verb]) and STANDS.match(piece[verb:]) and not JUDGED.match(piece[verb:])
        known = known or (EACH.match(piece) and self._is_state(piece[verb:]))
        if not acts or known or re.match(r"No |\w+ (?:still|also) ", piece):
            return ""
        for act in acts:
            person = not act.actor or (orders.is_person(act.actor) and act.actor.lower() != "both")
            if act.kind in UNREAD or not person or self.reader.finite(act.text) or orders.third_in(act.text):
                return ""
        return ", then ".join(orders.by(act.actor, act.text) if act.actor else act.text for act in acts)

    def _verb(self, masked: str) -> int:
        """Where the finite verb of a piece begins; one that no list has is known by what stands behind it."""
        found = (JUDGED.search(masked), _GUESSED.search(masked))
        places = [self.triggers.predicate(masked), *(match.start() for match in found if match)]
        return min((place for place in places if place > 0), default=0)


VALUE = rf"[\d{MASK}][\w.,{MASK}]*"
