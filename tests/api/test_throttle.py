"""Guessing keys: a few at once, then slowly; what is remembered is bounded."""

import pytest

from testgen.api import throttle
from testgen.api.throttle import EVERY_S, FREE_FAILURES, Throttle


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def guesses(slow: Throttle, clock: Clock, seconds: float, per_second: int, address: str = "a") -> int:
    """How many of so many attempts are looked at."""
    looked_at = 0
    for number in range(int(seconds * per_second)):
        if slow.wait_s(address, f"{number:08}", str(number)) == 0:
            slow.failed(address, f"{number:08}")
            looked_at += 1
        clock.now += 1 / per_second
    return looked_at


def test_a_flood_is_looked_at_twelve_times_a_minute(clock: Clock) -> None:
    found = guesses(Throttle(clock), clock, seconds=120, per_second=100)
    assert FREE_FAILURES <= found <= FREE_FAILURES + 120 / EVERY_S + 1


def test_after_a_rest_all_is_as_before(clock: Clock) -> None:
    slow = Throttle(clock)
    guesses(slow, clock, seconds=1, per_second=100)
    assert slow.wait_s("a", "x", "x") > 0
    clock.now += EVERY_S * (FREE_FAILURES + 1)
    assert guesses(slow, clock, seconds=1, per_second=100) == FREE_FAILURES


def test_another_address_is_another_guesser_unless_he_guesses_the_rest_of_the_same_key(clock: Clock) -> None:
    slow = Throttle(clock)
    for number in range(FREE_FAILURES):
        slow.failed(f"address-{number}", f"tg_abcde{number}")
    assert slow.wait_s("another", "tg_abcdeX", "x") > 0
    assert slow.wait_s("another", "tg_zzzzzX", "x") == 0


def test_who_was_let_in_is_not_kept_out_by_his_neighbour(clock: Clock) -> None:
    slow = Throttle(clock)
    slow.succeeded("a", "hash")
    guesses(slow, clock, seconds=1, per_second=100)
    assert slow.wait_s("a", "tg_right", "hash") == 0
    assert slow.wait_s("a", "tg_right", "other hash") > 0
    assert slow.wait_s("b", "tg_right", "hash") == 0, "another address has its own failures"


def test_what_is_remembered_is_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "REMEMBERED", 100)
    slow = Throttle(clock)
    for number in range(1000):
        slow.failed(f"address-{number}", f"{number:08}")
        slow.succeeded(f"address-{number}", str(number))
    assert {len(kept) for kept in slow._failed.values()} == {100}
    assert len(slow._known) == 100
