"""JSON and YAML as other tools and teams write them: cases under a key such as `testCases`, fields of other names, steps within.

What is mapped says itself what it is: a list of steps, or a title with an expected result. Objects in testgen's own form pass as they are.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from testgen.domain.procedure import Procedure, Step
from testgen.domain.test_case import TestCase
from testgen.interchange.found import Left, Objects, Skipped, UnusableError
from testgen.interchange.object_fields import OF_CASES, OF_STEPS, key_of, name_of, named, text_of
from testgen.interchange.opened_objects import opened
from testgen.interchange.tabular import imported, paired, split_entries, split_numbered
from testgen.messages import say

_WRAPPERS = {
    "testsuites", "testsuite", "suites", "suite", "tests", "test", "testcases", "testcase", "cases", "items", "scenarios", "testscenarios",
    "issues", "sections", "folders", "children", "results", "data", "records", "values", "entries", "テストケース", "テスト", "ケース",
}  # fmt: skip
_DEEPEST = 50
_NAMED = {"priority", "type", "tags", "references", "section"}  # fields whose objects are only named
_DIGITS = 6  # of the number of a step
_BETWEEN = re.compile(r"\s*[,;、]\s*")  # tags, references
_SHOWN = 8  # names of fields in a message


@dataclass
class _Found:
    objects: Objects = field(default_factory=list)
    left: dict[str, None] = field(default_factory=dict)


def as_ours(objects: Objects) -> tuple[Objects, bool]:
    """The objects in testgen's form, and whether any was in another.

    Raises:
        ValueError: cases are under a key of their own, and nothing in them tells which field is the title; or there is none.
    """
    for entry in objects:
        if isinstance(entry, dict) and (name := _empty(entry)):
            raise ValueError(say("has no test case under /{name}: add one", name=name))
    brought_up = [opened(entry) for entry in objects]
    if not any(isinstance(entry, dict) and (_is_wrapper(entry) or _is_of_a_tool(entry)) for entry in brought_up):
        return objects, False
    found = _Found()
    for entry in brought_up:
        if isinstance(entry, dict) and _is_wrapper(entry):
            _unwrap(entry, [], found)
        elif isinstance(entry, dict) and not _is_ours(entry) and named(entry, OF_CASES, "title"):
            _add(entry, [], found)
        else:
            found.objects.append(entry)
    return [*found.objects, *map(Left, found.left)], True


def _inside(entry: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    """The objects under the keys that hold suites or cases, or an object with such a key."""
    found = []
    for name, value in entry.items():
        parts = [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict)]
        known = key_of(name) in _WRAPPERS and isinstance(value, list)
        if any(known or _is_of_a_tool(part) or (isinstance(value, dict) and _holds(part)) for part in parts):
            found.append((str(name), value if isinstance(value, list) else parts))
    return found


def _holds(entry: Mapping[str, Any]) -> bool:
    """Whether something in an object is called suites or cases."""
    return any(key_of(name) in _WRAPPERS and isinstance(value, list | dict) and value for name, value in entry.items())


def _is_wrapper(entry: Mapping[str, Any]) -> bool:
    if {"title", "expected_results"} <= entry.keys():  # a case of ours with a field too many
        return False
    return not _is_ours(entry) and not _is_of_a_tool(entry) and bool(_inside(entry))


def _empty(entry: Mapping[str, Any]) -> str:
    """The key under which there should be cases and is nothing, where the object holds nothing else."""
    if any(isinstance(value, list | dict) and value for value in entry.values()) or named(entry, OF_CASES, "title"):
        return ""
    return next((str(name) for name, value in entry.items() if key_of(name) in _WRAPPERS and value in ([], {})), "")


def _is_ours(entry: Mapping[str, Any]) -> bool:
    """Whether all names are those of testgen's own form, those of the steps too."""
    if not (set(entry) <= TestCase.model_fields.keys() or set(entry) <= {*Procedure.model_fields, "id"}):
        return False
    return not _known_steps(entry.get("steps"))


