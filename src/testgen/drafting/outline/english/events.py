"""Names of what is done, as imperatives: battery swap, GW off, second prune, the declaration, without receipt."""

import re

from testgen.drafting.outline.english.acts import NOUNS
from testgen.drafting.outline.english.forms import KEY
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act
from testgen.text.marks import MASK, mask

_PARENS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OPERATION = (
    "press|click|tap|attempt|swap|swipe|restart|reboot|log-?off|log-?in|log-?out|sign-?in|sign-?out|retry|scan|entry|input|upload|download|"
    "call|refresh|reload|run|request|delete|save|cancel|search|submit|approve|reject|upgrade|downgrade|book|pay|merge|start|stop|launch|kill|reset|rollback|undo|redo|transfer|shutdown|wake-?up|power-?up|start-?up|"
    "approval|rejection|confirmation|activation|cancellation|submission|message|application|payment|"
    "back out|check|cut|import|export|prune|post|sync|order|attempt|change"
)
EVENT = re.compile(
    rf"(?:(?:one|single|first|second|third|fourth|another|next|repeated|short|long|double|real) )*(?:(?!to |the |that )[\w-]+ )?(?:{_OPERATION})(?: (?:of|on|to|with|without|w/o|at|while|during|by|from|again|as)\b.*)?$"
    rf"|(?:second|third|another|next) \S+.*|.{{3,}} (?:again|during)\b.*|(?:Ctrl|Cmd|Alt|Shift)\b.*",
    re.IGNORECASE,
)
_COMPOUND = re.compile(rf"[a-z]+ (?:{_OPERATION}|loss|failure)\b", re.IGNORECASE)
OF_WHAT = re.compile(
    r"(?:the |an? )?(?P<nth>(?:one |single |first |second |third |next |short |long |another )*)(?P<op>press|click|tap|use|call|change|restart|upload|download|scan|swap|swipe|start|stop|reset|import|export|delivery|request) (?:of|on) (?P<np>.+)",
    re.IGNORECASE,
)
PRESSED = re.compile(
    rf"(?:(?:one|a|the|single|another)\s)*(?P<key>(?:{KEY}|Ctrl-[A-Z])(?: (?:during|while|in) .+)?)", re.IGNORECASE
)
HOW = re.compile(r"(?:with|without|w/o|in)\s", re.IGNORECASE)
SWITCHED = re.compile(r"(?P<what>[\w .-]{1,40}?)\s+(?P<how>on|off)$")
STATE = re.compile(r".*\b(?:back|online|offline|open|closed|full|empty|lost|gone|off|on)(?: again)?$", re.IGNORECASE)
NEGATED = re.compile(
    r"^(?:nobody|no one|none|nothing|neither)\b|\b(?:never|hardly|no longer|not yet|yet to)\b|\b(?:left|still|kept|remain(?:s|ed|ing)?) un[a-z]+ed\b",
    re.IGNORECASE,
)
_NO_DEED = re.compile(r"\w*thing|evening|morning|spring|string|meeting|ceiling|king|ring|wing", re.IGNORECASE)
_FAILS = re.compile(r"\b(?:failure|loss|outage|interruption|crash|error|jam|break)$", re.IGNORECASE)
_BEHIND = re.compile(r"\s(?:with|without|of|on|to|for|in|at|by|from|again)\s")
_LEADING = re.compile(r"^(?:after|when|once|on|upon|if|following|for|during)\s+", re.IGNORECASE)
_NTH = {**dict.fromkeys(("second", "third", "next", "another"), " again"), "short": " (short)", "long": " (long)"}
_NEXT = re.compile(
    r"^(?:(?:on|at|upon|after)\s+)?(?:the\s+)?next\s+(?P<verb>launch|start(?:-?up)?|login|log-in|sign-in|restart|reload|refresh|re-?boot|boot|power-?up)\b",
    re.IGNORECASE,
)
_BEGUN = {
    **dict.fromkeys(("login", "log-in", "sign-in"), "sign in"),
    **dict.fromkeys(("boot", "reboot", "re-boot"), "restart the product"),
    **dict.fromkeys(("start-up", "startup"), "start the product"),
    **dict.fromkeys(("power-up", "powerup"), "switch the product on"),
}


def next_time(text: str) -> str:
    """Next launch, on the next sign-in: what is done again, as an order; else empty."""
    found = _NEXT.match(text)
    verb = found["verb"].lower() if found else ""
    return f"{_BEGUN.get(verb, f'{verb} the product')} again" if found else ""


def flat(text: str) -> str:
    """With quotes, brackets and values masked."""
    return _PARENS.sub(lambda found: MASK * len(found.group()), mask(text))


