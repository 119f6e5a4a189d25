"""Procedures that exist already: what is good stays byte for byte, what is not is written again, and no expected result is lost."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from support.chat import ScriptedChat, says
from support.procedures import procedure

from testgen.config import ServiceConfig
from testgen.domain.errors import EngineTimeoutError, EngineUnavailableError, InvalidOutputError
from testgen.domain.ports import ChatEnd, Selection
from testgen.domain.procedure import Procedure, Step
from testgen.domain.test_case import TestCase
from testgen.drafting.model_engine import ModelEngine
from testgen.drafting.outline import OutlineEngine
from testgen.improving import Improved, improve
from testgen.repair import NOT_COVERED, Reviewing
from testgen.reviewer import ReviewSettings

CONFIG = ServiceConfig(model="tiny", seed=5)
RULES = Selection(OutlineEngine(), fallback_reason="no server answers")


async def improved(
    written: Procedure, case: TestCase | None = None, by: Selection | ScriptedChat = RULES, **limits: float
) -> Improved:
    selection = Selection(ModelEngine("ollama", by, CONFIG)) if isinstance(by, ScriptedChat) else by
    timeout_s = limits.get("timeout_s", 60.0)
    return await improve(written, Reviewing(case=case), selection, attempts=2, timeout_s=timeout_s)


def case_for(*expected: str, **more: object) -> TestCase:
    return TestCase.model_validate({"id": "T-1", "title": "T", "expected_results": expected, **more})


# Ten procedures as people have them; for each the expected results of its case.
WRITTEN: dict[str, tuple[Procedure, Sequence[str]]] = {
    "ja good": (
        procedure(
            ("ログイン画面を開く", "ログイン画面が表示される"),
            ("IDに「tanaka」を入力する", "「tanaka」が表示される"),
            ("「ログイン」を押す", "ホーム画面が表示される"),
            ("「設定」を押す", "設定画面が表示される"),
            language="ja",
        ),
        ["ホーム画面が表示される", "設定画面が表示される"],
    ),
    "ja good, with clean-up": (
        procedure(
            ("「新規」を押す", "入力画面が表示される"),
            ("「保存」を押す", "「保存しました」と表示される"),
            ("「削除」を押す", "一覧から消える"),
            language="ja",
            kinds=("setup", "action", "cleanup"),
        ),
        ["「保存しました」と表示される"],
    ),
    "ja several actions": (
        procedure(
            ("登録画面を開く", "登録画面が表示される"),
            ("氏名を入力し、「保存」を押す", "「保存しました」と表示される"),
            ("「一覧」を押す", "会員一覧が表示される"),
            language="ja",
        ),
        ["「保存しました」と表示される", "会員一覧が表示される"],
    ),
    "ja empty results": (
        procedure(
            ("設定画面を開く", ""), ("「更新」を押す", ""), ("「戻る」を押す", "一覧が表示される"), language="ja"
        ),
        ["「更新」を押すと「更新しました」と表示される", "一覧が表示される"],
    ),
    "ja check in an action": (
        procedure(
            ("「検索」を押し、該当の商品が表示されることを確認する", ""),
            ("「詳細」を押す", "商品詳細が表示される"),
            language="ja",
        ),
        ["該当の商品が表示される", "商品詳細が表示される", "在庫数が表示される"],
    ),
    "en good": (
        procedure(
            ("Open the sign-in page", "The sign-in page is shown"),
            ('Enter "mori" as the user id', '"mori" is shown'),
            ('Click "Sign in"', "The home page is shown"),
        ),
        ["The home page is shown"],
    ),
    "en good, data apart": (
        procedure(
            ("Open the cart", "", "The cart is shown"),
            ("Enter the quantity", "3", "The quantity is 3"),
            ('Click "Order"', "", '"Accepted" is shown'),
        ),
        ['"Accepted" is shown'],
    ),
    "en several actions": (
        procedure(
            ("Open the profile", "The profile is shown"),
            ('Enter the name and click "Save"', '"Saved" is shown'),
            ("Sign out", "The sign-in page is shown"),
        ),
        ['"Saved" is shown', "The sign-in page is shown"],
    ),
    "en check in an action": (
        procedure(('Click "Save" and verify that "Saved" is shown', ""), ("Sign out", "The sign-in page is shown")),
        ['"Saved" is shown', "The sign-in page is shown"],
    ),
    "en no results at all": (
        procedure(("Open the form", ""), ('Click "Send"', ""), ('Click "Close"', "")),
        ['After clicking "Send", the receipt is shown'],
    ),
}
GOOD = ["ja good", "ja good, with clean-up", "en good", "en good, data apart"]
STRICT = Reviewing(settings=ReviewSettings(repair_warnings=True))


def texts(step: Step) -> str:
    """A step but for its number, and for the numbers of what it verifies."""
    return step.model_dump_json(exclude={"number", "verifies"})


def faulty(written: Procedure) -> set[int]:
    return {finding.step or 0 for finding in STRICT.faulty(STRICT.findings(written))}


def not_covered(made: Procedure, case: TestCase) -> set[str]:
    return {found.field for found in Reviewing(case=case).findings(made) if found.rule == NOT_COVERED}


@pytest.mark.parametrize("name", WRITTEN)
async def test_no_step_without_a_finding_is_changed(name: str) -> None:
    before, expected = WRITTEN[name]
    for case in (None, case_for(*expected)):
        after = (await improved(before, case)).after
        kept = [texts(step) for step in before.steps if step.number not in faulty(before)]
        left = iter(map(texts, after.steps))
        assert all(text in left for text in kept), "each stands there, in its order"


@pytest.mark.parametrize("name", GOOD)
async def test_a_good_procedure_stays_byte_for_byte(name: str) -> None:
    before, _ = WRITTEN[name]
    done = await improved(before)
    assert faulty(before) == set()
    assert done.after.model_dump_json(exclude={"findings", "readiness"}) == before.model_dump_json(
        exclude={"findings", "readiness"}
    )
    assert (done.after.readiness, done.problem) == ("ready", None)
    assert done.counted() == f"kept {len(before.steps)}, changed 0, added 0"


@pytest.mark.parametrize("name", WRITTEN)
async def test_no_expected_result_of_the_case_is_lost(name: str) -> None:
    before, expected = WRITTEN[name]
    case = case_for(*expected)
    after = (await improved(before, case)).after
    assert after.expected_results == case.expected_results
    assert not_covered(after, case) <= not_covered(before, case)
    verified = {number for step in after.steps for number in step.verifies}
    missing = {int(field.rsplit("/", 1)[1]) + 1 for field in not_covered(after, case)}
    assert verified | missing == set(range(1, len(expected) + 1))


@pytest.mark.parametrize("name", WRITTEN)
async def test_what_was_improved_once_is_not_changed_again(name: str) -> None:
    before, expected = WRITTEN[name]
    once = (await improved(before, case_for(*expected))).after
    twice = await improved(once, case_for(*expected))
    assert twice.after == once


async def test_results_are_attached_to_the_steps_that_show_them_and_empty_ones_filled_by_their_trigger() -> None:
    before, expected = WRITTEN["ja empty results"]
    steps = (await improved(before, case_for(*expected))).after.steps
    assert [step.verifies for step in steps] == [(), (1,), (2,)]
    assert steps[1].expected_result == expected[0]
    before, expected = WRITTEN["en no results at all"]
    steps = (await improved(before, case_for(*expected))).after.steps
    assert (steps[1].expected_result, steps[1].verifies) == (expected[0], (1,))


async def test_no_more_results_are_attached_to_a_step_than_the_review_allows() -> None:
    shown = ('"Saved" is shown', "The list has 3 rows", "The total is 500")
    after = (await improved(procedure(('Click "Save"', ". ".join(shown))), case_for(*shown))).after
    assert after.steps[0].verifies == (1, 2)
    assert "several-results" not in [finding.rule for finding in after.findings]


async def test_however_many_results_there_are_only_so_many_are_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each is a review of the whole; a thousand of them in a body of 65 kB took the two places of the service for a minute."""
    reviews, reviewed = 0, Reviewing.reviewed

    def counted(reviewing: Reviewing, procedure: Procedure) -> Procedure:
        nonlocal reviews
        reviews += 1
        return reviewed(reviewing, procedure)

    monkeypatch.setattr(Reviewing, "reviewed", counted)
    before = procedure(*[(f'Click "Save{n}"', f"The record {n} is stored and shown") for n in range(6)])
    wanted = tuple(f"The record {n % 6} is stored and shown on the list of {7 * n}" for n in range(1_000))
    done = await improved(before.model_copy(update={"expected_results": wanted}))
    assert done.after.expected_results == wanted
    assert 10 < reviews <= 40