def _is_whole(entry: Mapping[str, Any]) -> bool:
    """Whether a case in testgen's own form has an id and a title, and its steps have their actions."""
    steps = entry.get("steps", [])
    acted = isinstance(steps, list) and all("action" in step for step in steps if isinstance(step, dict))
    return _is_ours(entry) and acted and "title" in entry and bool({"id", "test_case_id"} & entry.keys())


def _is_of_a_tool(entry: Mapping[str, Any]) -> bool:
    """Whether an object has a title, and steps or an expected result under other names than ours."""
    if _is_ours(entry) or not named(entry, OF_CASES, "title"):
        return False
    steps = named(entry, OF_CASES, "steps")
    if steps:
        return steps != "steps" or "title" not in entry or _known_steps(entry["steps"])
    return "title" not in entry and bool(named(entry, OF_CASES, "expected"))


def _known_steps(steps: object) -> bool:
    """Whether steps have one of their fields under a name that is known, and is not ours."""
    objects = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    ours = {"", *Step.model_fields}
    return any(named(step, OF_STEPS, name) not in ours for step in objects for name in OF_STEPS)


def _unwrap(entry: Mapping[str, Any], path: list[str], found: _Found, depth: int = 0) -> None:
    if depth > _DEEPEST:
        raise ValueError(
            say("is nested too deeply: suites stand inside one another more than {most} times", most=_DEEPEST)
        )
    inside = _inside(entry)
    title = named(entry, OF_CASES, "title") or next((key for key in entry if key_of(key) in ("suite", "feature")), "")
    here = [*path, str(entry[title])] if title and isinstance(entry[title], str) else path
    read = {title, *(name for name, _ in inside)}
    found.left |= dict.fromkeys(str(name) for name, value in entry.items() if str(name) not in read and value)
    for name, entries in inside:
        for part in entries:
            if not isinstance(part, dict):
                found.objects.append(Skipped(say("{name} has an entry that is no object", name=name)))
            elif not part:
                found.objects.append(Skipped(say("{name} has an entry without any field", name=name)))
            elif _is_wrapper(part):
                _unwrap(part, here, found, depth + 1)
            elif _is_whole(part):
                found.objects.append(part)
            else:
                _require_title(part, name)
                _add(part, here, found)


def _require_title(entry: Mapping[str, Any], under: str) -> None:
    if named(entry, OF_CASES, "title"):
        return
    fields = [str(name) for name in entry][:_SHOWN]
    raise ValueError(
        say(
            "has objects under /{name} without a title: of their fields {fields}, rename the one that names the test to `title`",
            name=under,
            fields=fields,
        )
    )


def _add(entry: Mapping[str, Any], path: list[str], found: _Found) -> None:
    case = _Case(entry, found.left)
    try:
        found.objects.append(case.made(path))
    except UnusableError as reason:
        found.objects.append(Skipped(str(reason), title=case.text("title")))


