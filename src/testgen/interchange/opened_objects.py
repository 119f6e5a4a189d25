"""Objects of tools with what lies deeper in them brought up: the `fields` of Jira, steps within steps, a scenario in one text, and a
description that holds the whole case."""

from collections.abc import Iterator, Mapping
from typing import Any

from testgen.interchange.cell_blocks import blocks_of
from testgen.interchange.found import UnusableError
from testgen.interchange.gherkin_cell import is_gherkin, scenario_of
from testgen.interchange.object_fields import OF_CASES, OF_STEPS, named, text_of

_DEEPEST = 50
_OF_BLOCKS = {"action": "steps", "expected": "expected", "expected_results": "expected", "": "objective"}


def opened(value: Any, levels: int = _DEEPEST) -> Any:
    """A value of JSON or YAML, and all that is in it; what is testgen's own form stays as it is."""
    if not levels:
        return value
    if isinstance(value, list):
        return [opened(part, levels - 1) for part in value]
    if not isinstance(value, dict):
        return value
    entry = {name: opened(part, levels - 1) for name, part in value.items()}
    fields = entry.get("fields")
    if isinstance(fields, dict) and (named(fields, OF_CASES, "title") or named(fields, OF_STEPS, "action")):
        entry = {**fields, **{name: part for name, part in entry.items() if name != "fields"}}
    if not named(entry, OF_CASES, "title"):
        return entry
    steps = named(entry, OF_CASES, "steps")
    if steps:
        return entry | _of_steps(entry, steps)
    return entry if named(entry, OF_CASES, "expected") else _described(entry)


def _of_steps(entry: Mapping[str, Any], key: str) -> dict[str, Any]:
    steps = entry[key]
    if isinstance(steps, list):
        return {key: list(_in_a_row(steps))}
    if not isinstance(steps, str) or not is_gherkin(steps):
        return {}
    try:
        given, told = scenario_of(steps)
    except UnusableError:
        return {}
    before = named(entry, OF_CASES, "preconditions") or "preconditions"
    held = entry.get(before) or []
    return {
        before: [*(held if isinstance(held, list) else [held]), *given],
        key: [{"step": action, "testData": data, "expected": seen} for action, data, seen in told],
    }


def _in_a_row(steps: list[Any]) -> Iterator[Any]:
    """A step within another follows it."""
    for step in steps:
        inner = step.get("steps") if isinstance(step, dict) else None
        if isinstance(inner, list) and named(step, OF_STEPS, "action"):
            yield {name: part for name, part in step.items() if name != "steps"}
            yield from _in_a_row(inner)
        else:
            yield step


def _described(entry: dict[str, Any]) -> dict[str, Any]:
    """An object whose description has headings of a case, such as `h3. Steps`, with what stands below each as a field."""
    key = named(entry, OF_CASES, "objective")
    blocks = blocks_of(text_of(entry[key])) if key else {}
    if not blocks:
        return entry
    return {name: part for name, part in entry.items() if name != key} | {
        _OF_BLOCKS.get(name, name): text for name, text in blocks.items()
    }
