"""How good and how fast the review is: against our labels, against the published tool, and in steps a second."""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.review.draw import DATA, corpus, drawn, drawn_again
from bench.review.scores import Count, compare, interval, micro
from testgen.domain.procedure import Procedure, Provenance, Step
from testgen.reviewer import RULES, review

LABELS, SECOND = Path(__file__).with_name("LABELS.jsonl"), Path(__file__).with_name("LABELS-2.jsonl")
# The tool's smells under our names.
SMELLS = {
    "Unverified Action": "unverified-action",
    "Eager Action": "eager-action",
    "Misplaced Verification": "misplaced-verification",
    "Conditional Test Logic": "conditional-step",
    "Misplaced Action": "misplaced-action",
    "Misplaced Precondition": "misplaced-precondition",
    "Ambiguous Test": "ambiguous-wording",
}
PUBLISHED = sorted({*SMELLS.values(), "undefined-wait", "unspecified-value", "tacit-knowledge", "open-question"})


def as_procedure(case: dict[str, Any]) -> Procedure:
    """A test of the corpus as an imported procedure."""
    steps = tuple(
        Step(number=number, kind="action", action=step["action"] or "-", expected_result="\n".join(step["expected"]))
        for number, step in enumerate(case["steps"][:60], 1)
    )
    provenance = Provenance(origin="imported", created_at=datetime.now(UTC), testgen_version="0")
    return Procedure(
        test_case_id=case["file"], title=case["title"] or "-", language="en", steps=steps, provenance=provenance
    )


def found_in(case: dict[str, Any]) -> dict[int, set[str]]:
    """Rules found in each step, by its number."""
    found: dict[int, set[str]] = defaultdict(set)
    for finding in review(as_procedure(case)).findings:
        if finding.step and finding.rule in PUBLISHED:
            found[finding.step].add(finding.rule)
    return found


def against_labels(path: Path, steps: list[tuple[dict[str, Any], int]]) -> dict[str, Count]:
    """Findings on drawn steps, against the labels that were written before the rules ran on them."""
    labels = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = []
    for (case, index), label in zip(steps, labels, strict=True):
        name = f"{label['number']}: {case['steps'][index]['action'][:70]}"
        rows.append((name, set(label["smells"]), found_in(case)[index + 1]))
    return compare(rows)


def against_tool() -> Iterator[tuple[str, int, int, int]]:
    """A rule: test cases in which both, only we, or only the tool found it."""
    tool: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for line in (DATA / "ubuntu-tool-findings.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        tool[SMELLS[entry["smell"]]].add((entry["file"], entry["test"]))
    ours: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for case in corpus():
        for rules in found_in(case).values():
            for rule in rules:
                ours[rule].add((case["file"], case["index"]))
    # What is a value left open is one kind of the tool's ambiguous tests.
    ours["ambiguous-wording"] |= ours["unspecified-value"]
    for rule in sorted(tool):
        yield rule, len(ours[rule] & tool[rule]), len(ours[rule] - tool[rule]), len(tool[rule] - ours[rule])


def speed(english: list[Procedure]) -> None:
    """10,000 steps, and the ratio to a plain pass of the tokenizer over the same Japanese text."""
    from testgen.reviewer import japanese

    texts = [line.split(" || ") for line in _japanese_lines()]
    steps = [(entry[0], entry[1]) for entry in texts if len(entry) > 1 and entry[0]]
    provenance = Provenance(origin="imported", created_at=datetime.now(UTC), testgen_version="0")
    chunk = tuple(
        Step(number=number, kind="action", action=action, expected_result=expected)
        for number, (action, expected) in enumerate((steps * 2)[:50], 1)
    )
    made = Procedure(test_case_id="T", title="T", language="ja", steps=chunk, provenance=provenance)
    review(made)
    started = time.perf_counter()
    for _ in range(200):
        review(made)
    reviewed = time.perf_counter() - started
    started = time.perf_counter()
    for _ in range(200):
        for step in chunk:
            japanese.tokenize(step.action)
            japanese.tokenize(step.expected_result)
    tokenized = time.perf_counter() - started
    print(
        f"\n10,000 Japanese steps: {10_000 / reviewed:,.0f} steps/s, {reviewed / tokenized:.1f} x a plain pass of the tokenizer"
    )
    count = sum(len(entry.steps) for entry in english)
    started = time.perf_counter()
    for entry in english:
        review(entry)
    if english:
        print(f"{count:,} English steps: {count / (time.perf_counter() - started):,.0f} steps/s")


def _japanese_lines() -> list[str]:
    path = Path(__file__).resolve().parents[2] / "tests" / "data" / "review" / "ja.txt"
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def table(counts: dict[str, Count]) -> None:
    """A row a rule; with `-v` each disagreement."""
    print("rule                     labelled  precision            recall               F1")
    for rule in sorted(counts):
        count = counts[rule]
        few = "  (under 10: no claim)" if count.positives < 10 else ""
        low, high = interval(count.precision, count.hits + len(count.extra))
        lower, higher = interval(count.recall, count.positives)
        precision = f"{count.precision:.2f} [{low:.2f}, {high:.2f}]"
        recall = f"{count.recall:.2f} [{lower:.2f}, {higher:.2f}]"
        print(f"{rule:<24} {count.positives:>5}     {precision}    {recall}    {count.f1:.2f}{few}")
        if "-v" in sys.argv:
            for kind, names in (("extra ", count.extra), ("missed", count.missed)):
                for name in names:
                    print(f"    {kind} {name}")
    total = micro(counts)
    print(f"micro: precision {total.precision:.3f}, recall {total.recall:.3f}, F1 {total.f1:.3f}")


def main() -> None:
    """Prints every figure; `-v` also each disagreement with the labels."""
    if not DATA.exists():
        print(
            f"{DATA} is missing: quality and English speed are measured only where the shared data lie beside the checkout"
        )
        speed([])
        return
    print("150 steps, labelled before the rules were written (the rules were then bettered on them):")
    table(against_labels(LABELS, drawn()))
    print("\n100 further steps, labelled before the rules ran on them:")
    table(against_labels(SECOND, drawn_again()))
    print("\ntest cases: both / only we / only the tool")
    for rule, both, ours, theirs in against_tool():
        print(f"{rule:<24} {both:>4} {ours:>4} {theirs:>4}   F1 {2 * both / max(2 * both + ours + theirs, 1):.2f}")
    everything = Counter(rule for case in corpus() for rules in found_in(case).values() for rule in rules)
    print("\nfindings a rule, whole corpus:", dict(everything.most_common()))
    assert set(everything) <= set(RULES)
    speed([as_procedure(case) for case in corpus() if case["steps"]])


if __name__ == "__main__":
    main()
