"""The simulation against what queueing theory proves, and the rules by which tasks come and go."""

import math
import random

import pytest

from testgen.capacity import Demand, Fleet, simulate

HOURS = 30.0


def arrivals(per_second: float, mean_s: float, *, seed: int = 1) -> list[tuple[float, float]]:
    """Poisson arrivals of exponential work: the queue M/M/c."""
    draw, now, found = random.Random(seed), 0.0, []
    while (now := now + draw.expovariate(per_second)) < HOURS * 3600:
        found.append((now, draw.expovariate(1 / mean_s)))
    return found


def erlang_c_wait(per_second: float, mean_s: float, places: int) -> float:
    """The mean wait in M/M/c (Erlang's C formula)."""
    load = per_second * mean_s
    waiting = load**places / math.factorial(places) * places / (places - load)
    chance = waiting / (sum(load**k / math.factorial(k) for k in range(places)) + waiting)
    return chance * mean_s / (places - load)


@pytest.mark.thorough
@pytest.mark.uncovered
@pytest.mark.parametrize(("places", "busy"), [(1, 0.5), (1, 0.7), (4, 0.7), (8, 0.7)])
def test_the_mean_wait_is_that_of_erlangs_formula(places: int, busy: float) -> None:
    mean_s = 10.0
    per_second = busy * places / mean_s
    fleet, waits = Fleet(1, places=places, queue_limit=10_000), list[float]()
    for seed in range(3):
        found = simulate(Demand(1, 1.0), fleet, HOURS, arrivals=arrivals(per_second, mean_s, seed=seed))
        assert found.busy == pytest.approx(busy, rel=0.05)
        waits += found.waits
    assert sum(waits) / len(waits) == pytest.approx(erlang_c_wait(per_second, mean_s, places), rel=0.15)


def test_requests_come_as_often_as_asked_and_take_as_long() -> None:
    demand = Demand(300, 20.0, procedures_per_hour=4, tokens=400, first_token_s=2, hours=(0.5, 1.5))
    draw = random.Random(3)
    when = list(demand.arrivals(draw, 40 * 3600))
    assert len(when) / (40 * 3600) == pytest.approx(demand.per_second, rel=0.02)
    assert sum(at % 7200 >= 3600 for at in when) / len(when) == pytest.approx(0.75, abs=0.01)
    assert demand.service_s == 22
    assert sum(demand.writing_s(draw) for _ in range(20_000)) / 20_000 == pytest.approx(22, rel=0.02)


def test_who_finds_the_queue_full_is_refused_and_comes_again() -> None:
    found = simulate(
        Demand(1, 50.0), Fleet(1, places=1, queue_limit=1), 1, arrivals=[(0.0, 100.0), (1.0, 100.0), (2.0, 100.0)]
    )
    assert found.refused > 0
    assert len(found.waits) == 3
    assert found.waits[:2] == [0.0, 99.0]
    assert found.waits[2] == pytest.approx(198, abs=12), "its wait counts from its first try"


def test_the_balancer_gives_a_request_to_the_task_with_the_least_to_do() -> None:
    found = simulate(Demand(1, 1.0), Fleet(2, places=1), 1, arrivals=[(0.0, 60.0), (1.0, 60.0)])
    assert found.waits == [0.0, 0.0]


def test_a_queue_brings_a_task_after_three_minutes_and_the_time_to_start() -> None:
    busy = [(float(second), 30.0) for second in range(0, 3600, 12)]
    fleet = Fleet(1, 2, places=2, queue_limit=500, queued_per_task=2.0)
    alone, scaled = (
        simulate(Demand(1, 1.0), Fleet(1, places=2, queue_limit=500), 2, arrivals=busy),
        simulate(Demand(1, 1.0), fleet, 2, arrivals=busy),
    )
    assert (alone.most_tasks, scaled.most_tasks) == (1, 2)
    assert scaled.percentile(0.95) < alone.percentile(0.95) / 2
    assert scaled.tasks < 2, "it goes again when there is nothing to do"


def test_the_same_seed_brings_the_same_day() -> None:
    days = [simulate(Demand(50, 20.0), Fleet(1), 2, seed=5).waits for _ in range(2)]
    assert days[0] == days[1]
