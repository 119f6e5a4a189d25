"""The provider protocol (pulumi/proto/provider.proto) for given types. An unknown type or function is an error."""

import json
import os
import secrets
import sys
import traceback
from collections.abc import Mapping
from concurrent import futures
from typing import Any

import grpc
from botocore.exceptions import BotoCoreError, ClientError
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc
from pulumi_aws._utilities import get_version

from rehearsal.providers.aws.kind import Account, Kind, Request
from rehearsal.providers.aws.lookups import look_up
from stackgraph.inputs import unknown_inputs

Properties = dict[str, Any]


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """Creates, reads, updates and deletes in moto. In previews nothing is made, and what AWS computes is unknown."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        self.account = Account("")

    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: N802 - gRPC's names
        return plugin_pb2.PluginInfo(version=get_version())

    def CheckConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: N802
        known = plain(request.args)
        tags = known.get("defaultTags", "{}")
        default = json.loads(tags) if isinstance(tags, str) else tags
        self.account = Account(known.get("region") or os.environ["AWS_DEFAULT_REGION"], default.get("tags", {}))
        return provider_pb2.ConfigureResponse(acceptSecrets=False, supportsPreview=False, acceptResources=False)

    def Invoke(self, request: Any, context: Any) -> Any:  # noqa: N802
        with refusing(context, request.tok):
            found: dict[str, Any] = {"return": message(look_up(self.account, request.tok, plain(request.args)))}
            return provider_pb2.InvokeResponse(**found)

    def Check(self, request: Any, context: Any) -> Any:  # noqa: N802
        token, name = type_and_name(request.urn)
        news, olds = plain(request.news), plain(request.olds)
        problems = [] if token in self.kinds else [f"{token} has no stand-in: add a creator to rehearsal/providers/aws"]
        if not problems and token.startswith("aws:"):
            problems = list(unknown_inputs(token, news))
        kind = self.kinds.get(token)
        if kind and kind.named and kind.named not in news:
            news[kind.named] = olds.get(kind.named) or f"{name}-{secrets.token_hex(4)[:7]}"
        failures = [provider_pb2.CheckFailure(reason=f"{name}: {problem}") for problem in problems]
        return provider_pb2.CheckResponse(inputs=message(news), failures=failures)

    def Diff(self, request: Any, context: Any) -> Any:  # noqa: N802
        token, _ = type_and_name(request.urn)
        before, after = plain(request.old_inputs), plain(request.news)
        ignored = set(request.ignoreChanges)
        changed = sorted(
            key for key in before.keys() | after.keys() if key not in ignored and before.get(key) != after.get(key)
        )
        kind = self.kinds[token]
        replaces = [key for key in changed if "*" in kind.replaces or key in kind.replaces or kind.update is None]
        some, none = provider_pb2.DiffResponse.DIFF_SOME, provider_pb2.DiffResponse.DIFF_NONE
        return provider_pb2.DiffResponse(
            changes=some if changed else none,
            diffs=changed,
            replaces=replaces,
            deleteBeforeReplace=bool(replaces) and kind.delete_first,
        )

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802
        token, name = type_and_name(request.urn)
        inputs = plain(request.properties)
        with refusing(context, name):
            identifier, computed = self.kinds[token].create(Request(self.account, name, inputs))
            return provider_pb2.CreateResponse(id=identifier, properties=message({**inputs, **computed}))

    def Read(self, request: Any, context: Any) -> Any:  # noqa: N802
        token, name = type_and_name(request.urn)
        with refusing(context, name):
            read = self.kinds[token].read
            if read is None:
                raise LookupError(f"{token} cannot be imported here: its stand-in has no `read`")
            inputs, computed = read(self.account, request.id)
            state = {**plain(request.properties), **inputs, **computed}
            return provider_pb2.ReadResponse(id=request.id, properties=message(state), inputs=message(inputs))

    def Update(self, request: Any, context: Any) -> Any:  # noqa: N802
        token, name = type_and_name(request.urn)
        inputs, state = plain(request.news), plain(request.olds)
        with refusing(context, name):
            update = self.kinds[token].update
            assert update, f"{token} is replaced, never updated"
            computed = update(Request(self.account, name, inputs), request.id, state)
            known = {key: value for key, value in state.items() if key not in plain(request.old_inputs)}
            return provider_pb2.UpdateResponse(properties=message({**known, **inputs, **computed}))

    def Delete(self, request: Any, context: Any) -> Any:  # noqa: N802
        token, name = type_and_name(request.urn)
        with refusing(context, name):
            self.kinds[token].delete(self.account, request.id, plain(request.properties))
            return empty_pb2.Empty()

    def Cancel(self, request: Any, context: Any) -> Any:  # noqa: N802
        return empty_pb2.Empty()


class refusing:  # noqa: N801 - reads as a statement
    """Gives what AWS, botocore or a creator refuses to Pulumi as the resource's error."""

    def __init__(self, context: Any, name: str) -> None:
        self.context, self.name = context, name

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if error is None:
            return
        if not isinstance(error, ClientError | BotoCoreError | ValueError | LookupError):
            traceback.print_exception(error, file=sys.stderr)
        said = " ".join(str(error).split()) or type(error).__name__  # on one line, which Pulumi marks as the error
        self.context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"{self.name}: {said}")


def plain(struct: struct_pb2.Struct) -> Properties:
    """A property map as Python's own; null is absence."""
    return {key: value for key, value in json_format.MessageToDict(struct).items() if value is not None}


def message(values: Mapping[str, Any]) -> struct_pb2.Struct:
    """A property map for the wire."""
    struct = struct_pb2.Struct()
    json_format.ParseDict(json.loads(json.dumps(values, default=str)), struct)
    return struct


def type_and_name(urn: str) -> tuple[str, str]:
    """The type token and the name of a URN; the types of parents come before `$`."""
    *_, kind, name = urn.split("::", 3)
    return kind.rsplit("$", 1)[-1], name


def main(kinds: Mapping[str, Kind]) -> None:
    """Serves these types on a port of the system's choice, printed for Pulumi."""
    server = grpc.server(futures.ThreadPoolExecutor(16))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Provider(kinds), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    server.wait_for_termination()
