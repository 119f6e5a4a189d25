"""Only faulty steps are written again; what does not get better is dropped; every other step stays byte for byte."""

import re

import pytest
from support.chat import ScriptedChat, says
from support.procedures import procedure

from testgen import pipeline
from testgen.config import ServiceConfig
from testgen.domain.case_behind import case_of
from testgen.domain.events import Event, FindingEvent, ProcedureEvent, RepairEvent
from testgen.domain.language import Language
from testgen.domain.ports import Selection
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.drafting.model_engine import ModelEngine
from testgen.drafting.outline import OutlineEngine
from testgen.repair import Reviewing, repair
from testgen.reviewer import ReviewSettings

CONFIG = ServiceConfig(model="tiny", seed=5)
CASE = TestCase(
    id="T-9",
    title="Sign in",
    specification='Enter the user id and click "Sign in". The home page shows "Welcome".',
    test_data={"user id": "mori"},
    expected_results=('"Welcome" is shown',),
)
GOOD = ("Open the sign-in page", "", "The sign-in page is shown", "")
LAST = ('Click "Sign in"', "", '"Welcome" is shown', "1")
# Five kinds of bad steps, each with what replaces it.
BAD = [
    ('Click "Proceed"', "", "The form is shown", ""),
    ("As an AI language model I enter the id", "mori", "The id is shown", ""),
    ("Enter the user id if the field is empty", "mori", "The id is shown", ""),
    ('Enter the user id and click "Sign in"', "mori", "The home page is shown", ""),
    ("Wait a moment", "", "The page loads properly", ""),
]
MENDED = [
    ("Open the form", "", "The form is shown", ""),
    ("Enter the user id", "mori", "The id is shown", ""),
    ("Type the user id", "mori", "The typed id is shown", ""),
    ("Press Enter", "", "The home page is shown", ""),
    ('Wait until "Welcome" is shown', "", '"Welcome" is shown', ""),
]
WARNINGS_TOO = Reviewing(settings=ReviewSettings(repair_warnings=True))


async def events_of(chat: ScriptedChat, case: TestCase = CASE, reviewing: Reviewing | None = None) -> list[Event]:
    selection = Selection(ModelEngine("ollama", chat, CONFIG))
    return [event async for event in pipeline.run(case, selection, CONFIG, reviewing=reviewing)]


def kinds(events: list[Event]) -> list[str]:
    names = [type(event).__name__.removesuffix("Event").lower() for event in events]
    return [name for index, name in enumerate(names) if index == 0 or names[index - 1] != name]


def result(events: list[Event]) -> Procedure:
    assert isinstance(events[-1], ProcedureEvent)
    return events[-1].procedure


async def test_five_kinds_of_bad_steps_are_repaired_and_no_other_is_touched() -> None:
    draft = [GOOD, *BAD, LAST]
    split = MENDED.index(("Press Enter", "", "The home page is shown", ""))
    chat = ScriptedChat(says(*draft), says(*MENDED[:split], *MENDED[split + 1 :]), says(MENDED[split]))
    events = await events_of(chat, reviewing=WARNINGS_TOO)
    assert kinds(events) == ["step", "finding", "repair", "procedure"]
    repaired = [event for event in events if isinstance(event, RepairEvent)]
    assert [event.step for event in repaired] == [2, 3, 4, 5, 6]
    assert [event.before.action for event in repaired if event.before] == [row[0] for row in BAD]
    steps = result(events).steps
    assert [step.action for step in steps] == [GOOD[0], *(row[0] for row in MENDED), LAST[0]]
    drafted = [event.step for event in events if type(event).__name__ == "StepEvent"]  # type: ignore[union-attr]
    for number in (1, 7):
        assert steps[number - 1].model_dump_json() == drafted[number - 1].model_dump_json()
    assert not [finding for finding in result(events).findings if finding.severity in ("error", "warning")]
    assert result(events).provenance.attempts == 2


async def test_errors_are_repaired_and_warnings_left_unless_asked_for() -> None:
    chat = ScriptedChat(says(GOOD, BAD[0], BAD[2], LAST), says(MENDED[0]))
    events = await events_of(chat)
    assert [event.step for event in events if isinstance(event, RepairEvent)] == [2]
    assert [finding.rule for finding in result(events).findings] == ["conditional-step"]


async def test_the_model_is_asked_for_the_faulty_rows_only() -> None:
    chat = ScriptedChat(says(GOOD, BAD[0], LAST), says(MENDED[0]))
    await events_of(chat)
    messages, seed = chat.asked[1]
    assert "exactly 1 rows" in messages[-1].content
    assert "row 2: Use the wording of the test case" in messages[-1].content
    assert "row 1" not in messages[-1].content
    assert seed == 6, "the same seed would write the same again"


