"""The stacks and their variants, each run once under mocks."""

import json
from functools import cache
from typing import Any

from stackgraph.recorder import Graph, record, stack_file
from stacks.sections import ComputeConfig

COMPANY_ROLES = {"permissions_boundary": "arn:aws:iam::123456789012:policy/boundary", "role_prefix": "qa-"}
OWN_NAME = {"domain_name": "testgen.example.jp", "hosted_zone_id": "Z0123456789EXAMPLE"}
OIDC = {
    "issuer": "https://login.example.jp/company",
    "authorization_endpoint": "https://login.example.jp/company/authorize",
    "token_endpoint": "https://login.example.jp/company/token",
    "user_info_endpoint": "https://login.example.jp/company/userinfo",
    "client_id": "testgen",
}
PROXY: dict[str, Any] = {
    "url": "http://10.20.0.9:3128",
    "range": "10.20.0.0/24",
    "no_proxy": [".amazonaws.com"],
    "extra_ca": "tests/data/company-ca.pem",
}
VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "transit-gateway": (
        "mvp",
        {
            "corporate_network": {
                "ranges": ["10.0.0.0/8", "192.168.0.0/16"],
                "transit_gateway_id": "tgw-0123456789abcdef0",
            }
        },
    ),
    "vpn-gateway": (
        "mvp",
        {"corporate_network": {"ranges": ["10.0.0.0/8"], "vpn_gateway_id": "vgw-0123456789abcdef0"}},
    ),
    "given-certificate": (
        "phase2",
        {
            "edge": {
                "domain_name": "testgen.example.jp",
                "certificate_arn": "arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b2c3d",
            }
        },
    ),
    "given-images": (
        "mvp",
        {
            "images": {
                "api_uri": "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/qa/api@sha256:" + "a" * 64,
                "ollama_uri": "docker.io/ollama/ollama@sha256:" + "b" * 64,
            }
        },
    ),
    "shared-account": ("mvp", {"logs": {"shared_account": True}}),
    "in-place": ("mvp", {"scaling": {"deployment": "in_place", "max_tasks": 1}}),
    "sleeping": (
        "mvp",
        {"scaling": {"sleep": {"start": "cron(0 20 ? * MON-FRI *)", "end": "cron(0 8 ? * MON-FRI *)"}}},
    ),
    "spot": (
        "mvp",
        {"compute": {"spot": {}}, "scaling": {"max_tasks": 1, "sleep": {"start": "cron(0 20 ? * * *)"}}},
    ),
    "spot-above-a-base": (
        "phase2",
        {
            "compute": {"spot": {"on_demand_base": 1}},
            "scaling": {"sleep": {"start": "cron(0 22 ? * * *)", "end": "cron(0 7 ? * MON-FRI *)"}},
        },
    ),
    "smoke-test": ("mvp", {"scaling": {"smoke_test": {}}}),
    "blue-green": (
        "phase2",
        {
            "scaling": {"deployment": "blue_green", "smoke_test": {}},
            "api_keys": {"smoke": "e" * 64},
            "smoke_key": "the key itself",
        },
    ),
    "login": ("phase2", {"edge": {**OWN_NAME, "oidc": OIDC}, "oidc_client_secret": "the client's secret"}),
    "endpoints": ("mvp", {"network": {"interface_endpoints": True}}),
    "watched": ("mvp", {"monitoring": {"emails": ["qa@example.com"], "monthly_budget_usd": 500}}),
    "existing-network": (
        "mvp",
        {
            "network": {
                "vpc_id": "vpc-0c0ffee0c0ffee0c0",
                "private_subnet_ids": ["subnet-0ccccccccccccccc2", "subnet-0aaaaaaaaaaaaaaa2"],
            },
            "corporate_network": {"ranges": ["10.0.0.0/8"]},
            "identity": COMPANY_ROLES,
            "proxy": PROXY,
        },
    ),
    "existing-network-public": (
        "phase2",
        {
            "network": {
                "vpc_id": "vpc-0c0ffee0c0ffee0c0",
                "public_subnet_ids": ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0ccccccccccccccc1"],
                "private_subnet_ids": ["subnet-0aaaaaaaaaaaaaaa2", "subnet-0ccccccccccccccc2"],
            },
            "identity": COMPANY_ROLES,
        },
    ),
    "key-holders": ("phase2", {"api_keys": {"ci": "c" * 64, "yamada": "d" * 64}}),
}


def configuration(stack: str, **changes: Any) -> dict[str, str]:
    """The committed stack file with other sections laid over it."""
    return {**stack_file(stack), **{f"testgen:{name}": json.dumps(value) for name, value in changes.items()}}


def instance_type(stack: str) -> str:
    """The type that a stack's instances have first: the stack file's choice, else the default."""
    chosen = json.loads(stack_file(stack).get("testgen:compute", "{}"))
    return str(ComputeConfig(**chosen).instance_types[0])


@cache
def graph_of(name: str) -> Graph:
    """A committed stack (`mvp`, `phase2`) or one of the variants."""
    stack, changes = VARIANTS.get(name, (name, {}))
    return record(stack, configuration(stack, **changes))
