"""How a batch finds its concurrency, and what it tries again."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator

import pytest
from support.procedures import procedure

from testgen.batch import run
from testgen.client import pace as module
from testgen.client import patience
from testgen.client.orders import Order
from testgen.client.pace import Pace
from testgen.domain.errors import InvalidOutputError, OverloadedError, ServiceUnavailableError, TestgenError
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent, ResetEvent

MADE = procedure(("Open", "It is shown"))
ORDER = Order("/v1/procedures", b"{}", key="k")
FULL, LOST = OverloadedError("full", retry_after_s=1), ServiceUnavailableError("lost")


class Service:
    """Answers in so many places, refuses when so many wait; errors come first, in turn."""

    def __init__(self, *errors: TestgenError, places: int = 1000, writing_s: float = 0.0) -> None:
        self.errors = deque(errors)
        self.places, self.writing_s = places, writing_s
        self.here = self.most = self.refused = self.asked = 0
        self.keys: list[str] = []

    async def attempt(self, order: Order) -> AsyncGenerator[Event, None]:
        self.asked += 1
        self.keys.append(order.key)
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.popleft()
        if self.here >= self.places:
            self.refused += 1
            raise OverloadedError("full", retry_after_s=0)
        self.here += 1
        self.most = max(self.most, self.here)
        try:
            await asyncio.sleep(self.writing_s)
            yield ProcedureEvent(MADE)
        finally:
            self.here -= 1


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE_S", 0.002)


async def events(pace: Pace, service: Service) -> list[Event]:
    return [event async for event in pace.events(service, ORDER)]


async def batch(pace: Pace, service: Service, cases: int, stopping: asyncio.Event | None = None) -> int:
    """So many cases, begun as `testgen batch` does; how many were written."""

    def draft(_: object) -> AsyncGenerator[Event, None]:
        return pace.events(service, ORDER)

    todo = ((number, MADE, str(number)) for number in range(cases))
    return len([item async for item in run(todo, draft, pace.places, stopping=stopping) if item.done])


async def test_it_grows_while_answers_come_up_to_its_cap() -> None:
    service = Service(writing_s=0.002)
    assert await batch(Pace(16), service, 120) == 120
    assert service.most in (15, 16), "nearly all of it is tried"


async def test_it_halves_when_the_service_is_full_and_all_is_written_in_the_end() -> None:
    service, pace = Service(places=6, writing_s=0.002), Pace()
    assert await batch(pace, service, 200) == 200
    assert service.refused
    assert service.most == 6
    assert service.refused < 100, "it learns how much the service takes"


async def test_one_round_of_refusals_halves_once() -> None:
    pace, service = Pace(), Service()
    pace._size = 16.0
    began, service.errors = 16, deque([FULL] * 16)
    pauses = [asyncio.create_task(events(pace, service)) for _ in range(began)]
    await asyncio.sleep(0.05)
    assert (int(pace._size), service.asked) == (8, 16)
    for task in pauses:
        task.cancel()
    await asyncio.gather(*pauses, return_exceptions=True)


async def test_retry_after_is_honoured_with_a_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []

    async def rest(_: Pace, seconds: float) -> None:
        rests.append(seconds)

    monkeypatch.setattr(Pace, "_rest", rest)
    told = OverloadedError("full", retry_after_s=7)
    assert isinstance((await events(Pace(), Service(*[told] * 20)))[-1], ProcedureEvent)
    assert all(7 <= seconds <= 8.75 for seconds in rests)
    assert len(set(rests)) > 10


async def test_a_cut_connection_is_tried_again_with_the_same_key_and_does_not_slow_the_batch() -> None:
    service, pace = Service(LOST, LOST), Pace()
    seen = await events(pace, service)
    assert [type(event) for event in seen] == [ResetEvent, ResetEvent, ProcedureEvent]
    assert service.keys == ["k"] * 3
    assert pace.places() >= module.FIRST


async def test_a_draft_that_is_none_is_the_cases_own_and_not_tried_again() -> None:
    service = Service(InvalidOutputError("no rows", reason="no rows"))
    [event] = await events(Pace(), service)
    assert isinstance(event, ErrorEvent)
    assert service.asked == 1


async def test_a_service_that_is_gone_is_given_up_and_the_others_do_not_wait_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.02)
    service, pace = Service(*[LOST] * 1000), Pace()
    assert isinstance((await events(pace, service))[-1], ErrorEvent)
    asked = service.asked
    assert isinstance((await events(pace, service))[-1], ErrorEvent)
    assert service.asked == asked + 1
    service.errors.clear()
    assert isinstance((await events(pace, service))[-1], ProcedureEvent), "it is asked all the same"


async def test_a_request_is_refused_for_as_long_as_others_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.01)
    pace, unlucky = Pace(), Service(*[LOST] * 12)
    task = asyncio.create_task(events(pace, unlucky))
    while not task.done():
        await events(pace, Service())
        await asyncio.sleep(0)
    assert isinstance(task.result()[-1], ProcedureEvent)


async def test_when_the_batch_is_stopped_what_runs_is_finished_and_what_rests_was_not_begun() -> None:
    stopping, pace = asyncio.Event(), Pace()
    pace.obey(stopping)
    service = Service(OverloadedError("full", retry_after_s=300), writing_s=0.05)
    running = asyncio.create_task(batch(pace, service, 50, stopping))
    await asyncio.sleep(0.02)
    stopping.set()
    assert 0 < await asyncio.wait_for(running, 5) < module.FIRST
