"""The stack at work: an instance booted, the task started on it, the target registered and healthy."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from rehearsal.cloud import RehearsalError
from rehearsal.gate import Gate, as_role
from rehearsal.instance import Instance, boot, launch, terminate
from rehearsal.listener import leads_to, targets_of
from rehearsal.rehearse import Stage
from rehearsal.task import Container, LogDriver, Runner, Tools, put_on_volume, running
from stackgraph.graph import Graph
from stackgraph.permissions import role_of
from stackgraph.reachability import may_connect


@dataclass
class Walk:
    """A stack at work: its graph, the gates of its roles, and its containers."""

    here: Stage
    graph: Graph
    task: Gate
    execution: Gate
    containers: dict[str, Container]
    logs: LogDriver

    def say(self, hop: str, how: str) -> None:
        """One line of the walk."""
        self.here.say(f"  {hop:<34} {how}")

    @property
    def url(self) -> str:
        """The stack's own."""
        return str(self.graph.outputs["url"])

    def port(self) -> int:
        """The listener's."""
        return int(self.graph.one("lb/listener:Listener").inputs["port"])

    def ask(self, method: str, path: str, source: str, **more: Any) -> httpx.Response:
        """Sends a request as the load balancer would: by its listener, to a registered target, with the name that users know
        and the address that they come from.

        Raises:
            RehearsalError: a security group does not let it in, or the listener leads nowhere.
        """
        if not may_connect(self.graph, source, "alb", self.port()):
            raise RehearsalError(
                f"{source} cannot reach the load balancer on port {self.port()}: no security group rule admits it"
            )
        elb, host = self.here.operator.client("elbv2"), str(urlsplit(self.url).hostname)
        headers = {"Host": host, "X-Forwarded-For": source, **more.pop("headers", {})}
        found = leads_to(elb, self._listener(elb), host, urlsplit(path).path, headers)
        if isinstance(found, httpx.Response):
            return found
        targets = targets_of(elb, found)
        if not targets:
            return httpx.Response(503, text="503 Service Temporarily Unavailable")  # as the load balancer says it
        url = f"http://{targets[0]['Id']}:{targets[0]['Port']}{path}"
        try:
            return httpx.request(method, url, timeout=120, headers=headers, **more)
        except httpx.TransportError as error:  # a target that goes away
            return httpx.Response(502, text=f"502 Bad Gateway ({error})")

    def _listener(self, elb: Any) -> str:
        balancer = self.graph.one("lb/loadBalancer:LoadBalancer").id
        listeners = elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
        return str(next(entry["ListenerArn"] for entry in listeners if entry["Port"] == self.port()))


@contextmanager
def served(here: Stage, graph: Graph, runner: Runner) -> Iterator[Walk]:
    """Boots an instance, starts the task on it, registers it as a target, and waits until it is healthy."""
    instance = booted(here, graph)
    model = pulled(here, graph, instance)
    here.say(f"the model lies on {instance.volume_id}, as after the first pull ({model}, a small one in its name)")
    instance = _another_instance(here, graph, instance, model)
    with at_work(here, graph, instance, runner) as walk:
        yield walk


def pulled(here: Stage, graph: Graph, instance: Instance) -> str:
    """Puts a small model on the instance's volume under the configured name; returns the name."""
    setting = here.operator.client("ssm").get_parameter(Name=f"{graph.outputs['config_path']}/model")
    model = str(setting["Parameter"]["Value"])
    put_on_volume(model, instance.volume, Tools(here.tools.ollama))
    return model


@contextmanager
def at_work(here: Stage, graph: Graph, instance: Instance, runner: Runner) -> Iterator[Walk]:
    """Starts the current task on an instance until it is registered and healthy."""
    task = here.operator.client("ecs").describe_task_definition(
        taskDefinition=graph.one("ecs/taskDefinition:TaskDefinition").outputs["arn"]
    )["taskDefinition"]
    with (
        as_role(here.operator, graph, role_of(graph, "task")) as task_gate,
        as_role(here.operator, graph, role_of(graph, "execution")) as execution,
        running(task["containerDefinitions"], task_gate, instance.volume, runner) as containers,
    ):
        walk = Walk(here, graph, task_gate, execution, containers, LogDriver(execution))
        with _registered(walk):
            _wait_until_healthy(walk)
            yield walk


def booted(here: Stage, graph: Graph) -> Instance:
    """An instance of the first group, with a volume, in the cluster."""
    group = graph.of("autoscaling/group:Group")[0]
    template = graph.one("ec2/launchTemplate:LaunchTemplate").id
    identifier, zone = launch(here.operator, group.id)
    with as_role(here.operator, graph, role_of(graph, "instance")) as gate:
        instance = boot(here.operator, gate, here.tools.awscli, identifier, zone, template)
    here.say(
        f"instance {identifier} in {zone}: attached {instance.volume_id}, mounted it at {instance.mount_point}, joined the cluster"
    )
    return instance


def _another_instance(here: Stage, graph: Graph, first: Instance, model: str) -> Instance:
    """Replaces the instance; whichever volume the next one gets in the zone, the models of the first are still on theirs."""
    terminate(here.operator, first)
    volumes = here.operator.client("ec2").describe_volumes()["Volumes"]
    if first.volume_id not in [volume["VolumeId"] for volume in volumes if volume["State"] == "available"]:
        raise RehearsalError(f"volume {first.volume_id} went with its instance, and {model} with it")
    others = []  # volumes are taken at random: instances that have another keep it until one has the first's
    while (instance := booted(here, graph)).volume_id != first.volume_id:
        others.append(instance)
    for other in others:
        terminate(here.operator, other)
    if not (instance.volume / "models").exists():
        raise RehearsalError(f"{model} did not outlive the instance")
    here.say(f"  {model} outlived instance {first.id}: its volume is attached to {instance.id} now")
    return instance


@contextmanager
def _registered(walk: Walk) -> Iterator[None]:
    """What ECS does while the task runs: the container and port of the service's `loadBalancers`, by the task's address."""
    [balanced] = walk.graph.one("ecs/service:Service").inputs["loadBalancers"]
    where = {
        "TargetGroupArn": balanced["targetGroupArn"],
        "Targets": [{"Id": "127.0.0.1", "Port": int(balanced["containerPort"])}],
    }
    elb = walk.here.operator.client("elbv2")
    elb.register_targets(**where)
    try:
        yield
    finally:
        elb.deregister_targets(**where)


def _wait_until_healthy(walk: Walk, limit_s: float = 60, answered_s: float = 10) -> None:
    """The model is loaded already, so that a service which answers is ready at once: then it has the shorter time."""
    check = walk.graph.one("lb/targetGroup:TargetGroup").inputs["healthCheck"]
    url = f"http://127.0.0.1:{int(walk.graph.one('lb/targetGroup:TargetGroup').inputs['port'])}{check['path']}"
    deadline, said = time.monotonic() + limit_s, "no answer"
    while time.monotonic() < deadline:
        try:
            answer = httpx.get(url)
            said = f"{answer.status_code} {answer.text[:300]}"
            if str(answer.status_code) == check["matcher"]:
                return
            deadline = min(deadline, time.monotonic() + answered_s)
        except httpx.HTTPError as error:
            said = str(error) or said
        if walk.containers["api"].process.poll() is not None:
            said = " ".join(walk.containers["api"].lines[-3:])
            break
        time.sleep(0.2)
    raise RehearsalError(f"the target never passes the health check {check['path']}: {said}")
