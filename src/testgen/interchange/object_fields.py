"""The fields of a case and of a step in the JSON and YAML of tools and teams, by the names that they have there."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from testgen.interchange.columns import ColumnNames
from testgen.interchange.jira_text import from_document, is_document
from testgen.interchange.markup import perhaps_html
from testgen.messages import say

# Field -> its names in tools, without case and signs, the surest first. Headings of sheets are known besides.
OF_CASES: Mapping[str, tuple[str, ...]] = {
    "id": ("key", "testcasekey", "testid", "testcaseid", "caseid", "tcid", "externalid", "id", "code", "identifier"),
    "title": ("title", "name", "testcasename", "testname", "summary", "scenario", "subject"),
    "steps": ("stepsseparated", "steps", "teststeps", "testscript", "script", "procedure", "actions", "instructions", "gherkindef",
        "gherkin"),
    "expected": ("expectedresults", "expectedresult", "expected", "expect", "expects", "expectation", "then", "assert", "asserts"),
    "preconditions": ("preconditions", "precondition", "preconds", "given", "prerequisites", "prerequisite"),
    "postconditions": ("postconditions", "postcondition", "teardown", "cleanup"),
    "test_data": ("testdata", "data", "inputs", "input"),
    "objective": ("objective", "purpose", "description", "desc"),
    "priority": ("priority",),
    "type": ("type", "testtype"),
    "tags": ("tags", "labels", "keywords"),
    "references": ("references", "refs", "requirements", "requirement"),
    "section": ("section", "folder", "module", "component", "suite", "path"),
}  # fmt: skip
OF_STEPS: Mapping[str, tuple[str, ...]] = {
    "action": ("action", "step", "description", "content", "do", "instruction", "when", "text", "name", "title"),
    "expected": ("expectedresult", "expectedresults", "expected", "expect", "expects", "expectation", "result", "then", "outcome"),
    "test_data": ("testdata", "data", "inputs", "input"),
    "number": ("number", "index", "order", "position", "stepnumber", "no", "seq", "sequence"),
}  # fmt: skip
_HEADING = {"steps": "action"}  # field -> what a heading of sheets calls it
_NAMES = ("name", "title", "value", "text")
_VALUES = {"value", "text", "description"}
_PAIR = 2  # a name and a value
_KEPT_AT = {"id", "self", "url"}
_DEEPEST = 50  # levels of a value
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def _headings() -> ColumnNames:
    return ColumnNames()


def key_of(name: object) -> str:
    """A name without case and signs; tools put `custom` before fields of their own."""
    plain = re.sub(r"[\W_]", "", str(name)).casefold()
    return plain.removeprefix("custom") or plain


def named(entry: Mapping[str, Any], table: Mapping[str, Sequence[str]], name: str) -> str:
    """The key of an entry that holds a field: the surest of its names that has a value."""
    by_key = {key_of(key): str(key) for key, value in entry.items() if value not in (None, "", [], {})}
    for known in table[name]:
        if known in by_key:
            return by_key[known]
    others = {known for names in table.values() for known in names}
    for plain, key in by_key.items():
        if plain not in others and _headings().field(_CAMEL.sub(" ", key).replace("_", " ")) == _HEADING.get(
            name, name
        ):
            return key
    return ""


def name_of(value: Any) -> str:
    """The name of what has only to be named: `High` of `{"id": 2, "name": "High", "iconUrl": "…"}`."""
    if isinstance(value, dict):
        value = next((value[key] for key in _NAMES if value.get(key)), value)
    return text_of(value)


def text_of(value: Any, levels: int = _DEEPEST) -> str:
    """A value of JSON as a person reads it: lists line by line, of an object what it says besides where it is kept.

    Raises:
        ValueError: it is nested too deeply.
    """
    if not levels:
        raise ValueError(say("is nested too deeply: at most {most} levels are allowed", most=_DEEPEST))
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            return perhaps_html(value).strip()
        case list():
            return "\n".join(filter(None, (text_of(part, levels - 1) for part in value)))
        case dict() if is_document(value):
            return from_document(value)
        case dict():
            return _told({str(key): text_of(part, levels - 1) for key, part in value.items()})
        case _:
            return str(value)


def _told(texts: Mapping[str, str]) -> str:
    """What the fields of an object say: `user: tanaka` of a name and a value, one text alone, else each with its name."""
    filled = {key: text for key, text in texts.items() if text}
    said = {key: text for key, text in filled.items() if key not in _KEPT_AT} or filled
    names = [key for key in said if key in ("name", "title")]
    if len(said) == 1 and said.keys() <= {*_NAMES, *_VALUES}:
        return next(iter(said.values()))
    if len(names) == 1 and len(said) == _PAIR and said.keys() & _VALUES:
        return ": ".join(said[key] for key in sorted(said, key=lambda key: key not in names))
    return "\n".join(f"{key}: {text}" for key, text in said.items())
