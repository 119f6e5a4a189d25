"""Reads English: who acts, trigger and outcome, and the acts of a clause."""

import re
from dataclasses import replace

from testgen.drafting.outline.english.acts import _BE, _LONGEST, definite
from testgen.drafting.outline.english.clauses import Clauses
from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.drafting.outline.lexicon import Lexicon, Verb
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import MASK, mask

KEY = r"(?:(?:Ctrl|Cmd|Shift|Alt|Option|Command|Control)\s?\+\s?)*(?:Esc|Escape|Enter|Return|Tab|Space|Delete|Backspace|F\d{1,2}|Home|End|PgUp|PgDn|(?:Ctrl|Cmd|Shift|Alt)\s?\+\s?[A-Z]\w*|(?:Up|Down|Left|Right)(?: arrow)?|(?:the browser.s |[Bb]rowser )?[Bb]ack(?: button)?)"
_METHOD = r"(?:GET|POST|PUT|PATCH|DELETE)\s+/\S*"
_MODAL = r"(?:can|may|must|should|shall|will|could|would|has to|have to|needs to|need to|wants to|tries to|try to|attempts to|attempt to|is able to|has|have|had|then|also|again|now|first|successfully|immediately|simply|just|do not|does not|never|always|only|still)"

_FINITE = [
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "can",
    "cannot",
    "can't",
    "must",
    "may",
    "will",
    "shall",
    "should",
    "does",
    "do",
    "never",
    "needs",
    "takes",
    "leads",
    "goes",
    "moves",
    "cycles",
    "isn't",
    "aren't",
    "doesn't",
    "don't",
    "won't",
    "wasn't",
    "hasn't",
    "haven't",
    "falls",
    "drops",
    "rises",
    "exceeds",
    "reaches",
    "becomes",
    "remains",
    "stays",
]

