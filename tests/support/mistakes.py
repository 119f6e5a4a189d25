"""Mistakes that a developer could make: each is a change of the program's words, and what the rehearsal must say of it."""

import io
import tokenize
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

COMPONENTS = "src/stacks/components"


@dataclass(frozen=True)
class Mistake:
    """`old` stands once in `file`, in whatever layout, and becomes `new`; nothing takes its comma along."""

    title: str
    file: str
    old: str
    new: str
    says: str
    stack: str = "mvp"

    @contextmanager
    def made(self, project: Path) -> Iterator[None]:
        """Puts the mistake into a copy of the project, and mends it in the end."""
        path = project / self.file
        text = path.read_text(encoding="utf-8")
        self.make(project)
        try:
            yield
        finally:
            path.write_text(text, encoding="utf-8")

    def make(self, project: Path) -> None:
        """Puts the mistake into a copy of the project."""
        path = project / self.file
        text = path.read_text(encoding="utf-8")
        program, wanted = words(text), [word.string for word in words(self.old)]
        said = [word.string for word in program]
        places = [at for at in range(len(said)) if said[at : at + len(wanted)] == wanted]
        assert len(places) == 1, f"{self.title}: `{self.old}` stands {len(places)} times in {self.file}, not once"
        lines = text.splitlines(keepends=True)
        first, last = program[places[0]], program[places[0] + len(wanted) - 1]
        start, end = (sum(map(len, lines[: row - 1])) + column for row, column in (first.start, last.end))
        rest = text[end:] if self.new else text[end:].lstrip().removeprefix(",")
        path.write_text(text[:start] + self.new + rest, encoding="utf-8")


def words(code: str) -> list[tokenize.TokenInfo]:
    """The tokens of a program or of a part of one, without what a formatter decides: lines, comments, last commas."""
    layout = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    tokens = [word for word in tokenize.generate_tokens(io.StringIO(code).readline) if word.type not in layout]
    return [word for word, following in pairwise(tokens) if word.string != "," or following.string not in tuple(")]}")]


