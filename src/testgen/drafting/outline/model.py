"""What the rules hand to each other: actions, reactions, and planned steps."""

from dataclasses import dataclass, field, replace

from testgen.domain.procedure import StepKind


@dataclass(frozen=True)
class Action:
    """Something the tester does: `head` + objects + `tail` is its text; only the objects can be exchanged."""

    head: str
    objects: tuple[str, ...]
    tail: str
    verb: str
    group: str
    screen: str | None = None
    actor: str | None = None
    ui: bool = False


@dataclass(frozen=True)
class Reaction:
    """A trigger and its consequent: under `conditions`, the actions lead to `outcome`."""

    actions: tuple[Action, ...] = ()
    outcome: str = ""
    conditions: tuple[str, ...] = ()
    times: int | None = None
    sentence: str = ""
    rule: bool = False  # states a limit, which nobody sees happen


@dataclass(frozen=True)
class Datum:
    """One entry of the test data."""

    name: str
    value: str


@dataclass
class Planned:
    """A step that is still being planned. `group` tells the actions of one pass through the product from another."""

    kind: StepKind
    text: str
    expected: str = ""
    data: list[str] = field(default_factory=list)
    verifies: list[int] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    action: Action | None = None
    used: list[Datum] = field(default_factory=list)
    group: int = 0
    times: int | None = None
    repeats_alone: bool = False  # the action itself says how often; else its whole pass is repeated
    occurrence: int = 0  # which of several passes with different data; 0 where there is one
    sentence: str = ""

    def again(self, **changes: object) -> "Planned":
        """The same step once more, not yet verifying anything."""
        fresh: dict[str, object] = {
            "data": list(self.data),
            "used": list(self.used),
            "verifies": [],
        }
        return replace(self, **{**fresh, "times": None, "outcomes": [], **changes})  # type: ignore[arg-type]