async def test_by_rules_a_result_that_nothing_shows_stays_missing_and_is_told() -> None:
    before, expected = WRITTEN["ja check in an action"]
    done = await improved(before, case_for(*expected))
    assert not_covered(done.after, case_for(*expected)) == {"/expected_results/2"}
    assert done.after.readiness == "skeleton"
    assert done.after.provenance.fallback_reason == "no server answers"


CASE = TestCase(
    id="T-9",
    title="Sign in",
    specification='Enter the user id and click "Sign in". The home page shows "Welcome".',
    test_data={"user id": "mori"},
    expected_results=('"Welcome" is shown',),
)
OPEN, LAST = ("Open the sign-in page", "", "The sign-in page is shown"), ('Click "Sign in"', "", '"Welcome" is shown')
# The rule that finds a step, the step, and what the model writes instead.
KINDS = {
    "ungrounded-value": (('Click "Proceed"', "", "The form is shown"), ("Open the form", "", "The form is shown", "")),
    "unverified-action": (("Enter the user id", "mori", ""), ("Enter the user id", "mori", "The id is shown", "")),
    "unspecified-value": (
        ("Enter a valid user id", "", "The id is shown"),
        ("Enter the id", "mori", "It reads mori", ""),
    ),
    "eager-action": (
        ('Enter the user id and click "Sign in"', "mori", "The home page is shown"),
        ("Press Enter", "", "The home page is shown", ""),
    ),
    "undefined-wait": (
        ("Wait a moment", "", "The page is loaded"),
        ('Wait until "Welcome" is shown', "", '"Welcome" is shown', ""),
    ),
}


