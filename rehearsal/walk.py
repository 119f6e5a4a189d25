"""The way of one request, hop by hop, each with the resource that makes it possible; printed as it happens."""

import json
import re
import time
from typing import Any

from rehearsal.cloud import RehearsalError, alone
from rehearsal.laptop import generate
from rehearsal.rehearse import Stage
from rehearsal.serving import Walk, served
from rehearsal.task import Container, FromCheckout, Runner, Tools
from stackgraph.graph import Graph
from stackgraph.log_patterns import matches
from stackgraph.log_queries import takes
from stackgraph.promises.network import CORPORATE, STRANGER
from stackgraph.web_acl import Request, decide
from testgen.api.assets import load
from testgen.contract import AUTH_FAILED, METRIC_DIMENSION, METRIC_NAMESPACE, Metric

CASE = {
    "id": "REHEARSAL-1",
    "title": "Cross-site scripting is shown as text",
    "specification": 'When the user enters "<script>alert(1)</script>" and clicks "Save", the text is shown as it was entered.',
    "expected_results": ["the text is shown as it was entered"],
}
LINE_KEYS = {"timestamp", "level", "event", "stack"}  # of every JSON line (docs/operations.md)


def walk(here: Stage, graph: Graph, runner: Runner | None = None) -> None:
    """Goes the way of a request. `runner` starts the containers; without one they are processes of this checkout.

    Raises:
        RehearsalError: a hop is not possible, or something was refused that had to be allowed.
    """
    with alone(here.say), served(here, graph, runner or FromCheckout(Tools(here.tools.ollama))) as found:
        source = CORPORATE if here.stack == "mvp" else STRANGER
        found.here.say("the walk:")
        found.say(
            f"{source} → ALB:{found.port()}", f"security group rule of {_name(graph, 'lb/loadBalancer:LoadBalancer')}"
        )
        if here.stack == "phase2":
            _firewall(found)
        found.say(
            "ALB → target",
            f"{_name(graph, 'lb/listener:Listener')}, {_name(graph, 'lb/targetGroup:TargetGroup')}: healthy",
        )
        _page(found, source)
        _settings(found)
        _inference(found, source)
        if here.stack == "phase2":
            _keys(found)
            _laptop(found)
        _delivered(found)
        _questions(found)
        _metrics(found)
        _nothing_refused(found)


def _name(graph: Graph, kind: str) -> str:
    return graph.of(kind)[0].name


def _firewall(walk: Walk) -> None:
    """The request's body is cross-site scripting in somebody's text: the managed rules notice, and it must pass."""
    acl = walk.graph.one("wafv2/webAcl:WebAcl").inputs
    suspicious = frozenset({"CrossSiteScripting_BODY"})
    if decide(acl, Request("/v1/procedures", suspicious)) != "allow":
        raise RehearsalError("the web ACL blocks a test case about cross-site scripting")
    if decide(acl, Request("/elsewhere", suspicious)) != "block":
        raise RehearsalError("the web ACL lets cross-site scripting through where no text is expected")
    walk.say(
        "ALB → web ACL",
        f"{_name(walk.graph, 'wafv2/webAcl:WebAcl')}: a body about XSS passes on /v1/, and is blocked elsewhere",
    )


def _page(walk: Walk, source: str) -> None:
    """The page and every file that it or one of its modules names, without a key, as a browser asks for them."""
    firewall = walk.graph.of("wafv2/webAcl:WebAcl")
    left, seen = ["/"], set[str]()
    while left:
        path = left.pop()
        seen.add(path)
        answer = walk.ask("GET", path, source)
        if answer.status_code != 200:
            raise RehearsalError(f"the page is not served whole: {path} is answered with {answer.status_code}")
        if firewall and decide(firewall[0].inputs, Request(path)) != "allow":
            raise RehearsalError(f"the web ACL blocks the page: {path}")
        named = re.findall(r'"(/page/[^"]+)"', answer.text) + [
            f"/page/{name}" for name in re.findall(r"""["']\./(\w+\.[0-9a-f]{16}\.js)["']""", answer.text)
        ]
        left += {name for name in named if name not in seen} - set(left)
    if len(seen) < len(load().assets):
        raise RehearsalError(f"the page names {len(seen) - 1} of {len(load().assets)} files")
    walk.say("page", f"GET / and {len(seen) - 1} files, no key asked for")


