"""TestRail XML: `suite > sections > section > cases > case`, sections in sections ("Export test cases", TestRail user guide)."""

from collections.abc import Iterator
from typing import Any

from testgen.interchange.found import Objects, Skipped, UnusableError
from testgen.interchange.markup import perhaps_html
from testgen.interchange.rows import parts
from testgen.interchange.tabular import imported, paired, split_entries
from testgen.interchange.xml_tree import left_of, parse

ROOTS = {"suite": "TestRail"}


def read(text: str) -> Objects:
    """The cases of an export, with the path of sections of each.

    Raises:
        ValueError: not XML, with entities, or not TestRail's.
    """
    root = parse(text, ROOTS)
    return [
        *(_object(case, section) for case, section in _cases(root, [])),
        *left_of(root.iter("section"), {"name", "sections", "cases"}),
        *left_of(root.iter("case"), {"id", "title", "template", "type", "priority", "references", "custom"}),
        *left_of(root.iter("custom"), {"preconds", "steps_separated", "steps", "expected"}),
        *left_of(root.iter("step"), {"index", "content", "additional_info", "expected"}),
    ]


def _cases(element: Any, path: list[str]) -> Iterator[tuple[Any, list[str]]]:
    for section in element.findall("sections/section"):
        inside = [*path, _text(section, "name")]
        for case in section.findall("cases/case"):
            yield case, inside
        yield from _cases(section, inside)


def _object(case: Any, section: list[str]) -> Any:
    title = _text(case, "title")
    try:
        return imported(
            _text(case, "id"),
            title,
            list(_steps(case)),
            section=[part for part in section if part],
            type=_text(case, "type") or None,
            priority=_text(case, "priority") or None,
            references=parts(_text(case, "references"), ","),
            preconditions=split_entries(_html(case, "custom/preconds")),
        )
    except UnusableError as reason:
        return Skipped(str(reason), title=title)


def _steps(case: Any) -> Iterator[tuple[str, str, str]]:
    separated = case.findall("custom/steps_separated/step")
    for step in separated:
        yield _html(step, "content"), _html(step, "additional_info"), _html(step, "expected")
    if not separated:
        yield from paired(_html(case, "custom/steps"), _html(case, "custom/expected"))


def _html(element: Any, path: str) -> str:
    """A text that its editor may have kept as HTML."""
    return perhaps_html(_text(element, path))


def _text(element: Any, path: str) -> str:
    return (element.findtext(path) or "").replace("\r\n", "\n").strip()