async def test_a_repair_that_makes_it_worse_is_dropped() -> None:
    worse = ('Click "Order now" if it is shown', "", "It works properly", "")
    chat = ScriptedChat(says(GOOD, BAD[0], LAST), says(worse))
    events = await events_of(chat)
    assert not [event for event in events if isinstance(event, RepairEvent)]
    assert result(events).steps[1].action == BAD[0][0]
    assert [finding.rule for finding in result(events).findings] == ["ungrounded-value", "unused-datum"]
    assert result(events).provenance.attempts == 1


async def test_repairs_end_after_max_attempts() -> None:
    one_better = [says(MENDED[0], BAD[1]), says(BAD[1]), says(MENDED[1])]
    chat = ScriptedChat(says(GOOD, BAD[0], BAD[1], LAST), *one_better)
    config = CONFIG.model_copy(update={"max_attempts": 1})
    selection = Selection(ModelEngine("ollama", chat, config))
    events = [event async for event in pipeline.run(CASE, selection, config)]
    assert len(chat.asked) == 2
    assert [finding.rule for finding in result(events).findings] == ["prompt-leak"]


async def test_an_expected_result_without_a_step_gets_one_before_the_clean_up() -> None:
    clean_up = ("Sign out", "", "The sign-in page is shown", "C")
    claim = ('Click "Sign in"', "", "The page changes", "1")  # says that it verifies, its text does not
    check = ("Check the home page", "", '"Welcome" is shown', "1")
    chat = ScriptedChat(says(GOOD, claim, clean_up), says(check))
    events = await events_of(chat)
    [event] = [event for event in events if isinstance(event, RepairEvent)]
    assert (event.step, event.before) == (3, None)
    assert [step.action for step in result(events).steps] == [GOOD[0], claim[0], check[0], clean_up[0]]
    assert [step.number for step in result(events).steps] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "answer", [says(), ["nonsense"], says(GOOD, GOOD)], ids=["nothing", "nonsense", "too many rows"]
)
async def test_a_failed_repair_leaves_the_draft_as_it_was(answer: list[object]) -> None:
    chat = ScriptedChat(says(GOOD, BAD[0], LAST), answer)  # type: ignore[arg-type]
    events = await events_of(chat)
    assert [step.action for step in result(events).steps] == [GOOD[0], BAD[0][0], LAST[0]]


async def test_an_open_point_is_a_persons_and_no_model_is_asked_for_it() -> None:
    chat = ScriptedChat(says(("Open [FILL IN: which page]", "", "The page is shown", ""), LAST))
    events = await events_of(chat, reviewing=WARNINGS_TOO)
    assert len(chat.asked) == 1
    assert [event.finding.rule for event in events if isinstance(event, FindingEvent)] == [
        "open-question",
        "unused-datum",
    ]


BY_RULE = [
    (
        "en",
        'Enter the name and click "Save"',
        '"Saved" is shown',
        [("Enter the name", None), ('Click "Save"', '"Saved" is shown')],
    ),
    (
        "ja",
        "氏名を入力し、「保存」を押す",
        "「保存しました」と表示される",
        [("氏名を入力する", None), ("「保存」を押す", "「保存しました」と表示される")],
    ),
    ("en", 'Click "Save" and verify that "Saved" is shown', "", [('Click "Save"', '"Saved" is shown')]),
    (
        "ja",
        "「保存」を押し、「保存しました」と表示されることを確認する",
        "",
        [("「保存」を押す", "「保存しました」と表示される")],
    ),
    ("en", "Open the settings page", "", [("Open the settings page", "The settings page is shown")]),
    ("ja", "設定画面を開く", "", [("設定画面を開く", "設定画面が表示される")]),
]


@pytest.mark.parametrize(
    ("language", "action", "expected", "wanted"), BY_RULE, ids=[entry[1][:30] for entry in BY_RULE]
)
async def test_the_outline_engine_repairs_by_rule(
    language: str, action: str, expected: str, wanted: list[tuple[str, str | None]]
) -> None:
    before = procedure((action, expected), language=language)  # type: ignore[arg-type]
    done = await repair(WARNINGS_TOO.reviewed(before), WARNINGS_TOO, OutlineEngine(), case_of(before), 2)
    assert done
    assert [step.action for step in done.procedure.steps] == [text for text, _ in wanted]
    for step, (_, seen) in zip(done.procedure.steps, wanted, strict=True):
        assert step.expected_result
        assert seen is None or step.expected_result == seen


