"""English: what the product does by itself, and what leads to a result. It recognises little, so that it is seldom wrong."""

import re
from itertools import islice

from testgen.reviewer.reading import Span
from testgen.text.actors import LEAD
from testgen.text.marks import MASK, mask
from testgen.text.sentences import sentence_spans
from testgen.text.verbs import inflected, instructions

# fmt: off
# What a product consists of; people, who end in -er too, are none of these.
_PRODUCTS = frozenset((
    "system", "app", "application", "product", "program", "process", "service", "server", "client", "browser", "page", "screen",
    "dialog", "window", "form", "field", "button", "list", "menu", "panel", "display", "banner", "toast", "message", "notification",
    "job", "batch", "scheduler", "database", "api", "endpoint", "webhook", "gateway", "device", "printer", "scanner", "pump", "monitor",
    "sensor", "controller", "firmware", "terminal", "machine", "robot", "valve", "motor", "light", "led", "lamp", "alarm", "counter",
    "timer", "clock", "meter", "router", "game", "wizard", "installer", "parser", "filter", "cursor", "focus", "icon", "link", "session",
    "gate", "door", "reader", "lock", "token", "account", "order", "e-mail", "email", "mail", "file", "upload", "download", "sync",
))
_BY_ITSELF = frozenset((  # verbs that say by themselves that the product is meant
    "shows", "displays", "appears", "disappears", "blinks", "locks", "redirects", "expires", "becomes", "remains", "reloads",
    "refreshes", "crashes", "restarts",
))
# fmt: on
_OPENING = re.compile(
    r"^(?:(?:once|after|when|while|before|as soon as|if|on|during|then|next|finally)\b[^,.]*,\s*|(?:then|finally)\s+)",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(
    rf"(?<!that )(?<!which )(?<!who )\b(?:shows|displays|removes|returns|redirects|becomes)\s+(?:the|an?|its|no|to|\d|{MASK})",
    re.IGNORECASE,
)
_EFFECT = re.compile(rf"\b(?:\w{{2,}}[^s\W]s)\s+(?:the|an?|its|{MASK})", re.IGNORECASE)  # behind a gerund
_RUNS_ON_TO_A_STATE = re.compile(r"^(?:sign|log)\s+(?:in|out|on|off)\s+(?:the|an?)\s+\w+\s+(?:is|are)\b", re.IGNORECASE)
_LICENSED = re.compile(
    r"\b(?:that|which|who|whose|where|when|while|once|until|if|whether|as|what|how|so|because)\b", re.IGNORECASE
)
_PASSIVE = re.compile(
    r"(?:is|are|was|were|has been|have been)\s+(?:automatically\s+|then\s+)?"
    r"(?:locked|shown|displayed|sent|redirected|notified|created|deleted|removed|updated|saved|logged|rejected|refused|cancelled|charged|stored|written|generated)\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"^(?:the|an?|this|its|your|each|every|all)\s+", re.IGNORECASE)
_IT = re.compile(r"it\s+(?:\w+ly\s+)?(?!is\b|was\b)[a-z]+s\b", re.IGNORECASE)
_BE = frozenset(("is", "are", "was", "were", "has", "have"))
_FINITE = frozenset((*_BE, "does", "did", "cannot", "must", "will", "should"))
_NO_SUBJECT = frozenset(
    (  # what no subject of a clause begins with
        "i",
        "we",
        "you",
        "of",
        "on",
        "in",
        "for",
        "at",
        "from",
        "with",
        "to",
        "under",
        "by",
        "as",
        "when",
        "once",
        "after",
        "before",
        "while",
        "if",
        "until",
        "during",
        "then",
        "now",
        "again",
        "also",
        "not",
        "never",
        "please",
        "and",
        "or",
    )
)
_PREPOSITIONS = frozenset(("of", "on", "in", "for", "at", "from", "with", "to"))
_THIRD = re.compile(r"[a-z]+[^s\W]s")
_OBJECT = re.compile(rf"\s*(?:$|[.,]|(?:the|an?|its|to|all|no)\b|\d|{MASK})", re.IGNORECASE)

_STATE = re.compile(r"\b(?:is|are|was|were|has been|have been|has|have)\b", re.IGNORECASE)
# What no product does to itself: the button is released, once the card is removed.
_BY_HAND = re.compile(
    r"\b(?:is|are|was|were|has been|have been)\s+(?:again\s+)?(?:released|pressed|pushed|pulled|touched|lifted|plugged in|unplugged"
    r"|inserted|removed|scanned|swiped|let go)$",
    re.IGNORECASE,
)
_DURATION = r"\d+\s+(?:second|minute|hour|day|week)s?"
_LEADS = re.compile(r"^(?:even\s+)?(?:when|if|after|once|upon|as soon as|with)\s+(?P<t>[^,]{2,120}),\s", re.IGNORECASE)
_TIMED = re.compile(rf"^after\s+(?P<t>{_DURATION})\b", re.IGNORECASE)
_TRAILS = re.compile(r"^(?:\S+\s+){3,}?(?:when|if|after|once|upon|as soon as)\s+(?P<t>[^,]{2,120})$", re.IGNORECASE)
_GERUND = re.compile(r"[A-Za-z]+ing\b")
_ENDS = frozenset(("never", "always", "is", "are", "does", "has", "must", "will", "leads"))
_ORDINAL = re.compile(
    r"^(?:on\s+)?the\s+(?:(?P<n>\d+)(?:st|nd|rd|th)|(?P<word>second|third|fourth|fifth))\s+"
    r"(?P<what>request|attempt|try|call|click|press|delivery|time|run|login|sign-in|upload|scan|order|message)\b",
    re.IGNORECASE,
)
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_NUMBERS = {
    word: str(n)
    for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}


def behaviour(masked: str) -> Span | None:
    """A sentence whose subject is the product, or an instruction that runs into one."""
    for start, end in sentence_spans(masked):
        actor = LEAD.match(masked[start:end])
        acts = start + (actor.end() if actor else 0)
        opening = _OPENING.match(masked[acts:end])
        begin = acts + (opening.end() if opening else 0)
        if _is_the_products(masked[begin:end]) or (actor and not opening and _has_a_subject(masked[begin:end])):
            return start, end
    return None


def _has_a_subject(sentence: str) -> bool:
    """Whether a sentence tells something where "As Mia, " promises an order: the timer does not move, syslog has an entry."""
    words = [word.group().lower() for word in islice(re.finditer(r"[\w'-]+", sentence), 7)]
    if not words or words[0] in instructions() or words[0] in _NO_SUBJECT:
        return False
    determined = _DETERMINER.match(sentence) or words[0] in ("there", "no")
    for word in words[1:] if determined else words[1:2]:
        if _LICENSED.fullmatch(word):
            return False
        if word in _FINITE or (_THIRD.fullmatch(word) and word in inflected()):
            return True
    return False


def _is_the_products(sentence: str) -> bool:
    first = re.match(r"[A-Za-z-]+", sentence)
    word = first.group().lower() if first else ""
    if _STATED.match(sentence):
        return False
    if word in instructions() or _acts(word):
        found = (_EFFECT if _acts(word) else _RUNS_ON).search(sentence)
        runs_on = found and not _LICENSED.search(sentence, 0, found.start()) and not _contact(sentence[: found.start()])
        return bool(runs_on or _RUNS_ON_TO_A_STATE.match(sentence))
    return _has_a_product_for_subject(sentence)


_STATED = re.compile(r"bring about:", re.IGNORECASE)  # a state, and whoever brings it about is the tester


def _acts(word: str) -> bool:
    """Whether it is the gerund of something that testers do."""
    return word.endswith("ing") and inflected().get(word, "") in instructions()


def _contact(before: str) -> bool:
    """ "Enter the amount the bank shows": two noun phrases in a row are a relative clause."""
    return bool(re.search(r"\b(?:the|an?)\s+\w+\s+(?:the|an?)\s+\w+\s*$", before, re.IGNORECASE))


def _has_a_product_for_subject(sentence: str) -> bool:
    determiner = _DETERMINER.match(sentence)
    rest = sentence[determiner.end() :] if determiner else sentence
    if _IT.match(rest):
        return True
    head, placed = "", False
    for token in islice(re.finditer(r"\S+", rest), 8):
        word, behind = token.group().strip(",.:;").lower(), rest[token.end() :]
        if _LICENSED.fullmatch(word):
            return False
        if head and word in ("does", "doesn't"):
            return bool(determiner) and head in _PRODUCTS
        if head and word in _BE:
            return bool(determiner) and _is_no_person(head) and bool(_PASSIVE.match(rest, token.start()))
        if head and _THIRD.fullmatch(word) and (word in _BY_ITSELF or head in _PRODUCTS):
            known = word in _BY_ITSELF or inflected().get(word) or (determiner and _OBJECT.match(behind))
            if known and (determiner or head in _PRODUCTS):
                return _is_no_person(head)
        placed = placed or word in _PREPOSITIONS
        head = head if placed or word.endswith("ly") else word
    return False


def _is_no_person(head: str) -> bool:
    return head in _PRODUCTS or not re.search(
        r"(?:er|or|ist|ian|ant|ee|man|woman|user|staff|person|nurse|clerk|member|colleague)s?$", head
    )


def trigger(text: str) -> str:
    """The part of an expected result that says what leads to it; empty if it names nothing."""
    for read in (_LEADS.match, _TIMED.match):
        if found := read(text):
            return found["t"]
    if _GERUND.match(text) and _acts(text.split(maxsplit=1)[0].lower()):
        return _subject_clause(text)
    found = _TRAILS.match(text)
    return found["t"] if found else ""


def _subject_clause(text: str) -> str:
    """A gerund with everything that belongs to it, up to the verb of the sentence."""
    masked = mask(text)
    for token in islice(re.finditer(r"[a-z]+", masked), 1, 20):
        word = token.group()
        if word in _ENDS or (_THIRD.fullmatch(word) and word in inflected()):
            return text[: token.start()].strip()
    return ""


def is_by_itself(trigger: str) -> bool:
    """Whether something happens without anybody's action: a state is reached, the dialog opens."""
    if _BY_HAND.search(trigger):
        return False
    if _STATE.search(trigger):
        return True
    determiner = _DETERMINER.match(trigger)
    words = trigger[determiner.end() :].split() if determiner else []
    verb = next((place for place, word in enumerate(words) if place and word in inflected()), 0)
    return bool(verb) and _is_no_person(words[verb - 1].lower())


def ordinal(text: str) -> tuple[int, str, str] | None:
    """Which occurrence an expected result refers to, and of what, and its wording: the 31st request."""
    found = _ORDINAL.match(text)
    if not found:
        return None
    number = int(found["n"]) if found["n"] else _ORDINALS[found["word"].lower()]
    return number, found["what"].lower(), found.group()


def digits(normalised: str) -> str:
    """The text with number words as digits."""
    return re.sub(r"\b[a-z]{3,5}\b", lambda word: _NUMBERS.get(word.group(), word.group()), normalised)
