"""How many tasks so many engineers need, drawn for docs/capacity.md. Whether the simulation is true to the real service is in
`bench.agreement`.

python -m bench.capacity            writes docs/images/capacity-*.svg and prints the tables of docs/capacity.md
"""

from pathlib import Path

from testgen.capacity import Demand, Fleet, Outcome, simulate
from testgen.capacity.demand import WORKDAY

IMAGES = Path(__file__).parents[1] / "docs/images"
DAY = [hour / (sum(WORKDAY) / len(WORKDAY)) for hour in WORKDAY]
HOURS = len(DAY)
TOKENS_PER_SECOND = 20.0
ENGINEERS = {50: 1, 500: 1, 5_000: 10}  # and into how many equal parts the simulation is cut
PRICE = 0.71  # USD an hour, g4dn.xlarge in Tokyo: stackgraph/prices.yaml
ENOUGH_S = 60.0


def demand(engineers: float) -> Demand:
    """A working day of that many."""
    return Demand(engineers, TOKENS_PER_SECOND, hours=DAY)


def fixed() -> None:
    """p95 of the wait over the number of tasks."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "testgen", "font.size": 9})
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(ENGINEERS), figsize=(10, 3.2), constrained_layout=True)
    for axis, (engineers, parts) in zip(axes, ENGINEERS.items(), strict=True):
        part = demand(engineers / parts)
        least = max(1, int(part.places_busy() / Fleet(1).places))
        counts = [least + step * max(1, least // 8) for step in range(7)]
        waits = [simulate(part, Fleet(count), HOURS).percentile(0.95) for count in counts]
        axis.plot([count * parts for count in counts], [max(wait, 0.1) for wait in waits], marker="o", color="#1f5fa8")
        axis.axhline(ENOUGH_S, color="#999999", linewidth=0.8, linestyle="--")
        axis.set(title=f"{engineers:,} engineers", xlabel="tasks", yscale="log")
        for count, wait in zip(counts, waits, strict=True):
            print(
                f"{engineers:>6} engineers, {count * parts:>4} tasks: p95 {wait:7.1f} s, {count * parts * PRICE:7.2f} USD an hour"
            )
    axes[0].set_ylabel("95 of 100 wait at most (s)")
    figure.savefig(IMAGES / "capacity-tasks.svg", metadata={"Date": None})


def scaled() -> None:
    """Which metric and which target keep the wait short at the least cost, where a task takes six minutes to come."""
    print("\nengineers  least..most  policy                     p95 s    p99 s  tasks  USD/h")
    for engineers, least, most in ((50, 1, 3), (150, 2, 6), (500, 4, 14)):
        policies = {
            "fixed at most": Fleet(most),
            **{f"queued a task {q:g}": Fleet(least, most, queued_per_task=q) for q in (0.5, 1, 2, 4)},
            **{f"requests a task {r:g}": Fleet(least, most, requests_per_task=r) for r in (3, 60)},
            "queued 1, requests 3": Fleet(least, most, queued_per_task=1, requests_per_task=3),
        }
        for name, fleet in policies.items():
            days = [simulate(demand(engineers), fleet, HOURS, seed) for seed in range(3)]
            print(f"{engineers:>9}  {least:>5}..{most:<4}  {name:<24}" + _figures(days))


def _figures(days: list[Outcome]) -> str:
    count = len(days)
    p95, p99, tasks = (
        sum(map(of, days)) / count
        for of in (lambda day: day.percentile(0.95), lambda day: day.percentile(0.99), lambda day: day.tasks)
    )
    return f"{p95:8.1f} {p99:8.1f} {tasks:6.2f} {tasks * PRICE:6.2f}"


if __name__ == "__main__":
    fixed()
    scaled()
