"""Gherkin, for tools that keep manual tests as scenarios (Cucumber's "Gherkin Reference"): one feature per file.

Read by Cucumber's own parser, which fills in backgrounds and examples. Given is a precondition, When an action, Then what is
seen; a table or a text below a When is its test data.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from testgen.domain.procedure import Procedure
from testgen.interchange.found import Objects, Skipped, UnusableError
from testgen.interchange.readiness import line
from testgen.interchange.tabular import imported
from testgen.interchange.titles import with_id, without_id
from testgen.interchange.words import Words, all_words, words_for
from testgen.messages import Original, joined, say

LOST = (
    say("everything except id, title, section, tags, preconditions and the texts of the steps"),
    say("/ inside a part of section"),
)
_PATH = " / "
# A tag such as @TC-201; one such as @REQ-3 or @BUG-77 points to something else.
_ID = re.compile(
    r"@(?!(?:REQ|RQ|US|BUG|ISSUE|STORY|EPIC|DEFECT|SPRINT|RELEASE|REL|VERSION|VER|PRIO|PRIORITY|SEV)[-_]?\d)[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*[-_]\d+"
)


def write(procedures: Sequence[Procedure]) -> str:
    """One feature with one scenario per procedure; if their sections differ, a rule for each.

    The first procedure's language decides the keywords, since a file has one.
    """
    if not procedures:
        return ""
    language = procedures[0].language
    lines = [] if language == "en" else [f"# language: {language}"]  # English is Gherkin's own default
    common = _common([procedure.section for procedure in procedures])
    words = words_for(language)
    name = _PATH.join(common) or (procedures[0].title if len(procedures) == 1 else words.procedures_sheet)
    lines.append(f"{words.gherkin[0]}: {_line(name)}")
    # What follows a rule belongs to it, so procedures without a rule come first.
    ordered = sorted(procedures, key=lambda procedure: procedure.section != common)
    for section, inside in groupby(ordered, key=lambda procedure: procedure.section[len(common) :]):
        if section:
            lines += ["", f"  {words.gherkin[5]}: {_line(_PATH.join(section))}"]
        for procedure in inside:
            lines += _scenario(procedure, words)
    return "\n".join(lines) + "\n"


def write_files(procedures: Sequence[Procedure]) -> dict[str, str]:
    """File name -> text: a file for each section and language."""
    files: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        name = re.sub(r"[^\w.-]+", "_", "-".join(procedure.section) or "tests").strip("_.") or "tests"
        files.setdefault(f"{name}.{procedure.language}.feature", []).append(procedure)
    return {name: write(inside) for name, inside in files.items()}


def _common(sections: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    common = sections[0] if sections else ()
    for section in sections:
        same = [here == there for here, there in zip(common, section, strict=False)]
        common = common[: same.index(False) if False in same else len(same)]
    return common


def _scenario(procedure: Procedure, words: Words) -> Iterator[str]:
    _, scenario, given, when, then, _, more = words.gherkin
    yield ""
    if tags := " ".join(filter(None, map(_tag, procedure.tags))):
        yield f"  {tags}"
    if state := line(procedure):
        yield f"  # {_line(state)}"
    named = procedure.test_case_id != procedure.title
    yield f"  {scenario}: {_line(with_id(procedure.test_case_id, procedure.title) if named else procedure.title)}"
    for text in procedure.preconditions:
        yield f"    {given}{_line(text)}"
    for step in procedure.steps:
        yield f"    {when}{_line(step.action)}"
        if step.test_data:
            yield from _text_block(step.test_data)
        for number, seen in enumerate(filter(str.strip, step.expected_result.splitlines())):
            yield f"    {more if number else then}{seen.strip()}"


def _text_block(text: str) -> Iterator[str]:
    yield '      """'
    for written in text.splitlines():
        yield "      " + written.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    yield '      """'


def _tag(text: str) -> str:
    """A tag ends at a blank, and another begins at an @."""
    name = re.sub(r"[\s@#]+", "_", text).strip("_")
    return f"@{name}" if name else ""


def _line(text: str) -> str:
    return " ".join(filter(None, map(str.strip, text.splitlines())))