class Events:
    """Words that say what is done, as acts."""

    def __init__(self, lexicon: Lexicon, reader: Reader) -> None:
        self._lexicon, self._reader = lexicon, reader

    def acts(self, words: str) -> tuple[Act, ...]:
        """The acts of a clause that is a trigger."""
        plain = re.sub(r"\s+(?:also|still|only)$", "", words.strip(" .,"))
        reader = self._reader
        if _NO_DEED.fullmatch(plain):
            return ()
        alone = reader.verbs.entry(plain) if re.fullmatch(r"[a-z-]+ing", plain) else None
        if alone and alone[0].kind in ("action", "told") and alone[0].lemma not in ("sign in", "log in"):
            return (Act(f"{alone[0].lemma} {self._lexicon.phrase('it')}", "do"),)
        if found := reader.by_gerund(plain):
            return found.acts
        first = plain.split(" ", 1)[0].lower()
        if first in NOUNS and _COMPOUND.match(plain):
            return ()  # power cut
        return reader.acts(plain, told=False, led=True) or reader.passive(plain) or reader.done(plain)

    def named(self, words: str, *, then: bool = False) -> tuple[Act, ...]:
        """What is switched, pressed, opened or carried out; a case that is tried, or what comes `then`."""
        words = _LEADING.sub("", words.strip(" ,"))
        phrase = self._lexicon.phrase
        if words.lower() in ("again", "it"):
            return ()
        if act := self._touched(words) or self._done(words):
            return (act,)
        if HOW.match(words):
            return (Act(words[:1].lower() + words[1:], "variant", (words,)),)
        if STATE.fullmatch(words) and not words.lower().startswith(("back", "log", "sign")):
            return (Act(phrase("bring_about", what=words), "nominal", (words,)),)
        if re.fullmatch(r"repeated|second time|repeat", words, re.IGNORECASE):
            return (Act(phrase("again"), "variant", (words,)),)
        if _FAILS.search(_BEHIND.split(words, maxsplit=1)[0]):
            return (Act(phrase("bring_about", what=words), "nominal", (words,)),)
        if self.is_event(words):
            return self._carried_out(words)
        key = "continue_with" if then else "with"
        return (Act(phrase(key, what=words), "nominal" if then else "variant", (words,)),)

    def is_event(self, words: str) -> bool:
        """Whether a noun phrase names something that is done: by its form or by its noun."""
        plain = re.sub(r"^(?:the|an?)\s+", "", flat(words), flags=re.IGNORECASE)
        head = _BEHIND.split(plain, maxsplit=1)[0].split(" ")[-1].lower()
        return bool(EVENT.fullmatch(plain)) or head in self._lexicon.data["deeds"]

    def _touched(self, words: str) -> Act | None:
        """GW off -> switch GW off; Ctrl+Z, AUDIO PAUSE -> press it; a command is run, an address opened."""
        if switched := SWITCHED.match(re.sub(r"^with (?:the )?", "", words)):
            return Act(f"switch {switched['what']} {switched['how']}", "do", (switched["what"],))
        pressed = PRESSED.fullmatch(words)
        key = pressed["key"] if pressed else words if re.fullmatch(r"[A-Z]{2,}(?:[ /-][A-Z]{2,})*", words) else ""
        if key:
            return Act(f"press {key}", "press", (key,))
        text = self._typed(words)
        return Act(text, "open" if text.startswith("open ") else "send", (words,)) if text else None

    def _done(self, words: str) -> Act | None:
        """Short press of the phone key -> press the phone key (short)."""
        of = re.fullmatch(r"(?:the |an? )?(?P<deed>[\w-]+) of (?P<what>.+)", words)
        if of and (deed := self._lexicon.data["deeds"].get(of["deed"].lower())):
            return Act(f"{deed} {of['what']}", "do", (of["what"],))
        done = OF_WHAT.fullmatch(words)
        nth = (done["nth"] or "").strip().lower() if done else ""
        return Act(f"{done['op'].lower()} {done['np']}{_NTH.get(nth, '')}", "do", (done["np"],)) if done else None

    def _typed(self, words: str) -> str:
        """A command that is run, an option that it is run with, an address that is opened."""
        phrase = self._lexicon.phrase
        if re.fullmatch(r"\w+=\S+", words):
            return ""
        if re.match(r"`[^`]+`$", words):
            return phrase("run_command", command=words.strip("`"))
        if words.startswith("--"):
            return phrase("run_with", what=words)
        return f"open {words}" if re.match(r"/\w\S*$|https?://\S+$", words) else ""

    def _carried_out(self, words: str) -> tuple[Act, ...]:
        """Battery swap -> carry out the battery swap."""
        if re.match(r"An? |[A-Z][a-z]+(?:-[a-z]+)?\b(?! [A-Z]|-[A-Z])", words):
            words = words[:1].lower() + words[1:]
        article = "the " if re.match(r"[a-z]", words) and not re.match(r"(?:the|an?|another|one)\b", words) else ""
        head = _BEHIND.split(words, maxsplit=1)[0].split()[-1].lower()
        if deed := self._lexicon.data["deeds"].get(head) if words.lower() == head else None:
            alone = deed.endswith((" in", " out", " off", " up", " over"))
            return (Act(deed if alone else f"{deed} {self._lexicon.phrase('it')}", "nominal", (words,)),)
        if verb := self._lexicon.data["handled"].get(head):
            return (Act(f"{verb} {article}{words}", "send", (article + words,)),)
        return (Act(self._lexicon.phrase("carry_out", what=article + words), "nominal", (words,)),)
