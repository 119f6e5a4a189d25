"""What the fields of the sections have in common: checks of a value, each with the remedy, and the base of a section."""

import ipaddress
import re

from pydantic import AfterValidator, BaseModel, ConfigDict

WIDEST_CORPORATE_PREFIX = 8
# Retention periods that CloudWatch Logs knows (PutRetentionPolicy).
RETENTION_DAYS = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545,
    731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip
# Families with an NVIDIA GPU that the ECS GPU image drives (EC2 accelerated computing instances).
_GPU_FAMILY = re.compile(r"(g4dn|g5|g6|g6e|gr6|p3|p3dn|p4d|p4de|p5|p5e|p5en|g7e)\.[a-z0-9]+")

# Reserved for documentation and tests (RFC 2606).
_NOBODYS = (".example.com", ".example.net", ".example.org", ".example", ".test", ".invalid", ".localhost")


def cidr(value: str) -> str:
    """An IPv4 range."""
    try:
        ipaddress.IPv4Network(value)
    except ValueError as error:
        raise ValueError(f"is not an IPv4 range such as 172.28.0.0/16: {error}") from None
    return value


def corporate_range(value: str) -> str:
    """A range of the company, not wider than one can own."""
    if ipaddress.ip_network(cidr(value)).prefixlen < WIDEST_CORPORATE_PREFIX:
        raise ValueError(
            f"is wider than /{WIDEST_CORPORATE_PREFIX}, more than a company owns: name the ranges themselves"
        )
    return value


def vpc_range(value: str) -> str:
    """A range that AWS and two zones can live with."""
    if not 16 <= ipaddress.ip_network(cidr(value)).prefixlen <= 22:
        raise ValueError("a VPC of two or more zones wants a range from /16 to /22")
    return value


def gpu_type(value: str) -> str:
    """An instance type with an NVIDIA GPU."""
    if not _GPU_FAMILY.fullmatch(value):
        raise ValueError("has no NVIDIA GPU that the ECS image drives: choose e.g. g4dn.xlarge, g5.xlarge or g6.xlarge")
    return value


def own_name(value: str) -> str:
    """A name that somebody can have."""
    if value.endswith(_NOBODYS) or value in (name.lstrip(".") for name in _NOBODYS):
        raise ValueError("is the stack file's placeholder, a name that nobody can have: write your own")
    return value


def retention(value: int) -> int:
    """Days that CloudWatch Logs can keep for."""
    if value not in RETENTION_DAYS:
        raise ValueError(
            f"CloudWatch Logs keeps for one of {', '.join(map(str, RETENTION_DAYS))} days: choose one of them"
        )
    return value


def identifier(prefix: str) -> AfterValidator:
    """An id of AWS, such as `vpc-0123456789abcdef0` for `vpc`."""

    def check(value: str) -> str:
        if not re.fullmatch(prefix + r"-[0-9a-f]{8,17}", value):
            raise ValueError(f"is not an id such as {prefix}-0123456789abcdef0")
        return value

    return AfterValidator(check)


def arn(service: str) -> AfterValidator:
    """The ARN of a regional resource of that service."""

    def check(value: str) -> str:
        if not re.fullmatch(rf"arn:aws[a-z-]*:{service}:[a-z0-9-]+:\d{{12}}:.+", value):
            raise ValueError(f"is not an ARN such as arn:aws:{service}:ap-northeast-1:123456789012:…")
        return value

    return AfterValidator(check)


def policy_arn(value: str) -> str:
    """The ARN of a customer-managed policy."""
    if not re.fullmatch(r"arn:aws[a-z-]*:iam::\d{12}:policy/[\w+=,.@/-]+", value):
        raise ValueError("is not the ARN of a policy such as arn:aws:iam::123456789012:policy/boundary")
    return value


class Section(BaseModel):
    """A part of the configuration; a key that it does not have is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
