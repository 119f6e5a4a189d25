"""Which check belongs to which rule."""

from collections.abc import Callable, Iterator

from testgen.domain.hit import Hit
from testgen.reviewer.subject import Subject

Check = Callable[[Subject], Iterator[Hit]]
CHECKS: dict[str, Check] = {}
NEED_A_CASE: set[str] = set()


def check(rule: str, *, needs_a_case: bool = False) -> Callable[[Check], Check]:
    """Registers a check; one that needs the test case is skipped, and named as skipped, where there is none."""

    def register(function: Check) -> Check:
        CHECKS[rule] = function
        if needs_a_case:
            NEED_A_CASE.add(rule)
        return function

    return register
