"""AWS as a role sees it: a proxy before moto that evaluates the role's policies for each call, and refuses what they do not allow."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import httpx

from rehearsal.cloud import Operator
from stackgraph.graph import Graph, Resource
from stackgraph.permissions import allowed

_SCOPE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")
_PREFIXES = {"AmazonSSM": "ssm"}


@dataclass(frozen=True)
class Call:
    """One action on one resource, and the condition keys that AWS would fill in."""

    action: str
    resource: str
    context: dict[str, str] = field(default_factory=dict)


@dataclass
class Gate:
    """What a role asked for, and what of it was refused."""

    role: Resource
    graph: Graph
    operator: Operator
    url: str = ""
    asked: list[Call] = field(default_factory=list)
    refused: list[Call] = field(default_factory=list)

    def admits(self, service: str, action: str, parameters: dict[str, Any]) -> bool:
        """Evaluates one request; every resource that it touches must be allowed."""
        calls = list(_calls(self.operator, service, action, parameters))
        denied = [
            call for call in calls if not allowed(self.graph, self.role, call.action, call.resource, call.context)
        ]
        self.asked += calls
        self.refused += denied
        return not denied


def _calls(operator: Operator, service: str, action: str, parameters: dict[str, Any]) -> Iterator[Call]:
    """The resources of a request (Service Authorization Reference)."""
    arn = f"arn:aws:{{}}:ap-northeast-1:{operator.account_id}:{{}}".format
    name = f"{service}:{action}"
    match name:
        case "ssm:GetParametersByPath":
            yield Call(name, arn("ssm", f"parameter{parameters['Path'].rstrip('/')}"))
        case "secretsmanager:GetSecretValue":
            secret = operator.client("secretsmanager").describe_secret(SecretId=parameters["SecretId"])
            yield Call(name, secret["ARN"])
            through = {"kms:ViaService": "secretsmanager.ap-northeast-1.amazonaws.com"}
            yield Call("kms:Decrypt", secret["KmsKeyId"], through)
        case "logs:CreateLogStream" | "logs:PutLogEvents":
            stream = f"log-group:{parameters['logGroupName']}:log-stream:{parameters['logStreamName']}"
            yield Call(name, arn("logs", stream))
        case "ecr:BatchGetImage":
            yield Call(name, arn("ecr", f"repository/{parameters['repositoryName']}"))
        case "ec2:AttachVolume":
            for kind in ("Volume", "Instance"):
                identifier = parameters[f"{kind}Id"]
                yield Call(name, arn("ec2", f"{kind.lower()}/{identifier}"), _tags(operator, identifier))
        case "autoscaling:SetInstanceHealth":
            yield _health(operator, name, parameters["InstanceId"])
        case _:
            yield Call(name, "*")


def _tags(operator: Operator, identifier: str) -> dict[str, str]:
    filters = [{"Name": "resource-id", "Values": [identifier]}]
    tags = operator.client("ec2").describe_tags(Filters=filters)["Tags"]
    return {f"aws:ResourceTag/{entry['Key']}": entry["Value"] for entry in tags}


def _health(operator: Operator, action: str, instance: str) -> Call:
    groups = operator.client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
    group = next(entry for entry in groups if instance in [member["InstanceId"] for member in entry["Instances"]])
    tags = {f"aws:ResourceTag/{entry['Key']}": entry["Value"] for entry in group["Tags"]}
    return Call(action, group["AutoScalingGroupARN"], tags)


@contextmanager
def as_role(operator: Operator, graph: Graph, role: Resource) -> Iterator[Gate]:
    """Serves AWS to what has the role; `Gate.url` is the endpoint."""
    gate = Gate(role, graph, operator)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(gate))
    gate.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield gate
    finally:
        server.shutdown()
        server.server_close()


def _handler(gate: Gate) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            service, action, parameters = _request(dict(self.headers), body)
            if gate.admits(service, action, parameters):
                answer = httpx.post(gate.operator.endpoint, content=body, headers=dict(self.headers), timeout=30)
                self._answer(answer.status_code, answer.content, answer.headers.get("content-type", ""))
            else:
                self._answer(*_denied(service, action, gate.role.name))

        def _answer(self, status: int, content: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def _request(headers: dict[str, str], body: bytes) -> tuple[str, str, dict[str, Any]]:
    """Service, action and parameters, in the JSON or the query protocol."""
    lower = {key.lower(): value for key, value in headers.items()}
    found = _SCOPE.search(lower.get("authorization", ""))
    service = found[1] if found else "unknown"
    if target := lower.get("x-amz-target"):
        return service, target.rpartition(".")[2], json.loads(body or b"{}")
    form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
    return service, form.pop("Action", "unknown"), form


def _denied(service: str, action: str, role: str) -> tuple[int, bytes, str]:
    said = f"role {role} is not authorized to perform: {service}:{action}"
    if service in ("ec2", "autoscaling"):
        xml = f"<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>{said}</Message></Error></Errors></Response>"
        return 403, xml.encode(), "text/xml"
    return 400, json.dumps({"__type": "AccessDeniedException", "message": said}).encode(), "application/x-amz-json-1.1"