def read(text: str) -> Objects:
    """A procedure for each scenario, and for each row of its examples.

    Raises:
        ValueError: not Gherkin; says where.
    """
    document, pickles = _parsed(text)
    scenarios = dict(_scenarios(document.get("feature") or {}, []))
    filled = {pickle["astNodeIds"][0] for pickle in pickles}
    empty = [
        Skipped(say("has no When: write what the tester does"), row, name)
        for key, (row, name, *_) in scenarios.items()
        if key not in filled
    ]
    found = [_object(pickle, *scenarios[pickle["astNodeIds"][0]]) for pickle in pickles]
    return _apart(found) + empty


def pickles(text: str) -> list[Any]:
    """The scenarios, filled in with backgrounds and examples, as Cucumber's parser has them.

    Raises:
        ValueError: not Gherkin; says where.
    """
    return _parsed(text)[1]


def _parsed(text: str) -> tuple[Any, list[Any]]:
    from gherkin.errors import ParserError
    from gherkin.parser import Parser
    from gherkin.pickles.compiler import Compiler

    try:
        document: Any = {**Parser().parse(text), "uri": ""}
        return document, list(Compiler().compile(document))
    except ParserError as error:
        raise ValueError(joined(": ", (say("is not Gherkin"), Original(" ".join(str(error).split())[:200])))) from None


def _apart(found: Objects) -> Objects:
    """The rows of one outline share its id: the second is `T-1 (2)`."""
    seen: dict[str, int] = {}
    for data in found:
        if isinstance(data, dict) and (identifier := data["test_case_id"]):
            seen[identifier] = seen.get(identifier, 0) + 1
            if seen[identifier] > 1:
                data["test_case_id"] = f"{identifier} ({seen[identifier]})"
    return found


def _scenarios(node: Any, path: list[str]) -> Iterator[tuple[str, tuple[int, str, list[str], str]]]:
    name = "" if node.get("name", "") in {words.procedures_sheet for words in all_words()} else node.get("name", "")
    inside = [*path, *(part for part in re.split(r"\s/\s", name) if part.strip())]
    for child in node.get("children", ()):
        if scenario := child.get("scenario"):
            ids = [tag["name"][1:] for tag in scenario.get("tags", ()) if _ID.fullmatch(tag["name"])]
            yield scenario["id"], (
                scenario["location"]["line"], scenario["name"], inside, ids[0] if len(ids) == 1 else "",
            )  # fmt: skip
        elif rule := child.get("rule"):
            yield from _scenarios(rule, inside)


def _object(pickle: Any, row: int, _: str, section: list[str], tagged: str) -> Any:
    """The procedure of a scenario; its id begins its name, or is the one tag that looks like an id."""
    name = pickle["name"].strip()
    identifier, title = without_id(name)
    try:
        preconditions, steps = steps_of(pickle["steps"])
        tags = [tag["name"].removeprefix("@") for tag in pickle["tags"]]
        return imported(identifier or tagged, title, steps, section=section, preconditions=preconditions, tags=tags)
    except UnusableError as reason:
        return Skipped(str(reason), row, name)


def steps_of(steps: Sequence[Any]) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Preconditions, and steps of (action, test data, expected result).

    Raises:
        UnusableError: nothing that the tester does, or something is seen before.
    """
    preconditions: list[str] = []
    found: list[list[str]] = []
    for step in steps:
        text, below = step["text"].strip(), _argument(step.get("argument") or {})
        if step["type"] == "Context" and not found:
            preconditions.append("\n".join(filter(None, (text, below))))
        elif step["type"] == "Outcome":
            if not found:
                raise UnusableError(say("has no When before its first Then: write what the tester does"))
            found[-1][2] = "\n".join(filter(None, (found[-1][2], text, below)))
        else:
            found.append([text, below, ""])
    if not found:
        raise UnusableError(say("has no When: write what the tester does"))
    return preconditions, [(action, data, expected) for action, data, expected in found]


def _argument(argument: Any) -> str:
    if text := argument.get("docString"):
        return str(text["content"])
    rows = argument.get("dataTable", {}).get("rows", ())
    return "\n".join(" | ".join(cell["value"] for cell in row["cells"]) for row in rows)
