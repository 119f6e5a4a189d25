"""What people ask of the service, and how long each answer takes the model."""

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
    """So many engineers, each asking for so many procedures an hour.

    A procedure has `tokens` tokens on average, log-normally spread with this coefficient of variation; a place writes
    `tokens_per_second` of them while all places of its task are busy, and begins after `first_token_s` seconds. `hours` are the
    demand of each hour beside the mean.
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
        """Requests a second on average."""
        return self.engineers * self.procedures_per_hour / HOUR_S

    @property
    def service_s(self) -> float:
        """The mean time in which one place writes a procedure, in seconds."""
        return self.first_token_s + self.tokens / self.tokens_per_second

    def places_busy(self) -> float:
        """How many places are at work on average (Little's law): fewer of them can never keep up."""
        return self.per_second * self.service_s

    def arrivals(self, draw: random.Random, until_s: float) -> Iterator[float]:
        """When requests come: Poisson, by thinning where the hours differ."""
        peak, now = self.per_second * max(self.hours), 0.0
        while peak and (now := now + draw.expovariate(peak)) < until_s:
            share = self.hours[int(now / HOUR_S) % len(self.hours)] / max(self.hours)
            if draw.random() < share:
                yield now

    def writing_s(self, draw: random.Random) -> float:
        """How long one procedure takes."""
        variance = math.log(1 + self.spread**2)
        tokens = draw.lognormvariate(math.log(self.tokens) - variance / 2, math.sqrt(variance))
        return self.first_token_s + tokens / self.tokens_per_second
