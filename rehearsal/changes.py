"""Change rehearsal: what each change of the configuration updates and replaces, a rollback, and destroy then `up` with what was kept."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rehearsal.cloud import RehearsalError, alone
from rehearsal.instance import Instance
from rehearsal.rehearse import Stage, bring_up, leftovers, take_down
from rehearsal.serving import Walk, at_work, booted, pulled
from rehearsal.state import deployed
from rehearsal.task import FromCheckout, Tools
from rehearsal.walk import CASE
from rehearsal.zones import rehearse_zones
from stackgraph.graph import Graph
from stackgraph.promises.network import CORPORATE, STRANGER

# What must never be replaced or deleted by a change: models, settings, their key, and the logs.
_KEPT = ("ebs/volume:Volume", "cloudwatch/logGroup:LogGroup", "secretsmanager/secret:Secret", "kms/key:Key")
_STEP = re.compile(r"^\s*(\+\+|\+-|-|~|\+)?\s*(aws\S+)\s+(\S+)\s+(created|updated|deleted|replaced)", re.MULTILINE)


@dataclass(frozen=True)
class Change:
    """One setting, and what must come of it."""

    title: str
    key: str
    value: str
    rolls_the_service: bool


CHANGES = (
    Change("another model", "testgen:service.model", "gemma3:4b", True),
    Change("one setting alone", "testgen:service.max_concurrency", "3", True),
    Change("more tasks", "testgen:scaling.min_tasks", "2", False),
    Change("logs for longer", "testgen:logs.retention_days", "90", False),
    Change("another instance type", "testgen:compute.instance_types[0]", "g4dn.2xlarge", False),
)


def rehearse_changes(here: Stage) -> None:
    """Makes each change, shows what it did, takes the first back, then takes the stack down and brings it up again.

    Raises:
        RehearsalError: a change lost something, or did not roll the service.
    """
    graph = bring_up(here, preview=False)
    host = booted(here, graph)
    _require_serving(here, graph, host)
    model = here.operator.client("ssm").get_parameter(Name=f"{graph.outputs['config_path']}/model")["Parameter"][
        "Value"
    ]
    _new_image(here, graph)
    for change in CHANGES:
        here.say(f"change: {change.title}")
        graph = _made(here, graph, change.key, change.value, rolls=change.rolls_the_service)
        if change.rolls_the_service:
            _require_serving(here, graph, host, change.key.rpartition(".")[2], change.value)
    here.say("rollback: the first model again")
    graph = _made(here, graph, CHANGES[0].key, model, rolls=True)
    _require_serving(here, graph, host, "model", model)
    _down_and_up(here, rehearse_zones(here, graph))


def _require_serving(here: Stage, graph: Graph, host: Instance, name: str = "", value: str = "") -> None:
    """The current task serves a procedure with the changed setting."""
    source = CORPORATE if here.stack == "mvp" else STRANGER
    key = {"X-API-Key": here.key} if here.stack == "phase2" else {}
    with alone(here.say), _started(here, graph, host) as found:
        answer = found.ask("POST", "/v1/procedures?engine=outline", source, json=CASE, headers=key)
        if answer.status_code != 200:
            raise RehearsalError(f"no procedure is served: {answer.status_code} {answer.text[:500]}")
        settings = _settings(found.containers["api"].lines)
        if name and str(settings[name]["value"]) != value:
            raise RehearsalError(f"{name} is {settings[name]['value']} in the service, and was set to {value}")
    here.say(f"  serving again{f', {name} = {value}' if name else ''}")


@contextmanager
def _started(here: Stage, graph: Graph, host: Instance) -> Iterator[Walk]:
    pulled(here, graph, host)
    with at_work(here, graph, host, FromCheckout(Tools(here.tools.ollama))) as found:
        yield found


def _settings(lines: list[str]) -> Any:
    """What the service says that it runs with."""
    told = [json.loads(line) for line in lines if '"config_loaded"' in line]
    return told[-1]["settings"]


def _new_image(here: Stage, graph: Graph) -> None:
    """Another tag for the same digest, the harder of two cases: what runs must still be there to pull, and so must what ran."""
    here.say("change: a file of an image")
    with (here.operator.project / "containers/ollama-entrypoint.sh").open("a", encoding="utf-8") as script:
        script.write("\n# changed\n")
    here.pulumi("up", "--yes", "--skip-preview")
    for before, after in zip(graph.of("awsx:ecr:Image"), deployed(here.operator).of("awsx:ecr:Image"), strict=True):
        for uri in (before.outputs["imageUri"], after.outputs["imageUri"]):
            _require_pullable(here, uri)
    here.say("  the image before and the one now can both be pulled")


def _require_pullable(here: Stage, uri: str) -> None:
    repository, _, digest = uri.partition("/")[2].partition("@")
    wanted = [{"imageDigest": digest}]
    found = here.operator.client("ecr").batch_get_image(repositoryName=repository, imageIds=wanted)["images"]
    if not found:
        raise RehearsalError(f"{uri} is gone: a task that starts now cannot pull it")


def _made(here: Stage, before: Graph, key: str, value: str, *, rolls: bool) -> Graph:
    here.set(key, value)
    said = here.pulumi("up", "--yes", "--skip-preview")
    for line in _steps(said):
        here.say(f"  {line}")
    after = deployed(here.operator)
    for kind in _KEPT:
        _require_same(before, after, kind)
    rolled = _task(before) != _task(after)
    if rolls and not rolled:
        raise RehearsalError(
            f"{key} = {value} made no new task definition: the service would go on with the old setting"
        )
    here.say(
        f"  task definition {_task(before)} → {_task(after)}" if rolled else f"  task definition {_task(after)} stays"
    )
    return after


def _steps(said: str) -> list[str]:
    """What the CLI did, but for the stack itself and what is only read again."""
    return list(dict.fromkeys(f"{found[4]} {found[2]} {found[3]}" for found in _STEP.finditer(said)))


def _task(graph: Graph) -> str:
    return str(graph.one("ecs/taskDefinition:TaskDefinition").outputs["arn"]).rpartition("/")[2]


def _require_same(before: Graph, after: Graph, kind: str) -> None:
    """More may come, none may go or be another one."""
    ids = {entry.id for entry in after.of(kind)}
    for entry in before.of(kind):
        if entry.id not in ids:
            raise RehearsalError(f"the change loses {kind.rsplit(':', 1)[1]} {entry.name} ({entry.id})")


def _down_and_up(here: Stage, graph: Graph) -> None:
    """Kept volumes are adopted although the configuration now asks for larger ones; so is a restored secret."""
    volumes = {entry.name: entry.id for entry in graph.of("ebs/volume:Volume")}
    kept = take_down(here)
    here.say(f"kept on purpose: {', '.join(kept)}")
    secret = graph.one("secretsmanager/secret:Secret")
    restorable = secret.inputs["recoveryWindowInDays"] > 0
    if restorable:
        here.say(f"$ aws secretsmanager restore-secret --secret-id {secret.inputs['name']}")
        here.operator.client("secretsmanager").restore_secret(SecretId=secret.inputs["name"])
    here.set("testgen:storage.size_gb", "120")
    here.say("up again: what was kept is adopted")
    again = bring_up(here, preview=False)
    found = {entry.name: entry.id for entry in again.of("ebs/volume:Volume")}
    if found != volumes:
        raise RehearsalError(f"the volumes were {volumes}, and are {found} now: the models are lost")
    here.say(f"  {', '.join(f'{name} is {identifier}' for name, identifier in found.items())}")
    sizes = {
        volume["Size"]
        for volume in here.operator.client("ec2").describe_volumes(VolumeIds=list(found.values()))["Volumes"]
    }
    if sizes != {120}:
        raise RehearsalError(f"the adopted volumes have {sizes} GB, and storage.size_gb is 120")
    _require_serving(here, again, booted(here, again))
    if restorable and again.one("secretsmanager/secret:Secret").id != secret.id:
        raise RehearsalError("the restored secret was not adopted")
    if here.stack == "phase2":
        here.set("testgen:edge.deletion_protection", "false")
    here.pulumi("destroy", "--yes", "--skip-preview")
    _, left = leftovers(here.operator)
    if left:
        raise RehearsalError(f"destroy left {', '.join(left)}")
