"""English wording: values that a step leaves to the tester."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from testgen.reviewer.english import actions
from testgen.reviewer.lexicon import lexicon
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK
from testgen.text.verbs import instructions


def _one_of(kind: str) -> str:
    """A word of that kind in the lexicon, in the singular or plural."""
    words = sorted(lexicon("en")[kind], key=len, reverse=True)
    stems = (word.removesuffix("y") + "(?:y|ies)" if word.endswith("y") else word + "(?:e?s)?" for word in words)
    return f"(?:{'|'.join(stem.replace('_', ' ?') for stem in stems)})"


_DETERMINER = r"(?:the|your|an?|its|their|his|her|any|some)"
# Places that are entered, not filled.
_PLACES = re.compile(
    r"\b(?:menus?|mode|bios|setup|screens?|pages?|director(?:y|ies)|folders?|rooms?|state|shell|console|session|site|app|application|"
    r"building|tab|view|section|area|wizard|game|lobby|keys?|command|commands|button)\b",
    re.IGNORECASE,
)
# Behind a parameter or an entity: then it is the name of a control, or something that was told apart.
_NOT_OPEN = (
    r"(?!\s+(?:tabs?|menus?|options?|buttons?|fields?|dialogs?|icons?|pages?|windows?|screens?|lists?|drop|settings?|box|bar|columns?|"
    r"panels?|which|that|you|created|mentioned|listed|named|called|used|added|just|shown|whose|titled|labell?ed|properties|manager|"
    r"selector|section|entry|link|row|view)\b)\b"
)


@cache
def patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    """What is entered, chosen or changed, such as a quantity that is turned up or down without saying how far or to what."""
    valued, parameter, entity = _one_of("valued"), _one_of("parameters"), _one_of("entities")
    enters = (
        r"(?<!re-)\b(?:(?:enter(?:ing)?|type(?: in)?|typing|input|key in|fill (?:in|out)|define|introduce|provid(?:e|ing))\s+"
        rf"(?:{_DETERMINER}\s+(?:[a-z]+\s*){{1,4}}|(?:[a-z]+ ){{0,2}}?{valued}\b)"
        rf"|(?:add|insert|provide|supply|write(?: down)?|specify|set|submit|assign)\s+(?:{_DETERMINER}\s+)?(?:[a-z]+ ){{0,3}}?{valued}\b)"
    )
    chooses = (
        r"(?<!on )\b(?:select|choose|pick|specify|set|decide on)\s+"
        rf"(?:(?:{_DETERMINER}\s+)?(?:{_one_of('of_parameters')} ){{0,2}}{parameter}"
        rf"|your\s+(?:[a-z]+ )?[a-z]+|(?:an?|some)\s+(?:[a-z]+ )?{entity}"
        rf"|(?:[a-z]+ )?{entity}(?=\s*(?:$|[.,;]|(?:to|for|of|in|on|from|and|or|with|there|here)\b)))"
    )
    changes = (
        r"(?<!the )\b(?:vary|increase|decrease|raise|lower|set|update|edit)\s+(?:[a-z]+ ){0,2}?"
        rf"{_one_of('changeable')}\b(?!\s+(?:tabs?|menus?|buttons?|fields?|dialogs?|icons?|pages?|windows?|screens?|entry|link|option)\b)"
    )
    changes += (
        r"|(?<!the )\b(?:configure|customi[sz]e|set up)\s+(?:the |your |its )?(?:[a-z]+ )??"
        rf"(?:{parameter}|settings?|options?|preferences?){_NOT_OPEN}"
    )
    changes += r"|(?:(?<=and )|(?<=then )|(?<=, ))(?:change|adjust|vary|modify)(?=\s*(?:$|[.;]))"
    changes += r"|\b(?:re)?name\s+(?:the|your|an?|this)\s+(?:[a-z]+ ){0,2}[a-z]+\b"
    alters = (
        r"(?<!the )(?<!press )(?<!click )(?<!select )\b(?:chang(?:e|ing)|adjust(?:ing)?|modify(?:ing)?|alter(?:ing)?|tweak)\s+"
        r"(?:(?:the|each|all|your|its|an?|any)\s+)?"
        rf"(?!(?:to|into|in|on|of|for|next|back|from|over|between|with|and|or|by|it|[a-z]+ly)\b)(?:{MASK}+|[a-z][\w-]*)"
    )
    fills = (
        r"\bfill(?: in| out)?\s[^.;,]{1,40}?\swith\s+(?:(?:your|own|the|required|requested|necessary|needed|personal|missing) ){1,4}"
        rf"{valued}\b"
    )
    gives = rf"\bgive\s+(?:(?:the|your|its?|this|an?)\s+)?(?:[a-z]+\s+){{0,2}}?an?\s+(?:[a-z]+\s+)?{valued}\b"
    enters += f"|{fills}|{gives}"
    found = {"entered": enters, "chosen": chooses + _NOT_OPEN, "changed": changes, "altered": alters}
    return [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in found.items()]


_TO_A_VALUE = re.compile(
    r"\b(?:to|from|by|into|with|as|until|between|on|off|back|up|down|so that|again)\b",
    re.IGNORECASE,
)
# How it is done, and what for: neither is the value.
_MEANS = re.compile(
    r"\bwith (?:(?:the|an?|your) )?(?:[a-z]+ )?(?:slider|wheel|mouse|keys?|keyboard|buttons?|controls?|bar|knob|arrows?)\b"
    r"|\bto (?P<purpose>[a-z]+)\s*$|\bfrom there\b|\bfrom (?:the|an?) (?:[a-z-]+ ){0,2}(?:list|menu|drop[- ]?down|combo ?box)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(rf"[\d{MASK}:=<]|\b(?-i:[A-Z])|\bkeys?\b", re.IGNORECASE)
_TO_OTHERS = re.compile(r"[:=]|\b(?:same|follow(?:s|ing))\b")
# What was said before, or stands elsewhere in the step.
_NAMED_BEFORE = re.compile(
    r"\b(?:again|previous(?:ly)?|above|same|created|earlier|chosen|defined|noted|copied|generated|received|registered|old|current|"
    r"following|follows|default|original|blank|empty|nothing|just|recommended|suggested|proposed|pre-?selected|first|second|third|last|"
    r"next|top|bottom|only|other|all|both|each|every|highlighted|selected|corresponding|step|confirmation|displayed|shown|sent|printed|"
    r"from|you (?:set|chose|made|\w+ed))\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\b[A-Z]{2,5}\b")  # the IP address, a PIN: a kind of value
_YOURS = re.compile(rf"[a-z]+(?: in| out)? your (?:[\w-]+ ){{0,3}}(?:{_one_of('valued')})\b", re.IGNORECASE)
_IN_A_FIELD = re.compile(
    rf"\b(?:in|into|inside|on|at|to) (?:the )?(?:[a-z]+ ){{0,2}}?(?:{MASK}+|[A-Z]\w+)"
    r"(?: (?:\w+ )?(?:field|box|entry|area|form|prompt|page|dialog|window|screen|tab)\b|(?=\s*(?:$|[.,;])))"
)
_CLAUSE = re.compile(r"[.;\n]|,\s|\(default\b|\b(?:and then|then|(?-i:or))\b", re.IGNORECASE)
# Before a capital, what is worked or gone to by its name: "Tap Change seat", "Go to Change history".
_BY_NAME = re.compile(
    r"(?:\b(?P<verb>[a-z]+)|\b(?:go|going|navigate|switch|move|return|back|scroll|jump|proceed|on) to|\b(?:under|the|via|called|named))"
    r"(?: on| in)? $",
    re.IGNORECASE,
)
_NAME_IS_NEAR = 30  # characters


def values(masked: str) -> Iterator[tuple[str, Span]]:
    """What is entered, chosen or changed without a value in its clause."""
    found = [(kind, match) for kind, pattern in patterns() for match in pattern.finditer(masked)]
    begins = actions(masked) if found else ()
    for kind, match in found:
        if _is_a_name(masked, match.start()):
            continue
        end = _end_of_clause(masked, match.start(), begins)
        if lexicon("en")["vague"] & set(match.group().split()):
            continue
        # Your Launchpad password: the name is not the value.
        yours = _YOURS.match(masked, match.start(), end)
        told = masked[yours.end() if yours else match.start() + match.group().find(" ") : end]
        told = _ACRONYM.sub("", _IN_A_FIELD.sub("", told)) if kind == "entered" else _MEANS.sub(_unless_a_value, told)
        given = _TO_OTHERS if kind == "altered" else _VALUE
        named = kind != "altered" and _NAMED_BEFORE.search(told)
        if not (given.search(told) or named or _tells(kind, match, told)):
            yield "missing-test-data", (match.start(), min(match.end(), end))


def _is_a_name(masked: str, start: int) -> bool:
    """Whether a verb with a capital is a part of the name of what the word before it works on."""
    near = max(start - _NAME_IS_NEAR, 0)
    before = _BY_NAME.search(masked, near, start) if masked[start].isupper() else None
    return bool(before and (not before["verb"] or before["verb"].lower() in instructions()))


def _unless_a_value(means: re.Match[str]) -> str:
    """ "to launch" is a purpose, "to german" the value."""
    purpose = means["purpose"]
    return means.group() if purpose and purpose.lower() not in instructions() else ""


def _tells(kind: str, match: re.Match[str], told: str) -> bool:
    """What else replaces a value: a place that is entered, or what something changes to."""
    if kind == "entered":
        set_to = re.match(r"set\b", match.group(), re.IGNORECASE) and re.search(r"\b(?:to|as|on|off|up)\b", told)
        gives = match.group()[:4].lower() == "give"
        return bool((_PLACES.search(match.group()) and not gives) or set_to)
    return kind in ("changed", "altered") and bool(_TO_A_VALUE.search(told))


def _end_of_clause(masked: str, start: int, begins: Sequence[int]) -> int:
    following = next((begin for begin in begins if begin > start), len(masked))
    cut = _CLAUSE.search(masked, start, following)
    return cut.start() if cut else following
