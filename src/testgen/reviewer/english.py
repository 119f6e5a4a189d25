"""English steps: where actions begin, and which of them are checks, by rules and a list of verbs. Steps are imperatives."""

import re

from testgen.reviewer.english_checks import ASIDE, CHECK, IN_CASE, check_verbs, question, without_examples
from testgen.reviewer.english_gestures import separate
from testgen.reviewer.english_preconditions import owned, precondition
from testgen.reviewer.english_results import circumstances, content, done_by_then, negative
from testgen.reviewer.reading import Reading, Span
from testgen.text.marks import MASK
from testgen.text.sentences import sentence_spans
from testgen.text.verbs import instructions

# What the grammar of a language is asked for stands in this module, wherever it is made.
__all__ = [
    "CHECK",
    "PLAIN_CHECK_IS_STYLE",
    "actions",
    "circumstances",
    "commands",
    "content",
    "negative",
    "read",
    "without_examples",
]

PLAIN_CHECK_IS_STYLE = True

# Where an imperative can stand: at the start of a sentence, or after what joins clauses.
_LEAD = (
    r"(?:(?:please|then|now|next|finally|first|also|again|simply|just|later|afterwards?|immediately|and|to)\s+){0,8}"
)
_BREAK = re.compile(
    r"(?:^|[.!:;\n]\s+|>\s*(?=\w+\s+(?:on|the|an?|\ue000))|,\s*(?:and\s+|then\s+|later\s+)*|\band\s+(?:then\s+|later\s+)?|\bthen\s+|\blater\s+)",
    re.IGNORECASE,
)
_TIME_CLAUSE = re.compile(
    r"^(?:once|after|when|while|before|as soon as|if|at|in|on|from|under|during|with|using|for|to)\b[^,.]*,\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^(?:at|in|on|from|under|with|using|once)\b", re.IGNORECASE)
