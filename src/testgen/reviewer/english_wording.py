"""English wording by kinds of words. Adverbs of manner are an open kind, recognised by their ending."""

import re
from collections.abc import Iterator

from testgen.reviewer.english import CHECK, actions, explains
from testgen.reviewer.english_choices import choices
from testgen.reviewer.english_clauses import NO_VERB
from testgen.reviewer.english_values import values
from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK
from testgen.text.verbs import instructions

_LY = re.compile(r"(?<![\w-])[a-z]{2,20}ly\b(?!-)", re.IGNORECASE)
_LOOKED_AT = re.compile(r"\b(?:review|inspect|examine|evaluate|assess|check)\b[^.;]{1,120}?\bfor\b", re.IGNORECASE)
# In a reasonable time (less than a minute): the measure stands behind it.
_NO_MEASURE = r"(?! \((?:less|more|under|within|at most|up to|about|not more|\d))"
# In a result, or where something is looked at: a thing of the quality that the tester is to judge.
_QUALITY = re.compile(
    r"(?:^|\b(?:an?|the|has|have|with|of)\s+)(?:in)?(?:useful|correct|proper|appropriate|suitable|sensible|meaningful|acceptable|adequate|reasonable|sufficient|"
    rf"decent|intuitive|helpful|desired)\s+[a-z]+\b(?! (?:as|for|of|from)\b){_NO_MEASURE}|"
    r"\b(?:the|an?|its|is|are|with|in|of|shows?|displays?|has|have)\s+(?:in)?(?:correct|proper|appropriate|suitable|sensible|meaningful|expected|desired|usual|acceptable|usable|useful|comfortable|adequate|reasonable|"
    r"nice|good|clear|relevant|decent|helpful|intuitive|right)"
    r"\s+(?:\w+\s+)?(?:pages?|screens?|dialogs?|results?|behaviou?r|messages?|errors?|values?|order|position|information|"
    r"contents?|output|data|formats?|sizes?|state|descriptions?|names?|quality|sequence|manner|"
    rf"colou?rs?|resolution|language|reading order|labels?|text|alternative|time|amount)\b{_NO_MEASURE}",
    re.IGNORECASE,
)
_DEGREE = r"(?:(?:very|quite|still|all|more|most|rather|really|also|now|and|\w+ly) ){0,2}"
# Where a clause ends, or says only for whom or where it holds.
_ENDS = r"(?=\s*(?:$|[.;,!?)\n]|(?:and|or|but|for|in|on|at|when|while|after|to|enough)\b))"
_JUDGED = re.compile(
    rf"\b(?:is|are|be|was|were|looks?|seems?|sounds?|feels?|appears?|remains?|stays?|keeps?|becomes?|gets?) (?:to be )?{_DEGREE}"
    rf"(?P<word>[a-z-]{{3,20}}){_ENDS}",
    re.IGNORECASE,
)
# "Is the translation sensible?"
_ASKED = re.compile(
    rf"\b(?:is|are|was|were) (?:the|this|that|it|all|your|its|these|those)\b[^.?;]{{0,60}}? {_DEGREE}(?P<word>[a-z-]{{3,20}})\s*\?",
    re.IGNORECASE,
)
_IF = re.compile(r"\bif [^,.;]*$", re.IGNORECASE)
_CASE = 80  # characters of a condition
_SPARED = re.compile(
    r"\b(?:no|without|free (?:of|from))(?: any| a| an| the)?(?: (?!more\b|longer\b)[a-z]+){0,2}? (?P<word>[a-z]{3,16}?)s?"
    + _ENDS,
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:should|must|does|do|did|will|may)(?: not|n't|n’t)(?: [a-z]+ly)? (?P<word>[a-z]{3,12})" + _ENDS, re.IGNORECASE
)
_AS_USUAL = re.compile(
    r"\b(?:the|your|its|their|our|a|an|this) (?P<word>[a-z-]{3,16}) "
    r"(?:ways?|manners?|procedures?|process|steps|methods?|practi[cs]es?|routines?|conventions?|approach|customs?|fashion|workflow|rules?)\b",
    re.IGNORECASE,
)
# Half a sentence, "After clicking the button"; with an order behind it, it is a whole one: "While holding Shift click row 4".
_HALF = re.compile(
    r"(?:after|once|when|while|upon)\s+[a-z]+ing\b(?! (?:is|was|has|ends|stops)\b)[^,;]{0,60}", re.IGNORECASE
)
_UNLISTED = re.compile(
    rf"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\byour )\b{NO_VERB}(?-i:[a-z]{{2,}})(?<!s)(?<!ed)(?<!ing)(?<!ly)\s+(?:the|an?|your|{MASK}|\d)"
)
_ABLE = re.compile(r"(?:un|in|im|re)?(?P<verb>[a-z]{3,})(?:able|ible)")


def wording(masked: str, *, action: bool) -> Iterator[tuple[str, Span]]:
    """Rule and position of each phrase that belongs to one of the kinds."""
    for match in _LY.finditer(masked):
        word = match.group().lower()
        if word not in lexicon("en")["exact_ly"] and (match.start() == 0 or not match.group()[0].isupper()):
            yield "ambiguous-wording", match.span()
    for kind, pattern in (("flaws", _SPARED), ("fails", _DENIED)):
        yield from _of_kind(kind, pattern, masked, "ambiguous-wording")
    yield from _of_kind("usual", _AS_USUAL, masked, "tacit-knowledge")
    for pattern in (_JUDGED, _ASKED) if "?" in masked else (_JUDGED,):
        for match in pattern.finditer(masked):
            # A condition judges nothing: "If the password is correct, …".
            if _judges(match["word"].lower()) and not _IF.search(masked, max(match.start() - _CASE, 0), match.start()):
                yield "ambiguous-wording", match.span()
    looked_at = _LOOKED_AT.search(masked) or CHECK.search(masked) if action else None
    if looked_at or not action:
        for match in _QUALITY.finditer(masked, looked_at.start() if looked_at else 0):
            yield "ambiguous-wording", match.span()
    if action and (explains(masked) or (_HALF.fullmatch(masked) and not _ordered(masked))):
        yield "low-information", (0, len(masked))
    if action:
        yield from choices(masked)
        yield from values(masked)


def _ordered(masked: str) -> bool:
    """Whether a sentence that begins with what has been done says what to do, with or without a comma before it."""
    return bool(actions(masked) or _UNLISTED.search(masked, masked.index("ing") + 3))


def _of_kind(kind: str, pattern: re.Pattern[str], masked: str, rule: str) -> Iterator[tuple[str, Span]]:
    for match in pattern.finditer(masked):
        if match["word"].lower() in lexicon("en")[kind]:
            yield rule, match.span()


def _judges(word: str) -> bool:
    """Whether an adjective expresses somebody's opinion of a thing. Those in -able do, except for states and for what testers do."""
    if word in lexicon("en")["evaluative"]:
        return True
    able = _ABLE.fullmatch(word)
    if not able or word in lexicon("en")["able_states"]:
        return False
    verb = able["verb"]
    return not {verb, f"{verb}e", verb[:-1], verb.removesuffix("i") + "y"} & instructions()
