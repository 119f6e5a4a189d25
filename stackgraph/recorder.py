"""Mocks that remember every registration request: inputs, parents, dependencies, and the options that Pulumi's mocks drop."""

import asyncio
import os
import runpy
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pulumi
import yaml
from google.protobuf import empty_pb2
from pulumi.runtime import mocks, rpc, settings
from pulumi.runtime.proto import resource_pb2
from pulumi.runtime.stack import run_in_stack
from pulumi.runtime.sync_await import _sync_await

from stackgraph.answers import AccountFacts, attributes, look_up
from stackgraph.awsx import key_of, vpc_children
from stackgraph.given import NotThereError
from stackgraph.given import resources as given_resources
from stackgraph.graph import Graph, Resource

__all__ = ["ROOT", "Graph", "Resource", "record", "stack_file"]

ROOT = Path(__file__).resolve().parents[1]
PROJECT = "testgen"
PLACEHOLDER, DOMAIN = "testgen.example.com", "testgen.example.jp"
_SECRET = rpc._special_secret_sig
_RESOURCE = rpc._special_resource_sig
_ONE_RUN_AT_A_TIME = threading.Lock()


class _Answers(mocks.Mocks):
    def __init__(self, facts: AccountFacts) -> None:
        self.facts = facts

    def call(self, args: mocks.MockCallArgs) -> Any:
        try:
            return look_up(self.facts, args.token, args.args)
        except NotThereError as error:
            return {}, [(args.token, str(error))]

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        return attributes(args.typ, args.name, args.inputs, args.resource_id or "")


class _Monitor(mocks.MockMonitor):
    """Adds the recording, and the children of awsx's Vpc."""

    def __init__(self, answers: _Answers, graph: Graph) -> None:
        super().__init__(answers)
        self.graph = graph
        self._lock = threading.Lock()  # registrations come from a thread pool

    def Invoke(self, request: Any) -> Any:  # noqa: N802 - gRPC's name
        with _loop_of_this_thread():
            response = mocks.MockMonitor.Invoke(self, request)
            answer = rpc.deserialize_properties(getattr(response, "return"))
            self.graph.given += given_resources(request.tok, answer) if answer else ()
            return response

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802
        with self._lock, _loop_of_this_thread():
            if request.type == "pulumi:pulumi:Stack":
                return mocks.MockMonitor.RegisterResource(self, request)
            if request.type == "awsx:ec2:Vpc":
                return self._vpc(request)
            response = mocks.MockMonitor.RegisterResource(self, request)
            self._record(request, response.urn)
            return response

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802
        if request.urn.split("::")[2] == "pulumi:pulumi:Stack":  # components register outputs too
            with _loop_of_this_thread():
                self.graph.outputs = rpc.deserialize_properties(request.outputs)
        return empty_pb2.Empty()

    def _record(self, request: Any, urn: str) -> None:
        registered = self.resources[urn]
        options = {
            "protect": request.protect,
            "ignore_changes": list(request.ignoreChanges),
            "retain_on_delete": request.retainOnDelete,
            "import_id": request.importId,
            "timeouts": {"create": request.customTimeouts.create, "update": request.customTimeouts.update},
            "provider": request.provider,
        }
        self.graph.resources.append(
            Resource(
                urn=urn,
                kind=request.type,
                name=request.name,
                id=registered.id or "",
                inputs=_plain(rpc.deserialize_properties(request.object)),
                outputs=_plain(registered.state),
                parent=request.parent,
                dependencies=frozenset(request.dependencies),
                options=options,
                secret_inputs=frozenset(_secret_keys(request.object)),
                custom=request.custom,
            )
        )

    def _vpc(self, request: Any) -> Any:
        """Registers the component and its children, and answers with references to them, as awsx does."""
        args = rpc.deserialize_properties(request.object)
        urn = self.make_urn(request.parent, request.type, request.name)
        self.resources[urn] = mocks.MockMonitor.ResourceRegistration(urn, "", {})
        self._record(request, urn)
        ids: dict[str, str] = {}
        urns: dict[str, str] = {}
        tables: list[dict[str, Any]] = []
        subnets: dict[str, list[str]] = {"public": [], "private": []}
        for child in vpc_children(request.name, args):
            wanted = {key: value["ref"] for key, value in child.inputs.items() if _is_reference(value)}
            inputs = {**child.inputs, **{key: ids[name] for key, name in wanted.items()}}
            child_urn = self.make_urn(urn, child.kind, child.name)
            identifier, state = attributes(child.kind, child.name, inputs)
            ids[key_of(child)], urns[key_of(child)] = identifier, child_urn
            self.resources[child_urn] = mocks.MockMonitor.ResourceRegistration(child_urn, identifier, state)
            self.graph.resources.append(
                Resource(
                    child_urn,
                    child.kind,
                    child.name,
                    identifier,
                    inputs,
                    state,
                    parent=urn,
                    dependencies=frozenset(urns[name] for name in wanted.values()),
                )
            )
            if child.kind.endswith(":RouteTable"):
                tables.append({_RESOURCE_KEY: _RESOURCE, "urn": child_urn, "id": identifier})
            if child.kind.endswith(":Subnet"):
                subnets[str(inputs["tags"]["SubnetType"]).lower()].append(identifier)
        outputs = {
            "vpcId": ids[request.name],
            "publicSubnetIds": subnets["public"],
            "privateSubnetIds": subnets["private"],
        }
        answer = _sync_await(rpc.serialize_properties(outputs, {}))
        answer.update({"routeTables": tables})
        return resource_pb2.RegisterResourceResponse(urn=urn, id="", object=answer)


