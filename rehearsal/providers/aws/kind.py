"""What the stand-in knows of a resource type, and the account that it makes resources in."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import boto3

from stacks.preflight.aws import PREFIXES

State = dict[str, Any]
Inputs = Mapping[str, Any]


@dataclass(frozen=True)
class Account:
    """The moto server, by way of boto3, which reads its address from AWS_ENDPOINT_URL."""

    region: str
    default_tags: Mapping[str, str] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        """A client of one service."""
        return _client(service, self.region)

    @property
    def id(self) -> str:
        """The number of the account."""
        return str(_account(self.region))

    def tags(self, inputs: Inputs) -> dict[str, str]:
        """The resource's own tags over those that the provider puts on everything."""
        return {**self.default_tags, **inputs.get("tags", {})}

    def pairs(self, inputs: Inputs, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
        """The same, as most services want them."""
        return [{key: name, value: text} for name, text in self.tags(inputs).items()]


CALLS = "TESTGEN_REHEARSAL_CALLS"  # the file that every call's action is written to


@cache
def _client(service: str, region: str) -> Any:
    make: Callable[..., Any] = boto3.client  # its types want the service as a literal
    client = make(service, region_name=region)
    if CALLS in os.environ:
        client.meta.events.register("before-call", partial(_note, PREFIXES.get(service, service)))
    return client


def _note(prefix: str, model: Any, **_: Any) -> None:
    with open(os.environ[CALLS], "a", encoding="utf-8") as calls:
        calls.write(f"{prefix}:{model.name}\n")


@cache
def _account(region: str) -> str:
    return str(_client("sts", region).get_caller_identity()["Account"])


@dataclass(frozen=True)
class Request:
    """What a creator works on: the account, the resource's name in the program, its inputs."""

    account: Account
    name: str
    inputs: Inputs

    def client(self, service: str) -> Any:
        """A client of one service."""
        return self.account.client(service)


Create = Callable[[Request], tuple[str, State]]  # the id and what AWS computes
Update = Callable[[Request, str, State], State]
Delete = Callable[[Account, str, State], None]
Read = Callable[
    [Account, str], tuple[State, State]
]  # the inputs that a program would have to write, and what AWS computes


def _nothing(account: Account, identifier: str, state: State) -> None:
    """For what goes with another resource."""


@dataclass(frozen=True)
class Kind:
    """A resource type. `named` is the property that gets the resource's name and seven random digits if it is not given.

    `replaces`: inputs whose change makes a new resource (ForceNew in the Terraform provider's schema, which pulumi-aws
    bridges; `*` for all). The others are changed in place by `update`.
    """

    create: Create
    delete: Delete = _nothing
    update: Update | None = None
    read: Read | None = None
    named: str = ""
    replaces: frozenset[str] = frozenset()
    delete_first: bool = False


def changed_by_creating(create: Create) -> Update:
    """For operations named Put: writing again is how it is changed."""

    def update(request: Request, identifier: str, state: State) -> State:
        return create(request)[1]

    return update
