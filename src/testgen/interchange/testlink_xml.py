"""TestLink XML: test cases with steps, HTML in CDATA ("Import / Export", TestLink user manual, XML format of test cases).

Read by defusedxml: entities, external ones above all, are refused. There is no element for test data: they stand below the action.
"""

import html
import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, Step
from testgen.interchange.readiness import about
from testgen.interchange.tabular import imported, join_entries, split_data, split_entries, with_data

LOST = (
    "kind",
    "verifies",
    "type",
    "custom",
    "references",
    "expected_results",
    "postconditions",
    "test_data",
    "readiness",
    "findings",
)
_IMPORTANCE = {"low": "1", "低": "1", "medium": "2", "中": "2", "high": "3", "高": "3"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML 1.0 document can hold them


def write(procedures: Sequence[Procedure]) -> str:
    """One `testcase` a procedure."""
    cases = "".join(map(_case, procedures))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testcases>\n{cases}</testcases>\n'


def _case(procedure: Procedure) -> str:
    name = quoteattr(_clean(procedure.title), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    importance = _IMPORTANCE.get((procedure.priority or "").casefold(), "2")
    keywords = "".join(f"<keyword name={quoteattr(_clean(tag))}/>" for tag in procedure.tags)
    steps = "".join(_step(step, procedure.language) for step in procedure.steps)
    return (
        f"<testcase name={name}>\n<externalid>{_text(procedure.test_case_id)}</externalid>\n"
        f"<summary>{_text(about(procedure))}</summary>\n"
        f"<preconditions>{_text(join_entries(procedure.preconditions))}</preconditions>\n"
        f"<execution_type><![CDATA[1]]></execution_type>\n<importance><![CDATA[{importance}]]></importance>\n"
        f"<steps>\n{steps}</steps>\n<keywords>{keywords}</keywords>\n</testcase>\n"
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
    return f"<![CDATA[{html.escape(_clean(text), quote=False).replace(chr(10), '<br/>')}]]>"


def read(text: str) -> list[object]:
    """The test cases of an export, at any depth of suites.

    Raises:
        ValueError: not XML, with entities, or not TestLink's.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(text.encode("utf-8"), forbid_dtd=True)
    except ParseError as error:
        raise ValueError(f"is not XML: {error}") from None
    except DefusedXmlException:
        raise ValueError("has a document type or entities, which are refused: export it again from TestLink") from None
    if root.tag not in ("testcases", "testsuite", "testcase"):
        raise ValueError(f"is not TestLink's: its first element is {root.tag!r}, not testcases or testsuite")
    return [_procedure(case) for case in ([root] if root.tag == "testcase" else root.iter("testcase"))]


def _procedure(case: Any) -> dict[str, Any]:
    steps = [
        (*split_data(_plain(step.findtext("actions"))), _plain(step.findtext("expectedresults")))
        for step in case.iter("step")
    ]
    return imported(
        _plain(case.findtext("externalid")),
        case.get("name", ""),
        [step for step in steps if step[0]],
        preconditions=split_entries(_plain(case.findtext("preconditions"))),
        tags=[keyword.get("name", "") for keyword in case.iter("keyword")],
    )


def _plain(markup: str | None) -> str:
    """HTML as text: breaks and paragraphs are new lines, other tags go."""
    text = re.sub(r"<br\s*/?>\n?|</p>\s*(?=<p\b)", "\n", markup or "", flags=re.IGNORECASE)
    return (
        html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", text)).replace("\u00a0", " ")
        if "<" in text
        else html.unescape(text)
    )
