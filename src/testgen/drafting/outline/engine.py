"""The engine `outline`: the rules in order, from a test case to steps and hits."""

from collections.abc import AsyncGenerator, Callable
from functools import cache
from typing import Any

from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.domain.ports import DraftRequest, DraftSummary, ModelStatus, Rewrite, RewriteRequest
from testgen.domain.procedure import MAX_STEPS, Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.assignment import assign_data, set_up_rest
from testgen.drafting.outline.english import English
from testgen.drafting.outline.english_wording import EnglishWording
from testgen.drafting.outline.grammar import Grammar, Wording
from testgen.drafting.outline.japanese import Japanese
from testgen.drafting.outline.japanese_wording import JapaneseWording
from testgen.drafting.outline.mending import mend
from testgen.drafting.outline.model import Planned
from testgen.drafting.outline.plan import Plan, build_core
from testgen.drafting.outline.preparation import bring_about, clean_up, skeleton
from testgen.drafting.outline.repetition import repeat_even_with, repeat_with_variants, reserved_data
from testgen.drafting.outline.selection import choose
from testgen.drafting.outline.styling import in_style
from testgen.drafting.outline.verification import verify

_GRAMMARS: dict[Language, tuple[Callable[[], Any], Callable[[Any], Wording]]] = {
    "en": (English, EnglishWording),
    "ja": (Japanese, JapaneseWording),
}


class OutlineEngine:
    """Drafts by rules alone: the same case gives the same steps, in milliseconds, with no model."""

    name = "outline"

    async def draft(self, request: DraftRequest) -> AsyncGenerator[Step | DraftSummary, None]:
        """See `testgen.domain.ports.Engine.draft`."""
        steps, hits = outline(request.case, request.language)
        for step in steps:
            yield in_style(step, request.glossary)
        yield DraftSummary(hits=hits)

    async def rewrite(self, request: RewriteRequest) -> Rewrite:
        """See `testgen.domain.ports.Engine.rewrite`; rules understand no instruction."""
        if request.instruction:
            problem = FieldProblem(
                "/instruction",
                "engine outline works by rules and follows none: use engine ollama, or another with a model",
            )
            raise InvalidInputError([problem], subject="the request")
        return mend(request, load_grammar(request.language))

    async def status(self) -> ModelStatus:
        """See `testgen.domain.ports.Engine.status`; rules are always there."""
        return ModelStatus(None, available=True, loaded=True)

    def preload(self) -> None:
        """See `testgen.domain.ports.Engine.preload`; there is nothing to wait for."""


def outline(case: TestCase, language: Language) -> tuple[list[Step], tuple[Hit, ...]]:
    """The whole engine: plans a case and says what it could not use."""
    plan = _plan(case, load_grammar(language))
    planned = plan.steps()[:MAX_STEPS]
    _spell_out_repeats(plan, planned)
    _name_actors_once(plan, planned)
    steps = [_step(step, number) for number, step in enumerate(planned, 1)]
    return steps, _hits(plan)


@cache
def load_grammar(language: Language) -> Grammar:
    """The grammar of a language; built once, it holds compiled patterns only."""
    grammar, wording = _GRAMMARS[language]
    made: Grammar = grammar()
    made.wording = wording(made)
    return made


def _plan(case: TestCase, grammar: Grammar) -> Plan:
    plan = Plan(case, grammar)
    bring_about(plan)
    build_core(plan, choose(case, grammar))
    if not any(step.action for step in plan.core):
        skeleton(plan)
    reserved = reserved_data(plan)
    assign_data(plan, reserved)
    repeat_with_variants(plan, reserved)
    settled = repeat_even_with(plan)
    set_up_rest(plan)
    clean_up(plan)
    verify(plan, settled)
    return plan


def _spell_out_repeats(plan: Plan, planned: list[Planned]) -> None:
    """Says which steps are repeated, once their numbers are known."""
    for number, step in enumerate(planned, 1):
        if step.times:
            first = next(index for index, other in enumerate(planned, 1) if other.group == step.group and other.action)
            first = number if step.repeats_alone else first
            step.text = plan.grammar.wording.repeat(step.text, first, number, step.times)


def _name_actors_once(plan: Plan, planned: list[Planned]) -> None:
    """Who acts is said where it changes, not on every step."""
    phrase = plan.grammar.lexicon.phrase
    before = None
    for step in planned:
        actor = step.action.actor if step.action else None
        if actor and actor == before:
            prefix = phrase("as_actor", actor=actor, action="")
            rest = step.text.removeprefix(prefix)
            step.text = plan.grammar.sentence(rest)
        elif not step.action and before and step.text.startswith(phrase("as_actor", actor=before, action="")):
            continue
        before = actor or _opened_by(step, phrase("as_actor", actor="\0", action="")) or before


def _opened_by(step: Planned, pattern: str) -> str | None:
    head, _, tail = pattern.partition("\0")
    inside = step.text.startswith(head) and tail.strip() and tail in step.text
    return (
        step.text[len(head) :].split(tail, 1)[0] if inside and step.kind == "action" and step.action is None else None
    )


def _step(step: Planned, number: int) -> Step:
    return Step(
        number=number,
        kind=step.kind,
        action=step.text,
        test_data=" / ".join(step.data) or None,
        expected_result=step.expected,
        verifies=tuple(sorted(step.verifies)),
    )


def _hits(plan: Plan) -> tuple[Hit, ...]:
    """What was left out of the specification, and whether there was nothing to extract."""
    nothing = (Hit("low-information", "/steps", variant="draft"),) if plan.low_information else ()
    return (*nothing, *(Hit("unused-specification", "/steps", excerpt=sentence) for sentence in plan.left_out))
