"""Work that passes its bounds is ended, and the next job finds a worker all the same."""

import asyncio
import gc
import operator
import os
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from testgen.domain.errors import FieldProblem, InvalidInputError, OverloadedError, TooCostlyError, WrongLanguageError
from testgen.workers import HERE, Job, Nursery, Pool, pool, run_once

JOB = Job("adding them up", "add fewer", "/numbers", seconds=0.5, mebibytes=200)
LARGE = Job("adding them up", "add fewer", seconds=5, mebibytes=400)
ENDLESS = (r"(a+)+$", "a" * 64 + "b")  # exponential, and `re` listens to nobody meanwhile
GIANT = 1 << 30


@pytest.fixture(scope="module")
def nursery() -> object:
    with_nothing = Nursery([])
    yield with_nothing
    with_nothing.end()


@pytest.fixture
async def workers(nursery: Nursery) -> AsyncIterator[Pool]:
    async with Pool(nursery) as started:
        yield started


async def test_a_result_comes_back(workers: Pool) -> None:
    assert await workers.run(JOB, operator.add, 1, 2) == 3
    assert await workers.run(JOB, os.getpid) != os.getpid()


async def test_a_large_result_comes_back_whole(workers: Pool) -> None:
    assert await workers.run(LARGE, operator.mul, b"0123456789", 2_000_000) == b"0123456789" * 2_000_000


async def test_garbage_is_rarely_searched_for_where_much_is_made(workers: Pool) -> None:
    """With Python's own thresholds the time of a job grew faster than its objects."""
    assert await workers.run(JOB, gc.get_threshold) == (20_000, 20, 20)
    assert await workers.run(JOB, gc.get_freeze_count) > 1_000


async def test_what_the_work_raises_is_raised_here(workers: Pool) -> None:
    with pytest.raises(ZeroDivisionError):
        await workers.run(JOB, operator.truediv, 1, 0)


async def test_work_that_takes_too_long_is_ended_and_names_its_remedy(workers: Pool) -> None:
    with pytest.raises(TooCostlyError) as told:
        await workers.run(JOB, re.match, *ENDLESS)
    assert str(told.value) == "/numbers: adding them up took longer than 0.5 s: add fewer"
    assert await workers.run(JOB, operator.add, 1, 2) == 3


async def test_work_that_needs_too_much_memory_is_ended_and_names_its_remedy(workers: Pool) -> None:
    with pytest.raises(TooCostlyError, match="needed more than 200 MiB of memory: add fewer"):
        await workers.run(JOB, bytearray, GIANT)
    assert await workers.run(JOB, operator.add, 1, 2) == 3


async def test_a_worker_that_dies_of_its_job_is_replaced(workers: Pool) -> None:
    for _ in range(3):
        with pytest.raises(TooCostlyError):
            await workers.run(JOB, os._exit, 1)
    assert await workers.run(JOB, operator.add, 1, 2) == 3


async def test_a_worker_that_died_while_it_waited_is_replaced(workers: Pool) -> None:
    for worker in workers._workers:
        os.kill(worker.number, 9)
    await asyncio.sleep(0.2)
    assert await workers.run(JOB, operator.add, 1, 2) == 3


async def test_a_worker_that_has_done_enough_is_replaced(nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_MOST_JOBS", 3)
    async with Pool(nursery, size=1) as workers:
        served = [await workers.run(JOB, os.getpid) for _ in range(7)]
    assert [served.count(number) for number in dict.fromkeys(served)] == [3, 3, 1]


async def test_a_caller_who_leaves_ends_the_work(workers: Pool) -> None:
    for_ever = replace(LARGE, seconds=120)
    left = [asyncio.create_task(workers.run(for_ever, re.match, *ENDLESS)) for _ in range(4)]
    await asyncio.sleep(0.2)
    for task in left:
        task.cancel()
    started = time.monotonic()
    assert await workers.run(JOB, operator.add, 1, 2) == 3
    assert time.monotonic() - started < 60, "nobody waited for the deadline of the work that was left"


async def test_the_event_loop_goes_on_while_workers_work(workers: Pool) -> None:
    busy = [asyncio.create_task(workers.run(JOB, re.match, *ENDLESS)) for _ in range(2)]
    turns = 0
    while not all(task.done() for task in busy):
        await asyncio.sleep(0.01)
        turns += 1
    await asyncio.gather(*busy, return_exceptions=True)
    assert turns > 5, "one that waits for a job turns once or twice"


async def test_large_jobs_are_done_one_at_a_time(workers: Pool) -> None:
    started = time.monotonic()
    await asyncio.gather(*(workers.run(LARGE, time.sleep, 0.2) for _ in range(3)))
    assert time.monotonic() - started >= 0.6


async def test_who_waits_too_long_is_told_to_come_back(workers: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PATIENCE_S", 0.1)
    busy = [asyncio.create_task(workers.run(JOB, time.sleep, 0.4)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(OverloadedError, match="all workers were busy"):
        await workers.run(JOB, operator.add, 1, 2)
    await asyncio.gather(*busy)


async def test_no_more_than_a_bounded_number_waits(workers: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "MOST_WAITING", 3)
    answers = await asyncio.gather(*(workers.run(JOB, time.sleep, 0.05) for _ in range(12)), return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, OverloadedError)]
    assert 0 < len(refused) < 12
    assert all(answer is None or isinstance(answer, OverloadedError) for answer in answers)


def alive(number: int) -> bool:
    return Path(f"/proc/{number}").exists()


async def test_no_process_is_left_behind() -> None:
    async with Pool() as workers:
        numbers = [await workers.run(JOB, os.getpid) for _ in range(4)]
        numbers.append(await workers.run(JOB, os.getppid))
    for _ in range(100):
        if not any(map(alive, numbers)):
            return
        await asyncio.sleep(0.05)
    pytest.fail("a worker or the nursery lives on")


def test_an_error_of_ours_arrives_as_it_was_raised() -> None:
    import pickle

    for error in (
        InvalidInputError([FieldProblem("/a", "is wrong", "x")], subject="the case", source="f"),
        OverloadedError("full", retry_after_s=7),
        WrongLanguageError("no", reason="other", remedy="again"),
    ):
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


async def test_in_place_the_work_is_simply_done() -> None:
    assert await HERE.run(JOB, os.getpid) == os.getpid()


@pytest.mark.usefixtures("command")
def test_a_command_has_one_job_done_within_the_same_bounds() -> None:
    assert run_once(JOB, operator.add, 1, 2) == 3
    assert run_once(JOB, os.getpid) != os.getpid()
    assert run_once(JOB, gc.get_threshold) == (20_000, 20, 20)
    with pytest.raises(ZeroDivisionError):
        run_once(JOB, operator.truediv, 1, 0)
    with pytest.raises(TooCostlyError, match="took longer than"):
        run_once(JOB, re.match, *ENDLESS)
    with pytest.raises(TooCostlyError, match="needed more than"):
        run_once(JOB, bytearray, GIANT)
    with pytest.raises(TooCostlyError, match="needed more than"):
        run_once(JOB, os._exit, 1)


@pytest.mark.usefixtures("command")
def test_what_the_command_holds_already_takes_no_room_from_its_job() -> None:
    held = bytearray(300 << 20)
    assert len(run_once(JOB, operator.getitem, held, slice(10 << 20))) == 10 << 20
    with pytest.raises(TooCostlyError, match="needed more than"):
        run_once(JOB, bytearray, 400 << 20)
