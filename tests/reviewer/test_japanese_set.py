"""160 Japanese steps that were labelled before the rules were written (tests/data/review/ja.txt)."""

from support.cases import ROOT
from support.procedures import procedure

from testgen.reviewer import review

RULES = {
    "AW": "ambiguous-wording",
    "CS": "conditional-step",
    "EA": "eager-action",
    "MA": "misplaced-action",
    "MP": "misplaced-precondition",
    "MV": "misplaced-verification",
    "OQ": "open-question",
    "TK": "tacit-knowledge",
    "UA": "unverified-action",
    "UV": "unspecified-value",
    "UW": "undefined-wait",
}


def steps() -> list[tuple[str, str, set[str]]]:
    lines = (ROOT / "tests" / "data" / "review" / "ja.txt").read_text(encoding="utf-8").splitlines()
    rows = [[part.strip() for part in line.split("||")] for line in lines if line and not line.startswith("#")]
    return [(action, expected, {RULES[label] for label in labels.split()}) for action, expected, labels in rows]


def test_the_set_is_as_large_as_it_claims() -> None:
    clean = [row for row in steps() if not row[2]]
    assert len(steps()) >= 160
    assert 0.45 <= len(clean) / len(steps()) <= 0.55
    assert {rule for row in steps() for rule in row[2]} == set(RULES.values())


def test_micro_f1_over_all_rules_is_at_least_the_published_tools() -> None:
    hits = extra = missed = 0
    for action, expected, wanted in steps():
        found = {finding.rule for finding in review(procedure((action, expected), language="ja")).findings}
        found &= set(RULES.values())
        hits += len(wanted & found)
        extra += len(found - wanted)
        missed += len(wanted - found)
    assert 2 * hits / (2 * hits + extra + missed) >= 0.935
