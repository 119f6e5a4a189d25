"""Forms of an English sentence that tells an act: a gerund, a label, a path, an instruction, a way to a state."""

import re

from testgen.drafting.outline.english.acts import definite
from testgen.drafting.outline.english.clauses import Clauses
from testgen.drafting.outline.lexicon import Verb
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import MASK, mask

KEY = r"(?:(?:Ctrl|Cmd|Shift|Alt|Option|Command|Control)\s?\+\s?)*(?:Esc|Escape|Enter|Return|Tab|Space|Delete|Backspace|F\d{1,2}|Home|End|PgUp|PgDn|(?:Ctrl|Cmd|Shift|Alt)\s?\+\s?[A-Z]\w*|(?:Up|Down|Left|Right)(?: arrow)?|(?:the browser.s |[Bb]rowser )?[Bb]ack(?: button)?)"
_GERUND = re.compile(r"(?P<ing>[A-Za-z-]{3,20}ing)\s(?P<next>\S+)")
_OBJECT = re.compile(
    rf"(?:the|an?|this|any|all|it|one|two|next|previous|in|on|to|up|out|off|back|with|for|from|at|by|between|[\d\"'“A-Z/{MASK}])"
)
_EFFECT = re.compile(
    rf"\s[a-z]{{3,}}s(?= (?:the|an?|no|all|it|nothing|only|two|three|to|for|from|with|up|at|in|on|out|off|back|over|down|again|\d|{MASK}))"
)  # of a verb that no list has
_UNASKED = re.compile(
    r"\b(?:automatically|by default|by the (?:system|job|server|app|product)|(?:on|at|after|every|each) (?:every|each|time|change)|not|no|never|only|always|been|if|when|can|must|may|shall|should|will|remains?|stays?)\b",
    re.IGNORECASE,
)
SHINES = {
    "appears",
    "appear",
    "lights",
    "blinks",
    "flashes",
    "goes",
    "turns",
    "stays",
    "comes",
    "remains",
    "disappears",
}
_PATH = re.compile(
    rf"(?P<what>[\w{MASK} ]{{2,40}}(?:\s>\s[\w{MASK} ]{{2,40}})+?)\s+(?P<verb>opens|shows|displays|leads to|prints|lists|starts|creates|exports|imports|saves|sends|deletes|downloads|calculates|contains)\s+.+$"
)
_COUNTED = re.compile(
    r"(?:^|\s)(?:the|an?|of|two|three|four|five|six|ten|all|both|between|(?:of|in|to|with|from|and|the|\w+ing) \d+)$",
    re.IGNORECASE,
)


