"""English: which actions of a step form one gesture. Menus, pointing, dragging and confirming a choice take two verbs."""

import re
from collections.abc import Sequence

from testgen.text.marks import MASK

# Menus that nearly every program has; a quoted one of these is opened, not carried out.
_MENU_NAMES = (
    r"file|edit|view|insert|format|tools?|windows?|help|options|history|bookmarks|image|layers?|filters?|colou?rs|go|places|applications|"
    r"system|games?|menu|file menu"
)
_MENU = re.compile(
    r"\b(?:(?:sub)?menus?|menu ?bar|context|drop[- ]?downs?|combo ?box|pop-?up|pull-?down|top bar|indicator|applet)\b"
    rf"|[\"'“‘*]+(?:{_MENU_NAMES})[\"'”’*]+|\balt ?\+ ?[a-z]\b|\bf\d\d?\b"
    r"|\b(?:on|open|click|press|select|choose|to)\s+(?-i:File|Edit|View|Tools|Help|Insert|Format|Options)\b(?!\s*(?:->|>|→))",
    re.IGNORECASE,
)
_BARE_MENU = re.compile(
    rf"(?:select|click|click on|choose|press|open) (?:the )?(?:{_MENU_NAMES})\s*(?:,|>|->|→)\s*", re.IGNORECASE
)
_FROM_A_MENU = re.compile(
    r"\b(?:from|in|on) (?:the |its |this |that )?(?:\w+[ -]){0,3}?(?:menu|drop[- ]?down|pull[- ]?down|pop-?up)\b"
    r"|\bmenu (?:entry|item|option)\b",
    re.IGNORECASE,
)
# What is opened is clicked; what is chosen has been chosen already, unless it is a menu itself.
_OPENS = re.compile(
    r"(?:click|left[- ]click|press|tap|hit|open|pull|expand|go|navigate|hover|point|move|display|show|access|activate|bring)\b",
    re.IGNORECASE,
)
_PICKS = re.compile(r"(?:select|choose|pick|click|left[- ]click|press|tap|go|navigate|highlight|hit)\b", re.IGNORECASE)
# Keys are no action of their own: "Use the arrow keys to select a language and press Enter".
_CHOOSES = re.compile(
    r"(?:use (?:the |your )?(?:[a-z]+[ /-]){0,4}?(?:keys?|arrows?|tab|keyboard) to )?"
    r"(?:select|choose|pick|highlight|navigate|move|scroll|tab|mark|go|check|tick|press (?:the )?(?:tab|\w+ arrow)(?: key)? until)\b",
    re.IGNORECASE,
)
_RIGHT_CLICKS = re.compile(
    r"(?:right[- ]?click|(?:long|right)[- ]press|click (?:with )?(?:the )?right|press and hold)\b", re.IGNORECASE
)
_CONFIRMS = re.compile(
    r"(?:(?:press|hit|push|tap|strike) (?:the |on |on the )?|(?:confirm|accept|select)(?: it)? (?:with|by|using) (?:pressing )?)"
    r"[\"'*<\[]*(?:enter|return|space|spacebar|space bar)\b",
    re.IGNORECASE,
)
_ENTERS_A_FIELD = re.compile(
    r"(?:click|tap|double[- ]click)\b[^.;]{0,50}\b(?:field|(?:text|search|entry|input) ?(?:box|bar|area|field))\W+(?:and |then )*",
    re.IGNORECASE,
)
# "Exit the shell. Type Ctrl+D": what is done, and how.
_TO_LEAVE = re.compile(r"(?:exit|quit|leave|log ?(?:out|off) (?:of|from))\b[^.;:,]{1,30}[.:,]\s+", re.IGNORECASE)
# Enter or Tab behind what is typed ends the input.
_TYPES = re.compile(
    r"(?:type|enter|re-?enter|re-?type|input|write|key|fill|insert|give|provide|supply|specify|introduce|add|confirm|name|"
    r"leave (?:it|this|the \w+) (?:blank|empty))\b"
    r"|(?:change|set|edit|re(?:place|name)|modify)\b[^.;,]{1,60}? (?:to|with|as) "
    r"|[^.;,]{3,80}?\bby (?:typing|entering|writing|inputting)\b",
    re.IGNORECASE,
)
_ENDS_AN_INPUT = re.compile(
    r"(?:press|hit|push|tap|strike) (?:the |on |on the )?[\"'*<\[]*(?:enter|return|tab)\b", re.IGNORECASE
)
# What is clicked to unfold a list: the arrow beside an icon, an applet, the + of a tool bar.
_UNFOLDS = re.compile(
    r"(?:click|left[- ]click|press|tap|hit|open)\b(?![^.;]{0,60}\bbutton)[^.;]{0,60}?"
    r"(?:\b(?:icons?|arrow|applet|indicator|tool ?bar|tray|logo|gear|launcher|title ?bar)\b|\s\+\s)",
    re.IGNORECASE,
)
_SELECTS = re.compile(r"(?:select|choose|pick)\b", re.IGNORECASE)
_DRAGS = re.compile(r"(?:click|press|hold)\b[^.;,]{0,40}\bmouse button\b", re.IGNORECASE)
_LOOKS_FOR = re.compile(r"(?:look (?:for|at)|find|locate)\b", re.IGNORECASE)
_GRABS = re.compile(
    r"(?:drag|grab|hold|pick up|press and hold|click and hold|select|choose|pick|take|highlight)\b", re.IGNORECASE
)
_DROPS = re.compile(r"(?:drag|drop|release|pull|let go)\b", re.IGNORECASE)
_MOVES = re.compile(r"(?:move|resize|slide|pull|push)\b", re.IGNORECASE)
_HOLDS = re.compile(r"(?:hold|keep holding|press and hold)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"(?:point|hover|scroll)\b|(?:move|place|position|put|drag)\b[^.;]{0,60}?\b(?:mouse ?pointer|mouse|pointer|cursor)\b",
    re.IGNORECASE,
)
_CLICKS = re.compile(
    r"(?:(?:left|right|double|middle)[- ]?click|click|tap|scroll|drag|hold|use the (?:mouse )?wheel)\b"
    r"|press (?:the )?(?:left |right |middle )?(?:mouse )?button\b|move the \w+\b",
    re.IGNORECASE,
)
# A path through menus, and the entry, or its mark, that it ends at: "View -> Location Selector, pick Pathbar Style".
_PATH = re.compile(
    r"(?:go|navigate|select|click|open|choose)\b(?![^.;]*\b(?:tab|dialog))[^.;]{1,60}(?:->|→|\s>)", re.IGNORECASE
)
_ENDS_A_PATH = re.compile(
    r"(?:(?:un)?(?:tick|check)|(?:un)?(?:tick|check)/(?:un)?(?:tick|check)|toggle) (?:it|its?|the) ?(?:check ?box|entry|mark)?"
    r"|(?:select|pick|choose|click|activate)(?: on)?(?: the)? (?-i:[\"'“A-Z])[^.;,]*$|select\W*$",
    re.IGNORECASE,
)
# What the key brings about: "Hit Escape and exit the set-up".
_ESCAPES = re.compile(r"(?:press|hit)\b[^.;,]{0,20}\b(?:esc|escape|alt ?\+ ?f4|ctrl ?\+ ?[cdqw])\b", re.IGNORECASE)
_LEAVES = re.compile(r"(?:exit|quit|leave|close|cancel|return|go back)\b", re.IGNORECASE)
_ICON = re.compile(r"\b(?:icon|logo)\b", re.IGNORECASE)
_AND_HOLD = re.compile(r"(?:press|click|tap|touch|push) and $", re.IGNORECASE)
_A_CONTROL = re.compile(r"\b(?:buttons?|check ?box(?:es)?|tabs?|radio|ok|apply)\b", re.IGNORECASE)