_ONE_MORE = re.compile(
    rf"\b(?:and then|and later|then)\s+(?:on\s+)?(?:the\s+\S|{MASK})|(?<=\bclick )[^.,]{{0,200}}?{MASK}\s+and\s+(?:on\s+)?(?:the\s+)?{MASK}",
    re.IGNORECASE,
)
# "Point your mouse to the tab and click it" is one gesture.
_POINTS = re.compile(
    r"^(?:point|move|hover|place|position)\b[^.;,]{0,80}?\b(?:mouse|pointer|cursor)\b[^.;,]{0,80}?\band (?=(?:left[- ]|right[- ]|double[- ])?click\b|press the (?:\w+ )?(?:mouse )?button\b|(?:drag|move|scroll|hold|press)\b)",
    re.IGNORECASE,
)
# Press Enter to accept it and start …: what the key is for.
_AS_WELL = re.compile(
    r"\bto (?:accept|confirm|continue|proceed|agree|acknowledge|finish)\b[^.;,]{0,60}\band $", re.IGNORECASE
)
# By selecting File, Open and then choosing …: the names of a menu's entries.
_BY_DOING = re.compile(r"\bby \w+ing\b[^.;]{1,60},\s*$")
# After "and" or "then", or at the start of a sentence, whatever takes an object is an order, whether or not the list of verbs has it.
_NO_VERB = (
    r"(?!(?i:in|on|with|from|to|for|of|by|at|that|which|all|both|if|when|while|until|after|before|see|is|are|was|were|has|have|had|do|"
    r"does|did|will|can|may|must|should|into|onto|over|under|not|only|also|then|as|than|like|without|within|between|through|about|"
    r"above|below|behind|beside|near|via|per|nor|or|and|but|so|how|what|where|whether|either|neither|during|inside|outside|half|"
    r"such|against|around|across|along|toward|towards|upon|have|let|later|again|once|because|since|unless|though|although|even|just|"
    r"could|would|might|this|the|your|there|here|other|make|note|ensure|that)\b)"
)
_UNLISTED = re.compile(
    rf"(?:\b(?:and(?: then)?|then|, then)\s+{_NO_VERB}|(?:^|[.!]\s+){_NO_VERB}(?-i:[A-Z]))"
    rf"(?P<verb>[a-z]{{2,}}(?<!s)(?<!ed)(?<!ing)(?<!ly))\s+(?:the|an?|your|{MASK}|its?|this|that)(?!\w)"
)
# "… and using your mouse wheel change the volume": the means stand before the verb.
_BY_MEANS = re.compile(
    r"\band (?:using|with|by means of)\s+(?:[\w-]+\s+){1,5}?(?P<verb>[a-z]+)(?=\s+(?:the|an?|your|its)\b)"
)
# "select 1024x768 hit apply": nothing joins them.
_PRESSES = re.compile(r"(?<!\bto )(?<!\byou )(?<!\bor )\b(?:hit|press) (?:apply|ok|enter|return)\b", re.IGNORECASE)
_WORD = re.compile(_LEAD + r"([A-Za-z]+(?:[- ]click)?)", re.IGNORECASE)
_STATE = re.compile(
    r"^(?:the|a|an|your|this|it|you|there|running|[A-Z]\w+)\b[^,;]*?\b(?:should|will|must)\b(?! not be able)"
    r"|^(?:the|an?|your|this|it)\b(?:\s+[\w"
    + MASK
    + r"-]+){0,5}\s+(?:appears?|opens|closes|starts|loads|(?:is|are) (?:now |still )?(?:the same|unchanged|identical|different|equal|empty|visible)|is (?:shown|displayed|opened|closed|started)|shows|displays)\b",
    re.IGNORECASE,
)
# "Do you use Kubuntu? If not, skip this test": a question that decides who goes on.
_GOES_ON = re.compile(r"\s*if (?:no|yes|not|so)\b", re.IGNORECASE)
# Looking at something is no action of its own where it is looked at for a check.
_LOOKS = re.compile(
    r"(?:review|inspect|examine|compare|find|look|watch|identify|read|observe|consider|view)\b", re.IGNORECASE
)
# After something was done, the last thing asked for: it is looked at.
_LOOKS_FOR = re.compile(r"\bto (?:check|look|search|watch) for\b", re.IGNORECASE)
# What is checked goes on: "an accurate and complete representation".
_IS_A_PART = re.compile(r"[a-z]+ (?!the|an?|your|its?|this|that|on|in|to|for|each|all)[a-z]+ of\b", re.IGNORECASE)
_EXAMINES = re.compile(r"(?:review|inspect|examine|compare)\b", re.IGNORECASE)
# A sentence that explains: "Changes in context include …", "The tool will list …".
_EXPLAINS = re.compile(
    r"\W{0,4}note\W{0,4}:\W|(?:the |an? )?(?-i:[A-Z])?[\w -]{2,60}? (?:includes?|means?|refers? to|consists? of|are defined as|is defined as)\b"
    r"|(?:if [^,.\n]{3,80}, )?(?-i:[A-Z]{2,}|[A-Z][a-z]+(?: [a-z]+)?) (?:will (?:provide|reveal|show|list|display|contain)|may not)\b"
    r"|(?-i:[A-Z]{3,}|The tool) (?:provides|highlights|outlines|lists|displays|indicates|shows)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s+(?:button|dialog|window|tab|menu|icon|bar|box|field|list)\b")
# "Tick removed from box", "Login options shown": the word is what is seen, since a participle or a denial follows with no object before it.
_IS_A_NOUN = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}?(?:not\s+)?(?:shown|displayed|removed|hidden|opened|closed|gone|visible|enabled|disabled|raised|raises|lowered|"
    r"greyed|grayed|highlighted|selected|cleared|updated|added|listed|present|missing)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r",\s*(?:then\s+)?(?:type|press|click|select|enter|choose|confirm (?:that|your|the))\b", re.IGNORECASE
)
_SHELL = re.compile(r"\$? ?sudo\s+\S{1,100}|\$ \w+")
_NEAR = 60  # characters; "to" and its verb are no longer
_TO_VERB = re.compile(r"\bto (?!default|zero|normal|none|off|on\b)\w+\s*$", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|should|opens|appears?|closes|shows?|starts|launches|plays|changes|moves|loads|contains|displays|changed|opened|closed|started|loaded|moved|remains|has|have)\b",
    re.IGNORECASE,
)


