"""What an account has before a stack is built in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SubnetFacts:
    """A subnet that exists. `routes`: range -> the gateway it leads to."""

    zone: str
    routes: Mapping[str, str]
    free: int = 100
    vpc: str = "vpc-0c0ffee0c0ffee0c0"
    own_table: bool = True  # else the VPC's main one routes for it


INTERNET, NAT, COMPANY = "igw-0123456789abcdef0", "nat-0123456789abcdef0", "tgw-0123456789abcdef0"
OUTSIDE = {"0.0.0.0/0": INTERNET}
BEHIND_NAT = {"0.0.0.0/0": NAT, "10.0.0.0/8": COMPANY, "192.168.0.0/16": COMPANY}
# A company's VPC as an account's network team might have made it: two zones, public and private.
SUBNETS = {
    "subnet-0aaaaaaaaaaaaaaa1": SubnetFacts("ap-northeast-1a", OUTSIDE),
    "subnet-0ccccccccccccccc1": SubnetFacts("ap-northeast-1c", OUTSIDE),
    "subnet-0aaaaaaaaaaaaaaa2": SubnetFacts("ap-northeast-1a", BEHIND_NAT),
    "subnet-0ccccccccccccccc2": SubnetFacts("ap-northeast-1c", BEHIND_NAT, own_table=False),
}


@dataclass(frozen=True)
class AccountFacts:
    """An account as the look-ups see it. `kept_volumes`: slot tag -> ids of the volumes there
    already."""

    zones: tuple[str, ...] = ("ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d")
    offering: tuple[str, ...] = ("ap-northeast-1a", "ap-northeast-1c")
    nowhere: tuple[str, ...] = ()  # instance types that no zone has
    quota_vcpus: float = 64
    spot_quota_vcpus: float = 64
    vcpus: int | None = None  # where not given, what a type of that size has
    memory_mib: int | None = None
    kept_volumes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()  # names
    hosted_zone: str | None = "example.jp"  # the name of whatever zone is asked for; None: the zone does not exist
    private_zone: bool = False
    rules_gone: tuple[str, ...] = ()  # of the managed rule groups' pinned versions
    rules_more: tuple[str, ...] = ()
    version_expired: str = ""
    subnets: Mapping[str, SubnetFacts] = field(default_factory=lambda: SUBNETS)
    resolves_names: bool = True
    endpoints: tuple[str, ...] = ()  # services that the VPC has endpoints for, such as `ecr.api`
