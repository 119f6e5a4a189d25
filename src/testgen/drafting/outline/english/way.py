"""The way into a test: who signs in, what is opened, what is entered, and what the case does as a whole. What the specification
tells without a condition comes in the author's order; the rest is what title, data and places imply."""

import re
from dataclasses import replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english.start import Start
from testgen.drafting.outline.model import FLOW, MEANS, Act, Move, Reading
from testgen.drafting.outline.tongue import Tongue

_COUNTED = re.compile(r"^\d|[ _](?:\d+|[A-Z]{1,3})$")  # 8 characters, supplier DE: one of several

_WHILE = re.compile(r"\s(?:while|as long as) (?:the |an? |its )?(?P<what>[\w-]+(?: [\w-]+)?) (?:is|are|[a-z]{2,}s)\b")


def core(case: TestCase, reading: Reading, tongue: Tongue, known: list[Act]) -> list[Move]:
    """The way and the acts of the case as a whole; empty where nothing tells an act. `known` are the acts that the results lead to."""
    told = [
        move
        for fact in reading.facts
        if fact.role == FLOW and fact.plain
        for act in fact.acts
        for move in (
            *_bringing(act, reading, tongue),
            Move(act, fact.sentence, fact.outcome if act is fact.acts[-1] else ""),
        )
    ]
    way = Start(case, reading, tongue, known)
    sent = way.sent()
    acts = [move for move in told if move.act.kind != "open"]
    opens = [] if acts and told[0].act.kind != "open" else [move for move in told if move.act.kind == "open"]
    start, last = way.start() if not opens else ([], [])
    if acts:
        return [*start, *way.entries(acts), *told]
    main = sent or last or way.handled() or way.pressed() or [Move(act) for act in reading.title.acts]
    entries = way.entries(main) if not sent or sent[0].act.kind == "upload" else []
    if entries and main and (main[0].act.kind in ("create", "send") or not (way.is_form() or last)) and not sent:
        entered = tuple(thing for move in entries for thing in move.act.objects)
        main = [Move(replace(main[0].act, objects=(*main[0].act.objects, *entered))), *main[1:]]
        entries = []
    if entries and not main:
        if not way.is_form():
            return [*start, *opens]
        main = [] if way.is_blocked() else [Move(Act(tongue.lexicon.phrase("confirm"), "do"))]
    if start and not (main or entries) and reading.data:
        main = way.tried() if any(_COUNTED.search(datum.name) for datum in reading.data) else []
    return [*start, *opens, *entries, *main]


def like(one: Act, other: Act, tongue: Tongue) -> bool:
    """Whether two acts are one in different words: the same label, the same verb with the same thing."""
    first, second = (
        replace(act, text=re.sub(r"^(?:carry out|try to|start|press|click|choose|select|tap) |[\"“”*]", "", act.text))
        for act in (one, other)
    )
    terms = [tongue.terms(act.text) for act in (first, second)]
    if not all(terms):
        return first.text == second.text
    short, long = sorted(terms, key=len)
    return short <= long or tongue.says(first, second) or tongue.says(second, first)


def _bringing(act: Act, reading: Reading, tongue: Tongue) -> list[Move]:
    """What brings about the state in which an act is done: pull the card while the lamp blinks, which it does when money is counted."""
    state = _WHILE.search(act.text)
    thing = tongue.terms(tongue.head(state["what"])) if state else frozenset()
    for fact in reading.facts:
        if thing and fact.acts and not fact.plain and fact.role != MEANS and thing <= tongue.terms(fact.outcome):
            return [Move(other, fact.sentence, fact.outcome if other is fact.acts[-1] else "") for other in fact.acts]
    return []
