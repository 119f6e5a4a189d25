"""The probe: two rows by schema, or what is wrong."""

import pytest
from support.cases import EN_ROWS
from support.chat import DONE, ScriptedChat, says

from testgen.domain.errors import EngineBusyError, InvalidOutputError
from testgen.drafting.probe import probe


async def test_two_rows_pass_with_their_times_and_tokens() -> None:
    result = await probe(ScriptedChat(says(*EN_ROWS[:2])))
    assert 0 < result.first_s <= result.total_s
    assert result.output_tokens == 20


@pytest.mark.parametrize("answer", [says(*EN_ROWS), says(EN_ROWS[0]), ["Here you are", DONE]])
async def test_anything_else_is_a_model_that_ignores_the_schema(answer: list[object]) -> None:
    with pytest.raises(InvalidOutputError):
        await probe(ScriptedChat(answer))  # type: ignore[arg-type]


async def test_a_server_that_refuses_is_its_own_error() -> None:
    with pytest.raises(EngineBusyError):
        await probe(ScriptedChat([EngineBusyError("busy")]))
