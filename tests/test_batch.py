"""Many cases: bounded concurrency, transport faults tried again, a journal that survives a kill."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.cases import EN
from support.procedures import procedure

from testgen.batch import Item, Journal, keyed, run
from testgen.domain.errors import (
    EngineTimeoutError,
    EngineUnavailableError,
    InvalidOutputError,
    TestgenError,
    UnreadableInputError,
)
from testgen.domain.events import ErrorEvent, Event, ProcedureEvent
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.masking import mask

MADE = procedure(("Open it", "It is open"))


def cases(count: int) -> list[TestCase]:
    return [EN.model_copy(update={"id": f"T-{number}"}) for number in range(count)]


class Engine:
    """Fails as the script of a case says, then succeeds; knows how many ran at once."""

    def __init__(self, **faults: list[TestgenError]) -> None:
        self.faults = {name.replace("_", "-"): list(errors) for name, errors in faults.items()}
        self.calls: list[str] = []
        self.running = self.most = 0

    async def draft(self, case: TestCase) -> AsyncIterator[Event]:
        self.calls.append(case.id)
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(0.001)
        self.running -= 1
        faults = self.faults.get(case.id, [])
        yield ErrorEvent(faults.pop(0)) if faults else ProcedureEvent(MADE)


async def items(engine: Engine, count: int, concurrency: int = 3) -> list[Item]:
    return [item async for item in run(keyed(cases(count), "x"), engine.draft, concurrency, pause_s=0)]


async def test_every_case_ends_once_and_no_more_run_at_once_than_allowed() -> None:
    engine = Engine()
    found = await items(engine, 20)
    assert sorted(item.index for item in found) == list(range(20))
    assert engine.most == 3


async def test_a_fault_on_the_way_is_tried_again_twice() -> None:
    gone = EngineUnavailableError("gone")
    engine = Engine(T_0=[gone, gone], T_1=[gone, gone, gone])
    found = {item.case_id: item for item in await items(engine, 2)}
    assert found["T-0"].done
    assert (found["T-1"].done, found["T-1"].code) == (False, "engine-unavailable")
    assert engine.calls.count("T-1") == 3


async def test_a_bad_answer_is_not_tried_again_and_the_others_go_on() -> None:
    engine = Engine(T_1=[InvalidOutputError("no rows", reason="")])
    found = {item.case_id: item for item in await items(engine, 3)}
    assert [item.done for item in (found["T-0"], found["T-1"], found["T-2"])] == [True, False, True]
    assert engine.calls.count("T-1") == 1


async def test_stopping_finishes_what_runs_and_begins_nothing() -> None:
    engine, stopping = Engine(), asyncio.Event()
    found = []
    async for item in run(keyed(cases(10), "x"), engine.draft, 2, stopping=stopping, pause_s=0):
        found.append(item)
        stopping.set()
    assert len(found) == len(engine.calls) <= 3


def test_the_journal_gives_back_what_was_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    journal.append(Item(0, "a", "k1", MADE))
    journal.append(Item(1, "b", "k2", code="engine-timeout", message="まだ"))
    assert journal.read() == {
        "k1": Item(0, "a", "k1", MADE),
        "k2": Item(1, "b", "k2", code="engine-timeout", message="まだ"),
    }


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_line_that_a_kill_has_cut_is_dropped_and_the_next_is_whole(tmp_path: Path, cut: int) -> None:
    journal = Journal(tmp_path / "j")
    journal.append(Item(0, "a", "k1", MADE))
    journal.append(Item(1, "b", "k2", MADE))
    content = journal.path.read_bytes()
    journal.path.write_bytes(content[:-cut])
    assert set(journal.read()) == {"k1"}
    journal.append(Item(2, "c", "k3", MADE))
    assert set(journal.read()) == {"k1", "k3"}


@pytest.mark.parametrize(
    ("old", "new"), [("Open it", "Open all"), ('"k1"', '"k2"'), ('"ready"', '"skeleton"'), ('"sum": "', '"sum": "0')]
)
def test_a_line_that_somebody_has_edited_passes_for_no_result_of_ours(tmp_path: Path, old: str, new: str) -> None:
    journal = Journal(tmp_path / "j")
    journal.append(Item(0, "a", "k0", MADE))
    journal.append(Item(1, "b", "k1", MADE.model_copy(update={"readiness": "ready"})))
    first, second, _ = journal.path.read_text(encoding="utf-8").split("\n")
    assert old in second
    journal.path.write_text(f"{first}\n{second.replace(old, new)}\n", encoding="utf-8")
    with pytest.raises(UnreadableInputError, match=r"line 2 is damaged, or somebody has edited it: remove the line"):
        journal.read()


def test_a_line_broken_in_the_middle_was_no_kill(tmp_path: Path) -> None:
    (tmp_path / "j").write_text("{}\n")
    with pytest.raises(UnreadableInputError, match=r"line 1 is damaged, or .*, or run with --no-cache"):
        Journal(tmp_path / "j").read()


def test_of_a_long_journal_only_what_is_wanted_is_built(tmp_path: Path) -> None:
    """Runs with other settings leave their lines behind: a hundred megabytes of them took a gigabyte and most of a minute."""
    journal = Journal(tmp_path / "j")
    journal.append(Item(0, "a", "k1", code="engine-timeout", message="at first"))
    with journal.path.open("a") as file:
        file.write('{"index": 0, "id": "of another run", "key": "k0", "procedure": {"not": "read"}}\n')
    journal.append(Item(0, "a", "k1", MADE))
    assert journal.read({"k1", "k2"}) == {"k1": Item(0, "a", "k1", MADE)}
    for wanted in ({"k0"}, None):
        with pytest.raises(UnreadableInputError, match="line 2 is damaged"):
            journal.read(wanted)


def test_a_line_without_an_end_is_not_read_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("testgen.batch.LONGEST_LINE", 1_000)
    journal = Journal(tmp_path / "j")
    journal.append(Item(0, "a", "k1", code="engine-timeout", message="short"))
    with journal.path.open("ab") as file:
        file.truncate(1 << 40)  # of zeros, which take no place
    with pytest.raises(UnreadableInputError, match="line 2 is damaged"):
        journal.read()


def test_a_result_depends_on_case_and_setup_and_copies_are_told_apart() -> None:
    one, other = EN, EN.model_copy(update={"title": "x"})
    keys = [key for _, _, key in keyed([one, other, one], "a")]
    assert len(set(keys)) == 3
    assert keyed([one], "b")[0][2] != keys[0]


SECRET = TestCase(
    id="T",
    title="t",
    test_data={"password": "Sakura#2026", "user": "tanaka", "PIN": "12"},
    expected_results=("Sakura#2026 is hidden",),
)


def test_secret_values_are_hidden_wherever_they_stand_and_others_are_not() -> None:
    steps = procedure(("Enter Sakura#2026", "tanaka / Sakura#2026", "12 stars, not Sakura#2026, are shown"))
    found = mask(steps.model_copy(update={"expected_results": SECRET.expected_results}), SECRET)
    assert (found.steps[0].action, found.steps[0].test_data) == ("Enter ●●●●", "tanaka / ●●●●")
    assert found.steps[0].expected_result == "12 stars, not ●●●●, are shown"
    assert found.expected_results == ("●●●● is hidden",)
    assert mask(steps, EN) is steps


async def test_a_case_that_trips_testgen_itself_is_one_error_and_the_others_go_on() -> None:
    async def draft(case: TestCase) -> AsyncIterator[Event]:
        if case.id == "T-1":
            raise RecursionError
        yield ProcedureEvent(MADE)

    found = {item.case_id: item async for item in run(keyed(cases(3), "x"), draft, 3, pause_s=0)}
    assert [found[name].done for name in ("T-0", "T-1", "T-2")] == [True, False, True]
    assert (found["T-1"].code, "RecursionError" in found["T-1"].message) == ("internal", True)


@pytest.mark.parametrize("letter", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_a_text_with_a_line_end_of_unicode_does_not_break_the_journal(letter: str, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    item = Item(0, "a", "k", MADE.model_copy(update={"title": f"a{letter}b"}))
    journal.append(item)
    journal.append(Item(1, "b", "l", MADE))
    assert journal.read()["k"] == item
    assert len(journal.read()) == 2


async def test_a_procedure_that_could_not_be_bettered_whole_is_kept_and_counts_as_failed(tmp_path: Path) -> None:
    async def draft(given: Procedure) -> AsyncIterator[Event]:
        yield ProcedureEvent(given)
        yield ErrorEvent(EngineTimeoutError("too slow", remedy="wait"))

    [item] = [item async for item in run(keyed([MADE], "x"), draft, 1, pause_s=0)]
    assert (item.case_id, item.procedure, item.done, item.code) == ("T-1", MADE, False, "engine-timeout")
    journal = Journal(tmp_path / "j")
    journal.append(item)
    assert journal.read() == {item.key: item}


def test_a_procedure_is_the_same_whenever_it_is_read() -> None:
    again = MADE.model_copy(update={"provenance": MADE.provenance.model_copy(update={"testgen_version": "9"})})
    assert keyed([MADE], "x")[0][2] == keyed([again], "x")[0][2]
    assert keyed([MADE], "x")[0][2] != keyed([MADE.model_copy(update={"title": "other"})], "x")[0][2]
