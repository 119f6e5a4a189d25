"""English: what a case is operated with: the call or the command that it is about, the clock."""

import re
from collections.abc import Callable

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english.entries import JOB, RUNNABLE
from testgen.drafting.outline.model import Reading

_SETTABLE = re.compile(
    r"\b(?:clock|date|time)\b[^.\n]{0,40}\b(?:can|may) be (?:set|shifted|moved|changed)"
    r"|\b(?:set|shift|move|change|fake|mock|simulat\w+|test) (?:the )?(?:\w+ )?(?:clock|date|time)\b|\bclock at x\d|\badjustable (?:clock|time)",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"\b(?:with|by|via|using|run|running|start(?:ed|ing)?|call(?:ed)?|execute[sd]?)\s+`(?P<run>[^`\n]{3,120})`"
)
_SYNOPSIS = re.compile(r"`(?P<run>[a-z][\w.-]*(?: [a-z][\w-]*)* (?:[A-Z]{3,}|<\w+>)[^`]*)`")
_TITLED = re.compile(r"`(?P<run>[a-z][\w.-]*(?: [^`\n]{1,80})?)`")
_EXITS = re.compile(r"\b(?:exit|return|status) (?:code|status)s?\b|\bexits? \d", re.IGNORECASE)  # of a command


_WHEN = re.compile(
    r"\b(?:when(?:ever)?|as soon as|once|after) (?:the |an? )?(?P<two>(?P<one>[\w-]+) [\w-]+) ", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]{3,}")
_QUANTITY = re.compile(
    r"(?:^|: |[-–—] )(?P<verb>[a-z]+) (?:with |for )?(?:(?:more|less|fewer|over|above|below|exactly|up|at least|at most|half|twice|zero|negative)\b|too (?:many|much|few|little)\b)",
    re.IGNORECASE,
)  # scan more than ordered


def can_set_clock(case: TestCase) -> bool:
    """Whether the case says that the clock can be set."""
    return bool(
        _SETTABLE.search(
            "\n".join((*case.preconditions, *case.test_data, case.specification or "", case.objective or ""))
        )
    )


def job(case: TestCase) -> str:
    """The job that the case names by a code: GLX010, of batch GLX010."""
    told = "\n".join((case.title, *case.preconditions, case.specification or ""))
    names = {found["name"] for found in JOB.finditer(told)}
    return names.pop() if len(names) == 1 else ""


def operation(case: TestCase, reading: Reading) -> str:
    """The call that the case is about in full, or the command that runs what it is about, as an order."""
    if reading.request:
        verb, _, path = reading.request.partition(" ")
        full = re.search(rf"\b{verb} (/[\w/{{}}.-]*{re.escape(path)})(?![\w/-])", case.specification or "")
        return f"send `{verb} {full[1] if full else path}`"
    commands = [
        value.split(",")[0]
        for name, value in case.test_data.items()
        if re.fullmatch(r"command|script|job|run", name, re.IGNORECASE)
        and RUNNABLE.match(value)
        and not re.fullmatch(r"[A-Z]+-\d+", value)
    ]
    listed = _SYNOPSIS.search(case.specification or "")
    commands += [re.sub(r" ?\[[^\]]*\]", "", listed["run"])] if listed else []
    commands += [found["run"] for found in _RUN.finditer("\n".join((*case.preconditions, case.specification or "")))]
    titled = _TITLED.search(case.title)
    commands += [titled["run"]] if titled and _EXITS.search(case.specification or "") else []
    command = commands[0] if commands else ""
    for name, value in case.test_data.items():
        command = command.replace(f"<{name}>", value)
    return f"run `{command}`" if command else ""


def deed(case: TestCase, reading: Reading, is_person: Callable[[str], bool]) -> str:
    """What somebody does when that happens which the title is about: hit Check Out, of "fee posts when agent hits Check Out"; else the
    only such clause."""
    about = set(_WORD.findall(case.title.lower()))
    told: dict[str, bool] = {}
    for fact in reading.facts:
        first = fact.acts[0] if fact.acts and fact.sentence >= 0 else None
        led = _WHEN.search(reading.sentences[fact.sentence].text) if first else None
        if not first or not led or not (is_person(led["one"]) or is_person(led["two"])):
            continue
        label = first.objects[0] if first.kind == "press" and first.objects else ""
        text = first.text.replace(label, f'"{label}"') if label[:1].isupper() else first.text
        told.setdefault(text, bool(about & set(_WORD.findall(fact.outcome.lower()))))
    return next((text for text, same in told.items() if same or len(told) == 1), "")


def counted_by(case: TestCase) -> str:
    """The verb of which the title or the objective tells a quantity: scan, of "scan more than PO qty"."""
    found = _QUANTITY.search(case.title) or _QUANTITY.search(case.objective or "")
    return found["verb"].lower() if found else ""
