"""Draws the steps that `LABELS.jsonl` and `LABELS-2.jsonl` label. Seeds are fixed, so that anyone draws the same steps."""

import json
import random
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SEED, SIZE = 20261124, 150
# A second draw from the rest, labelled after the rules were bettered on the first and before they ran on it.
SECOND_SEED, SECOND_SIZE = 7, 100


def corpus() -> list[dict[str, Any]]:
    """The manual tests of Ubuntu, as `../shared/data` has them.

    Raises:
        SystemExit: the data is not there.
    """
    path = DATA / "ubuntu-manual-tests.jsonl"
    if not path.exists():
        raise SystemExit(f"{path} is missing: this benchmark runs where the shared data lies beside the checkout")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def drawn() -> list[tuple[dict[str, Any], int]]:
    """The test case and the index of each drawn step, in the order of drawing."""
    every = [(case, index) for case in corpus() for index in range(len(case["steps"]))]
    return random.Random(SEED).sample(every, SIZE)


def drawn_again() -> list[tuple[dict[str, Any], int]]:
    """The second draw: steps that the first did not take."""
    first = {(case["file"], case["index"], index) for case, index in drawn()}
    every = [(case, index) for case in corpus() for index in range(len(case["steps"]))]
    rest = [entry for entry in every if (entry[0]["file"], entry[0]["index"], entry[1]) not in first]
    return random.Random(SECOND_SEED).sample(rest, SECOND_SIZE)


if __name__ == "__main__":
    for number, (case, index) in enumerate(drawn()):
        step = case["steps"][index]
        print(f"{number} [{index + 1}/{len(case['steps'])}] {step['action']} || {' | '.join(step['expected'])}")
