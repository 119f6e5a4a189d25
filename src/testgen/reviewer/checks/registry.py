"""Maps rules to their checks."""

from collections.abc import Callable, Iterator, Sequence

from testgen.domain.hit import Hit
from testgen.reviewer.subject import Subject

Check = Callable[[Subject], Iterator[Hit]]
SuiteCheck = Callable[[Sequence[Subject]], Iterator[tuple[int, Hit]]]  # the place of a procedure, and what it has
CHECKS: dict[str, Check] = {}
SUITE_CHECKS: dict[str, SuiteCheck] = {}
NEED_A_CASE: set[str] = set()
NEED_RESULTS: set[str] = set()  # of these: what the procedure itself says it should verify is enough


def check(rule: str, *, needs_a_case: bool = False, needs_results: bool = False) -> Callable[[Check], Check]:
    """Registers a check. One that needs the test case is skipped, and reported as skipped, if there is none. One that needs expected
    results uses those of the procedure."""

    def register(function: Check) -> Check:
        CHECKS[rule] = function
        if needs_a_case or needs_results:
            NEED_A_CASE.add(rule)
        if needs_results:
            NEED_RESULTS.add(rule)
        return function

    return register


def suite_check(rule: str) -> Callable[[SuiteCheck], SuiteCheck]:
    """Registers a check that compares the procedures of a suite."""

    def register(function: SuiteCheck) -> SuiteCheck:
        SUITE_CHECKS[rule] = function
        return function

    return register
