"""English: what a text is that stands where an action or a result should: a result told, an order, an action said again."""

import re
from functools import lru_cache

from testgen.reviewer.english import CHECK
from testgen.text.actors import LEAD, without_actor
from testgen.text.marks import MASK
from testgen.text.sentences import sentence_spans
from testgen.text.verbs import inflected, instructions

_WORD = re.compile(rf"[{MASK}A-Za-z'-]+")
# What comes to somebody: neither an act nor a look at something.
_RECEIVES = frozenset(("receive", "get", "see", "notice", "hear"))
_FINITE = frozenset(("is", "are", "was", "were", "has", "have", "can", "cannot", "will", "must", "should", "does"))
_ORDER = re.compile(rf"[A-Z]?[a-z]+ (?:on )?(?:the|an?|your|[A-Z]|{MASK})(?![^.]*[:=])")
_AS = re.compile(r"as (?:the |an? )?(?P<who>[^,]+),", re.IGNORECASE)


def tells(masked: str) -> bool:
    """Whether a text says what is the case, in none of its sentences what to do or to look at."""
    text = without_actor(masked)
    spans = sentence_spans(text)
    return bool(spans) and not any(_is_an_order(text[start:end]) for start, end in spans)


def _is_an_order(sentence: str) -> bool:
    first = _WORD.search(sentence)
    return bool(CHECK.search(sentence) or (first and first.group().lower().split("-")[0] in instructions()))


@lru_cache(maxsize=2048)
def only_orders(masked: str) -> bool:
    """Whether an expected result is an instruction and nothing else: nothing of it can be seen."""
    spans = sentence_spans(masked)
    return bool(spans) and all(_is_plain(masked[start:end]) for start, end in spans)


def _is_plain(sentence: str) -> bool:
    """An imperative with its object, and no verb behind it that tells something: Press Save; not "Block for 15 minutes"."""
    words = _WORD.findall(sentence)
    if not _ORDER.match(sentence) or words[0].lower() not in instructions() or CHECK.match(sentence):
        return False
    return not any(
        word in _FINITE or (word.endswith("s") and inflected().get(word, word) != word) for word in words[1:]
    )


def says_the_act_again(action: str, result: str) -> bool:
    """Whether something only has to come to a person, as the result says again: As Mia, receive the mail -> Mia receives the mail."""
    actor = _AS.match(action)
    lead = LEAD.match(action)
    if not actor or not lead:
        return False
    verb = re.match(r"[a-z]+", action[lead.end() :].lower())
    who = re.escape(actor["who"].strip())
    told = re.match(rf"(?:the |an? )?(?:next |new )?{who} (?P<verb>[a-z]+s)\b", result, re.IGNORECASE)
    return bool(verb and told and verb.group() in _RECEIVES and inflected().get(told["verb"].lower()) == verb.group())