class _Case:
    """One object of a tool, read field by field; what is not asked for is left behind."""

    def __init__(self, entry: Mapping[str, Any], left: dict[str, None]) -> None:
        self._entry = entry
        self._left = left
        self._read: set[str] = set()

    def value(self, name: str) -> Any:
        """The value of a field, whatever its name here."""
        key = named(self._entry, OF_CASES, name)
        self._read.add(key)
        return self._entry.get(key)

    def text(self, name: str) -> str:
        """The same as a text."""
        return (name_of if name in _NAMED else text_of)(self.value(name))

    def entries(self, name: str) -> list[str]:
        """The same as a list of texts."""
        value = self.value(name)
        told = name_of if name in _NAMED else text_of
        texts = [told(part) for part in value] if isinstance(value, list) else split_entries(told(value))
        return [text for text in texts if text]

    def several(self, name: str) -> list[str]:
        """The same as a list of names, which one text holds between commas."""
        value = self.value(name)
        return [part for part in _BETWEEN.split(value) if part] if isinstance(value, str) else self.entries(name)

    def made(self, path: list[str]) -> dict[str, Any]:
        """A procedure if it has steps, else a case.

        Raises:
            UnusableError: neither steps nor an expected result.
        """
        identifier, title, expected = self.text("id"), self.text("title"), self.entries("expected")
        steps = list(self._steps())
        shared: dict[str, Any] = {
            "section": [*path, *filter(None, re.split(r"\s*[/>]\s*", self.text("section")))],
            "preconditions": self.entries("preconditions"),
            "postconditions": self.entries("postconditions"),
            "priority": self.text("priority") or None,
            "type": self.text("type") or None,
            "tags": self.several("tags"),
            "references": self.several("references"),
        }  # fmt: skip
        data, objective = self.value("test_data"), self.text("objective")
        by_name = data if isinstance(data, dict) else {"1": data} if data not in (None, "", []) else {}
        shared["test_data"] = {str(name): text_of(value) for name, value in by_name.items()}
        self._leave()
        if not steps and not expected:
            raise UnusableError(say("has neither steps nor an expected result"))
        if not steps:
            return {
                "id": identifier,
                "title": title,
                "objective": objective or None,
                "expected_results": expected,
                **shared,
            }
        if expected and not any(seen for *_, seen in steps):
            steps, expected = _with_results(steps, self.value("expected"), expected), []
        custom = {"Objective": objective} if objective else {}
        return imported(identifier, title, steps, expected_results=expected, custom=custom, **shared)

    def _steps(self) -> Iterator[tuple[str, str, str]]:
        steps = self.value("steps")
        if isinstance(steps, dict):
            steps = self._of_script(steps)
        if not isinstance(steps, list):
            texts = paired(text_of(steps), "")
            yield from texts if text_of(steps) else ()
            return
        for step in steps:
            yield self._step(step) if isinstance(step, dict) else (text_of(step), "", "")

    def _of_script(self, script: Mapping[str, Any]) -> Any:
        """The steps of an object: of a script beside its kind, or one under each number."""
        if script and all(str(name).isdecimal() and len(str(name)) <= _DIGITS for name in script):
            return [script[name] for name in sorted(script, key=lambda name: int(str(name)))]
        filled = {str(name): value for name, value in script.items() if value not in (None, "", [], {})}
        holder = next((name for name in ("steps", "text", "script") if name in filled), "")
        others = filled.keys() - {holder, "type"}
        if others and not holder:
            raise UnusableError(
                say("has steps whose fields are {fields}: rename the one that holds them to `steps`", fields=sorted(others)[:_SHOWN])
            )  # fmt: skip
        self._left |= dict.fromkeys(f"steps/{name}" for name in sorted(others))
        return filled.get(holder, "")

    def _step(self, step: Mapping[str, Any]) -> tuple[str, str, str]:
        keys = {name: named(step, OF_STEPS, name) for name in OF_STEPS}
        if not keys["action"]:
            fields = [str(name) for name in step][:_SHOWN]
            raise UnusableError(
                say("has a step without an action: of its fields {fields}, rename the one that says what to do to `action`", fields=fields)
            )  # fmt: skip
        others = {str(name) for name, value in step.items() if value not in (None, "", [], {})} - set(keys.values())
        self._left |= dict.fromkeys(f"steps/{name}" for name in sorted(others))
        action, data, seen = (text_of(step.get(keys[name])) for name in ("action", "test_data", "expected"))
        return action, data, seen

    def _leave(self) -> None:
        others = (str(name) for name, value in self._entry.items() if value not in (None, "", [], {}))
        self._left |= dict.fromkeys(name for name in others if name not in self._read)


def _with_results(steps: list[tuple[str, str, str]], value: Any, expected: list[str]) -> list[tuple[str, str, str]]:
    """Steps with the results that stand beside them: each with that of its number or its place, else the last with all."""
    numbered = [] if isinstance(value, list) else split_numbered(text_of(value))
    by_place = {number - 1: text for number, text in numbered}
    if not by_place or len(by_place) < len(numbered) or not by_place.keys() <= set(range(len(steps))):
        one_each = isinstance(value, list) and len(expected) == len(steps)
        by_place = dict(enumerate(expected)) if one_each else {len(steps) - 1: "\n".join(expected)}
    return [(action, data, by_place.get(place, "")) for place, (action, data, _) in enumerate(steps)]
