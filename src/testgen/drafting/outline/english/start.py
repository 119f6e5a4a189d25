"""Where a test begins: who signs in, which screen or path is opened, and which record."""

import re

from testgen.drafting.outline.english.entries import ACCOUNT, BY_NAME, NEAR, Entries
from testgen.drafting.outline.model import Act, Move
from testgen.text.normal import normalise

_PATH = re.compile(
    r"(?<![\w>→/])(?!See |Open |Under |In |On |The |Via |From )(?:\*\*)?[A-Z][\w'&/-]*(?: [A-Z][\w'&-]*| [a-z]+(?=\s>))?(?:\s[>→]\s(?:\([\w ]+\)|[A-Z][\w'&-]*(?: [\w'&-]+){0,2}?)){1,5}(?=\*\*|[,.:;)]|\s(?:all|each|every|the|asks|shows|opens|has|offers|lists?|leads|(?!is\b|has\b|as\b)[a-z]{3,}s(?= (?:the|an?|all) )|until|from|when|if|for|where|after|before|by|as|can|may|must|and|with|is|to)\b|$)",
    re.MULTILINE,
)
_SENDS = re.compile(
    r"\s[>→]\s(?P<last>Submit|Save|Send|Publish|Confirm|Apply|Import|Export|Start|Print|Create|Book|Pay|OK|Run now|Run|Execute|Sync now)$"
)
_PLACE = re.compile(
    r"(?:^|[.\n]\s{0,12})(?:On|In|Under) (?P<place>[A-Z][a-z]\w*(?: [a-z]+)?)(?=,| every| each| there| an? | the | one )"
)
_THERE = re.compile(
    r"(?:^|[.\n]\s{0,12}|(?<!then)\s)(?:[Oo]n|[Ii]n|[Aa]t|[Vv]ia|[Uu]sing) the (?P<place>(?:[\w-]+ ){0,2}(?:editor|wizard|form|page|screen|portal|app|console|kiosk|terminal|dialog|overview|inbox|cart|basket|checkout|planner|calendar|dashboard|viewer|settings))\b(?! (?:icon|store|version|bar|list|tab|log)\b)"
)
_OPEN = re.compile(r"\bis open\b|\bare open\b|\bshown\b|\bdisplayed\b|\bon page\b|\bon the screen\b", re.IGNORECASE)
_SIGNED = re.compile(r"\b(?:signed|logged)[ -](?:in|on)\b|\bsession\b", re.IGNORECASE)
_SIGNS = re.compile(r"\b(?:sign|log)(?:s|ned|ged|ning|ging)?[ -]?(?:in|on)\b|\blogin\b", re.IGNORECASE)
_WHO = re.compile(r"\b[Uu]ser (?P<who>[a-z]+[._]?\w+)(?= (?:has|with|is|exists)\b)")
_RECORD = re.compile(
    r"\b(?P<record>(?:order|project|document|contract|ticket|invoice|claim|case|patient|article|product|booking|reservation|quote|task|route|course|policy|account|incident|shipment|work order|change request|application|loan|employee|customer|contact|page|item|asset|supplier|recipe|playlist|album|board|issue) (?:\"[^\"]{1,40}\"|#?[A-Z]{0,6}-?\d[\w-]*))",
    re.IGNORECASE,
)


