"""The questions that people ask of the logs, saved in CloudWatch Logs Insights. Alarms link to them, the dashboard shows four.

A field or an event that the service does not log any more fails tests/stacks/test_queries.py.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from testgen.contract import AUTH_FAILED, PROJECT, Metric

API, OLLAMA, FIREWALL = "api", "ollama", "firewall"  # the parts of components/logs.py whose groups are asked
_LAST_HOUR_S = 3600
_AS_THEY_ARE = frozenset(string.ascii_letters + string.digits + "-._")


@dataclass(frozen=True)
class Query:
    """One question, in the language of Logs Insights. `name` is what people look for; `title` is the heading of its answer."""

    name: str
    title: str
    groups: tuple[str, ...]
    text: str
    alarms: tuple[str, ...] = ()  # those that it explains (alarms.py)
    on_the_dashboard: bool = False

    def saved_as(self, stack: str) -> str:
        """Its name in the console, in a folder of the stack."""
        return f"{PROJECT}-{stack}/{self.name}"


QUERIES = (
    Query(
        "audit",
        "Audit: who had which case written by which model",
        (API,),
        'filter event in ["procedure", "engine_error"]\n'
        "| fields @timestamp, key, case_id, case_sha256, engine, model, outcome, readiness, duration_ms, request_id\n"
        "| sort @timestamp desc\n"
        "| limit 100",
        on_the_dashboard=True,
    ),
    Query(
        "errors-by-code",
        "Errors by code",
        (API, OLLAMA),
        'filter level in ["error", "critical"] or event in ["engine_error", "rate_limited"]\n'
        "| stats count() as times, max(@timestamp) as last by event, outcome, title, error, reason\n"
        "| sort times desc",
        alarms=(
            "find-the-cause-of-5xx-answers",
            "read-the-error-log",
        ),
        on_the_dashboard=True,
    ),
    Query(
        "security-events",
        "Security events: refused keys, names and floods",
        (API,),
        f'filter event in ["{AUTH_FAILED}", "keys_changed", "keys_not_read"]'
        ' or (event = "request" and status in [403, 421, 429])\n'
        "| fields @timestamp, event, client, reason, status, path, known, request_id\n"
        "| sort @timestamp desc\n"
        "| limit 100",
        alarms=("look-into-rejected-keys",),
        on_the_dashboard=True,
    ),
    Query(
        "slowest-procedures",
        "Slowest procedures",
        (API,),
        'filter event = "procedure" and ispresent(duration_ms)\n'
        f"| fields @timestamp, duration_ms, {Metric.FIRST_STEP_LATENCY}, {Metric.OUTPUT_TOKENS_PER_SECOND}, output_tokens,"
        " attempts, steps, model, case_id, key, request_id\n"
        "| sort duration_ms desc\n"
        "| limit 25",
        alarms=("make-answers-faster",),
        on_the_dashboard=True,
    ),
    Query(
        "waiting-requests",
        "Requests at work, waiting and refused",
        (API,),
        'filter event in ["load", "rate_limited"]\n'
        f"| stats max({Metric.IN_FLIGHT}) as working, max({Metric.QUEUED}) as waiting, count(retry_after_s) as refused by bin(5m)",
        alarms=("add-tasks-for-the-queue",),
    ),
    Query(
        "starts-and-models",
        "Starts of the service, and models pulled and loaded",
        (API, OLLAMA),
        'filter event in ["startup", "shutdown", "model_present", "model_pull", "model_import", "model_loaded",'
        ' "model_failed", "server_failed"]\n'
        "| fields @timestamp, event, model, reason, retry_in_s, engine, version\n"
        "| sort @timestamp desc\n"
        "| limit 100",
        alarms=(
            "bring-back-a-healthy-target",
            "start-a-task",
            "find-capacity-for-a-waiting-task",
        ),
    ),
    Query(
        "gpu-and-disk",
        "Use of GPU and data volume",
        (OLLAMA,),
        'filter event = "gpu"\n'
        f"| stats max({Metric.GPU_MEMORY_USED_PERCENT}) as gpu_memory, max(gpu_utilization_percent) as gpu,"
        f" max({Metric.DISK_USED_PERCENT}) as disk by bin(5m)",
        alarms=(
            "grow-or-clear-the-data-volume",
            "use-a-smaller-model",
        ),
    ),
    Query(
        "blocked-requests",
        "Requests that the web ACL blocked",
        (FIREWALL,),
        'filter action = "BLOCK"\n'
        "| stats count() as times, max(@timestamp) as last by httpRequest.clientIp, terminatingRuleId, httpRequest.uri\n"
        "| sort times desc\n"
        "| limit 50",
        alarms=("look-into-blocked-requests",),
    ),
)


def queries(*, behind_a_firewall: bool) -> list[Query]:
    """Those of a stack."""
    return [query for query in QUERIES if behind_a_firewall or FIREWALL not in query.groups]


def explaining(alarm: str) -> Query | None:
    """The one that an alarm links to."""
    return next((query for query in QUERIES if alarm in query.alarms), None)


def link(asked: Query, region: str, groups: Mapping[str, str]) -> str:
    """The console with that question about the last hour. AWS describes the form nowhere: it is what the console itself puts
    into the address line, an object in the notation JSURL with `*` for the percent sign."""
    source = "".join(f"~'{_escaped(groups[part])}" for part in asked.groups)
    detail = f"~(end~0~start~-{_LAST_HOUR_S}~timeType~'RELATIVE~unit~'seconds~editorString~'{_escaped(asked.text)}~source~({source}))"
    home = f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}"
    return f"{home}#logsV2:logs-insights$3FqueryDetail$3D{detail}"


def _escaped(text: str) -> str:
    return "".join(sign if sign in _AS_THEY_ARE else f"*{ord(sign):02x}" for sign in text)


def widgets(asked: Sequence[Query], region: str, groups: Mapping[str, str], below: int) -> list[dict[str, object]]:
    """Their answers as tables of the dashboard, two a row, from the row `below` on."""
    found = []
    for number, entry in enumerate(entry for entry in asked if entry.on_the_dashboard):
        source = " | ".join(f"SOURCE '{groups[part]}'" for part in entry.groups)
        properties = {"title": entry.title, "region": region, "view": "table", "query": f"{source} | {entry.text}"}
        place = {"x": 12 * (number % 2), "y": below + 8 * (number // 2), "width": 12, "height": 8}
        found.append({"type": "log", **place, "properties": properties})
    return found
