"""English steps: where actions begin, and which of them are checks, by rules and a list of verbs. Steps are imperatives."""

import re
from functools import lru_cache

from testgen.reviewer.english_checks import ASIDE, CHECK, check_verbs, question, without_examples
from testgen.reviewer.english_clauses import FINITE, actions, begins_with_verb, first_word, has_object, opening
from testgen.reviewer.english_gestures import separate
from testgen.reviewer.english_preconditions import by_the_way, owned, precondition
from testgen.reviewer.english_results import circumstances, content, done_by_then, negative
from testgen.reviewer.reading import Reading, Span
from testgen.text.marks import MASK
from testgen.text.sentences import sentence_spans
from testgen.text.verbs import inflected, instructions

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
    "says_what_is_seen",
    "without_examples",
]

PLAIN_CHECK_IS_STYLE = True

_STATE = re.compile(
    r"^you (?:can|are (?:now )?able to) (?!also|use|skip|accept)\w+"
    r"|^(?:the|a|an|your|this|it|you|there|running|[A-Z]\w+)\b[^,;]*?\b(?:should|will|must)\b(?! not be able)"
    r"|^(?:the|an?|your|this|it|[A-Z][a-z]+)\b(?:\s+[\w"
    + MASK
    + r"-]+){0,5}\s+(?:appears?|opens|closes|(?:re)?(?:starts|boots)|loads|begins|finishes|(?:is|are) (?:now |still )?(?:the same|unchanged|identical|different|equal|empty|visible)|is (?:shown|displayed|opened|closed|started)|shows|displays)\b",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"\bwill (?:appear|open|pop[- ]up|come up|show up|be (?:shown|displayed|presented|opened))\b", re.IGNORECASE
)
# "Run the command to check the version": what the action is for.
_OF_A_THING = re.compile(
    r"check (?:the|its) (?:(?!is\b|are\b|has\b|have\b)[\w-]+ ?){1,5}(?:[.,:;]|$|(?:of|in|for)\b)", re.IGNORECASE
)
# The product asks and the answer stands behind it: "How do you want to manage upgrades? No automatic updates".
_ANSWER = re.compile(r"\s*(?!if\b)[A-Z][^?.;]{1,40}\.?\s*", re.IGNORECASE)
# "Specify hostname box appears": a name that begins with a verb.
_SHOWN = re.compile(
    r"(?!.{0,40}\b(?:wait|until|till|when|once|if|so that)\b)[A-Z][\w -]{2,40} (?:box|dialog(?:ue)?|window|screen|page|prompt|menu) (?:appears|opens|is (?:shown|displayed))\.?$",
    re.IGNORECASE,
)
# "Do you use Kubuntu? If not, skip this test": a question that decides who goes on.
_GOES_ON = re.compile(r"\s*if (?:no|yes|not|so)\b", re.IGNORECASE)
_CASE = 120  # characters of a condition and its comma
# What is checked only under a condition, which `conditional-step` reports: "If you hear nothing, first check that …".
_IF_SO = re.compile(r"\bif [^.,;\n]{3,80},\s*(?:then |first |please |you should )*$", re.IGNORECASE)
# Looking at something is no action of its own where it is looked at for a check.
_LOOKS = re.compile(
    r"(?:review|inspect|examine|compare|find|look|watch|identify|read|observe|consider|view)\b", re.IGNORECASE
)
# What is waited or looked for at the end is only seen.
_SEEN_ONLY = re.compile(r"wait\b|look for\b", re.IGNORECASE)
_EXAMINES = re.compile(r"(?:review|inspect|examine|compare)\b(?![^.;\n]*:)", re.IGNORECASE)
# A sentence that explains: "Changes in context include …", "The tool will list …".
_EXPLAINS = re.compile(
    r"\W{0,4}note\W{0,4}:\W|(?!please\b)(?:the |an? )?(?-i:[A-Z])?[\w -]{2,60}? (?:includes?|means?|refers? to|consists? of|are defined as|is defined as)\b"
    r"|(?:if [^,.\n]{3,80}, )?(?-i:[A-Z]{2,}|[A-Z][a-z]+(?: [a-z]+)?) (?:will (?:provide|reveal|show|list|display|contain)|may not)\b"
    r"|(?-i:[A-Z]{3,}|The tool) (?:provides|highlights|outlines|lists|displays|indicates|shows)\b",
    re.IGNORECASE,
)
# "Tick removed from box", "Login options shown": the word is what is seen, since a participle or a denial follows with no object before it.
_IS_A_NOUN = re.compile(
    r"\s+(?:(?!(?:the|an?|your|its?|that|which)\b)[a-z]+\s+){0,6}?(?:not\s+)?(?:shown|displayed|removed|hidden|opened|closed|gone|visible|enabled|disabled|raised|raises|lowered|"
    r"greyed|grayed|highlighted|selected|cleared|updated|added|listed|present|missing)\b"
    r"|\s+(?:button|dialog(?:ue)?|window|screen|menu|icon|page|prompt|key|field)\s*(?:$|[.,;]|(?:at|in|on|with|for|works?|again)\b)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r",\s*(?:then\s+)?(?:(?:type|press|click|select|enter|choose)\b(?! of\b)|confirm (?:that|your|the)\b|(?P<verb>[a-z]+) (?:the|your|it)\b)",
    re.IGNORECASE,
)


