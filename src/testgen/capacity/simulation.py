"""The service as discrete events: requests arrive, wait for a place or are refused if too many wait, and tasks start and stop."""

import math
import random
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

import simpy

from testgen.capacity.demand import HOUR_S, Demand
from testgen.capacity.fleet import Fleet

MINUTE_S = 60.0
OVER_MINUTES, UNDER_MINUTES = 3, 15
WELL_UNDER = 0.9  # of a target, before target tracking takes a task away
Steps = Generator[simpy.Event, object, None]


@dataclass
class Outcome:
    """The result of a simulation. A wait is the time in seconds from a request's first attempt until its turn."""

    waits: list[float] = field(default_factory=list)
    refused: int = 0
    working_s: float = 0.0
    task_s: float = 0.0
    most_tasks: int = 0
    places: int = 1
    hours: float = 0.0

    def percentile(self, share: float) -> float:
        """The wait that this share of the requests does not exceed."""
        found = sorted(self.waits)
        return found[min(int(share * len(found)), len(found) - 1)] if found else 0.0

    @property
    def refusals(self) -> float:
        """The number of attempts answered with 503, per request."""
        return self.refused / max(len(self.waits), 1)

    @property
    def tasks(self) -> float:
        """The average number of tasks."""
        return self.task_s / (self.hours * HOUR_S)

    @property
    def busy(self) -> float:
        """The share of time in which the places were busy."""
        return self.working_s / max(self.task_s * self.places, 1e-9)


class _Task:
    def __init__(self, environment: simpy.Environment, fleet: Fleet) -> None:
        self.places = simpy.Resource(environment, fleet.places)

    @property
    def queued(self) -> int:
        return len(self.places.queue)

    @property
    def outstanding(self) -> int:
        return self.places.count + self.queued


class _Service:
    def __init__(self, demand: Demand, fleet: Fleet, seed: int) -> None:
        self.environment = simpy.Environment()
        self.demand, self.fleet = demand, fleet
        self.draw = random.Random(seed)  # noqa: S311 - a simulation is no secret
        self.tasks = [_Task(self.environment, fleet) for _ in range(fleet.tasks)]
        self.coming = 0
        self.came = 0  # requests of the present minute
        self.outcome = Outcome(places=fleet.places, most_tasks=fleet.tasks)

    def receive(self, arrivals: Iterable[tuple[float, float]]) -> Steps:
        for when, writing_s in arrivals:
            yield self.environment.timeout(max(when - self.environment.now, 0.0))
            self.came += 1
            self.environment.process(self.answer(writing_s))

    def answer(self, writing_s: float) -> Steps:
        """One request from its first attempt to its end. If it is refused, it returns when a place should be free."""
        began = self.environment.now
        while True:
            task = min(self.tasks, key=lambda each: each.outstanding)  # the balancer's "least outstanding requests"
            if task.outstanding < self.fleet.places + self.fleet.queue_limit:
                break
            self.outcome.refused += 1
            yield self.environment.timeout(max(self.demand.service_s / self.fleet.places, 1.0))
        with task.places.request() as turn:
            yield turn
            self.outcome.waits.append(self.environment.now - began)
            self.outcome.working_s += writing_s
            yield self.environment.timeout(writing_s)

    def scale(self) -> Steps:
        """Checks every minute, like the CloudWatch alarms of target tracking."""
        over = under = 0
        last_out = last_in = -math.inf
        fleet, most = self.fleet, self.fleet.most or self.fleet.tasks
        while True:
            yield self.environment.timeout(MINUTE_S)
            self.outcome.task_s += MINUTE_S * len(self.tasks)
            pressure, quiet = self._pressure()
            self.came = 0
            over, under = (over + 1 if pressure > 1 else 0), (under + 1 if quiet else 0)
            now, there = self.environment.now, len(self.tasks) + self.coming
            if over >= OVER_MINUTES and there < most and now - last_out >= fleet.scale_out_cooldown_s:
                wanted = min(max(math.ceil(len(self.tasks) * pressure), there + 1), most)
                for _ in range(wanted - there):
                    self.environment.process(self._start())
                last_out, over = now, 0
            elif (
                under >= UNDER_MINUTES and len(self.tasks) > fleet.tasks and now - last_in >= fleet.scale_in_cooldown_s
            ):
                self.tasks.sort(key=lambda each: -each.outstanding)
                self.tasks.pop()  # what it works on, it finishes
                last_in, under = now, 0

    def _pressure(self) -> tuple[float, bool]:
        """How far the metrics are above their targets (1 means at the target), and whether a task could be stopped."""
        queued = sum(task.queued for task in self.tasks) / len(self.tasks)
        by_queue = queued / self.fleet.queued_per_task if self.fleet.queued_per_task else 0.0
        by_requests = (
            self.came / len(self.tasks) / self.fleet.requests_per_task if self.fleet.requests_per_task else 0.0
        )
        return max(by_queue, by_requests), bool(self.fleet.queued_per_task) and by_queue < WELL_UNDER

    def _start(self) -> Steps:
        self.coming += 1
        yield self.environment.timeout(self.fleet.scale_out_s)
        self.coming -= 1
        self.tasks.append(_Task(self.environment, self.fleet))
        self.outcome.most_tasks = max(self.outcome.most_tasks, len(self.tasks))


def simulate(
    demand: Demand,
    fleet: Fleet,
    hours: float = 9.0,
    seed: int = 0,
    arrivals: Iterable[tuple[float, float]] | None = None,
) -> Outcome:
    """Runs the service for a number of hours. The same seed gives the same requests. `arrivals` are pairs (second, seconds of writing),
    if they are known, for example measured on a real service."""
    service = _Service(demand, fleet, seed)
    if arrivals is None:
        draw = random.Random(seed)  # noqa: S311 - as above
        arrivals = [(when, demand.writing_s(draw)) for when in demand.arrivals(draw, hours * HOUR_S)]
    service.environment.process(service.receive(arrivals))
    service.environment.process(service.scale())
    service.environment.run(until=hours * HOUR_S)
    service.outcome.hours = hours
    return service.outcome