@pytest.mark.parametrize(("language", "action"), [("en", 'Click "Save"'), ("ja", "「保存」を押す")])
async def test_by_rule_no_result_is_made_up_where_nothing_is_known_of_it(language: Language, action: str) -> None:
    before = WARNINGS_TOO.reviewed(procedure((action, ""), language=language))
    assert [finding.rule for finding in before.findings] == ["unverified-action"]
    assert await repair(before, WARNINGS_TOO, OutlineEngine(), case_of(before), 2) is None


async def test_a_split_moves_the_numbers_and_nothing_else() -> None:
    before = procedure(('Enter the name and click "Save"', "ito", "It is saved"), ("Sign out", "The page is shown"))
    done = await repair(WARNINGS_TOO.reviewed(before), WARNINGS_TOO, OutlineEngine(), case_of(before), 2)
    assert done
    first, second, third = done.procedure.steps
    assert (first.test_data, second.test_data) == ("ito", None)
    assert third == before.steps[1].model_copy(update={"number": 3})


async def test_nothing_is_split_where_a_text_counts_steps() -> None:
    before = procedure(('Enter the name and click "Save". Repeat steps 1-1 for a total of 3 times', "It is saved"))
    assert await repair(WARNINGS_TOO.reviewed(before), WARNINGS_TOO, OutlineEngine(), case_of(before), 2) is None


TWO = TestCase(
    id="T-8",
    title="Stock",
    specification='The user enters the quantity in the cart and clicks "Order". "Out of stock" or "Accepted" is shown.',
    test_data={"quantity": "4 / 3"},
    expected_results=('With quantity 4, "Out of stock" is shown', 'With quantity 3, "Accepted" is shown'),
)
ENTER = ("Enter the quantity", "4 / 3", "The quantity is shown", "")
BOTH = ('Click "Order"', "", '"Out of stock" is shown. "Accepted" is shown', "1,2")
APART = [
    ('Click "Order"', "", '"Out of stock" is shown', "1"),
    ("Change the quantity", "3", "The quantity is 3", ""),
    ('Click "Order"', "", '"Accepted" is shown', "2"),
]


async def test_a_step_that_verifies_too_much_is_asked_for_alone_and_becomes_several() -> None:
    chat = ScriptedChat(says(ENTER, BOTH), says(*APART))
    events = await events_of(chat, TWO)
    assert [step.action for step in result(events).steps] == [ENTER[0], *(row[0] for row in APART)]
    assert [step.verifies for step in result(events).steps] == [(), (1,), (), (2,)]
    assert (result(events).readiness, result(events).findings) == ("ready", ())
    asked = chat.asked[1][0][-1].content
    assert "row 2: Verify each of the expected results 1, 2 in the step that leads to it" in asked
    assert "at most 6" in asked
    assert BOTH[2] not in asked, "the model's own text is not quoted"


async def test_a_result_whose_trigger_is_missing_gets_the_action_before_it() -> None:
    late = TestCase(
        id="T-7", title="Idle", specification="x", expected_results=("after 5 minutes the sign-in page is shown",)
    )
    faulty = ("Open the profile", "", "After 5 minutes the sign-in page is shown", "1")
    mended = [
        ("Open the profile", "", "The profile is shown", ""),
        ("Wait 5 minutes", "", "The sign-in page is shown", "1"),
    ]
    chat = ScriptedChat(says(faulty), says(*mended))
    events = await events_of(chat, late)
    assert [step.action for step in result(events).steps] == ["Open the profile", "Wait 5 minutes"]
    assert (
        "Put the action that leads to expected result 1 before the step that verifies it"
        in chat.asked[1][0][-1].content
    )


async def test_what_the_product_does_is_written_as_an_action_instead() -> None:
    chat = ScriptedChat(says(("The system sends a mail", "mori", "The mail arrives", ""), LAST), says(GOOD))
    events = await events_of(chat)
    assert [step.action for step in result(events).steps] == [GOOD[0], LAST[0]]


async def test_a_japanese_request_to_repair_is_wholly_japanese() -> None:
    case = TestCase(
        id="T-6", title="在庫", specification="「注文」を押す。",
        expected_results=("数量 4 では「在庫不足」と表示される", "数量 3 では「受付完了」と表示される"),
    )  # fmt: skip
    draft = [
        ("任意の数量を入力する", "4 / 3", "入力される", ""),
        ("「次へ」を押す", "", "「在庫不足」と表示される。「受付完了」と表示される", "1,2"),
    ]
    chat = ScriptedChat(says(*draft), *([says(draft[1])] * 9))
    await events_of(chat, case, WARNINGS_TOO)
    for messages, _ in chat.asked[1:]:
        assert not re.search(r"[A-Za-z]{2,}", messages[-1].content.replace("JSON", "")), messages[-1].content
