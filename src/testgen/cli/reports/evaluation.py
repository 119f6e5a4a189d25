"""An evaluation as a table: one column per model, one row per figure, and then a comparison of the models."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from rich.markup import escape
from rich.table import Table

from testgen.cli.language import shown
from testgen.cli.screen import Screen
from testgen.messages import say

WIDTH = 120  # columns
MOST_RULES = 8
Figures = Mapping[str, Any]
ROWS: dict[str, Callable[[Figures], str]] = {
    say("Ready"): lambda of: f"{of['share_ready']:.0%}",
    say("Ready / open points / skeleton"): lambda of: " / ".join(map(str, of["readiness"].values())),
    say("No procedure"): lambda of: ", ".join(f"{count} {code}" for code, count in of["failed"].items()) or "0",
    say("Findings per step"): lambda of: f"{of['findings_per_step']:.2f}",
    say("Expected results covered"): lambda of: f"{of['expected_results_covered']:.0%}",
    say("Invented labels per step"): lambda of: f"{of['invented_labels']:.2f}",
    say("Language errors"): lambda of: str(of["language_faults"]),
    say("Retries"): lambda of: str(of["retries"]),
    say("Tokens read / written"): lambda of: f"{of['input_tokens']:,} / {of['output_tokens']:,}",
    say("Tokens per second"): lambda of: f"{of['tokens_per_second']:.1f}" if of["tokens_per_second"] else "-",
    say("Seconds per case (median)"): lambda of: f"{of['seconds_per_case']:.2f}",
}


def as_table(report: Mapping[str, Any]) -> str:
    """The whole evaluation as text."""
    models = report["models"]
    table = Table(show_lines=False)
    table.add_column(shown(say("{count} drafts per model", count=models[0]["drafts"])))
    for model in models:
        table.add_column(escape(model["subject"]), justify="right", overflow="fold")
    for name, figure in ROWS.items():
        table.add_row(shown(name), *(figure(model) for model in models))
    table.add_section()
    for rule in _commonest(models):
        table.add_row(
            shown(say("  {rule} per step", rule=rule)), *(f"{model['findings'].get(rule, 0):.2f}" for model in models)
        )
    text = io.StringIO()
    console = Screen(file=text, width=WIDTH)
    console.print(table)
    for pair in report["comparisons"]:
        console.print(shown(_compared(pair)), markup=False, soft_wrap=True)
    return text.getvalue()


def _commonest(models: list[Figures]) -> list[str]:
    rules = {rule for model in models for rule in model["findings"]}
    return sorted(rules, key=lambda rule: (-sum(model["findings"].get(rule, 0) for model in models), rule))[:MOST_RULES]


def _compared(pair: Mapping[str, Any]) -> str:
    """Which model is better, or that none is; with the differences and their 95 % intervals."""
    one, other, better = pair["one"], pair["other"], pair["better"]
    worse = other if better == one else one
    said = (
        say("{better} is ahead of {worse}", better=better, worse=worse)
        if better
        else say("{one} and {other}: no difference beyond chance", one=one, other=other)
    )
    return say(
        "{said}. {one} minus {other}: grade {grade}, findings per step {findings}",
        said=said,
        one=one,
        other=other,
        grade=_interval(pair["grade"]),
        findings=_interval(pair["findings_per_step"]),
    )


def _interval(found: Mapping[str, float] | None) -> str:
    if found is None:
        return say("too few cases to tell")
    return f"{found['difference']:+.2f} [{found['low']:+.2f}, {found['high']:+.2f}]"
