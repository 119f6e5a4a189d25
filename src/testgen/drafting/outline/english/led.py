"""English: clauses that a word leads (after, when, with, at, while): what they tell to do, and where what is seen begins."""

import re

from testgen.drafting.outline.english.deeds import TRY
from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.forms import SHINES
from testgen.drafting.outline.english.orders import Orders
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.states import CYCLE
from testgen.drafting.outline.english.triggers import Triggers
from testgen.text.marks import OPEN_POINT

TIME = r"\d[\d.,]*\s?(?:s|sec|seconds?|min|mins?|minutes?|h|hours?|days?)"
_LAPSE = re.compile(rf"{TIME}(?: \+ \d+ \w+)? after\s")
_PASSED = re.compile(
    rf"(?:after|for) (?:another |a further )?{TIME}(?=,? (?:the|an?|it|they|no|all|both|nothing)\b)", re.IGNORECASE
)
_AHEAD = re.compile(
    r"(?P<when>\d+ (?:days?|hours?|weeks?|months?|minutes?|min|h) before\b[^,;:]{0,40}(?:, at \d{1,2}:\d\d[a-zA-Z ]{0,20})?)[^\w ][^,;:]*"
)
_CLOCK = re.compile(r"(?:At|By|From|Until) \d{1,2}:\d\d(?= [A-Za-z])")
_AT = re.compile(r"\d{1,2}:\d\d(?= (?:one|an?|the|no|two|all|only|nothing|(?P<verb>[a-z]+s))\b)")
LED = re.compile(
    r"(?P<word>after|when(?:ever)?|once|if|as soon as|while|with|without|w/o|upon|on|at|until|during)\s", re.IGNORECASE
)
_NOT_LED = re.compile(
    r"(?:on|at) the |at (?:most|least)\b|with the exception|(?:at|after|in) steps? \d+\b", re.IGNORECASE
)
BEHIND = re.compile(
    r"\s(?P<word>when|whenever|once|if|as soon as|after|upon|while|as long as|on(?= [a-z]+ing\b))\b\s+(?P<cue>(?!(?:that|this|the steps? above|all (?:of )?(?:that|this))\b|(?:it|all|both)(?:$|,))[^;]{3,160}?)(?:, not before\b.*)?$"
)
_VALUE_IS = re.compile(r"\b(?:is|are) [-+]?[£$€]?\d")  # the subtotal after discount is $45.00
_LABEL_THEN = re.compile(
    r"(?:After|On|When|Once) (?P<cue>[A-Z][a-z]+)(?: too| again)?,? (?:it|they|the|an?|all|both)\s"
)
_IN_FIELD = re.compile(r"(?:With|After) (?P<so>[a-z]+ (?:'[^']{1,60}'|\"[^\"]{1,60}\"))")
_CYCLED = re.compile(rf"(?:[Aa]fter|[Ff]ollowing) (?:an? |the )?(?P<cue>{CYCLE}),? (?=[a-z])")
_SWITCHED_ON = re.compile(r"[Ww]ith (?:the )?(?P<cue>[A-Za-z][\w -]{1,30}? (?:on|off)),? (?=(?:the|an?|no|all)\b)")
_INSIDE = re.compile(
    r"(?P<where>(?:In|With|At|On|During) (?!(?:the )?\w+ing\b)(?:the )?[\w -]{2,30}?)(?: \S+)?,? (?P<do>[a-z]{3,18}ing\s\S.*)$"
)
_CAPS = r"[A-Z]{2,}(?: [A-Z]{2,})?"
_ALL_PRESSED = re.compile(
    rf"(?:[Aa]fter|[Ww]hen|[Oo]nce) (?P<run>{_CAPS}(?:(?:,? and |,? then |, | and then ){_CAPS})+),? (?=(?:the|it|they|an?|all|both|no|nothing)\b)"
)
_BY_DEED = re.compile(
    r"(?:[Aa]fter|[Uu]pon|[Ff]ollowing) (?:an? |the )?(?P<deed>[a-z]+) (?:= ?|[a-z]+ = |(?=(?:the|an?|[A-Z][a-z]+ [A-Z])))"
)
_DAY = re.compile(
    r"(?:On|In) (?P<day>the (?:(?:first|next|second) )?(?:morning|day|evening|week|month|night) (?:after|before|of|following) [a-z]+|day \d{1,3})\b,? (?=[A-Z]|the\b|an?\b|it\b|she\b|he\b)"
)
_HERS = re.compile(r"(?P<who>[A-Z][\w.-]*)['’]s (?P<label>[A-Z][a-z]+) (?:is|does|has|[a-z]+s)\b")
_SEEN = "|".join(sorted({"is", "was", "has", *SHINES}))
_LED_BY = re.compile(
    r"(?:(?P<word>[Aa]fter|[Ww]hen|[Oo]nce) |(?:[Aa]bove|[Bb]elow|[Ww]ith|[Ww]ithout|[Uu]nder|[Oo]ver|[Ww]hile|[Dd]uring|[Ii]n) )"
)