@contextmanager
def _loop_of_this_thread() -> Iterator[None]:
    """An event loop for a worker thread, closed again: Pulumi would make one and leave it open."""
    if threading.current_thread() is threading.main_thread():
        yield
        return
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()


_RESOURCE_KEY = rpc._special_sig_key


def _is_reference(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"ref"}


def _secret_keys(struct: Any) -> Iterator[str]:
    for key, value in struct.fields.items():
        if (
            value.struct_value.fields[_RESOURCE_KEY].string_value == _SECRET
            if value.HasField("struct_value")
            else False
        ):
            yield key


def _plain(value: Any) -> Any:
    """Secrets as their values: tests look at them, and ask `secret_inputs` whether they were marked."""
    if isinstance(value, Mapping):
        if value.get(_RESOURCE_KEY) == _SECRET:
            return _plain(value["value"])
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value


def stack_file(stack: str) -> dict[str, str]:
    """The committed configuration of a stack, as Pulumi hands it to a program: structured values are JSON texts. A name
    replaces the placeholder in the file, which is refused."""
    import json

    text = (ROOT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text.replace(PLACEHOLDER, DOMAIN))["config"]
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in content.items()}


def record(stack: str, config: Mapping[str, str] | None = None, facts: AccountFacts | None = None) -> Graph:
    """Runs `src/stacks/__main__.py` for a stack; `config` are all its keys, by default the committed file's.

    Raises:
        pulumi.RunError: the program refused its configuration.
    """
    graph = Graph(stack, dict(stack_file(stack) if config is None else config))
    with _ONE_RUN_AT_A_TIME, _runtime(graph, facts or AccountFacts()) as loop:
        loop.run_until_complete(run_in_stack(_run_program))
    return graph


def _run_program() -> None:
    runpy.run_path(str(ROOT / "src" / "stacks"), run_name="__main__")


@contextmanager
def _runtime(graph: Graph, facts: AccountFacts) -> Iterator[asyncio.AbstractEventLoop]:
    """A fresh Pulumi runtime: nothing of an earlier run may be left in it."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    before, here = os.environ.get("PULUMI_ERROR_OUTPUT_STRING"), Path.cwd()
    os.environ["PULUMI_ERROR_OUTPUT_STRING"] = "true"  # an Output inside an f-string is an error, not a text
    os.chdir(ROOT / "src" / "stacks")  # where Pulumi runs a program with `main`
    settings.reset_options()
    settings.SETTINGS.outputs.clear()
    mocks.set_mocks(
        _Answers(facts), project=PROJECT, stack=graph.stack, preview=False, monitor=_Monitor(_Answers(facts), graph)
    )
    settings.ROOT.set(None)  # mocks make a stack of their own
    pulumi.runtime.set_all_config(dict(graph.config), [])
    try:
        yield loop
    finally:
        os.chdir(here)
        if before is None:
            del os.environ["PULUMI_ERROR_OUTPUT_STRING"]
        settings.reset_options()
        loop.close()
        asyncio.set_event_loop(None)
