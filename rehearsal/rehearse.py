"""From `pulumi stack init` to a served procedure and back to an empty account, as the operator types it."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from rehearsal.cloud import PYTHON, Operator, RehearsalError, account
from rehearsal.forks import forks
from rehearsal.state import deployed
from stackgraph.graph import Graph
from stackgraph.promises import faults
from stacks.preflight.actions import parts

DOMAIN = "testgen.example.jp"
PROTECTION = "testgen:edge.deletion_protection"
# What the stand-ins do for AWS: deleting a group deletes its instances, and a cluster is empty or not.
DONE_BY_AWS = {"ec2:DescribeInstances", "ec2:TerminateInstances", "ecs:ListServices"}


@dataclass(frozen=True)
class Toolbox:
    """The folders of what `make tools` has built."""

    pulumi: Path
    ollama: Path
    awscli: Path

    @classmethod
    def find(cls) -> "Toolbox":
        """Looks them up in the cache of `make tools`; an installed Pulumi is used if there is one.

        Raises:
            RehearsalError: one is not there.
        """
        shared = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "testgen-tools"
        cache = Path(os.environ.get("TEST_TOOLS_DIR") or shared)
        found = {}
        for name in ("pulumi", "ollama", "awscli"):
            complete = [path.parent for path in cache.glob(f"{name}-*/complete")]
            if not complete and not (name == "pulumi" and shutil.which("pulumi")):
                raise RehearsalError(f"{name} is not there: run `make tools`")
            found[name] = max(complete, key=lambda folder: folder.stat().st_mtime) if complete else Path()
        installed = shutil.which("pulumi")
        return cls(Path(installed).parent if installed else found["pulumi"] / "bin", found["ollama"], found["awscli"])


@dataclass
class Stage:
    """An operator at work, what they have told the stack, and the API key that they handed out."""

    operator: Operator
    tools: Toolbox
    say: Callable[[str], None]
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def stack(self) -> str:
        """Which one is rehearsed."""
        return self.operator.stack

    def pulumi(self, *arguments: str) -> str:
        """A command about this stack, said before it runs."""
        self.say(f"$ pulumi {' '.join(arguments)} --stack {self.stack}")
        return self.operator.run(*arguments, "--stack", self.stack)

    def set(self, key: str, value: str) -> None:
        """`pulumi config set` of one field of a section."""
        self.pulumi("config", "set", "--path", key, value)


@contextmanager
def stage(stack: str, tools: Toolbox, say: Callable[[str], None]) -> Iterator[Stage]:
    """A fresh account and a project folder."""
    folder = Path(tempfile.mkdtemp(prefix="testgen-rehearsal-"))
    try:
        with forks(), account(folder) as endpoint:
            yield Stage(Operator(stack, folder, endpoint, tools.pulumi), tools, say)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def on_paper(here: Stage) -> None:
    """Runs the program under mocks first: most faults show in seconds.

    Raises:
        RehearsalError: with each fault.
    """
    command = [*PYTHON, "-W", "ignore", "-m", "rehearsal.paper", here.stack]
    environment = {**here.operator.environment, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
    done = subprocess.run(
        command, cwd=here.operator.project, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RehearsalError(done.stdout.strip() or done.stderr.strip().splitlines()[-1])


def prepare(here: Stage) -> None:
    """`pulumi stack init`, and what an operator of this stack sets before the first `up`."""
    here.say(f"$ pulumi stack init {here.stack}")
    here.operator.run("stack", "init", here.stack)
    # The small model in place of the configured one writes no good procedures, so short attempts are enough.
    here.set("testgen:service.num_predict", "300")
    if here.stack == "phase2":
        zone = here.operator.client("route53").create_hosted_zone(Name=DOMAIN, CallerReference="rehearsal")
        here.set("testgen:edge.domain_name", DOMAIN)
        here.set("testgen:edge.hosted_zone_id", zone["HostedZone"]["Id"].rpartition("/")[2])
        here.say("$ pulumi config set --secret --path testgen:api_keys.rehearsal (by standard input)")
        arguments = ("config", "set", "--secret", "--path", "testgen:api_keys.rehearsal", "--stack", here.stack)
        here.operator.run(*arguments, secret_input=sha256(here.key.encode()).hexdigest())


def bring_up(here: Stage, *, preview: bool = True) -> Graph:
    """`preview`, `up`, and a second `up` that must change nothing; then the checks on what Pulumi says there is.

    Raises:
        RehearsalError: a command failed, the second `up` changed something, or a check found a fault.
    """
    if preview:
        here.pulumi("preview")
    here.pulumi("up", "--yes", "--skip-preview")
    if preview:
        here.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
    graph = deployed(here.operator)
    if found := faults(graph):
        raise RehearsalError("\n".join(found))
    require_no_secret_in_state(here)
    return graph


def require_no_secret_in_state(here: Stage) -> None:
    """Greps the state and the stack's file for every secret.

    Raises:
        RehearsalError: one is readable there.
    """
    words = {here.key, sha256(here.key.encode()).hexdigest()}
    files = [path for path in (here.operator.folder / "state").rglob("*") if path.is_file()]
    for path in [*files, here.operator.project / f"Pulumi.{here.stack}.yaml"]:
        if any(word in path.read_text(errors="replace") for word in words):
            raise RehearsalError(f"a secret stands in clear in {path.name}")


def take_down(here: Stage, *, protected: bool) -> list[str]:
    """`destroy`, after an update where the load balancer is `protected` against deletion; returns what is kept on purpose.

    Raises:
        RehearsalError: something else is left in the account.
    """
    if protected:
        here.say("the load balancer is protected against deletion: an operator lifts that first")
        here.set(PROTECTION, "false")
        here.pulumi("up", "--yes", "--skip-preview")
    here.pulumi("destroy", "--yes", "--skip-preview")
    kept, left = leftovers(here.operator)
    if left:
        raise RehearsalError(f"destroy left {', '.join(left)}")
    require_listed_actions(here)
    return kept


def require_listed_actions(here: Stage) -> None:
    """What was called from first to last is in the list that `make preflight` asks about.

    Raises:
        RehearsalError: an action is not, so an operator would meet it as a refusal in the middle of `up`.
    """
    listed = frozenset[str]().union(*(names for types in parts().values() for names in types.values()))
    called = set(here.operator.calls.read_text(encoding="utf-8").split())
    if others := sorted(called - listed - DONE_BY_AWS):
        raise RehearsalError(f"src/stacks/preflight/actions.yaml does not list {', '.join(others)}")


def leftovers(operator: Operator) -> tuple[list[str], list[str]]:
    """What is in the account: what is kept on purpose, and what should not be there."""
    ec2 = operator.client("ec2")
    ours = [{"Name": "tag:Project", "Values": ["testgen"]}]
    kept = [f"volume {entry['VolumeId']}" for entry in ec2.describe_volumes(Filters=ours)["Volumes"] if _is_data(entry)]
    secret = operator.client("secretsmanager").list_secrets(IncludePlannedDeletion=True)["SecretList"]
    kept += [f"secret {entry['Name']} (can be restored)" for entry in secret if "DeletedDate" in entry]
    keys = [
        operator.client("kms").describe_key(KeyId=entry["KeyId"])["KeyMetadata"]
        for entry in operator.client("kms").list_keys()["Keys"]
    ]
    kept += [
        f"key {entry['KeyId']} ({entry['KeyState']})" for entry in keys if entry["Description"].startswith("testgen")
    ]
    families = operator.client("ecs").list_task_definitions()["taskDefinitionArns"]
    kept += [f"task definition {arn.rpartition('/')[2]}" for arn in families]
    left = [f"secret {entry['Name']}" for entry in secret if "DeletedDate" not in entry]
    left += _names(operator)
    return kept, left


def _clusters(ecs: Any) -> list[dict[str, Any]]:
    """Those that are not deleted: ECS still shows a deleted one for a while."""
    found = ecs.describe_clusters(clusters=ecs.list_clusters()["clusterArns"])["clusters"]
    return [entry for entry in found if entry["status"] == "ACTIVE"]


def _instances(ec2: Any) -> list[dict[str, Any]]:
    alive = [{"Name": "instance-state-name", "Values": ["pending", "running"]}]
    reservations = ec2.describe_instances(Filters=alive)["Reservations"]
    return [entry for reservation in reservations for entry in reservation["Instances"]]


def _is_data(volume: dict[str, Any]) -> bool:
    return any(tag["Key"] == "testgen:data-volume" for tag in volume.get("Tags", []))


def _names(operator: Operator) -> list[str]:
    """Everything of these types; an account in moto has none by default."""
    client = operator.client
    ec2 = client("ec2")
    return [
        *(f"VPC {entry['VpcId']}" for entry in ec2.describe_vpcs()["Vpcs"] if not entry["IsDefault"]),
        *(f"address {entry['AllocationId']}" for entry in ec2.describe_addresses()["Addresses"]),
        *(f"launch template {e['LaunchTemplateName']}" for e in ec2.describe_launch_templates()["LaunchTemplates"]),
        *(f"log group {entry['logGroupName']}" for entry in client("logs").describe_log_groups()["logGroups"]),
        *(
            f"role {entry['RoleName']}"
            for entry in client("iam").list_roles()["Roles"]
            if "aws-service-role" not in entry["Path"]
        ),
        *(f"parameter {entry['Name']}" for entry in client("ssm").describe_parameters()["Parameters"]),
        *(f"cluster {entry['clusterName']}" for entry in _clusters(client("ecs"))),
        *(f"instance {entry['InstanceId']}" for entry in _instances(ec2)),
        *(f"load balancer {e['LoadBalancerName']}" for e in client("elbv2").describe_load_balancers()["LoadBalancers"]),
        *(f"target group {e['TargetGroupName']}" for e in client("elbv2").describe_target_groups()["TargetGroups"]),
        *(
            f"group {e['AutoScalingGroupName']}"
            for e in client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
        ),
        *(f"repository {e['repositoryName']}" for e in client("ecr").describe_repositories()["repositories"]),
        *(f"alarm {e['AlarmName']}" for e in client("cloudwatch").describe_alarms()["MetricAlarms"]),
        *(f"topic {e['TopicArn']}" for e in client("sns").list_topics()["Topics"]),
        *(f"web ACL {e['Name']}" for e in client("wafv2").list_web_acls(Scope="REGIONAL")["WebACLs"]),
    ]
