"""The gate: bounded work, bounded waiting."""

import asyncio

import pytest

from testgen.api.admission import Gate
from testgen.domain.errors import OverloadedError


async def test_places_are_taken_until_work_and_queue_are_full() -> None:
    gate = Gate(max_concurrency=1, queue_limit=2)
    places = [gate.reserve() for _ in range(3)]
    with pytest.raises(OverloadedError) as caught:
        gate.reserve()
    assert caught.value.retry_after_s >= 1
    assert caught.value.http_status == 503
    places[0].release()
    gate.reserve()


async def test_a_place_is_given_back_once() -> None:
    gate = Gate(1, 0)
    place = gate.reserve()
    place.release()
    place.release()
    gate.reserve()
    with pytest.raises(OverloadedError):
        gate.reserve()


async def test_only_so_many_work_at_once_and_the_counts_say_so() -> None:
    gate = Gate(max_concurrency=2, queue_limit=5)
    release, most = asyncio.Event(), 0

    async def work() -> None:
        nonlocal most
        place = gate.reserve()
        async with place.turn():
            most = max(most, gate.in_flight)
            await release.wait()
        place.release()

    tasks = [asyncio.create_task(work()) for _ in range(5)]
    await asyncio.sleep(0.02)
    assert (gate.in_flight, gate.queued) == (2, 3)
    release.set()
    await asyncio.gather(*tasks)
    assert most == 2
    assert (gate.in_flight, gate.queued) == (0, 0)


async def test_a_cancelled_wait_takes_no_place_with_it() -> None:
    gate = Gate(1, 1)
    holder, waiter = gate.reserve(), gate.reserve()
    async with holder.turn():

        async def wait() -> None:
            async with waiter.turn():
                raise AssertionError("not its turn")

        task = asyncio.create_task(wait())
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        waiter.release()
    holder.release()
    assert (gate.in_flight, gate.queued) == (0, 0)


class TestRetryAfter:
    @staticmethod
    def told(gate: Gate) -> int:
        with pytest.raises(OverloadedError) as refused:
            gate.reserve()
        return refused.value.retry_after_s

    @staticmethod
    def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
        now = [1000.0]
        monkeypatch.setattr("testgen.api.admission.time.monotonic", lambda: now[0])
        return now

    async def test_is_when_the_first_of_those_at_work_is_done(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Generations take 3 s; one has been at work for 2.5 s, and eight wait behind it: a place is free in half a second."""
        now, gate = self.clock(monkeypatch), Gate(max_concurrency=2, queue_limit=8)
        for _ in range(3):
            place = gate.reserve()
            async with place.turn():
                now[0] += 3
            place.release()
        places = [gate.reserve() for _ in range(10)]
        async with places[0].turn():
            now[0] += 1.5
            async with places[1].turn():
                assert self.told(gate) == 2
                now[0] += 1
                assert self.told(gate) == 1
                now[0] += 60
                assert self.told(gate) == 1, "it takes longer than others did: soon, one hopes"

    async def test_of_a_batch_is_when_all_of_it_is_done(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now, gate = self.clock(monkeypatch), Gate(max_concurrency=2, queue_limit=0)
        for _ in range(3):
            place = gate.reserve()
            async with place.turn():
                now[0] += 4
            place.release()
        batches = [gate.reserve(), gate.reserve()]
        for batch in batches:
            batch.left = 20
        async with batches[0].turn(), batches[1].turn():
            assert self.told(gate) == 40

    async def test_is_a_guess_before_the_first_has_ended(self) -> None:
        gate = Gate(max_concurrency=1, queue_limit=0)
        async with gate.reserve().turn():
            assert 1 <= self.told(gate) <= 10
