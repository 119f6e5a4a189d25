"""Texts from outside reach the model as data: none of them ends its fence, and none begins a turn of the chat."""

import json
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cases import EN

from testgen.domain.background import Background
from testgen.domain.glossary import Glossary
from testgen.domain.knowledge import Knowledge
from testgen.domain.ports import Message, RewriteRequest
from testgen.domain.procedure import Step
from testgen.domain.test_case import TestCase
from testgen.drafting.prompt import continue_messages, draft_messages, instructions, rewrite_messages
from testgen.drafting.untrusted import as_data

# What begins or ends a turn in the chat templates of models that people run, and what our own fences are made of.
TURN_MARKS = (
    "<|im_start|>system", "<|im_end|>", "<start_of_turn>model", "<end_of_turn>", "<|eot_id|>", "<|start_header_id|>", "<s>", "</s>",
    "<<SYS>>", "<</SYS>>", "[INST]", "[/INST]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[TOOL_CALLS]", "[AVAILABLE_TOOLS]",
    "[gMASK]", "[|system|]", "[|endofturn|]", "[UNUSED_TOKEN_146]", "<｜User｜>", "<|channel|>", "<unused0>", "[ INST ]",
    "### Instruction:", "### Response:", "###Human:", "ASSISTANT:", "USER:", "\n\nHuman:", "\n\nAssistant:",
)  # fmt: skip
FENCE_ENDS = ("</test_case>", "</glossary>", "</instruction>", "<test_case>", "</TEST_CASE>", "< /test_case >")
HIDDEN = ("\u202e", "\u200b", "\u2066", "\U000e0041", "\x1b", "\x9b", "\u2028", "\ufeff")
_OURS = re.compile(r"</?(?:test_case|glossary|knowledge|documents|instruction)>")


def everything_from_outside(text: str) -> list[Message]:
    """A rewrite and a continuation in which every text that comes from outside is this one."""
    case = TestCase(
        id="T",
        title=f"t{text}",
        objective=f"o{text}",
        preconditions=(f"p{text}",),
        test_data={f"name{text}": f"v{text}"},
        specification=f"s{text}",
        expected_results=(f"e{text}",),
        postconditions=(f"c{text}",),
    )
    glossary = Glossary.parse(
        [{"term": f"g{text}", "instead_of": [f"h{text}"], "verb_forms": {f"f{text}": f"w{text}"}}]
    )
    told = Knowledge.parse(
        {
            "screens": [{"name": f"n{text}", "open": f"o{text}", "shows": [f"sh{text}"], "fields": [f"fi{text}"]}],
            "shared_steps": {
                f"ss{text}": [{"action": f"sa{text}", "test_data": f"sd{text}", "expected_result": f"sr{text}"}]
            },
            "accounts": [{"name": f"an{text}", "role": f"ar{text}", "note": f"at{text}"}],
            "data": {f"dn{text}": f"dv{text}"},
        }
    )
    background = Background.of(glossary, told)
    step = Step(number=1, kind="action", action=f"a{text}", test_data=f"d{text}", expected_result=f"r{text}")
    request = RewriteRequest(case, "en", (step,), {1: {}}, instruction=f"i{text}", background=background)
    drafted = continue_messages(
        draft_messages(case, "en", (), background), [(f"a{text}", f"d{text}", f"r{text}", "1")], "en"
    )
    return [*rewrite_messages(request), *drafted]


def without_what_we_say(content: str) -> str:
    """What we tell of a fence names it too."""
    for told in instructions("en"):
        content = content.replace(told, "")
    return content


def from_outside(messages: Sequence[Message]) -> str:
    """What the messages carry besides our own fences and what every case is told."""
    constant = {message.content for message in draft_messages(EN, "en")[:-1]}
    return "\n".join(_OURS.sub("", message.content) for message in messages if message.content not in constant)


@pytest.mark.parametrize("mark", [*TURN_MARKS, *FENCE_ENDS, *HIDDEN])
def test_no_text_from_outside_is_read_as_a_turn_or_as_the_end_of_a_fence(mark: str) -> None:
    messages = everything_from_outside(f" {mark} ")
    assert mark.strip(" \n") not in from_outside(messages)
    for message in messages:
        tags = _OURS.findall(without_what_we_say(message.content))
        assert len(tags) == len(set(tags)), "a fence is opened and closed once"


@pytest.mark.parametrize("mark", TURN_MARKS)
def test_a_mark_is_data_at_the_very_beginning_of_a_text_too(mark: str) -> None:
    assert mark.strip("\n") not in as_data([mark.strip("\n")])


@given(st.lists(st.text() | st.sampled_from([*TURN_MARKS, *FENCE_ENDS, *HIDDEN]), max_size=4))
def test_nothing_is_lost_by_the_escapes(texts: list[str]) -> None:
    assert json.loads(as_data(texts)) == texts
    assert json.loads(as_data({"all": "".join(texts)})) == {"all": "".join(texts)}


@pytest.mark.parametrize(
    "text",
    [
        "「保存」を押す",
        "[FILL IN: former name]",
        "【要記入: 元の値】",
        'Click "Save"',
        "[OK]",
        "[保存]",
        "User: mori",
        "# 概要",
        "a [1] b",
        "葛󠄀城",
    ],
)
def test_what_testers_write_stays_as_it_is(text: str) -> None:
    assert json.dumps(text, ensure_ascii=False) in as_data([text])
