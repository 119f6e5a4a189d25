"""Reads English results: their own triggers, their place, what they speak of."""

import re
from dataclasses import replace
from itertools import islice

from testgen.drafting.outline.english.events import flat, next_time
from testgen.drafting.outline.english.forms import SHINES
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import mask

_EVEN_FRONT = re.compile(r"^even with (?P<x>[^,]{1,80}),\s*(?P<y>.+)$", re.IGNORECASE)
_EVEN_BACK = re.compile(r"^(?P<y>.+?),?\s+even with (?P<x>[^,]{1,80})$", re.IGNORECASE)
_BE = re.compile(
    r"\s+(?:is|are|was|were|has|have|can|cannot|can't|does|do|will|must|remains?|stays?|becomes?|never)\b",
    re.IGNORECASE,
)
_RECEIVES = re.compile(
    r"^(?P<who>.{1,60}?)\s+(?:(?:does|do|did|will) not\s+)?(?:receives?|gets?)\s+(?:an?\s+|the\s+)?(?:(?:one|two|no|only|another)\s+)?(?P<what>(?!the\b|an?\b)(?:[\w-]+(?= each\b)|(?:[\w-]+ )?(?:notification|message|e-?mail|mail|sms|text|push)\b|[\w-]+))",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?:\b(?:more than|over|at least|about)\s+)?\b(?:\d+(?:\.\d+)?|one|two|three|five|ten|thirty|a|an)[ -]?(?:(?:second|sec|minute|min|hour|hr|day|week|month|year)s?|ms|s|h)\b",
    re.IGNORECASE,
)
_LAPSE = re.compile(
    r"\b(?:expire[sd]?|expiry|time[sd]? ?out|timeout|elapse[sd]?|pass(?:es|ed)?|idle|inactiv\w+|is over|are over|untouched|no activity|without activity)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.](?:\d{4})?|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* )?\d{1,2}\.? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: \d{4})?|day \d{1,3}"
)
_BECOMES = re.compile(r"\s(?:falls?|rises?|exceeds?|drops?|reaches|becomes?|gets|runs)\b")
_HERSELF = re.compile(r"(?P<who>[A-Z][a-z]+|[a-z]+[._]\w+) [^,;]{2,80} (?:when|after|once|if) (?:she|he|they) ")
_NTH = re.compile(
    r"^(?:the|every|each|an?)\s+(?P<n>\d{1,3})(?:st|nd|rd|th)\s+(?:(?:consecutive|failed|wrong)\s+)?(?P<noun>[a-z-]+)(?P<rest>(?:\s+(?:within|in)\s+(?:\w+\s)?\w+)?)\s",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:[Bb]oth )?(?P<list>[^;:]{3,200}?) (?P<be>are|were|have) (?P<rest>.+)$")
_OF_ONE = {"are": "is", "were": "was", "have": "has"}
_OF_ALL = re.compile(r"\b(?:both|each|other|together|different\w*|identical|equal|same|order|sorted)\b")
_JOINT = re.compile(r";\s+|(?<=[a-z0-9)]{2})\.\s+(?=[A-Z])|(?P<weak>,\s+(?:and\s+|but\s+)?|\s+and\s+)")
_LEADS = re.compile(
    r"(?:then\s+)?(?:(?:after|when|once|if|with|without|w/o|\d+\s?\w+ later)\b|`[^`]+`\s)", re.IGNORECASE
)
_WITHIN = re.compile(
    r"\b(?:in|on) (?!order\b|time\b|all\b|each\b|case\b|both\b|it\b|\d)(?:the [\w-]+(?: [\w-]+)?|[#/]?[A-Z/#][\w/.#-]*(?: [A-Z][\w-]*)*)(?=$|,|;| and\b| with\b| as\b| no longer\b)|(?<=added )to the [\w-]+(?: [\w-]+){0,2}$"
)
_PRONOUN = re.compile(r"(?:it|he|she|they|this|that|its|his|her|their|the (?:other|same))\s", re.IGNORECASE)
_REFUSED_HOW = re.compile(
    r"(?P<how>(?: (?:with|without|in|at|on) [^,;:]{2,40}?)?) (?:is|are) (?:refused|rejected|accepted|denied|ignored|blocked|possible)\b"
)
_LEADING = re.compile(r"^(?:[\w ]{1,30}: |(?:while|during|when|in|on|at|after|if)\s[^,]{1,60},\s)", re.IGNORECASE)
_LONGEST = 8  # words of a subject
_EVERYTHING = re.compile(
    r"\b(?:in (?:all|no|any|every|both) cases?|at every step|at all times|always|at no time|every(?:where)?|each)\b",
    re.IGNORECASE,
)
_MOST_JOINTS = 40  # tried in one result; what has more is a list of values


