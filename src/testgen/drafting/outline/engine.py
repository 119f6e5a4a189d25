"""The engine `outline`: reading, planning, wording; the same case gives the same steps, with no model."""

import re
from collections.abc import AsyncGenerator, Callable
from functools import cache

from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.domain.hit import Hit
from testgen.domain.knowledge import NOTHING_TOLD, Knowledge
from testgen.domain.language import Language
from testgen.domain.ports import DraftRequest, DraftSummary, ModelStatus, Rewrite, RewriteRequest
from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english import English
from testgen.drafting.outline.japanese import Japanese
from testgen.drafting.outline.mending import mend
from testgen.drafting.outline.model import BACKGROUND, NOTE, Datum, Plan, Reading
from testgen.drafting.outline.planning.known import Known
from testgen.drafting.outline.planning.plan import make_plan
from testgen.drafting.outline.planning.taking import stands_in
from testgen.drafting.outline.reading.blanks import without_long_blanks
from testgen.drafting.outline.reading.case import read
from testgen.drafting.outline.reading.scenarios import as_scenarios, numbered_as_given
from testgen.drafting.outline.reading.untold import without_nothing
from testgen.drafting.outline.styling import in_style
from testgen.drafting.outline.tongue import Tongue
from testgen.drafting.outline.wording.steps import word
from testgen.messages import say
from testgen.text.marks import OPEN_POINT

_TONGUES: dict[Language, Callable[[], Tongue]] = {"en": English, "ja": Japanese}


# A procedure by rules names the passages in which its open points may be answered. Read as the case's specification they were tried
# (bench/RESULTS.md): for each procedure that got better one got steps of another flow.
MOST_NAMED = 3
GUESSED = ("guess", "again", "state")  # acts that the case tells of something else, or only as what is so


class OutlineEngine:
    """Drafts by rules alone: the same case gives the same steps, in milliseconds, with no model."""

    name = "outline"

    async def draft(self, request: DraftRequest) -> AsyncGenerator[Step | DraftSummary, None]:
        """See `testgen.domain.ports.Engine.draft`."""
        steps, hits = outline(request.case, request.language, request.background.knowledge)
        for step in steps:
            yield in_style(step, request.background.knowledge)
        yield DraftSummary(hits=hits, passages=request.background.closest[:MOST_NAMED])

    async def rewrite(self, request: RewriteRequest) -> Rewrite:
        """See `testgen.domain.ports.Engine.rewrite`; rules understand no instruction."""
        if request.instruction:
            problem = FieldProblem(
                "/instruction",
                say("engine outline works by rules and follows none: use engine ollama, or another with a model"),
            )
            raise InvalidInputError([problem], subject=say("the request"))
        return mend(request, load_tongue(request.language))

    async def status(self) -> ModelStatus:
        """See `testgen.domain.ports.Engine.status`; rules are always there."""
        return ModelStatus(None, available=True, loaded=True)

    def preload(self) -> None:
        """See `testgen.domain.ports.Engine.preload`; there is nothing to wait for."""


def outline(
    case: TestCase, language: Language, knowledge: Knowledge = NOTHING_TOLD
) -> tuple[list[Step], tuple[Hit, ...]]:
    """The whole engine: the steps of a case, and what it could not use."""
    reading, plan, steps = stages(case, language, knowledge)
    return steps, left_over(reading, plan, steps)


def stages(case: TestCase, language: Language, knowledge: Knowledge = NOTHING_TOLD) -> tuple[Reading, Plan, list[Step]]:
    """The three stages one by one, for those who want to look at them."""
    tongue, case = load_tongue(language), without_nothing(without_long_blanks(case))
    case, numbers = as_scenarios(case)
    reading = read(case, tongue)
    plan = make_plan(case, reading, tongue, Known(knowledge, tongue))
    return numbered_as_given(reading, plan, word(case, plan, reading, tongue), numbers)


@cache
def load_tongue(language: Language) -> Tongue:
    """A language; built once, it holds word lists and compiled patterns only."""
    return _TONGUES[language]()


def left_over(reading: Reading, plan: Plan, steps: list[Step]) -> tuple[Hit, ...]:
    """What is left over, and whether too little was understood. An act that the specification tells and no step does may be missing, or
    of another test: only a person can say."""
    little = (Hit("low-information", "/steps", variant="draft"),) if plan.skeleton else ()
    unused = [
        number
        for number, sentence in enumerate(reading.sentences)
        if not sentence.steps and sentence.role not in (BACKGROUND, NOTE)
    ]
    undone = any(fact.acts and fact.sentence in unused for fact in reading.facts)
    acting = [step for step in steps if step.kind != "cleanup"]
    done = "\n".join(f"{step.action}\n{step.test_data or ''}" for step in acting)
    seen = "\n".join(step.expected_result for step in acting)
    known = "\n".join(sentence.text for sentence in reading.sentences)
    idle = list(dict.fromkeys(datum.name for datum in reading.data if not _is_used(datum, done, seen, known)))
    untold = not reading.sentences and not reading.data  # then all that is known is what is to be seen at the end
    reasons = (
        ("unused", undone),
        ("idle", idle),
        ("assumed", plan.assumed),
        ("inferred", plan.inferred),
        ("scenes", plan.scenes),
        ("untold", untold),
    )
    asked = () if plan.skeleton else [name for name, found in reasons if found]
    open_points = [Hit("open-question", "/steps", variant=name) for name in asked]
    return (
        *little,
        *open_points,
        *(
            Hit("open-question", f"/steps/{index}/action", step=index + 1, variant="guessed")
            for index, step in enumerate(plan.steps)
            if step.act.kind in GUESSED and not OPEN_POINT.search(step.act.text)
        ),
        *(Hit("unused-datum", f"/test_data/{_pointer(name)}", excerpt=name) for name in idle),
        *(Hit("unused-specification", "/steps", excerpt=reading.sentences[number].text) for number in unused),
    )


def _is_used(datum: Datum, done: str, seen: str, known: str) -> bool:
    """Whether a step uses the datum, or shows it as the specification says. A value that is seen at the end and that nobody enters has
    come from nowhere."""
    if _has_value(done, datum):
        return True
    if _has_value(seen, datum):
        return _has_value(known, datum)
    return stands_in(Datum(datum.name, datum.name), f"{done}\n{seen}")


def _has_value(text: str, datum: Datum) -> bool:
    """With or without what stands in brackets behind it."""
    bare = re.sub(r"(?<!\s)\s*[（(][^（()）]*[)）]\s*$", "", datum.value)
    return any(stands_in(Datum(datum.name, value), text) for value in (datum.value, bare))


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
