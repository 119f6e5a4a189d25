"""The rounds of issue 17: steps that somebody else labelled before the rules ran on them, a round at a time.

`python -m bench.review.rounds [N …] [dev] [-v]`: precision, recall and F1 a language and rule. `rounds/roundN.first.txt` keeps what
it printed on the day when the round was opened, and ROUNDS.md says what was learnt from it.
"""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bench.review.draw import DATA, corpus
from bench.review.scores import Count, compare, interval, micro
from testgen.domain.language import Language
from testgen.domain.procedure import Finding, Procedure, Provenance, Step
from testgen.reviewer import review

HOME = Path(__file__).with_name("rounds")
LANGUAGES: tuple[Language, ...] = ("en", "ja")
# What the labeller looked for; a later rule is no error of the earlier ones.
LABELLED = frozenset(
    (
        *(
            "ambiguous-wording",
            "conditional-step",
            "duplicate-step",
            "eager-action",
            "low-information",
            "mixed-language",
        ),
        *("misplaced-action", "misplaced-precondition", "misplaced-verification", "tacit-knowledge", "undefined-wait"),
        *("unspecified-value", "unverified-action"),
    )
)
# A rule that came later and is a kind of one that was labelled.
PART_OF = {"missing-test-data": "unspecified-value"}
_Steps = list[dict[str, Any]]


def lines(name: str) -> list[dict[str, Any]]:
    """The objects of a file of the rounds."""
    return [json.loads(line) for line in (HOME / name).read_text(encoding="utf-8").splitlines()]


@cache
def _english() -> dict[tuple[str, int], tuple[str, _Steps]]:
    """Title and steps of each test of the shared data. A trusted tester's results belong to the last step."""
    found: dict[tuple[str, int], tuple[str, _Steps]] = {}
    for case in corpus():
        steps = [{"action": step["action"], "expected_result": "\n".join(step["expected"])} for step in case["steps"]]
        found[case["file"], case["index"]] = (case["title"], steps)
    for line in (DATA / "trusted-tester.jsonl").read_text(encoding="utf-8").splitlines():
        test = json.loads(line)
        steps = [{"action": action, "expected_result": ""} for action in test["steps"]]
        if steps:
            steps[-1]["expected_result"] = "\n".join(test["expected_results"])
        found[test["id"], 0] = (test["condition"], steps)
    return found


def procedure(name: str, title: str, steps: _Steps, language: Language) -> Procedure:
    """What was labelled, as an imported procedure."""
    made = tuple(
        Step(
            number=number,
            kind="action",
            action=step["action"] or "-",
            test_data=step.get("test_data"),
            expected_result=step["expected_result"] or "",
        )
        for number, step in enumerate(steps[:60], 1)
    )
    provenance = Provenance(origin="imported", created_at=datetime.now(UTC), testgen_version="0")
    return Procedure(test_case_id=name, title=title or "-", language=language, steps=made, provenance=provenance)


def labelled(name: str, language: Language) -> Iterator[tuple[Procedure, int, set[str]]]:
    """The procedure, the step in it and the labels of each step of a round (`round9`) or of the development set (`dev`)."""
    if language == "ja":
        sheets = {sheet["id"]: sheet for sheet in lines(f"{name}.ja.procedures.jsonl")}
    for label in lines(f"{name}.{language}.labels.jsonl"):
        if language == "en":
            of, (title, steps) = label["file"], _english()[label["file"], label["index"]]
        else:
            of, sheet = label["procedure"], sheets[label["procedure"]]
            title, steps = sheet["title"], sheet["steps"]
        yield procedure(of, title, steps, language), label["step"], set(label["smells"])


def findings(made: Procedure, step: int) -> list[Finding]:
    """What the review finds in one step, of the rules that were labelled."""
    return [
        entry
        for entry in review(made).findings
        if entry.step == step and PART_OF.get(entry.rule, entry.rule) in LABELLED
    ]


def scores(name: str, language: Language) -> dict[str, Count]:
    """A round of one language against its labels."""
    rows = []
    for made, at, labels in labelled(name, language):
        step = made.steps[at - 1]
        text = re.sub(r"\s+", " ", f"{step.action} || {step.test_data or ''} || {step.expected_result}")
        rows.append(
            (
                f"{made.test_case_id}/{at}: {text[:400]}",
                labels,
                {PART_OF.get(entry.rule, entry.rule) for entry in findings(made, at)},
            )
        )
    return compare(rows)


def agreement(name: str, language: Language) -> float | None:
    """F1 of a second labeller's labels against the first one's, as they stand today; None where nobody labelled twice."""
    if not (HOME / f"{name}.{language}.second.jsonl").exists():
        return None
    pairs = zip(*(lines(f"{name}.{language}.{who}.jsonl") for who in ("labels", "second")), strict=True)
    return micro(
        compare((str(place), set(one["smells"]), set(other["smells"])) for place, (one, other) in enumerate(pairs))
    ).f1


def table(counts: dict[str, Count], *, verbose: bool) -> None:
    """A row a rule, and all of them together; with `verbose` each disagreement."""
    for rule, count in sorted(counts.items()):
        few = "  (under 10: no claim)" if count.positives < 10 else ""
        print(f"{rule:<24} {count.positives:>3}  P {count.precision:.2f}  R {count.recall:.2f}  F1 {count.f1:.2f}{few}")
        for kind, names in (("extra ", count.extra), ("missed", count.missed)) if verbose else ():
            for name in names:
                print(f"    {kind} {name}")
    total = micro(counts)
    found = total.hits + len(total.extra)
    low, high = interval(total.precision, found)
    lower, higher = interval(total.recall, total.positives)
    print(
        f"micro: {total.positives} labels, precision {total.precision:.3f} [{low:.2f}, {high:.2f}], "
        f"recall {total.recall:.3f} [{lower:.2f}, {higher:.2f}], F1 {total.f1:.3f}"
    )


def main(arguments: list[str]) -> None:
    """Prints the rounds and sets that are named, or all that were opened."""
    opened = sorted(
        (path.name.split(".")[0] for path in HOME.glob("*.ja.labels.jsonl")), key=lambda name: (len(name), name)
    )
    named = [f"round{word}" if word.isdigit() else word for word in arguments if not word.startswith("-")]
    for name in named or opened:
        for language in (code for code in LANGUAGES if (HOME / f"{name}.{code}.labels.jsonl").exists()):
            print(f"\n{name.replace('round', 'round ')}, {language}")
            table(scores(name, language), verbose="-v" in arguments)
            if (both := agreement(name, language)) is not None:
                print(f"a second labeller agrees with F1 {both:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