def separate(text: str, masked: str, begins: Sequence[int]) -> list[int]:
    """Where actions begin, without those that only complete the gesture of the one before. `text` includes its quotes."""
    kept: list[int] = []
    in_a_menu = False
    for place, begin in enumerate(begins):
        end = begins[place + 1] if place + 1 < len(begins) else len(text)
        if not place:
            kept.append(begin)
            continue
        before, start = begins[place - 1], max(masked.rfind(". ", 0, begin), 0) if place == 1 else begins[place - 1]
        opened, then = text[min(start, before) : begin], text[begin:end]
        elliptic = _has_no_verb(text, masked, begin)
        picks = (elliptic or _PICKS.match(then)) and not _A_CONTROL.search(masked, begin, end)
        by_menu = picks and (
            in_a_menu
            or _opens_a_menu(text[before:begin], opened)
            or (_FROM_A_MENU.search(then) and _OPENS.match(text, before))
            or (elliptic and _ICON.search(text, before, begin))
        )
        if _BARE_MENU.fullmatch(text, before, begin):  # Select edit, move to trash
            in_a_menu = True
            continue
        if by_menu or _completes(text, before, begin, then):
            in_a_menu = bool(by_menu)
            continue
        in_a_menu = False
        kept.append(begin)
    return _up_to_a_confirmation(text, kept)


