"""How often each rule was found, and the readiness of the procedures, over all of them."""

from collections import Counter
from collections.abc import Sequence

from testgen.cli.reports.reviewed import Reviewed
from testgen.domain.procedure import Readiness

SEVERITIES = ("error", "warning", "info")
READINESS: tuple[Readiness, ...] = ("ready", "open_points", "skeleton")


def by_rule(results: Sequence[Reviewed]) -> list[tuple[str, str, int, int]]:
    """Severity and rule, the number of findings and the number of procedures that have one: errors first, then the most frequent. A
    finding may be weaker than its rule; the rule is then listed once per severity."""
    found: Counter[tuple[str, str]] = Counter()
    procedures: Counter[tuple[str, str]] = Counter()
    for result in results:
        keys = [(finding.severity, finding.rule) for finding in result.procedure.findings]
        found.update(keys)
        procedures.update(set(keys))
    order = sorted(found, key=lambda key: (SEVERITIES.index(key[0]), -found[key], key[1]))
    return [(severity, rule, found[severity, rule], procedures[severity, rule]) for severity, rule in order]


def by_readiness(results: Sequence[Reviewed]) -> dict[Readiness, int]:
    """How many procedures are ready, have open points, or are skeletons."""
    counts = Counter(result.procedure.readiness for result in results)
    return {state: counts[state] for state in READINESS}
