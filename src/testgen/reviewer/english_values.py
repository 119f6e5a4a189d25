"""English wording: values that a step leaves to the tester."""

import re
from collections.abc import Iterator

from testgen.reviewer.english import actions
from testgen.reviewer.reading import Span
from testgen.text.marks import MASK

_DETERMINER = r"(?:the|your|an?|its|their|his|her|any|some)"
# What has a value that somebody has to know.
_VALUED = (
    r"names?|user ?names?|user ?ids?|ids?|password|passphrase|pin|codes?|text|words?|phrases?|strings?|values?|numbers?|address(?:es)?|dates?|times?|titles?|"
    r"subjects?|details?|info|information|credentials?|data|locations?|descriptions?|comments?|messages?|notes?|remarks?|reasons?|amounts?|"
    r"quantit(?:y|ies)|prices?|e-?mails?|urls?|links?|terms?|keywords?|queries|query|labels?|characters?|content|hostname|domain|"
    r"coordinates|settings|parameters|options|dose|weight|height|age|phone|score|rating|birthday|duration|limit|threshold"
)
# A value is entered, and the step has none: no number, nothing in quotes, no name.
_ENTERS = re.compile(
    rf"\b(?:(?:enter|type(?: in)?|input|key in|fill (?:in|out))\s+(?:(?:{_DETERMINER})\s+(?:[a-z]+\s*){{1,4}}|(?:[a-z]+ ){{0,2}}?(?:{_VALUED})\b)"
    rf"|(?:insert|provide|supply|write(?: down)?|specify|set|submit|assign)\s+(?:{_DETERMINER}\s+)?(?:[a-z]+ ){{0,3}}?(?:{_VALUED})\b)",
    re.IGNORECASE,
)
# Places that are entered, not filled.
_PLACES = re.compile(
    r"\b(?:menus?|mode|bios|setup|screens?|pages?|director(?:y|ies)|folders?|rooms?|state|shell|console|session|site|app|application|building|"
    r"tab|view|section|area|wizard|game|lobby|keys?|command|commands|button)\b",
    re.IGNORECASE,
)
# What a system asks for by its kind: to choose one without saying which is to leave it open.
_PARAMETER = (
    r"(?:languages?|locations?|countr(?:y|ies)|regions?|cit(?:y|ies)|time ?zones?|locales?|keyboards?(?: layouts?)?|layouts?|keymaps?|resolutions?|"
    r"mirrors?|formats?|colou?rs?|fonts?|themes?|currenc(?:y|ies)|dates?|time ?slots?|quantit(?:y|ies)|amounts?|sizes?|roles?|categor(?:y|ies)|priorit(?:y|ies)|"
    r"(?:payment|shipping|delivery|sorting|partitioning|installation|login|contact) (?:methods?|types?|options?|dates?|times?|schemes?)|(?:sort|search) (?:order|criteri(?:a|on))|"
    r"brightness|volume|speed|ratings?|genders?|departments?|reasons?|duration|hostname|host name|password|passphrase|user ?name|pin|nickname)"
)
_ENTITY = (
    r"(?:disks?|drives?|partitions?|images?|files?|folders?|printers?|networks?|devices?|accounts?|users?|options?|items?|packages?|photos?|songs?|tracks?|albums?|"
    r"applications?|apps?|windows?|icons?|seats?|rooms?|products?|customers?|patients?|members?|slots?|stations?|channels?|profiles?|plans?|wallpapers?|"
    r"contacts?|messages?|records?|rows?|entries|templates?|branch(?:es)?|criteria|software|drivers?|interfaces?|modes?|types?|values?|styles?|shades?|effects?)"
)
_CHOOSES = re.compile(
    rf"\b(?:select|choose|pick|specify|set|decide on)\s+(?:(?:(?:{_DETERMINER}|preferred)\s+)?(?:[a-z]+ ){{0,2}}?{_PARAMETER}|(?:(?:your|an?|some)\s+(?:[a-z]+ )?{_ENTITY}|(?:[a-z]+ )?{_ENTITY}(?=\s*(?:$|[.,;]|(?:to|for|of|in|on|from|and|or|with)\b))))"
    rf"(?!\s+(?:tabs?|menus?|options?|buttons?|fields?|dialogs?|icons?|pages?|windows?|screens?|lists?|drop|settings?|box|bar|columns?|panels?|"
    rf"which|that|you|from step|created|from above|mentioned|listed|named|called|used|added|just|shown|whose|titled|labell?ed|properties|manager|selector|section|entry|link|row|view)\b)\b",
    re.IGNORECASE,
)
# A quantity is turned up or down, or changed, and nobody says how far or to what.
_CHANGES = re.compile(
    r"\b(?:change|adjust|modify|alter|vary|tweak|increase|decrease|raise|lower|set|update|edit)\s+(?:[a-z]+ ){0,2}?"
    r"(?:volume|brightness|contrast|size|resolution|speed|zoom|colou?rs?|value|values|settings|options|position|order|language|quantity|"
    r"amount|price|date|time|status|address|name|level|levels|temperature|pressure|dose|rate|limit|orientation|theme|font|password|preferences|details)\b"
    r"(?!\s+(?:tabs?|menus?|buttons?|fields?|dialogs?|icons?|pages?|windows?|screens?|dialog|entry|link|option)\b)",
    re.IGNORECASE,
)
_TO_A_VALUE = re.compile(
    r"\b(?:to|from|by|into|with|as|until|using|between|among|for each|of each|on|off|back|up|down|so that|again)\b", re.IGNORECASE
)
_VALUE = re.compile(rf"[\d{MASK}:=<]|\b(?-i:[A-Z])|\bkeys?\b", re.IGNORECASE)
# What was said before, or stands elsewhere in the step.
_NAMED_BEFORE = re.compile(
    r"\b(?:again|previous(?:ly)?|above|same|created|earlier|chosen|defined|noted|copied|generated|received|registered|old|current|following|follows|default|"
    r"original|blank|empty|nothing|just|recommended|suggested|proposed|preselected|pre-selected|first|second|third|last|next|top|bottom|only|other|all|both|each|every|"
    r"highlighted|selected|corresponding|step|confirmation|displayed|shown|sent|printed|from)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\b[A-Z]{2,5}\b")  # the IP address, a PIN: a kind of value
