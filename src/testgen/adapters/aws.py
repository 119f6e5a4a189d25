"""Settings from AWS: SSM parameters and a Secrets Manager secret. boto3 finds credentials, endpoint and region, except that it does not
read AWS_REGION, the variable that the other SDKs and ECS use."""

import json

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from testgen.contract import CONFIG_PATH
from testgen.domain.errors import ConfigError
from testgen.messages import say

_CLIENT = Config(connect_timeout=5, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4})


def read_parameters(path: str, region: str | None = None) -> dict[str, str]:
    """The decrypted values of all parameters directly under `path`, by the last part of their names.

    Raises:
        ConfigError: AWS refuses or does not answer, or there is no parameter at all.
    """
    prefix = path.rstrip("/") + "/"
    try:
        pages = (
            boto3.client("ssm", region_name=region, config=_CLIENT)
            .get_paginator("get_parameters_by_path")
            .paginate(Path=prefix, WithDecryption=True)
        )
        found = {entry["Name"].removeprefix(prefix): entry["Value"] for page in pages for entry in page["Parameters"]}
    except (BotoCoreError, ClientError) as error:
        raise ConfigError(
            say("the SSM parameters under {prefix} cannot be read: {error}", prefix=prefix, error=str(error)),
            remedy=say("check the region and the task role's ssm:GetParametersByPath"),
        ) from error
    if not found:
        raise ConfigError(
            say("there is no SSM parameter under {prefix}", prefix=prefix),
            remedy=say("check {variable}, or run `pulumi up` of this stack", variable=CONFIG_PATH),
        )
    return found


def read_secret(secret_id: str, region: str | None = None) -> dict[str, object]:
    """The JSON object in the secret.

    Raises:
        ConfigError: AWS refuses, or the secret is not a JSON object; the message never contains its text.
    """
    try:
        text = boto3.client("secretsmanager", region_name=region, config=_CLIENT).get_secret_value(SecretId=secret_id)[
            "SecretString"
        ]
    except (BotoCoreError, ClientError) as error:
        raise ConfigError(
            say("the secret {secret_id} cannot be read: {error}", secret_id=secret_id, error=str(error)),
            remedy=say("check the region and the task role's secretsmanager:GetSecretValue"),
        ) from error
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise ConfigError(
            say("the secret {secret_id} is not a JSON object", secret_id=secret_id),
            remedy=say('write {"api_keys": {"name": "SHA-256 of the key"}}'),
        )
    return data
