"""`testgen.Client` and `AsyncClient` against the real service."""

import hashlib
import inspect
from collections.abc import Iterator

import httpx
import pytest
from support.cases import EN, EN_ROWS
from support.procedures import procedure
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.relay import relayed
from support.service import running

import testgen
from testgen import errors
from testgen.client import AsyncClient, Client, patience
from testgen.client.answers import error_of, error_of_problem, procedure_of
from testgen.client.connection import Access
from testgen.client.events import Decoder
from testgen.config import ServiceConfig, ServiceSecrets
from testgen.domain.events import ErrorEvent, ProcedureEvent, ResetEvent, StepEvent
from testgen.domain.glossary import Glossary, Term
from testgen.messages import in_language

KEY = "a-key-of-the-test"
GIVEN = procedure(("Open the form", "The form is shown"), ('Press "Save"', ""))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    secrets = ServiceSecrets(api_keys={"ci": hashlib.sha256(KEY.encode()).hexdigest()})
    with running(
        ServiceConfig(engine="outline", ollama_base_url="http://127.0.0.1:9", require_api_key=True), secrets=secrets
    ) as url:
        yield url


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE_S", 0.01)


def test_everything_that_the_service_does_from_plain_python(url: str) -> None:
    glossary = Glossary(terms=(Term(term="user id"),))
    with testgen.Client(f"{url}/", KEY) as client:
        made = client.generate(EN, engine="outline", glossary=glossary)
        assert made.provenance.engine == "outline"
        assert client.improve(GIVEN, engine="outline").steps[0] == GIVEN.steps[0]
        assert client.rewrite(GIVEN, [2], engine="outline").steps[0] == GIVEN.steps[0]
        assert client.review(made, EN).findings == testgen.review(made, EN)
        file = client.export([made], "csv")
        assert file.startswith(b"\xef\xbb\xbf")
        assert client.load(file, "csv")["procedures"][0]["title"] == EN.title
        assert client.info()["engine"]["configured"] == "outline"


async def test_and_from_asynchronous_python(url: str) -> None:
    async with testgen.AsyncClient(url, KEY) as client:
        events = [event async for event in client.stream(EN)]
        assert isinstance(events[0], StepEvent)
        assert isinstance(events[-1], ProcedureEvent)
        made = await client.generate(EN)
        assert made.steps == events[-1].procedure.steps
        assert (await client.review(made)).readiness
        assert (await client.improve(GIVEN)).steps[0] == GIVEN.steps[0]
        assert (await client.rewrite(GIVEN, [1])).steps[1] == GIVEN.steps[1]
        assert b"Sign in" in await client.export([made], "markdown")
        assert (await client.load(b"title: t\nsteps: [a]", "yaml"))["procedures"]
        assert await client.info()


def test_both_clients_have_the_same_methods() -> None:
    def methods(kind: type) -> dict[str, list[str]]:
        return {
            name.removeprefix("a"): list(inspect.signature(function).parameters)
            for name, function in vars(kind).items()
            if not name.startswith("_")
        }

    assert methods(Client) == methods(AsyncClient)


def test_errors_are_those_of_our_tree(url: str) -> None:
    with Client(url, KEY) as client:
        with pytest.raises(errors.EngineUnavailableError, match="127.0.0.1:9") as unavailable:
            client.generate(EN, engine="ollama")
        with pytest.raises(errors.InvalidInputError, match="there is no such step") as wrong:
            client.rewrite(GIVEN, [7])
        with pytest.raises(errors.UnreadableInputError):
            client.load(b"\x00", "json")
    assert unavailable.value.exit_code == 3
    assert [problem.pointer for problem in wrong.value.problems] == ["/steps/0"]
    with (
        Client(url, "another key") as client,
        pytest.raises(errors.ServiceRefusedError, match="give a valid key") as no,
    ):
        client.info()
    assert (no.value.refusal, no.value.exit_code) == ("unauthorized", 2)


def test_where_nobody_answers() -> None:
    with Client("http://127.0.0.1:9", tries=2) as client, pytest.raises(errors.ServiceUnavailableError) as error:
        client.generate(EN)
    assert "no service answers at http://127.0.0.1:9 (Connection refused)" in str(error.value)
    assert error.value.exit_code == 3


def test_why_nobody_answers_is_said_in_japanese_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "pause_s", lambda *_: 0.0)
    with Client("http://127.0.0.1:9", tries=2) as client:
        again, failed = client.stream(EN)
    assert isinstance(again, ResetEvent)
    assert (again.reason, in_language(again.reason, "ja")) == (
        "the service does not answer",
        "サービスから応答がありません",
    )
    assert isinstance(failed, ErrorEvent)
    assert "応答がありません（接続が拒否されました）" in in_language(str(failed.error), "ja")


