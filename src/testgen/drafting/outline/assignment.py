"""Each datum goes to the action that consumes it; what nobody consumes is set up; nothing is invented."""

import re

from testgen.drafting.outline.grammar import Grammar
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Datum, Planned
from testgen.drafting.outline.plan import Plan
from testgen.text.marks import mask
from testgen.text.normal import normalise

_TAKES_VALUES = {"input", "select", "upload", "search", "change"}
MOST_SETUP_STEPS = 10  # data beyond that are prepared in one step: a procedure has 60 steps at most
_MUST_HAVE_VALUE = {"input", "upload"}


def assign_data(plan: Plan, reserved: set[Datum]) -> None:
    """Fills the data of the core's actions. `reserved` data belong to a repetition (rule 10)."""
    free = [datum for datum in plan.data if datum not in reserved]
    for step in plan.core:
        if step.action:
            _fill(step, plan, free)
    for datum in plan.unused:
        user = (
            None
            if datum in reserved
            else next((step for step in plan.core if _speaks_of_value(step.text, datum)), None)
        )
        if user:
            user.used.append(datum)
            user.data.insert(0, datum.value)


def _fill(step: Planned, plan: Plan, free: list[Datum]) -> None:
    assert step.action is not None
    names, values = [], []
    for name in step.action.objects:
        datum = _best(name, step, plan, free)
        if datum:
            step.used.append(datum)
            values.append(datum.value)
            names.append(_spelling(name, datum, plan.grammar) if step.action.group in _TAKES_VALUES else name)
            continue
        if step.action.group in _MUST_HAVE_VALUE and not _has_value(name, plan):
            what = re.sub(r"^(the|an?)\s+", "", name)
            values.append(plan.grammar.lexicon.fill_in(what))
        names.append(name)
    step.data[:0] = values
    if step.times is None:
        step.text = plan.grammar.render(step.action, tuple(names))
    else:  # the words that say how often are no longer in the text
        for old, new in zip(step.action.objects, names, strict=True):
            step.text = step.text.replace(old, new)


def _best(name: str, step: Planned, plan: Plan, free: list[Datum]) -> Datum | None:
    unused = [datum for datum in free if datum in plan.unused]
    again = [datum for datum in free if datum not in unused]
    scored = [(_fit(name, datum, step, plan.grammar), -index, datum) for index, datum in enumerate(unused)]
    best = max(scored, default=(0, 0, None), key=lambda entry: entry[:2])
    if best[0] > 0:
        return best[2]
    return next((datum for datum in again if _fit(name, datum, step, plan.grammar) >= 90), None)


def _fit(name: str, datum: Datum, step: Planned, grammar: Grammar) -> int:
    """How well a datum fits the thing an action handles; 0 where it does not."""
    assert step.action is not None
    lexicon, wording = grammar.lexicon, grammar.wording
    bare = re.sub(r"^(the|an?)\s+", "", name)
    if lexicon.same_thing(bare, datum.name):
        return 100
    if _speaks_of_value(name, datum):
        return 95
    if step.action.group not in _TAKES_VALUES or mask(name) != name:
        return 0
    shared = overlap(grammar.terms(bare), grammar.terms(datum.name))
    head = wording.head(bare)
    if lexicon.same_thing(head, wording.head(datum.name)):
        return 60 + shared
    if normalise(head) in normalise(datum.name).replace("_", " ") or normalise(datum.name) in normalise(bare):
        return 50 + shared
    return 0


def _spelling(name: str, datum: Datum, grammar: Grammar) -> str:
    """The datum's own name where it says more than the specification's word: パスワード -> 誤パスワード."""
    head, datum_head = grammar.wording.head(name), grammar.wording.head(datum.name)
    plain = normalise(re.sub(r"^the\s+", "", name)) == normalise(head)
    longer = len(datum.name) > len(head) and normalise(head) in normalise(datum.name).replace("_", " ")
    return (
        grammar.wording.named(datum.name, name) if plain and longer and not re.search(r"[\d①-⑳]$", datum_head) else name
    )


def _has_value(name: str, plan: Plan) -> bool:
    """Whether the words already say what to enter."""
    return mask(name) != name or bool(re.search(r"\d", normalise(name))) or not plan.grammar.wording.head(name)


def _speaks_of_value(text: str, datum: Datum) -> bool:
    """Whether a value stands in a text as a word of its own; one character is too little to tell."""
    value = normalise(datum.value)
    alone = rf"(?<![0-9a-z]){re.escape(value)}(?![0-9a-z])"
    return len(value) > 1 and bool(re.search(alone, normalise(text)))


def set_up_rest(plan: Plan) -> None:
    """A datum that no action takes becomes part of the setup."""
    if len(plan.unused) > MOST_SETUP_STEPS:
        phrase, rest = plan.grammar.lexicon.phrase, plan.unused
        data = [f"{datum.name}: {datum.value}" for datum in rest]
        plan.setup.append(Planned("setup", phrase("prepare_all"), phrase("prepared_all"), data=data, used=rest))
    for datum in plan.unused:
        step = _setup_about(plan, datum)
        if step:
            step.used.append(datum)
            step.data.append(f"{datum.name}: {datum.value}")
            if normalise(datum.value) not in normalise(step.text):
                step.expected = plan.grammar.wording.state_of(datum.name, datum.value)
            continue
        action, expected = plan.grammar.wording.prepare(datum.name, datum.value)
        step = Planned("setup", action, expected, data=[f"{datum.name}: {datum.value}"], used=[datum])
        if plan.grammar.wording.lasts(datum.name) and plan.core:
            group = plan.core[-1].group  # time passes right before what is then tried
            first = next(index for index, other in enumerate(plan.core) if other.group == group)
            plan.core.insert(first, step)
        else:
            plan.setup.append(step)


def _setup_about(plan: Plan, datum: Datum) -> Planned | None:
    """A setup step that brings about the thing whose property the datum is."""
    value = normalise(datum.value)
    for step in plan.setup:
        if value and value in normalise(step.text):
            return step
    terms = plan.grammar.terms(datum.name.replace("_", " "))
    scored = [
        (overlap(terms, plan.grammar.terms(step.text)), -index, step)
        for index, step in enumerate(plan.setup)
        if not step.used
    ]
    best = max(scored, default=(0, 0, None), key=lambda entry: entry[:2])
    return best[2] if best[0] > 0 else None
