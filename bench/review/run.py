"""How good and how fast the review is: against our labels, against the published tool, and in steps a second."""

import functools
import gc
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.review.draw import DATA, corpus, drawn, drawn_again
from bench.review.rounds import PART_OF, procedure
from bench.review.scores import Count, compare, interval, micro
from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, Provenance, Step
from testgen.reviewer import RULES, review
from testgen.reviewer import compare as compare_suite

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
ROUNDS = 10
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
        rule = PART_OF.get(finding.rule, finding.rule)
        if finding.step and rule in PUBLISHED:
            found[finding.step].add(rule)
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
    """Steps a second of texts that were not seen before, and the ratio to a plain pass of the tokenizer over them."""
    from testgen.reviewer import japanese

    texts = [line.split(" || ") for line in _japanese_lines()]
    steps = [{"action": entry[0], "expected_result": entry[1]} for entry in texts if len(entry) > 1 and entry[0]]
    japanese_ones = [procedure("T", "T", steps[at : at + 7], "ja") for at in range(0, len(steps), 7)]
    fields = [text for entry in steps for text in entry.values()]
    review(japanese_ones[0])
    reviewed = tokenized = 0.0
    for _ in range(ROUNDS):
        forget()
        reviewed += _seconds(lambda: [review(entry) for entry in japanese_ones])
        forget()
        tokenized += _seconds(lambda: [japanese.tokenize(text) for text in fields])
    print(
        f"\n{len(steps)} Japanese steps: {ROUNDS * len(steps) / reviewed:,.0f} steps/s, "
        f"{reviewed / tokenized:.1f} x a plain pass of the tokenizer"
    )
    count = sum(len(entry.steps) for entry in english)
    if english:
        forget()
        took = _seconds(lambda: [review(entry) for entry in english])
        print(f"{count:,} English steps: {count / took:,.0f} steps/s")


def forget() -> None:
    """Empties what the review remembers of texts, so that each is read as for the first time."""
    for entry in gc.get_objects():
        ours = isinstance(entry, functools._lru_cache_wrapper) and (entry.__module__ or "").startswith("testgen.")
        if ours and entry.cache_parameters()["maxsize"]:
            entry.cache_clear()


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor, since other programs may be running."""
    started = time.process_time()
    work()
    return time.process_time() - started


def suite() -> None:
    """500 procedures of eight steps compared with each other, in each language: every tenth is another once more."""
    nouns: dict[Language, list[str]] = {
        "en": ["order", "invoice", "member", "coupon", "report", "shipment", "return", "price", "branch", "contract"],
        "ja": ["受注", "請求書", "会員", "クーポン", "帳票", "出荷", "返品", "単価", "支店", "契約"],
    }
    words: dict[Language, tuple[str, str]] = {
        "en": ("Open the {} list and sort it by column {} of the {}", "The {} list is sorted by its column {}"),
        "ja": ("{}一覧を開き、{}番目の{}の列で並べ替える", "{}一覧が{}番目の列の順に並ぶ"),
    }
    for language, (action, result) in words.items():
        draw = random.Random(1)
        made: list[list[dict[str, str]]] = []
        for number in range(500):
            pairs = [draw.choices(nouns[language], k=2) for _ in range(8)]
            steps = [
                {"action": action.format(one, at, other), "expected_result": result.format(other, at)}
                for at, (one, other) in enumerate(pairs, 1)
            ]
            made.append(made[number - 5] if number % 10 == 9 else steps)
        procedures = [procedure(f"T-{number}", "T", steps, language) for number, steps in enumerate(made)]
        started = time.process_time()
        found = compare_suite(procedures)
        took = time.process_time() - started
        twice = sum(hit.rule == "duplicate-procedure" for hits in found for hit in hits)
        print(f"500 procedures of 8 steps, {language}: compared in {took:.1f} s, {twice} of 50 copies found")


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
        suite()
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
    suite()


if __name__ == "__main__":
    main()