def read(text: str, masked: str, *, begun: bool) -> Reading:
    """What an action says, without its examples. A state to make sure of is a precondition only until something has been done."""
    masked = without_examples(masked)
    needed = (owned(masked) if begun else None) or (None if begun else precondition(masked))
    if needed:
        end = next((end for start, end in sentence_spans(masked) if end > needed[0]), len(masked))
        # Behind it something may yet be done.
        behind = separate(text[end:], masked[end:], actions(masked[end:]))
        return Reading([end + begin for begin in behind], precondition=needed)
    if explains(masked):
        return Reading(idle=True)
    checks = [check for check in check_verbs(masked) if not _is_a_purpose(masked, check.start())]
    told = None if checks else state(masked)
    done = separate(text, masked, actions(masked))
    if checks and all(_LOOKS.match(masked, begin) or _in_case(masked, begin, checks[0].start()) for begin in done):
        done = []
    done = (
        done[:-1] if len(done) > 1 and masked[done[-1] :].lower().startswith("wait ") else done
    )  # what is waited for is seen
    if len(done) > 1 and not checks:
        if all(_LOOKS.match(masked, begin) for begin in done):
            done = done[:1]
        elif looks := _EXAMINES.match(masked, done[-1]):
            return Reading(done[:-1], looks.span())
    if not done and checks and _does_before(masked, checks[0].start()):
        done = [_opening(masked)]
    asked = question(masked)
    idle = bool(asked and _GOES_ON.match(masked, asked[1]))
    return Reading(done, checks[0].span() if checks else None, None, None if idle else asked, told, idle)


def explains(masked: str) -> bool:
    """Whether an action only tells what something is or does."""
    return bool(_EXPLAINS.match(masked)) and not actions(masked)


def _does_before(masked: str, check: int) -> bool:
    """ "Tab through the page and verify …": something is done before the check, although the list does not contain its verb."""
    first = _opening(masked[:check])
    named = re.match(r"[A-Z][a-z]+\s", masked[first:check])
    return (
        bool(named and re.search(r"\band (?:then )?$", masked[:check]))
        and not _LOOKS.match(masked, first)
        and first < check
    )


def _is_a_purpose(masked: str, check: int) -> bool:
    """ "Now to check that it is saved, go to the menu …": says why the action is done."""
    before = re.search(
        r"(?:^|[.!]\s+)(?:(?:now|then|next|finally|again|in order),?\s+)*to $", masked[:check], re.IGNORECASE
    )
    return bool(before and any(begin > check for begin in actions(masked)))


def _in_case(masked: str, begin: int, check: int) -> bool:
    """Whether an action after a check is done only under a condition, which `conditional-step` reports."""
    sentence = next((start for start, end in sentence_spans(masked) if start <= begin < end), 0)
    return check < sentence and bool(re.match(r"if\b", masked[sentence:], re.IGNORECASE))


def actions(masked: str) -> list[int]:
    """Where actions begin: verbs of the list in a place where an imperative can be. Checks do not count."""
    checks = {match.start() for match in check_verbs(masked)}
    found = [match.end() - 1 for match in _ONE_MORE.finditer(masked)]
    begins_with_a_check = False
    for start, end in sentence_spans(masked):
        first = start + _opening(masked[start:end])
        begins = [first]
        begins_with_a_check = bool(CHECK.match(masked, first))
        begins += [
            match.end()
            for match in _BREAK.finditer(masked, start, end)
            if not _TO_VERB.search(masked, max(start, match.start() - _NEAR), match.start())
            # What is checked may be a list of what can be done: "Determine if it can be changed: adjust the size, colour".
            and not (
                begins_with_a_check and (match.group().strip() in (",", ":") or _IS_A_PART.match(masked, match.end()))
            )
            and not (match.group().strip() == "," and _LOOKS_FOR.search(masked, start, match.start()))
        ]
        begins += [match.start() for match in _PRESSES.finditer(masked, start, end)]
        begins += [match.start("verb") for match in _BY_MEANS.finditer(masked, start, end)]
        for begin in sorted(set(begins)):
            word = _WORD.match(masked, begin, end)
            if word and word.start(1) not in checks and _is_imperative(masked, word, end):
                found.append(word.start(1))
    if found and not begins_with_a_check:
        found += [
            begin
            for match in _UNLISTED.finditer(masked)
            if (begin := _first_letter(match)) not in checks and not _goes_with_it(masked, begin, match["verb"])
        ]
    aside = [match.span() for match in IN_CASE.finditer(masked)]
    found = [begin for begin in found if not any(start < begin < end for start, end in aside)]
    pointing = _POINTS.match(masked)
    if pointing:
        found = [begin for begin in found if begin != pointing.end()]
    return sorted(set(found)) if len(found) > 1 or not _ONE_MORE.search(masked) else []


