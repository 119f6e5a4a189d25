"""English: in front of an arrow, a dash or a colon stands what is done, behind it what is then seen."""

import re
from dataclasses import replace

from testgen.drafting.outline.english.deeds import TRY
from testgen.drafting.outline.english.events import flat, next_time
from testgen.drafting.outline.english.looking import Looking
from testgen.drafting.outline.english.options import called, chosen
from testgen.drafting.outline.english.orders import Orders
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.trials import CLOCK_THING
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.scripting import Line
from testgen.text.marks import MASK, OPEN_POINT
from testgen.text.normal import normalise

ARROW = re.compile(r"\s*(?:->|=>|→|⇒)\s*")
_DASH = re.compile(
    rf"^(?P<cue>(?:[A-Z][A-Za-z-]{{1,20}}(?: [A-Za-z-]{{1,20}})?, )?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* )?[\d{MASK}][\w:.,% -]{{0,24}}?|[A-Z]{{1,6}}[ -]?\d{{1,4}}|[A-Z][a-z]{{2,16}}ing (?:[^,;:]|:\d){{3,70}}?) [-–—] "
)
COLON = re.compile(r"\s?:\s+")
_SHOWS = re.compile(
    r"\b(?:shows?|lists?|contains?|is|are|has|have|says|reads|displays?|with|as|of|lines?|states?|status|message|text)$",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"^[\w '’-]*\b(?:status|state|count|counter|balance|level|stock|position)(?: (?:of|for) [\w '’-]+)?$|\b(?:goes|changes|moves|drops|rises|falls|turns)(?: from)? \S+$",
    re.IGNORECASE,
)  # from what it was: nothing is done
_OBSERVED = re.compile(
    r"(?!(?:after|when|if|once|with|while|until|on|at)\b)[^,;:]{2,60}? (?:shows|lists|contains|displays|reads|(?:has|have) (?:one|two|an?|the|\d+) (?:[\w-]+ )?(?:entry|entries|rows?|lines?|records?))\b",
    re.IGNORECASE,
)  # of a thing: history shows N -> L
_AGAIN = re.compile(
    r"(?:on|upon|at|after) (?:the )?(?:next )?(?P<what>(?:re)?(?:launch|start|load)|refresh|log-?in|sign-?in)\b"
)
_LISTED = re.compile(r"\b(?:is|are) (?:listed|shown|displayed|sorted|ranked|printed)\b")
_CUE = 110  # characters of what stands in front of a sign
_UNSETTLED = re.compile(r"TB[CD]|TODO|[Oo]pen(?: question)?|\?+")  # nobody has decided it yet
_IDENTIFIER = re.compile(r"[A-Z]{1,6}[ -]?\d{1,4}[a-z]?(?:/\d+)?")
_VERDICT_ENDS = re.compile(r"\s(?:is|are|was) (?:not )?(?:refused|rejected|accepted|denied|declined|ignored|possible)$")
_WORKS = re.compile(r"\s+(?:works|succeeds|passes|goes through|is possible|is accepted|is ok|ok)$", re.IGNORECASE)
_PASSES = re.compile(r"(?:wait until|set the clock to) [\w :]+$")  # and what comes then is seen
_NTH_RUN = re.compile(
    r"(?:the )?(?:\w+(?:nd|rd|th|t)|[Nn]ext|[Nn]ew|[Aa]nother|[Ll]ast) (?:run|round|pass|try|test|session|cycle)",
    re.IGNORECASE,
)


