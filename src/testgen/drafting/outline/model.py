"""What the three stages hand to each other: facts from the reading, steps of the plan. All of it can be printed."""

import re
from dataclasses import dataclass, field

from testgen.domain.procedure import StepKind

BACKGROUND, FLOW, RULE, BEHAVIOUR, MEANS, NOTE = "background", "flow", "rule", "behaviour", "means", "note"

ARROW = re.compile("→|⇒|->|=>")  # between the parts of a chain
# kinds of acts of which only the name was read, or that there is one
UNREAD = ("nominal", "variant", "blank", "bring", "same")


@dataclass(frozen=True)
class Act:
    """Something that the tester does. `text` is the imperative without who does it; `kind` a group of the verb lists."""

    text: str
    kind: str = "do"
    objects: tuple[str, ...] = ()
    screen: str = ""
    actor: str = ""
    times: int | None = None
    past: bool = False  # told as done: 承認後


@dataclass(frozen=True)
class Fact:
    """A statement of the case: under `conditions`, `acts` lead to `outcome`; any of the three may be missing."""

    acts: tuple[Act, ...] = ()
    conditions: tuple[str, ...] = ()
    outcome: str = ""
    times: int | None = None
    sentence: int = -1  # of the specification; -1 for the title and the results
    after: int = -1  # the fact whose acts come before this one's conditions: a bullet's parent, a table's sentence
    role: str = BEHAVIOUR
    values: tuple[tuple[str, str], ...] = ()  # of a table's row: column and cell, for <column> in the acts
    plain: bool = False  # told as what is done, not as what leads to something
    listed: bool = False  # a step of a numbered list
    part: int = 0  # the scenario that it belongs to
    scenario: bool = False  # a line of one: Given, When, Then
    ahead: tuple[Act, ...] = ()  # what comes after the outcome has been looked at: かざす前は…

    @property
    def trigger(self) -> str:
        """Acts and conditions as one text, for comparing."""
        return " ".join((*(act.text for act in self.acts), *self.conditions))


@dataclass(frozen=True)
class Portion:
    """A portion of an expected result in its own words: what is done, and what is then to be seen."""

    act: Act = Act("")
    seen: str = ""
    topic: str = ""  # what it is about, where that is told apart

    @property
    def do(self) -> str:
        """The act's words; empty where nothing is done."""
        return self.act.text


@dataclass
class Told:
    """What a sentence tells somebody to do, in the author's own words, and what comes of it."""

    acts: list[Act]
    outcome: str = ""
    chain: bool = False  # a chain of arrows, which is walked from its head to its end


@dataclass
class Sentence:
    """A sentence of the specification, what it was taken for, and the steps that use it."""

    text: str
    role: str = BEHAVIOUR
    steps: list[int] = field(default_factory=list)
    first: bool = True  # of its line


@dataclass(frozen=True)
class Datum:
    """One entry of the test data."""

    name: str
    value: str


@dataclass(frozen=True)
class Wanted:
    """An expected result, or one of its parts where it tells several triggers: trigger, what is to be seen, and where."""

    number: int
    text: str
    fact: Fact
    place: str = ""
    seen: str = ""  # without the trigger, where that stands apart


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells by column, and its sentence."""

    cells: dict[str, str]
    sentence: int


@dataclass
class Reading:
    """Everything the case says, as facts."""

    sentences: list[Sentence] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    data: list[Datum] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    title: Fact = Fact()
    request: str = ""  # the one call that the case is about: POST /orders


@dataclass
class Planned:
    """A step before it is worded."""

    kind: StepKind
    act: Act
    expected: str = ""
    data: list[Datum] = field(default_factory=list)
    verifies: list[int] = field(default_factory=list)
    sentence: int = -1
    key: str = ""
    literal: bool = False  # what is expected stands as it is, beside the results that it verifies
    told: list[str] = field(default_factory=list)  # the results that it verifies, in the case's words
    given: str = ""  # test data that are no datum of the case
    as_told: bool = False  # the action stands in the team's words, whatever their form
    span: int = 0  # how many steps, this one included, are repeated `act.times` times


@dataclass
class Plan:
    """The steps in order, and what was understood."""

    steps: list[Planned] = field(default_factory=list)
    understood: set[int] = field(default_factory=set)
    skeleton: bool = False
    inferred: bool = False  # something is done that only the wording of the results tells
    scenes: bool = False  # several scenarios follow one another, each with its own start
    assumed: bool = False  # something is done that neither the results nor the specification tell


@dataclass
class Move:
    """An act of a goal, with the sentence it comes from and what the specification says comes of it."""

    act: Act
    sentence: int = -1
    outcome: str = ""
    stands_for: Act | None = None  # what the specification calls it
    redo: bool = False  # to be done each time it is called for: a wait
