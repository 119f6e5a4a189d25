"""Markdown: a heading and a table of steps for each procedure, in the procedure's language."""

import re
from collections.abc import Sequence

from testgen.domain.procedure import Procedure

WORDS = {
    "ja": {
        "head": ("手順", "種別", "操作", "テストデータ", "期待結果", "検証"),
        "kind": {"setup": "準備", "action": "操作", "check": "確認", "cleanup": "後始末"},
        "preconditions": "前提条件",
        "expected_results": "期待結果",
        "postconditions": "後始末",
        "findings": "確認事項",
        "step": "手順{}",
    },
    "en": {
        "head": ("Step", "Kind", "Action", "Test data", "Expected result", "Verifies"),
        "kind": {"setup": "setup", "action": "action", "check": "check", "cleanup": "cleanup"},
        "preconditions": "Preconditions",
        "expected_results": "Expected results",
        "postconditions": "Clean-up",
        "findings": "Open points",
        "step": "step {}",
    },
}


def write(procedures: Sequence[Procedure]) -> str:
    """All procedures, one after the other."""
    return "\n".join(_procedure(procedure) for procedure in procedures)


def _procedure(procedure: Procedure) -> str:
    words = WORDS[procedure.language]
    lines = [f"# {_inline(procedure.test_case_id)} {_inline(procedure.title)}", ""]
    for name in ("preconditions", "expected_results"):
        entries = getattr(procedure, name)
        if entries:
            mark = (f"{number}." for number in range(1, len(entries) + 1)) if name == "expected_results" else iter("-" * len(entries))
            lines += [f"## {words[name]}", "", *(f"{sign} {_inline(entry)}" for sign, entry in zip(mark, entries, strict=True)), ""]
    head = words["head"]
    lines += [_row(head), _row(["---"] * len(head))]
    for step in procedure.steps:
        verifies = ", ".join(map(str, step.verifies))
        lines.append(_row([str(step.number), words["kind"][step.kind], step.action, step.test_data or "", step.expected_result, verifies]))  # type: ignore[index]
    if procedure.findings:
        lines += ["", f"## {words['findings']}", ""]
        for finding in procedure.findings:
            place = str(words["step"]).format(finding.step) + ": " if finding.step else ""
            lines.append(f"- {place}{_inline(finding.message)} (`{finding.rule}`)")
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_inline(cell) for cell in cells) + " |"


def _inline(text: str) -> str:
    """Text on one line in which nothing is taken for a cell's border or for HTML."""
    escaped = re.sub(r"([\\|`*_<])", r"\\\1", text)
    return re.sub(r"\s*\n\s*", "<br>", escaped.strip())
