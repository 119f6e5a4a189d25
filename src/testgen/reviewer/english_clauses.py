"""English: where the imperative clauses of a step begin.

A clause begins at the start of a sentence, or behind a comma, a semicolon, a dash, "and" or "then"; adverbs and a place ("in the Edit
menu") may stand before its verb. A word that looks like a verb is none where a list, an article or "to" makes it a noun or a purpose.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from testgen.reviewer.english_checks import CHECK, IN_CASE, check_verbs
from testgen.reviewer.english_lists import CLICKS_IT, OBJECT, goes_on_with_a_list
from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK
from testgen.text.sentences import sentence_spans
from testgen.text.verbs import instructions

_ADVERB = r"(?!(?:apply|reply|supply|multiply|comply|fly|rely|tally)\b)[a-z]{2,14}ly"
_LEAD = (
    r"(?:(?:please|then|now|next|finally|first|also|again|just|later|afterwards?|there|here|right after that|after that|"
    rf"(?:try|attempt|continue) to|and|{_ADVERB})\s+){{0,8}}"
)
_WORD = re.compile(_LEAD + r"([A-Za-z]+(?:[- ]click)?)", re.IGNORECASE)
_BREAK = re.compile(
    r"[!:;\n]\s+|>\s*(?=\w+\s+(?:on|the|an?|\ue000))|,\s*(?:and\s+|then\s+|later\s+)*|\band\s+(?:then\s+|later\s+)?|\bthen\s+|\blater\s+",
    re.IGNORECASE,
)
# A dash or a slash between two operations, not inside the name of an entry: "Guided - use entire disk".
_DASH = re.compile(r"\s(?:[-–—]{1,2}|/)\s+", re.IGNORECASE)
_GESTURE = re.compile(
    r"(?:select|choose|click|double[- ]click|right[- ]click|press|hit|tap|tick|untick|type|enter|open|close)\Z"
)
_LOWER_WORD = re.compile(r"[a-z]+(?:[- ]click)?")
_PICKS = re.compile(r"(?:select|choose|pick|highlight|go|navigate)\b", re.IGNORECASE)
_TIME_CLAUSE = re.compile(
    r"^(?:once|after|when|while|before|as soon as|if|at|in|on|from|under|during|with|using|for|to)\b[^,.]*,\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:at|in|on|from|under|with|using|once|when|while|upon|after|towards?|near|beside|below|above|inside|within)\b",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"(?<!\bto )(?<!\bthe )(?<!\ba )(?<!\byour )\b(?:(?:left|right|middle|double|long)[- ](?=(?:click|press)\b))?(?P<verb>[A-Za-z]+)"
)
_STOP = re.compile(r"[,;.\n]|\b(?:and|then|or)\b")
_ONE_MORE = re.compile(
    rf"\b(?:and then|and later|then)\s+(?:on\s+)?(?:the\s+\S|{MASK})"
    r"|\band (?:then )?(?=(?:ctrl|alt|shift|super) ?\+)"
    rf"|(?<=\bclick )[^.,]{{0,200}}?{MASK}\s+and\s+(?:on\s+)?(?:the\s+)?{MASK}",
    re.IGNORECASE,
)
# One verb for two controls: "click the left and right arrow buttons".
_TWO_CONTROLS = re.compile(
    rf"\b(?:click|press|tap|tick|untick|check|uncheck|toggle)(?:\s+on)?\s+(?:the\s+)?(?:{MASK}+|[\w-]+)\s+and\s+(?:on\s+)?(?:the\s+)?"
    rf"(?P<other>{MASK}+|[\w-]+)(?:\s+\w+)?\s+(?:buttons|icons|(?:check ?)?boxes|tabs|links|options|switches)\b",
    re.IGNORECASE,
)
# "Repeat with Size, Type and Date": once for each.
_FOR_EACH = re.compile(
    r"(?:repeat|redo|do the same)(?: (?:it|this|that|the (?:step|same)))? (?:with|for|on|using)\s+"
    r"[\w -]{1,40}?\s*,\s*(?P<other>\w)[^.]{0,200}?\band\b",
    re.IGNORECASE,
)
# "Point your mouse to the tab and click it" is one gesture.
_POINTS = re.compile(
    r"^(?:point|move|hover|place|position)\b[^.;,]{0,80}?\b(?:mouse|pointer|cursor)\b[^.;,]{0,80}?\band "
    r"(?=(?:left[- ]|right[- ]|double[- ])?click\b|press the (?:\w+ )?(?:mouse )?button\b|(?:drag|move|scroll|hold|press)\b)",
    re.IGNORECASE,
)
# Press Enter to accept it and start …: what the key is for.
_AS_WELL = re.compile(
    r"\bto (?:accept|confirm|continue|proceed|agree|acknowledge|finish)\b[^.;,]{0,60}\band $", re.IGNORECASE
)
# By selecting File, Open and then choosing …: the names of a menu's entries.
_BY_DOING = re.compile(r"\bby \w+ing\b[^.;]{1,60},\s*$")
# After "and" or "then", or at the start of a sentence, whatever takes an object is an order, whether or not the list of verbs has it.
NO_VERB = (
    r"(?!(?i:in|on|with|from|to|for|of|by|at|that|which|all|both|if|when|while|until|after|before|see|is|are|was|were|has|have|had|do|"
    r"does|did|will|can|may|must|should|into|onto|over|under|not|only|also|then|as|than|like|without|within|between|through|about|"
    r"above|below|behind|beside|near|via|per|nor|or|and|but|so|how|what|where|whether|either|neither|during|inside|outside|half|"
    r"such|against|around|across|along|toward|towards|upon|have|let|later|again|once|because|since|unless|though|although|even|just|"
    r"could|would|might|this|the|your|there|here|other|make|note|ensure|that)\b)"
)
_UNLISTED = re.compile(
    rf"(?:\b(?:and(?: then)?|then|, then)\s+{NO_VERB}|(?:^|[.!]\s+){NO_VERB}(?-i:[A-Z]))"
    rf"(?P<verb>[a-z]{{2,}}(?<!s)(?<!ed)(?<!ing)(?<!ly))\s+(?:the|an?|your|{MASK}|its?|this|that)(?!\w)"
)
# "… and using your mouse wheel change the volume": the means stand before the verb.
_BY_MEANS = re.compile(
    r"\band (?:using|with|by means of)\s+(?:[\w-]+\s+){1,5}?(?P<verb>[a-z]+)(?=\s+(?:the|an?|your|its)\b)"
)
# "select 1024x768 hit apply": nothing joins them.
_PRESSES = re.compile(r"(?<!\bto )(?<!\byou )(?<!\bor )\b(?:hit|press) (?:apply|ok|enter|return)\b", re.IGNORECASE)
# Lines that an export has joined: "… to USB storage Insert a stick".
_RUN_ON = re.compile(
    r"(?<=[a-z0-9)] )(?<![Cc]lick )(?<![Ss]elect )(?<![Cc]hoose )(?<![Pp]ress )(?<![Tt]ap )(?<![Hh]it )(?<![Oo]pen )"
    r"(?<!on )(?<!the )(?<!then )(?<!and )"
    r"(?:[A-Z][a-z]+(?= (?:the|an?|your|it)\b)|(?<!ight )(?<!eft )(?<!ouble )(?:Select|Click|Choose|Type)(?= [a-z]))"
)
# What is asked for after something was done: it is looked at.
_LOOKS_FOR = re.compile(r"\bto (?:check|look|search|watch) for\b", re.IGNORECASE)
# What is checked goes on: "an accurate and complete representation".
_IS_A_PART = re.compile(r"[a-z]+ (?!the|an?|your|its?|this|that|on|in|to|for|each|all)[a-z]+ of\b", re.IGNORECASE)
_NEAR = 60  # characters; "to" and its verb are no longer
_LIST_LENGTH = 120  # characters of a list that are looked at
_TO_VERB = re.compile(r"\bto (?!\d|default|zero|normal|none|off|on\b)\w+\s*$", re.IGNORECASE)
# "The default should be to format it and mount it": what is told goes on.
_TELLS = re.compile(r"(?:the|this|that|it|there|your|all|an?)\b", re.IGNORECASE)
_TO_DO = re.compile(r"\bto [a-z]+\b[^,;]*$")
_YOU_MAY = re.compile(
    r"\band (?:there |then )?you (?:can|could|may|should|must|need to|have to|will have to) (?:also |then |now )?"
    r"(?P<verb>select|choose|pick|click|press|tick|type|enter|open|close|change|set|add|remove|delete|drag)\b"
)
_IN_THIS_CASE = re.compile(r"(?:,|;|\band|\bbut)\s*if\s+\w+(?:\s+[\w']+){2,}", re.IGNORECASE)
_A_CASE = re.compile(r"if (?!you\b)[^,.;]{3,80},", re.IGNORECASE)
_NAMED = re.compile(r"\s+(?:button|dialog|window|tab|menu|icon|bar|box|field|list)\b")
# The name of what goes both ways: "Lock/unlock toggle: set it to …", "Hide/show icon: tap it".
_CONTROL = r"(?:button|key|switch|toggle|lever|control|option|icon|link|menu)"
_LABEL = re.compile(rf"/(?:un|de|dis)[a-z]+ {_CONTROL}\b|/[a-z]+ (?:[a-z]+ )?{_CONTROL}\s*:")
_ALONE = frozenset(
    ("reboot", "restart", "login", "logout", "shutdown", "suspend", "hibernate", "quit", "exit", "save")
)  # need no object
_GIVES = frozenset(("supply", "provide", "define", "introduce", "raise", "lower", "reduce", "tweak"))
_BACK = re.compile(r"\s+(?:in|on|at)\b")  # back in the terminal
FINITE = re.compile(
    r"\b(?:is|are|was|were|will|should|opens|appears?|closes|shows?|starts|launches|plays|changes|moves|loads|contains|displays|becomes|changed|opened|closed|started|loaded|moved|remains|has|have)\b",
    re.IGNORECASE,
)


# A text is asked about by several rules.
@lru_cache(maxsize=1024)
def actions(masked: str) -> Sequence[int]:
    """Where actions begin: verbs of the lists in a place where an imperative can be. Checks do not count."""
    checks = {match.start() for match in check_verbs(masked)}
    found = [match.end() - 1 for match in _ONE_MORE.finditer(masked)]
    begins_with_a_check = False
    told: list[Span] = []
    for start, end in sentence_spans(masked):
        begins_with_a_check = bool(CHECK.match(masked, start + opening(masked[start:end])))
        told += [(start, end)] if _TELLS.match(masked, start, end) else []
        for begin in sorted(set(_clauses(masked, start, end, checked=begins_with_a_check))):
            word = _WORD.match(masked, begin, end)
            if word and word.start(1) not in checks and _is_imperative(masked, word, start, end):
                found.append(word.start(1))
    if found and not begins_with_a_check:
        found += [
            begin
            for match in _UNLISTED.finditer(masked)
            if (begin := _first_letter(match)) not in checks
            and not _goes_with_it(masked, begin, match["verb"])
            and not any(start < begin < end and _is_told(masked, start, match.start()) for start, end in told)
            and not goes_on_with_a_list(
                masked[max(begin - _LIST_LENGTH, 0) : begin], match["verb"], masked[match.end("verb") :]
            )
        ]
    for once_more in (_TWO_CONTROLS.search(masked), _FOR_EACH.match(masked)) if found else ():
        found += [once_more.start("other")] if once_more else []
    found += [match.start("verb") for match in _YOU_MAY.finditer(masked)] if found and " you " in masked else []
    aside = [match.span() for match in IN_CASE.finditer(masked)]
    aside += (
        [span for span in _branches(masked) if any(begin < span[0] for begin in found)]
        if " if " in masked.lower()
        else []
    )
    found = [begin for begin in found if not any(start < begin < end for start, end in aside)]
    pointing = _POINTS.match(masked)
    if pointing:
        found = [begin for begin in found if begin != pointing.end()]
    return tuple(sorted(set(found))) if len(found) > 1 or not _ONE_MORE.search(masked) else ()


def _is_told(masked: str, start: int, end: int) -> bool:
    """Whether the words behind a part of a sentence go on with what it tells: "the default should be to format it"."""
    return bool(_TELLS.match(masked, start, end) and _TO_DO.search(masked, max(start, end - _LIST_LENGTH), end))


def _branches(masked: str) -> Iterator[Span]:
    """What is done only in a case that may come behind an action: ", if a mine appears, restart and try again"."""
    for start, end in sentence_spans(masked):
        case = _IN_THIS_CASE.search(masked, start, end) or _A_CASE.match(masked, start, end)
        if case:
            yield case.start(), end


def _clauses(masked: str, start: int, end: int, *, checked: bool) -> Iterator[int]:
    """Where clauses of a sentence begin, each from its adverbs on, or at its verb behind a place. `checked`: it asks for a check."""
    yield start + opening(masked[start:end])
    for match in _BREAK.finditer(masked, start, end):
        mark = match.group().strip()
        if (
            (
                not _TO_VERB.search(masked, max(start, match.start() - _NEAR), match.start())
                or CLICKS_IT.match(masked, match.end())
            )
            and not (mark == "and" and _is_told(masked, start, match.start()))
            # What is checked may be a list of what can be done: "Determine if it can be changed: adjust the size, colour".
            and not (checked and (mark in (",", ":") or _IS_A_PART.match(masked, match.end())))
            and not (mark == "," and _LOOKS_FOR.search(masked, start, match.start()))
        ):
            yield match.end()
            if _PLACE.match(masked, match.end()):
                yield from _behind_a_place(masked, match.end(), end)
    for match in _DASH.finditer(masked, start, end):
        picks = _PICKS.match(masked, start)
        word = _LOWER_WORD.match(masked, match.end())
        if word and (_GESTURE.match(word.group()) or (not picks and OBJECT.match(masked, word.end()))):
            yield match.end()
    yield from (match.start() for match in _PRESSES.finditer(masked, start, end))
    yield from (match.start() for match in _RUN_ON.finditer(masked, start, end))
    yield from (match.start("verb") for match in _BY_MEANS.finditer(masked, start, end))


def _behind_a_place(masked: str, begin: int, end: int) -> Iterator[int]:
    """The verb of a clause that begins with a place: ", from the Edit menu - select Delete", ", on the second tab click the button"."""
    stop = _STOP.search(masked, begin, end)
    for word in _NO_NOUN.finditer(masked, begin, stop.start() if stop else end):
        known = word["verb"] in instructions() or word["verb"] in lexicon("en")["acts"]
        if word.start() > begin and known and OBJECT.match(masked, word.end(), end):
            yield word.start()
            return


def opening(sentence: str) -> int:
    """Where the main clause begins: after a temporal clause and its comma, or at the verb after a place."""
    clause = _TIME_CLAUSE.match(sentence)
    if clause:
        return (
            next(_behind_a_place(sentence, 0, clause.end()), clause.end()) if _PLACE.match(sentence) else clause.end()
        )
    if _PLACE.match(sentence):
        for word in _NO_NOUN.finditer(sentence):
            verb = word["verb"]
            known = verb in instructions() or (verb in lexicon("en")["acts"] and OBJECT.match(sentence, word.end()))
            if word.start() and known:
                return word.start()
    return 0


def begins_with_verb(text: str) -> bool:
    """Whether the first word of a text is a verb of the list."""
    word = _WORD.match(text)
    return bool(word and word.group(1).lower() in instructions())


def has_object(masked: str, end: int) -> bool:
    """Whether an object begins behind a word that ends there."""
    return bool(OBJECT.match(masked, end))


def first_word(masked: str, start: int, end: int) -> re.Match[str] | None:
    """The word in a part of a text that would be the verb of an imperative; group 1 is the word."""
    return _WORD.match(masked, start, end)


def _goes_with_it(masked: str, begin: int, verb: str) -> bool:
    """Whether the verb only says on what the action before it is for."""
    return verb in ("start", "begin", "continue", "proceed") and bool(_AS_WELL.search(masked, 0, begin))


def _first_letter(match: re.Match[str]) -> int:
    """Where the verb begins: at the start of a sentence, its capital letter comes before what was looked up in the list."""
    begin = match.start("verb")
    return begin - 1 if begin and match.string[begin - 1].isupper() else begin


def _is_imperative(masked: str, word: re.Match[str], start: int, end: int) -> bool:
    verb = word.group(1).lower().replace(" ", "-")
    after = masked[word.end(1) : end]
    listed = verb in instructions() or (verb[:2] in ("un", "re") and verb[2:].lstrip("-") in instructions())
    if not listed and not (verb in lexicon("en")["acts"] and (OBJECT.match(after) or _gives_a_value(verb, after))):
        return False
    if _goes_with_it(masked, word.start(1), verb) or _LABEL.match(after):
        return False
    if re.match(r"\s+and\b", after) and _BY_DOING.search(masked, 0, word.start(1)):
        return False
    if verb == "back" and _BACK.match(after):
        return False
    if verb == "skip" and re.match(r"\s+(?:this|the|to)\b", after):
        return False
    # A noun of the same form: "the Open dialog appears", "click is ignored".
    if after.startswith(",") and verb in _ALONE and word.start(1) == start:
        return True
    if re.match(r"\s+(?:is|are|was|were|will|should|key)\b|,", after) or (_NAMED.match(after) and FINITE.search(after)):
        return False
    before = masked[max(start, word.start(1) - _LIST_LENGTH) : word.start(1)]
    return not before or not goes_on_with_a_list(before, word.group(1), after)


def _gives_a_value(verb: str, after: str) -> bool:
    """ "supply password": in notes a value has no article."""
    word = re.match(r"\s+([a-z]+)\b", after) if verb in _GIVES else None
    return bool(word and word[1] in lexicon("en")["valued"] | lexicon("en")["changeable"])
