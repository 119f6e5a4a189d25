"""An evaluation as a table: a column a model, a row a figure, then who is ahead of whom."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from rich.markup import escape
from rich.table import Table

from testgen.cli.screen import Screen

WIDTH = 120  # columns
MOST_RULES = 8
Figures = Mapping[str, Any]
ROWS: dict[str, Callable[[Figures], str]] = {
    "Ready": lambda of: f"{of['share_ready']:.0%}",
    "Ready / open points / skeleton": lambda of: " / ".join(map(str, of["readiness"].values())),
    "No procedure": lambda of: ", ".join(f"{count} {code}" for code, count in of["failed"].items()) or "0",
    "Findings per step": lambda of: f"{of['findings_per_step']:.2f}",
    "Expected results covered": lambda of: f"{of['expected_results_covered']:.0%}",
    "Invented labels per step": lambda of: f"{of['invented_labels']:.2f}",
    "Language faults": lambda of: str(of["language_faults"]),
    "Retries": lambda of: str(of["retries"]),
    "Tokens read / written": lambda of: f"{of['input_tokens']:,} / {of['output_tokens']:,}",
    "Tokens per second": lambda of: f"{of['tokens_per_second']:.1f}" if of["tokens_per_second"] else "-",
    "Seconds per case (median)": lambda of: f"{of['seconds_per_case']:.2f}",
}


def as_table(report: Mapping[str, Any]) -> str:
    """The whole as text."""
    models = report["models"]
    table = Table(show_lines=False)
    table.add_column(f"{models[0]['drafts']} drafts per model")
    for model in models:
        table.add_column(escape(model["subject"]), justify="right", overflow="fold")
    for name, figure in ROWS.items():
        table.add_row(name, *(figure(model) for model in models))
    table.add_section()
    for rule in _commonest(models):
        table.add_row(f"  {rule} per step", *(f"{model['findings'].get(rule, 0):.2f}" for model in models))
    text = io.StringIO()
    console = Screen(file=text, width=WIDTH)
    console.print(table)
    for pair in report["comparisons"]:
        console.print(_compared(pair), markup=False, soft_wrap=True)
    return text.getvalue()


def _commonest(models: list[Figures]) -> list[str]:
    rules = {rule for model in models for rule in model["findings"]}
    return sorted(rules, key=lambda rule: (-sum(model["findings"].get(rule, 0) for model in models), rule))[:MOST_RULES]


def _compared(pair: Mapping[str, Any]) -> str:
    """Who is ahead, or that nobody is; the differences with their intervals at 95 %."""
    one, other, better = pair["one"], pair["other"], pair["better"]
    worse = other if better == one else one
    said = (
        f"{better} is ahead of {worse}" if better else f"{one} and {other}: no difference that chance could not explain"
    )
    grade, findings = _interval(pair["grade"]), _interval(pair["findings_per_step"])
    return f"{said}. {one} minus {other}: grade {grade}, findings per step {findings}"


def _interval(found: Mapping[str, float] | None) -> str:
    if found is None:
        return "too few cases to tell"
    return f"{found['difference']:+.2f} [{found['low']:+.2f}, {found['high']:+.2f}]"
