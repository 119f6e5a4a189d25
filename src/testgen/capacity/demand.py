"""What people request from the service, and how long the model takes for each answer."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HOUR_S = 3600.0
EVEN = (1.0,)
# Requests of an hour beside the day's mean, 9:00 to 18:00: a morning and an afternoon of work, and lunch. An assumption, no measurement.
WORKDAY = (0.8, 1.3, 1.2, 0.4, 1.1, 1.4, 1.2, 1.0, 0.6)


@dataclass(frozen=True)
class Demand:
    """A number of engineers, each of whom requests a number of procedures per hour.

    A procedure has `tokens` tokens on average, with a log-normal distribution and this coefficient of variation. A place writes
    `tokens_per_second` of them while all places of its task are busy, and starts after `first_token_s` seconds. `hours` are the demand
    of each hour relative to the mean.
    """

    engineers: float
    tokens_per_second: float
    procedures_per_hour: float = 4.0
    tokens: float = 500.0
    spread: float = 0.4
    first_token_s: float = 1.0
    hours: Sequence[float] = EVEN

    @property
    def per_second(self) -> float:
        """Average number of requests per second."""
        return self.engineers * self.procedures_per_hour / HOUR_S

    @property
    def service_s(self) -> float:
        """The mean time that one place takes to write a procedure, in seconds."""
        return self.first_token_s + self.tokens / self.tokens_per_second

    def places_busy(self) -> float:
        """The average number of busy places (Little's law); fewer places can never keep up."""
        return self.per_second * self.service_s

    def arrivals(self, draw: random.Random, until_s: float) -> Iterator[float]:
        """When requests arrive: a Poisson process, thinned because the hours differ."""
        peak, now = self.per_second * max(self.hours), 0.0
        while peak and (now := now + draw.expovariate(peak)) < until_s:
            share = self.hours[int(now / HOUR_S) % len(self.hours)] / max(self.hours)
            if draw.random() < share:
                yield now

    def writing_s(self, draw: random.Random) -> float:
        """How long one procedure takes, in seconds."""
        variance = math.log(1 + self.spread**2)
        tokens = draw.lognormvariate(math.log(self.tokens) - variance / 2, math.sqrt(variance))
        return self.first_token_s + tokens / self.tokens_per_second
