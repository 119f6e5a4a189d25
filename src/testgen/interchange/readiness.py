"""How far a procedure is from being carried out, in its own words: what people read first."""

import re
from collections.abc import Mapping, Sequence

from testgen.domain.language import LANGUAGES
from testgen.domain.procedure import Finding, Procedure
from testgen.interchange.columns import heading
from testgen.interchange.words import Words, words_for

_OPEN = "open-question"
_RESULT = re.compile(r"/expected_results/(\d+)")


def told(procedure: Procedure) -> str:
    """Whether it can be carried out, and which steps a person must look at before; empty where nobody has reviewed it."""
    if procedure.readiness is None:
        return ""
    words = words_for(procedure.language)
    open_points = [finding for finding in procedure.findings if finding.rule == _OPEN]
    errors = [finding for finding in procedure.findings if finding.severity == "error" and finding.rule != _OPEN]
    parts = [
        places if name == procedure.readiness else words.missing[name].format(places)
        for name, found in (("errors", errors), ("open_points", open_points))
        if found and (places := _places(found, words))
    ]
    text = words.readiness[procedure.readiness]
    return words.missing["all"].format(text, words.missing["between"].join(parts)) if parts else text


def line(procedure: Procedure) -> str:
    """The same under its heading; empty where nobody has reviewed the procedure."""
    state = told(procedure)
    return f"{heading('readiness', procedure.language)}: {state}" if state else ""


def _places(findings: Sequence[Finding], words: Words) -> str:
    """Steps by number, then expected results that no step verifies."""
    steps = {finding.step for finding in findings if finding.step}
    results = {int(found[1]) + 1 for finding in findings if (found := _RESULT.fullmatch(finding.field))}
    listed = words.missing["listed"]
    places = [
        words.missing[name if len(numbers) == 1 else f"{name}s"].format(listed.join(map(str, sorted(numbers))))
        for name, numbers in (("step", steps), ("result", results))
        if numbers
    ]
    return words.missing["places"].join(places)


def about(procedure: Procedure) -> str:
    """For formats with a field for a description: whether it can be carried out, and the test data."""
    return "\n".join(filter(None, (line(procedure), *data_lines(procedure.test_data))))


def data_lines(data: Mapping[str, str]) -> list[str]:
    """Test data as people read them: `name: value`."""
    return [f"{name}: {value}" for name, value in data.items()]


def identity(procedure: Procedure) -> str:
    """The id as a line of a description, for tools that give ids of their own; `identity_of` finds it again."""
    return f"{heading('id', procedure.language)}: {procedure.test_case_id}"


def identity_of(description: str) -> str:
    """The id that `identity` wrote in a description; empty where there is none."""
    found = _line_of("id", description)
    return found[1].strip() if found else ""


def told_by_others(description: str) -> str:
    """A description that `identity` and `about` have not written; else nothing."""
    return "" if _line_of("id", description) or _line_of("readiness", description) else description


def _line_of(name: str, description: str) -> re.Match[str] | None:
    marks = "|".join(re.escape(heading(name, language)) for language in LANGUAGES)
    return re.search(rf"^(?:{marks}): (.+)$", description, re.MULTILINE)
