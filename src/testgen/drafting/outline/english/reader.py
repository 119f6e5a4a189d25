"""Reads English: who acts, trigger and outcome, and the acts of a clause."""

import re
from dataclasses import replace

from testgen.drafting.outline.english.acts import _BE, _LONGEST
from testgen.drafting.outline.english.forms import KEY, Forms
from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import MASK, mask

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

_RUNS_ON = re.compile(
    r" and (?:do|does|are|is|can|cannot|will|then)\b| and (?:the|an?|its?|all|no) (?:[\w-]+ ){1,3}?(?=[a-z]+s\b|is\b|are\b)"
)  # and what is seen
_LIST = re.compile(r"the ([a-z-]+(?: [a-z-]+)? list)\b")
_OR_ELSE = re.compile(r",? or (?=(?:the|an?|its?|nobody|nothing) )")  # one of two triggers will do
_MODAL_AT = 40  # characters within which a sentence says that somebody may do what it tells
# What a label or a lamp does by itself: nobody presses it.
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


class Reader(Forms):
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
            rf"(?!A \w+ed (?!the\b|an?\b|it\b|his\b|her\b)[a-z])(?P<who>[A-Z](?:[a-z]+(?: [A-Z])?|\d)?|[a-z]+[._]\w+)\s+(?=(?:{_MODAL}\s+){{0,2}}(?P<verb>[a-z-]+))"
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
            rf"\b(?:the\s+)?((?:(?!(?:{'|'.join(patterns['not_in_a_name'])}|any|every|each|its|if|when|where|while|unless|after|before|once|next|previous|another|no|with|without|or|as|leads?|opens?|shows?|under|via|from|into)\b)[\w{MASK}'&-]+\s+){{1,3}}(?:{'|'.join(words['screen_nouns'])}))\b",
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

    def _leading_place(self, sentence: str) -> tuple[str, str]:
        masked = mask(sentence)
        place = re.match(r"(?:on|in|at|from)\s+", masked, re.IGNORECASE)
        screen = (self._screen.match(masked, place.end()) or _LIST.match(masked, place.end())) if place else None
        if not screen or not (
            masked[screen.end() :].lstrip().startswith(",") or self.split_actor(sentence[screen.end() :])[0]
        ):
            return sentence, ""
        return sentence[screen.end() :].lstrip(" ,"), sentence[screen.start(1) : screen.end(1)]
