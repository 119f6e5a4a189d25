"""English: an expected result as what is done and what is then seen. Its signs are looked at first, then its clauses."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from testgen.drafting.outline.english.deeds import TRY
from testgen.drafting.outline.english.entries import FIELD
from testgen.drafting.outline.english.events import flat, next_time
from testgen.drafting.outline.english.in_turn import InTurn
from testgen.drafting.outline.english.led import LED, TIME
from testgen.drafting.outline.english.looking import Looking
from testgen.drafting.outline.english.nouns import TOUCH
from testgen.drafting.outline.english.orders import Orders
from testgen.drafting.outline.english.restoring import Restoring
from testgen.drafting.outline.english.seeing import noted
from testgen.drafting.outline.english.signs import ARROW, COLON, Signs, made, observed, ran
from testgen.drafting.outline.english.telling import SAME, VALUE, Telling
from testgen.drafting.outline.english.trials import GIVEN_LIMIT
from testgen.drafting.outline.english.triggers import FIRST
from testgen.drafting.outline.english.turns import SEER
from testgen.drafting.outline.english.wholeness import whole
from testgen.drafting.outline.model import Datum
from testgen.drafting.outline.scripting import Line
from testgen.text.marks import MASK, OPEN_POINT

_JOINT = re.compile(
    rf";\s+|(?<=[\w)%{MASK}])(?<!\bno)(?<!\bca)(?<!\bvs)(?<!\bmax)(?<!\bmin)(?<!approx)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)\.\s+(?=[A-Z\d{MASK}])"
)
_HALTS = re.compile(r"\b(?:hold|stop|pause|abort|reset|cancel|e-stop)\b", re.IGNORECASE)
_RUNNING = re.compile(
    r"\b(?:while|during) (?:the )?(?:\w+ )?(?:running|cutting|playing|recording|printing|counting|cycle|run|infusion|acquisition|playback|recording)\b"
)
_TYPED = re.compile(r"\b(?:fills? in|enter(?:s|ed)?|types?|form|fields?)\b")
_NOT_AGAIN = re.compile(r"(?:set the clock|wait|press|switch|go|repeat|open|close|let)\b", re.IGNORECASE)
_TOUCHED = re.compile(rf",\s(?:and )?(?=(?:{TOUCH})\s(?:shows|gives|opens|leads|brings|returns|prints)\b)")
_VERDICT = r"(?:is |are )?(?:not |still )?(?:refused|rejected|accepted|denied|ignored|declined|allowed|mutes|opens|works|fails)\b"
_PAIRED = re.compile(
    rf",\s(?:and )?(?=(?:[A-Za-z][\w-]* )?(?:of )?{VALUE}(?: \w{{1,4}})? {_VERDICT})|,\s(?=[a-z]+\d+ (?:can|cannot|may)\b)|,\s(?=(?:(?:at|on|with|after) [^,:;]{{1,20}}|\d+ [a-z]+):\s)"
    rf"|,\s(?:and )?(?=(?:the )?same (?:at|with|for) )|\sand (?=\d{{1,2}}:\d\d(?::\d\d)? [-–—] )"
)
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
_NTH_TIME = re.compile(r"(?:with )?(?:the )?(?P<n>[3-9]|\d\d)(?:rd|th) time")
_WAITS = re.compile(r"(?:wait|set the clock)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"Before (?:the |an? |any )?[\w -]{2,40}? (?:is|are|has been|have been) [a-z]+(?:ed|en)\b"
)  # nothing is done yet
_EARLY = re.compile(r"\bbefore (?:\w+ing|the \w+)$")
_WAS = re.compile(
    r"\s(?:while|when) (?:the |an? )?[\w-]{1,20}(?: [\w-]{1,20})? (?:was|were) [a-z]+ed\b"
)  # it has been done
_UNTIL = re.compile(r"\b(?:disabled|greyed(?: out)?|unavailable|inactive) until\b")
_ANSWERED = re.compile(r"[1-5]\d\d\b[^,;]{0,60}? (?:for|if|when|on) (?P<what>[^;]+)$")  # the status of a call
_REFERENCE = re.compile(r"\b(?P<word>[Aa]t|[Aa]fter|[Ii]n|[Dd]uring) step (?P<n>\d{1,2})\b")
_LAPSED = re.compile(
    rf"^[^,;:]{{0,40}}\bat (?P<time>{TIME}(?: \d+ (?:s|min))?)(?P<start> from (?:the )?start)?(?=$|[,;(])"
)  # A-217 at 600 s, horn
_ONLY_SAME = re.compile(
    r"(?:the )?same(?: (?:again|here|message|result|behaviou?r|as (?:above|before)))?|ditto|as above|likewise",
    re.IGNORECASE,
)
_GIVES_SAME = re.compile(r"\b(?:gives?|brings?|has|have|leads? to) the same (?:outcome|result|effect)$")
_ENDS = re.compile(r"[,;]\s")
_BEHIND_STOP = re.compile(r"^.*[;.]\s", re.DOTALL)
_MYSELF = re.compile(r"(?:Given |And )?(?:I|we|the user) ha")  # the tester
_SEVERAL = re.compile(r"[;/.]|\b(?:but|or)\b")  # acts of which none is the one
_DANGLING = re.compile(r" (?:and|or|as|at|for|from|into|of|to|with|without)$")  # something is lost
_MIN, _MAX = 2, 14  # words of the order that a test begins with
_LONGEST, _MOST = 2_000, 12  # characters of a result, parts of one


class Script(InTurn, Restoring, Telling, Signs):
    """Reads results of one case."""

    def __init__(self, orders: Orders) -> None:
        self.orders, self.triggers, self.reader = orders, orders.triggers, orders.reader
        self.operation, self.deed = orders.operation, orders.done_by_all
        self.looking, self.turn = Looking(orders), ""

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
        arrows = [arrow.start() for arrow in ARROW.finditer(masked) if not observed(text[: arrow.start()])]
        colon = COLON.search(masked)
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
        if row := self.judged_value(piece) or self.orders.row(piece):
            return ran(piece, row)
        answered = _ANSWERED.match(flat(piece)) if self.operation.startswith("send ") else None
        if answered:
            return made(piece, self.orders.operated(piece[answered.start("what") :]))
        if _WAS.search(piece) and (pressed := self._control(piece, flat(piece))):
            return Line(piece, pressed)
        if _BEFORE.match(piece) or _EARLY.search(piece) or _UNTIL.search(piece) or _WAS.search(piece):
            return Line(piece, kind="quoted" if _BEFORE.match(piece) else "check")
        do = self.done_then(piece) if later else self.done(piece)
        named = re.match(
            r"(?:carry out|bring about|try it|continue)\b.*\bstep \d+(?: \(\[.*)?$", do
        )  # the list tells it
        lapse = _LAPSED.search(flat(piece)) if not do else None
        if lapse and (lapse["start"] or not self.reader.finite(piece[: lapse.start("time")])):
            value = f"{lapse['time']}{lapse['start'] or ' have passed'}"
            return Line(piece, self.orders.lexicon.phrase("wait_until", value=value), "lapse")
        return made(piece, "" if named else do)

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

    def before(self, order: str, done: list[str]) -> list[str]:
        """See `Script.before` of the tongue: press CYCLE START before FEED HOLD while cutting; open the dialog again behind Cancel."""
        starter = self.orders.controls.starting()
        ran = next((act for act in reversed(done) if starter and (starter in act or _HALTS.search(act))), "")
        if starter and starter not in order and _RUNNING.search(order) and starter not in ran:
            return [f"press {starter}"]
        if undone := self.undone_first(order, done):
            return [undone]
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
        if (nth := _NTH_TIME.fullmatch(found["how"])) and done and done[-1]:
            return f"repeat step {len(done)} until it has been done {nth['n']} times"
        return (
            f"repeat step {last} {found['how']}" if last else self.orders.lexicon.phrase("test_with", what=found["how"])
        )

    def condition(self, text: str) -> Line:
        """See `Script.condition` of the tongue."""
        return made("", self.orders.order(text))

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
        line = made("", self.orders.order(sentence))
        return line.do if line.kind == "quoted" and not line.do.startswith("let ") else ""

    def awaited(self, sentence: str) -> str:
        """See `Script.awaited` of the tongue: the countdown reaches 0:00."""
        return self.orders.awaited(sentence)

    def seer(self, text: str) -> str:
        """See `Script.seer` of the tongue."""
        found = None if _MAILED.search(text) else SEER.match(text)  # he looks into his mailbox
        return found.group() if found and self.orders.is_person(found.group()) else ""

    def is_sent(self, seen: str) -> bool:
        """See `Script.is_sent` of the tongue."""
        verbs, words = self.orders.lexicon.data["handled"], re.findall(r"[a-z-]+", seen[:60].lower())
        return "notification" in words or any(verbs.get(word) == "send" for word in words)

    def look(self, check: str, seen: str) -> str:
        """See `Script.look` of the tongue."""
        return self.looking.check(check, seen)

    def noted(self, seen: str) -> str:
        """See `Script.noted` of the tongue."""
        return noted(seen, self.orders)

    def is_same(self, seen: str) -> bool:
        """See `Script.is_same` of the tongue."""
        return bool(_ONLY_SAME.fullmatch(seen) or _GIVES_SAME.search(seen))

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

    def filled(self, text: str) -> list[str]:
        """See `Script.filled` of the tongue."""
        return self.orders.filled(text)

    def titled(self) -> str:
        """See `Script.titled` of the tongue."""
        return self.orders.titled()

    def passes(self, order: str) -> bool:
        """See `Script.passes` of the tongue."""
        return bool(_WAITS.match(order))

    def needs_a_run(self, order: str) -> bool:
        """See `Script.needs_a_run` of the tongue."""
        return bool(re.match(r"(?:kill|abort|interrupt|stop|cancel|pause|restart|resume) it\b", order))

    def is_light(self, action: str) -> bool:
        """See `Script.is_light` of the tongue."""
        words = re.sub(r"^As [^,]+, ", "", action).lower().split(" ")
        return bool({words[0], " ".join(words[:2])} & set(self.orders.lexicon.data["light"]))

    def is_early(self, order: str) -> bool:
        """See `Script.is_early` of the tongue."""
        return bool(re.search(r"\b[Bb]efore ", order))

    def opens(self, order: str) -> bool:
        """See `Script.opens` of the tongue."""
        order = re.sub(r"^As [^,]+, ", "", order)
        whole = not _DANGLING.search(order) and _MIN < len(order.split()) < _MAX and not _SEVERAL.search(flat(order))
        return whole and not re.search(r"\bcan be\b", self.orders.case.title)

    def reference(self, text: str) -> tuple[int, bool]:
        """See `Script.reference` of the tongue."""
        found = _REFERENCE.search(text)
        return (int(found["n"]), found["word"].lower() == "after") if found else (0, False)