def test_an_answer_that_is_cut_off_is_taken_up_again_and_nothing_is_written_twice() -> None:
    held = Answer(rows(*EN_ROWS), hold_before=20)
    with ProtocolServer(held) as model:
        config = ServiceConfig(engine="ollama", model=MODEL, ollama_base_url=model.url)
        with running(config) as url, relayed(url) as relay, Client(relay.url) as client:
            seen = []
            for event in client.stream(EN):
                seen.append(event)
                if len(seen) == 1:
                    relay.cut()
                    held.gate.set()
        assert len(model.requests) == 1
    assert isinstance(seen[0], StepEvent)
    [reset] = [place for place, event in enumerate(seen) if isinstance(event, ResetEvent)]
    assert isinstance(seen[-1], ProcedureEvent)
    again = sum(isinstance(event, StepEvent) for event in seen[reset:])
    assert again in (0, 3), "all of them, or it had ended by then"


def test_an_error_of_the_engine_has_the_steps_complete_by_then() -> None:
    with ProtocolServer(Answer(rows(*EN_ROWS), error_before=25)) as model:
        config = ServiceConfig(engine="ollama", model=MODEL, ollama_base_url=model.url)
        with running(config) as url, Client(url) as client, pytest.raises(errors.EngineError) as failed:
            client.generate(EN)
    assert failed.value.steps[0].action == EN_ROWS[0][0]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, errors.ServiceProtocolError),
        (403, errors.ServiceRefusedError),
        (404, errors.ServiceProtocolError),
        (429, errors.OverloadedError),
        (500, errors.InternalError),
        (502, errors.ServiceUnavailableError),
        (503, errors.ServiceUnavailableError),
    ],
)
def test_what_a_load_balancer_or_a_firewall_says(status: int, kind: type[errors.TestgenError]) -> None:
    headers = {"retry-after": "7", "location": "https://elsewhere.example"}
    error = error_of(status, headers, b"<html>  <h1>No</h1></html>")
    assert type(error) is kind
    assert error.retry_after_s == 7
    assert "<html> <h1>No</h1></html>" in str(error)


def test_every_error_of_ours_comes_back_as_what_it_was() -> None:
    from testgen.api.problems import of_error

    error = errors.CaseTooLongError([errors.FieldProblem("/specification", "is too long")], remedy="shorten it")
    back = error_of_problem(of_error(error))
    assert type(back) is errors.CaseTooLongError
    assert str(back) == str(error)
    assert back.problems == error.problems  # type: ignore[attr-defined]
    overloaded = error_of_problem(of_error(errors.OverloadedError("full", retry_after_s=3)))
    assert patience.passing(overloaded)
    assert patience.pause_s(overloaded, 1) >= overloaded.retry_after_s > 0


def test_what_a_newer_service_adds_is_passed_over() -> None:
    data = GIVEN.model_dump(mode="json")
    data["steps"][0]["colour"] = data["provenance"]["weather"] = data["mood"] = "new"
    assert procedure_of(data) == GIVEN
    with pytest.raises(errors.ServiceProtocolError):
        procedure_of({**data, "title": 7})
    decoder = Decoder()
    lines = ("event: mood", "data: {}", "", ": heartbeat", "")
    assert [decoder.feed(line) for line in lines] == [None] * 5


@pytest.mark.parametrize("data", ["{}", "[", "[]", '{"attempt": 1, "step": {"number": "x"}}'])
def test_an_event_that_is_broken_is_no_testgen_services(data: str) -> None:
    decoder = Decoder()
    assert decoder.feed("event: step") is decoder.feed(f"data: {data}") is None
    with pytest.raises(errors.ServiceProtocolError):
        decoder.feed("")


@pytest.mark.parametrize(
    "url", ["testgen.example.com", "ftp://x", "https://", "https://me:secret@x.example", "http://[", "https://x/?key=1"]
)
def test_what_is_no_address_is_refused_and_no_password_is_shown(url: str) -> None:
    with pytest.raises(errors.InvalidInputError) as refused:
        Client(url)
    assert "secret" not in str(refused.value)


def test_a_key_is_shown_nowhere_and_goes_to_no_other_address() -> None:
    access = Access("http://testgen.example.com/base/", "tg_secret")
    assert "tg_secret" not in repr(access)
    assert (access.url, access.in_clear) == ("http://testgen.example.com/base", True)
    assert not Access("http://127.0.0.1:8000", "k").in_clear
    with httpx.Client(**access.options()) as http:
        assert not http.follow_redirects


def test_proxies_are_taken_from_the_environment_but_never_lead_to_this_machine() -> None:
    assert Access("https://testgen.example.com").options()["trust_env"]
    for here in ("http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"):
        assert not Access(here).options()["trust_env"]


def test_a_client_asks_through_a_companys_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with ProtocolServer() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with Client("http://testgen.invalid", tries=1) as client:
            assert client.info() == {}
    assert proxy.questions == ["/v1/info"]


def test_events_tell_the_last_error_and_raise_nothing() -> None:
    with Client("http://127.0.0.1:9", tries=1) as client:
        [event] = client.stream(EN)
    assert isinstance(event, ErrorEvent)
