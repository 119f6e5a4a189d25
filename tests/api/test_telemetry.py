"""One JSON object a line, metrics in the same lines, no text of a test case."""

import json
import re
from collections.abc import Callable

import httpx
import pytest
from support.cases import EN, EN_ROWS, ROOT
from support.chat import ScriptedChat, says
from support.service import running

from testgen.api.telemetry import with_metrics
from testgen.config import ServiceConfig
from testgen.contract import Metric
from testgen.domain.errors import EngineBusyError

CASE = {**EN.model_dump(mode="json"), "objective": "the-secret-text"}


Logged = Callable[[], list[dict[str, object]]]


def lines_of(
    logged: Logged, config: ServiceConfig, chat: ScriptedChat, headers: dict[str, str] | None = None
) -> list[dict[str, object]]:
    with running(config, chat=chat) as url:
        httpx.post(f"{url}/v1/procedures", json=CASE, headers=headers)
    return logged()


def test_every_line_is_json_with_time_level_event_and_stack(logged: Logged) -> None:
    lines = lines_of(logged, ServiceConfig(engine="ollama"), ScriptedChat(says(*EN_ROWS)), {"X-Request-ID": "abc-1"})
    assert all({"timestamp", "level", "event", "stack"} <= set(line) for line in lines)
    assert {"config_loaded", "startup", "load", "procedure", "request", "shutdown"} <= {line["event"] for line in lines}
    assert all(line["request_id"] == "abc-1" for line in lines if line["event"] in ("procedure", "request"))


def test_the_audit_line_says_what_was_made_and_carries_metrics(logged: Logged) -> None:
    lines = lines_of(logged, ServiceConfig(engine="ollama", model="tiny"), ScriptedChat(says(*EN_ROWS)))
    line = next(line for line in lines if line["event"] == "procedure")
    assert (line["case_id"], line["model"], line["steps"], line["outcome"]) == ("T-1", "tiny", 3, "done")
    directive = line["_aws"]["CloudWatchMetrics"][0]  # type: ignore[index]
    assert directive["Namespace"] == "testgen"
    assert directive["Dimensions"] == [["Stack"]]
    for metric in directive["Metrics"]:
        assert isinstance(line[metric["Name"]], int | float), "a metric that is not in the line is lost"
    assert {metric["Name"] for metric in directive["Metrics"]} == {
        "FirstStepLatency",
        "Findings",
        "RepairAttempts",
        "OutputTokensPerSecond",
    }


def test_load_is_reported_at_once_with_zeros(logged: Logged) -> None:
    lines = lines_of(logged, ServiceConfig(engine="outline"), ScriptedChat())
    load = next(line for line in lines if line["event"] == "load")
    assert (load["Queued"], load["InFlight"]) == (0, 0)


def test_an_engine_error_is_counted_and_logged_without_the_text(logged: Logged) -> None:
    lines = lines_of(
        logged, ServiceConfig(engine="ollama"), ScriptedChat([EngineBusyError("busy with the-secret-text")])
    )
    line = next(line for line in lines if line["event"] == "engine_error")
    assert (line["outcome"], line["EngineErrors"], line["level"]) == ("engine-busy", 1, "warning")
    assert "the-secret-text" not in json.dumps(lines)


@pytest.mark.parametrize("wanted", [True, False])
def test_the_texts_are_logged_only_on_demand(logged: Logged, wanted: bool) -> None:
    lines = lines_of(logged, ServiceConfig(engine="ollama", log_prompts=wanted), ScriptedChat(says(*EN_ROWS)))
    assert ("the-secret-text" in json.dumps(lines)) is wanted


@pytest.mark.parametrize("given", ["two\nlines", "x" * 200, "", "a b"])
def test_a_request_id_that_could_spoil_the_log_is_replaced(given: str) -> None:
    with running(ServiceConfig(engine="outline")) as url:
        answer = httpx.get(f"{url}/healthz", headers=[(b"X-Request-ID", given.replace("\n", " ").encode())])
    assert answer.headers["x-request-id"] != given
    assert len(answer.headers["x-request-id"]) == 32


def test_metrics_fields_follow_the_embedded_metric_format() -> None:
    fields = with_metrics({"Queued": (0, "Count")}, "mvp")
    assert fields["Stack"] == "mvp"
    assert fields["Queued"] == 0
    assert fields["_aws"]["CloudWatchMetrics"] == [
        {"Namespace": "testgen", "Dimensions": [["Stack"]], "Metrics": [{"Name": "Queued", "Unit": "Count"}]}
    ]


def test_service_and_ollama_container_report_every_metric_that_a_stack_may_watch(logged: Logged) -> None:
    lines = lines_of(logged, ServiceConfig(engine="ollama"), ScriptedChat(says(*EN_ROWS)))
    lines += lines_of(logged, ServiceConfig(engine="ollama"), ScriptedChat([EngineBusyError("busy")]))
    directives = [directive for line in lines for directive in line.get("_aws", {}).get("CloudWatchMetrics", [])]  # type: ignore[attr-defined]
    served = {metric["Name"] for directive in directives for metric in directive["Metrics"]}
    script = (ROOT / "containers" / "ollama-entrypoint.sh").read_text(encoding="utf-8")
    assert served | set(re.findall(r'"Name\W+(\w+)', script)) == set(Metric)
