"""Expected results told as a scenario: Given … When … Then …, 前提 … もし … ならば …, with And and かつ between."""

import re
from dataclasses import dataclass, replace

from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.morphemes import Clause
from testgen.drafting.outline.japanese.retelling import Retelling
from testgen.drafting.outline.model import Act, Fact, Portion
from testgen.text.marks import mask

_WORD = re.compile(
    r"(?:^|(?<=[\s　、。,/／]))(?P<word>Given|When|Then|And|But|前提|もし|ならば|かつ|しかし)(?:[\s　:：]+|、(?=.))"
)
_LEADS = {"Given": "given", "前提": "given", "When": "when", "もし": "when", "Then": "then", "ならば": "then"}
_ALONE = re.compile(r"(?:And|But|かつ|When|Given|Then)[\s　]+[^\s　A-Za-z]")  # a Japanese sentence behind the word


@dataclass(frozen=True)
class Scenario:
    """What is so, what is done, and what is then seen."""

    given: tuple[str, ...]
    when: tuple[str, ...]
    then: str


def scenario_of(text: str) -> Scenario | None:
    """The parts of a result that is one; an And stands for the word before it, alone for a Then, before a Then for a When."""
    words = list(_WORD.finditer(mask(text)))
    told = {_LEADS.get(word["word"], "") for word in words}
    if not words or words[0].start() or not (told & {"when", "then"} or _ALONE.match(text)):
        return None
    found: dict[str, list[str]] = {"given": [], "when": [], "then": []}
    role = "when" if "then" in told else "then"
    for number, word in enumerate(words):
        end = words[number + 1].start() if number + 1 < len(words) else len(text)
        role = _LEADS.get(word["word"], role)
        if part := text[word.end() : end].strip(" 　、。,/／"):
            found[role].append(part)
    return Scenario(tuple(found["given"]), tuple(found["when"]), "、".join(found["then"]))


class Scenarios(Retelling):
    """Reads them as any other result: 商品を削除すると、…."""

    def results(self, text: str, labels: frozenset[str] = frozenset()) -> list[tuple[str, Fact]]:
        """See `Tongue.results`."""
        told = scenario_of(text)
        if not told:
            return super().results(text, labels)
        acts = [self._brought(given) for given in told.given]
        acts += [act for when in told.when[:-1] for act in super(Scenarios, self).result(_leading(when)).acts]
        plain = _leading(*told.when[-1:]) + told.then
        first, *rest = super().results(plain, labels)
        made = replace(first[1], acts=(*(act for act in acts if act), *first[1].acts))
        return [(told.then or first[0] if not rest else first[0], made), *rest]

    def retold(self, text: str) -> list[Portion]:
        """See `Tongue.retold`."""
        told = scenario_of(text)
        if not told:
            return super().retold(text)
        before = [Portion(act) for given in told.given if (act := self._brought(given))]
        before += [part for when in told.when[:-1] for part in super(Scenarios, self).retold(_leading(when))]
        return [*before, *super().retold(_leading(*told.when[-1:]) + told.then)]

    def _brought(self, given: str) -> Act | None:
        """商品をカートに入れている: a state that somebody's hands bring is brought about; any other one is so."""
        clauses = split_clauses(given)
        last = clauses[-1] if clauses else Clause("")
        verb = self.reader.verb(last)
        by_hand = verb is not None and verb.kind == "action" and verb.group not in ("login", "logout")
        if not (last.state and by_hand and "を" in mask(last.before)) or last.passive or last.negative:
            return None
        return Act(given[: given.rfind(last.text)] + last.before + last.verb)


def _leading(when: str = "") -> str:
    return f"{when}と、" if when and not when.endswith("と") else f"{when}、" if when else ""