def _has_no_verb(text: str, masked: str, begin: int) -> bool:
    """Whether the action is only an object, like the second one in: click on "File", then on the "Open" entry."""
    return masked[begin] == MASK or bool(re.search(r"\bthe\s+$", text[max(begin - 8, 0) : begin], re.IGNORECASE))


def _opens_a_menu(action: str, sentence: str) -> bool:
    if _RIGHT_CLICKS.match(action):
        return True
    opens = _OPENS.match(action) or re.match(r"(?:select|choose)\s+(?:the\s+)?(?:\S+\s+)?menu\b", action, re.IGNORECASE)
    return bool(opens and _MENU.search(sentence) and not re.search(r"\bon the menu ?bar\b", action, re.IGNORECASE))


def _completes(text: str, before: int, begin: int, then: str) -> bool:
    """Whether the second action is the rest of the first: confirming, dropping, clicking what is pointed at."""
    action = text[before:begin]
    if _LOOKS_FOR.match(action):
        return True
    if (_ENTERS_A_FIELD.fullmatch(action) and _TYPES.match(then)) or (
        _TO_LEAVE.fullmatch(action) and _OPERATES.match(then)
    ):
        return True
    if re.search(r"[.;]\s+\S*$", action):
        return False
    return bool(
        (_AND_HOLD.fullmatch(action) and re.match(r"(?:hold|drag)\b", then, re.IGNORECASE))
        or (
            re.match(r"(?:copy|cut)\b[^.;,]{0,40} and $", action, re.IGNORECASE)
            and re.match(r"paste\b", then, re.IGNORECASE)
        )
        or (_CHOOSES.match(action) and _CONFIRMS.match(then))
        or (_TYPES.match(action) and _ENDS_AN_INPUT.match(then))
        or (_GRABS.match(action) and _DROPS.match(then))
        or (re.match(r"(?:grab|drag|hold|take)\b", action, re.IGNORECASE) and _MOVES.match(then))
        or (
            _HOLDS.match(action)
            and (_CLICKS.match(then) or re.match(r"(?:press|release|type|use)\b", then, re.IGNORECASE))
        )
        or (_POINTS.match(action) and _CLICKS.match(then))
        or (_PATH.match(action) and _ENDS_A_PATH.match(then))
        or (_ESCAPES.match(action) and _LEAVES.match(then))
        or re.match(r"(?:keep|hold) (?:it|them|the \w+(?: \w+)?) (?:pressed|down|held)\b", then, re.IGNORECASE)
        or (_DRAGS.match(action) and re.match(r"(?:drag|draw|move)\b", then, re.IGNORECASE))
        or (_UNFOLDS.match(action) and _SELECTS.match(then) and not _A_CONTROL.search(then))
        or (
            re.match(
                r"(?:go|move|navigate) to the (?:top bar|menu ?bar|tool ?bar|task ?bar|(?:\w+ )?(?:panel|pane|side ?bar))\b",
                action,
                re.IGNORECASE,
            )
            and _CLICKS.match(then)
        )
    )


# An entry is named by what it does: "Finish partitioning", "Erase disk".
_IN_A_NAME = re.compile(r"(?:select|choose)\s+(?-i:[A-Z][a-z]+) [a-z ]{2,40} and ", re.IGNORECASE)
_OPERATES = re.compile(
    r"(?:press|hit|click|tap|push|select|choose|continue|then|type|enter|wait|go|open|close|use|drag|confirm|tick|check)\b",
    re.IGNORECASE,
)


def _up_to_a_confirmation(text: str, kept: list[int]) -> list[int]:
    """ "Select Guided and set up LVM and press Enter", "Select Erase disk and install": the name of an entry has verbs in it too."""
    kept = [
        begin
        for place, begin in enumerate(kept)
        if not place or not _IN_A_NAME.fullmatch(text, kept[place - 1], begin) or _OPERATES.match(text, begin)
    ]
    if len(kept) == 3 and re.match(r"(?:select|choose)\b", text[kept[0] :], re.IGNORECASE):
        middle = text[kept[0] : kept[2]]
        if _CONFIRMS.match(text, kept[2]) and not re.search(r"[.,;]", middle):
            return kept[:1]
    return kept
