"""Test cases in Markdown: one heading per case, headings below it for its fields (`## 前提条件`), or a table with one row per case. A table
with one row per step below the heading of a case makes it a procedure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from testgen.domain.language import detect_language
from testgen.interchange.columns import CUSTOM, HEADINGS, RESULTS, ColumnNames, heading
from testgen.interchange.found import Left, Objects, Skipped
from testgen.interchange.grid import Grid
from testgen.interchange.ids import numbered_apart
from testgen.interchange.layout import Line, Table, tables
from testgen.interchange.sheet import case_of, in_table, objects_of
from testgen.interchange.titles import of_heading
from testgen.messages import say

_LABEL = re.compile(r"([^:：]{1,20})[:：]\s*(.+)", re.DOTALL)
_NOTED = re.compile(
    r"[※＊]|注(?:意|記|釈)?\s*[\d）):：]|(?:Note|NB|Caution|Warning|備考|補足|参考|警告)\s*[:：.]", re.IGNORECASE
)
_AS_WRITTEN = {"specification", "objective"}  # kept as Markdown; of the other fields each item is an entry


_NAMES_A_CASE = {"id", "title", "major", "middle", "minor"}
_LISTS = {"preconditions", "expected", "expected_results", "postconditions", "tags", "references"}


@dataclass
class _Case:
    level: int
    heading: str
    section: list[str]
    fields: dict[str, list[str]] = field(default_factory=dict)
    headed: bool = False  # a heading below it names a field, so that it is a case and no chapter
    line: int = 0
    told: bool = False  # some text stands directly below the heading
    chapter: bool = False  # other cases stand below it
    steps: list[Table] = field(default_factory=list)


def read(text: str, names: ColumnNames) -> Objects:
    """The cases of a document. A section that is no chapter and has no fields is skipped.

    Raises:
        ValueError: no heading and no table in it says what a test case has.
    """
    root = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
    cases = _headed(root, text.split("\n"), names)
    by_place = [("", [made for case in cases for made in _made(case)])]
    for table, section in _tables(root, names):
        if not (cases and _steps(table, names)):
            rows = objects_of(Grid("", list(_rows(table))), names)
            placed = [
                made if isinstance(made, Skipped | Left) else made | {"section": made["section"] or section}
                for made in rows
            ]
            by_place.append((section[-1] if section else "", placed))
    found = numbered_apart(by_place)
    if all(isinstance(entry, Skipped | Left) for entry in found):
        raise ValueError(
            say(
                "has no test case: write a heading with id and title, below it headings such as 前提条件 and 期待結果 "
                "(Preconditions, Expected results) or a table of steps, or a table with such columns"
            )
        )
    return found


def _tables(root: SyntaxTreeNode, names: ColumnNames) -> Iterator[tuple[SyntaxTreeNode, list[str]]]:
    """Each table with the headings that it stands below."""
    above: list[tuple[int, str]] = []
    for node in root.children:
        if node.type == "heading":
            level, text = int(node.tag[1]), _plain(node)
            above = [entry for entry in above if entry[0] < level]
            above += [] if names.field(text) else [(level, text)]
        elif node.type == "table":
            yield node, [title for _, title in above]


def _steps(node: SyntaxTreeNode, names: ColumnNames) -> list[Table]:
    """The table of one procedure's steps: one with actions in which nothing names a case."""
    found = tables(Grid("", list(_rows(node))), names) if node.type == "table" else []
    return [table for table in found if "action" in table.fields and not _NAMES_A_CASE & table.fields]


