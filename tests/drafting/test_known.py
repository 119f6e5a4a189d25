"""What of a team's knowledge a model gets to read: what the case touches, as data, within the room that there is."""

from collections.abc import Sequence
from typing import Any

import pytest
from support.cases import EN, EN_ROWS
from support.chat import ScriptedChat, says
from support.procedures import procedure

from testgen.config import ServiceConfig
from testgen.domain.background import Background
from testgen.domain.knowledge import Knowledge
from testgen.domain.ports import ChatEnd, DraftRequest, Message
from testgen.domain.test_case import TestCase
from testgen.drafting.budget import estimate_prompt
from testgen.drafting.model_engine import MOST_KNOWN, ModelEngine
from testgen.drafting.prompt import EXAMPLES, draft_messages

SCREENS = [
    {"name": "Orders", "open": "Menu Sales > Orders", "shows": ["Order table"], "fields": ["Customer no."]},
    {"name": "Order detail", "open": "Choose a number on the Orders page", "shows": ["Ship button", "History"]},
    {"name": "Vouchers", "open": "Menu Marketing > Vouchers", "shows": ["Voucher table"]},
]
TOLD = Knowledge.parse(
    {
        "screens": SCREENS,
        "shared_steps": {
            "Sign in as a clerk": ["Open the console", "Sign in"],
            "Empty the basket": ["Open the basket"],
        },
        "accounts": [{"name": "clerk.mori", "role": "Clerk"}, {"name": "owner.sato", "role": "Owner"}],
        "data": {"Shipping fee": "500 yen", "Largest upload": "20 MB"},
    }
)
CASE = TestCase(
    id="T",
    title="Shipping fee of an order",
    preconditions=("Sign in as a clerk",),
    specification='On the Order detail page, "Ship button" ships the order.',
    expected_results=("The History says it",),
)


async def asked(knowledge: Knowledge, case: TestCase = CASE, **settings: Any) -> list[Message]:
    chat = ScriptedChat(says(*EN_ROWS, end=ChatEnd(complete=True, done_reason="stop")))
    engine = ModelEngine("ollama", chat, ServiceConfig(num_predict=512, **settings))
    request = DraftRequest(case, "en", background=Background(knowledge))
    assert [part async for part in engine.draft(request)]
    return chat.asked[0][0]


async def test_the_request_holds_what_the_case_touches_and_no_more() -> None:
    said = (await asked(TOLD))[-1].content
    assert '"open":"Choose a number on the Orders page"' in said
    assert r"Menu Sales \u003e Orders" in said, "the way to it leads over this screen; its > is escaped"
    assert '"Sign in as a clerk":[["Open the console"],["Sign in"]]' in said
    assert '"name":"clerk.mori"' in said
    assert '"Shipping fee":"500 yen"' in said
    assert not [word for word in ("Vouchers", "Empty the basket", "owner.sato", "20 MB") if word in said]


async def test_a_case_that_touches_nothing_gets_the_prompt_of_a_team_without_knowledge() -> None:
    case = TestCase(id="T", title="Zebra", expected_results=("Stripes",))
    assert await asked(TOLD, case) == draft_messages(case, "en")


async def test_knowledge_never_pushes_a_case_out_of_the_context() -> None:
    large = Knowledge.parse(
        {
            "screens": [
                {"name": f"Orders {n}", "shows": [f"order text {n} {m}" * 10 for m in range(10)]} for n in range(50)
            ]
        }
    )
    case = TestCase(id="T", title="Orders " + " ".join(map(str, range(50))), expected_results=("order text",))
    bare = estimate_prompt(draft_messages(case, "en"))
    assert estimate_prompt(await asked(large, case)) <= bare + MOST_KNOWN + 150
    tight = bare + 2 * 512 + 300
    assert estimate_prompt(await asked(large, case, num_ctx=tight)) + 512 <= tight


async def test_what_is_constant_comes_first() -> None:
    """The server's prefix cache serves all that two cases of a team have in common."""
    words = {"terms": [{"term": "press", "instead_of": ["hit"]}]}
    first, second = [await asked(Knowledge.parse({**TOLD.model_dump(), **words}), case) for case in (CASE, EN)]
    assert first[:-1] == second[:-1]
    assert all(messages[-1].content.startswith('<glossary>{"write":{"press":["hit"]}}') for messages in (first, second))


LIKED = procedure(
    ("Open the basket", "The basket is shown"),
    ("Enter the voucher", "V-1", "The discount is shown"),
    ('Click "Order"', '"Accepted" is shown'),
).model_copy(update={"title": "Order with a voucher", "expected_results": ("The discount of the voucher is shown",)})
VOUCHER = TestCase(id="T", title="Second voucher", expected_results=("The discount of the first voucher is kept",))


def examples(messages: Sequence[Message]) -> list[str]:
    return [message.content for message in messages if message.role == "assistant"]


def test_a_teams_example_takes_the_place_of_our_second_where_it_is_more_like_the_case() -> None:
    background = Background(Knowledge.parse({"examples": [LIKED.model_dump(mode="json")]}))
    ours = examples(draft_messages(VOUCHER, "en"))
    first, second = examples(draft_messages(VOUCHER, "en", background=background))
    assert first == ours[0], "it stays in front, for the cache"
    assert second == (
        '[["Open the basket","","The basket is shown",""],["Enter the voucher","V-1","The discount is shown",""],'
        '["Click \\"Order\\"","","\\"Accepted\\" is shown",""]]'
    )
    approval = EXAMPLES["en"][1][0].model_copy(update={"title": "Approval of a leave claim"})
    assert examples(draft_messages(approval, "en", background=background)) == ours


@pytest.mark.parametrize(
    "spoilt",
    [
        {"language": "ja"},
        {"readiness": "open_points"},
        {"steps": tuple(step.model_copy(update={"expected_result": ""}) for step in LIKED.steps)},
    ],
)
def test_an_example_that_would_mislead_is_not_shown(spoilt: dict[str, object]) -> None:
    background = Background(Knowledge(examples=(LIKED.model_copy(update=spoilt),)))
    assert draft_messages(VOUCHER, "en", background=background) == draft_messages(VOUCHER, "en")
