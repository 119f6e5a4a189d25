"""Settings and secrets that are not there when the service starts: it says which one and what to do, in one line, and ends."""

import json
from collections.abc import Iterator

import boto3
import pytest
from support.aws import aws_account
from support.real_ollama import run_cli

PATH, SECRET = "/testgen/mvp/config", "testgen/mvp/service"
NOBODY = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def account() -> Iterator[str]:
    """An account with one good parameter and two secrets, of which one is malformed; yields its endpoint."""
    with aws_account() as endpoint:
        given = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": "ap-northeast-1"}
        ssm, secrets = (boto3.client(name, endpoint_url=endpoint, **given) for name in ("ssm", "secretsmanager"))
        ssm.put_parameter(Name=f"{PATH}/engine", Value="outline", Type="String")
        secrets.create_secret(Name=SECRET, SecretString=json.dumps({"api_keys": {"ci": "not a hash, but sakura2026"}}))
        yield endpoint


@pytest.mark.parametrize(
    ("path", "secret", "reached", "says"),
    [
        ("/testgen/nowhere/config", "", True, "there is no SSM parameter under /testgen/nowhere/config/; check TESTGEN_CONFIG_PATH"),
        (PATH, "testgen/nowhere", True, "the secret testgen/nowhere cannot be read"),
        (PATH, SECRET, True, f"{SECRET} is malformed at api_keys.ci; each key is a name and the SHA-256 of the key"),
        (PATH, "", False, f"the SSM parameters under {PATH}/ cannot be read"),
    ],
    ids=["no parameters", "no secret", "a malformed secret", "nobody answers"],
)  # fmt: skip
def test_a_source_that_is_missing_is_one_line_and_no_service(
    path: str, secret: str, reached: bool, says: str, account: str
) -> None:
    settings = {"TESTGEN_CONFIG_PATH": path, "AWS_ENDPOINT_URL": account if reached else NOBODY}
    done = run_cli("serve", "--port", "0", **settings, **({"TESTGEN_SECRET_ID": secret} if secret else {}))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert says in done.stderr
    assert ";" in done.stderr, "the remedy follows"
    assert "sakura2026" not in done.stderr + done.stdout
