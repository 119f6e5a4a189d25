"""Slows down who guesses keys: by address, and by the beginning of the key, since one guesser may have many addresses."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FREE_FAILURES = 10  # somebody who mixes up keys has these at once
EVERY_S = 5.0  # and one more each five seconds: a guesser gets 12 a minute
REMEMBERED = 10_000  # of each kind; who has been quiet longest is forgotten first
PREFIX = 8  # characters: `tg_` and five of the key's own


@dataclass
class _Bucket:
    failures: float
    at: float


class Throttle:
    """Counts failed attempts. What is kept is bounded, and no key is kept: only beginnings, addresses and hashes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: dict[str, OrderedDict[str, _Bucket]] = {"address": OrderedDict(), "prefix": OrderedDict()}
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def wait_s(self, address: str, key: str, digest: str) -> int:
        """Seconds until the next attempt is looked at; 0 is now. Who has been let in before with this key is not kept out
        by a neighbour who guesses."""
        if (address, digest) in self._known:
            return 0
        buckets = [self._bucket("address", address), self._bucket("prefix", key[:PREFIX])]
        too_many = max(bucket.failures for bucket in buckets) - FREE_FAILURES + 1
        return max(math.ceil(too_many * EVERY_S), 0)

    def failed(self, address: str, key: str) -> None:
        """An attempt with a key that nobody has."""
        for kind, name in (("address", address), ("prefix", key[:PREFIX])):
            bucket = self._bucket(kind, name)
            bucket.failures += 1
            self._failed[kind][name] = bucket
            self._failed[kind].move_to_end(name)
            _forget(self._failed[kind])

    def succeeded(self, address: str, digest: str) -> None:
        """An attempt with a good key; what failed before from there stays counted."""
        self._known[address, digest] = None
        self._known.move_to_end((address, digest))
        _forget(self._known)

    def _bucket(self, kind: str, name: str) -> _Bucket:
        now = self._clock()
        bucket = self._failed[kind].get(name) or _Bucket(0, now)
        return _Bucket(max(bucket.failures - (now - bucket.at) / EVERY_S, 0), now)


def _forget(kept: OrderedDict[str, _Bucket] | OrderedDict[tuple[str, str], None]) -> None:
    if len(kept) > REMEMBERED:
        kept.popitem(last=False)
