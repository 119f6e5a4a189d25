"""A case told from its expected results: what a language has to answer for it."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.model import Datum, Reading


@dataclass(frozen=True)
class Line:
    """A part of an expected result in the case's words: what it tells to do (empty where it tells nothing), and what is then seen."""

    seen: str
    do: str = ""
    # "bring" says what is so and not what is done, "variant" only what is tried, "bare" only that something is, "same" the last
    # act with something else, "look" where it is seen, "check" nothing, "lapse" how long after the beginning something is seen
    kind: str = "quoted"
    row: int = 0  # of the table that it speaks of
    further: str = ""  # what is done behind it, before something is seen


class Script(Protocol):
    """Reads the results of one case as what is done and what is then seen."""

    operation: str  # the call or the command that the case is about, as an order; empty where there is none
    deed: (
        str  # what somebody does when that happens which the title is about, as an order; empty where nothing tells it
    )

    def lines(self, text: str) -> list[Line]:
        """The parts of a result in its own order."""
        ...

    def speaks_of_entry(self, text: str) -> bool:
        """Whether the case, or a result of it, speaks of something that is entered."""
        ...

    def is_entered(self, datum: Datum) -> bool:
        """Whether a datum is the value of a field, and the case speaks of something that is entered."""
        ...

    def is_person(self, who: str) -> bool:
        """Whether somebody of that name, or in that role, acts in the case."""
        ...

    def in_turn(self, order: str) -> list[str]:
        """The acts of an order, one by one, each with who does it; none for an empty one."""
        ...

    def before(self, order: str, done: list[str]) -> list[str]:
        """What is done before an order, so that it can be carried out: what it runs in is started, what was closed is opened again."""
        ...

    def again(self, order: str, done: list[str]) -> str:
        """An order that does not tell what is done, as the last of the steps done again; a blank where none can be. A check is empty."""
        ...

    def condition(self, text: str) -> Line:
        """A condition of the specification as what brings it about."""
        ...

    def told(self, sentence: str, *, given: bool) -> str:
        """What a sentence of the specification tells a person to do, as an order; of what is `given` only what somebody has done."""
        ...

    def awaited(self, sentence: str) -> str:
        """The order to wait for what a sentence tells that happens and that nobody does; empty where somebody does it."""
        ...

    def seer(self, text: str) -> str:
        """The person of the case who sees a result, where it begins with one."""
        ...

    def is_sent(self, seen: str) -> bool:
        """Whether a result is about a message that somebody receives, in which a value stands that nobody enters there."""
        ...

    def look(self, check: str, seen: str) -> str:
        """A check of the first plan, worded from the result that is seen."""
        ...

    def noted(self, seen: str) -> str:
        """The order to note down what a result compares with what it was before; empty where it compares nothing."""
        ...

    def whole(self, order: str) -> str:
        """An order up to where it runs into a clause of its own; empty where too little is left of it."""
        ...

    def is_same(self, seen: str) -> bool:
        """Whether a result says only that the same is seen as before."""
        ...

    def torn(self, action: str) -> bool:
        """Whether an action runs on into what is seen."""
        ...

    def made_of_data(self) -> list[str]:
        """For each datum that is a thing of which a verb goes with its name, the order to make it: make the OTA-1 booking."""
        ...

    def filled(self, text: str) -> list[str]:
        """The orders to put what a result is tried with into the basket, and to apply its code; none where nothing is bought."""
        ...

    def titled(self) -> str:
        """The order to do what the title names as a thing, with the data that are entered: the scheduled transfer; else empty."""
        ...

    def passes(self, order: str) -> bool:
        """Whether an order only lets time pass."""
        ...

    def needs_a_run(self, order: str) -> bool:
        """Whether an order is about "it", which has to be started before."""
        ...

    def is_light(self, action: str) -> bool:
        """Whether the verb of an action says only that something is done: apply, process, try."""
        ...

    def is_early(self, order: str) -> bool:
        """Whether an order looks at what is so before anything is done."""
        ...

    def opens(self, order: str) -> bool:
        """Whether an order of the title is one act with its object, with which a test may begin."""
        ...

    def reference(self, text: str) -> tuple[int, bool]:
        """The step of the specification that a result names (0 for none), and whether that step is done before."""
        ...

    def restoring(self, text: str) -> tuple[str, str]:
        """What brings about a postcondition, and what is seen then."""
        ...


@runtime_checkable
class Scripted(Protocol):
    """A language that reads results so."""

    def script(self, case: TestCase, reading: Reading) -> Script:
        """The reader of a case."""
        ...