def _headed(root: SyntaxTreeNode, lines: list[str], names: ColumnNames) -> list[_Case]:
    cases: list[_Case] = []
    above: list[tuple[int, str]] = []  # headings that are around the present one
    leaves: dict[tuple[str, ...], list[_Case]] = {}  # what no other case stands below so far, by its path
    name = ""
    for node in root.children:
        if node.type == "heading":
            level, text = int(node.tag[1]), _plain(node)
            name = names.field(text) or ""
            if name in RESULTS and cases and level > cases[-1].level:  # else 備考 is a section of the document
                name = CUSTOM + text
            elif name not in HEADINGS:
                above = [entry for entry in above if entry[0] < level]
                section = [title for _, title in above]
                for case in leaves.pop(tuple(section), ()):
                    case.chapter = True
                cases.append(_Case(level, text, section, line=(node.map or (0, 0))[0] + 1))
                leaves.setdefault((*section, text), []).append(cases[-1])
                above.append((level, text))
                name = ""
            elif cases:
                cases[-1].headed = True
        elif cases and (labels := _bold_labels(node, names)):
            name = _labelled(cases[-1], *labels)
        elif cases and name and (note := _note(node)):
            _labelled(cases[-1], (CUSTOM + heading("remarks", detect_language(note)), note))
        elif cases and (steps := _steps(node, names)):
            cases[-1].steps += steps
        elif cases and name in _AS_WRITTEN and node.map:
            cases[-1].fields.setdefault(name, []).append("\n".join(lines[slice(*node.map)]).strip())
        elif cases:
            cases[-1].told = cases[-1].told or (not name and node.type == "paragraph")
            _add(cases[-1], name, node, names)
    return cases


def _bold_labels(node: SyntaxTreeNode, names: ColumnNames) -> list[tuple[str, str]]:
    """The fields that the lines of a paragraph name in bold, as headings would, and what follows each; none if its first line does not."""
    found: list[tuple[str, str]] = []
    for line in _lines_of(node) if node.type == "paragraph" else ():
        if label := _bold_label(line, names):
            found.append(label)
        elif not found:
            return []
        else:
            found[-1] = found[-1][0], "\n".join((found[-1][1], "".join(map(_plain, line))))
    return found


def _lines_of(paragraph: SyntaxTreeNode) -> Iterator[list[SyntaxTreeNode]]:
    line: list[SyntaxTreeNode] = []
    for part in paragraph.children[0].children if paragraph.children else ():
        if part.type in ("softbreak", "hardbreak"):
            yield line
            line = []
        elif part.type != "text" or part.content:
            line.append(part)
    yield line


def _bold_label(parts: list[SyntaxTreeNode], names: ColumnNames) -> tuple[str, str] | None:
    """The field that a line names in bold, and what follows there: `**手順**`, `**Expected:** shown`."""
    if not parts or parts[0].type != "strong":
        return None
    label, rest = _plain(parts[0]).strip(), "".join(map(_plain, parts[1:]))
    field_named = names.field(label.rstrip(":："))
    apart = not rest or rest.startswith((":", "：")) or label.endswith((":", "："))
    if not apart or not field_named or field_named in _NAMES_A_CASE:
        return None
    name = CUSTOM + label.rstrip(":：") if field_named in RESULTS else field_named
    return name, rest.lstrip(":： ")


def _labelled(case: _Case, *labels: tuple[str, str]) -> str:
    """Takes over what follows labels in bold, and gives the field that the last of them names."""
    for name, text in labels:
        case.headed = case.headed or not name.startswith(CUSTOM)
        for line in filter(None, map(str.strip, text.split("\n"))):
            case.fields.setdefault(name, []).append(line)
    return labels[-1][0]


def _note(node: SyntaxTreeNode) -> str:
    """The text of a quotation that is a note: `> 注意：…`."""
    if node.type != "blockquote":
        return ""
    text = "\n".join(_entries(node))
    return text if _NOTED.match(text) else ""


def _made(case: _Case) -> Iterator[Any]:
    if case.steps or case.fields.get("action"):
        yield from _procedure(case)
    elif case.headed or len(case.fields) > 1:
        values = _values(case)
        yield case_of(values, [values])
    elif case.told and not case.chapter:
        yield Skipped(
            say("contains only a paragraph: write 期待結果 (Expected results) below it"), case.line, case.heading
        )


