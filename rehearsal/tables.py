"""The graph, who reaches whom, and who may do what, as tables."""

from collections import Counter
from collections.abc import Sequence

from stackgraph.graph import Graph
from stackgraph.permissions import statements
from stackgraph.reachability import group_names, may_connect
from testgen.contract import API_PORT, OLLAMA_PORT

PORTS = (80, 443, API_PORT, OLLAMA_PORT)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as what is in them."""
    widths = [max(len(str(row[column])) for row in (head, *rows)) for column in range(len(head))]
    lines = [
        "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]
    return [lines[0], "  ".join("-" * width for width in widths), *lines[1:]]


def resources(graph: Graph) -> list[str]:
    """How many of each type, and what they are called."""
    counted = Counter(entry.kind for entry in graph.resources)
    rows = []
    for kind, number in sorted(counted.items()):
        names = [entry.name for entry in graph.resources if entry.kind == kind]
        rows.append((kind, str(number), ", ".join(names[:3]) + (", …" if number > 3 else "")))
    return table(("type", "number", "names"), rows)


def reachability(graph: Graph) -> list[str]:
    """Ports on which a source reaches a security group."""
    groups = sorted(set(group_names(graph).values()))
    sources = ["10.20.30.40", "8.8.8.8", *groups]
    rows = []
    for source in sources:
        cells = [
            ",".join(str(port) for port in PORTS if may_connect(graph, source, target, port)) or "–"
            for target in groups
        ]
        rows.append((source, *cells))
    return table(("from \\ to", *groups), rows)


def rights(graph: Graph) -> list[str]:
    """What each role may do, and on what."""
    rows = []
    for holder, statement in statements(graph, "iam/rolePolicy:RolePolicy"):
        condition = "; ".join(
            f"{key} {operator} {value}"
            for operator, keys in statement.conditions.items()
            for key, value in keys.items()
        )
        for action in statement.actions:
            rows.append(
                (holder.name, action, " ".join(arn.split(":", 5)[-1] for arn in statement.resources), condition)
            )
    return table(("role", "action", "on", "where"), sorted(rows))