_CLAUSE = re.compile(r"[.;\n]|,\s|\b(?:and then|then|or)\b", re.IGNORECASE)


def values(masked: str) -> Iterator[tuple[str, Span]]:
    """What is entered, chosen or changed without a value in its clause."""
    begins = actions(masked)
    for kind, rule, pattern in (
        ("entered", "missing-test-data", _ENTERS),
        ("chosen", "unspecified-value", _CHOOSES),
        ("changed", "unspecified-value", _CHANGES),
    ):
        for match in pattern.finditer(masked):
            end = _end_of_clause(masked, match.start(), begins)
            told = _ACRONYM.sub("", masked[match.start() + match.group().find(" ") : end])
            if _VALUE.search(told) or _NAMED_BEFORE.search(told) or _tells(kind, masked, match, told):
                continue
            yield rule, (match.start(), min(match.end(), end))


def _tells(kind: str, masked: str, match: re.Match[str], told: str) -> bool:
    """What else makes good a value: a place that is gone into; to what something changes."""
    if kind == "entered":
        return bool(_PLACES.search(match.group()))
    if kind == "changed":
        return bool(_TO_A_VALUE.search(told))
    return False


def _end_of_clause(masked: str, start: int, begins: list[int]) -> int:
    following = next((begin for begin in begins if begin > start), len(masked))
    cut = _CLAUSE.search(masked, start, following)
    return cut.start() if cut else following
