"""Selects the parts of a team's knowledge that a test case needs; only these go into a prompt, as far as there is room."""

from collections.abc import Callable, Iterable
from typing import Any

from testgen.domain.glossary import Term
from testgen.domain.knowledge import Account, Knowledge, Screen
from testgen.domain.test_case import TestCase
from testgen.knowledge.keys import keys
from testgen.knowledge.likeness import closest
from testgen.knowledge.lookup import Lookup
from testgen.text.normal import normalise

MOST_SCREENS = 6  # that are taken for their words alone, beside those that the case names
_ENOUGH = 0.35  # of the best one's rating


def touched(knowledge: Knowledge, case: TestCase, room: int, cost: Callable[[Any], int]) -> Knowledge:
    """The parts of the knowledge that a case mentions. What it mentions most clearly comes first, up to a total `cost` of `room`. All
    terms and the style are kept if there is room, because the steps are written in them."""
    lookup, text = Lookup(knowledge), "\n".join(case.texts())
    kept = _Kept(room, cost)
    style = knowledge.style
    screens = _in_order(knowledge.screens, kept.take(_screens(lookup, text)))
    steps = {name: made for name, made in knowledge.shared_steps.items() if _says(lookup, name, text)}
    shared = dict(kept.take(steps.items()))
    accounts = kept.take(_accounts(knowledge.accounts, text))
    data = dict(kept.take(entry for entry in knowledge.data.items() if _speaks_of(entry[0], text)))
    terms = _in_order(knowledge.terms, kept.take(sorted(knowledge.terms, key=lambda term: not _met(term, text))))
    return Knowledge.model_construct(
        terms=tuple(terms),
        style=style,
        screens=tuple(screens),
        shared_steps=shared,
        accounts=tuple(accounts),
        data=data,
        examples=tuple(kept.take(filter(None, (closest(knowledge, case),)))),
    )


class _Kept:
    """Takes pieces as long as there is room for them."""

    def __init__(self, room: int, cost: Callable[[Any], int]) -> None:
        self.room, self.cost = room, cost

    def take(self, pieces: Iterable[Any]) -> list[Any]:
        """The pieces that fit, in order."""
        taken = []
        for piece in pieces:
            needed = self.cost(piece)
            if needed <= self.room:
                self.room -= needed
                taken.append(piece)
        return taken


def _screens(lookup: Lookup, text: str) -> list[Screen]:
    """The screens that the case names, those on the way to them, and those that share most words with it."""
    named = lookup.screens_in(text)
    rated = lookup.rated(text)
    alike = [screen for rating, screen in rated[:MOST_SCREENS] if rating >= _ENOUGH * rated[0][0]]
    found = list(dict.fromkeys(screen.name for screen in (*named, *alike)))
    by_name = {screen.name: screen for screen in lookup.knowledge.screens}
    for name in found:  # grows as it goes
        found += [way.name for way in lookup.screens_in(by_name[name].open or "") if way.name not in found]
    return [by_name[name] for name in found]


def _says(lookup: Lookup, name: str, text: str) -> bool:
    steps = lookup.knowledge.shared_steps[name]
    return any(lookup.steps(line) is steps for line in text.split("\n"))


def _accounts(accounts: tuple[Account, ...], text: str) -> list[Account]:
    plain = normalise(text)
    return [one for one in accounts if any(normalise(word) in plain for word in filter(None, (one.name, one.role)))]


def _speaks_of(name: str, text: str) -> bool:
    """Whether a text contains all words of the name of a data entry."""
    words = keys(name)
    return (bool(words) and set(words) <= set(keys(text))) or normalise(name) in normalise(text)


def _met(term: Term, text: str) -> bool:
    plain = normalise(text)
    return any(normalise(word) in plain for word in (term.term, *term.instead_of, *term.verb_forms))


def _in_order(everything: tuple[Any, ...], chosen: list[Any]) -> list[Any]:
    """The selection in its original order, so that a model always reads the same knowledge in the same order."""
    return [one for one in everything if one in chosen]
