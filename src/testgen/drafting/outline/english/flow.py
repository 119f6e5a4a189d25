"""What a case does as a whole, where no sentence ties a result to its trigger: the acts that the specification tells without
a condition, else what its place, its data and its button imply."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import FLOW, Act, Datum, Move, Reading
from testgen.drafting.outline.tongue import Tongue
from testgen.drafting.outline.variants import is_variant
from testgen.text.normal import normalise

_PATH = re.compile(
    r"(?<![\w>→])(?!See |Open |Under |In |On |The )(?:\*\*)?[A-Z][\w'&-]*(?: [A-Z][\w'&-]*| [a-z]+(?=\s>))?(?:\s[>→]\s(?:\([\w ]+\)|[A-Z][\w'&-]*(?: [\w'&-]+){0,2}?)){1,5}(?=\*\*|[,.:;)]|\s(?:asks|shows|opens|has|offers|leads|and|with|is|to)\b|$)",
    re.MULTILINE,
)
_BUTTON = re.compile(
    r"\b(?:button|link|key)\s+(?:labelled\s+)?(?P<label>\*{1,2}[A-Z][^*\n]{1,30}\*{1,2}|\"[^\"\n]{1,40}\"|[A-Z]\w*(?: [A-Z]\w*)?)"
)
_CALL = re.compile(r"^(?P<verb>GET|POST|PUT|PATCH|DELETE)\s+\S+")
_COMMAND = re.compile(r"command|script|\bcall\b|\bjob\b", re.IGNORECASE)
_FILE = re.compile(r"^[\w.-]+\.[a-z]{2,5}$", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:^|[.\n]\s*)(?:On|In|Under) (?P<place>[A-Z]\w+(?: [a-z]+)?)(?=,| every| each| there| an? | the | one )"
)
_JOB = re.compile(r"\b(?:job|script|batch)\s+(?P<name>`[^`\n]+`|\w+[_.]\w+)", re.IGNORECASE)
_LIMIT = re.compile(
    r"^\W*\d|\b(?:max|min|limit|threshold|warning|critical|expected|count|records?|duplicates|number of|remaining|change|time to|holidays?)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\bis open\b|\bare open\b|\bshown\b|\bdisplayed\b|\bon page\b", re.IGNORECASE)


def core(case: TestCase, reading: Reading, tongue: Tongue) -> list[Move]:
    """The acts in the author's order; else those that are implied; empty where nothing is."""
    told = [
        Move(act, fact.sentence, fact.outcome if act is fact.acts[-1] else "")
        for fact in reading.facts
        if fact.role == FLOW and fact.plain
        for act in fact.acts
    ]
    if told and all(move.act.kind == "open" for move in told):  # how to get there, and no more
        return [*told, *_inputs(case, reading, tongue)]
    return told or implied(case, reading, tongue)


def implied(case: TestCase, reading: Reading, tongue: Tongue) -> list[Move]:
    """Open the place, enter the data, press the button: as far as the case names them."""
    phrase, text = tongue.lexicon.phrase, case.specification or ""
    moves: list[Move] = []
    given = "\n".join(case.preconditions)
    path = next((found for found in _PATH.finditer(text) if _starts(found, text, case)), None)
    screens = _screens(f"{case.title}. {text}", tongue)
    place = _PLACE.search(text)
    spoken = normalise(" ".join(act.text for wanted in reading.wanted for act in wanted.fact.acts))
    button = next((found for found in _BUTTON.finditer(text) if normalise(found["label"]) not in spoken), None)
    if path:
        moves.append(Move(Act(phrase("go_to", path=path.group()), "open", (path.group(),))))
    elif place:
        moves.append(Move(Act(phrase("go_to", path=place["place"]), "open", (place["place"],))))
    elif screens and not (_OPEN.search(given) and normalise(screens[0]) in normalise(given)):
        moves.append(Move(Act(phrase("open_screen", screen=screens[0]), "open", (screens[0],), screens[0])))
    moves += _inputs(case, reading, tongue)
    if button:
        moves.append(Move(Act(phrase("press_label", label=button["label"]), "press", (button["label"],))))
    return moves if len(moves) > (1 if screens and not path else 0) else []


def _starts(found: re.Match[str], text: str, case: TestCase) -> bool:
    """Whether a path is the way to begin: no chain of states, and not where a result is looked at."""
    before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    looked = re.search(r"\b(?:see|look|looks|view|viewed|listed|shown|logged)\b", before, re.IGNORECASE)
    states = re.fullmatch(r"[A-Z\d\W_]+", found.group())
    led = ">" in found.group() or re.search(r"(?:via|reach|under|open|go to)\s*\**$", before, re.IGNORECASE)
    return bool(led) and not (looked or states) and found.group() not in "\n".join(case.expected_results)


def _screens(text: str, tongue: Tongue) -> list[str]:
    """Those that are spoken of as known: not "a red screen"."""
    return [
        name
        for name in tongue.screens(text)
        if not re.search(
            rf"\b(?:an?|another|no)\s+{re.escape(name)}|\b(?:web|result|next|first) page$", text, re.IGNORECASE
        )
    ]


def _inputs(case: TestCase, reading: Reading, tongue: Tongue) -> list[Move]:
    """A call is sent, a command run, a file loaded; what else the results do not speak of is entered."""
    phrase = tongue.lexicon.phrase
    expected = "\n".join(case.expected_results)
    for datum in reading.data:
        if _CALL.match(datum.value):
            others = tuple(other.name for other in reading.data if other is not datum)
            return [Move(Act(phrase("send_call", call=datum.value), "send", others))]
        if _COMMAND.search(datum.name):
            return [Move(Act(phrase("run_command", command=datum.value), "send", (datum.value,)))]
    job = _JOB.search(case.specification or "")
    files = [datum for datum in reading.data if _FILE.match(datum.value)][:1]
    spoken = normalise(" ".join(act.text for wanted in reading.wanted for act in wanted.fact.acts))
    entered = [
        datum
        for datum in reading.data
        if datum not in files and _is_input(datum, expected, spoken) and not is_variant(datum, reading.data)
    ]
    made = [Move(Act(phrase("load_file", what=datum.name), "upload", (datum.name,))) for datum in files]
    if entered:
        names = tuple(f"the {datum.name.replace('_', ' ')}" for datum in entered)
        listed = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
        made.append(Move(Act(phrase("enter_these", what=listed), "input", names)))
    if job:
        made.append(Move(Act(phrase("run_job", job=job["name"]), "send", (job["name"],))))
    return made


def _is_input(datum: Datum, expected: str, spoken: str) -> bool:
    """A limit that a result is tried at, what a trigger enters, and a name that is no noun, are nothing to enter here."""
    tried = re.search(rf"\bat {re.escape(datum.value)}", expected, re.IGNORECASE)
    return not tried and normalise(datum.name) not in spoken and not _LIMIT.search(datum.name)
