"""Each expected result goes to the action that brings it, or gets a check step of its own."""

from testgen.domain.procedure import MAX_STEPS
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.matching import fits
from testgen.drafting.outline.model import Planned
from testgen.drafting.outline.plan import Plan
from testgen.drafting.outline.repetition import matches_variant
from testgen.text.marks import quotes
from testgen.text.normal import normalise


def verify(plan: Plan, settled: dict[int, Planned]) -> None:
    """Gives every expected result a step. `settled` ones have theirs already (rule 10)."""
    place = 0
    for number, text in enumerate(plan.case.expected_results, 1):
        step = settled.get(number) or _by_trigger(plan, text) or _by_consequent(plan, text, place)
        attempt = None if step else _attempt(plan, number, text)
        step = step or (None if attempt else _on_the_spot(plan, text))
        if attempt:
            plan.checks.append(attempt)
        elif step:
            step.verifies.append(number)
            place = max(place, next(index for index, other in enumerate(plan.core) if other is step))
        else:
            plan.checks.append(_check(plan, number, text))
    _drop_the_idle_end(plan)
    _keep_checks_few(plan)
    for step in plan.core:
        step.expected = _expected(plan, step, settled)


def _by_trigger(plan: Plan, text: str) -> Planned | None:
    """The action that the expected result names itself: "when X is saved, …"."""
    grammar = plan.grammar
    reactions = [reaction for reaction in grammar.parse(text) if reaction.actions and reaction.outcome]
    if not reactions or grammar.ordinal(text):
        return None
    trigger = normalise(grammar.render(reactions[-1].actions[-1]))
    for step in reversed(plan.core):
        labels = [normalise(label) for label in quotes(step.text)] if step.action else []
        if step.action and (normalise(step.text) == trigger or any(label in trigger for label in labels)):
            return step
    return None


def _by_consequent(plan: Plan, text: str, place: int) -> Planned | None:
    """The last action whose consequent overlaps. Actor and data that the text names decide; else the case's order."""
    best, chosen = (False, 0, False, 0), None
    ordinal = plan.grammar.ordinal(text)
    for index, step in enumerate(plan.core):
        if ordinal and step.occurrence and ordinal != step.occurrence:
            continue
        score = max((fits(text, outcome, plan.grammar, step.text) for outcome in step.outcomes), default=0)
        rank = (_acts(step, text), matches_variant(plan, text, step), index >= place, score)
        if score and rank >= best:
            best, chosen = rank, step
    return chosen


def _acts(step: Planned, text: str) -> bool:
    return bool(step.action and step.action.actor and normalise(step.action.actor) in normalise(text))


def _on_the_spot(plan: Plan, text: str) -> Planned | None:
    """What a tester sees at once belongs to the last action, or to the last that uses the data it names."""
    ordinal = plan.grammar.ordinal(text)
    if (
        ordinal
        and not plan.grammar.preserves(text)
        and (passed := next((step for step in plan.core if step.occurrence == ordinal), None))
    ):
        return passed
    if not plan.grammar.wording.seen_at_once(text):
        return None
    actions = [step for step in plan.core if step.action or plan.low_information]
    actions = [step for step in actions if _acts(step, text)] or actions
    if not actions:
        return None
    scores = [matches_variant(plan, text, step) for step in actions]
    if max(scores) == 0:
        return actions[-1]
    named = max(index for index, score in enumerate(scores) if score == max(scores))
    return next((step for step in reversed(actions) if step.group == actions[named].group), actions[-1])


def _attempt(plan: Plan, number: int, text: str) -> Planned | None:
    """A step that tries what the result says can or cannot be done with something, where no step does so yet."""
    action = plan.grammar.wording.attempt(text)
    if action is None or any(normalise(action) == normalise(step.text) for step in plan.core):
        return None
    return Planned("check", action, expected=plan.grammar.sentence(_plain(text)), verifies=[number])


def _check(plan: Plan, number: int, text: str) -> Planned:
    grammar = plan.grammar
    expected = grammar.sentence(_plain(text))
    screens = grammar.screens(text)
    if screens:
        return Planned(
            "check", grammar.lexicon.phrase("open_screen", screen=screens[0]), expected=expected, verifies=[number]
        )
    where = grammar.lexicon.phrase("where")
    subject = grammar.wording.subject(text) or grammar.lexicon.phrase("result")
    action = grammar.wording.check(
        subject, grammar.wording.owner(plan.case.preconditions), grammar.lexicon.fill_in(where)
    )
    return Planned("check", action, expected=expected, verifies=[number])


def _drop_the_idle_end(plan: Plan) -> None:
    """What comes after the last step that verifies or takes a datum is not this case's business."""
    if not any(step.verifies for step in plan.core):
        return
    last = max(index for index, step in enumerate(plan.core) if step.verifies or step.used)
    open_terms = plan.grammar.terms("\n".join(check.expected for check in plan.checks))
    idle = [
        step
        for step in plan.core[last + 1 :]
        if step.group != plan.core[last].group
        and not overlap(plan.grammar.terms(step.sentence or step.text), open_terms)
    ]
    plan.left_out = (*plan.left_out, *dict.fromkeys(step.sentence for step in idle if step.sentence))
    plan.core = [step for step in plan.core if not any(step is other for other in idle)]


def _keep_checks_few(plan: Plan) -> None:
    """At most half the steps are bare checks: further results are read at the same place as the one before."""
    while len(plan.checks) > 1 and (len(plan.checks) * 2 > len(plan.steps()) or len(plan.steps()) > MAX_STEPS):
        last = plan.checks.pop()
        before = plan.checks[-1]
        before.verifies += last.verifies
        before.expected = plan.grammar.separator.join((before.expected, last.expected))


def _expected(plan: Plan, step: Planned, settled: dict[int, Planned]) -> str:
    grammar = plan.grammar
    if step.verifies and any(other is step for other in settled.values()):
        return step.expected
    texts = [_plain(plan.case.expected_results[number - 1]) for number in step.verifies]
    texts = texts or [
        grammar.observe(outcome) for outcome in step.outcomes if not _belongs_elsewhere(plan, step, outcome)
    ]
    if texts:
        text = grammar.separator.join(map(grammar.sentence, texts))
        return grammar.wording.nth(step.times, text) if step.times else text
    return step.expected or (grammar.wording.object_shown(step.action) if step.action else "")


def _belongs_elsewhere(plan: Plan, step: Planned, outcome: str) -> bool:
    """Whether another pass is the one that brings this outcome, because the case expects it of that pass's data."""
    others = (other for other in plan.core if other is not step and other.occurrence and outcome in other.outcomes)
    expected = plan.case.expected_results
    told = any(matches_variant(plan, expected[number - 1], other) for other in others for number in other.verifies)
    return bool(step.occurrence) and told


def _plain(expected_result: str) -> str:
    """Without the full stop at its end; where there is nothing else, as it is."""
    return expected_result.rstrip("。. ") or expected_result
