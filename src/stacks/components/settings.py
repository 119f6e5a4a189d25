"""What the service reads at its start: one parameter a field of ServiceConfig, and the secret with the API keys' hashes."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.naming import Names
from testgen.config import AUTO, ServiceConfig, ServiceSecrets


@dataclass(frozen=True)
class SettingsArgs:
    """`host`: the name that users reach the service by. `recovery_days`: how long a deleted secret can be restored, and its
    name stays taken."""

    names: Names
    service: ServiceConfig
    host: pulumi.Input[str]
    secrets: pulumi.Input[ServiceSecrets]
    key_arn: pulumi.Input[str]
    recovery_days: int


class Settings(pulumi.ComponentResource):
    """Parameters and secret, written from the models that the service reads them with."""

    secret_arn: pulumi.Output[str]
    secret_version: pulumi.Output[str]
    config_sha256: pulumi.Output[str]
    written: list[pulumi.Resource]

    def __init__(self, name: str, args: SettingsArgs) -> None:
        super().__init__("testgen:settings:Settings", name)
        options = pulumi.ResourceOptions(parent=self)
        service = pulumi.Output.from_input(args.host).apply(lambda host: reached_by(args.service, host))
        parameters = [
            aws.ssm.Parameter(
                f"{name}-config-{field}",
                name=f"{args.names.config_path}/{field}",
                type="String",
                value=service.apply(lambda known: known.allowed_hosts) if field == "allowed_hosts" else value,
                description=ServiceConfig.model_fields[field].description,
                opts=options,
            )
            for field, value in args.service.to_parameters().items()
        ]
        secret = aws.secretsmanager.Secret(
            f"{name}-service",
            name=args.names.secret,
            description="SHA-256 hashes of the API keys",
            kms_key_id=args.key_arn,
            recovery_window_in_days=args.recovery_days,
            opts=pulumi.ResourceOptions(parent=self, import_=restored_secret(args.names.secret)),
        )
        text: pulumi.Output[str] = pulumi.Output.from_input(args.secrets).apply(lambda keys: keys.model_dump_json())
        version = aws.secretsmanager.SecretVersion(
            f"{name}-service", secret_id=secret.id, secret_string=text, opts=options
        )
        self.secret_arn = secret.arn
        self.secret_version = pulumi.Output.unsecret(version.version_id)
        self.config_sha256 = service.apply(lambda known: known.sha256())
        self.written = [*parameters, version]
        self.register_outputs({"secret_arn": self.secret_arn})


def restored_secret(name: str) -> str | None:
    """The ARN of the secret of that name, None if there is none. One that was restored after a destroy still has the name, so
    it is adopted; Pulumi takes its own secret's ARN as no news. A secret that waits for its deletion is not listed."""
    filters = [aws.secretsmanager.GetSecretsFilterArgs(name="name", values=[name])]
    found = aws.secretsmanager.get_secrets(filters=filters)
    return next((arn for known, arn in zip(found.names, found.arns, strict=True) if known == name), None)


def reached_by(service: ServiceConfig, host: str) -> ServiceConfig:
    """The settings with this name among those that the service answers to; others are those that the stack file lists."""
    others = [name for name in service.allowed_hosts.split(",") if name not in (AUTO, host.lower())]
    return ServiceConfig(**{**service.model_dump(), "allowed_hosts": ",".join([host, *others])})
