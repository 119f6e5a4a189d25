"""One part of bench/RESULTS.md: what was measured, in sentences and tables, and whether a goal was reached."""

import argparse
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import runs

SECONDS_LEFT = "BENCH_SECONDS_LEFT"  # the variable that tells a part how long the whole run may still take


class MissingError(Exception):
    """Something that a part needs is not on this machine; the text says what, and how to get it."""


@dataclass
class Section:
    """Prints what it is told and keeps it as Markdown, in `into` as soon as it is said. `quick` asks for small sizes, to try the
    program and not the machine."""

    title: str
    quick: bool = False
    into: Path | None = None
    blocks: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """A paragraph."""
        self._add(text)

    def missing(self, text: str) -> None:
        """What could not be measured here, and why."""
        self._add(f"**Not measured:** {text}")

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A table; figures are formatted by who measured them."""
        lines = [head, ["---"] * len(head), *rows]
        self._add("\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines))

    def goal(
        self, what: str, value: float, bound: float, *, least: bool = False, unit: str = "", limit: str = ""
    ) -> None:
        """Whether a figure is within its bound, and what earlier runs measured; `limit` says what stands in the way where it is not."""
        reached = value >= bound if least else value <= bound
        said = f"**{'Reached' if reached else 'Missed'}:** {what}, {'at least' if least else 'at most'} {bound:g}{unit}: {value:.3g}{unit}."
        if not self.quick:
            said += _compared([*runs.earlier(what), value], unit)
            runs.keep(what, value)
        self._add(said if reached or not limit else f"{said} {limit}")

    def text(self) -> str:
        """The whole part as Markdown."""
        return "\n\n".join([f"## {self.title}", *self.blocks])

    def _add(self, block: str) -> None:
        print(block + "\n", flush=True)
        self.blocks.append(block)
        if self.into:
            self.into.write_text(self.text() + "\n", encoding="utf-8")


def _compared(values: Sequence[float], unit: str) -> str:
    """What earlier runs measured, and where the next one is expected; the last value is today's."""
    before = values[:-1]
    if not before:
        return ""
    told = f"{min(before):.3g} to {max(before):.3g}" if len(before) > 1 else f"{before[0]:.3g}"
    said = f" Before, in {'one run' if len(before) == 1 else f'{len(before)} runs'}: {told}{unit}."
    if span := runs.expected(values):
        said += f" A next run is expected between {span[0]:.3g} and {span[1]:.3g}{unit} (95 %, from these {len(values)} runs)."
    return said


def middle(values: Sequence[float], form: str = ",.0f") -> str:
    """The median, and from where to where the values went."""
    return f"{statistics.median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def alone(title: str, measure: Callable[[Section], None]) -> None:
    """Measures one part: `python -m bench.PART [--quick] [--into FILE]`. Where something is missing the part says so, and that is no
    failure."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--quick", action="store_true", help="small sizes")
    parser.add_argument("--into", type=Path, help="write the part's Markdown here too")
    arguments = parser.parse_args()
    section = Section(title, arguments.quick, arguments.into)
    status = 0
    try:
        measure(section)
    except MissingError as error:
        section.missing(str(error))
    except Exception as error:  # what was measured before is worth keeping
        section.say(f"**Failed:** {type(error).__name__}: {error}"[:500])
        status = 1
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    sys.exit(status)