class Led:
    """Reads them."""

    orders: Orders
    triggers: Triggers
    reader: Reader

    def _gerund(self, piece: str, masked: str) -> str:
        raise NotImplementedError

    def _verb(self, masked: str) -> int:
        raise NotImplementedError

    def _led(self, piece: str, masked: str) -> str:
        """After continuing, an open item …; with full bags Mossy cannot accept; 2 h after the stop the log has …"""
        if told := self._clocked(piece, masked) or self._led_control(piece) or self._led_plainly(piece, masked):
            return told
        if (deed := _BY_DEED.match(piece)) and deed["deed"] in self.orders.lexicon.data["deeds"]:
            return self.orders.order(deed["deed"])
        found = None if _NOT_LED.match(masked) else LED.match(masked)
        word = found["word"].lower() if found else ""
        end = self._boundary(masked, found.end()) if found else 0
        cue, rest = re.sub(r"\s(?:an?|the|no)$", "", piece[:end].strip(" ,")), piece[end:].strip(" ,")
        if not end or not rest:
            return ""
        behind = BEHIND.search(flat(rest)) if word in ("at", "in", "on", "with", "without") else None
        if (
            behind
            and behind["word"] != "while"
            and not behind["cue"][:1].isdigit()
            and not _VALUE_IS.search(rest[behind.start("cue") :])
        ):  # at level 3 the doors re-close when DOOR OPEN is released
            order = self.orders.order(rest[behind.start("cue") : behind.end("cue")])
            return order if order.startswith("bring about") else f"{order}, {cue[:1].lower()}{cue[1:]}"
        also = (
            self.orders.acting(re.split(r" and (?=the\b|an?\b|it\b)|, ", rest)[0])
            if word in ("after", "when", "once")
            else self._of_person(rest) or self.orders.usual.one_of(rest)
        )
        if also and (order := self.orders.order(cue)):
            return f"{order}, then {also[:1].lower()}{also[1:]}"
        alone = re.fullmatch(r"(?:on|upon) (?P<do>(?!again$)[a-z-]+)", cue, re.IGNORECASE)
        order = self.orders.order(alone["do"] if alone else cue)
        then = self._then_may(order, rest)
        return f"{order}, then {then}" if then else order

    def _then_may(self, order: str, rest: str) -> str:
        raise NotImplementedError

    def _of_person(self, rest: str) -> str:
        """Nadia's Send does not go out: she presses it."""
        found = _HERS.match(rest)
        known = (
            found
            and self.orders.is_person(found["who"])
            and re.search(rf"\b{found['label']}\b", self.orders.case.specification or "")
        )
        return self.orders.by(found["who"], f"press {found['label']}") if found and known else ""

    def _clocked(self, piece: str, masked: str) -> str:
        """At 10:01 ordering for Berg gives …; after 5 minutes the page …"""
        if ahead := _AHEAD.match(masked) if self.orders.settable else None:
            return self.orders.lexicon.phrase("set_clock", value=piece[: ahead.end("when")].strip())
        bare = _AT.match(masked)  # 07:00 one summary; 07:00 rings
        entry = self.reader.verbs.entry(bare["verb"]) if bare and bare["verb"] else None
        if bare and (not entry or entry[1] != "third" if bare["verb"] else self.reader.finite(piece)):
            bare = None
        clock = _CLOCK.match(masked) or _PASSED.match(masked) or bare
        if not clock:
            return ""
        at, rest = self.orders.order(piece[: clock.end()]), piece[clock.end() :].strip(" ,")
        do = self._gerund(rest, flat(rest))
        return f"{at}, then {do}" if do else at

    def _led_plainly(self, piece: str, masked: str) -> str:
        """After Resume it carries on; with flight mode on the map is …; 2 h after the stop the log has …: what is led ends in one way only."""
        if over := self._spell(piece, masked):
            return over
        if (field := _IN_FIELD.match(piece)) and (given := self.orders.usual.in_field(field["so"], offered=True)):
            return given
        if plain := _LABEL_THEN.match(masked) or _SWITCHED_ON.match(masked) or _CYCLED.match(masked):
            return self.orders.order(piece[plain.start("cue") : plain.end("cue")])
        if inside := _INSIDE.match(masked):
            verb = self._verb(masked[inside.start("do") :])
            return self._inside(piece, inside, verb) if verb > 0 else ""
        lapse = _LAPSE.match(masked)
        end = self.triggers._boundary(masked, lapse.end()) if lapse else 0
        return f"wait {piece[:end].strip(' ,')}" if end else ""

    def _spell(self, piece: str, masked: str) -> str:
        """After the grace the hold is cancelled; on the morning after expiry she has a notice; during the grace it can't be taken."""
        spells = "|".join(self.orders.lexicon.data["spells"])
        if day := _DAY.match(piece):
            return self.orders.lexicon.phrase("set_clock" if self.orders.settable else "wait_until", value=day["day"])
        found = re.match(
            rf"(?P<word>After|Once|When|During|Within) (?P<what>(?:the |this )?(?:[\w-]+ )?(?:{spells}))\b,? (?P<rest>.+)$",
            piece,
        )
        if not found or found["rest"].startswith("of "):
            return ""
        if found["word"] not in ("During", "Within"):
            return self.orders.lexicon.phrase("wait_until", value=f"{found['what']} is over")
        told = self.done_then(found["rest"])
        return f"{told} {found['word'].lower()} {found['what']}" if told else ""

    def done_then(self, piece: str) -> str:
        """See `Telling.done_then`."""
        raise NotImplementedError

    def _led_control(self, piece: str) -> str:
        """After closing the hatch CONTINUE finishes the pick -> close the hatch, then press CONTINUE; above 5 km/h RELEASE has no effect."""
        if all_pressed := _ALL_PRESSED.match(piece):
            return self.orders.controls.in_a_row(all_pressed["run"])
        led = _LED_BY.match(piece)
        names = "|".join(map(re.escape, self.orders.controls.names))
        found = (
            re.search(rf"\s(?P<name>{names})\s(?:(?!(?:{_SEEN})\b)[a-z]+s|has no effect)\b", piece)
            if led and names
            else None
        )
        if not led or not found or "," in flat(piece[: found.start()]).rstrip(","):
            return ""
        press, first = (
            f"press {found['name']}",
            self.orders.order(piece[led.end() : found.start()].rstrip(",")) if led["word"] else "",
        )
        plain = first and not OPEN_POINT.search(first) and not first.startswith(TRY)
        where = piece[: found.start()].strip()
        return f"{first}, then {press}" if plain else f"{press} {where[:1].lower()}{where[1:]}"

    def _inside(self, piece: str, found: re.Match[str], verb: int) -> str:
        """In flight mode searching Bern lists … -> search Bern in flight mode."""
        do, where = piece[found.start("do") :][:verb].strip(), piece[found.start("where") : found.end("where")]
        order = self.orders.continuing(do)
        return f"{order} {where[:1].lower()}{where[1:]}" if order else ""

    def _boundary(self, masked: str, start: int) -> int:
        """Where what is seen begins; after the clerk repeats | the merge, the status …: behind the comma, where a verb has an object."""
        end = self.triggers._boundary(masked, start)
        comma = masked.find(", ", end)
        last = self.reader.verbs.entry(masked[:end].rsplit(maxsplit=1)[-1]) if end else None
        torn = (
            comma > 0
            and last
            and last[1] == "third"
            and not self.triggers.predicate(masked[end:comma].split(" and ", maxsplit=1)[0])
        )
        torn = torn and self.triggers.predicate(masked[comma + 1 :]) > 0
        return comma if torn else end
