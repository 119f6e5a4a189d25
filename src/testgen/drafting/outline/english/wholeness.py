"""English: whether an order is one sentence: a verb with what it is done to, and no clause that runs into what is then seen."""

import re

from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.text.marks import MASK

_ACTOR = re.compile(r"(?:As|as) [^,]+, ")
_OWN_CLAUSE = re.compile(
    r"(?:make sure|wait|let|check|note|bring about|carry out|set up|try to|do not|for|`)\b|`", re.IGNORECASE
)  # what stands behind them may have a verb
_SUBORDINATE = re.compile(
    r"\s(?:while|when|whenever|where|once|until|till|after|before|that|which|who|whose|if|because|so|though|although|than|as|what|how|whether|unless)\b|[,;:(]"
)
_FINITE = re.compile(
    r"\s(?:(?:it|she|he|they|there|that|we)['’](?:s|re|d|ll)|is|are|was|were|has|have|can|cannot|must|does|doesn['’]t)\b"
)
_THIRD = re.compile(r"(?<=\s)[a-z]{3,}s\b")
_IN_FRONT = re.compile(
    r"(?:the|an?|of|in|on|for|to|and|or|with|without|by|from|at|some|few|new|two|three|all|both|her|his|their|its|your|my|each|many|these|those|no|any|\d+)$",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\s(?:(?:the|an?|no|not|all|its|his|her|their|only)\b|[\d{MASK}\"'“‘])")
_PARTICLE = re.compile(
    r"(?P<verb>\b[Rr]oll|[Ss]witch|[Tt]urn|[Pp]ut|[Tt]ake|[Ss]hut|[Hh]and) (?P<particle>back|off|on|up|down|out|over) it\b"
)
_LONGEST = 12  # characters of a word in front
_LEAST = 2  # words of an order with an object


def whole(order: str, verbs: EnglishVerbs) -> str:
    """An order as far as it is one: repeat the request | gives the same id; empty where only a verb is left: milk | she's."""
    order = _PARTICLE.sub(r"\g<verb> it \g<particle>", order)
    actor = _ACTOR.match(order)
    start = actor.end() if actor else 0
    told = order[start:]
    if _OWN_CLAUSE.match(told):
        return order
    masked = flat(told)
    clause = _SUBORDINATE.search(masked)
    main = masked[: clause.start()] if clause else masked
    cuts = [found.start() for found in _FINITE.finditer(main)]
    cuts += [found.start() - 1 for found in _THIRD.finditer(main) if _is_verb(found, main, verbs)]
    if not cuts:
        return order
    kept = told[: min(cuts)].rstrip()
    return order[:start] + kept if len(kept.split()) >= _LEAST else ""


def _is_verb(found: re.Match[str], main: str, verbs: EnglishVerbs) -> bool:
    """Whether a word that could be a plural is a verb: something stands in front of it that does it."""
    entry, before = verbs.entry(found.group()), main[: found.start()].rstrip()
    known = entry and entry[1] == "third" and len(before.split()) >= _LEAST
    return bool(known and not _IN_FRONT.search(before[-_LONGEST:]) and _BEHIND.match(main, found.end()))
