"""The way into a test: who signs in, what is opened, what is entered, and what the case does as a whole. What the specification
tells without a condition comes in the author's order; the rest is what title, data and places imply."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import FLOW, Act, Datum, Move, Reading
from testgen.drafting.outline.tongue import Tongue
from testgen.drafting.outline.variants import is_variant
from testgen.text.normal import normalise

_PATH = re.compile(
    r"(?<![\w>→])(?!See |Open |Under |In |On |The )(?:\*\*)?[A-Z][\w'&-]*(?: [A-Z][\w'&-]*| [a-z]+(?=\s>))?(?:\s[>→]\s(?:\([\w ]+\)|[A-Z][\w'&-]*(?: [\w'&-]+){0,2}?)){1,5}(?=\*\*|[,.:;)]|\s(?:asks|shows|opens|has|offers|lists?|leads|(?!is\b|has\b|as\b)[a-z]{3,}s(?= (?:the|an?|all) )|until|from|when|if|for|where|after|before|by|as|can|may|must|and|with|is|to)\b|$)",
    re.MULTILINE,
)
_BUTTON = re.compile(
    r"\b(?:button|link|key)\s+(?:labelled\s+)?(?P<label>\*{1,2}[A-Z][^*\n]{1,30}\*{1,2}|\"[^\"\n]{1,40}\"|[A-Z]\w*(?: \w+){0,3}(?=[.,;]|$)|[A-Z]\w*(?: [A-Z]\w*)?)",
    re.MULTILINE,
)
_THE_BUTTON = re.compile(
    r"\b[Tt]he (?P<name>[a-z]+ (?:button|link|icon))\s+(?:is|are|on|in|under|at|opens|starts|leads)\b"
)
_SENDS = re.compile(
    r"\s[>→]\s(?P<last>Submit|Save|Send|Publish|Confirm|Apply|Import|Export|Start|Print|Create|Book|Pay|OK)$"
)
_CALL = re.compile(r"^(?P<verb>GET|POST|PUT|PATCH|DELETE)\s+\S+")
_CALLED = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) /[^\s`\"',;]*")
_COMMAND = re.compile(r"command|script|\bcall\b|\bjob\b", re.IGNORECASE)
_FILE = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,5}\b(?!@)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:^|[.\n]\s*)(?:On|In|Under) (?P<place>[A-Z][a-z]\w*(?: [a-z]+)?)(?=,| every| each| there| an? | the | one )"
)
_THERE = re.compile(
    r"(?:^|[.\n]\s*|(?<!then)\s)(?:[Oo]n|[Ii]n|[Aa]t|[Vv]ia|[Uu]sing) the (?P<place>(?:[\w-]+ ){0,2}(?:editor|wizard|form|page|screen|portal|app|console|kiosk|terminal|dialog|overview|inbox|cart|basket|checkout|planner|calendar|dashboard|viewer|settings))\b(?! (?:icon|store|version|bar|list|tab|log)\b)"
)
_JOB = re.compile(r"\b(?:[Jj]ob|[Ss]cript|[Bb]atch)\s+(?P<name>`[^`\n]+`|\w+[_.]\w+|[A-Z]{2}[A-Z0-9-]{3,})")
_GIVEN_LIMIT = re.compile(
    r"^\W*\d|\b(?:max|min|limit|threshold|warning|critical|expected|count|records?|rows?|lines?|duplicates|number of|remaining|change|time to|holidays?|deadline|timeout|expiry|station|device|version|size|checkpoint|[a-z]+[ _]age|(?:idle|waiting|elapsed|inactivity)[ _]time)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\bis open\b|\bare open\b|\bshown\b|\bdisplayed\b|\bon page\b|\bon the screen\b", re.IGNORECASE)
_SIGNED = re.compile(r"\b(?:signed|logged)[ -](?:in|on)\b|\bsession\b", re.IGNORECASE)
_LOGIN = re.compile(r"[a-z]{1,12}[._][a-z]\w+")
_ACCOUNT = re.compile(r"[a-z]+[._]\w[\w.]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WHO = re.compile(r"\b[Uu]ser (?P<who>[a-z]+[._]?\w+)(?= (?:has|with|is|exists)\b)")
_RECORD = re.compile(
    r"\b(?P<record>(?:order|project|document|contract|ticket|invoice|claim|case|patient|article|product|booking|reservation|quote|task|route|course|policy|account|incident|shipment|work order|change request|application|loan|employee|customer|contact|page|item|asset|supplier|recipe|playlist|album|board|issue) (?:\"[^\"]{1,40}\"|#?[A-Z]{0,6}-?\d[\w-]*))",
    re.IGNORECASE,
)
_BY_NAME = re.compile(
    r"^(?:order|project|document|contract|ticket|invoice|claim|case|patient|booking|reservation|quote|task|route|course|policy|incident|shipment)(?:\s(?:no\.?|number|id))?$",
    re.IGNORECASE,
)
_FILES = re.compile(r"\b(?:files?|documents?|attachments?|images?|photos?|pictures?)\b", re.IGNORECASE)
_FORM = re.compile(
    r"\b(?:enter(?:s|ed|ing)?|entry|fields?|forms?|fill(?:s|ed|ing)?|inputs?|typ(?:es|ed|ing)|wizard|booking|quotes?|values? (?:below|above|outside|between))\b",
    re.IGNORECASE,
)
_SENDING = re.compile(
    r"[\"*](?:Book|Save|Submit|Send|Order|Confirm|Pay|Create|Add|Apply|OK|Next|Search|Continue|Calculate)\b"
)
_FIELD = re.compile(
    r"(?:^|\b)(?:number|name|date|code|amount|address|quantity|qty|e-?mail|phone|reading|value|password|from|to|reason|text|comment|subject|payee|recipient|sender|type|interval|width|height|weight|length|price|check-?in|check-?out|guests|persons|adults|user)$",
    re.IGNORECASE,
)
_MOST = 6  # data that are named one by one; more are "the test data"


def core(case: TestCase, reading: Reading, tongue: Tongue, known: list[Act]) -> list[Move]:
    """The way and the acts of the case as a whole; empty where nothing tells an act. `known` are the acts that the results lead to."""
    told = [
        Move(act, fact.sentence, fact.outcome if act is fact.acts[-1] else "")
        for fact in reading.facts
        if fact.role == FLOW and fact.plain
        for act in fact.acts
    ]
    way = _Way(case, reading, tongue, known)
    sent = way.sent()
    acts = [move for move in told if move.act.kind != "open"]
    opens = [] if acts and told[0].act.kind != "open" else [move for move in told if move.act.kind == "open"]
    start, last = way.start() if not opens else ([], [])
    if acts:
        return [*start, *way.entries(acts), *told]
    main = sent or last or way.handled() or way.pressed() or [Move(act) for act in reading.title.acts]
    entries = way.entries(main) if not sent or sent[0].act.kind == "upload" else []
    if entries and main and (main[0].act.kind in ("create", "send") or not (way.is_form() or last)) and not sent:
        entered = tuple(thing for move in entries for thing in move.act.objects)
        main = [Move(replace(main[0].act, objects=(*main[0].act.objects, *entered))), *main[1:]]
        entries = []
    if entries and not main:
        if not way.is_form():
            return [*start, *opens]
        main = [Move(Act(tongue.lexicon.phrase("confirm"), "do"))]
    if start and not (main or entries) and any(is_variant(datum, reading.data) for datum in reading.data):
        main = way.tried()
    return [*start, *opens, *entries, *main]


class _Way:
    """What title, data and places imply."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, known: list[Act]) -> None:
        self.case, self.reading, self.tongue, self.known = case, reading, tongue, known
        self.phrase = tongue.lexicon.phrase
        self.given = "\n".join(case.preconditions)
        self.text = case.specification or ""
        self.expected = "\n".join(case.expected_results)
        self.spoken = normalise(" ".join(act.text for wanted in reading.wanted for act in wanted.fact.acts))

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
            if normalise(self.tongue.head(datum.name)) in nouns and _ACCOUNT.fullmatch(datum.value)
        ]
        named += [found["who"] for found in _WHO.finditer(self.given)]
        if len(set(named)) != 1 or any(self.tongue.seer(wanted.text) for wanted in self.reading.wanted):
            return None
        return Move(Act(self.phrase("sign_in", who=named[0]), "login", (named[0],)))

    def _opened(self) -> tuple[list[Move], list[Move]]:
        path = next((found for found in _PATH.finditer(self.text) if self._starts(found)), None)
        if path:
            name = path.group().strip("*")
            sends = _SENDS.search(name)
            if sends and self.reading.data:
                label = sends["last"]
                name = name[: sends.start()]
                return [self._go(name)], [Move(Act(self.phrase("press_label", label=label), "press", (label,)))]
            return [self._go(name)], []
        place = _PLACE.search(self.text)
        there = _THERE.search(self.text) or _THERE.search(self.case.title)
        screens = self._screens()
        name = place["place"] if place else there["place"] if there else screens[0] if screens else ""
        if not name or (_OPEN.search(self.given) and normalise(name) in normalise(self.given)):
            return [], []
        if place:
            return [self._go(name)], []
        return [Move(Act(self.phrase("open_screen", screen=name), "open", (name,), name))], []

    def _go(self, path: str) -> Move:
        return Move(Act(self.phrase("go_to", path=path), "open", (path,)))

    def _starts(self, found: re.Match[str]) -> bool:
        """Whether a path is the way to begin: no chain of states, and not where a result is looked at."""
        text = self.text
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
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
            if not re.search(r"^[A-Z][a-z]+ [a-z]+ [a-z]{3,}s [a-z]+$", name)
            and not re.search(
                rf"\b(?:an?|another|no)\s+{re.escape(name)}|\b(?:web|result|next|first|last|previous|confirmation|start|login|error|success) (?:page|screen)$|(?:written|logged|listed|shown|opens|and|leads)\s+(?:to |in |on )?(?:the )?{re.escape(name)}",
                text,
                re.IGNORECASE,
            )
        ]

    def _record(self) -> Move | None:
        """Order 4711 is paid: the one record that the preconditions tell of is opened, where title or results speak of its kind."""
        for datum in self.reading.data:
            kind = datum.name.split()[0]
            if _BY_NAME.match(datum.name) and re.search(rf"\b{re.escape(kind)}s?\b", self.given, re.IGNORECASE):
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

    def sent(self) -> list[Move]:
        """A call that is sent, a command or a job that is run; a file that is loaded before."""
        for datum in self.reading.data:
            if _CALL.match(datum.value):
                others = tuple(other.name for other in self.reading.data if other is not datum)
                return [Move(Act(self.phrase("send_call", call=datum.value), "send", others))]
            if _COMMAND.search(datum.name):
                return [Move(Act(self.phrase("run_command", command=datum.value), "send", (datum.value,)))]
        calls = set(_CALLED.findall(self.case.title)) or set(_CALLED.findall(self.text))
        if len(calls) == 1:
            others = tuple(datum.name for datum in self.reading.data if not is_variant(datum, self.reading.data))
            return [Move(Act(self.phrase("send_call", call=calls.pop().rstrip(".,;")), "send", others))]
        files = [
            datum for datum in self.reading.data if _FILE.match(datum.value) and not _ACCOUNT.fullmatch(datum.value)
        ]
        files = [
            datum
            for datum in files
            if re.search(r"file|document|attachment|photo|image|picture", datum.name, re.IGNORECASE) or len(files) == 1
        ]
        acts = [act for fact in self.reading.facts for act in fact.acts if act.kind in ("select", "upload", "press")]
        if any(_FILES.search(thing) for act in acts for thing in act.objects):
            files = []  # an act of the specification takes them
        job = _JOB.search(self.text) or _JOB.search(self.given)
        there = (
            re.search(r"\bfile\b[^.\n]*\b(?:in|into|to) (?:the )?(?:inbox|folder|directory|/\w)", self.given) and job
        )
        made = [
            Move(Act(self.phrase("load_file", what=datum.name), "upload", (datum.name,)))
            for datum in files[:1]
            if not there
        ]
        if job:
            made.append(
                Move(
                    Act(
                        self.phrase("run_job", job=job["name"]),
                        "send",
                        (job["name"], *((files[0].name,) if there and files else ())),
                    )
                )
            )
        return made

    def pressed(self) -> list[Move]:
        """The button that the specification names, unless a result tells that it is pressed later."""
        button = next((found for found in _BUTTON.finditer(self.text) if self._usable(found)), None)
        if button:
            return [Move(Act(self.phrase("press_label", label=button["label"]), "press", (button["label"],)))]
        the = _THE_BUTTON.search(self.text)
        return [Move(Act(f"press the {the['name']}", "press", (f"the {the['name']}",)))] if the else []

    def handled(self) -> list[Move]:
        """Message 1, message 2: what is sent, submitted or placed, one at a time."""
        verbs: dict[str, str] = self.tongue.lexicon.data["handled"]
        for datum in self.reading.data:
            noun = re.sub(r"[ _]\d+(?: \([^()]*\))?$", "", datum.name)
            if noun != datum.name and (verb := verbs.get(noun.lower().split()[-1])):
                return [
                    Move(
                        Act(f"{verb} the {noun[:1].lower()}{noun[1:]}", "send", (f"the {noun[:1].lower()}{noun[1:]}",))
                    )
                ]
        return []

    def _usable(self, found: re.Match[str]) -> bool:
        """Whether a button is there to be pressed, and no result tells that it is pressed later."""
        before, behind = self.text[: found.start()], self.text[found.end() :]
        if re.search(r"\b(?:invalid|expired|wrong|error)\b[^.]*$", before):
            return False
        hidden = re.search(r"\b(?:hides?|disables?|without|no|greyed)\b[^.]{0,20}$", before) or re.match(
            r"\s(?:is|are|button is)\s(?:\w+\s)?(?:hidden|disabled|greyed|not|inactive)", behind
        )
        return not hidden and normalise(found["label"]) not in self.spoken

    def tried(self) -> list[Move]:
        """A value that is tried is entered and confirmed, where nothing says more."""
        value = Act(self.phrase("enter_value", what="value"), "input", ("the value",))
        return [Move(value), Move(Act(self.phrase("confirm"), "do"))]

    def entries(self, acts: list[Move]) -> list[Move]:
        """What no act takes and no result speaks of is entered."""
        calls = set(_CALLED.findall(self.case.title)) or set(_CALLED.findall(self.text))
        if len(calls) == 1:
            others = tuple(datum.name for datum in self.reading.data if not is_variant(datum, self.reading.data))
            return [Move(Act(self.phrase("send_call", call=calls.pop().rstrip(".,;")), "send", others))]
        files = [
            datum for datum in self.reading.data if _FILE.match(datum.value) and not _ACCOUNT.fullmatch(datum.value)
        ]
        objects = normalise(
            " ".join(thing for act in (*self.known, *(move.act for move in acts)) for thing in act.objects)
        )
        entered = [
            datum
            for datum in self.reading.data
            if not files
            and self._is_entered(datum)
            and not re.search(rf"\b{re.escape(normalise(datum.name).replace('_', ' '))}(?:$|\s)", objects)
        ]
        names = tuple(dict.fromkeys(self._name(datum) for datum in entered))
        if not entered:
            return []
        odd = any(
            re.search(r"\b(?:of|from|to|between|until|with|at|by)$|^the (?:from|to|between|find|replace)$|\d", name)
            for name in names
        )
        if odd or len(names) > _MOST:
            return [Move(Act(self.phrase("enter_data"), "input", tuple(datum.name for datum in entered)))]
        listed = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
        return [Move(Act(self.phrase("enter_these", what=listed), "input", names))]

    def is_form(self) -> bool:
        """Whether the case speaks of a form, a button that sends one, or two fields at least."""
        about = f"{self.case.title}. {self.text}"
        fields = sum(bool(_FIELD.search(datum.name)) for datum in self.reading.data)
        return fields > 1 or bool(_FORM.search(about) or _SENDING.search(about))

    def _is_entered(self, datum: Datum) -> bool:
        """No account, no record, no limit that a result is tried at, nothing that the preconditions have arranged."""
        tried = re.search(rf"\bat {re.escape(datum.value)}", self.expected, re.IGNORECASE)
        nouns = self.tongue.lexicon.data["actor_nouns"]
        account = _LOGIN.fullmatch(datum.value) or (
            _ACCOUNT.fullmatch(datum.value) and normalise(self.tongue.head(datum.name)) in nouns
        )
        record = _BY_NAME.match(datum.name) and re.search(
            rf"\b{re.escape(datum.name.split()[0])}\b", self.given, re.IGNORECASE
        )
        told = [datum.name, *([datum.value] if re.search(r"\d", datum.value) else [])]
        limit = bool(re.search(r"\d", datum.value)) and _in_words(datum.value, self.text)
        arranged = limit or any(_in_words(text, self.given) for text in told)
        return not (
            tried
            or account
            or record
            or arranged
            or normalise(datum.name) in self.spoken
            or datum.value.count(",") > 1
            or _GIVEN_LIMIT.search(datum.name)
            or (is_variant(datum, self.reading.data) and not re.search(r"[a-z][ _](?:\d+|[A-Z]{2,3})$", datum.name))
        )

    def _name(self, datum: Datum) -> str:
        """The claim, for claim 1 and claim 2, of which one is used at a time."""
        return f"the {re.sub(r'[ _](?:[0-9]+|[A-Z]{1,3})$', '', datum.name) if is_variant(datum, self.reading.data) else datum.name}".replace(
            "_", " "
        )


def _in_words(words: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(normalise(words))}(?!\w)", normalise(text)))


def like(one: Act, other: Act, tongue: Tongue) -> bool:
    """Whether two acts are one in different words: the same label, the same verb with the same thing."""
    first, second = (
        replace(act, text=re.sub(r"^(?:carry out|try to|start|press|click|choose|select|tap) |[\"“”*]", "", act.text))
        for act in (one, other)
    )
    terms = [tongue.terms(act.text) for act in (first, second)]
    if not all(terms):
        return first.text == second.text
    short, long = sorted(terms, key=len)
    return short <= long or tongue.says(first, second) or tongue.says(second, first)
