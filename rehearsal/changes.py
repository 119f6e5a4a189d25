"""Change rehearsal: what each change of the configuration updates and replaces, a rollback, and destroy then `up` with what was kept."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rehearsal.cloud import RehearsalError, alone
from rehearsal.instance import Instance
from rehearsal.rehearse import PROTECTION, Stage, bring_up, leftovers, take_down
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


MODEL, SETTING = "testgen:service.model", "testgen:service.max_concurrency"
# None of them restarts the service, so one update makes them all.
QUIET = (
    ("more tasks", "testgen:scaling.min_tasks", "2"),
    ("logs for longer", "testgen:logs.retention_days", "90"),
    ("another instance type", "testgen:compute.instance_types[0]", "g4dn.2xlarge"),
)


def rehearse_changes(here: Stage) -> None:
    """Makes changes, shows what they did, takes one back, then takes the stack down and brings it up again.

    Raises:
        RehearsalError: a change lost something, did not roll the service, or rolled it for nothing.
    """
    graph = bring_up(here, preview=False)
    host = booted(here, graph)
    first = _model(here, graph)
    graph = _quiet_changes(here, graph)
    for title, key, value in (("one setting alone", SETTING, "3"), ("another model", MODEL, "gemma3:4b")):
        here.say(f"change: {title}")
        here.set(key, value)
        graph = _made(here, graph, rolls=True)
        _require_serving(here, graph, host, key.rpartition(".")[2], value)
    graph = _taken_back(here, graph, host, first)
    _down_and_up(here, graph)


def _model(here: Stage, graph: Graph) -> str:
    path = f"{graph.outputs['config_path']}/model"
    return str(here.operator.client("ssm").get_parameter(Name=path)["Parameter"]["Value"])


def _quiet_changes(here: Stage, graph: Graph) -> Graph:
    """Another tag for the same digest, the harder of two cases: what runs must still be there to pull, and so must what ran."""
    here.say(f"changes: a file of an image, {', '.join(title for title, _, _ in QUIET)}")
    with (here.operator.project / "containers/ollama-entrypoint.sh").open("a", encoding="utf-8") as script:
        script.write("\n# changed\n")
    for _, key, value in QUIET:
        here.set(key, value)
    after = _made(here, graph, rolls=False)
    for image in (*graph.of("awsx:ecr:Image"), *after.of("awsx:ecr:Image")):
        _require_pullable(here, image.outputs["imageUri"])
    here.say("  the image before and the one now can both be pulled")
    return after


def _taken_back(here: Stage, graph: Graph, host: Instance, model: str) -> Graph:
    """The first model again, by the update that begins with the zones as well."""
    here.say("rollback: the first model again")
    here.set(MODEL, model)
    if here.stack == "phase2":
        here.say("the load balancer is protected against deletion: the operator lifts that, too")
        here.set(PROTECTION, "false")
    after = rehearse_zones(here, graph)
    _require_nothing_lost(graph, after)
    _require_rolled(graph, after, rolls=True)
    _require_serving(here, after, host, "model", model)
    return after


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


def _require_pullable(here: Stage, uri: str) -> None:
    repository, _, digest = uri.partition("/")[2].partition("@")
    wanted = [{"imageDigest": digest}]
    found = here.operator.client("ecr").batch_get_image(repositoryName=repository, imageIds=wanted)["images"]
    if not found:
        raise RehearsalError(f"{uri} is gone: a task that starts now cannot pull it")


def _made(here: Stage, before: Graph, *, rolls: bool) -> Graph:
    said = here.pulumi("up", "--yes", "--skip-preview")
    for line in _steps(said):
        here.say(f"  {line}")
    after = deployed(here.operator)
    _require_nothing_lost(before, after)
    _require_rolled(before, after, rolls=rolls)
    here.say(
        f"  task definition {_task(before)} → {_task(after)}" if rolls else f"  task definition {_task(after)} stays"
    )
    return after


def _require_rolled(before: Graph, after: Graph, *, rolls: bool) -> None:
    rolled = _task(before) != _task(after)
    if rolls and not rolled:
        raise RehearsalError("the change made no new task definition: the service would go on with the old setting")
    if rolled and not rolls:
        raise RehearsalError(f"{_task(after)} replaces {_task(before)}: the service restarts for nothing")


def _steps(said: str) -> list[str]:
    """What the CLI did, but for the stack itself and what is only read again."""
    return list(dict.fromkeys(f"{found[4]} {found[2]} {found[3]}" for found in _STEP.finditer(said)))


def _task(graph: Graph) -> str:
    return str(graph.one("ecs/taskDefinition:TaskDefinition").outputs["arn"]).rpartition("/")[2]


def _require_nothing_lost(before: Graph, after: Graph) -> None:
    """More may come, none may go or be another one."""
    for kind in _KEPT:
        ids = {entry.id for entry in after.of(kind)}
        for entry in before.of(kind):
            if entry.id not in ids:
                raise RehearsalError(f"the change loses {kind.rsplit(':', 1)[1]} {entry.name} ({entry.id})")


def _down_and_up(here: Stage, graph: Graph) -> None:
    """Kept volumes are adopted although the configuration now asks for larger ones; so is a restored secret."""
    volumes = {entry.name: entry.id for entry in graph.of("ebs/volume:Volume")}
    kept = take_down(here, protected=False)
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
    here.pulumi("destroy", "--yes", "--skip-preview")
    _, left = leftovers(here.operator)
    if left:
        raise RehearsalError(f"destroy left {', '.join(left)}")