class Signs:
    """Reads them."""

    orders: Orders
    reader: Reader
    looking: Looking
    triggers: Triggers

    def done(self, piece: str) -> str:
        """See `Telling.done`."""
        raise NotImplementedError

    def is_person(self, who: str) -> bool:
        """See `People.is_person`."""
        raise NotImplementedError

    def _signed(self, piece: str) -> Line | None:
        """In front of an arrow or a colon stands what is done."""
        arrow = ARROW.search(flat(piece))
        dash = None if arrow else _DASH.match(flat(piece))
        sign = arrow or dash or COLON.search(flat(piece))
        front = dash.end("cue") if dash else sign.start() if sign else 0
        cue, seen = (piece[:front].strip(), piece[sign.end() :].strip()) if sign else ("", "")
        place = self.triggers.is_place(piece) or _SHOWS.search(cue) if not arrow else _CHANGES.search(cue)
        said = observed(cue) or (not arrow and cue and _LISTED.search(cue))
        if (
            not cue
            or not seen
            or len(cue) > _CUE
            or place
            or said
            or (cue.startswith("No ") and self.reader.finite(cue))
        ):
            return None
        if _UNSETTLED.fullmatch(cue):
            return made(piece, self.orders.lexicon.phrase("bring_about", what=seen))
        row = re.fullmatch(r"[Rr]ow (\d{1,2})", cue)
        if self.orders.is_record(cue) or (row and not self.orders.reading.rows):
            return Line(seen, f"check {self.orders.named(cue)}", "look")  # of a file
        if run := self.orders.run(cue):
            return ran(seen, run)
        if _IDENTIFIER.fullmatch(cue) and not self.orders.controls.at(cue):
            text = self.orders.required(cue)
            do = self.done(seen) or (self.done(text) if text else "")
            return made(seen, do) if do else Line(seen, f"carry out {cue}{': ' if text else ''}{text}", "bring")
        if _VERDICT_ENDS.search(cue) and (do := self.done(cue)):
            return made(piece, do)
        order = self.orders.order(self._worked(cue))
        vague = order.startswith(("carry out", "use ", "try it", "bring about"))
        if vague and self.orders.operation.startswith("send ") and re.match(r"[1-5]\d\d\b", seen):
            order = self.orders.operated(cue) or order
        call = called(cue, self.orders, self.orders.operation)
        if call and (vague or call.startswith("As ")):
            order = call
        elif vague:
            order = chosen(cue, self.orders.case.specification or "") or order
        look = self._as_role(cue) or self._in_state(cue) or self.looking.place(cue) or self._subject_of(cue, order)
        if not arrow and look:
            return Line(seen, look, "look" if "check " in look else "quoted")
        line = made(piece if CLOCK_THING.match(cue) and _PASSES.match(order) else seen, order)
        return replace(line, row=int(row[1]) if row else 0, further=self._further(seen) or self._run_in(cue, seen))

    def _in_state(self, cue: str) -> str:
        """Locked, of which the specification's line of that name tells the keys: they are pressed."""
        spec = self.orders.case.specification or ""
        line = re.search(rf"^\W{{0,6}}{cue}\b.+$", spec, re.MULTILINE) if re.fullmatch(r"[A-Z][a-z]+ed", cue) else None
        keys = re.findall(r"\[[^\[\]\s]{1,20}\]", line.group()) if line else []
        return f"press {', '.join(keys)} one after the other" if keys else ""

    def _subject_of(self, cue: str, order: str) -> str:
        """Lena: 12 is struck through: what a result is about is looked at, where nothing is done with it."""
        if not OPEN_POINT.search(order) or not self.orders.is_subject(cue):
            return ""
        return f"check {cue if cue[:1].isupper() and ' ' not in cue else self.orders.thing(cue)}"

    def _as_role(self, cue: str) -> str:
        """As viewer: what is then seen; nothing is done but to look, as one."""
        role = None if self.orders.operation else re.fullmatch(r"[Aa]s (?P<who>(?:an? |the )?[\w. -]{2,30})", cue)
        if not role or not self.is_person(role["who"]):
            return ""
        named = re.match(r"an? |the |[A-Z]|.*[._\d]", role["who"])
        who = role["who"] if named else f"the {role['who']}"
        return self.orders.by(who, self.orders.lexicon.phrase("check_shown"))

    def _worked(self, cue: str) -> str:
        """Without the verdict behind it; behind a verb, OK is what is pressed."""
        bare = _WORKS.sub("", cue)
        last = bare.split(" ")[-1]
        ok = normalise(cue[len(bare) :]).strip() == "ok"
        return cue if ok and (self.orders.verbs.entry(last) or self.orders.verbs.is_third(last)) else bare

    def _run_in(self, cue: str, seen: str) -> str:
        """Third run: mains off for 1 min: what is so in a run is brought about in it."""
        again = _NTH_RUN.fullmatch(cue)
        return self.orders.stated(re.split(r"[;.]\s", seen)[0]) if again else ""

    def _further(self, seen: str) -> str:
        """Flight mode: parcel 1 delivered with a photo, …: what is done to a datum is done before something is seen."""
        first = re.split(r";\s|\.\s", seen)[0]
        if (led := _AGAIN.match(first)) and (again := next_time(f"next {led['what']}")):
            return again.removesuffix(" again") if again.startswith("re") else again
        if one := self.orders.usual.one_of(first):
            return one
        data = (name for name in self.orders.case.test_data if normalise(first).startswith(f"{normalise(name)} "))
        named = next(data, "") if re.search(r"\b(?:with|by|using|via)\b", first) else ""
        return self.orders.handled(first, anything=True) if named and not self.is_person(named) else ""


def observed(front: str) -> bool:
    """Whether what stands in front of an arrow says what is seen, so that the arrow is part of it: history shows N -> L."""
    return bool(_OBSERVED.match(front))


def ran(seen: str, do: str) -> Line:
    """A run with a datum; a line of a file is looked at."""
    return Line(seen, do, "look" if re.match(r"check (?:line|row|record) ", do) else "variant")


def made(seen: str, do: str) -> Line:
    """A line, by how much its order tells."""
    if do.startswith(f"{TRY} again with"):
        return Line(seen, do, "same")
    if re.search(rf"(?:^|, ){TRY}\b", do) or re.fullmatch(r"\w+ it", do):
        return Line(seen, do, "bare")
    if re.match(r"(?:apply (?=\S*\d|another|.*: )|(?:use|carry out)\b)", do):
        return Line(seen, do, "variant")
    return Line(seen, do, "bring" if re.match(r"bring about|make sure\b|(?:As [^,]+, )?do not\b", do) else "quoted")
