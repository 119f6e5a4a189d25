"""Reads a whole case into facts: what each sentence of it says, and what each expected result wants."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Act, Datum, Fact, Reading, Wanted
from testgen.drafting.outline.reading.specification import Specification, whole
from testgen.drafting.outline.reading.spoken import spoken_of
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import quotes

_CALL = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) /[\w/{}.-]{1,80}", re.ASCII)
_SCENARIO = re.compile(r"(?:Given|When|前提|もし)\s.*\n", re.IGNORECASE)  # an objective that is one
_LISTED = re.compile(r"、|，|, | / |／")
_RINGED = re.compile("([①-⑳])([^①-⑳]+)")
_MOST_LISTED = 12  # values of a list that are tried one by one
_SHORT = 40  # characters of a part of a key sequence
_NAMED_LABEL = re.compile(
    r"\b(?!The |An? |This |Each )([A-Z][A-Za-z]*(?: [A-Za-z][a-z]+)?) (?:key|button|icon|link)\b"
    r"|\b(?:[Pp]ress|[Tt]ap|[Cc]lick|[Hh]it|[Cc]hoose)(?:es|s|ing|ed)? (?:on )?([A-Z][A-Za-z]+(?: [A-Z][a-z]+)?)\b"
    r"|(?:^|\n)[^\w\n]{0,12}([A-Z][a-z]+) on [^\n→]{1,40} (?:→|->)"
)
_OFFERED = re.compile(r"\b(?:offers|asks) ([A-Z][a-z]+)(?: and | or )([A-Z][a-z]+)\b")
_SIGNS = re.compile(r"(?:log|sign)s? (?:in|out|on|off)")


def read(case: TestCase, tongue: Tongue) -> Reading:
    """The first stage."""
    named = [(name, value) for name, value in case.test_data.items() if name.strip()]  # no step can speak of another
    named = [pair for name, value in named for pair in _ringed(name, value, case)]
    data = [Datum(name, part) for name, value in named for part in _alternatives(name, value, case, tongue)]
    reading = Reading(data=data, request=_request(case))
    reading.title = tongue.heading(case.title)
    if not reading.title.acts and case.objective:
        reading.title = tongue.heading(case.objective)
    scenario = case.objective if _SCENARIO.match(case.objective or "") else None
    if any(_is_of_data(act, case) for act in reading.title.acts):
        reading.title = Fact()
    Specification(reading, tongue, case.title).read("\n\n".join(filter(None, (scenario, case.specification))))
    reading.facts = tongue.by_hand(case, reading)
    reading.facts += filter(None, map(tongue.means, case.preconditions))
    labels = labels_of(case.specification or "")
    words = tongue.lexicon.data
    nouns = re.compile(
        "|".join((*words.get("actor_nouns", ()), words.get("actor_pattern", "-"), "and", "users?", "then", "when"))
    )
    for number, text in enumerate(case.expected_results, 1):
        for part, fact in tongue.results(text, labels):
            told = whole(_by_persons(fact, case, nouns))
            if tongue.language == "en" and _says_nothing_else(told, part, tongue):
                told = replace(told, acts=())
            apart = tongue.language == "ja" or part.endswith(": " + fact.outcome)
            seen = fact.outcome if apart else part
            place = tongue.place(seen if apart else part)
            place = "" if tongue.language == "ja" and place in case.test_data else place  # ゴンにはメールが出ない
            reading.wanted.append(Wanted(number, part, told, place, seen))
    reading.wanted = spoken_of(reading.wanted, case)
    return reading


def _says_nothing_else(fact: Fact, text: str, tongue: Tongue) -> bool:
    """Aleks moves to position 1: a result that is an act from end to end leaves nothing to see, so that it is what is seen."""
    told = tongue.terms(" ".join(f"{act.actor} {act.text}" for act in fact.acts))
    by_whom = all(act.actor for act in fact.acts)
    return bool(fact.acts) and by_whom and fact.outcome == text and tongue.terms(text) <= told


def _is_of_data(act: Act, case: TestCase) -> bool:
    """Transfer limit per day, where transfer 1 is a datum: a thing of the case, and no verb."""
    noun = act.text.split(" ")[0]
    return any(re.fullmatch(rf"{re.escape(noun)}s?[ _]\d+", name, re.IGNORECASE) for name in case.test_data)


def labels_of(text: str) -> frozenset[str]:
    """The labels that a specification quotes, or names as a key or a button."""
    named = {next(filter(None, found.groups())) for found in _NAMED_LABEL.finditer(text)}
    asked = {label for label in ("Yes", "No") if re.search(r"\?[\"”]|\bYes\b", text)}
    asked |= {label for found in _OFFERED.finditer(text) for label in found.groups()}
    return frozenset(label for label in (*quotes(text), *named, *asked) if len(label) <= _SHORT)


def _request(case: TestCase) -> str:
    """The call that the title, the data or the specification names, where it names one."""
    for text in (case.title, "\n".join(case.test_data.values()), case.specification or ""):
        if len(found := {call.group() for call in _CALL.finditer(text)}) == 1:
            return found.pop()
    return ""


def _ringed(name: str, value: str, case: TestCase) -> list[tuple[str, str]]:
    """①7/8 内科 ②7/8 皮膚科, where the results speak of ① and ②: a datum each."""
    parts = _RINGED.findall(value)
    told = len(parts) > 1 and all(any(ring in text for text in case.expected_results) for ring, _ in parts)
    return [(f"{name}{ring}", part.strip(" 　、,/")) for ring, part in parts] if told else [(name, value)]


def _alternatives(name: str, value: str, case: TestCase, tongue: Tongue) -> list[str]:
    """2009/10/02、2009/10/01: values of one form in a list of which the results speak one by one are tried one by one."""
    parts = list(dict.fromkeys(part.strip() for part in _LISTED.split(value)))
    squeezed = "\n".join(case.expected_results).replace(" ", "")
    forms = {re.sub(r"\d+", "0", part) for part in parts}
    alike = len(forms) == 1 and any(char.isdigit() for char in parts[0])
    results = "\n".join(case.expected_results)
    named_before = any(told in results for part in parts for told in (name + part, f"{name} {part}"))
    spoken = sum(part in results or part.replace(" ", "") in squeezed for part in parts)
    named = any(told in results for part in parts for told in (part + name, f"{part}の{name}"))
    each = any(map(tongue.each_value, case.expected_results)) or f"各{name}" in results
    units = {re.sub(r"[\d.,\s]+", "", part) for part in parts} - {""}
    parted = " / " in value and len(units) < len(parts)  # 3 GB / $12 / 30 days is one thing
    tried = each or (named_before and alike) or (spoken > 1 and (alike or parted)) or (named and " / " in value)
    return parts if 1 < len(parts) <= _MOST_LISTED and tried and value not in results else [value]


def _by_persons(fact: Fact, case: TestCase, nouns: re.Pattern[str]) -> Fact:
    """ "Premium changes to 525.00" is nobody's act: a name of one word is a person's where the case speaks of them before."""
    known = "\n".join((case.title, *case.preconditions, *case.test_data.values()))
    names = {
        act.actor
        for act in fact.acts
        if re.fullmatch(r"[A-Z][a-z]+", act.actor) and re.match(r"\w+ (?:to|by|from|into|in|on|up|down)\b", act.text)
    }
    said = "\n".join((known, case.specification or ""))
    if any(_is_thing(name, said, nouns) for name in {act.actor for act in fact.acts}):
        return replace(fact, acts=())
    alone = [
        act
        for act in fact.acts
        if re.match(r"\w+ (?:at|on|in|below|above|under|over|after|within|to|by|from)\b|\w+$", act.text)
    ]
    things = {act.actor for act in alone if re.fullmatch(r"[A-Z][a-z]+", act.actor)}
    if not _SIGNS.match(" ".join(act.text for act in alone)) and any(
        re.search(rf"\b(?:the|an?) {name.lower()}\b", said) for name in things
    ):
        return replace(fact, acts=())  # Compressor starts below 2 °C
    return fact if all(name in known for name in names) else replace(fact, acts=())


def _is_thing(name: str, text: str, nouns: re.Pattern[str]) -> bool:
    """Conveyor C3: what stands in front of a short name says that it is no person's."""
    if not re.fullmatch(r"[A-Z]\w?\d?", name):
        return False
    before = [found.group(1).lower().removesuffix("s") for found in re.finditer(rf"([A-Za-z]{{3,20}}) {name}\b", text)]
    return bool(before) and not any(nouns.fullmatch(word) for word in before)
