"""The engine `ollama` against a scripted model; the pipeline's tests tell the rest."""

import pytest
from support.cases import EN, EN_ROWS
from support.chat import CUT, DONE, ScriptedChat, says

from testgen.config import ServiceConfig
from testgen.domain.errors import (
    CaseTooLongError,
    ContextExceededError,
    EngineProtocolError,
    IncompleteOutputError,
    InvalidOutputError,
)
from testgen.domain.ports import ChatEnd, DraftRequest, DraftSummary
from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.model_engine import ModelEngine

CONFIG = ServiceConfig(num_ctx=4096, num_predict=512)


async def draft(chat: ScriptedChat, case: TestCase = EN, attempt: int = 1) -> list[Step | DraftSummary]:
    return [part async for part in ModelEngine("ollama", chat, CONFIG).draft(DraftRequest(case, "en", attempt))]


async def test_a_step_is_there_before_the_model_has_begun_the_next() -> None:
    asked_for = []

    class Watched(ScriptedChat):
        async def stream(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def,override]
            async for piece in super().stream(*args, **kwargs):  # type: ignore[arg-type]
                asked_for.append(piece)
                yield piece

    engine = ModelEngine("ollama", Watched(says(*EN_ROWS)), CONFIG)
    steps = engine.draft(DraftRequest(EN, "en"))
    first = await anext(steps)
    assert isinstance(first, Step)
    assert "".join(map(str, asked_for)) == '[["Open the Sign-in page","","The Sign-in page is shown",""'
    await steps.aclose()  # type: ignore[attr-defined]


async def test_an_over_long_case_is_refused_before_anything_is_sent() -> None:
    chat = ScriptedChat(says(*EN_ROWS))
    case = TestCase(id="x", title="t", specification="語" * 5000, expected_results=("y",))
    with pytest.raises(CaseTooLongError):
        await draft(chat, case)
    assert chat.asked == []


async def test_a_server_that_refuses_the_prompt_for_its_length_makes_the_case_too_long() -> None:
    with pytest.raises(CaseTooLongError, match="the server's context is 1024 tokens"):
        await draft(ScriptedChat([ContextExceededError("n_ctx 1024", limit=1024)]))


LONG = TestCase(id="x", title="t", specification="仕様" * 1000, expected_results=("y", "z"))


async def test_a_server_that_counts_far_less_than_was_sent_has_dropped_the_front() -> None:
    chat = ScriptedChat(says(*EN_ROWS, end=ChatEnd(True, "stop", input_tokens=1100, output_tokens=40)))
    with pytest.raises(CaseTooLongError, match="read only 1100 of about 3"):
        await draft(chat, LONG)


@pytest.mark.parametrize("count", [None, 12, 2000])
async def test_a_server_that_does_not_count_its_cache_is_believed(count: int | None) -> None:
    chat = ScriptedChat(says(*EN_ROWS, end=ChatEnd(True, "stop", input_tokens=count, output_tokens=40)))
    assert len(await draft(chat, LONG)) == 4


async def test_the_seed_grows_with_the_attempt() -> None:
    chat = ScriptedChat(says(*EN_ROWS))
    parts = await draft(chat, attempt=3)
    assert chat.asked[0][1] == CONFIG.seed + 2
    assert isinstance(parts[-1], DraftSummary)
    assert parts[-1].seed == CONFIG.seed + 2


async def test_an_empty_array_is_no_procedure() -> None:
    with pytest.raises(InvalidOutputError, match="no step"):
        await draft(ScriptedChat(["[]", DONE]))


async def test_an_answer_without_an_end_is_not_ollamas() -> None:
    with pytest.raises(EngineProtocolError):
        await draft(ScriptedChat(["[]"]))


async def test_values_of_the_case_may_be_in_any_language() -> None:
    case = TestCase(id="x", title="t", test_data={"name": "山田 太郎"}, expected_results=("y",))
    parts = await draft(ScriptedChat(says(("Enter 山田 太郎", "", "山田 太郎 is shown", "1"))), case)
    assert len(parts) == 2


async def test_a_cut_answer_without_room_for_more_is_incomplete_and_no_fault_of_the_case() -> None:
    long = [
        (f"Open page {letter}", "word " * 70, f"Page {letter} is shown", "")
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"
    ]
    with pytest.raises(IncompleteOutputError, match="40 complete steps are kept"):
        await draft(ScriptedChat(says(*long, end=CUT)))
