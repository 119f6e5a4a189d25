"""The figures of a model's drafts, and the whole evaluation as JSON."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from itertools import combinations
from statistics import median
from typing import Any

from testgen.domain.test_case import TestCase
from testgen.evaluation.comparing import compare
from testgen.evaluation.outcome import INVENTED, Outcome


@dataclass(frozen=True)
class Summary:
    """One model on all cases. Shares are of all drafts; `findings` and `invented_labels` are per step; times are in seconds."""

    subject: str
    model_digest: str | None
    drafts: int
    failed: Mapping[str, int]
    readiness: Mapping[str, int]
    share_ready: float
    steps: int
    findings_per_step: float
    findings: Mapping[str, float]
    expected_results_covered: float
    invented_labels: float
    language_faults: int
    retries: int
    input_tokens: int
    output_tokens: int
    seconds: float
    seconds_per_case: float
    tokens_per_second: float | None


def summary(outcomes: Sequence[Outcome]) -> Summary:
    """The figures of one model."""
    made = [outcome.procedure for outcome in outcomes if outcome.procedure]
    rules = sum((outcome.rules for outcome in outcomes), Counter[str]())
    steps = sum(len(procedure.steps) for procedure in made)
    written = sum(procedure.provenance.output_tokens or 0 for procedure in made)
    writing = sum(outcome.seconds for outcome in outcomes if outcome.procedure)
    readiness = Counter(procedure.readiness for procedure in made)
    return Summary(
        subject=outcomes[0].subject,
        model_digest=next((procedure.provenance.model_digest for procedure in made), None),
        drafts=len(outcomes),
        failed=dict(Counter(outcome.code for outcome in outcomes if not outcome.procedure)),
        readiness={name: readiness[name] for name in ("ready", "open_points", "skeleton")},
        share_ready=readiness["ready"] / len(outcomes),
        steps=steps,
        findings_per_step=rules.total() / max(steps, 1),
        findings={rule: count / max(steps, 1) for rule, count in rules.most_common()},
        expected_results_covered=sum(outcome.covered for outcome in outcomes)
        / sum(len(outcome.case.expected_results) for outcome in outcomes),
        invented_labels=rules[INVENTED] / max(steps, 1),
        language_faults=sum(outcome.language_faults for outcome in outcomes),
        retries=sum(len(outcome.resets) for outcome in outcomes),
        input_tokens=sum(procedure.provenance.input_tokens or 0 for procedure in made),
        output_tokens=written,
        seconds=sum(outcome.seconds for outcome in outcomes),
        seconds_per_case=median(outcome.seconds for outcome in outcomes),
        tokens_per_second=written / writing if written and writing else None,
    )


def report(by_subject: Mapping[str, Sequence[Outcome]]) -> dict[str, Any]:
    """Everything as plain data: the models, each pair of them, and each draft."""
    judged = {name: outcomes for name, outcomes in by_subject.items() if outcomes}
    pairs = [compare(one, other) for one, other in combinations(judged.values(), 2)]
    return {
        "models": [asdict(summary(outcomes)) for outcomes in judged.values()],
        "comparisons": [{**asdict(pair), "better": pair.better} for pair in pairs],
        "drafts": [_draft(outcome) for outcomes in judged.values() for outcome in outcomes],
    }


def _draft(outcome: Outcome) -> dict[str, Any]:
    procedure = outcome.procedure
    return {
        "model": outcome.subject,
        "case": outcome.case.id,
        "repeat": outcome.repeat,
        "seconds": round(outcome.seconds, 3),
        "resets": list(outcome.resets),
        "failed": outcome.code or None,
        "readiness": procedure.readiness if procedure else None,
        "steps": len(procedure.steps) if procedure else 0,
        "findings": dict(outcome.rules),
        "covered": outcome.covered,
    }


def bundled_cases() -> list[TestCase]:
    """Twenty-four test cases from as many trades, half of them Japanese, by people who did not know testgen's rules."""
    text = files("testgen.evaluation").joinpath("cases.json").read_text(encoding="utf-8")
    return [TestCase.model_validate(entry) for entry in json.loads(text)]