ON_PAPER = [
    Mistake(
        "hole in a security group", f"{COMPONENTS}/security.py",
        'description="The load balancer, to the API only", referenced_security_group_id=balancer.id',
        'cidr_ipv4="0.0.0.0/0"', "a hole in security group tasks: 0.0.0.0/0 may connect to ports 8000-8000",
    ),
    Mistake(
        "Ollama's port open to the load balancer", f"{COMPONENTS}/security.py",
        'referenced_security_group_id=balancer.id, ip_protocol="tcp", from_port=API_PORT, to_port=API_PORT',
        'referenced_security_group_id=balancer.id, ip_protocol="tcp", from_port=API_PORT, to_port=11434',
        "a hole in security group tasks: alb may connect to Ollama's port 11434",
    ),
    Mistake(
        "wrong port between load balancer and tasks", f"{COMPONENTS}/security.py",
        'referenced_security_group_id=tasks.id, ip_protocol="tcp", from_port=API_PORT, to_port=API_PORT',
        'referenced_security_group_id=tasks.id, ip_protocol="tcp", from_port=8001, to_port=8001',
        "the load balancer cannot reach the tasks on port 8000",
    ),
    Mistake(
        "no HTTPS out of the tasks", f"{COMPONENTS}/security.py", "from_port=443, to_port=443",
        "from_port=80, to_port=80", "security group tasks lets no HTTPS out",
    ),
    Mistake(
        "policy on *", f"{COMPONENTS}/identity.py", 'allow(["secretsmanager:GetSecretValue"], [args.secret_arn])',
        '{"Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"], "Resource": "*"}',
        "allows secretsmanager:GetSecretValue on *",
    ),
    Mistake(
        "missing permission", f"{COMPONENTS}/identity.py", '"ssm:GetParametersByPath"', '"ssm:GetParameter"',
        "role task may not ssm:GetParametersByPath on arn:aws:ssm:",
    ),
    Mistake(
        "secret not readable", f"{COMPONENTS}/identity.py", '"secretsmanager:GetSecretValue"', '"secretsmanager:DescribeSecret"',
        "role task may not secretsmanager:GetSecretValue",
    ),
    Mistake(
        "secret not decryptable", f"{COMPONENTS}/identity.py", 'allow(["kms:Decrypt"], [args.key_arn], through)', "",
        "role task may not kms:Decrypt",
    ),
    Mistake(
        "logs not writable", f"{COMPONENTS}/identity.py", '"logs:CreateLogStream", "logs:PutLogEvents"', '"logs:CreateLogStream"',
        "role execution may not logs:PutLogEvents",
    ),
    Mistake(
        "volumes not attachable", f"{COMPONENTS}/identity.py", '"ec2:AttachVolume"', '"ec2:DetachVolume"',
        "role instance may not ec2:AttachVolume",
    ),
    Mistake(
        "key open to every service", f"{COMPONENTS}/identity.py", "[args.key_arn], through", "[args.key_arn]",
        "role task may kms:Decrypt on arn:aws:kms:",
    ),
    Mistake(
        "volumes of other stacks", f"{COMPONENTS}/identity.py",
        '["ec2:AttachVolume"], [f"{ec2}:volume/*", f"{ec2}:instance/*"], of_this_stack',
        '["ec2:AttachVolume"], [f"{ec2}:volume/*", f"{ec2}:instance/*"]', "role instance may ec2:AttachVolume on",
    ),
    Mistake(
        "service not after its permissions", f"{COMPONENTS}/service.py", "*args.identity.policies", "",
        "the service does not wait for RolePolicy testgen-mvp-execution",
    ),
    Mistake(
        "API as root", "src/stacks/containers.py", '"user": API_USER', "", "container api runs as root, not as 10001:10001",
    ),
    Mistake(
        "GPU missing", "src/stacks/containers.py", '"resourceRequirements": [{"type": "GPU", "value": "1"}]', "",
        "container ollama asks for no GPU",
    ),
    Mistake(
        "missing health check", "src/stacks/containers.py", '"startTimeout": compute.model_start_timeout_s, "healthCheck"',
        '"startTimeout": compute.model_start_timeout_s, "healthCheque"', "container ollama has no health check",
    ),
    Mistake(
        "API that does not wait for the model", "src/stacks/containers.py", '"condition": "HEALTHY"', '"condition": "START"',
        "container api does not wait for ollama to be healthy",
    ),
    Mistake(
        "wrong config path", "src/stacks/containers.py", "CONFIG_PATH: names.config_path",
        'CONFIG_PATH: names.config_path + "s"',
        "container api reads /testgen/mvp/configs, the settings are in /testgen/mvp/config",
    ),
    Mistake(
        "container without the data volume", "src/stacks/containers.py",
        '"mountPoints": [{"sourceVolume": MODELS, "containerPath": MODELS_IN_CONTAINER, "readOnly": False}]', "",
        "container ollama has no volume at /root/.ollama",
    ),
    Mistake(
        "data volume mounted elsewhere", f"{COMPONENTS}/service.py", "host_path=MODELS_ON_HOST", 'host_path="/data"',
        "/root/.ollama is /data of the instance, and the data volume is mounted at /var/lib/testgen/ollama",
    ),
    Mistake(
        "settings that roll nothing", "src/stacks/containers.py", '"testgen.config_sha256": runtime.config_sha256', "",
        "the task definition does not carry config_sha256",
    ),
    Mistake(
        "container missing from the task", "src/stacks/containers.py",
        "return [_ollama(config, runtime), _api(config, names, runtime)]", "return [_api(config, names, runtime)]",
        "container ollama is missing from the task",
    ),
    Mistake(
        "service not after its listener", f"{COMPONENTS}/service.py", "args.edge.listener", "",
        "the service does not wait for Listener testgen-mvp-http",
    ),
    Mistake(
        "volume in another zone", f"{COMPONENTS}/storage.py", "availability_zone=zone", 'availability_zone="ap-northeast-1d"',
        "ap-northeast-1a has 0 data volumes for 3 instances",
    ),
    Mistake(
        "volume deleted with the stack", f"{COMPONENTS}/storage.py", "retain_on_delete=True", "",
        "would be deleted with the stack, and its models with it",
    ),
    Mistake(
        "log group name", "src/stacks/naming.py", '"/aws/ecs/fastapi-app"', '"/aws/ecs/fastapi"',
        "there is no log group /aws/ecs/fastapi-app for api",
    ),
    Mistake(
        "load balancer in private subnets", "src/stacks/program.py", "network.public_subnet_ids, group, secret",
        "network.private_subnet_ids, group, secret", "which is no public subnet",
    ),
    Mistake(
        "misspelt nested key", f"{COMPONENTS}/service.py",
        "aws.ecs.ServiceDeploymentCircuitBreakerArgs(enable=True, rollback=True)", "dict(enable=True, rolback=True)",
        "deploymentCircuitBreaker.rolback is unknown",
    ),
    Mistake(
        "port 80 open on the internet", f"{COMPONENTS}/security.py", "from_port=args.port", "from_port=80",
        "security group alb admits port 80, where no listener is", "phase2",
    ),
]  # fmt: skip
AT_UP = [
    Mistake(
        "retention 31", f"{COMPONENTS}/logs.py", "retention_in_days=args.retention_days", "retention_in_days=31",
        "retentionInDays 31 is not one of 1, 3, 5",
    ),
    Mistake(
        "wrong container port", "src/stacks/containers.py", '"containerPort": API_PORT, "hostPort": API_PORT',
        '"containerPort": 8080, "hostPort": 8080', "The container 'api' did not have container port 8000 defined",
    ),
    Mistake(
        "container that is not in the task", f"{COMPONENTS}/service.py", "container_name=API", 'container_name="web"',
        "The container 'web' does not exist in the task definition",
    ),
    Mistake(
        "misspelt key of a container", "src/stacks/containers.py", '"essential": True', '"esential": True',
        'Unknown parameter in containerDefinitions[0]: "esential"',
    ),
    Mistake(
        "wrong reference", "src/stacks/roles.py", "role=role.id", 'role="no-such-role"', "no-such-role",
    ),
    Mistake(
        "HTTPS without a certificate", f"{COMPONENTS}/edge.py", "certificate_arn=self._certificate(name, config)", "",
        "A certificate must be specified for HTTPS listeners", "phase2",
    ),
]  # fmt: skip
ON_THE_WALK = [
    Mistake(
        "unroutable endpoint", "src/stacks/defaults.py", '"ollama_base_url": OLLAMA_URL',
        '"ollama_base_url": "http://127.0.0.1:11435"', "11435",
    ),
    Mistake(
        "wrong health check path", f"{COMPONENTS}/edge.py", "path=READY_PATH,", 'path="/ready",',
        "the target never passes the health check /ready: 421",  # no health path, so an address is no name for it
    ),
]  # fmt: skip
