"""Repairs by rule: what the tongue can split or move, without a model."""

import re

from testgen.domain.language import Language
from testgen.domain.ports import Rewrite, RewriteRequest
from testgen.domain.procedure import Step
from testgen.drafting.outline.model import Act
from testgen.drafting.outline.tongue import Tongue

# An action and the check behind it: what is to be done, and what is to be seen.
_CHECKED: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"^(?P<seen>.+?)(?:こと|か(?:どうか)?)?を?(?:確認|検証|照合)(?:する|します|すること)?。?$"),
    "en": re.compile(
        r"^(?P<do>.+?)[\s,]*\b(?:and|then)\s+(?:verify|check|confirm|ensure|make sure|observe)\s+(?:that\s+)?(?P<seen>.+)$",
        re.IGNORECASE,
    ),
}
# A text that counts steps: after a split its numbers would be wrong.
_COUNTS_STEPS = re.compile(r"手順\s*\d|\bsteps?\s+\d", re.IGNORECASE)


def mend(request: RewriteRequest, tongue: Tongue) -> Rewrite:
    """What rules can better of the steps named; the others stay."""
    may_split = not any(_COUNTS_STEPS.search(step.action) for step in request.steps)
    replacements = {}
    for number, faults in request.faults.items():
        mended = _mend(request.steps[number - 1], set(faults), tongue, may_split=may_split)
        if mended:
            replacements[number] = mended
    return Rewrite(replacements)


def _mend(step: Step, faults: set[str], tongue: Tongue, *, may_split: bool) -> tuple[Step, ...] | None:
    if "misplaced-verification" in faults:
        moved = _move_check(step, tongue)
        if moved:
            return (moved,)
    actions = _actions(step.action, tongue)
    if "eager-action" in faults and may_split and len(actions) > 1:
        return _split(step, actions, tongue)
    if "unverified-action" in faults and actions:
        seen = tongue.shown(actions[-1])
        # That the test goes on is all that is known of most acts. It would only hide that a person has to say what is seen.
        if seen != tongue.lexicon.phrases["observed"]["do"]:
            return (step.model_copy(update={"expected_result": seen}),)
    return None


def _actions(text: str, tongue: Tongue) -> list[Act]:
    return [action for fact in tongue.facts(text.rstrip("。."), told=True) for action in fact.acts]


def _split(step: Step, actions: list[Act], tongue: Tongue) -> tuple[Step, ...]:
    """One step an action. The data go to the first that takes some, the expected result stays with the last."""
    takes = next((index for index, action in enumerate(actions) if action.kind in ("input", "select", "search")), 0)
    last = len(actions) - 1
    return tuple(
        step.model_copy(
            update={
                "action": _told(action, tongue),
                "test_data": step.test_data if index == takes else None,
                "expected_result": step.expected_result if index == last else tongue.shown(action),
                "verifies": step.verifies if index == last else (),
            }
        )
        for index, action in enumerate(actions)
    )


def _told(act: Act, tongue: Tongue) -> str:
    text = tongue.imperative(act)
    return tongue.lexicon.phrase("as_actor", actor=act.actor, action=text) if act.actor else tongue.sentence(text)


def _move_check(step: Step, tongue: Tongue) -> Step | None:
    """The check becomes the expected result, in front of what was expected already."""
    if tongue.language == "ja":
        facts = tongue.facts(step.action.rstrip("。"), told=True)
        if not facts or not facts[-1].acts:
            return None
        do = _told(facts[-1].acts[-1], tongue)
        found = _CHECKED["ja"].match(facts[-1].outcome)
    else:
        found = _CHECKED[tongue.language].match(step.action.rstrip("."))
        do = found["do"] if found else ""
    if not found or not do:
        return None
    seen = tongue.sentence(found["seen"])
    if seen in step.expected_result:
        return step.model_copy(update={"action": do})
    expected = tongue.separator.join(filter(None, (seen, step.expected_result)))
    return step.model_copy(update={"action": do, "expected_result": expected})
