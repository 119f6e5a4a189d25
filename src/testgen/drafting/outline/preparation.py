"""Rules 8, 12 and 13: what happens before and after the core, and what is written when there is no core."""

from testgen.drafting.outline.model import Planned
from testgen.drafting.outline.plan import Plan


def bring_about(plan: Plan) -> None:
    """A precondition that someone must bring about becomes a setup step; a state stays a precondition."""
    for precondition in plan.case.preconditions:
        found = plan.grammar.wording.bring_about(precondition)
        if found:
            plan.setup.append(Planned("setup", found[0], expected=found[1]))


def clean_up(plan: Plan) -> None:
    """A step for each clean-up that the case wants, and no other."""
    for postcondition in plan.case.postconditions:
        action, seen = plan.grammar.wording.clean_up(postcondition)
        plan.cleanup.append(Planned("cleanup", action, expected=seen))


def skeleton(plan: Plan) -> None:
    """Nothing to extract: one action for the tester to fill in, which brings the first expected result."""
    phrase, fill_in = plan.grammar.lexicon.phrase, plan.grammar.lexicon.fill_in
    what = phrase("skeleton_what")
    text = phrase("skeleton_action", title=plan.case.title, what=fill_in(what))
    plan.low_information = True
    plan.core.append(Planned("action", text, expected=phrase("skeleton_expected"), group=1))
