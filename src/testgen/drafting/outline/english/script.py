"""English: an expected result as what is done and what is then seen. Its signs are looked at first, then its clauses."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from testgen.drafting.outline.english.entries import FIELD
from testgen.drafting.outline.english.events import flat, next_time
from testgen.drafting.outline.english.led import LED, TIME
from testgen.drafting.outline.english.looking import Looking
from testgen.drafting.outline.english.orders import Orders, spans
from testgen.drafting.outline.english.restoring import Restoring
from testgen.drafting.outline.english.seeing import noted
from testgen.drafting.outline.english.telling import SAME, TOUCH, VALUE, Telling
from testgen.drafting.outline.english.trials import GIVEN_LIMIT, TRY
from testgen.drafting.outline.english.triggers import FIRST
from testgen.drafting.outline.english.turns import SEER
from testgen.drafting.outline.english.wholeness import whole
from testgen.drafting.outline.model import Datum
from testgen.drafting.outline.scripting import Line
from testgen.text.marks import MASK, OPEN_POINT
from testgen.text.normal import normalise

_JOINT = re.compile(
    rf";\s+|(?<=[\w)%{MASK}])(?<!\bno)(?<!\bca)(?<!\bvs)(?<!\bmax)(?<!\bmin)(?<!approx)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)\.\s+(?=[A-Z\d{MASK}])"
)
_DASH = re.compile(
    rf"^(?P<cue>(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* )?[\d{MASK}][\w:.,% -]{{0,24}}?|[A-Z]{{1,6}}[ -]?\d{{1,4}}) [-–—] "
)
_HALTS = re.compile(r"\b(?:hold|stop|pause|abort|reset|cancel|e-stop)\b", re.IGNORECASE)
_RUNNING = re.compile(
    r"\b(?:while|during) (?:the )?(?:\w+ )?(?:running|cutting|playing|recording|printing|counting|cycle|run|infusion|acquisition|playback|recording)\b"
)
_TYPED = re.compile(r"\b(?:fills? in|enter(?:s|ed)?|types?|form|fields?)\b")
_NOT_AGAIN = re.compile(r"(?:set the clock|wait|press|switch|go|repeat|open|close|let)\b", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:->|=>|→|⇒)\s*")
_COLON = re.compile(r"\s?:\s+")
_TOUCHED = re.compile(rf",\s(?:and )?(?=(?:{TOUCH})\s(?:shows|gives|opens|leads|brings|returns|prints)\b)")
_VERDICT = r"(?:is |are )?(?:not |still )?(?:refused|rejected|accepted|denied|ignored|declined|allowed|mutes|opens|works|fails)\b"
_PAIRED = re.compile(
    rf",\s(?:and )?(?=(?:[A-Za-z][\w-]* )?(?:of )?{VALUE}(?: \w{{1,4}})? {_VERDICT})|,\s(?=[a-z]+\d+ (?:can|cannot|may)\b)|,\s(?=(?:at|on|with|after) [^,:;]{{1,20}}:\s)"
    rf"|,\s(?:and )?(?=(?:the )?same (?:at|with|for) )|\sand (?=\d{{1,2}}:\d\d(?::\d\d)? [-–—] )"
)
_CHANGES = re.compile(
    r"^[\w '’-]*\b(?:status|state|count|counter|balance|level|stock|position)(?: (?:of|for) [\w '’-]+)?$|\b(?:goes|changes|moves|drops|rises|falls|turns)(?: from)? \S+$",
    re.IGNORECASE,
)  # from what it was: nothing is done
_LEAVES = re.compile(
    r"(?:press \W?)?(?:cancel|discard|abort|close|back out)\b\W?(?:$| from)", re.IGNORECASE
)  # what was begun is gone
_MAILED = re.compile(
    r"\b(?:gets|receives) (?:[\w-]+ ){0,3}?(?:e-?mail|mail|sms|text|message|push|notification)\b", re.IGNORECASE
)
_FORMER = re.compile(
    r"\b(?:current|old|existing|previous|former|original|expected|stored|total|remaining)\b", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"(?:press \W?)?(?:confirm|save|submit|send|apply|proceed|continue|ok)\b\W?(?: it)?$", re.IGNORECASE
)
_WAITS = re.compile(r"(?:wait|set the clock)\b", re.IGNORECASE)
_VERDICT_ENDS = re.compile(r"\s(?:is|are|was) (?:not )?(?:refused|rejected|accepted|denied|declined|ignored|possible)$")
_NTH_RUN = re.compile(
    r"(?:the )?(?:\w+(?:nd|rd|th|t)|[Nn]ext|[Nn]ew|[Aa]nother|[Ll]ast) (?:run|round|pass|try|test|session|cycle)",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"\b(?:shows?|lists?|contains?|is|are|has|have|says|reads|displays?|with|as|of|lines?|states?|status|message|text)$",
    re.IGNORECASE,
)
_WORKS = re.compile(r"\s+(?:works|succeeds|passes|goes through|is possible|is accepted|is ok|ok)$", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Z]{1,6}[ -]?\d{1,4}[a-z]?(?:/\d+)?")
_EARLY = re.compile(r"\bbefore (?:\w+ing|the \w+)$")
_WAS = re.compile(
    r"\s(?:while|when) (?:the |an? )?[\w-]{1,20}(?: [\w-]{1,20})? (?:was|were) [a-z]+ed\b"
)  # it has been done
_ANSWERED = re.compile(r"[1-5]\d\d\b[^,;]{0,60}? (?:for|if|when|on) (?P<what>[^;]+)$")  # the status of a call
_REFERENCE = re.compile(r"\b(?P<word>[Aa]t|[Aa]fter|[Ii]n|[Dd]uring) step (?P<n>\d{1,2})\b")
_AND_ACT = re.compile(rf"(?:,|,? and) (?P<verb>[a-z]+)(?= (?:the|an?|all|both|it|its|his|her|to)\b| [A-Z\d\"'“{MASK}])")
_ONE_ACT = re.compile(r"(?:try|repeat|let|make sure|bring) |[a-z]+ and [a-z]+ ")
_THEN = re.compile(r", then ")
_LAPSED = re.compile(
    rf"^[^,;:]{{0,40}}\bat (?P<time>{TIME}(?: \d+ (?:s|min))?)(?P<start> from (?:the )?start)?(?=$|[,;(])"
)  # A-217 at 600 s, horn
_UNSETTLED = re.compile(r"TB[CD]|TODO|[Oo]pen(?: question)?|\?+")  # nobody has decided it yet
_ONLY_SAME = re.compile(
    r"(?:the )?same(?: (?:again|here|message|result|behaviou?r|as (?:above|before)))?|ditto|as above|likewise",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[,;]\s")
_BEHIND_STOP = re.compile(r"^.*[;.]\s", re.DOTALL)
_MYSELF = re.compile(r"(?:Given |And )?(?:I|we|the user) ha")  # the tester
_SEVERAL = re.compile(r"[;/.]|\b(?:but|or)\b")  # acts of which none is the one
_MIN, _MAX = 2, 14  # words of the order that a test begins with
_LONGEST, _MOST = 2_000, 12  # characters of a result, parts of one
_CUE = 110  # characters of what stands in front of a sign


class Script(Restoring, Telling):
    """Reads results of one case."""

    def __init__(self, orders: Orders) -> None:
        self.orders, self.triggers, self.reader = orders, orders.triggers, orders.reader
        self.operation, self.looking, self.turn = orders.operation, Looking(orders), ""

    def lines(self, text: str) -> list[Line]:
        """See `Script.lines` of the tongue."""
        found: list[Line] = []
        self.turn = self._person_in_front(text)
        plain = text[:_LONGEST].strip().rstrip(". ")
        for joint, piece in self._pieces(plain if next_time(plain) else FIRST.sub("", plain)):
            bare = FIRST.sub("", piece) if found and not next_time(piece) else piece
            line = self._line(bare, later=bool(found)) if len(found) < _MOST else Line(piece)
            if found and line.do and SAME.match(piece):
                line = replace(line, seen=f"{found[-1].seen}{joint}{piece}")  # 18.00, same at 20:00
            if found and not line.do:
                found[-1] = replace(found[-1], seen=f"{found[-1].seen}{joint}{piece}")
            else:
                found.append(replace(line, do=self.orders.usual.fleshed(self._entered(line.do))))
        return found or [Line(text)]

    def _entered(self, do: str) -> str:
        """A value is entered where the case speaks of fields, and applied where it does not."""
        typed = re.match(r"apply (?=[£$€]?\d)", do) and _TYPED.search(self.orders.case.specification or "")
        return do.replace("apply", "enter", 1) if typed else do

    def _pieces(self, text: str) -> list[tuple[str, str]]:
        """Cut at semicolons and full stops, and in front of what leads to a further arrow; each behind what joins it."""
        masked = flat(text)
        cuts = {(0, 0)} | set(self._controls_in(text, masked)) | set(self._turns_in(text, masked))
        cuts |= {found.span() for form in (_JOINT, _TOUCHED, _PAIRED) for found in form.finditer(masked)}
        arrows = [arrow.start() for arrow in _ARROW.finditer(masked)]
        colon = _COLON.search(masked)
        for before, arrow in pairwise([*([colon.start()] if colon else ()), *arrows]):
            comma = masked.rfind(", ", before, arrow)
            cuts |= {(comma, comma + 2)} if comma >= 0 else set()
        ends = [*(start for start, _ in sorted(cuts)[1:]), len(text)]
        pieces = [(text[start:end], text[end:until]) for (start, end), until in zip(sorted(cuts), ends, strict=True)]
        return [(joint, piece) for joint, piece in pieces if piece.strip()]

    def _controls_in(self, text: str, masked: str) -> Iterator[tuple[int, int]]:
        """In front of a control that does something, or of what is seen only behind one."""
        first = masked.find(",")
        for comma in re.finditer(r",\s(?:and |then |but )?", masked):
            joint = _ENDS.search(masked, comma.end())
            rest = masked[comma.end() : joint.start() if joint else len(masked)]
            part = text[comma.end() : comma.end() + len(rest)]
            if comma.start() == first and LED.match(_BEHIND_STOP.sub("", text[: comma.start()])):
                continue  # after it is placed, Back shows …
            if self._control(part, rest) or self._pressed_before(part, rest):
                yield comma.span()

    def _line(self, piece: str, *, later: bool) -> Line:
        if signed := self._signed(piece):
            return signed
        if row := self.orders.row(piece):
            return _run(piece, row)
        answered = _ANSWERED.match(flat(piece)) if self.operation.startswith("send ") else None
        if answered:
            return _made(piece, self.orders.operated(piece[answered.start("what") :]))
        if _EARLY.search(piece) or _WAS.search(piece):
            return Line(piece, kind="check")
        do = self.done_then(piece) if later else self.done(piece)
        named = re.match(
            r"(?:carry out|bring about|try it|continue)\b.*\bstep \d+(?: \(\[.*)?$", do
        )  # the list tells it
        lapse = _LAPSED.search(flat(piece)) if not do else None
        if lapse and (lapse["start"] or not self.reader.finite(piece[: lapse.start("time")])):
            value = f"{lapse['time']}{lapse['start'] or ' have passed'}"
            return Line(piece, self.orders.lexicon.phrase("wait_until", value=value), "lapse")
        return _made(piece, "" if named else do)

    def _signed(self, piece: str) -> Line | None:
        """In front of an arrow or a colon stands what is done."""
        arrow = _ARROW.search(flat(piece))
        dash = None if arrow else _DASH.match(flat(piece))
        sign = arrow or dash or _COLON.search(flat(piece))
        front = dash.end("cue") if dash else sign.start() if sign else 0
        cue, seen = (piece[:front].strip(), piece[sign.end() :].strip()) if sign else ("", "")
        place = self.triggers.is_place(piece) or _SHOWS.search(cue) if not arrow else _CHANGES.search(cue)
        if not cue or not seen or len(cue) > _CUE or place or (cue.startswith("No ") and self.reader.finite(cue)):
            return None
        if _UNSETTLED.fullmatch(cue):
            return _made(piece, self.orders.lexicon.phrase("bring_about", what=seen))
        if self.orders.is_record(cue):
            return Line(seen, f"check {cue}", "look")
        if run := self.orders.run(cue):
            return _run(seen, run)
        if _IDENTIFIER.fullmatch(cue) and not self.orders.controls.at(cue):
            text = self.orders.required(cue)
            do = self.done(seen) or (self.done(text) if text else "")
            return _made(seen, do) if do else Line(seen, f"carry out {cue}{': ' if text else ''}{text}", "bring")
        if _VERDICT_ENDS.search(cue) and (do := self.done(cue)):
            return _made(piece, do)
        row = re.fullmatch(r"[Rr]ow (\d{1,2})", cue)
        if not arrow and (look := self.looking.place(cue)):
            return Line(seen, look, "look" if look.startswith("check ") else "quoted")
        made = _made(seen, self.orders.order(self._worked(cue)))
        return replace(made, row=int(row[1]) if row else 0, further=self._further(seen) or self._run_in(cue, seen))

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
        if one := self.orders.usual.one_of(first):
            return one
        data = (name for name in self.orders.case.test_data if normalise(first).startswith(f"{normalise(name)} "))
        named = next(data, "") if re.search(r"\b(?:with|by|using|via)\b", first) else ""
        return self.orders.handled(first, anything=True) if named and not self.is_person(named) else ""

    def speaks_of_entry(self, text: str) -> bool:
        """See `Script.speaks_of_entry` of the tongue."""
        return self.orders.speaks_of_entry(text)

    def is_entered(self, datum: Datum) -> bool:
        """See `Script.is_entered` of the tongue."""
        field = FIELD.search(datum.name) and not _FORMER.search(datum.name) and not GIVEN_LIMIT.search(datum.name)
        return bool(field) and not self.operation and self.orders.speaks_of_entry("")

    def is_person(self, who: str) -> bool:
        """See `People.is_person`."""
        return self.orders.is_person(who)

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

    def before(self, order: str, done: list[str]) -> list[str]:
        """See `Script.before` of the tongue: press CYCLE START before FEED HOLD while cutting; open the dialog again behind Cancel."""
        starter = self.orders.controls.starting()
        ran = next((act for act in reversed(done) if starter and (starter in act or _HALTS.search(act))), "")
        if starter and starter not in order and _RUNNING.search(order) and starter not in ran:
            return [f"press {starter}"]
        last = f"{done[-1][:1].lower()}{done[-1][1:]}" if done else ""
        left = _LEAVES.match(last) and _GOES_ON.match(order)
        others = left or self.orders.controls.are_choices(last, order)
        opener = next((act for act in reversed(done[:-1]) if not _WAITS.match(act)), "") if others else ""
        again = "" if re.search(r"\b(?:again|second time)\b", opener) else " again"
        return [f"{opener[:1].lower()}{opener[1:]}{again}"] if opener and not OPEN_POINT.search(opener) else []

    def again(self, order: str, done: list[str]) -> str:
        """See `Script.again` of the tongue."""
        found = re.match(rf"{TRY} (?:again )?(?P<how>.+)$", order)
        last = next((n for n in range(len(done), 0, -1) if done[n - 1] and not _NOT_AGAIN.match(done[n - 1])), 0)
        if not found:
            return ""
        return (
            f"repeat step {last} {found['how']}" if last else self.orders.lexicon.phrase("test_with", what=found["how"])
        )

    def condition(self, text: str) -> Line:
        """See `Script.condition` of the tongue."""
        return _made("", self.orders.order(text))

    def told(self, sentence: str, *, given: bool) -> str:
        """See `Script.told` of the tongue."""
        if given:
            done = re.search(r"\s(?:have|has)\s(?P<verb>[a-z]+(?:ed|en|t))\b", sentence)
            lemma = self.orders.verbs.lemma_of_past(done["verb"]) if done and _MYSELF.match(sentence) else ""
            return (
                f"{lemma}{sentence[done.end() :]}" if done and lemma else self.orders.acting(sentence) if done else ""
            )
        if re.search(r"\b(?:is|are) [a-z]+(?:ed|en)\b", sentence):
            return ""  # by the product
        made = _made("", self.orders.order(sentence))
        return made.do if made.kind == "quoted" and not made.do.startswith("let ") else ""

    def awaited(self, sentence: str) -> str:
        """See `Script.awaited` of the tongue: the countdown reaches 0:00."""
        return self.orders.awaited(sentence)

    def seer(self, text: str) -> str:
        """See `Script.seer` of the tongue."""
        found = None if _MAILED.search(text) else SEER.match(text)  # he looks into his mailbox
        return found.group() if found and self.orders.is_person(found.group()) else ""

    def look(self, check: str, seen: str) -> str:
        """See `Script.look` of the tongue."""
        return self.looking.check(check, seen)

    def noted(self, seen: str) -> str:
        """See `Script.noted` of the tongue."""
        return noted(seen, self.orders)

    def is_same(self, seen: str) -> bool:
        """See `Script.is_same` of the tongue."""
        return bool(_ONLY_SAME.fullmatch(seen))

    def torn(self, action: str) -> bool:
        """See `Script.torn` of the tongue."""
        runs_on = action.partition(" and ")[2]
        return self.whole(action) != action or bool(runs_on and self.orders.third_in(f"x {runs_on}") == 2)

    def whole(self, order: str) -> str:
        """See `Script.whole` of the tongue."""
        return whole(order, self.orders.verbs)

    def made_of_data(self) -> list[str]:
        """See `Script.made_of_data` of the tongue."""
        return self.orders.made_of_data()

    def needs_a_run(self, order: str) -> bool:
        """See `Script.needs_a_run` of the tongue."""
        return bool(re.match(r"(?:kill|abort|interrupt|stop|cancel|pause|restart|resume) it\b", order))

    def is_light(self, action: str) -> bool:
        """See `Script.is_light` of the tongue."""
        words = re.sub(r"^As [^,]+, ", "", action).lower().split(" ")
        return bool({words[0], " ".join(words[:2])} & set(self.orders.lexicon.data["light"]))

    def is_early(self, order: str) -> bool:
        """See `Script.is_early` of the tongue."""
        return bool(re.search(r"\bbefore ", order))

    def opens(self, order: str) -> bool:
        """See `Script.opens` of the tongue."""
        order = re.sub(r"^As [^,]+, ", "", order)
        whole = (
            not re.search(r" (?:and|or)$", order)
            and _MIN < len(order.split()) < _MAX
            and not _SEVERAL.search(flat(order))
        )
        return whole and not re.search(r"\bcan be\b", self.orders.case.title)

    def reference(self, text: str) -> tuple[int, bool]:
        """See `Script.reference` of the tongue."""
        found = _REFERENCE.search(text)
        return (int(found["n"]), found["word"].lower() == "after") if found else (0, False)


def _run(seen: str, do: str) -> Line:
    """A run with a datum; a line of a file is looked at."""
    return Line(seen, do, "look" if re.match(r"check (?:line|row|record) ", do) else "variant")


def _made(seen: str, do: str) -> Line:
    """A line, by how much its order tells."""
    if do.startswith(f"{TRY} again with"):
        return Line(seen, do, "same")
    if re.search(rf"(?:^|, ){TRY}\b", do) or re.fullmatch(r"\w+ it", do):
        return Line(seen, do, "bare")
    if re.match(r"(?:apply (?=\S*\d|another|.*: )|(?:use|carry out)\b)", do):
        return Line(seen, do, "variant")
    return Line(seen, do, "bring" if re.match(r"bring about|make sure\b|(?:As [^,]+, )?do not\b", do) else "quoted")