def says_what_is_seen(masked: str, check: Span) -> bool:
    """An English check always does: "check that …"."""
    del masked, check
    return True


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
    if done:
        checks = [check for check in checks if not _IF_SO.search(masked, max(check.start() - _CASE, 0), check.start())]
    if checks and all(_LOOKS.match(masked, begin) or _in_case(masked, begin, checks[0].start()) for begin in done):
        done = []
    done = done[:-1] if len(done) > 1 and _SEEN_ONLY.match(masked, done[-1]) else done
    if len(done) > 1 and not checks:
        if all(_LOOKS.match(masked, begin) for begin in done):
            done = done[:1]
        elif looks := _EXAMINES.match(masked, done[-1]):
            return Reading(done[:-1], looks.span(), by_the_way(masked))
    if not done and checks and _does_before(masked, checks[0].start()):
        done = [opening(masked)]
    # "A dialog will appear. Select Continue": where the action is done.
    told = None if told and done and _WILL.search(masked, told[0], done[0]) else told
    asked = question(masked)
    idle = bool(asked and _GOES_ON.match(masked, asked[1]) and not any(begin < asked[1] for begin in done))
    if asked and not done and _ANSWER.fullmatch(masked, asked[1]):
        return Reading([asked[0]])
    aside = by_the_way(masked) if done else None
    told = None if aside and told and told[0] <= aside[0] < told[1] else told
    done = [begin for begin in done if not aside[0] <= begin < aside[1]] if aside else done
    return Reading(done, checks[0].span() if checks else None, aside, None if idle else asked, told, idle)


def explains(masked: str) -> bool:
    """Whether an action only tells what something is or does."""
    return bool(_EXPLAINS.match(masked)) and not actions(masked)


def _does_before(masked: str, check: int) -> bool:
    """ "Tab through the page and verify …": something is done before the check, although the list does not contain its verb."""
    first = opening(masked[:check])
    named = re.match(r"[A-Z][a-z]+\s", masked[first:check])
    return (
        bool(named and re.search(r"\band (?:then )?$", masked[:check]))
        and not _LOOKS.match(masked, first)
        and first < check
    )


def _is_a_purpose(masked: str, check: int) -> bool:
    """ "Now to check that it is saved, go to the menu …": says why the action is done."""
    if (
        masked.endswith(" to ", 0, check)
        and _OF_A_THING.match(masked, check)
        and any(begin < check for begin in actions(masked))
    ):
        return True
    before = re.search(
        r"(?:^|[.!]\s+)(?:(?:now|then|next|finally|again|in order),?\s+)*to $", masked[:check], re.IGNORECASE
    )
    return bool(before and any(begin > check for begin in actions(masked)))


def _in_case(masked: str, begin: int, check: int) -> bool:
    """Whether an action after a check is done only under a condition, which `conditional-step` reports."""
    sentence = next((start for start, end in sentence_spans(masked) if start <= begin < end), 0)
    return check < sentence and bool(re.match(r"if\b", masked[sentence:], re.IGNORECASE))


def state(masked: str) -> Span | None:
    """A sentence that says what the product does instead of what to do."""
    masked = ASIDE.sub(lambda match: MASK * len(match.group()), masked)
    for start, end in sentence_spans(masked):
        head = masked[start + opening(masked[start:end]) : end]
        if _EXPLAINS.match(head):
            continue
        if _SHOWN.match(head) or (_STATE.match(head) and not begins_with_verb(head)):
            return start, end
    return None


@lru_cache(maxsize=2048)
def commands(masked: str) -> Span | None:
    """An imperative inside an expected result."""
    for start, end in sentence_spans(masked):
        for order in _ORDER.finditer(masked, start, end):
            if not order["verb"] or order["verb"] in instructions():
                return order.span()
        if done := done_by_then(masked, start, end):
            return done
        word = first_word(masked, start, end)
        if word and _is_an_order(masked, word, end):
            return word.span(1)
        behind = start + opening(masked[start:end])
        placed = first_word(masked, behind, end) if behind > start and masked[behind - 2 : behind] == ", " else None
        if (
            placed
            and placed.group(1).islower()
            and has_object(masked, placed.end(1))
            and _is_an_order(masked, placed, end)
        ):
            return placed.span(1)
    return None


def _is_an_order(masked: str, word: re.Match[str], end: int) -> bool:
    """Whether a word of a result is an imperative: "Open dialog appears" tells what is seen, "Open the file, which is shown" is an order."""
    verb = word.group(1).lower()
    tries = verb == "test" and has_object(masked, word.end(1))
    if (verb not in instructions() and not tries) or CHECK.match(masked, word.start(1)):
        return False
    after = masked[word.end(1) : end]
    following = re.match(r"\s+([a-z]+s)\b", after)
    if _IS_A_NOUN.match(after) or (following and inflected().get(following[1], following[1]) != following[1]):
        return False
    told = FINITE.search(after)
    if told and not re.search(r"[,;]|\b(?:that|which|and|when|until|if)\b", after[: told.start()]):
        return False
    return not re.match(r"\s+(?:of|mode)\b|,", after)