def _procedure(case: _Case) -> Iterator[Any]:
    """The case with its steps; a second table goes on with them where it has the same columns. Listed below a heading, the steps have
    the expected results after the last of them."""
    listed = case.fields.pop("action", [])
    first, *more = case.steps or [_listed(listed, case)]
    values = _values(case)
    custom = {name.removeprefix(CUSTOM): text for name, text in values.items() if name.startswith(CUSTOM)}
    head = {name: text for name, text in values.items() if text and not name.startswith(CUSTOM)}
    renamed = {"expected": "expected_results", "test_data": "case_data"}
    head = {renamed.get(name, name): text for name, text in head.items()}
    going_on = [line for table in more if table.columns == first.columns for line in table.lines]
    for made in in_table(replace(first, head=head, lines=[*first.lines, *going_on])):
        if isinstance(made, Skipped):
            yield replace(made, row=case.line)
        else:
            yield {name: made[name] for name in made.keys() - {"step_rows", "columns"}} | {
                "custom": {**custom, **made["custom"]}, "row": case.line,
            }  # fmt: skip
    if any(table.columns != first.columns for table in more):
        yield Skipped(say("has a second table of steps with other columns"), case.line, case.heading)


def _listed(actions: list[str], case: _Case) -> Table:
    """The items below the heading of the steps, as a table of them."""
    seen = "\n".join(case.fields.get("expected", []))
    lines = [Line(case.line, {"action": text, "expected": ""}) for text in actions[:-1]]
    lines.append(Line(case.line, {"action": actions[-1], "expected": seen}))
    return Table({}, {0: "action", 1: "expected"}, lines, case.line, 2)


def _add(case: _Case, name: str, node: SyntaxTreeNode, names: ColumnNames) -> None:
    """What stands below a heading of a field is its entries; before the first such heading, lines of `label: value`."""
    for text in _entries(node) if name or node.type != "fence" else ():
        if name:
            case.fields.setdefault(name, []).append(text)
        elif (found := _LABEL.fullmatch(text)) and (label := names.field(found[1])) in HEADINGS:
            case.fields.setdefault(str(label), []).append(found[2])


def _values(case: _Case) -> dict[str, str]:
    identifier, title = of_heading(case.heading)
    values = {name: "\n\n".join(texts) for name, texts in case.fields.items() if name in _AS_WRITTEN}
    values |= {
        name: "\n".join(_bullet(text) for text in texts) for name, texts in case.fields.items() if name in _LISTS
    }
    if len(tags := case.fields.get("tags", [])) == 1:
        values["tags"] = tags[0]
    values |= {name: texts[0] for name, texts in case.fields.items() if name not in _AS_WRITTEN | _LISTS}
    values["test_data"] = "\n".join(case.fields.get("test_data", []))
    values.setdefault("id", identifier)
    values.setdefault("title", title)
    values.setdefault("section", " > ".join(case.section))
    return values


def _bullet(text: str) -> str:
    return "- " + text.replace("\n", "\n  ")


def _entries(node: SyntaxTreeNode) -> Iterator[str]:
    """The items of a list, the rows of a table as `name: value`, the lines of a paragraph."""
    match node.type:
        case "bullet_list" | "ordered_list":
            for item in node.children:
                yield "\n".join(text for child in item.children for text in _entries(child))
        case "table":
            for row in list(_rows(node))[1:]:
                yield ": ".join(cell for cell in row[:2] if cell)
        case "paragraph" | "heading":
            yield from filter(None, map(str.strip, _plain(node).split("\n")))
        case "fence" | "code_block":
            yield node.content.rstrip("\n")
        case _:
            for child in node.children:
                yield from _entries(child)


def _rows(table: SyntaxTreeNode) -> Iterator[list[str]]:
    for part in table.children:
        for row in part.children:
            yield [_plain(cell) for cell in row.children]


def _plain(node: SyntaxTreeNode) -> str:
    """The text without marks of emphasis; `<br>` and ends of lines are line breaks."""
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type == "html_inline":
        return "\n" if re.fullmatch(r"<br\s*/?>", node.content, re.IGNORECASE) else node.content
    return "".join(_plain(child) for child in node.children)
