"""What holds for every case that was ever written for the engine: the trial's and those of each round."""

import functools
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from support.cases import ROOT
from support.odd_texts import TRIED, largest, run, told

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, Provenance, Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline
from testgen.drafting.outline.engine import left_over, load_tongue, stages
from testgen.drafting.outline.explain import explained
from testgen.drafting.outline.model import Plan, Reading
from testgen.reviewer import review
from testgen.text.language import is_written_in
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise

FILES = sorted((ROOT / "tests/data/cases").glob("*.json"))
WRITTEN = [entry for path in FILES for entry in json.loads(path.read_text())["cases"]]
CASES = [TestCase.parse(entry["case"]) for entry in WRITTEN]
MOST_TOLD = 5


def each_case(holds: Callable[[TestCase], None]) -> Callable[[], None]:
    """One test of all cases, because thousands take pytest longer than the engine; the first cases that fail are named."""

    def test() -> None:
        failed: list[Exception] = []
        for entry, case in zip(WRITTEN, CASES, strict=True):
            try:
                holds(case)
            except Exception as error:
                error.add_note(f"in {entry['name']}")
                failed.append(error)
        if failed:
            raise ExceptionGroup(f"{len(failed)} cases", failed[:MOST_TOLD])

    test.__name__, test.__doc__ = holds.__name__, holds.__doc__
    return test


_GHERKIN = re.compile(r"^(?:Given|When|Then|And|But|Scenario|Background|前提|もし|ならば|かつ)\b")


@functools.cache
def _stages(written: str) -> tuple[Reading, Plan, list[Step]]:
    case = TestCase.model_validate_json(written)
    return stages(case, case.resolved_language())


def stages_of(case: TestCase) -> tuple[Reading, Plan, list[Step]]:
    """The three stages of a case, once for all tests that look at them."""
    return _stages(case.model_dump_json())


def steps_of(case: TestCase) -> list[Step]:
    return stages_of(case)[2]


def hits_of(case: TestCase) -> tuple[Hit, ...]:
    """What the engine reports of a case beside its steps."""
    return left_over(*stages_of(case))


def test_each_case_is_kept_with_the_score_that_it_had_unseen() -> None:
    assert len(CASES) >= 55
    assert all(entry[name] in (0, 1, 2, 3) for entry in WRITTEN for name in ("first_score", "last_score"))


@each_case
def test_no_action_is_a_table_row_a_heading_or_a_keyword(case: TestCase) -> None:
    headings = {
        normalise(line.strip(" #■【】"))
        for line in (case.specification or "").split("\n")
        if line.startswith(("#", "■", "【"))
    }
    for step in steps_of(case):
        assert step.action.count("|") < 2
        assert not _GHERKIN.match(step.action)
        assert normalise(step.action) not in headings


@pytest.mark.uncovered
@each_case
def test_no_datum_is_a_step(case: TestCase) -> None:
    data = {normalise(text) for pair in case.test_data.items() for text in pair}
    for step in steps_of(case):
        bare = re.sub(r"^(?:Prepare|Set up) (?:the )?|を用意する$", "", step.action)
        assert normalise(bare) not in data


@pytest.mark.uncovered
@each_case
def test_a_step_has_at_most_two_results_and_none_of_different_triggers(case: TestCase) -> None:
    reading, plan, steps = stages_of(case)
    for step, planned in zip(steps, plan.steps, strict=True):
        assert len(step.verifies) <= 2
        told = [wanted for wanted in reading.wanted if (wanted.seen or wanted.text) in planned.told]
        triggers = {
            tuple(act.text for act in wanted.fact.acts if not act.past)
            for wanted in told
            if wanted.number in planned.verifies
        }
        assert len(triggers - {()}) <= 1


@pytest.mark.uncovered
@each_case
def test_every_result_is_verified_once_in_words_that_are_the_cases(case: TestCase) -> None:
    steps = steps_of(case)
    assert {number for step in steps for number in step.verifies} == set(range(1, len(case.expected_results) + 1))
    for step in steps:
        assert step.action.strip()
        assert step.expected_result.strip()


@pytest.mark.uncovered
@each_case
def test_no_mark_asks_for_a_datum_or_a_place_that_the_case_names(case: TestCase) -> None:
    """A value that is asked for is no datum of the case, and the place to look is not asked for where a result tells it."""
    language = case.resolved_language()
    tongue = load_tongue(language)
    names = {normalise(name).replace("_", " ") for name in case.test_data}
    where = normalise(tongue.lexicon.phrase("where"))
    for step in steps_of(case):
        for text in filter(None, (step.action, step.test_data)):
            asked = {normalise(next(filter(None, mark.groups()), "")) for mark in OPEN_POINT.finditer(text)}
            assert not asked & names
            if where in asked:
                assert not any(tongue.place(case.expected_results[number - 1]) for number in step.verifies)


@pytest.mark.uncovered
@each_case
def test_no_action_is_what_the_product_does(case: TestCase) -> None:
    steps, hits = steps_of(case), hits_of(case)
    procedure = Procedure(
        test_case_id=case.id,
        title=case.title,
        language=case.resolved_language(),
        steps=steps,
        provenance=Provenance(origin="generated", created_at=datetime(2026, 1, 1, tzinfo=UTC), testgen_version="0"),
    )
    found = review(procedure, case, hits=hits).findings
    assert [finding.step for finding in found if finding.rule == "product-as-actor"] == []


@pytest.mark.uncovered
@each_case
def test_actions_are_well_formed(case: TestCase) -> None:
    language = case.resolved_language()
    tongue = load_tongue(language)
    for step in steps_of(case):
        assert tongue.well_formed(OPEN_POINT.sub("", step.action)) or step.kind == "cleanup", step.action


@pytest.mark.uncovered
@each_case
def test_every_sentence_is_used_or_background_or_listed(case: TestCase) -> None:
    language = case.resolved_language()
    reading = stages_of(case)[0]
    listed = {hit.excerpt for hit in hits_of(case) if hit.rule == "unused-specification"}
    for sentence in reading.sentences:
        assert sentence.steps or sentence.role in ("background", "note") or sentence.text in listed
    rows = [
        row
        for row in explained(case, language, *stages_of(case))
        if row.text in {sentence.text for sentence in reading.sentences}
    ]
    assert len(rows) >= len({sentence.text for sentence in reading.sentences})


@pytest.mark.thorough
@pytest.mark.uncovered
@each_case
def test_the_second_run_gives_the_same_byte_for_byte(case: TestCase) -> None:
    steps, hits = outline(case, case.resolved_language())
    assert [step.model_dump_json() for step in steps_of(case)] == [step.model_dump_json() for step in steps]
    assert hits_of(case) == hits


@pytest.mark.uncovered
@each_case
def test_what_is_written_is_in_the_cases_language(case: TestCase) -> None:
    language = case.resolved_language()
    if language == "en":
        assert all(is_written_in(step.action, language) for step in steps_of(case))


@pytest.mark.uncovered
@pytest.mark.parametrize("piece", TRIED)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_specification_of_twenty_thousand_characters_of_anything_has_a_procedure(
    piece: str, language: Language
) -> None:
    assert outline(told(run(piece)), language)[0]


@pytest.mark.uncovered
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_largest_case_has_sixty_steps_at_most(language: Language) -> None:
    assert 0 < len(outline(largest(language), language)[0]) <= 60