class Forms(Clauses):
    """Forms of an English sentence that tells an act: a gerund, a label, a path, an instruction, a way to a state."""

    _subject: re.Pattern[str]
    _method: re.Pattern[str]
    _means: re.Pattern[str]

    def trigger(self, text: str) -> Fact:
        """See `Reader.trigger`."""
        raise NotImplementedError

    def instructed(self, body: str) -> tuple[Act, ...]:
        """A voucher is entered on the basket page and applied with the Apply button: what is done with a form is the tester's."""
        if _UNASKED.search(mask(body)):
            return ()
        acts = self.passive(body)
        first = self.verbs.entry(acts[0].text.split(" ", 1)[0]) if acts else None
        by_hand = first and (first[0].group in ("input", "select", "press") or first[0].lemma in ("upload", "attach"))
        return acts if by_hand else ()

    def _is_gerund(self, body: str) -> bool:
        """Clicking the button, Pressing Esc; not heating control."""
        found = _GERUND.match(body)
        entry = self.verbs.entry(found["ing"]) if found else None
        named = found and re.match(r"[a-z]+ (?:\d|[A-Z][\w-]*)", body[found.start("next") :])
        return bool(found and (_OBJECT.match(found["next"]) or named or (entry and entry[0].ui)))

    def _by_path(self, body: str) -> Fact | None:
        """Ticket page > "Add attachment" opens the file dialog."""
        path = _PATH.match(mask(body))
        if not path:
            return None
        where = body[: path.end("what")]
        return Fact((Act(f"go to {where}", "open", (where,)),), outcome=body[path.start("verb") :])

    def _by_label(self, body: str) -> Fact | None:
        return self._by_subject(body, self._method, "Send") or self._by_subject(body, self._subject, "")

    def _by_subject(self, body: str, pattern: re.Pattern[str], verb: str) -> Fact | None:
        """ "Esc closes the dialog", '"Place order" creates the order', "POST /x returns": the subject is what one acts on."""
        match = pattern.match(mask(body))
        if not match or not (
            self.verbs.is_third(match["verb"])
            or match["verb"] in ("never", "must", "is", "are", "cycle", "will", "shall", "should")
        ):
            return None
        if match["verb"] in SHINES:
            return None
        if match["verb"] in ("is", "are") and not re.match(
            rf"\s+{MASK}*\s*(?:answered|rejected|refused|accepted|confirmed)", match["rest"]
        ):
            return None
        what = body[: match.end("what")].strip()
        if not verb and MASK in match["what"] and not re.search(r"[\"“'`\[]", what):
            return None  # a file or an address, not a label
        key = re.match(rf"(?:the\s+)?{KEY}\b", what)
        lemma = verb or ("Press" if key else "Click")
        what = re.sub(r"^(?:pressing|clicking|tapping|hitting)\s+", "", what, flags=re.IGNORECASE)
        screen, rest = self._split_place(what, Verb("click", "press", "action", "regular", ui=True))
        act = Act(f"{lemma.lower()} {rest}", "press" if not verb else "send", (rest,), screen)
        return Fact((act,), outcome=body[match.start("verb") :])

    def by_gerund(self, body: str) -> Fact | None:
        """ "Clicking X shows Y": an act as the subject of what comes of it."""
        masked = mask(body)
        if not self._is_gerund(re.sub(r"^by\s+", "", body, flags=re.IGNORECASE)):
            return None
        for effect in sorted((*self._finite.finditer(masked), *_EFFECT.finditer(masked)), key=re.Match.start):
            head = masked[: effect.start()]
            if re.search(
                r"\b(?:after|when|while|once|if|until|that|which|who)\s+[^,]*$", head
            ) and not self._finite.search(re.split(r"\b(?:after|when|while|once|if|until|that|which|who)\s", head)[-1]):
                continue
            if _COUNTED.search(head):
                continue  # two stops: a plural, no verb
            trigger, first = self.halves(body[: effect.start()])
            acts = self.acts(first or body[: effect.start()], told=False, led=True)
            if not acts:
                continue
            before = self.trigger(trigger) if trigger else Fact()
            return Fact((*before.acts, *acts), before.conditions, body[effect.start() :].strip(), self.times(body))
        return None

    def means(self, body: str) -> Fact | None:
        """ "A jam can be provoked by holding X", "The clock can be set in Y": how to bring something about."""
        match = self._means.match(mask(body))
        if not match:
            return None
        how, what = body[match.start("how") :], re.sub(r"^(?:In|On|At) [^,]{2,40}, ", "", body[: match.end("what")])
        how, _, then = how.partition(" and applied ")
        by = re.match(r"by\s+", how, re.IGNORECASE)
        also = (Act(f"apply it {then.rstrip('. ')}", "do"),) if then else ()
        if by:
            acts = self.acts(how[by.end() :], told=False, led=True)
        else:
            lemma = self.verbs.lemma_of_past(match["done"])
            acts = (
                (
                    Act(
                        f"{lemma} {definite(what[:1].lower() + what[1:])} {how.rstrip('. ')}",
                        (self.verbs.entry(lemma) or (Verb("", "change", "", "", ui=False), ""))[0].group,
                        (definite(what),),
                    ),
                )
                if lemma
                else ()
            )
        return Fact((*acts, *also), outcome=what, role="means") if acts else None