class Results:
    """Reads English results: their own triggers, their place, what they speak of."""

    lexicon: Lexicon
    reader: Reader
    triggers: Triggers
    _attempt: re.Pattern[str]
    _place: re.Pattern[str]
    _at_once: re.Pattern[str]
    _preserves: re.Pattern[str]

    def result(self, text: str) -> Fact:
        """See `Tongue.result`."""
        text = text.rstrip(". ")
        fact = self._result(text)
        who = _HERSELF.match(mask(text))
        if who and fact.acts and not fact.acts[0].actor:  # Ada sees the question when she presses Share
            return replace(fact, acts=tuple(replace(act, actor=who["who"]) for act in fact.acts))
        return fact

    def _result(self, text: str) -> Fact:
        """What a result is, read by itself."""
        if found := self._attempt.match(text):
            return Fact((Act(found["what"][:1].lower() + found["what"][1:], "do", (found["what"],)),), outcome=text)
        if nth := _NTH.match(text):
            act = Act(f"make {nth['n']} {nth['noun']}s{nth['rest']}", "made", (nth["noun"],))
            return Fact((act,), outcome=text)
        if again := next_time(text):
            return Fact((Act(again, "do", ()),), outcome=text)
        if own := self.triggers.read(text):
            return own
        if self.triggers.is_place(text):
            return Fact(outcome=text)
        fact = self.reader.facts(re.split(r";\s", text)[0], told=False)[0]
        if fact.conditions and not self.reader.finite(fact.outcome) and not re.search(r"\b(?:when|if)\b", text):
            fact = Fact()  # "after" stands in the middle of a noun phrase: the clause was cut at the wrong place
        fact = replace(fact, conditions=tuple(re.split(r",\s", text)[0] for text in fact.conditions))
        plain = fact.acts and not fact.outcome and not fact.conditions  # "the agent opens the order" is an observation
        if fact.acts or not fact.conditions:
            fact = replace(fact, outcome=text)
        named = fact.acts and fact.acts[0].actor and not fact.acts[0].actor.startswith("the ")
        return Fact(outcome=text) if (plain and not named) or fact.role == "means" else fact

    def results(self, text: str, labels: frozenset[str] = frozenset()) -> list[tuple[str, Fact]]:
        """See `Tongue.results`."""
        text = text.rstrip(". ")
        found, start, last = list[tuple[str, Fact]](), 0, Fact()
        for joint in islice(_JOINT.finditer(flat(text)), _MOST_JOINTS):
            behind, before = text[joint.end() :], text[start : joint.start()]
            own = self.triggers.parallel(behind, before)
            if _PRONOUN.match(behind) and not joint["weak"]:
                continue
            fact = (
                own
                or (None if _LEADS.match(before) else self._labelled(behind, labels))
                or (None if joint["weak"] else self.result(behind))
            )
            if fact is None or not fact.acts or not before.strip():
                continue
            first = last if start and last.acts else self.result(before)
            if own and not first.acts:
                first = self.triggers.subject(before) or first
            found.append((before, replace(first, outcome=_until(first.outcome, text[joint.start() :]))))
            start, last = joint.end(), fact
        parts = [*found, (text[start:], last if start else self.result(text))]
        return [(part, self._labelled(part, labels) or fact) for part, fact in parts]

    def _labelled(self, text: str, labels: frozenset[str]) -> Fact | None:
        """Stay logged in closes the dialog: a label that the specification names is pressed."""
        label = max((label for label in labels if text.startswith(label + " ")), key=len, default="")
        how = _REFUSED_HOW.match(text[len(label) :]) if label else None
        if how:
            act = Act(self.lexicon.phrase("press_label", label=f'"{label}"') + how["how"], "press", (label,))
            return Fact((act,), outcome=text)
        verb = text[len(label) :].split(maxsplit=1)[0].rstrip(",") if label else ""
        if not label or verb in SHINES or not self.reader.verbs.is_third(verb) or self.reader.finite(label):
            return None
        act = Act(self.lexicon.phrase("press_label", label=f'"{label}"'), "press", (label,))
        return Fact((act,), outcome=text)

    def negative(self, text: str) -> bool:
        """Is unchanged, is not sent."""
        return bool(self._preserves.search(mask(text)))

    def everything(self, text: str) -> bool:
        """In no case."""
        return bool(_EVERYTHING.search(mask(text)))

    def place(self, text: str) -> str:
        """ "signature mismatch" is in the security log -> in the security log."""
        masked = mask(text)
        match = next(reversed(list(self._place.finditer(masked))), None) or _WITHIN.search(masked)
        if match and text[match.start() : match.end()] not in ("in file", "in list", "on file", "in record"):
            number = re.match(r" #?\d+\b", text[match.end() :])  # at row 200
            return text[match.start() : match.end() + (number.end() if number else 0)]
        return f"in the {text[: text.index(':')]}" if self.triggers.is_place(text) and ": " in text else ""

    def subject(self, text: str) -> str:
        """The password is unchanged -> the password."""
        seen = (self.result(text).outcome or text).split("; ")[0]
        if received := _RECEIVES.match(mask(seen)):
            who = received["who"]
            who = f"{who[:1].lower()}{who[1:]}" if who.split(" ")[0].lower() in self.lexicon.stop_terms else who
            who = f"the {who.lower()}" if who.lower() in self.lexicon.data["actor_nouns"] else who
            return f"the {received['what']} to {who}"
        seen = _LEADING.sub("", seen)
        if re.match(r"No [^,;]*(?:,[^,;]*)*$", seen) and not self.reader.finite(seen):
            return f"no {seen[3:]}"
        match = _BE.search(mask(seen)) or self.reader._finite.search(mask(seen))
        if not match or match.start() == 0:
            return ""
        noun = re.sub(r"\s+(?:still|also|only|now|then|always)$", "", seen[: match.start()]).rstrip(" ,")
        first = noun.split(" ", 1)[0]
        if len(noun.split()) > _LONGEST or re.match(
            r"(?:after|before|during|while|when|in|on|at|with|if|because|so|as)\b|\d+\s?[a-z]", noun, re.IGNORECASE
        ):
            return ""
        return noun[:1].lower() + noun[1:] if first.lower() in self.lexicon.stop_terms else noun

    def at_once(self, text: str) -> bool:
        """Display, transitions, and what the tester can or cannot do."""
        return bool(self._at_once.search(mask(text)))

    def is_state(self, condition: str) -> bool:
        """See `Tongue.is_state`."""
        return bool(self.reader.finite(condition) or _DURATION.search(condition) or _BECOMES.search(condition))

    def stored(self, text: str) -> bool:
        """See `Tongue.stored`."""
        return bool(
            re.search(
                r"\b(?:balance|history|log|report|e-?mail|record|count|database|stock|audit|inbox|ledger|totals?)\b",
                self.subject(text),
                re.IGNORECASE,
            )
        )

    def dates(self, text: str) -> list[str]:
        """See `Tongue.dates`."""
        bare = re.sub(r"^(?:with|for this case):? ?(?:on )?", "", text)
        parts = re.split(r", | and ", bare)
        return parts if all(_DATE.fullmatch(part) for part in parts) else []

    def lapse(self, text: str) -> str | None:
        """See `Tongue.lapse`."""
        duration = self.duration(text)
        if re.match(
            r"^(?:after\s+)?(?:about\s+|more than\s+|at least\s+)?[\w.]+[ -](?:second|minute|hour|day|week|month|year)s?\b",
            text.strip(),
            re.IGNORECASE,
        ):
            return duration
        return duration if _LAPSE.search(mask(text)) else None

    def times(self, text: str) -> int | None:
        """See `Tongue.times`."""
        return self.reader.times(text)

    def said_of(self, text: str, value: str) -> str:
        """See `Tongue.said_of`."""
        found = _LISTED.match(text.rstrip(". "))
        parts = re.split(r",\s(?:and\s)?|\sand\s", found["list"]) if found else []
        one = next((part for part in parts if value in part), "")
        if not found or len(parts) == 1 or not one or _OF_ALL.search(found["rest"]):
            return ""
        return f"{one} {_OF_ONE[found['be']]} {found['rest']}"

    def duration(self, text: str) -> str:
        """The first duration of a text."""
        found = _DURATION.search(text)
        unit = re.search(r"\bthe (second|minute|hour|day|week|month)\b", text)
        return found.group() if found else f"one {unit.group(1)}" if unit else ""

    def even_with(self, text: str) -> tuple[str, str] | None:
        """Even with the correct password, X -> (the correct password, X)."""
        plain = text.rstrip(".")
        match = _EVEN_FRONT.match(mask(plain)) or _EVEN_BACK.match(mask(plain))
        return (plain[match.start("x") : match.end("x")], plain[match.start("y") : match.end("y")]) if match else None


def _until(outcome: str, tail: str) -> str:
    """An outcome without what a later part tells."""
    return outcome.removesuffix(tail).strip()
