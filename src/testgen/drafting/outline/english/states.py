"""English: what is so, as what brings it about: the door closed, Wi-Fi off, battery under 10 %."""

import re

_BE = r"(?:is |are |was |were |has been |has |comes? |goes )?(?:still |now |again )?"
_REST = r"(?P<rest>(?:,? (?:again|and [a-z]+ed|alone|while|during|for|in|at|with|until|by|before|after|on|half-way|to|from)\b.*| \(.*)?)"
_ACTS = {  # longest first
    "closed": "close {np}", "shut": "close {np}", "open": "open {np}",
    "off": "switch {np} off", "on": "switch {np} on", "out": "take {np} out", "in": "put {np} in",
    "empty": "empty {np}", "full": "fill {np}", "gone": "take {np} away", "missing": "leave {np} out",
    "down": "take {np} down", "offline": "take {np} offline", "online": "bring {np} online", "back": "bring {np} back",
    "taken out": "take {np} out", "taken away": "take {np} away", "taken off": "take {np} off", "put in": "put {np} in",
    "put back": "put {np} back", "lost": "cut {np} off",
}  # fmt: skip
_STATE = re.compile(
    rf"(?:the )?(?P<np>(?:(?!(?:no|not|never|nobody|both|all|it|he|she|they|goes|comes|with|without|soft|half|held|kept|left|runs?|has|been|stuck|does|is|are|was|were|taken|put|switched|turned|face|[a-z]+ed)\b)(?![a-z]+(?:ing|ed) (?:{_BE})?(?:in|out|on|off|back)\b)[\w./#-]+ ){{1,5}}?){_BE}(?P<state>{'|'.join(_ACTS)}){_REST}$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"(?:the )?(?P<np>(?:(?!has|have|is|been)[a-z][\w-]* ){1,3}?)(?:is |falls |rises |drops |goes )?(?P<to>under|over|below|above) (?P<value>[\d€$£][\w.,%° /]*)$",
    re.IGNORECASE,
)
_LOSING = re.compile(r"(?:losing|loss of) (?P<np>.+)$", re.IGNORECASE)
_OVER = re.compile(
    r"^(?:the )?[\w -]{1,40} (?:(?:has|have) (?:ended|finished|elapsed|expired|lapsed|timed out|passed)|(?:is|are) (?:over|finished|done))$"
)
CYCLE = r"(?:[\w-]+ ){1,2}?(?:off ?/ ?on|out ?/ ?in|off and (?:back )?on|out and (?:back )?in)|power (?:cycle|cut|loss|outage|failure)"
_CYCLED = re.compile(rf"(?:the |an? )?(?:{CYCLE})", re.IGNORECASE)  # and all is as before, or not
_DISK = re.compile(r"full (?P<np>[a-z -]{3,30})$", re.IGNORECASE)
_BACK = re.compile(r"(?P<np>[^,;:]{3,60}?) back (?P<to>(?:to|in|into|at|on)\b[^;]*)$")
_SETTING = re.compile(
    r"\b(?:clock|status|mode|date|time|setting|language|limit|value|tariff|level|rate|speed|temperature|amount|volume|price|threshold|supply|voltage|pressure|frequency|timeout|interval|counter|role|zone|quota)s?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:to|at) (?:(?:[€$£]\s?)?\d|[A-Z][a-z]+$)")  # or a state by its name
_NO_THING = frozenset(("back", "log", "logged", "sign", "signed", "turned", "go", "come", "it", "they", "he", "she"))
_NO_STATE = re.compile(r"\b(?:carry|carries|keeps?|stays?|remains?)\b")


def brings(cue: str, named: str) -> str:
    """What brings a state about, as an order; `named` is the cue with a small letter, but for names. Empty where it names none."""
    if told := _told_plainly(named):
        return told
    found = None if _NO_STATE.search(cue) else _STATE.match(named)
    form = _ACTS.get(found["state"].lower()) if found else None
    first = found["np"].split(" ")[0].lower() if found else ""
    if not found or not form or first in _NO_THING or first.endswith("ing"):
        return ""
    noun, state = found["np"].strip(), found["state"]
    if state[1:].islower() and state[0].isupper():
        return ""  # a value
    thing = _articled(noun)
    if state.lower() == "back" and (_SETTING.search(noun) or _NUMBER.match(found["rest"].strip())):
        return f"set {thing} back{found['rest']}"
    text = form.format(np=thing)
    return (text[: -len(state)] + state if state.isupper() else text) + found["rest"]


def _told_plainly(named: str) -> str:
    """What needs no verb of a state: the loss of a thing, what is over, full, under a limit, offline."""
    if losing := _LOSING.match(named):
        return f"disconnect {losing['np']}"
    if _OVER.search(named):
        return f"wait until {named}"
    if moved := _moved(named):
        return moved
    if disk := _DISK.match(named):
        return f"fill the {disk['np']}"
    if limit := _LIMIT.match(named):
        return f"bring the {limit['np']}{limit['to']} {limit['value']}"
    if lines := re.fullmatch(r"(?P<np>(?:[a-z]+ )?[a-z]+ and (?:[a-z]+ )?[a-z]+) (?:return|come back)", named):
        return f"restore the {lines['np']}"
    if line := re.fullmatch(r"(?P<go>offline|online|on|off)(?P<again> again)?", named, re.IGNORECASE):
        verb = "go" if len(line["go"]) > len("off") else "switch it"
        return f"{verb} {line['go'].lower()}{line['again'] or ''}"
    return ""


def _moved(named: str) -> str:
    """Mains off/on, batteries out/in, app in background."""
    if ground := re.fullmatch(r"(?:the )?(?P<np>[\w-]+) in (?:the )?(?P<to>background|foreground)", named):
        return f"put the {ground['np']} in the {ground['to']}"
    if not _CYCLED.fullmatch(named):
        return ""
    noun = re.sub(r" (?:out|off|cycle|cut|loss|outage|failure)\b.*$", "", named.removeprefix("the "))
    out = re.search(r"\bout\b(?!age)", named)
    return f"take the {noun} out, then put the {noun} back in" if out else f"switch the {noun} off and on again"


def restores(text: str, named: str) -> str:
    """Weights back in the store -> put the weights back in the store; clock back to network time -> set it back."""
    found = _BACK.fullmatch(named)
    if not found or re.search(r" (?:is|are) |[a-z]ed back ", text):
        return ""
    noun, to = found["np"], found["to"]
    verb = "set" if _SETTING.search(noun) or to.startswith("to status") or _NUMBER.match(to) else "put"
    return f"{verb} {_articled(noun)} back {to}"


def _articled(noun: str) -> str:
    """With its article, where it is no name and has none: the pump; Card A; all weights."""
    own = re.match(
        r"[A-Z\d\"'`]|(?:the|an?|one|two|three|all|both|each|every|its?|his|her|their|your|no|any)\b|\w+['’]s\b", noun
    )
    return noun if own else f"the {noun}"
