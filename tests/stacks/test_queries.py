"""Each saved query is asked of lines that the service has really written: a renamed field or event fails here."""

import asyncio
import contextlib
import hashlib
import io
import json
import logging
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest
from conftest import quiet_logs
from support.cases import EN, EN_ROWS
from support.chat import ScriptedChat, says
from support.service import running_with

from stackgraph.log_queries import UnknownQueryError, fields_of, takes, value_of
from stackgraph.recorder import ROOT, Graph
from stacks.alarms import alarms
from stacks.queries import FIREWALL, OLLAMA, QUERIES, Query, explaining, link
from stacks.sections import MonitoringConfig
from testgen.api.telemetry import configure
from testgen.config import ServiceConfig, ServiceSecrets
from testgen.domain.errors import ConfigError, EngineBusyError
from testgen.settings import Settings

Lines = list[dict[str, Any]]
CASE = EN.model_dump(mode="json")
KEY = "k" * 32
SECRETS = ServiceSecrets(api_keys={"ci": hashlib.sha256(KEY.encode()).hexdigest()})
CONFIG = ServiceConfig(
    engine="ollama", require_api_key=True, max_concurrency=1, queue_limit=0, allowed_hosts="testgen.example.jp"
)
KNOWN = {"X-API-Key": KEY, "Host": "testgen.example.jp"}
ENTRYPOINT = (ROOT / "containers" / "ollama-entrypoint.sh").read_text(encoding="utf-8")
# What a web ACL writes ("Log fields for web ACL traffic" in the AWS WAF developer guide), shortened.
BLOCKED = {
    "action": "BLOCK",
    "terminatingRuleId": "rate",
    "httpRequest": {"clientIp": "203.0.113.7", "uri": "/v1/procedures"},
}


class Held(ScriptedChat):
    """Answers as its script says, once it may."""

    def __init__(self, *script: Any) -> None:
        super().__init__(*script)
        self.asked_now, self.may_answer = threading.Event(), threading.Event()

    async def stream(self, *arguments: Any, **more: Any) -> AsyncIterator[Any]:
        self.asked_now.set()
        while not self.may_answer.is_set():
            await asyncio.sleep(0.01)
        async for piece in super().stream(*arguments, **more):
            yield piece


@pytest.fixture(scope="module")
def service() -> Lines:
    """What the service logs while it is started, writes a procedure, is full meanwhile, fails, is tried with a key that nobody has
    and by a name that is not its own, has its keys changed, and cannot read them any more."""
    out, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with contextlib.redirect_stdout(out), pytest.MonkeyPatch.context() as patch:
        patch.setattr("testgen.api.auth.REFRESH_S", 0.02)
        configure("INFO", "mvp")
        _work(out.getvalue)
    root.handlers[:], root.level = handlers, level
    quiet_logs()
    return [json.loads(line) for line in out.getvalue().splitlines()]


def _work(said: Callable[[], str]) -> None:
    sources: Iterator[ServiceSecrets] = iter([ServiceSecrets(api_keys={**SECRETS.api_keys, "new": "0" * 64})])

    def reread() -> ServiceSecrets:
        for found in sources:
            return found
        raise ConfigError("the secret does not answer", remedy="wait")

    chat = Held(says(*EN_ROWS), [EngineBusyError("busy")])
    with running_with(Settings(CONFIG, SECRETS, stack="mvp", reread_secrets=reread), chat) as url:

        def ask(**headers: str) -> None:
            httpx.post(f"{url}/v1/procedures", json=CASE, headers={**KNOWN, **headers}, timeout=30)

        first = threading.Thread(target=ask)
        first.start()
        assert chat.asked_now.wait(10)
        ask()  # the one place is taken
        chat.may_answer.set()
        first.join(10)
        ask()  # the engine is busy
        ask(**{"X-API-Key": "nobodys"})
        ask(Host="evil.example")
        for _ in range(500):
            if "keys_not_read" in said():
                break
            threading.Event().wait(0.01)


