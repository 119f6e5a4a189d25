"""Workbooks of a few kilobytes that unpack to gigabytes: each is refused at once, by what there is too much of."""

import functools
import sys
from dataclasses import replace
from functools import partial

import pytest
from support.workbook_bombs import GOOD, HARMFUL, HEADER, in_another_folder, in_utf_16
from support.workbooks import workbook

from testgen.domain.errors import InvalidInputError, TooCostlyError
from testgen.domain.procedure import Procedure
from testgen.interchange import read_procedures
from testgen.interchange.bounds import READ
from testgen.workers import Pool, run_once

pytestmark = pytest.mark.usefixtures("command")
# Coverage makes each line several times as dear; the bound is meant for a service that nobody watches.
JOB = replace(READ, seconds=READ.seconds * (5 if sys.gettrace() else 1))


@functools.cache
def many() -> bytes:
    """A workbook of four thousand cases."""
    header = [*HEADER, *(f"own {n}" for n in range(12))]
    rows = ([str(row), f"case {row}", "Open it", "It is open", *["x"] * 12] for row in range(4_000))
    return workbook({"S": [header, *rows]})


def read(content: bytes) -> list[Procedure]:
    return run_once(JOB, partial(read_procedures, content, name="a.xlsx"))


def test_the_workbook_itself_is_good() -> None:
    assert read(GOOD)[0].steps[0].action == "Open it"
    assert read(in_another_folder(b""))[0].steps[0].action == "Open it"
    assert read(in_utf_16(b""))[0].steps[0].action == "Open it"


@pytest.mark.parametrize("name", HARMFUL)
def test_it_is_refused_at_once_and_says_what_there_is_too_much_of(name: str) -> None:
    make, says = HARMFUL[name]
    content = make()
    assert len(content) < 1_048_576, "it fits a request"
    with pytest.raises(InvalidInputError, match=f"a.xlsx: .*{says}"):
        read(content)


def test_a_workbook_of_four_thousand_cases_is_read_within_its_bounds() -> None:
    assert len(read(many())) == 4_000


@pytest.mark.parametrize("mebibytes", [55, 60, 70, 75, 80])
async def test_memory_that_runs_out_is_not_said_of_the_workbook(mebibytes: int) -> None:
    async with Pool(size=1) as workers:
        with pytest.raises(TooCostlyError, match=f"needed more than {mebibytes} MiB"):
            await workers.run(replace(JOB, mebibytes=mebibytes), partial(read_procedures, many(), name="a.xlsx"))
