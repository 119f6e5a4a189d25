"""What a case sends, presses and enters, as its data and its specification name it."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Move, Reading
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.tongue import Tongue
from testgen.drafting.outline.variants import is_variant
from testgen.text.normal import normalise

_BUTTON = re.compile(
    r"\b(?:button|link|key)\s+(?:labelled\s+)?(?P<label>\*{1,2}[A-Z][^*\n]{1,30}\*{1,2}|\"[^\"\n]{1,40}\"|[A-Z]\w*(?: \w+){0,3}(?=[.,;]|$)|[A-Z]\w*(?: [A-Z]\w*)?)",
    re.MULTILINE,
)
_THE_BUTTON = re.compile(
    r"\b[Tt]he (?P<name>[a-z]+ (?:button|link|icon))\s+(?:is|are|on|in|under|at|opens|starts|leads)\b"
)
_CALL = re.compile(r"^(?P<verb>GET|POST|PUT|PATCH|DELETE)\s+\S+")
_CALLED = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) /[^\s`\"',;]*")
_COMMAND = re.compile(r"command|script|\bjob\b", re.IGNORECASE)
RUNNABLE = re.compile(r"(?:[\w.-]*[_./-][\w./-]*|[A-Z][A-Z0-9_]{2,})(?:\s|$)|[a-z]+ -{0,2}[a-z]")
FILE = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,5}\b(?!@)", re.IGNORECASE)
JOB = re.compile(
    r"\b(?:[Jj]ob|[Ss]cript|[Bb]atch|[Cc]hain|[Mm]acro|[Rr]un of)\s+(?P<name>`[^`\n]+`|\w+[_.]\w+|[A-Z]{2}[A-Z0-9-]{3,})"
)
_LOGIN = re.compile(r"[a-z]{1,12}[._][a-z]\w+")
ACCOUNT = re.compile(r"[a-z]+[._]\w[\w.]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
BY_NAME = re.compile(
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
FIELD = re.compile(
    r"(?:^|\b)(?:number|name|date|code|amount|address|quantity|qty|e-?mail|phone|reading|value|password|from|to|reason|text|comment|subject|payee|recipient|sender|type|interval|width|height|weight|length|price|check-?in|check-?out|guests|persons|adults|user)$",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"\b(?:Submit|Save|Send|Confirm|Continue|Next|OK|Book|Pay|Apply)\b[^.,;\n]{0,20}\b(?:greyed|grayed|disabled|inactive|not available)\b"
)
NEAR = 160  # characters around a button or a path that say what it is for
_MOST = 6  # data that are named one by one; more are "the test data"
_LIES = re.compile(r"\bfile\b[^.\n]{0,80}\b(?:in|into|to) (?:the )?(?:inbox|folder|directory|/\w)")


class Entries:
    """Reads them from one case."""

    def __init__(self, case: TestCase, reading: Reading, tongue: Tongue, known: list[Act]) -> None:
        self.case, self.reading, self.tongue, self.known = case, reading, tongue, known
        self.phrase = tongue.lexicon.phrase
        self.given = "\n".join(case.preconditions)
        self.text = case.specification or ""
        self.expected = "\n".join(case.expected_results)
        self.spoken = normalise(" ".join(act.text for wanted in reading.wanted for act in wanted.fact.acts))

    def sent(self) -> list[Move]:
        """A call that is sent, a command or a job that is run; a file that is loaded before."""
        return self._called() or self._run()

    def _called(self) -> list[Move]:
        """The call or the command of the data, else the one call that title or specification name."""
        for datum in self.reading.data:
            if _CALL.match(datum.value):
                others = tuple(other.name for other in self.reading.data if other is not datum)
                return [Move(Act(self.phrase("send_call", call=datum.value), "send", others))]
            if _COMMAND.search(datum.name) and RUNNABLE.match(datum.value):
                return [Move(Act(self.phrase("run_command", command=datum.value), "send", (datum.value,)))]
        calls = set(_CALLED.findall(self.case.title)) or set(_CALLED.findall(self.text))
        others = tuple(datum.name for datum in self.reading.data if not is_variant(datum, self.reading.data))
        call = calls.pop().rstrip(".,;") if len(calls) == 1 else ""
        return [Move(Act(self.phrase("send_call", call=call), "send", others))] if call else []

    def _run(self) -> list[Move]:
        """A job that is run; a file is loaded before, unless it lies there or an act of the specification takes it."""
        job = JOB.search(self.text) or JOB.search(self.given)
        acts = [act for fact in self.reading.facts for act in fact.acts if act.kind in ("select", "upload", "press")]
        taken = any(_FILES.search(thing) for act in acts for thing in act.objects)
        files = [] if taken else [datum for datum in self._files() if _FILES.search(datum.name)] or self._files()[:1]
        there = tuple(datum.name for datum in files[:1]) if job and _LIES.search(self.given) else ()
        made = [Move(Act(self.phrase("load_file", what=datum.name), "upload", (datum.name,))) for datum in files[:1]]
        run = [Move(Act(self.phrase("run_job", job=job["name"]), "send", (job["name"], *there)))] if job else []
        return [*([] if there else made), *run]

    def _files(self) -> list[Datum]:
        return [datum for datum in self.reading.data if FILE.match(datum.value) and not ACCOUNT.fullmatch(datum.value)]

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
            if noun.strip() and noun != datum.name and (verb := verbs.get(noun.lower().split()[-1])):
                return [
                    Move(
                        Act(f"{verb} the {noun[:1].lower()}{noun[1:]}", "send", (f"the {noun[:1].lower()}{noun[1:]}",))
                    )
                ]
        return []

    def _usable(self, found: re.Match[str]) -> bool:
        """Whether a button is there to be pressed, and no result tells that it is pressed later."""
        before = self.text[max(found.start() - NEAR, 0) : found.start()]
        behind = self.text[found.end() : found.end() + NEAR]
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
        if any(act.actor and not act.actor.startswith("the ") for act in self.known):
            return []  # what somebody enters, the results tell
        calls = set(_CALLED.findall(self.case.title)) or set(_CALLED.findall(self.text))
        if len(calls) == 1:
            others = tuple(datum.name for datum in self.reading.data if not is_variant(datum, self.reading.data))
            return [Move(Act(self.phrase("send_call", call=calls.pop().rstrip(".,;")), "send", others))]
        files = self._files()
        objects = normalise(
            " ".join(thing for act in (*self.known, *(move.act for move in acts)) for thing in act.objects)
        )
        entered = [
            datum
            for datum in self.reading.data
            if not files
            and self._is_entered(datum)
            and not self._is_told(datum, acts)
            and not (
                re.search(rf"\b{re.escape(normalise(datum.name).replace('_', ' '))}(?:$|\s)", objects)
                and not self._is_bare(datum)
            )
        ]
        names = tuple(dict.fromkeys(self._name(datum) for datum in entered))
        if not entered:
            return []
        odd = any(
            re.search(r"(?<!^)\b(?:of|from|to|between|until|with|at|by)$|^the (?:between|find|replace)$|\d", name)
            for name in names
        )
        if odd or len(names) > _MOST:
            return [Move(Act(self.phrase("enter_data"), "input", tuple(datum.name for datum in entered)))]
        listed = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
        return [Move(Act(self.phrase("enter_these", what=listed), "input", names))]

    def _is_told(self, datum: Datum, acts: list[Move]) -> bool:
        """Whether an act of the way enters or scans it under a shorter name: qty, for Qty ordered."""
        words = normalise(datum.name).replace("_", " ").split()
        things = {normalise(re.sub(r"^(?:the|an?) ", "", thing)) for move in acts for thing in move.act.objects}
        return bool(things & {words[0], words[-1]})

    def is_form(self) -> bool:
        """Whether the case speaks of a form, a button that sends one, or two fields at least."""
        about = f"{self.case.title}. {self.text}"
        fields = sum(bool(FIELD.search(datum.name)) for datum in self.reading.data)
        return fields > 1 or bool(_FORM.search(about) or _SENDING.search(about))

    def _is_entered(self, datum: Datum) -> bool:
        """No account, no record, no limit that a result is tried at, nothing that the preconditions have arranged."""
        tried = re.search(rf"\bat {re.escape(datum.value)}", self.expected, re.IGNORECASE)
        nouns = self.tongue.lexicon.data["actor_nouns"]
        account = _LOGIN.fullmatch(datum.value) or (
            ACCOUNT.fullmatch(datum.value) and normalise(self.tongue.head(datum.name)) in nouns
        )
        record = BY_NAME.match(datum.name) and re.search(
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
            or self._is_spoken(datum)
            or datum.value.count(",") > 1
            or self.tongue.given(datum)
            or (is_variant(datum, self.reading.data) and not re.search(r"[a-z][ _](?:\d+|[A-Z]{2,3})$", datum.name))
        )

    def _is_spoken(self, datum: Datum) -> bool:
        """Whether a result enters it; where one changes it to another value, it has been entered before."""
        acts = [act for wanted in self.reading.wanted for act in wanted.fact.acts]
        called = self._name(datum) if self._is_bare(datum) else ""
        told = [act.text for act in acts if (called in act.text if called else _in_words(datum.name, act.text))]
        other = re.compile(rf"change .*\b{re.escape(datum.name)} (?:to|from) ", re.IGNORECASE)
        return bool(told) and not all(other.match(text) and not stands_in(datum, text) for text in told)

    def _is_bare(self, datum: Datum) -> bool:
        """Whether a field is called by a word that says nothing alone: from, to."""
        return normalise(datum.name) in ("from", "to") and self.is_form()

    def is_blocked(self) -> bool:
        """Whether the first thing to be seen is that the form cannot be sent."""
        return bool(_BLOCKED.search("\n".join(self.case.expected_results[:2])))

    def _name(self, datum: Datum) -> str:
        """The claim, for claim 1 and claim 2, of which one is used at a time; From, of a field that is called so."""
        if self._is_bare(datum):
            return f"{datum.name[:1].upper()}{datum.name[1:]}"
        return f"the {re.sub(r'[ _](?:[0-9]+|[A-Z]{1,3})$', '', datum.name) if is_variant(datum, self.reading.data) else datum.name}".replace(
            "_", " "
        )


def _in_words(words: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(normalise(words))}(?!\w)", normalise(text)))
