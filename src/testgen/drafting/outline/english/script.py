"""English: an expected result as what is done and what is then seen. Its signs are looked at first, then its clauses."""

import re
from dataclasses import replace

from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.orders import TRY, Orders
from testgen.drafting.outline.english.triggers import FIRST
from testgen.drafting.outline.model import UNREAD, Part
from testgen.text.marks import MASK
from testgen.text.normal import normalise

_JOINT = re.compile(
    rf";\s+|(?<=[\w)%{MASK}])(?<!\bno)(?<!\bca)(?<!\bvs)(?<!\bmax)(?<!\bmin)(?<!approx)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)\.\s+(?=[A-Z\d{MASK}])"
)
_ARROW = re.compile(r"\s*(?:->|=>|→|⇒)\s*")
_COLON = re.compile(r"\s?:\s+")
_SHOWS = re.compile(r"\b(?:shows?|lists?|contains?|is|are|has|have|says|reads|displays?|with|as|of|line|lines|states?|status|message|text)$", re.IGNORECASE)
_WORKS = re.compile(r"\s+(?:works|succeeds|passes|goes through|is possible|is accepted|is ok|ok)$", re.IGNORECASE)
_LED = re.compile(r"(?:after|when(?:ever)?|once|if|as soon as|while|with|without|w/o|upon|on|at|until|during)\s", re.IGNORECASE)
_MAY = re.compile(
    r"(?P<who>[^,;:]{1,40}?)\s+(?P<can>can|cannot|can['’]t|can not|may|may not|must not|could|is able to|is not able to)(?P<also> (?:no longer|not|only|still|also|now|then))?\s+(?P<do>(?!be\b)[a-z]+\b[^;]*)$"
)
_SEES = re.compile(r"(?P<who>[^,;:]{1,40}?)\s+(?:sees?|gets?|receives?|has|hears?|is asked|is shown)\b.*\son (?P<label>[A-Z][\w-]*)$")
_BUT = re.compile(r",?\s(?:but|and)\s(?=(?:gets?|sees?|receives?|is|has|cannot|not|then)\b)")
_NOT_BEFORE = re.compile(r"No (?P<what>[^,;:]{2,60}?) (?P<when>(?:before|until|while|without|as long as) .+)$")
_NOT_WITH = re.compile(
    r"(?P<what>[^,]{2,60}?) (?:is |are |stays? |remains? )?"
    r"(?:(?:not (?:available|possible|offered|active|accepted|enabled)|unavailable|disabled|grey(?:ed)?(?: out)?|inactive|impossible)"
    r"(?P<how> (?:with|without|while|when|for|as long as|if|until) [^;]+)|(?:refused|rejected|blocked)(?P<when> (?:without|while|when|as long as|if|until) [^;]+))$"
)
_BEHIND = re.compile(
    r"\s(?P<word>when|whenever|once|if|as soon as|after|upon|while|as long as|on(?= [a-z]+ing\b))\b\s+(?P<cue>(?!(?:that|this)\b|(?:it|all|both)(?:$|,))[^;]{3,160}?)(?:, not before\b.*)?$"
)
_LATER = re.compile(r"(?<![\d:.])(?P<time>(?:about |exactly |~)?\d[\d.,]*\s?(?:s|sec|seconds?|min|minutes?|h|hours?|days?)) $")
_JUDGED = re.compile(
    r"\s(?:(?:is|are|was)\s(?:not |still |also )?|still )?(?:refused|rejected|accepted|allowed|denied|ignored|declined|works?|fails?|succeeds?|go(?:es)? through|(?:now |again )?possible|(?:can|may)(?:not| not|['’]t)? be [a-z]+ed)\b"
)
_TOUCHED = re.compile(r",\s(?:and )?(?=(?:tap|click|press|reload|refresh|retry|undo|reprint|double-click)\s(?:shows|gives|opens|leads|brings|returns|prints)\b)")
_VERDICT = r"(?:is |are )?(?:not |still )?(?:refused|rejected|accepted|denied|ignored|declined|allowed|mutes|opens|works|fails)\b"
_PAIRED = re.compile(rf",\s(?:and )?(?=(?:[A-Za-z][\w-]* )?(?:of )?[\d{MASK}][\w.,{MASK}]*(?: \w{{1,4}})? {_VERDICT})|,\s(?=[a-z]+\d+ (?:can|cannot|may)\b)")
_POINTING = re.compile(r"\s(?:after|before) (?:that|this|it)\b.*$")
_GUESSED = re.compile(
    r"\s(?:asks|gives|brings|frees|lands|prints|leads|arrives|comes|makes|puts|takes|leaves|costs)\b|(?<!the)(?<!two)(?<!all)(?<!of)\s[a-z]{3,}s(?= (?:the|an?|no|her|his|its|their|only|straight|immediately|at once)\b)"
)
_IDENTIFIER = re.compile(r"[A-Z]{1,6}[ -]?\d{1,4}[a-z]?(?:/\d+)?")
_LAPSE = re.compile(r"\d[\d.,]*\s?(?:s|sec|seconds?|min|mins?|minutes?|h|hours?|days?)(?: \+ \d+ \w+)? after\s")
_BEFORE = re.compile(r"\s(?:of|on|in|at|with|without|for|from|to|by)\s")
_EARLY = re.compile(r"\bbefore (?:\w+ing|the \w+)$")
_ANSWERED = re.compile(r"[1-5]\d\d\b[^,;]{0,60}? (?:for|if|when|on) (?P<what>[^;]+)$")  # the status of a call
_NEXT_STEP = re.compile(r"(?:At|After|In) steps? \d+\b", re.IGNORECASE)
_LONGEST, _MOST = 2_000, 12  # characters of a result, parts of one
_CUE = 110  # characters of what stands in front of a sign


