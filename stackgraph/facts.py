"""What an account has before a stack is built in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AccountFacts:
    """An account as the look-ups see it. `kept_volumes`: slot tag -> ids of volumes that lie there
    already."""

    zones: tuple[str, ...] = ("ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d")
    offering: tuple[str, ...] = ("ap-northeast-1a", "ap-northeast-1c")
    nowhere: tuple[str, ...] = ()  # instance types that no zone has
    quota_vcpus: float = 64
    vcpus: int | None = None  # where not given, what a type of that size has
    memory_mib: int | None = None
    kept_volumes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()  # names
    hosted_zone: str | None = "example.jp"  # the name of whatever zone is asked for; none: there is no such zone
    private_zone: bool = False
    rules_gone: tuple[str, ...] = ()  # of the managed rule groups' pinned versions
    rules_more: tuple[str, ...] = ()
    version_expired: str = ""
