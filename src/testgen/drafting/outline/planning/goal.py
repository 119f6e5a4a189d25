"""A result with the way to it."""

from dataclasses import dataclass, field

from testgen.drafting.outline.model import Datum, Move, Wanted


@dataclass
class Goal:
    """A result with its way: no moves where neither the result nor the specification says how to get there."""

    wanted: Wanted
    moves: list[Move] = field(default_factory=list)
    variant: dict[str, Datum] = field(default_factory=dict)
    sentences: list[int] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)  # of the table's row that the result is about
    times: int | None = None
    span: int = 0
    target: int = -1  # the fact that brings it
    guessed: bool = False  # reached by what the case is about, for want of anything better
    own: bool = False  # the result says its trigger itself
    state: str = ""  # what is tried is a state, to be brought about where nothing is repeated
    around: bool = False  # its own words name the circumstances alone: an account, a clock, a datum
    early: bool = False  # looked at before anything is done
    tried: str = ""  # the case that is tried with what was done before, in the result's words
