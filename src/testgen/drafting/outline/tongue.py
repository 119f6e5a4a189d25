"""What the stages ask of a language; `japanese` and `english` answer, each as one object. What a language need not answer says so here."""

from typing import Protocol

from testgen.domain.language import Language
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Datum, Fact, Move, Portion, Reading, Told, Wanted


class Tongue(Protocol):
    """One language: how it is read and how it is written."""

    language: Language
    separator: str
    lexicon: Lexicon

    # reading
    def facts(self, sentence: str, *, told: bool = False) -> list[Fact]:
        """The facts of a sentence; `told` where it stands in a list of steps, so that the reader is its subject."""
        ...

    def result(self, text: str) -> Fact:
        """An expected result: its own trigger and the observation."""
        ...

    def results(self, text: str, labels: frozenset[str] = frozenset()) -> list[tuple[str, Fact]]:
        """An expected result in parts, each with its own trigger; `labels` are those that the specification names."""
        ...

    def means(self, precondition: str) -> Fact | None:
        """What a precondition says that the tester can change: 管理画面で在庫数を変更できる."""
        del precondition
        return None

    def named_act(self, part: str) -> Act | None:
        """What a person does where a chain tells it by a noun alone: SMS認証."""
        del part
        return None

    def deed(self, name: str) -> str:
        """The noun of an act that a name ends in: 申込, of プラン変更申込; empty where it ends otherwise."""
        del name
        return ""

    def sends(self, deed: str) -> bool:
        """Whether an act makes something of what has been entered: 申込, 印刷."""
        del deed
        return False

    def done_with(self, datum: Datum) -> Act | None:
        """What is done with a datum that is named after an act: 添付 = 診断書.pdf."""
        del datum
        return None

    def given(self, datum: Datum) -> bool:
        """Whether a datum tells what is so, and is nothing to enter: a limit, a fee, the stock that there is."""
        del datum
        return False

    def core(self, case: TestCase, reading: Reading, known: list[Act]) -> list[Move]:
        """What the case does as a whole, beside the acts that the results lead to; empty where nothing says so."""
        ...

    def by_hand(self, case: TestCase, reading: Reading) -> list[Fact]:
        """The facts without the acts that are the product's own where the case says what that is: a job."""
        del case
        return reading.facts

    def like(self, act: Act, other: Act) -> bool:
        """Whether two acts are one in different words."""
        ...

    def heading(self, text: str) -> Fact:
        """A title as a trigger; empty where it is none."""
        ...

    def terms(self, text: str) -> frozenset[str]:
        """Content terms."""
        ...

    def negative(self, text: str) -> bool:
        """Whether a text says that something does not happen or stays as it was."""
        ...

    def everything(self, text: str) -> bool:
        """Whether a text speaks of all cases: いずれの場合も, in no case."""
        ...

    def each_value(self, text: str) -> bool:
        """Whether a result holds for each of the listed values: いずれの値でも."""
        del text
        return False

    def said_of(self, text: str, value: str) -> str:
        """What a result that lists several values says of one of them: a and b are listed -> a is listed; empty where it lists none."""
        del text, value
        return ""

    def there_already(self, text: str) -> bool:
        """Whether what is to be seen needs no act of its own: a button that is not shown."""
        del text
        return False

    def screens(self, text: str) -> list[str]:
        """Named screens."""
        ...

    def place(self, text: str) -> str:
        """Where a result says that it is seen: in the audit log, 一覧に."""
        ...

    def subject(self, text: str) -> str:
        """What a result speaks of."""
        ...

    def at_once(self, text: str) -> bool:
        """Whether the tester sees it on the spot."""
        ...

    def is_state(self, condition: str) -> bool:
        """Whether a condition is a clause of its own, so that it can be brought about in its words."""
        ...

    def stored(self, text: str) -> bool:
        """Whether a result speaks of what is kept somewhere: a balance, the history."""
        ...

    def dates(self, text: str) -> list[str]:
        """The days of a text that is nothing else: 1 Sep, 30 Sep and 14 Oct."""
        ...

    def lapse(self, text: str) -> str | None:
        """The time that has to pass for a condition: a duration, "" where it is not said how long, None for no lapse."""
        ...

    def persons(self, case: TestCase) -> dict[str, str]:
        """Roles by which the case calls one named person: nurse -> nurse_t1."""
        ...

    def seer(self, text: str) -> str:
        """The named person who sees a result."""
        ...

    def person(self, name: str) -> bool:
        """Whether a name is a person's or a role's."""
        del name
        return False

    def times(self, text: str) -> int | None:
        """How often something is done, where it is more than once."""
        ...

    def duration(self, text: str) -> str:
        """The first duration of a text."""
        ...

    def head(self, name: str) -> str:
        """The noun that says what a thing is: 正しいパスワード -> パスワード."""
        ...

    def says(self, act: Act, other: Act) -> bool:
        """Whether an act is told by the label that another one presses: to save is to click "Save"."""
        ...

    def same_verb(self, act: Act, other: Act) -> bool:
        """Whether two acts that are alike in their objects are not opposites: to open, to close."""
        del act, other
        return True

    def owner(self, preconditions: tuple[str, ...]) -> str:
        """Whose account it is, where the preconditions name a person."""
        ...

    def even_with(self, text: str) -> tuple[str, str] | None:
        """ "Even with X, Y" as (X, Y)."""
        ...

    def tell(self, text: str, acts: list[Act], outcome: str, *, row: bool) -> Told | None:
        """What a sentence tells a person to do, in its own words; `acts` and `outcome` are what was read of it, `row` where it is one of
        a row of steps. None where nobody does anything."""
        del text, acts, outcome, row
        return None

    def quote(self, text: str) -> str:
        """A sentence in quotes."""
        return text

    def quoted(self, text: str) -> Act:
        """A sentence as an act: an order as it stands, anything else as what is to be carried out."""
        return Act(text, "quoted")

    def tells_act(self, value: str) -> bool:
        """Whether a datum is something that somebody does: play on to level 16."""
        del value
        return False

    def further(self, wanted: Wanted) -> list[str]:
        """What a result tells beside the first clause of its trigger: … and the clerk repeats the close."""
        del wanted
        return []

    def in_words(self, act: Act, case: TestCase) -> bool:
        """Whether an act is told in the words of the case, as far as the language can tell."""
        del act, case
        return True

    def retold(self, text: str) -> list[Portion]:
        """A result in parts, each with what is done in its own words."""
        return [Portion(seen=text)]

    def finished(self, seen: str) -> str:
        """What is seen, as a sentence that ends."""
        return seen

    def titled(self, title: str) -> Act | None:
        """What a title says that is done."""
        del title
        return None

    def first_time(self, act: Act) -> Act | None:
        """What has been done before where an act is done again."""
        del act
        return None

    def filing(self, case: TestCase) -> str:
        """The verb by which the case hands in its files: 取り込む, アップロードする; empty where it tells none."""
        del case
        return ""

    def maker(self, name: str) -> str:
        """What somebody does who is called after it: 起票者 -> 起票."""
        del name
        return ""

    def is_label(self, sentence: str) -> bool:
        """Whether a sentence of the specification only names what the others are about, or is a form without words."""
        del sentence
        return False

    def each_clean_up(self, postcondition: str) -> list[str]:
        """The acts of a postcondition that tells several."""
        return [postcondition]

    # wording
    def imperative(self, act: Act, objects: tuple[str, ...] | None = None) -> str:
        """The act as an imperative without who does it, perhaps with its objects under other names."""
        ...

    def order(self, text: str) -> str:
        """An order in plain words, where it stands behind a verb that says nothing: CSV取込を行う."""
        return text

    def well_formed(self, action: str) -> bool:
        """Whether a text reads as an action."""
        ...

    def sentence(self, text: str) -> str:
        """A text as a sentence of its own."""
        ...

    def observe(self, outcome: str) -> str:
        """An outcome as the tester sees it."""
        ...

    def bring_about(self, precondition: str) -> tuple[str, str] | None:
        """The setup step for a precondition and what is seen then; None for a state."""
        ...

    def clean_up(self, postcondition: str) -> tuple[str, str]:
        """The clean-up step and what is seen then."""
        ...

    def check(self, text: str, place: str, owner: str = "") -> str:
        """The action of a check step for a result at a place."""
        ...

    def on_screen(self, screen: str) -> str:
        """A screen as the place of a check."""
        ...

    def noted(self, text: str, place: str) -> tuple[str, str] | None:
        """The step that notes a value down, where a result compares it with what it was before, and what is seen then."""
        del text, place
        return None

    def since(self, text: str) -> tuple[str, str, str] | None:
        """The moment since which a result says that a value is the same, the step that notes it then, and what is seen."""
        del text
        return None

    def shown_beside(self, wanted: str, outcome: str, results: str) -> list[str]:
        """What an outcome of the specification shows beside what a result wants of it, and no result speaks of."""
        del wanted, outcome, results
        return []

    def shown(self, act: Act, following: Act | None = None) -> str:
        """What is seen after an act of which nothing is said; perhaps that the next act can be done."""
        ...

    def left(self, order: str) -> str:
        """What an order in the case's own words leaves behind, where nothing is said of it."""
        return self.shown(Act(order))