def _goes_with_it(masked: str, begin: int, verb: str) -> bool:
    """Whether the verb only says on what the action before it is for."""
    return verb in ("start", "begin", "continue", "proceed") and bool(_AS_WELL.search(masked, 0, begin))


def _first_letter(match: re.Match[str]) -> int:
    """Where the verb begins: at the start of a sentence, its capital letter comes before what was looked up in the list."""
    begin = match.start("verb")
    return begin - 1 if begin and match.string[begin - 1].isupper() else begin


def _opening(sentence: str) -> int:
    """Where the main clause begins: after a temporal clause and its comma, or at the verb after a place."""
    clause = _TIME_CLAUSE.match(sentence)
    if clause:
        return clause.end()
    if _PLACE.match(sentence):
        for word in re.finditer(r"(?<!\bto )(?<!\bthe )(?<!\ba )(?<!\byour )\b[A-Za-z]+", sentence):
            if word.start() and word.group().lower() in instructions() and word.group()[0].islower():
                return word.start()
    return 0


def _is_imperative(masked: str, word: re.Match[str], end: int) -> bool:
    verb = word.group(1).lower().replace(" ", "-")
    if verb not in instructions() and not (verb[:2] in ("un", "re") and verb[2:].lstrip("-") in instructions()):
        return False
    after = masked[word.end(1) : end]
    if _goes_with_it(masked, word.start(1), verb):
        return False
    if re.match(r"\s+and\b", after) and _BY_DOING.search(masked, 0, word.start(1)):
        return False
    if word.group(1).lower() == "skip" and re.match(r"\s+(?:this|the|to)\b", after):
        return False
    # A noun of the same form: "the Open dialog appears", "click is ignored".
    return not re.match(r"\s+(?:is|are|was|will|should|key)\b|,", after) and not (
        _NAMED.match(after) and _FINITE.search(after)
    )


def state(masked: str) -> Span | None:
    """A sentence that says what the product does instead of what to do."""
    masked = ASIDE.sub(lambda match: MASK * len(match.group()), masked)
    for start, end in sentence_spans(masked):
        head = masked[start + _opening(masked[start:end]) : end]
        if _EXPLAINS.match(head):
            continue
        if _STATE.match(head) and not _begins_with_verb(head):
            return start, end
    return None


def _begins_with_verb(text: str) -> bool:
    word = _WORD.match(text)
    return bool(word and word.group(1).lower() in instructions())


def commands(masked: str) -> Span | None:
    """An imperative inside an expected result."""
    for start, end in sentence_spans(masked):
        order = _ORDER.search(masked, start, end)
        if order:
            return order.span()
        if done := done_by_then(masked, start, end):
            return done
        command = _SHELL.match(masked, start, end)
        if command:
            return command.span()
        word = _WORD.match(masked, start, end)
        if not word or word.group(1).lower() not in instructions() or CHECK.match(masked, word.start(1)):
            continue
        after = masked[word.end(1) : end]
        if _IS_A_NOUN.match(after):
            continue
        told = _FINITE.search(after)
        # "Open dialog appears" tells what is seen; "Open the file, which is shown" is an order.
        if told and not re.search(r"[,;]|\b(?:that|which|and|when|until|if)\b", after[: told.start()]):
            continue
        if not re.match(r"\s+(?:of|mode)\b|,", after):
            return word.span(1)
    return None
