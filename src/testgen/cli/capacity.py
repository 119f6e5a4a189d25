"""`testgen capacity`: how many tasks a number of QA engineers needs."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from testgen.cli.language import shown
from testgen.cli.options import Output
from testgen.cli.output import require_writable, write
from testgen.messages import say

if TYPE_CHECKING:
    from rich.table import Table

    from testgen.capacity import Demand

_HEADINGS = (
    say("Tasks"),
    say("Places busy"),
    say("Wait p50"),
    say("Wait p95"),
    say("Refusals per request"),
    say("USD per hour"),
)
MOST_TASKS = 100_000
# Of a simulated day. Of a larger company one of several equal parts is simulated, each with tasks of its own: since parts cannot
# help each other out, the answer is a task or two too many rather than too few.
MOST_REQUESTS = 20_000


def capacity(
    engineers: Annotated[int, typer.Option(min=1, max=100_000, help="QA engineers who use the service.")],
    tokens_per_second: Annotated[
        float,
        typer.Option(
            min=0.1,
            max=100_000,
            help="Tokens per second of one answer while all places of a task are busy; `testgen evaluate` measures it.",
        ),
    ],
    procedures_per_hour: Annotated[
        float, typer.Option(min=0.01, max=1000, help="Procedures that one engineer requests per hour.")
    ] = 4.0,
    tokens: Annotated[
        float, typer.Option(min=1, max=100_000, help="Tokens written for one procedure, on average.")
    ] = 500.0,
    places: Annotated[
        int, typer.Option(min=1, max=256, help="Procedures that one task writes at the same time (max_concurrency).")
    ] = 2,
    queue: Annotated[
        int, typer.Option(min=0, max=10_000, help="Requests that may wait in one task (queue_limit).")
    ] = 8,
    wait: Annotated[
        float, typer.Option(min=0.1, max=3600, help="Longest acceptable wait of 95 % of the requests, in seconds.")
    ] = 60.0,
    price: Annotated[
        float, typer.Option(min=0, help="Price per hour of one task's instance (g4dn.xlarge in Tokyo: about 0.71 USD).")
    ] = 0.71,
    output_format: Annotated[Literal["table", "json"], typer.Option("--format")] = "table",
    output: Output = None,
) -> None:
    """Simulate a working day of the service to find how many tasks keep waiting times short."""
    from testgen.capacity import Demand
    from testgen.capacity.demand import HOUR_S, WORKDAY

    require_writable([("--output", output)], ())
    mean = sum(WORKDAY) / len(WORKDAY)
    demand = Demand(engineers, tokens_per_second, procedures_per_hour, tokens, hours=[hour / mean for hour in WORKDAY])
    part = max(1, math.ceil(demand.per_second * HOUR_S * len(WORKDAY) / MOST_REQUESTS))
    rows = list(_rows(replace(demand, engineers=engineers / part), part, places, queue, wait, price))
    text = json.dumps(rows, indent=2) + "\n" if output_format == "json" else _table(demand, rows, wait, part)
    write(text.encode(), output)


def _rows(demand: "Demand", parts: int, places: int, queue: int, wait: float, price: float) -> Iterator[dict[str, Any]]:
    """Adds one task at a time, in each part, starting from the fewest that can keep up on average, until the wait is short twice in a
    row."""
    from testgen.capacity import Fleet, simulate

    least = max(1, math.ceil(demand.places_busy() / places))
    step = max(1, least // 10)
    found = 0
    for tasks in range(least, MOST_TASKS, step):
        day = simulate(demand, Fleet(tasks, places=places, queue_limit=queue), hours=len(demand.hours))
        enough = day.percentile(0.95) <= wait
        yield {
            "tasks": tasks * parts,
            "busy": round(day.busy, 3),
            "wait_p50_s": round(day.percentile(0.5), 1),
            "wait_p95_s": round(day.percentile(0.95), 1),
            "refused_per_request": round(day.refusals, 3),
            "usd_per_hour": round(tasks * parts * price, 2),
            "enough": enough,
        }
        found += enough
        if found > 1:
            return


def _table(demand: "Demand", rows: list[dict[str, Any]], wait: float, parts: int) -> str:
    import io

    from testgen.cli.screen import Screen

    text = io.StringIO()
    console = Screen(file=text, width=100)
    console.print(shown(_asked(demand)), soft_wrap=True)
    console.print(_grid(rows))
    enough = next(row["tasks"] for row in rows if row["enough"])
    told = say("With {tasks} tasks, 95 % of the requests wait less than {seconds:g} s.", tasks=enough, seconds=wait)
    console.print(shown(told), soft_wrap=True)
    if parts > 1:
        told = say(
            "Simulated as {parts} equal parts, each with its own tasks: the real number may be slightly lower.",
            parts=parts,
        )
        console.print(shown(told), soft_wrap=True)
    return text.getvalue()


def _asked(demand: "Demand") -> str:
    """What the engineers ask of the service."""
    return say(
        "{engineers:,} engineers request {rate:.1f} procedures per minute; one takes {seconds:.0f} s to write, so "
        "{places:.1f} places are busy on average over a working day (9:00 to 18:00).",
        engineers=demand.engineers,
        rate=demand.per_second * 60,
        seconds=demand.service_s,
        places=demand.places_busy(),
    )


def _grid(rows: list[dict[str, Any]]) -> "Table":
    """One row per number of tasks; those that are enough stand out."""
    from rich.table import Table

    table = Table()
    for heading in _HEADINGS:
        table.add_column(shown(heading), justify="right")
    for row in rows:
        cells = (
            f"{row['busy']:.0%}",
            shown(say("{seconds:.0f} s", seconds=row["wait_p50_s"])),
            shown(say("{seconds:.0f} s", seconds=row["wait_p95_s"])),
            f"{row['refused_per_request']:.2f}",
            f"{row['usd_per_hour']:.2f}",
        )
        table.add_row(str(row["tasks"]), *cells, style="bold" if row["enough"] else "dim")
    return table
