"""English: one of several things, and nobody says which. An indefinite object of what the tester does leaves the choice open, but for
what a product has only one of, what is made by the step, and what any of will do."""

import re
from collections.abc import Iterator

from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK

# Where an order, or the means of one, can begin.
_START = (
    r"(?:^|[.!:;>\n(]\s{0,3}|,\s{0,3}|\b(?:and|or|then|by|please|again|now)\s{1,3})"
    r"(?:(?:please|then|now|next|also|again|(?:try|attempt|continue) to|simply|just|alternatively|and|[a-z]{2,15}ly)\s{1,3}){0,4}"
)
_TO_WHAT = r"(?:on|in|to|up|out|into|with|from|at|over|down|through|onto|off|for|about)"
_SEVERAL = r"a (?:few|variety|couple|number|set|range|series)(?: of)?|one(?: of (?:the|these|those|your|its|them))?"
_INDEFINITE = rf"(?:{_SEVERAL}|an?|another|enough|different|alternat(?:ing|ive)|arbitrary|random)"
# What no noun phrase goes over.
_BEHIND = (
    r"(?:and|or|but|in|on|at|to|of|from|with|for|by|into|onto|via|that|which|who|whose|you|it|is|are|was|has|have|as|than|then|until|if|"
    r"when|where|while|so|inside|near|next|using|without|within|per|out|off|not|they|we|before|after|containing|showing|provided|"
    r"available|named|called|titled|labell?ed|the|an?|your|saying|having)\b"
)
_PHRASE = rf"(?P<phrase>(?:\s{{1,3}}(?!{_BEHIND})[\w/-]{{1,40}}){{1,5}})"
_OBJECT = re.compile(
    rf"{_START}(?!{_TO_WHAT}\b)(?P<verb>[a-z]{{2,20}}(?:[- ]click)?)\s{{1,3}}(?:{_TO_WHAT}\s{{1,3}}){{0,2}}"
    rf"(?P<which>{_INDEFINITE}){_PHRASE}",
    re.IGNORECASE,
)
# Where something is put or with what something is done.
_MEANS = re.compile(
    r"\b(?P<verb>boot|connect|attach|import|restore|load|log ?in|sign in|move|copy|drag|save|export|upload|paste|share|send"
    r"|fill|filling|replace|pair|transfer)"
    rf"\b[^.,;:{MASK}]{{0,40}}?\s(?:to|into|onto|from|with|using|via)\s+(?P<which>{_INDEFINITE}){_PHRASE}",
    re.IGNORECASE,
)
# Several of a kind, and nobody says which: "copy files to the stick".
_PLURAL = re.compile(
    rf"{_START}(?P<verb>copy|move|drag|add|upload|send|share|select|choose|pick|mark|delete|insert|attach|import|burn)\s{{1,3}}"
    r"(?:(?!(?:all|both|the|these|those|its|your|more|that|this|new)\b)[a-z]{3,12}\s{1,3})?(?P<kind>[a-z]{3,20}s)(?=\s*(?:$|[.,;]|(?:to|for|in|into|on|onto|from|and|with|inside|at)\b))",
    re.IGNORECASE,
)
# What tells it apart after all.
_TOLD = re.compile(
    rf"\s{{0,3}}(?:\(?[\"']?{MASK}|(?:named|called|titled|labell?ed|(?:of|for) (?:each|every))\b"
    rf"|(?:that is |which is |with |of )?\(?(?:\d|{MASK})|:)"
)

_FOR_WHAT = re.compile(
    rf"\s(?:on|in|at|to|from|for|by|against|via|about)\b[^,.;]{{0,60}}?(?:[\d{MASK}]|(?<=\s)/\w|(?-i:\b[A-Z]))",
    re.IGNORECASE,
)


def choices(masked: str) -> Iterator[tuple[str, Span]]:
    """What is chosen, opened, entered or put somewhere as "a …"."""
    for pattern in (_OBJECT, _MEANS):
        for match in pattern.finditer(masked):
            verb, phrase = match["verb"].lower(), match["phrase"].lower().split()
            told = _TOLD.match(masked, match.end()) or _brought_about(verb, phrase, masked[match.end() :])
            if _left_open(verb, phrase) and not told:
                yield "unspecified-value", (match.start("verb"), match.end())
    for match in _PLURAL.finditer(masked):
        kind = match["kind"]
        if kind.islower() and kind.removesuffix("s") in lexicon("en")["entities"]:
            yield "unspecified-value", (match.start("verb"), match.end())


def _brought_about(verb: str, phrase: list[str], behind: str) -> bool:
    """Whether something comes about by the step, and the clause says for whom or what."""
    words = lexicon("en")
    kinds = words["valued"] | words["entities"]
    return verb in words["bringing_about"] and phrase[-1] not in kinds and bool(_FOR_WHAT.match(behind))


def _left_open(verb: str, phrase: list[str]) -> bool:
    words = lexicon("en")
    if words["vague"] & set(phrase):  # then that is the flaw
        return False
    if verb in words["no_choosing"] or phrase[-1] in words["any_will_do"] or phrase[0] in words["any_will_do"]:
        return False
    if verb in words["handling"] and phrase[-1] in words["physical"]:
        return False
    if verb in words["making"]:  # what is made is known by then, but for its name
        return phrase[-1] in words["valued"]
    return phrase[0] not in ("new", "blank", "empty", "second", "third", "single") or phrase[-1] in words["valued"]
