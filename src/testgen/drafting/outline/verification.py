"""Rule 11: each expected result goes to the action that brings it, or gets a check step of its own."""

from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Planned
from testgen.drafting.outline.plan import Plan
from testgen.drafting.outline.repetition import matches_variant


def verify(plan: Plan, settled: dict[int, Planned]) -> None:
    """Gives every expected result a step. `settled` ones have theirs already (rule 10)."""
    for number, text in enumerate(plan.case.expected_results, 1):
        step = settled.get(number) or _by_consequent(plan, text) or _on_the_spot(plan, text)
        if step:
            step.verifies.append(number)
        else:
            plan.checks.append(_check(plan, number, text))
    _keep_checks_few(plan)
    for step in plan.core:
        step.expected = _expected(plan, step, settled)


def _by_consequent(plan: Plan, text: str) -> Planned | None:
    """The last action whose consequent overlaps; data named in the expected result decide between passes."""
    terms = plan.grammar.terms(text)
    best, chosen = (0, 0), None
    for step in plan.core:
        if not step.action:
            continue
        score = overlap(terms, plan.grammar.terms(step.outcome)) if step.outcome else 0
        if score and (score, matches_variant(plan, text, step)) >= best:
            best, chosen = (score, matches_variant(plan, text, step)), step
    return chosen


def _on_the_spot(plan: Plan, text: str) -> Planned | None:
    """What a tester sees at once belongs to the last action, or to the last that uses the data it names."""
    if not plan.grammar.wording.seen_at_once(text):
        return None
    actions = [step for step in plan.core if step.action]
    if not actions:
        return None
    scores = [matches_variant(plan, text, step) for step in actions]
    if max(scores) == 0:
        return actions[-1]
    named = max(index for index, score in enumerate(scores) if score == max(scores))
    return next((step for step in reversed(actions) if step.group == actions[named].group), actions[-1])


def _check(plan: Plan, number: int, text: str) -> Planned:
    grammar = plan.grammar
    screens = grammar.screens(text)
    subject = grammar.wording.subject(text)
    if screens:
        phrase = grammar.lexicon.phrase("open_screen", screen=screens[0])
        return Planned("check", phrase, expected=text, verifies=[number])
    where = grammar.lexicon.phrase("where")
    owner = grammar.wording.owner(plan.case.preconditions)
    action = grammar.wording.check(subject or grammar.lexicon.phrase("result"), owner, grammar.lexicon.fill_in(where))
    return Planned("check", action, expected=text, verifies=[number], questions=[where])


def _keep_checks_few(plan: Plan) -> None:
    """At most half the steps are bare checks: further results are read at the same place as the one before."""
    while len(plan.checks) > 1 and len(plan.checks) * 2 > len(plan.steps()):
        last = plan.checks.pop()
        before = plan.checks[-1]
        before.verifies += last.verifies
        before.expected = plan.grammar.separator.join((before.expected, last.expected))


def _expected(plan: Plan, step: Planned, settled: dict[int, Planned]) -> str:
    grammar = plan.grammar
    if step.verifies and not any(other is step for other in settled.values()):
        texts = [plan.case.expected_results[number - 1].rstrip("。. ") for number in step.verifies]
        text = grammar.separator.join(texts)
        return grammar.wording.nth(step.times, text) if step.times else text
    if step.verifies:
        return step.expected
    if step.outcome:
        text = grammar.observe(step.outcome)
        return grammar.wording.nth(step.times, text) if step.times else text
    return step.expected or (grammar.wording.object_shown(step.action) if step.action else "")