def _settings(walk: Walk) -> None:
    [loaded] = _events(walk.containers["api"], "config_loaded")
    path = walk.graph.outputs["config_path"]
    model = loaded["settings"]["model"]
    if not str(model["source"]).startswith(path):
        raise RehearsalError(f"the model comes from {model['source']}, not from {path}")
    actions = list(dict.fromkeys(call.action for call in walk.task.asked))
    walk.say(
        "target → SSM, Secrets Manager",
        f"{path}/* and {walk.graph.outputs['secret_name']}, as role task: {', '.join(actions)}",
    )


def _headers(walk: Walk) -> dict[str, str]:
    return {"Authorization": f"Bearer {walk.here.key}"} if walk.here.stack == "phase2" else {}


def _inference(walk: Walk, source: str) -> None:
    """Streams a procedure from the model; if the small model fails, its steps prove the connection and rules write the procedure."""
    stream = walk.ask(
        "POST", "/v1/procedures", source, json=CASE, headers={**_headers(walk), "Accept": "text/event-stream"}
    )
    events = [line.removeprefix("event: ") for line in stream.text.splitlines() if line.startswith("event: ")]
    if stream.status_code != 200 or "step" not in events:
        raise RehearsalError(f"no step comes from the model: {stream.status_code} {stream.text[:500]}")
    answer = walk.ask("POST", "/v1/procedures?engine=outline", source, json=CASE, headers=_headers(walk))
    if answer.status_code != 200:
        raise RehearsalError(f"no procedure is served: {answer.status_code} {answer.text[:500]}")
    served = len(answer.json()["steps"])
    walk.say("api → ollama:11434", f"localhost in the task: {events.count('step')} steps streamed, then {events[-1]}")
    walk.say(
        f"→ {source}",
        f"procedure {answer.json()['test_case_id']} with {served} steps ({answer.json()['provenance']['engine']})",
    )


def _keys(walk: Walk) -> None:
    """Without a key 401, which is a security event; the company's people come the same way, with a key."""
    refused = walk.ask("POST", "/v1/procedures", STRANGER, json=CASE)
    if refused.status_code != 401:
        raise RehearsalError(f"a request without a key is answered with {refused.status_code}")
    filters = [
        entry
        for entry in walk.graph.of("cloudwatch/logMetricFilter:LogMetricFilter")
        if entry.name.endswith("-authfailures")
    ]
    events = _events(walk.containers["api"], AUTH_FAILED)
    counted = [entry.name for entry in filters if any(matches(entry.inputs["pattern"], line) for line in events)]
    if not counted:
        raise RehearsalError("no metric filter counts a request without a key as a security event")
    walk.say("no key → 401", f"logged as {AUTH_FAILED}, counted by {counted[0]}")
    answer = walk.ask("POST", "/v1/procedures?engine=outline", CORPORATE, json=CASE, headers=_headers(walk))
    if answer.status_code != 200:
        raise RehearsalError(f"the company's people are answered with {answer.status_code}")
    walk.say(f"{CORPORATE} → public ALB", "with a key, by the same way")


def _laptop(walk: Walk) -> None:
    """The command line, at the stack's own URL."""
    made = generate(walk, CASE, STRANGER)
    url = walk.graph.outputs["url"]
    walk.say("testgen --server", f"{url} with a key: procedure {made['test_case_id']} with {len(made['steps'])} steps")


