"""The service's own work on the processor: review, comparing a suite, outline, interchange.

python -m bench.work [--quick]
"""

import asyncio
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bench import growth
from bench.report import Section, alone
from bench.review.run import forget
from testgen.domain.language import Language
from testgen.domain.ports import DraftRequest
from testgen.domain.procedure import Procedure, Provenance, Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import OutlineEngine
from testgen.evaluation import bundled_cases
from testgen.interchange.registry import READABLE, WRITABLE
from testgen.reviewer import compare, review

TITLE = "e. CPU-bound work: review, outline, interchange"
ROUNDS = 3
STEPS, SUITE, PARAGRAPHS, ROWS = (15, 30, 60), (125, 250, 500), (1, 2, 4), (16, 80, 400, 2_000, 10_000)
LANGUAGES: tuple[Language, ...] = ("ja", "en")
NAMES = {"ja": "Japanese", "en": "English"}
PROVENANCE = Provenance(origin="generated", created_at=datetime(2026, 1, 1, tzinfo=UTC), testgen_version="0")


def cpu_s(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor's seconds: the median of some rounds, of texts that have not been seen before."""
    times = []
    for _ in range(rounds):
        forget()
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return statistics.median(times)


def drafted(case: TestCase) -> list[Step]:
    """What engine `outline` writes."""

    async def steps() -> list[Step]:
        request = DraftRequest(case, case.resolved_language())
        return [part async for part in OutlineEngine().draft(request) if isinstance(part, Step)]

    return asyncio.run(steps())


def procedure(steps: list[Step], language: Language, number: int = 1) -> Procedure:
    """Of these steps, numbered anew."""
    numbered = tuple(step.model_copy(update={"number": place, "verifies": ()}) for place, step in enumerate(steps, 1))
    return Procedure(
        test_case_id=f"T-{number}", title=f"Case {number}", language=language, steps=numbered, provenance=PROVENANCE
    )


def pool(language: Language) -> list[Step]:
    """The steps of all bundled cases of a language."""
    return [step for case in bundled_cases() if case.resolved_language() == language for step in drafted(case)]


def reviews(language: Language, rows: list[list[str]], rounds: int) -> str:
    """Procedures of three lengths; steps a second of the longest."""
    steps = pool(language)
    review(procedure(steps[:1], language))  # loads what it needs
    made = [procedure((steps * 60)[:size], language) for size in STEPS]
    times = [cpu_s(lambda one=one: review(one), rounds) for one in made]  # type: ignore[misc]
    rows.append(
        growth.row(
            f"Review of a procedure, {NAMES[language]}, by number of steps",
            STEPS,
            [1000 * each for each in times],
            "ms",
        )
    )
    return f"{STEPS[-1] / times[-1]:,.0f}"


def suites(language: Language, rows: list[list[str]], sizes: tuple[int, ...], rounds: int) -> None:
    """Suites of three sizes, compared procedure by procedure for what is there twice."""
    steps, draw = pool(language), random.Random(1)
    made = [
        procedure([_varied(step, draw) for step in draw.choices(steps, k=8)], language, number)
        for number in range(sizes[-1])
    ]
    # The sizes in turn, and the best of each: the machine's speed changes within seconds.
    turns = [
        [1000 * cpu_s(lambda size=size: compare(made[:size]), 1) for size in sizes]  # type: ignore[misc]
        for _ in range(rounds)
    ]
    times = [min(turn) for turn in zip(*turns, strict=True)]
    rows.append(growth.row(f"A suite is compared, {NAMES[language]}, by number of procedures", sizes, times, "ms"))


def _varied(step: Step, draw: random.Random) -> Step:
    return step.model_copy(update={"action": f"{step.action} {draw.randrange(10**6)}"})


def outlines(language: Language, rows: list[list[str]], rounds: int) -> str:
    """Cases whose specification is there once, twice and four times; cases a second."""
    cases = [case for case in bundled_cases() if case.resolved_language() == language]
    each = cpu_s(lambda: [drafted(case) for case in cases], rounds) / len(cases)
    case = max(cases, key=lambda found: len(found.specification or ""))
    longer = [
        case.model_copy(update={"specification": "\n\n".join([case.specification or ""] * many)}) for many in PARAGRAPHS
    ]
    times = [1000 * cpu_s(lambda one=one: drafted(one), rounds) for one in longer]  # type: ignore[misc]
    rows.append(
        growth.row(f"Outline of a case, {NAMES[language]}, by length of the specification", PARAGRAPHS, times, "ms")
    )
    return f"{1 / each:,.0f}"


def interchange(section: Section) -> None:
    """Each format in a process of its own, since memory is what a process held at most."""
    found = []
    for name in WRITABLE:
        command = [sys.executable, "-m", "bench.interchange", name, *map(str, ROWS[:3] if section.quick else ROWS)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr[-300:]}")
        made = json.loads(done.stdout)
        sizes = made["sizes"]
        row = [name, f"{sizes[-1]:,}"]
        for times in (made["write_s"], made["read_s"]) if name in READABLE else (made["write_s"],):
            row += [f"{sizes[-1] * made['steps'] / times[-1]:,.0f}", growth.verdict(sizes[-3:], times[-3:])]
        row += ["–"] * (6 - len(row))
        found.append([*row, f"{made['size_mb']:.1f}", f"{made['memory_mb'] - made['before_mb']:,.0f}"])
        print(*found[-1], sep=" | ", flush=True)
    section.say(
        "Interchange: procedures with four steps each in one file, as many as a format writes and reads within some seconds, up to "
        f"{ROWS[-1]:,}; the exponent is that of the last three of {', '.join(f'{size:,}' for size in ROWS)}."
    )
    head = (
        "Format",
        "Procedures",
        "Steps/s written",
        "Exponent",
        "Steps/s read",
        "Exponent",
        "File MB",
        "Memory MB, at most",
    )
    section.table(head, found)


def measure(section: Section) -> None:
    """All of it, in both languages."""
    rounds = 1 if section.quick else ROUNDS
    rows: list[list[str]] = []
    speeds = [
        [NAMES[language], reviews(language, rows, rounds), outlines(language, rows, rounds)] for language in LANGUAGES
    ]
    section.say("Seconds of CPU time, for texts that were not seen before.")
    section.table(("Language", "Steps/s reviewed", "Cases/s outlined"), speeds)
    for language in LANGUAGES:
        suites(language, rows, (30, 60, 120) if section.quick else SUITE, rounds)
    section.table(growth.HEAD, rows)
    interchange(section)


if __name__ == "__main__":
    alone(TITLE, measure)
