"""Draws 40 places where the published tool and our rules disagree; DISAGREEMENTS.md judges them one by one."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator

from bench.review.draw import DATA, SEED, corpus
from bench.review.run import PUBLISHED, SMELLS, as_procedure
from testgen.reviewer import review

SIZE = 40


def every() -> Iterator[tuple[str, str, str]]:
    """(rule, who found it, the text), of each test case and rule that only one of the two found."""
    tool: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for line in (DATA / "ubuntu-tool-findings.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        tool[entry["file"], entry["test"], SMELLS[entry["smell"]]].append(f"{entry['sentence']} [{entry['term']}]")
    for case in corpus():
        ours: dict[str, list[str]] = defaultdict(list)
        for finding in review(as_procedure(case)).findings:
            if finding.step and finding.rule in PUBLISHED:
                text = case["steps"][finding.step - 1]
                ours[finding.rule].append(f"{text['action']} || {' | '.join(text['expected'])} [{finding.excerpt}]")
        ours["ambiguous-wording"] += ours.pop("unspecified-value", [])
        for rule in sorted(set(SMELLS.values())):
            theirs = tool.get((case["file"], case["index"], rule), [])
            if ours[rule] and not theirs:
                yield rule, "only ours", ours[rule][0]
            if theirs and not ours[rule]:
                yield rule, "only the tool", theirs[0]


def drawn() -> list[tuple[str, str, str]]:
    """The 40 that are judged."""
    return random.Random(SEED).sample(sorted(every()), SIZE)


if __name__ == "__main__":
    for number, (rule, who, text) in enumerate(drawn(), 1):
        print(f"{number}. {rule}, {who}: {' '.join(text.split())[:260]}")