_GERUND = re.compile(r"(?P<ing>[A-Za-z-]{3,20}ing)\s(?P<next>\S+)")
_OBJECT = re.compile(
    rf"(?:the|an?|this|any|all|it|one|two|next|previous|in|on|to|up|out|off|back|with|for|from|at|by|between|[\d\"'“A-Z/{MASK}])"
)
_EFFECT = re.compile(
    rf"\s[a-z]{{3,}}s(?= (?:the|an?|no|all|it|nothing|only|two|three|to|for|from|with|up|at|in|on|out|off|back|over|down|again|\d|{MASK}))"
)  # of a verb that no list has
_RUNS_ON = re.compile(
    r" and (?:do|does|are|is|can|cannot|will|then)\b| and (?:the|an?|its?|all|no) (?:[\w-]+ ){1,3}?(?=[a-z]+s\b|is\b|are\b)"
)  # and what is seen
_UNASKED = re.compile(
    r"\b(?:automatically|by default|by the (?:system|job|server|app|product)|not|no|never|only|always|been|if|when|can|must|may|shall|should|will|remains?|stays?)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"the ([a-z-]+(?: [a-z-]+)? list)\b")
_OR_ELSE = re.compile(r",? or (?=(?:the|an?|its?|nobody|nothing) )")  # one of two triggers will do
_MODAL_AT = 40  # characters within which a sentence says that somebody may do what it tells
# What a label or a lamp does by itself: nobody presses it.
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
_LED_BY_LABEL = re.compile(
    r"(?:After|On|Upon|When) (?P<trigger>\"[A-Z][^\"]{0,30}\"(?: and (?:the |a )?confirmation (?:page|dialog|screen))?),? (?P<rest>(?:the|an?|it|no|all|each)\s.+)$"
)
_LABELLED = re.compile(
    r"(?P<label>\"[A-Z][^\"]{0,30}\")(?: and (?:the |a )?(?P<page>confirmation (?:page|dialog|screen)))?$"
)
# A label and what it does ("Replace All counts as one step"), a limit, a wish: no acts.
_BEHAVES = re.compile(
    r"[A-Z]\w+(?:\s[A-Z]\w+)+\s[a-z]+s\b|(?:[^,]*\s)?(?:can|may)\b[^,]*\b(?:at most|up to|no more than|maximum|only)\b|(?i:as an?\s[^,]{1,60},\s*i want\b)"
)


class Reader(Clauses):
    """Sentences into facts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.verbs = EnglishVerbs(lexicon)
        words, patterns = lexicon.data, lexicon.data["patterns"]
        self._generic = {*words["generic_actors"], *words["pronouns"], "i"}
        nouns = "|".join(
            sorted(
                (*map(re.escape, words["actor_nouns"]), "i", "they", "he", "she", "you", words["actor_pattern"]),
                key=len,
                reverse=True,
            )
        )
        named = rf"(?:(?:the|an?|each|another|any|every|another|second|first|other|same)\s+){{0,2}}(?:[\w-]+\s+){{0,2}}?(?:{nouns})(?-i:\s+(?:[A-Z0-9]|[A-Z][a-z]+)(?=\s))?"
        self._actor = re.compile(
            rf"(?P<who>{named}(?:\s+and\s+{named})?)(?:\s+who\s+[^,]{{1,80}}?)?\s+(?=(?:{_MODAL}\s+){{0,3}}(?P<verb>[A-Za-z-]+))",
            re.IGNORECASE,
        )
        self._person = re.compile(
            rf"(?P<who>[A-Z](?:[a-z]+(?: [A-Z])?|\d)?|[a-z]+[._]\w+)\s+(?=(?:{_MODAL}\s+){{0,2}}(?P<verb>[a-z-]+))"
        )
        self._verb = re.compile(
            rf"(?:{_MODAL}\s+){{0,3}}(?P<verb>{self.verbs.pattern})\b(?!['’-]|[./_]\w)\s*(?P<rest>.*)$",
            re.IGNORECASE | re.DOTALL,
        )
        self._bare_verb = re.compile(
            rf"(?:{_MODAL}\s+){{0,3}}(?P<verb>[A-Za-z-]+)\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
        )
        self._passive = re.compile(
            rf"(?P<np>[^,]{{1,120}}?)\s+{_BE}\s+(?:\w+ly\s+)?(?P<verb>{self.verbs.pattern})\b(?P<rest>[^,]*)$",
            re.IGNORECASE,
        )
        when = (
            rf"(?:(?:{'|'.join(patterns['before_when'])}|on)\s+)?(?:{'|'.join(patterns['when'])}|whenever|as long as)"
        )
        self._front = re.compile(rf"(?:(?:{'|'.join(patterns['openings'])}),?\s+)*{when}\s+", re.IGNORECASE)
        self._back = re.compile(rf",?\s+(?P<word>{when})\s+(?=\S+\s)", re.IGNORECASE)
        self._openings = re.compile(rf"(?:{'|'.join(patterns['openings'])})[, ]\s*", re.IGNORECASE)
        finite = "|".join(map(re.escape, (*self.verbs.thirds, *_FINITE)))
        self._finite = re.compile(rf"\s(?:{finite})\b", re.IGNORECASE)
        self._subject = re.compile(
            rf"(?P<what>(?:pressing|clicking|tapping|hitting)?\s*(?:the\s+)?(?:{KEY}(?:\s+and\s+{KEY})*|{MASK}+(?:\s+(?:button|link|icon|key|tab|menu item))?)(?:\s+(?:on|in|at)\s+(?:the\s+)?[\w{MASK} -]{{1,40}}?)?)\s+(?:(?:always|also|then|only|again)\s+)?(?P<verb>never|must|is|are|cycle|will|shall|should|[a-z]{{2,}}s)\b(?P<rest>.*)$",
            re.DOTALL,
        )
        self._method = re.compile(
            rf"(?:an?\s+|the\s+)?(?P<what>{_METHOD}(?:\s+(?:with|without|for|from)\s+[^,]{{1,80}}?)?)\s+(?P<verb>[a-z]+)\b(?P<rest>.*)$",
            re.DOTALL,
        )
        self._means = re.compile(
            r"(?P<what>.{1,100}?)\s+(?:can|may) be (?P<done>\w+)\s+(?P<how>(?:by|in|from|on|with|via|under|through)\s+.+)$",
            re.IGNORECASE | re.DOTALL,
        )
        self._screen = re.compile(
            rf"\b(?:the\s+)?((?:(?!(?:{'|'.join(patterns['not_in_a_name'])}|any|every|each|its|next|previous|leads?|opens?|shows?|under|via|from|into)\b)[\w{MASK}'&-]+\s+){{1,3}}(?:{'|'.join(words['screen_nouns'])}))\b",
            re.IGNORECASE,
        )

    def facts(self, sentence: str, *, told: bool) -> list[Fact]:
        """See `Tongue.facts`."""
        text = self.bare(sentence)
        if len(text) > _LONGEST:
            return [Fact(outcome=text)]
        body, place = self._leading_place(text)
        fact = self._read(body, told=told)
        if place and fact.acts:
            first = fact.acts[0]
            fact = replace(fact, acts=(replace(first, screen=first.screen or place), *fact.acts[1:]))
        return [replace(fact, times=fact.times or self.times(sentence))]

    def _read(self, body: str, *, told: bool) -> Fact:
        """The first form that a sentence has: an act as the subject, a trigger, a way to a state, a label; else its acts."""
        if self._is_gerund(body) and (found := self.by_gerund(body)):
            return found
        if led := _LED_BY_LABEL.match(body):
            return self._triggered(led["trigger"], led["rest"])
        trigger, consequent = self.halves(body)
        if trigger:
            return self._triggered(trigger, consequent)
        if found := self.means(body) or self._by_path(body) or self._by_label(body) or self.by_gerund(body):
            return found
        head, effect = self._cut_effect(body)
        acts = () if _BEHAVES.match(mask(body)) else self.acts(head, told=told)
        plain = not re.search(r"\b(?:can|may|should|could|might)\b", head[:_MODAL_AT])
        if not acts and not effect and (done := self.instructed(body)):
            return Fact(done, plain=True)
        return Fact(acts, outcome=effect, plain=plain) if acts else Fact(outcome=body)

    def instructed(self, body: str) -> tuple[Act, ...]:
        """A voucher is entered on the basket page and applied with the Apply button: what is done with a form is the tester's."""
        if _UNASKED.search(mask(body)):
            return ()
        acts = self.passive(body)
        first = self.verbs.entry(acts[0].text.split(" ", 1)[0]) if acts else None
        return acts if first and first[0].group in ("input", "select", "press", "upload") else ()

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

    def _triggered(self, trigger: str, consequent: str) -> Fact:
        fact = self.trigger(trigger)
        consequent = re.sub(r"^then\s+", "", consequent, flags=re.IGNORECASE)
        led = self._by_subject(consequent, self._subject, "") or self.by_gerund(consequent) if consequent else None
        if led:
            return replace(
                fact, acts=(*fact.acts, *led.acts), conditions=(*fact.conditions, *led.conditions), outcome=led.outcome
            )
        head, effect = self._cut_effect(consequent)
        more = self.acts(head, told=False) if head else ()
        return replace(fact, acts=(*fact.acts, *more), outcome=effect if more else consequent)

    def trigger(self, text: str) -> Fact:
        """A trigger clause: the tester's acts, or a condition."""
        if label := _LABELLED.match(text):
            pressed = Act(self.lexicon.phrase("press_label", label=label["label"]), "press", (label["label"],))
            page = (Act(f"confirm on the {label['page']}", "do", ()),) if label["page"] else ()
            return Fact((pressed, *page))
        text = _RUNS_ON.split(text)[0] if _RUNS_ON.search(mask(text)) else text
        text = _OR_ELSE.split(text)[0]
        inner = re.search(r"\s+(?:after|once)\s+", mask(text))
        earlier = self.trigger(text[inner.end() :]) if inner else Fact()
        head = text[: inner.start()] if inner else text
        ran = re.fullmatch(r"(?P<np>(?:the )?[\w-]+(?: [\w-]+)?) has run", head)
        acts = (
            ((Act(f"run {ran['np']}", "send", (ran["np"],)),) if ran else ())
            or self.acts(head, told=False, led=True)
            or self.passive(head)
            or self.acts(re.split(r",\s", head)[0], told=False, led=True)
        )
        if inner and not acts:
            return replace(earlier, conditions=(*earlier.conditions, head))
        return Fact((*earlier.acts, *acts), (*earlier.conditions, *(() if acts else (text,))), times=self.times(text))

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

    def _leading_place(self, sentence: str) -> tuple[str, str]:
        masked = mask(sentence)
        place = re.match(r"(?:on|in|at|from)\s+", masked, re.IGNORECASE)
        screen = (self._screen.match(masked, place.end()) or _LIST.match(masked, place.end())) if place else None
        if not screen or not (
            masked[screen.end() :].lstrip().startswith(",") or self.split_actor(sentence[screen.end() :])[0]
        ):
            return sentence, ""
        return sentence[screen.end() :].lstrip(" ,"), sentence[screen.start(1) : screen.end(1)]