@pytest.mark.parametrize("rule", KINDS)
async def test_a_model_repairs_each_kind_of_finding_and_touches_no_other_step(rule: str) -> None:
    bad, mended = KINDS[rule]
    before = procedure(OPEN, bad, LAST)
    assert rule in [finding.rule for finding in Reviewing(case=CASE).findings(before) if finding.step == 2]
    done = await improved(before, CASE, ScriptedChat(says(mended)))
    assert done.after.steps[1].action == mended[0]
    assert [texts(done.after.steps[place]) for place in (0, 2)] == [texts(before.steps[place]) for place in (0, 2)]
    assert rule not in [finding.rule for finding in done.after.findings]
    assert done.counted() == "kept 2, changed 1, added 0"
    assert (done.after.provenance.origin, done.after.provenance.model) == ("edited", "tiny")


async def test_a_missing_result_is_asked_of_the_model() -> None:
    chat = ScriptedChat(says(("Check the home page", "", '"Welcome" is shown', "1")))
    done = await improved(procedure(OPEN), CASE, chat)
    assert [step.action for step in done.after.steps] == [OPEN[0], "Check the home page"]
    assert (done.counted(), done.after.steps[1].verifies) == ("kept 1, changed 0, added 1", (1,))
    assert done.after.provenance.origin == "edited"


async def test_a_procedure_alone_is_held_to_the_results_that_it_names_itself() -> None:
    before = procedure(OPEN, LAST).model_copy(update={"expected_results": ('"Welcome" is shown', "The clock is shown")})
    chat = ScriptedChat(says(("Check the home page", "", "The clock is shown", "2")))
    done = await improved(before, by=chat)
    assert [step.verifies for step in done.after.steps] == [(), (1,), (2,)]


async def test_a_repair_that_loses_an_expected_result_is_not_taken() -> None:
    before = procedure(OPEN, ('Enter some text and click "Proceed"', "", '"Welcome" is shown'))
    loses = [("Enter the user id", "mori", "The id is shown", ""), ('Click "Sign in"', "", "A page is shown", "")]
    done = await improved(before, CASE, ScriptedChat(says(*loses), says(*loses)))
    assert not_covered(done.after, CASE) == set()


async def test_numbers_of_results_follow_the_texts_to_the_cases_own_order() -> None:
    before = procedure(OPEN, LAST).model_copy(
        update={"expected_results": ("The sign-in page is shown", '"Welcome" is shown', "It is quick")}
    )
    steps = [step.model_copy(update={"verifies": (number,)}) for number, step in enumerate(before.steps, 1)]
    case = case_for('"Welcome" is shown', "The sign-in page is shown")
    after = (await improved(before.model_copy(update={"steps": tuple(steps)}), case)).after
    assert after.expected_results == (*case.expected_results, "It is quick")
    assert [step.verifies for step in after.steps] == [(2,), (1,)]


async def test_what_a_procedure_lacks_of_the_case_is_filled_in() -> None:
    case = case_for('"Welcome" is shown', preconditions=("mori is registered",), priority="high", tags=("smoke",))
    before = procedure(OPEN, LAST).model_copy(update={"priority": "low"})
    after = (await improved(before, case)).after
    assert (after.preconditions, after.tags, after.priority) == (("mori is registered",), ("smoke",), "low")
    assert after.provenance.test_case_sha256 == case.sha256()


async def test_an_engine_that_fails_leaves_what_there_was() -> None:
    before = procedure(OPEN, ("Enter a valid user id", "", "The id is shown"), LAST)
    for answer, problem in (
        (says(), InvalidOutputError),
        ([EngineUnavailableError("gone")], EngineUnavailableError),
    ):
        done = await improved(before, CASE, ScriptedChat(answer, answer))
        assert list(map(texts, done.after.steps)) == list(map(texts, before.steps))
        assert done.after.steps[2].verifies == (1,)
        assert isinstance(done.problem, problem)


async def test_an_attempt_that_goes_wrong_is_followed_by_another() -> None:
    bad, mended = KINDS["ungrounded-value"]
    done = await improved(procedure(OPEN, bad, LAST), CASE, ScriptedChat(says(), says(mended)))
    assert (done.after.steps[1].action, done.problem) == (mended[0], None)


class Silent(ScriptedChat):
    """Never says anything."""

    async def stream(self, *_: object, **__: object) -> AsyncIterator[str | ChatEnd]:
        await asyncio.sleep(60)
        yield ""


async def test_the_time_limit_ends_the_repairs_and_keeps_the_rest() -> None:
    before = procedure(OPEN, ("Enter a valid user id", "", "The id is shown"), LAST)
    done = await improved(before, CASE, Silent(), timeout_s=0.5)
    assert isinstance(done.problem, EngineTimeoutError)
    assert list(map(texts, done.after.steps)) == list(map(texts, before.steps))
    assert done.after.steps[2].verifies == (1,)
