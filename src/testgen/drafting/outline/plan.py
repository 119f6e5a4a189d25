"""The steps of the core: screens opened before use, actions in order, repetitions (rules 6 and 10)."""

import re
from dataclasses import dataclass, field, replace

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.grammar import Grammar
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.matching import fits
from testgen.drafting.outline.model import Action, Datum, Planned, Reaction
from testgen.drafting.outline.selection import Chosen
from testgen.text.marks import quotes
from testgen.text.normal import normalise

_DURATION = re.compile(r"\d+\s*(?:分|時間|秒|日|minutes?|hours?|seconds?|days?)")


@dataclass
class Plan:
    """A procedure in the making. Rules work on it in turn."""

    case: TestCase
    grammar: Grammar
    setup: list[Planned] = field(default_factory=list)
    core: list[Planned] = field(default_factory=list)
    checks: list[Planned] = field(default_factory=list)
    cleanup: list[Planned] = field(default_factory=list)
    left_out: tuple[str, ...] = ()
    low_information: bool = False

    @property
    def data(self) -> list[Datum]:
        """The test data in the author's order."""
        return [Datum(name, value) for name, value in self.case.test_data.items()]

    @property
    def unused(self) -> list[Datum]:
        """Data that no step takes yet."""
        used = {datum for step in (*self.setup, *self.core, *self.checks, *self.cleanup) for datum in step.used}
        return [datum for datum in self.data if datum not in used]

    def steps(self) -> list[Planned]:
        """All steps in order."""
        return [*self.setup, *self.core, *self.checks, *self.cleanup]


def build_core(plan: Plan, chosen: Chosen) -> None:
    """Plans a step for each action, opening each named screen before its first use."""
    opened = {
        normalise(screen) for text in plan.case.preconditions if _is_open(text) for screen in plan.grammar.screens(text)
    }
    plan.left_out = chosen.left_out
    for number, reaction in enumerate(chosen.reactions, 1):
        if reaction.actions:
            _add_actions(plan, reaction, number, opened)
        else:
            _add_consequence(plan, reaction)
        if reaction.actions or reaction.conditions:
            opened |= {normalise(screen) for screen in plan.grammar.screens(reaction.outcome)}
    _give_to_actors(plan)


def _add_actions(plan: Plan, reaction: Reaction, group: int, opened: set[str]) -> None:
    grammar = plan.grammar
    if reaction.conditions and not reaction.times:
        _add_conditions(plan, reaction)
    steps = [_add_action(plan, action, reaction, group, opened) for action in reaction.actions]
    if reaction.times and not any(other.times for other in plan.core):
        _repeat(steps[-1], reaction.times, grammar)
    steps[-1].outcomes += _outcomes(reaction)


def _add_action(plan: Plan, action: Action, reaction: Reaction, group: int, opened: set[str]) -> Planned:
    if action.screen and normalise(action.screen) not in opened:
        opened.add(normalise(action.screen))
        if action.group != "open":
            _open(plan, action, group)
    step = _done_already(plan, action) or _said_more_exactly(plan, action)
    if step is None:
        text = plan.grammar.render(action)
        step = Planned("action", text, action=action, group=group, sentence=reaction.sentence)
        plan.core.append(step)
    return step


def _give_to_actors(plan: Plan) -> None:
    """Where the specification says later who does an action, nobody in particular does it before."""
    for step in list(plan.core):
        if step.action is None or step.action.actor is not None:
            continue
        named = [other for other in plan.core if _by_somebody(other, step)]
        for other in named:
            actor = other.action.actor if other.action else None
            other.action = replace(step.action, actor=actor)
            other.text = plan.grammar.render(other.action)
            other.outcomes = [*step.outcomes, *other.outcomes]
        if named:
            plan.core = [other for other in plan.core if other is not step]


def _by_somebody(step: Planned, anonymous: Planned) -> bool:
    """Whether `step` is the anonymous action done by a person of their own: A and B, not one role throughout."""
    one, other = step.action, anonymous.action
    if one is None or other is None or one.actor is None or not re.search(r"[A-Z0-9]$", one.actor):
        return False
    labels = {normalise(label) for label in quotes(anonymous.text)}
    verb = normalise(one.verb)
    return step.text.endswith(anonymous.text) or any(label.startswith(verb) for label in labels)


