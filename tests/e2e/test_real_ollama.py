"""The real ChatOllama against the real Ollama server. The model is tiny: its form is judged, never its sense."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import httpx
import pytest
from support.cases import EN, JA
from support.procedures import procedure
from support.real_ollama import MODEL, create_model, run_cli, serving, tools_folder, wait_for
from support.service import read_events, running

from testgen import pipeline
from testgen.adapters.ollama import OllamaChat
from testgen.bootstrap import Application
from testgen.config import ServiceConfig
from testgen.domain import errors
from testgen.domain.events import ErrorEvent, ProcedureEvent, StepEvent
from testgen.domain.ports import ChatEnd, Message, Selection
from testgen.domain.test_case import TestCase
from testgen.drafting.budget import estimate_prompt
from testgen.drafting.model_engine import ModelEngine
from testgen.drafting.probe import probe
from testgen.drafting.prompt import draft_messages
from testgen.drafting.wire import SCHEMA
from testgen.repair import Reviewing, repair
from testgen.rewriting import RewriteOrder, rewrite
from testgen.settings import Settings

pytestmark = pytest.mark.ollama
QUESTION = [Message("user", "Name three things.")]


@pytest.fixture(scope="module")
def ollama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    tools, home = tools_folder(), tmp_path_factory.mktemp("ollama")
    with serving(tools, home, OLLAMA_CONTEXT_LENGTH="4096", OLLAMA_NUM_PARALLEL="1") as url:
        create_model(tools, url, home)
        yield url


def config_for(url: str, **settings: object) -> ServiceConfig:
    given: dict[str, object] = {
        "engine": "ollama",
        "model": MODEL,
        "ollama_base_url": url,
        "num_ctx": 4096,
        "num_predict": 400,
        "max_attempts": 1,
    }
    return ServiceConfig(**{**given, **settings})  # type: ignore[arg-type]


async def collect(chat: OllamaChat, messages: list[Message] = QUESTION, seed: int = 1) -> tuple[str, ChatEnd]:
    pieces = [piece async for piece in chat.stream(messages, schema=SCHEMA, seed=seed)]
    assert isinstance(pieces[-1], ChatEnd)
    return "".join(map(str, pieces[:-1])), pieces[-1]


async def test_the_schema_is_accepted_and_obeyed(ollama: str) -> None:
    text, end = await collect(OllamaChat(config_for(ollama, num_predict=200)))
    assert text.lstrip().startswith("[")
    if end.complete:
        assert all(len(row) == 4 for row in json.loads(text))


async def test_counts_and_the_reason_of_the_end_arrive(ollama: str) -> None:
    _, end = await collect(OllamaChat(config_for(ollama, num_predict=128)))
    assert end.done_reason in ("stop", "length")
    assert (end.input_tokens or 0) > 0
    assert (end.output_tokens or 0) > 0


async def test_an_answer_cut_by_num_predict_is_told(ollama: str) -> None:
    messages = draft_messages(EN, "en")
    _, end = await collect(OllamaChat(config_for(ollama).model_copy(update={"num_predict": 8})), messages)
    assert (end.complete, end.done_reason, end.output_tokens) == (False, "length", 8)


@pytest.mark.parametrize(("case", "language"), [(EN, "en"), (JA, "ja")])
async def test_the_worked_examples_make_the_model_write_minified_rows(
    ollama: str, case: TestCase, language: str
) -> None:
    text, _ = await collect(OllamaChat(config_for(ollama)), draft_messages(case, language))  # type: ignore[arg-type]
    assert text.startswith('[["')
    assert "\n" not in text.split('"]')[0]


async def test_steps_arrive_one_by_one_while_the_model_writes(ollama: str) -> None:
    config = config_for(ollama)
    chat = OllamaChat(config)
    times = []
    async for event in pipeline.run(EN, Selection(ModelEngine("ollama", chat, config)), config):
        times.append((type(event), time.monotonic()))
    steps = [when for kind, when in times if kind is StepEvent]
    assert len(steps) >= 2
    assert times[-1][0] in (ProcedureEvent, ErrorEvent)
    assert steps[0] < steps[-1] < times[-1][1]


async def test_a_whole_procedure_with_its_provenance(ollama: str) -> None:
    digest = next(model["digest"] for model in httpx.get(f"{ollama}/api/tags").json()["models"])
    for seed in range(1, 6):
        config = config_for(ollama, seed=seed, temperature=0.7, num_predict=1500)
        events = [
            event
            async for event in pipeline.run(JA, Selection(ModelEngine("ollama", OllamaChat(config), config)), config)
        ]
        if isinstance(events[-1], ProcedureEvent):
            procedure = events[-1].procedure
            made = procedure.provenance
            assert (made.model, made.model_digest) == (MODEL, digest)
            broken = any(
                "繰り返した" in finding.message for finding in procedure.findings
            )  # then nobody counts its tokens
            assert broken or (made.output_tokens or 0) > 0
            return
    pytest.fail("five seeds and no procedure")


async def test_the_same_seed_gives_the_same_answer(ollama: str) -> None:
    chat = OllamaChat(config_for(ollama, temperature=0.8, num_predict=128))
    await collect(chat, seed=1)  # the first answer of a fresh cache may differ in the last bit
    assert await collect(chat, seed=5) == await collect(chat, seed=5)


async def test_the_estimate_is_never_below_what_the_server_counts_and_not_far_above(ollama: str) -> None:
    chat = OllamaChat(config_for(ollama).model_copy(update={"num_predict": 1}))
    for case in (EN, JA):
        messages = draft_messages(case, case.resolved_language())
        _, end = await collect(chat, messages)
        estimate = estimate_prompt(messages)
        assert (end.input_tokens or 0) <= estimate <= 2 * (end.input_tokens or 0)


async def test_cancelling_frees_the_server(ollama: str) -> None:
    short, began = OllamaChat(config_for(ollama, num_predict=128)), time.monotonic()
    await collect(short)
    usual_s = time.monotonic() - began
    chat = OllamaChat(config_for(ollama, num_predict=2000))
    async with aclosing(chat.stream(draft_messages(EN, "en"), schema=SCHEMA, seed=3)) as pieces:  # type: ignore[type-var]
        await anext(pieces)
    # With one slot, the next request can only start once the first, fifteen times as long, has been given up.
    text, _ = await asyncio.wait_for(collect(short), 5 * usual_s + 10)
    assert text


async def test_a_missing_model_is_named_with_its_remedy(ollama: str) -> None:
    chat = OllamaChat(config_for(ollama, model="nobody/has-this"))
    with pytest.raises(errors.ModelMissingError, match="ollama pull nobody/has-this"):
        await collect(chat)
    assert not (await chat.status()).available


async def test_a_prompt_over_the_servers_context_is_case_too_long(ollama: str) -> None:
    case = TestCase(id="x", title="t", specification="word " * 3_800, expected_results=("y",))
    config = config_for(ollama, num_ctx=2048)
    lying = config.model_copy(update={"num_ctx": 100_000})  # our own check passes, the server's does not

    class Small(OllamaChat):
        def __init__(self) -> None:
            super().__init__(config)

    engine = ModelEngine("ollama", Small(), lying)
    events = [event async for event in pipeline.run(case, Selection(engine), lying)]
    assert isinstance(events[-1], ErrorEvent)
    assert isinstance(events[-1].error, errors.CaseTooLongError)
    assert events[-1].error.problems[0].pointer == "/specification"


async def test_status_tells_digest_version_and_whether_the_model_is_loaded(ollama: str) -> None:
    await collect(OllamaChat(config_for(ollama, num_predict=128)))
    status = await OllamaChat(config_for(ollama)).status()
    assert status.available
    assert status.loaded
    assert len(status.digest or "") == 64
    assert status.server_version


async def test_keep_alive_zero_unloads_the_model(ollama: str) -> None:
    chat = OllamaChat(config_for(ollama, num_predict=128, keep_alive="0"))
    await collect(chat)

    def unloaded() -> bool:
        return httpx.get(f"{ollama}/api/ps").json()["models"] == []

    await asyncio.to_thread(wait_for, unloaded, "the model to be unloaded", 15)
    assert not (await chat.status()).loaded


async def test_the_probe_gets_two_rows(ollama: str) -> None:
    result = await probe(OllamaChat(config_for(ollama, num_predict=1000)))
    assert 0 < result.first_s <= result.total_s


async def test_auto_takes_the_model_that_is_there(ollama: str) -> None:
    there = Application(Settings(config_for(ollama, engine="auto")))
    missing = Application(Settings(config_for(ollama, engine="auto", model="nobody/has-this")))
    assert (await there.select()).engine.name == "ollama"
    fallback = await missing.select()
    assert fallback.engine.name == "outline"
    assert "nobody/has-this is not on the server" in (fallback.fallback_reason or "")


def test_the_service_streams_real_steps(ollama: str) -> None:
    with running(config_for(ollama)) as url:
        assert httpx.get(f"{url}/v1/info").json()["model"]["available"]
        case = EN.model_dump(mode="json")
        with httpx.stream(
            "POST", f"{url}/v1/procedures", json=case, headers={"Accept": "text/event-stream"}, timeout=60
        ) as stream:
            names = [name for name, _ in read_events(stream.iter_lines()) if name]
        assert names[0] == "step"
        assert names[-1] in ("procedure", "error")
        assert httpx.get(f"{url}/readyz").status_code == 200


def test_doctor_finds_server_model_and_schema(ollama: str) -> None:
    done = run_cli(
        "doctor",
        TESTGEN_OLLAMA_BASE_URL=ollama,
        TESTGEN_MODEL=MODEL,
        TESTGEN_NUM_CTX="4096",
        TESTGEN_NUM_PREDICT="1000",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout
    assert "two rows by schema" in done.stdout


def test_generate_says_which_model_wrote(ollama: str) -> None:
    done = run_cli(
        "generate", "examples/password-reset.en.yaml", "--engine", "ollama", "--format", "json",
        TESTGEN_OLLAMA_BASE_URL=ollama, TESTGEN_MODEL=MODEL, TESTGEN_NUM_CTX="4096", TESTGEN_NUM_PREDICT="800", TESTGEN_MAX_ATTEMPTS="3",
    )  # fmt: skip
    if done.returncode == 0:
        assert json.loads(done.stdout)["provenance"]["model"] == MODEL
        assert "written by engine ollama (model tiny" in done.stderr
    else:  # what so small a model writes may be refused; then the error says why
        assert done.returncode == 1
        assert "AUTH-019" in done.stderr


def test_the_cache_is_outside_the_tree() -> None:
    assert Path(__file__).parents[2] not in tools_folder().parents


async def test_the_repair_path_runs_with_the_real_model(ollama: str) -> None:
    """A step with an invented label is an error: the model is asked, and what is not better is dropped."""
    config, case = config_for(ollama, num_predict=300), EN
    draft = procedure(("Open the page", "The home page is shown"), ('Click "Nowhere"', "The last sign-in is shown"))
    reviewing = Reviewing(case=case)
    draft = reviewing.reviewed(draft)
    assert [finding.rule for finding in draft.findings if finding.severity == "error"] == ["ungrounded-value"]
    done = await repair(draft, reviewing, ModelEngine("ollama", OllamaChat(config), config), case, 2)
    after = done.procedure if done else draft
    assert after.steps[0] == draft.steps[0]
    assert len(after.steps) == 2


async def test_faulty_steps_are_written_again_by_the_real_model(ollama: str) -> None:
    """What it writes is not judged: the schema asks for as many rows as are faulty, and the other steps stay."""
    config = config_for(ollama, num_predict=300)
    draft = procedure(
        ("Open the sign-in page", "The sign-in page is shown"),
        ('Click "Nowhere"', "It is shown"),
        ("Sign out", "The page is shown"),
    )
    changed = await rewrite(
        draft, RewriteOrder((2,), "name the page"), ModelEngine("ollama", OllamaChat(config), config)
    )
    assert len(changed.steps) == 3
    assert (changed.steps[0], changed.steps[2]) == (draft.steps[0], draft.steps[2])
    assert changed.steps[1].number == 2
    assert (changed.provenance.engine, changed.provenance.attempts) == ("ollama", 2)
    assert changed.provenance.model_digest
