"""TestLink XML: suites with cases and steps, HTML in CDATA ("Import / Export", TestLink 1.9 user manual, XML of test suites).

`externalid` is a number that TestLink gives, so our id is in the custom field `testgen_id` (a project that has no such field
ignores it). There is no element for test data: it follows the action.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, Step
from testgen.interchange.found import Objects, Skipped, UnusableError
from testgen.interchange.markup import from_html
from testgen.interchange.readiness import about
from testgen.interchange.rows import by_number
from testgen.interchange.tabular import imported, join_entries, split_data, split_entries, with_data
from testgen.interchange.xml_tree import DEEPEST, left_of, parse
from testgen.messages import say

LOST = (
    "kind", "verifies", "type", "custom", "expected_results", "postconditions", "test_data", "readiness", "findings",
    say("priority other than high, medium, low"),
)  # fmt: skip
OWN_ID = "testgen_id"
MOST_SUITES = DEEPEST - 10  # a case has elements of its own
ROOTS = dict.fromkeys(("testsuite", "testcases", "testcase", "testproject"), "TestLink")
_IMPORTANCE = {"low": "1", "低": "1", "medium": "2", "中": "2", "high": "3", "高": "3"}
_PRIORITY = {"1": "low", "2": "medium", "3": "high"}
_OF_SUITES = {"testsuite", "testcase", "node_order"}
_OF_CASES = {
    "externalid", "summary", "preconditions", "importance", "steps", "keywords", "custom_fields", "requirements", "node_order",
    "execution_type", "version", "fullexternalid",
}  # fmt: skip
_OF_STEPS = {"step_number", "actions", "expectedresults", "execution_type"}
_LINE_END = re.compile("\r\n?|\n")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML 1.0 document can hold them


def write(procedures: Sequence[Procedure]) -> str:
    """Suites by section; the topmost has no name, so that it may be imported into any suite.

    Raises:
        ValueError: a section has more parts than can be read back.
    """
    tree: _Suite = ({}, [])
    for procedure in procedures:
        if len(procedure.section) > MOST_SUITES:
            raise ValueError(
                say(
                    "the section of {test_case_id!r} has {count:,} parts: at most {most} suites can stand "
                    "inside one another",
                    test_case_id=procedure.test_case_id,
                    count=len(procedure.section),
                    most=MOST_SUITES,
                )
            )
        node = tree
        for name in procedure.section:
            node = node[0].setdefault(name, ({}, []))
        node[1].append(procedure)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_suite("", tree)}'


_Suite = tuple[dict[str, Any], list[Procedure]]


def _suite(name: str, suite: _Suite) -> str:
    inside = "".join(_suite(child, node) for child, node in suite[0].items())
    cases = "".join(map(_case, suite[1]))
    return f"<testsuite name={_attribute(name)}>\n<details><![CDATA[]]></details>\n{inside}{cases}</testsuite>\n"


def _attribute(text: str) -> str:
    return quoteattr(_clean(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _case(procedure: Procedure) -> str:
    number = procedure.test_case_id if procedure.test_case_id.isascii() and procedure.test_case_id.isdigit() else ""
    importance = _IMPORTANCE.get((procedure.priority or "").casefold(), "2")
    keywords = "".join(f"<keyword name={_attribute(tag)}><notes></notes></keyword>" for tag in procedure.tags)
    steps = "".join(_step(step, procedure.language) for step in procedure.steps)
    requirements = "".join(
        f"<requirement><doc_id>{_text(name)}</doc_id></requirement>" for name in procedure.references
    )
    return (
        f"<testcase name={_attribute(procedure.title)}>\n<externalid><![CDATA[{number}]]></externalid>\n"
        f"<summary>{_text(about(procedure))}</summary>\n"
        f"<preconditions>{_text(join_entries(procedure.preconditions))}</preconditions>\n"
        f"<execution_type><![CDATA[1]]></execution_type>\n<importance><![CDATA[{importance}]]></importance>\n"
        f"<steps>\n{steps}</steps>\n<keywords>{keywords}</keywords>\n"
        f"<custom_fields><custom_field><name><![CDATA[{OWN_ID}]]></name><value>{_text(procedure.test_case_id)}</value>"
        f"</custom_field></custom_fields>\n<requirements>{requirements}</requirements>\n</testcase>\n"
    )


def _step(step: Step, language: Language) -> str:
    return (
        f"<step><step_number><![CDATA[{step.number}]]></step_number>"
        f"<actions>{_text(with_data(step.action, step.test_data, language))}</actions>"
        f"<expectedresults>{_text(step.expected_result)}</expectedresults>"
        "<execution_type><![CDATA[1]]></execution_type></step>\n"
    )


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _text(text: str) -> str:
    """Text as HTML inside CDATA; escaped HTML cannot hold the end of the CDATA section."""
    return f"<![CDATA[{_LINE_END.sub('<br/>', html.escape(_clean(text), quote=False))}]]>"


def read(text: str) -> Objects:
    """The test cases of an export, at any depth of suites, each with the path of its suites.

    Raises:
        ValueError: not XML, with entities, or not TestLink's.
    """
    root = parse(text, ROOTS)
    within = [root.get("name", "")] * (root.tag == "testsuite")
    cases = [(root, [])] if root.tag == "testcase" else list(_cases(root, within))
    return [
        *(_object(case, [part for part in path if part]) for case, path in cases),
        *left_of(root.iter("testsuite"), _OF_SUITES),
        *left_of((case for case, _ in cases), _OF_CASES),
        *left_of(root.iter("step"), _OF_STEPS),
    ]


def _cases(element: Any, path: list[str]) -> Iterator[tuple[Any, list[str]]]:
    for child in element:
        if child.tag == "testcase":
            yield child, path
        elif child.tag == "testsuite":
            yield from _cases(child, [*path, child.get("name", "")])


def _object(case: Any, path: list[str]) -> Any:
    title = case.get("name", "")
    try:
        return _procedure(case, title, path)
    except UnusableError as reason:
        return Skipped(str(reason), title=title)


def _procedure(case: Any, title: str, path: list[str]) -> dict[str, Any]:
    fields = {field.findtext("name"): _plain(field.findtext("value")) for field in case.iter("custom_field")}
    steps = [
        (*split_data(_plain(step.findtext("actions"))), _plain(step.findtext("expectedresults")))
        for step in by_number(list(case.iter("step")), lambda step: _plain(step.findtext("step_number")))
    ]
    summary = "" if OWN_ID in fields else _plain(case.findtext("summary"))  # ours says how ready the procedure is
    custom = {str(name): text for name, text in fields.items() if name and text and name != OWN_ID}
    return imported(
        fields.get(OWN_ID) or _plain(case.findtext("externalid")) or _plain(case.findtext("fullexternalid")),
        title,
        steps,
        section=path,
        priority=_PRIORITY.get(_plain(case.findtext("importance"))),
        preconditions=split_entries(_plain(case.findtext("preconditions"))),
        tags=[keyword.get("name", "") for keyword in case.iter("keyword")],
        references=[_plain(entry.findtext("doc_id")) for entry in case.iter("requirement")],
        custom={**({"Objective": summary} if summary else {}), **custom},
    )


def _plain(markup: str | None) -> str:
    return from_html((markup or "").strip())
