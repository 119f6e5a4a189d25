"""Shows the stages: each sentence of a case, what it was taken for, and the steps where it went."""

from collections.abc import Iterator
from dataclasses import dataclass

from testgen.domain.language import Language
from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.engine import load_tongue, stages
from testgen.drafting.outline.model import Plan, Reading
from testgen.drafting.outline.planning.taking import stands_in


@dataclass(frozen=True)
class Explained:
    """One text of the case: the field it stands in, what it was taken for, and step numbers; all in the case's language."""

    field: str
    taken_for: str
    steps: tuple[int, ...]
    text: str


def explain(case: TestCase, language: Language) -> Iterator[Explained]:
    """What `testgen generate --explain` prints of a case."""
    return explained(case, language, *stages(case, language))


def explained(
    case: TestCase, language: Language, reading: Reading, plan: Plan, steps: list[Step]
) -> Iterator[Explained]:
    """The same of stages that were made before."""
    tongue = load_tongue(language)
    words = tongue.lexicon.phrases["explain"]
    for precondition in case.preconditions:
        brought = tongue.bring_about(precondition)
        used = tuple(step.number for step in steps if brought and step.kind == "setup" and step.action == brought[0])
        yield Explained(words["preconditions"], words["setup" if used else "state"], used, precondition)
    for datum in reading.data:
        told = tuple(
            step.number
            for step, made in zip(steps, plan.steps, strict=True)
            if datum in made.data or stands_in(datum, step.action)
        )
        yield Explained(words["test_data"], words["taken" if told else "unused"], told, f"{datum.name}: {datum.value}")
    for sentence in reading.sentences:
        left = not sentence.steps and sentence.role not in ("background", "note")
        yield Explained(
            words["specification"],
            words["unused"] if left else words[sentence.role],
            tuple(sentence.steps),
            sentence.text,
        )
    for wanted in reading.wanted:
        own = (
            "own_trigger" if wanted.fact.acts else "known_trigger" if wanted.number in plan.understood else "no_trigger"
        )
        used = tuple(step.number for step in steps if wanted.number in step.verifies)
        yield Explained(words["expected_results"], words[own], used, wanted.text)