def _events(container: Container, event: str, limit_s: float = 10) -> list[dict[str, Any]]:
    """The lines of an event, as soon as there are any: a line may come after the answer that it is about.

    Raises:
        RehearsalError: none comes.
    """
    deadline = time.monotonic() + limit_s
    while not (found := [line for line in _lines(container) if line.get("event") == event]):
        if time.monotonic() > deadline:
            raise RehearsalError(f"container {container.name} logs no {event}")
        time.sleep(0.05)
    return found


def _lines(container: Container) -> list[dict[str, Any]]:
    return [json.loads(line) for line in list(container.lines) if line.startswith("{")]


def _delivered(walk: Walk) -> None:
    """Every line reaches the group that it is meant for, and every JSON line has what a query needs."""
    _events(walk.containers["api"], "procedure")
    time.sleep(0.5)  # the metrics' lines of the last request
    for container in walk.containers.values():
        walk.logs.deliver(container)
        for line in _lines(container):
            if missing := sorted(LINE_KEYS - set(line)):
                raise RehearsalError(f"a line of {container.name} lacks {', '.join(missing)}: {json.dumps(line)[:200]}")
            if line["stack"] != walk.here.stack:
                raise RehearsalError(f"a line of {container.name} says stack {line['stack']!r}")
        found = walk.here.operator.client("logs").filter_log_events(logGroupName=container.log_group)["events"]
        if not found:
            raise RehearsalError(f"{container.log_group} is empty")
        walk.say(f"{container.name} → logs", f"{len(found)} lines in {container.log_group}, as role execution")


def _questions(walk: Walk) -> None:
    """The saved query for the audit finds this request's case in what CloudWatch Logs has by now."""
    saved = walk.graph.of("cloudwatch/queryDefinition:QueryDefinition")
    audit = next(entry.inputs for entry in saved if entry.inputs["name"].endswith("/audit"))
    logs = walk.here.operator.client("logs")
    events = [
        event for group in audit["logGroupNames"] for event in logs.filter_log_events(logGroupName=group)["events"]
    ]
    lines = [json.loads(event["message"]) for event in events if event["message"].startswith("{")]
    found = [line for line in lines if takes(audit["queryString"], line) and line.get("case_id") == CASE["id"]]
    if not found:
        raise RehearsalError(f"the saved query {audit['name']} does not find the case {CASE['id']}")
    walk.say(f"logs → {audit['name']}", f"{len(found)} lines about {CASE['id']}: {found[-1]['outcome']}")


def _metrics(walk: Walk) -> None:
    """The metrics that alarms and scaling look at come out of the lines (Embedded Metric Format)."""
    found: set[str] = set()
    for container in walk.containers.values():
        for line in _lines(container):
            for directive in line.get("_aws", {}).get("CloudWatchMetrics", []):
                if directive["Namespace"] == METRIC_NAMESPACE and line.get(METRIC_DIMENSION) == walk.here.stack:
                    found |= {metric["Name"] for metric in directive["Metrics"]}
    filtered = {
        entry.inputs["metricTransformation"]["name"]
        for entry in walk.graph.of("cloudwatch/logMetricFilter:LogMetricFilter")
    }
    watched = (
        {
            alarm.inputs["metricName"]
            for alarm in walk.graph.of("cloudwatch/metricAlarm:MetricAlarm")
            if alarm.inputs.get("namespace") == METRIC_NAMESPACE
        }
        - filtered
        - {Metric.GPU_MEMORY_USED_PERCENT}
    )  # there is no GPU here
    if missing := sorted(watched - found):
        raise RehearsalError(f"alarms watch {', '.join(missing)}, which no line reports")
    walk.say("logs → metrics", ", ".join(sorted(found)))


def _nothing_refused(walk: Walk) -> None:
    for gate in (walk.task, walk.execution):
        if gate.refused:
            call = gate.refused[0]
            raise RehearsalError(
                f"role {gate.role.name} may not {call.action} on {call.resource}, which the task calls"
            )
