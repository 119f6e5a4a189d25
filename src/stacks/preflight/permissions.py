"""Whether the caller may do what the program does, asked of IAM's policy simulator."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from botocore.exceptions import ClientError

from stacks.config import StackConfig
from stacks.naming import Names
from stacks.preflight.actions import actions
from stacks.preflight.aws import Aws

_SESSION = re.compile(r"arn:(aws[\w-]*):sts::(\d{12}):assumed-role/([^/]+)/.+")
_AT_ONCE = 100  # actions a call


def principal_of(aws: Aws) -> str | None:
    """The user or role behind the credentials; None for the root user, whom no policy binds."""
    arn = str(aws.caller["Arn"])
    if arn.endswith(":root"):
        return None
    session = _SESSION.fullmatch(arn)
    if not session:
        return arn
    partition, account, role = session.groups()
    try:
        return str(aws.ask("iam", "get_role", RoleName=role)["Role"]["Arn"])  # its path is not in the session's ARN
    except ClientError:
        return f"arn:{partition}:iam::{account}:role/{role}"


def missing_permissions(config: StackConfig, aws: Aws, who: str) -> list[str]:
    """The actions that the simulator does not allow.

    An action that is not allowed on everything is asked about once more for a resource as the stack names them: policies of
    careful companies name these.
    """
    wanted = sorted(actions(config))
    lacking = set(_denied(aws, who, wanted))
    patterns = _resources(config, aws)
    for prefix, arn in patterns.items():
        again = sorted(action for action in lacking if action.startswith(f"{prefix}:"))
        lacking -= set(again) - set(_denied(aws, who, again, arn))
    return sorted(lacking)


def in_short(lacking: Sequence[str], wanted: Collection[str]) -> str:
    """By service: `kms:*` if nothing is allowed, otherwise the names."""
    services: dict[str, list[str]] = defaultdict(list)
    for action in lacking:
        services[action.partition(":")[0]].append(action)
    every = {service: [name for name in wanted if name.startswith(f"{service}:")] for service in services}
    return ", ".join(
        f"{service}:* ({len(names)} actions)" if len(names) == len(every[service]) else ", ".join(names)
        for service, names in services.items()
    )


def _denied(aws: Aws, who: str, wanted: Sequence[str], resource: str = "*") -> Iterator[str]:
    for start in range(0, len(wanted), _AT_ONCE):
        asked = {
            "PolicySourceArn": who,
            "ActionNames": list(wanted[start : start + _AT_ONCE]),
            "ResourceArns": [resource],
        }
        answer = aws.ask("iam", "simulate_principal_policy", **asked)
        results = list(answer["EvaluationResults"])
        while answer.get("IsTruncated"):
            answer = aws.ask("iam", "simulate_principal_policy", **asked, Marker=answer["Marker"])
            results += answer["EvaluationResults"]
        yield from (entry["EvalActionName"] for entry in results if entry["EvalDecision"] != "allowed")


def _resources(config: StackConfig, aws: Aws) -> Mapping[str, str]:
    """By service, an ARN as the stack's resources have it."""
    names = Names(config.stack, config.logs.shared_account)
    account, region = aws.caller["Account"], aws.region
    return {
        "iam": f"arn:aws:iam::{account}:role/{names.of('task')}",
        "logs": f"arn:aws:logs:{region}:{account}:log-group:{names.log_groups[0]}",
        "ssm": f"arn:aws:ssm:{region}:{account}:parameter{names.config_path}/model",
        "secretsmanager": f"arn:aws:secretsmanager:{region}:{account}:secret:{names.secret}-AbCdEf",
        "ecr": f"arn:aws:ecr:{region}:{account}:repository/{names.of('api')}",
        "sns": f"arn:aws:sns:{region}:{account}:{names.of('alarms')}",
        "cloudwatch": f"arn:aws:cloudwatch:{region}:{account}:alarm:{names.of('alarm')}",
        "ecs": f"arn:aws:ecs:{region}:{account}:service/{names.prefix}/{names.prefix}",
    }