class Script:
    """Reads results of one case."""

    def __init__(self, orders: Orders) -> None:
        self.orders, self.triggers, self.reader = orders, orders.triggers, orders.reader
        self.operation = orders.operation

    def parts(self, text: str) -> list[Part]:
        """What a result tells to do, and what is then seen, part by part."""
        found: list[Part] = []
        for joint, piece in self._pieces(FIRST.sub("", text[:_LONGEST].strip().rstrip(". "))):
            part = self._signed(piece) or self._clause(piece, later=bool(found))
            if found and not part.do:
                found[-1] = replace(found[-1], seen=f"{found[-1].seen}{joint}{piece}")
            else:
                found.append(part)
        return [*found[: _MOST - 1], *found[_MOST - 1 :][:1]]

    def is_person(self, who: str) -> bool:
        """See `Script.is_person`."""
        return self.orders.is_person(who)

    def condition(self, text: str) -> Part:
        """A condition of the specification as what brings it about."""
        order = self.orders.order(text)
        return Part("", order, self._kind(order))

    def told(self, sentence: str, *, given: bool) -> str:
        """What a sentence of the specification tells a person to do, as an order; of what is given only what somebody has done."""
        if given:
            done = re.search(r"\s(?:have|has)\s[a-z]+(?:ed|en|t)\b", sentence)
            return self.orders.acting(sentence) if done else ""
        order = self.orders.order(sentence)
        return "" if order.startswith(("let ", "carry out ", "apply ")) or self._kind(order) != "quoted" else order

    def reference(self, text: str) -> tuple[int, bool]:
        """The step of the specification that a result names, and whether that step is done before."""
        found = re.search(r"\b(?P<word>[Aa]t|[Aa]fter|[Ii]n|[Dd]uring) step (?P<n>\d{1,2})\b", text)
        return (int(found["n"]), found["word"].lower() == "after") if found else (0, False)

    def restoring(self, text: str) -> tuple[str, str]:
        """Recipe aborted -> abort the recipe; the report shows two tickets -> check that it does."""
        text = text.strip().rstrip(".")
        orders = self.orders
        if re.search(r"\s(?:shows|lists|contains|has|have)\s", flat(text)):
            return f"check that {orders._named(text)}", text
        if ordered := orders.imperative(text):
            return ordered, ""
        return orders.acting(text) or orders.handled(text, anything=True), text

    def _pieces(self, text: str) -> list[tuple[str, str]]:
        """Cut at semicolons and full stops, and in front of what leads to a further arrow; each behind what joins it."""
        masked, cuts = flat(text), [(0, 0)]
        cuts += [joint.span() for joint in _JOINT.finditer(masked)]
        cuts += [found.span() for form in (_TOUCHED, _PAIRED) for found in form.finditer(masked)]
        arrows = [arrow.start() for arrow in _ARROW.finditer(masked)]
        for before, arrow in zip(arrows, arrows[1:], strict=False):
            comma = masked.rfind(", ", before, arrow)
            if comma >= 0:
                cuts.append((comma, comma + 2))
        cuts = sorted(set(cuts))
        ends = [start for start, _ in cuts[1:]] + [len(text)]
        return [(text[start:end], text[end:until]) for (start, end), until in zip(cuts, ends, strict=True) if text[end:until].strip()]

    def _signed(self, piece: str) -> Part | None:
        """In front of an arrow or a colon stands what is done."""
        masked = flat(piece)
        arrow = _ARROW.search(masked)
        sign = arrow or _COLON.search(masked)
        cue, seen = (piece[: sign.start()].strip(), piece[sign.end() :].strip()) if sign else ("", "")
        if not cue or not seen or len(cue) > _CUE or (not arrow and (self.triggers.is_place(piece) or _SHOWS.search(cue))):
            return None
        if _IDENTIFIER.fullmatch(cue):
            told = self._clause(seen, later=False)
            text = self.orders.required(cue)
            do = told.do or (self._clause(text, later=False).do if text else "")
            return Part(seen, do or f"carry out {cue}{': ' if text else ''}{text}", self._kind(do) if do else "bring")
        if cue.startswith("No ") and self.reader.finite(cue):
            return None
        row = re.fullmatch(r"[Rr]ow (\d{1,2})", cue)
        order = self.orders.order(_WORKS.sub("", cue))
        return Part(seen, order, self._kind(order), int(row[1]) if row else 0, self._further(seen))

    @staticmethod
    def _kind(order: str) -> str:
        """See `Part.kind`."""
        if re.search(rf"(?:^|, ){TRY}\b", order) or re.fullmatch(r"\w+ it", order):
            return "bare"
        if re.match(r"(?:apply|use|carry out)\b", order):
            return "variant"
        return "bring" if order.startswith("bring about") else "quoted"

    def _further(self, seen: str) -> str:
        """Flight mode: parcel 1 delivered with a photo, …: what is done to a datum is done before something is seen."""
        first = re.split(r";\s|\.\s", seen)[0]
        name = next((name for name in self.orders.case.test_data if normalise(first).startswith(normalise(name) + " ")), "")
        named = name and not self.orders.is_person(name)
        return self.orders.handled(first) if named and first != seen else ""

    def _clause(self, piece: str, *, later: bool) -> Part:
        masked = flat(piece)
        forms = (self._who, self._may, self._gerund, self._led, self._not_before, self._refused, self._subject, self._acted)
        if self.operation.startswith("send ") and (answered := _ANSWERED.match(masked)):
            return Part(piece, self.orders._operated(piece[answered.start("what") :]))
        if later:
            forms = (self._gerund, self._led, self._subject, self._acted)
        if _EARLY.search(piece):
            return Part(piece, "", "check")
        do = next((order for form in forms if (order := form(piece, masked))), "")
        if not do and not later:
            do = self._behind(piece, masked)
            who = re.match(r"(?:[A-Z][\w.-]*|[a-z]+[._]?[\w-]*)(?= (?:sees?|gets?|receives?|has|does not|cannot|no longer)\b)", piece)
            if do and who and self.orders.is_person(who.group()) and not do.startswith(("wait", "As ", "bring about")):
                do = self.orders.by(who.group(), do)
        if re.search(r"\bstep \d+$", do) and not do.startswith("wait"):
            do = ""
        return Part(piece, do, self._kind(do))

    def _who(self, piece: str, masked: str) -> str:
        """Colin, who presses Reject, is shown …"""
        found = self.triggers._who(piece, masked)
        return ", then ".join(self.orders.by(act.actor, act.text) for act in found.acts) if found else ""

    def _may(self, piece: str, masked: str) -> str:
        """brewlead cannot resume while the feedback is still faulty -> as brewlead, try to resume while …"""
        found = _MAY.match(masked)
        if found and self.orders.is_person(who := piece[: found.end("who")]):
            told = piece[found.start("do") :]
            but = _BUT.search(flat(told))
            text = told[: but.start()] if but else told
            text = re.split(r",\s", text)[0]
            if text.split(" ")[0] in ("see", "find", "read", "hear"):
                return ""
            label = re.search(r"\son (?P<label>[A-Z]\w*)$", told[but.end() :]) if but else None
            further = f", then choose {label['label']}" if label else ""
            denied = re.search(r"not|n['’]t|no longer", f"{found['can']}{found['also'] or ''}")
            return self.orders.by(who, f"{'try to ' if denied else ''}{text}{further}")
        act = self.triggers._possible(piece, masked)
        return ", then ".join(made.text for made in act.acts) if act else ""

    def _gerund(self, piece: str, masked: str) -> str:
        """Starting the recipe puts FV-04 in F1."""
        verb = self._verb(masked) if re.match(r"[A-Za-z][a-z-]{2,18}ing\s", masked) else 0
        cue = piece[:verb].strip()
        return self.orders._continuing(cue) if verb and " " in cue else ""

    def _led(self, piece: str, masked: str) -> str:
        """After continuing, an open item …; with full bags Mossy cannot accept."""
        found = _LED.match(masked) or _LAPSE.match(masked)
        if not found or masked.lower().startswith(("on the ", "at the ", "with the exception")) or _NEXT_STEP.match(piece):
            return ""
        if found.group().lower().strip() == "while" and (comma := masked.find(", ")) > 0 and (act := self.orders.acting(piece[comma + 2 :])):
            return f"{piece[:comma].lower()[:1]}{piece[1:comma]}, {act}" if act else ""
        if lapse := _LAPSE.match(masked):
            end = self.triggers._boundary(masked, lapse.end())
            return f"wait {piece[:end].strip(' ,')}" if end else ""
        if clock := re.match(r"(?:At|By|From|Until) \d{1,2}:\d\d(?= [A-Za-z])", masked):
            return self.orders.order(piece[: clock.end()])
        if lapse := re.match(r"(?:After|For|after|for) (?:another |a further )?\d[\d.,]*\s?(?:s|sec|seconds?|min|mins?|minutes?|h|hours?|days?)(?=,? (?:the|an?|it|they|no|all|both|nothing)\b)", masked):
            return self.orders.order(piece[: lapse.end()])
        end = self.triggers._boundary(masked, found.end())
        comma = masked.find(", ", end)
        if end and comma > 0 and self._is_verb(piece[:end].split()[-1]) and self.triggers.predicate(masked[comma + 1 :]):
            end = comma  # after the clerk repeats | the merge, the status …
        cue, rest = re.sub(r"\s(?:an?|the|no)$", "", piece[:end].strip(" ,")), piece[end:].strip(" ,")
        behind = _BEHIND.search(flat(rest)) if end and found.group().lower().strip() in ("at", "in", "on", "with", "without") else None
        if behind and behind["word"] != "while" and (order := self.orders.order(rest[behind.start("cue") : behind.end("cue")])):
            return f"{order}, {cue[:1].lower()}{cue[1:]}" if self._kind(order) == "quoted" else self.orders.order(cue)
        return self.orders.order(cue) if end and rest else ""

    def _not_before(self, piece: str, masked: str) -> str:
        """No boarding pass before the box has been ticked -> try to get a boarding pass before …"""
        found = _NOT_BEFORE.match(masked)
        if not found:
            return ""
        return f"try to get {piece[3 : found.end('what')]} {piece[found.start('when') :]}"

    def _refused(self, piece: str, masked: str) -> str:
        """SAVE not available without a signature -> try SAVE without a signature."""
        found = _NOT_WITH.match(masked)
        if not found:
            return ""
        start = max(found.start("how"), found.start("when"))
        what, how = piece[: found.end("what")], piece[start : found.end()].split(", ")[0]
        deed = self.orders._deed(what)
        return f"try to {deed}{how}" if deed and not deed.startswith("carry out") else f"try {self.orders._named(what)}{how}"

    def _subject(self, piece: str, masked: str) -> str:
        """Third payment asks …; undo of the check-in frees …; another 0.01 is refused."""
        verb = self._verb(masked)
        noun = re.sub(r"\s+(?:still|also|only|now|then|again)$", "", piece[:verb].strip()) if verb > 0 else ""
        if not noun or "," in flat(noun) or re.match(r"(?:it|they|this|that|he|she|nothing|no|none|nobody|both|all)\b", noun, re.IGNORECASE):
            return ""
        orders = self.orders
        judged = _JUDGED.match(piece[verb:])
        named = orders._datum(noun) if judged else ""
        bare = re.sub(r"\s+no longer$", "", noun)
        value = orders._valued(bare) if judged or re.fullmatch(r"\d[\d.,]*(?: \S{1,3})?", noun) else ""
        stands = re.match(r"\s*(?:is|are|was|has|have|stays?|remains?|contains?|shows?|arrives?|comes?)\b", piece[verb:]) and not judged
        plain = re.match(r"(?:second|third|another|next)\b|[\w.]+['’]s (?:attempt|try)\b", noun, re.IGNORECASE)
        made = orders.lexicon.data["handled"].get(_BEFORE.split(noun)[0].split(" ")[-1].lower())
        passive = re.match(r"\s*(?:is|are|was) (?:not |still )?\w+(?:ed|en)\b", piece[verb:])
        plain = plain or (made and made != "send" and passive)
        deed = orders._deed(noun) if (plain or not stands) and not re.match(r"(?:the) (?!second|third|next)", noun, re.IGNORECASE) else ""
        done = orders.handled(noun) if not re.match(r"the\s", noun, re.IGNORECASE) else ""
        joining = re.match(r"(?P<who>[A-Z][\w-]*) (?P<ing>[a-z]+ing) (?P<rest>.+)$", noun)
        if joining and orders.is_person(joining["who"]):
            return orders.by(joining["who"], orders.order(_POINTING.sub("", f"{joining['ing']} {joining['rest']}")))
        label = judged and re.fullmatch(r"[A-Z]{2,}|\"[^\"]+\"", noun)
        touched = re.fullmatch(r"(?:tap|click|press|reload|refresh|retry|undo|reprint|double-click)", noun)
        if touched:
            return f"{noun} it"
        linked = not done and re.match(r"(?:an? |the )?(?:[\w-]+ )?(?:deep )?(?:link|bookmark)\b", noun, re.IGNORECASE)
        if linked:
            return f"open {orders._named(noun)}"
        if label:
            return f"choose {noun}"
        if found := named or value or deed or done:
            return found
        tried = judged and not re.match(r"(?:the|its?|her|his|their|any)\s(?!.* (?:with|without|of|in|at) )", noun, re.IGNORECASE)
        return orders.imperative(noun) or orders._continuing(noun) or f"try {orders._named(noun)}" if tried else ""

    def _acted(self, piece: str, masked: str) -> str:
        """Dispatcher gives parcel 3 to D-402 while D-318 is offline."""
        del masked
        return self.orders.acting(re.split(r",\s(?=(?:the|it|no)\b)", piece)[0])

    def _behind(self, piece: str, masked: str) -> str:
        """Doors re-open when DOOR CLOSE is released half-way; buzzer back 30 min after ack."""
        found = _BEHIND.search(masked)
        if not found or found.start() < 2:
            fact = self.triggers.read(piece)
            acts = [act for act in fact.acts if not act.past] if fact else []
            told = acts and all(
                act.kind not in UNREAD
                and (not act.actor or (self.orders.is_person(act.actor) and act.actor.lower() != "both"))
                and not re.match(r"\w+ (?:still|also) ", piece)
                and not self.reader.finite(act.text) and not self.orders._third_in(act.text) for act in acts
            )
            return ", then ".join(self.orders.by(act.actor, act.text) if act.actor else act.text for act in acts) if told else ""
        cue = piece[found.start("cue") : found.end("cue")].strip(" ,")
        if re.match(r"[a-z]+ing\b", cue) and (verb := self.triggers.predicate(flat(cue))) > 0:
            cue = cue[:verb].strip()  # after sending | is refused
        later = _LATER.search(piece[: found.start() + 1])
        if later and found["word"] == "after":
            return f"wait {later['time']} after {cue.split(', ')[0]}"
        return self.orders.order(re.split(r", | and (?:do|does|are|is|can|will)\b", cue)[0])

    def _is_verb(self, word: str) -> bool:
        entry = self.reader.verbs.entry(word)
        return bool(entry and entry[1] == "third")

    def _verb(self, masked: str) -> int:
        """Where the finite verb of a piece begins; one that no list has is known by what stands behind it."""
        known = self.triggers.predicate(masked)
        judged = _JUDGED.search(masked)
        places = [place for place in (known, judged.start() if judged else 0) if place > 0]
        guess = _GUESSED.search(masked)
        places += [guess.start()] if guess else []
        return min(places, default=0)