def ollama_lines() -> Lines:
    """What the entrypoint of the other container says, as its text has it: each event with the members that it prints."""
    found = []
    for event, members in re.findall(
        r"^.*?\bsay (\w+)(?: +\"(.*)\")?(?: error)?(?:[;&|} ].*)?$", ENTRYPOINT, re.MULTILINE
    ):
        names = re.findall(r'\\"(\w+)\\":', members)
        found.append(
            {"event": event, "level": "error" if event.endswith("_failed") else "info", **dict.fromkeys(names, 1)}
        )
    gpu = next(line for line in found if line["event"] == "gpu")
    gpu.update(dict.fromkeys(re.findall(r'\\"(\w+)\\":', ENTRYPOINT.split("report()")[1].split("get_model()")[0]), 1))
    return found


def lines_of(query: Query, service: Lines) -> Lines:
    found = [BLOCKED] if FIREWALL in query.groups else service
    return [*found, *ollama_lines()] if OLLAMA in query.groups else found


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_each_field_of_a_query_stands_in_a_line_that_it_takes(service: Lines, query: Query) -> None:
    taken = [line for line in lines_of(query, service) if takes(query.text, line)]
    assert taken
    for field in fields_of(query.text):
        assert any(value_of(line, field) is not None for line in taken), f"{query.name}: no line has {field}"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_each_event_of_a_query_is_logged(service: Lines, query: Query) -> None:
    logged = {line.get("event") for line in lines_of(query, service)}
    named = re.search(r"event in \[(.+?)\]", query.text)
    assert set(json.loads(f"[{named[1]}]") if named else []) <= logged


def test_the_audit_says_who_which_case_which_model_and_how_it_ended(service: Lines) -> None:
    [audit] = [query for query in QUERIES if query.name == "audit"]
    rows = [line for line in service if takes(audit.text, line)]
    assert {(row["key"], row["case_id"], row["outcome"]) for row in rows} == {
        ("ci", "T-1", "done"),
        ("ci", "T-1", "engine-busy"),
    }
    assert [row["model"] for row in rows if row["outcome"] == "done"] == [CONFIG.model]


def test_a_stranger_and_a_false_name_are_security_events(service: Lines) -> None:
    [security] = [query for query in QUERIES if query.name == "security-events"]
    rows = [line for line in service if takes(security.text, line)]
    assert {row.get("reason") for row in rows} > {"unknown key"}
    assert {row.get("status") for row in rows} > {421}
    assert not [row for row in rows if row.get("status") == 200]


def test_each_alarm_about_what_is_logged_links_to_a_query() -> None:
    names = {alarm.action for alarm in alarms(MonitoringConfig(), behind_a_firewall=True)}
    explained = {name for query in QUERIES for name in query.alarms}
    assert explained <= names, "a query names an alarm that there is not"
    # The load balancer's own lines are in its own group and form (docs/operations.md has the question).
    assert names - explained == {"find-why-the-load-balancer-fails"}


def saved(graph: Graph) -> dict[str, dict[str, Any]]:
    return {
        entry.inputs["name"]: dict(entry.inputs) for entry in graph.of("cloudwatch/queryDefinition:QueryDefinition")
    }


def test_the_queries_are_saved_for_groups_of_the_stack(any_stack: Graph) -> None:
    groups = {entry.inputs["name"] for entry in any_stack.of("cloudwatch/logGroup:LogGroup")}
    found = saved(any_stack)
    behind = bool(any_stack.of("wafv2/webAcl:WebAcl"))
    assert set(found) == {
        query.saved_as(any_stack.stack) for query in QUERIES if behind or FIREWALL not in query.groups
    }
    for entry in found.values():
        assert set(entry["logGroupNames"]) <= groups
        assert len(entry["queryString"]) <= 10_000, "PutQueryDefinition takes no more"


