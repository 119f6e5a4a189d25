"""Runs of blanks longer than anybody means: a pattern that begins with blanks tries each place of a run, so the cost of one grows with
its square."""

import re

from testgen.domain.test_case import TestCase

MOST = 40  # in a row; columns of a table drawn by hand and values of blanks alone have no more
_RUN = re.compile(rf"\s{{{MOST + 1},}}")
_ENTRIES = ("preconditions", "expected_results", "postconditions")


def without_long_blanks(case: TestCase) -> TestCase:
    """The case with such runs shortened in all that is read as sentences; its data stays as it is, since values are typed."""
    told = {name: shortened(text) for name in ("objective", "specification") if (text := getattr(case, name))}
    entries = {name: tuple(map(shortened, getattr(case, name))) for name in _ENTRIES}
    return case.model_copy(update={**told, **entries})


def shortened(text: str) -> str:
    """Of lines, an empty one and the indentation of what follows are kept."""
    return _RUN.sub(_short, text)


def _short(found: re.Match[str]) -> str:
    run = found.group()
    if "\n" not in run:
        return run[:MOST]
    return "\n" * min(run.count("\n"), 2) + run.rpartition("\n")[2][:MOST]
