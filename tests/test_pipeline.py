"""One stream of events: steps as they come, a reset before a new attempt, and exactly one end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
from support.cases import EN, EN_ROWS, JA, JA_ROWS
from support.chat import CUT, ScriptedChat, says

from testgen import pipeline
from testgen.config import ServiceConfig
from testgen.domain import errors
from testgen.domain.events import ErrorEvent, Event, FindingEvent, ProcedureEvent, ResetEvent, StepEvent
from testgen.domain.ports import DraftRequest, DraftSummary, Selection
from testgen.domain.procedure import Procedure, Step
from testgen.domain.test_case import TestCase
from testgen.drafting.model_engine import ModelEngine
from testgen.drafting.outline import OutlineEngine
from testgen.repair import Reviewing
from testgen.reviewer import ReviewSettings, review

CONFIG = ServiceConfig(model="tiny", seed=5)


async def events_of(chat: ScriptedChat, case: TestCase = EN, config: ServiceConfig = CONFIG) -> list[Event]:
    return [event async for event in pipeline.run(case, Selection(ModelEngine("ollama", chat, config)), config)]


def kinds(events: list[Event]) -> list[str]:
    return [type(event).__name__.removesuffix("Event") for event in events]


async def test_a_good_draft_is_steps_and_then_the_procedure() -> None:
    events = await events_of(ScriptedChat(says(*EN_ROWS)))
    assert kinds(events) == ["Step", "Step", "Step", "Procedure"]
    procedure = events[-1].procedure  # type: ignore[union-attr]
    assert [step.action for step in procedure.steps] == [row[0] for row in EN_ROWS]
    assert [step.verifies for step in procedure.steps] == [(), (1,), (2,)]
    assert procedure.expected_results == EN.expected_results


async def test_provenance_says_what_made_it() -> None:
    made = (await events_of(ScriptedChat(says(*EN_ROWS))))[-1].procedure.provenance  # type: ignore[union-attr]
    assert (made.origin, made.engine, made.model, made.model_digest, made.seed) == (
        "generated",
        "ollama",
        "tiny",
        "d" * 64,
        5,
    )
    assert (made.attempts, made.input_tokens, made.output_tokens) == (1, 1000, 20)
    assert made.test_case_sha256 == EN.sha256()
    assert made.config_sha256 == CONFIG.sha256()
    assert made.created_at.utcoffset() is not None


async def test_a_bad_draft_is_reset_and_tried_with_the_next_seed_and_the_reason() -> None:
    chat = ScriptedChat(says(EN_ROWS[0], ("", "", "", "")), says(*EN_ROWS))
    events = await events_of(chat)
    assert kinds(events) == ["Step", "Reset", "Step", "Step", "Step", "Procedure"]
    assert events[1] == ResetEvent(attempt=2, keep=0, reason="step 2 had no action", code="invalid-output")
    assert [seed for _, seed in chat.asked] == [5, 6]
    assert "step 2 had no action" in chat.asked[1][0][-1].content
    assert events[-1].procedure.provenance.attempts == 2  # type: ignore[union-attr]


async def test_a_row_in_the_wrong_language_is_never_handed_on() -> None:
    chat = ScriptedChat(says(("Open the page", "", "The page is shown", "1")), says(*JA_ROWS))
    events = await events_of(chat, JA)
    assert kinds(events) == ["Reset", "Step", "Step", "Procedure"]
    assert "not in Japanese" in events[0].reason  # type: ignore[union-attr]


async def test_attempts_end_and_the_error_says_why() -> None:
    chat = ScriptedChat(["nonsense", CUT.__class__(True, "stop")], ["more nonsense", CUT.__class__(True, "stop")])
    events = await events_of(chat)
    assert kinds(events) == ["Reset", "Error"]
    assert isinstance(events[-1].error, errors.InvalidOutputError)  # type: ignore[union-attr]
    assert "nonsense" not in str(events[-1].error), "the model's raw text is not quoted"  # type: ignore[union-attr]


async def test_a_cut_answer_is_continued_from_its_last_complete_row() -> None:
    whole = says(*EN_ROWS[:1])[:-1]
    cut = [*"".join(str(piece) for piece in whole)[:-1], ",", *'["Sign in","mo', CUT]
    chat = ScriptedChat(cut, says(*EN_ROWS[1:]))
    events = await events_of(chat)
    assert kinds(events) == ["Step", "Step", "Step", "Procedure"]
    assert [step.number for step in events[-1].procedure.steps] == [1, 2, 3]  # type: ignore[union-attr]
    assert chat.asked[1][0][-2].role == "assistant"
    assert "Continue with row 2" in chat.asked[1][0][-1].content


async def test_an_answer_cut_twice_keeps_its_complete_rows_in_the_error() -> None:
    config = ServiceConfig(max_attempts=1)
    events = await events_of(ScriptedChat(says(EN_ROWS[0], end=CUT), says(EN_ROWS[1], end=CUT)), config=config)
    assert kinds(events) == ["Step", "Step", "Error"]
    error = events[-1].error  # type: ignore[union-attr]
    assert isinstance(error, errors.IncompleteOutputError)
    assert [step.action for step in error.steps] == ["Open the Sign-in page", "Sign in"]


async def test_an_engine_that_is_gone_is_not_tried_again() -> None:
    gone = errors.EngineUnavailableError("gone", remedy="start it")
    events = await events_of(ScriptedChat([*says(EN_ROWS[0])[:-1], gone]))
    assert kinds(events) == ["Step", "Error"]
    assert events[-1].error.steps[0].action == "Open the Sign-in page"  # type: ignore[union-attr]


async def test_an_expected_result_without_a_step_is_tried_again_and_then_reported() -> None:
    chat = ScriptedChat(says(*EN_ROWS[:2]), says(*EN_ROWS[:2]))
    events = await events_of(chat)
    assert kinds(events) == ["Step", "Step", "Reset", "Step", "Step", "Finding", "Procedure"]
    finding = events[-2].finding  # type: ignore[union-attr]
    assert (finding.rule, finding.severity, finding.field) == (
        "expected-result-not-covered",
        "error",
        "/expected_results/1",
    )
    assert finding.excerpt == EN.expected_results[1][slice(*finding.span)]


@pytest.mark.parametrize("second", [["nonsense", CUT.__class__(True, "stop")], [errors.EngineUnavailableError("gone")]])
async def test_a_usable_draft_is_not_lost_when_the_attempt_to_better_it_fails(second: list[object]) -> None:
    events = await events_of(ScriptedChat(says(*EN_ROWS[:2]), second))  # type: ignore[arg-type]
    assert kinds(events) == ["Step", "Step", "Reset", "Reset", "Step", "Step", "Finding", "Procedure"]
    assert [step.action for step in events[-1].procedure.steps] == [row[0] for row in EN_ROWS[:2]]  # type: ignore[union-attr]
    assert "the best draft is kept" in events[3].reason  # type: ignore[union-attr]


async def test_a_model_that_repeats_itself_is_stopped() -> None:
    chat = ScriptedChat(says(*[EN_ROWS[0]] * 20), says(*EN_ROWS))
    events = await events_of(chat)
    assert "repeated" in events[kinds(events).index("Reset")].reason  # type: ignore[union-attr]
    assert kinds(events).index("Reset") < 8


async def test_what_a_model_wrote_before_it_went_round_in_circles_is_kept_where_no_attempt_goes_better() -> None:
    chat = ScriptedChat(*[says(*EN_ROWS[:2], *[EN_ROWS[2]] * 20)] * 2)
    events = await events_of(chat)
    assert "the best draft is kept" in [event.reason for event in events if isinstance(event, ResetEvent)][-1]
    procedure = events[-1].procedure  # type: ignore[union-attr]
    assert [step.action for step in procedure.steps] == [row[0] for row in EN_ROWS[:3]]
    assert procedure.readiness == "open_points"
    assert "The model repeated itself" in procedure.findings[0].message


async def test_of_two_broken_drafts_the_one_that_verifies_more_is_kept() -> None:
    chat = ScriptedChat(says(*[EN_ROWS[0]] * 20), says(*EN_ROWS[:2], *[EN_ROWS[2]] * 20))
    procedure = (await events_of(chat))[-1].procedure  # type: ignore[union-attr]
    assert len(procedure.steps) == 3


async def test_a_further_attempt_samples_because_a_greedy_model_would_write_the_same_again() -> None:
    chat = ScriptedChat(says(*[EN_ROWS[0]] * 20), says(*EN_ROWS))
    await events_of(chat)
    assert chat.temperatures == [None, 0.5]


async def test_a_result_that_no_attempt_states_is_left_to_a_person() -> None:
    blank = [(EN_ROWS[0][0], "", "", ""), *EN_ROWS[1:]]
    events = await events_of(ScriptedChat(says(*blank), says(*blank)))
    procedure = events[-1].procedure  # type: ignore[union-attr]
    assert procedure.steps[0].expected_result == "[FILL IN: expected result]"
    assert procedure.readiness == "open_points"


class SlowEngine:
    """Drafts one step and then works for ever; says when it was stopped."""

    name = "slow"

    def __init__(self) -> None:
        self.stopped = asyncio.Event()

    async def draft(self, request: DraftRequest) -> AsyncIterator[Step | DraftSummary]:
        try:
            yield Step(number=1, kind="action", action="a", expected_result="b", verifies=(1,))
            await asyncio.Event().wait()
        finally:
            self.stopped.set()


async def test_the_time_limit_ends_in_an_error_with_the_steps_so_far() -> None:
    engine = SlowEngine()
    events = [event async for event in pipeline.run(EN, Selection(engine), CONFIG, timeout_s=0.05)]
    assert kinds(events) == ["Step", "Error"]
    assert isinstance(events[-1].error, errors.EngineTimeoutError)  # type: ignore[union-attr]
    assert len(events[-1].error.steps) == 1  # type: ignore[union-attr]
    assert engine.stopped.is_set()


async def test_a_slow_reader_is_not_hit_by_the_time_limit() -> None:
    chat = ScriptedChat(says(*EN_ROWS))
    seen = []
    async for event in pipeline.run(EN, Selection(ModelEngine("ollama", chat, CONFIG)), CONFIG, timeout_s=0.2):
        seen.append(event)
        await asyncio.sleep(0.1)
    assert kinds(seen)[-1] == "Procedure"


async def test_closing_the_stream_stops_the_engine_at_once() -> None:
    engine = SlowEngine()
    async with aclosing(pipeline.run(EN, Selection(engine), CONFIG)) as events:  # type: ignore[type-var]
        assert isinstance(await anext(events), StepEvent)
    assert engine.stopped.is_set()


async def test_a_bug_is_not_swallowed() -> None:
    class Broken:
        name = "broken"

        async def draft(self, request: DraftRequest) -> AsyncIterator[Step | DraftSummary]:
            raise ZeroDivisionError
            yield

    with pytest.raises(ZeroDivisionError):
        [event async for event in pipeline.run(EN, Selection(Broken()), CONFIG)]


async def test_the_end_is_exactly_one_procedure_or_error() -> None:
    for chat in (ScriptedChat(says(*EN_ROWS)), ScriptedChat([errors.EngineBusyError("busy")])):
        events = await events_of(chat)
        ends = [event for event in events if isinstance(event, ProcedureEvent | ErrorEvent)]
        assert len(ends) == 1
        assert events[-1] is ends[0]
        assert not any(isinstance(event, FindingEvent) for event in events)


async def test_a_whole_draft_is_not_lost_where_its_repair_takes_too_long() -> None:
    class Hanging(ScriptedChat):
        async def stream(self, messages, **more):  # type: ignore[no-untyped-def,override]
            if self.asked:
                await asyncio.sleep(60)
            async for piece in super().stream(messages, **more):
                yield piece

    draft = (*EN_ROWS[:2], ('Click "Nowhere"', "", "The last sign-in is shown", "2"))
    selection = Selection(ModelEngine("ollama", Hanging(says(*draft)), CONFIG))
    events = [event async for event in pipeline.run(EN, selection, CONFIG, timeout_s=0.3)]
    assert kinds(events) == ["Step", "Step", "Step", "Finding", "Procedure"]
    assert [finding.rule for finding in events[-1].procedure.findings] == ["ungrounded-value"]  # type: ignore[union-attr]


async def test_all_that_was_left_out_of_the_specification_is_told() -> None:
    sentences = (
        'When the user clicks "Help", the system shows a manual.',
        'When the user clicks "Tour", the system shows a film.',
    )
    case = TestCase(
        id="T", title="Save", specification='When the user clicks "Save", the record is stored. ' + " ".join(sentences),
        expected_results=("the record is stored",),
    )  # fmt: skip
    events = [event async for event in pipeline.run(case, Selection(OutlineEngine()), CONFIG)]
    told = [finding for finding in events[-1].procedure.findings if finding.rule == "unused-specification"]  # type: ignore[union-attr]
    assert len(told) == 2


async def reviewed(case: TestCase, settings: ReviewSettings) -> Procedure:
    """The procedure of the rules, under a team's settings."""
    reviewing = Reviewing(settings=settings)
    events = [event async for event in pipeline.run(case, Selection(OutlineEngine()), CONFIG, reviewing=reviewing)]
    return events[-1].procedure  # type: ignore[union-attr]