def _open(plan: Plan, action: Action, group: int) -> None:
    phrase = plan.grammar.lexicon.phrase
    text = phrase("open_screen", screen=action.screen)
    if action.actor:
        text = phrase(
            "as_actor", actor=action.actor, action=text if plan.grammar.language == "ja" else text[0].lower() + text[1:]
        )
    plan.core.append(Planned("action", text, expected=phrase("screen_shown", screen=action.screen), group=group))


def _add_consequence(plan: Plan, reaction: Reaction) -> None:
    """A sentence without an action tells more of what comes of the action before it."""
    if not plan.core or not (reaction.times or reaction.outcome):
        return
    last = next((step for step in reversed(plan.core) if step.action), None)
    if last is None:
        return
    if reaction.times and reaction.conditions:
        _repeat(last, reaction.times, plan.grammar)
        last.outcomes = _outcomes(reaction)
        return
    told = reaction.conditions or not reaction.rule
    if told and any(fits(text, reaction.outcome, plan.grammar) for text in plan.case.expected_results):
        last.outcomes += _outcomes(reaction)


def _add_conditions(plan: Plan, reaction: Reaction) -> None:
    """A condition of a chosen trigger that the case does not bring with it has to be brought about."""
    grammar = plan.grammar
    known = grammar.terms(
        "\n".join((*plan.case.preconditions, *plan.case.test_data, *(step.text for step in plan.core)))
    )
    for condition in reaction.conditions:
        terms = grammar.terms(condition) or frozenset(re.findall(r"[一-龠々]", condition))
        lasting = (
            _DURATION.search(normalise(condition)),
            _DURATION.search(normalise(" ".join(plan.case.test_data.values()))),
        )
        if terms and not _known(terms, known, plan) and not grammar.times(condition) and not all(lasting):
            phrase = grammar.lexicon.phrase
            reached = phrase("state_reached", condition=condition)
            plan.setup.append(
                Planned("setup", phrase("state", condition=condition), expected=reached[0].upper() + reached[1:])
            )


def _known(terms: frozenset[str], known: frozenset[str], plan: Plan) -> bool:
    """Whether the case speaks of a condition; single Han, too short to be terms, are looked up as they are."""
    given = "\n".join(plan.case.preconditions)
    return bool(overlap(terms, known)) or all(len(term) == 1 and term in given for term in terms)


def _outcomes(reaction: Reaction) -> list[str]:
    return [reaction.outcome] if reaction.outcome else []


def _repeat(step: Planned, times: int, grammar: Grammar) -> None:
    step.times = times
    step.data.append(grammar.lexicon.phrase("times", times=times))
    if step.action and (
        match := re.search(
            r"\s*(?:\d+|\w+)\s+times(?:\s+in a row|\s+in succession)?|\s*(?:連続で)?\d+回(?:連続で|続けて)?", step.text
        )
    ):
        step.text = step.text[: match.start()] + step.text[match.end() :]
        step.repeats_alone = True


def _done_already(plan: Plan, action: Action) -> Planned | None:
    """The step that is this action: the same words, or the button that is named after it."""
    text = plan.grammar.render(action)
    for step in reversed(plan.core):
        if step.action is None or action.actor not in (None, step.action.actor):
            continue
        labels = {normalise(label) for label in quotes(step.text)}
        if step.text == text or (normalise(action.verb) in labels and not action.ui):
            return step
    return None


def _said_more_exactly(plan: Plan, action: Action) -> Planned | None:
    """The last step, where this action only says more of its object: choose a file, an unsupported file is chosen."""
    last = plan.core[-1] if plan.core else None
    if last is None or last.action is None or last.outcomes or action.actor not in (None, last.action.actor):
        return None
    head = plan.grammar.wording.head
    heads = [[normalise(head(name)) for name in one.objects] for one in (last.action, action)]
    if last.action.verb != action.verb or heads[0] != heads[1] or not heads[0]:
        return None
    last.action = replace(last.action, objects=action.objects)
    last.text = plan.grammar.render(last.action)
    return last


def _is_open(precondition: str) -> bool:
    return bool(
        re.search(
            r"開いて|表示(?:して|され)|遷移|アクセスして|\b(?:is|are) (?:open|shown|displayed|on)|\b(?:opened|on the)\b",
            precondition,
        )
    )