def test_the_alarm_leads_to_the_question_with_its_groups(mvp: Graph) -> None:
    [alarm] = [
        entry.inputs["alarmDescription"]
        for entry in mvp.of("cloudwatch/metricAlarm:MetricAlarm")
        if entry.name.endswith("-read-the-error-log")
    ]
    what, _, query = alarm.partition(" Query ")
    assert what == "What to do: docs/operations.md#read-the-error-log"
    name, _, address = query.partition(": ")
    assert name == "testgen-mvp/errors-by-code"
    shown = unescaped(address)
    assert "~editorString~'filter level in [" in shown
    assert "~source~(~'/aws/ecs/fastapi-app~'/aws/ecs/ollama-server))" in shown


def unescaped(address: str) -> str:
    return re.sub(r"\*([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), address)


def test_every_description_is_as_short_as_cloudwatch_wants_it(any_stack: Graph) -> None:
    for entry in any_stack.of("cloudwatch/metricAlarm:MetricAlarm"):
        assert len(entry.inputs["alarmDescription"]) <= 1024, entry.name


def test_a_link_has_nothing_that_an_address_may_not_have() -> None:
    query = explaining("read-the-error-log")
    assert query
    address = link(query, "ap-northeast-1", {"api": "/a", "ollama": "/b"})
    assert re.fullmatch(r"[\w.:/?=&#$~'()*-]+", address)
    assert unescaped(address).count(query.text) == 1


def test_the_dashboard_answers_them_below_the_charts(stack: Graph) -> None:
    body = json.loads(stack.one("cloudwatch/dashboard:Dashboard").inputs["dashboardBody"])
    tables = [widget for widget in body["widgets"] if widget["type"] == "log"]
    charts = [widget for widget in body["widgets"] if widget["type"] == "metric"]
    assert [table["properties"]["title"] for table in tables] == [
        query.title for query in QUERIES if query.on_the_dashboard
    ]
    assert min(table["y"] for table in tables) >= max(chart["y"] + chart["height"] for chart in charts)
    assert tables[0]["properties"]["query"].startswith("SOURCE '/aws/ecs/fastapi-app' | filter event in")
    places = {(table["x"], table["y"]) for table in tables}
    assert len(places) == len(tables)


def test_the_dashboard_shows_what_the_alarms_watch(stack: Graph) -> None:
    body = json.loads(stack.one("cloudwatch/dashboard:Dashboard").inputs["dashboardBody"])
    charts = [widget["properties"] for widget in body["widgets"] if widget["type"] == "metric"]
    charted = {tuple(line[:2]) for chart in charts for line in chart["metrics"]}
    assert {(alarm.namespace, alarm.metric) for alarm in alarms(MonitoringConfig(), behind_a_firewall=False)} <= charted


@pytest.mark.parametrize(
    ("text", "line", "taken"),
    [
        ('filter event = "a"', {"event": "a"}, True),
        ('filter event != "a"', {"event": "a"}, False),
        ('filter status in [403, 421] and (event = "a" or event = "b")', {"event": "b", "status": 421}, True),
        ('filter status in [403, 421] and (event = "a" or event = "b")', {"event": "c", "status": 421}, False),
        ("filter ispresent(x.y)", {"x": {"y": 1}}, True),
        ("filter ispresent(x.y)", {"x": 1}, False),
    ],
)
def test_filters_are_read_as_cloudwatch_reads_them(text: str, line: dict[str, Any], taken: bool) -> None:
    assert takes(text, line) is taken


@pytest.mark.parametrize(
    "text", ["parse @message", 'filter a like "b"', "filter (a = 1", "filter a = 1 b", "filter a # b"]
)
def test_what_is_not_known_of_the_language_is_an_error(text: str) -> None:
    with pytest.raises(UnknownQueryError):
        takes(text, {"a": 1})


def test_names_that_a_query_gives_are_no_fields() -> None:
    text = "filter a = 1 | stats count() as n, max(@timestamp) as last by b, bin(5m) | sort n desc | limit 5"
    assert fields_of(text) == {"a", "b"}