UNCLEAR = TestCase(id="T", title="Discount", expected_results=("The discount is right",))


async def test_a_teams_severities_hold_for_what_an_engine_leaves_open() -> None:
    settings = ReviewSettings(rules={"open-question": "error", "low-information": "off"})
    severities = {finding.rule: finding.severity for finding in (await reviewed(UNCLEAR, settings)).findings}
    assert severities["open-question"] == "error"
    assert "low-information" not in severities


async def test_a_rule_that_a_team_has_switched_off_says_nothing_of_a_draft() -> None:
    chat = ScriptedChat(*[says(*EN_ROWS[:1])] * 4)
    settings = ReviewSettings(rules={"expected-result-not-covered": "off"})
    selection = Selection(ModelEngine("ollama", chat, CONFIG))
    events = [event async for event in pipeline.run(EN, selection, CONFIG, reviewing=Reviewing(settings=settings))]
    assert "expected-result-not-covered" not in {f.rule for f in events[-1].procedure.findings}  # type: ignore[union-attr]


async def test_generate_and_review_word_a_finding_alike() -> None:
    procedure = await reviewed(UNCLEAR, ReviewSettings())
    again = review(procedure, UNCLEAR).findings
    assert again == tuple(finding for finding in procedure.findings if finding.field != "/steps")
    assert any(finding.rule == "open-question" for finding in again)