class Start(Entries):
    """Reads it from one case."""

    def start(self) -> tuple[list[Move], list[Move]]:
        """Who signs in and what is opened; and the last part of a path that sends what is entered."""
        opened, last = self._opened()
        record = None if self.sent() else self._record()
        return [*filter(None, (self._signed_in(), *opened, record))], last

    def _signed_in(self) -> Move | None:
        """The one account of the case, where nobody has signed in yet."""
        if _SIGNED.search(self.given) or _OPEN.search(self.given):
            return None
        nouns = {*self.tongue.lexicon.data["actor_nouns"], "login", "account"}
        named = [
            datum.value
            for datum in self.reading.data
            if normalise(self.tongue.head(datum.name)) in nouns and ACCOUNT.fullmatch(datum.value)
        ]
        named += [found["who"] for found in _WHO.finditer(self.given)]
        if named and "@" in named[0] and not _SIGNS.search(f"{self.text} {self.expected} {self.case.title}"):
            return None  # it is written to
        if len(set(named)) != 1 or any(self.tongue.seer(wanted.text) for wanted in self.reading.wanted):
            return None
        return Move(Act(self.phrase("sign_in", who=named[0]), "login", (named[0],)))

    def _opened(self) -> tuple[list[Move], list[Move]]:
        path = next((found for found in _PATH.finditer(self.text) if self._starts(found)), None)
        if path:
            name = path.group().strip("*")
            sends = _SENDS.search(name)
            if sends and (self.reading.data or " " in sends["last"]):
                label = sends["last"]
                name = name[: sends.start()]
                if ">" not in name and "→" not in name:
                    return [], [Move(Act(self.phrase("press_label", label=label), "press", (label,)))]
                return [self._go(name)], [Move(Act(self.phrase("press_label", label=label), "press", (label,)))]
            return [self._go(name)], []
        place = _PLACE.search(self.text)
        if place and (place["place"].lower() in self.tongue.lexicon.data["deeds"]):
            place = None  # on Transfer the agent chooses a team
        screens = self._screens()
        name = place["place"] if place else self._there() or (screens[0] if screens else "")
        if not name or (_OPEN.search(self.given) and normalise(name) in normalise(self.given)):
            return [], []
        if place:
            return [self._go(name)], []
        return [Move(Act(self.phrase("open_screen", screen=name), "open", (name,), name))], []

    def _there(self) -> str:
        """In the route editor, on the page Cart: a bare "on the page" names none."""
        for found in (*_THERE.finditer(self.text), *_THERE.finditer(self.case.title)):
            place = found["place"]
            if re.match(r"(?:next|first|last|previous|same|other) ", place):
                continue
            if " " in place or place in (
                "portal",
                "console",
                "kiosk",
                "terminal",
                "checkout",
                "cart",
                "basket",
                "inbox",
            ):
                return place
            if named := re.match(
                r"\s(?P<name>[A-Z][a-z]+)\b", self.text[found.end() :] if found.string is self.text else ""
            ):
                return f"{place} {named['name']}"
        return ""

    def _go(self, path: str) -> Move:
        return Move(Act(self.phrase("go_to", path=path), "open", (path,)))

    def _starts(self, found: re.Match[str]) -> bool:
        """Whether a path is the way to begin: no chain of states, and not where a result is looked at."""
        text = self.text
        begin = max(text.rfind("\n", 0, found.start()) + 1, found.start() - NEAR)
        before = text[begin : found.start()]
        looked = re.search(r"\b(?:see|look|looks|view|viewed|listed|shown|logged)\b[^.]*$", before, re.IGNORECASE)
        states = re.fullmatch(r"[A-Z\d\W_]+", found.group())
        led = ">" in found.group() or re.search(r"(?:via|reach|under|open|go to)\s*\**$", before, re.IGNORECASE)
        return bool(led) and not (looked or states) and found.group() not in self.expected

    def _screens(self) -> list[str]:
        """Those that are spoken of as known: not "a red screen", and not what only comes of something."""
        text = f"{self.text}. {self.case.title if re.search(r'(?:the|in|on|from|of) [^.]*$', self.case.title) else ''}"
        return [
            name
            for name in self.tongue.screens(text)
            if name.split(" ")[0].lower() not in self.tongue.lexicon.stop_terms
            and not re.search(
                r"^[A-Z][a-z]+ [a-z]+ [a-z]{3,}s [a-z]+$|\b(?:another|each|every|a|an) |\b(?i:next|first|last|previous|single) (?:page|screen)$| list$",
                name,
            )
            and not re.search(
                rf"\b(?:an?|another|no)\s+{re.escape(name)}|\b(?:web|result|review|summary|next|first|last|previous|confirmation|start|login|error|success) (?:page|screen)$|(?:written|logged|listed|shown|opens|and|leads|returns|goes|back|redirects)\s+(?:to |in |on )?(?:the )?{re.escape(name)}",
                text,
                re.IGNORECASE,
            )
        ]

    def _record(self) -> Move | None:
        """Order 4711 is paid: the one record that the preconditions tell of is opened, where title or results speak of its kind."""
        for datum in self.reading.data:
            kind = datum.name.split()[0]
            if BY_NAME.match(datum.name) and re.search(rf"\b{re.escape(kind)}s?\b", self.given, re.IGNORECASE):
                thing = f"the {datum.name[:1].lower()}{datum.name[1:]}"
                return Move(Act(self.phrase("open_record", record=thing), "open", (thing,)))
        found = [match["record"] for match in _RECORD.finditer(self.given)]
        if len(set(found)) != 1 or _OPEN.search(self.given):
            return None
        name = found[0]
        kind = re.sub(r"\s+(?:\"[^\"]*\"|\S+)$", "", name).split()[-1].lower()
        about = f"{self.case.title} {self.case.objective or ''}".lower()
        opened = re.sub(r"^(?:an?|the|that|and|one)\s+", "", name, flags=re.IGNORECASE)
        named = normalise(name) in self.spoken or normalise(name) in normalise(
            " ".join(act.text for act in self.reading.title.acts)
        )
        if kind not in about or named or kind in ("account", "customer", "employee", "contact"):
            return None
        text = self.phrase("open_record", record=opened[:1].lower() + opened[1:])
        return Move(Act(text, "open", (opened,)))
