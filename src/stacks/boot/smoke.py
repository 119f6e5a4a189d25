"""Runs as an AWS Lambda function after a deployment: one procedure by rules and one by the model, through the load balancer.

Variables: URL; TIMEOUT_S for both answers; SECRET_ID of the API key, if one is required; TEST_HEADER and TEST_VALUE, which lead to
the new tasks of a blue/green deployment. A failure is an exception, which fails a `pulumi up`, and which ECS answers by rolling back.
"""

import json
import os
import time
import urllib.error
import urllib.request
from typing import Any

CASE = {
    "id": "SMOKE-1",
    "title": "Log in with a valid password",
    "preconditions": ["The user qa-smoke exists."],
    "objective": "A user with a valid password gets in.",
    "expected_results": ["The home page is shown."],
}
ENGINES = ("outline", "ollama")


def handler(event: dict[str, Any], context: object = None) -> dict[str, str]:
    """ECS calls it with the deployment's state, `pulumi up` with nothing."""
    deadline = time.monotonic() + float(os.environ["TIMEOUT_S"])
    headers = {"Content-Type": "application/json"}
    if "serviceArn" in event:
        headers[os.environ["TEST_HEADER"]] = os.environ["TEST_VALUE"]
    if secret := os.environ.get("SECRET_ID"):
        headers["Authorization"] = f"Bearer {_key(secret)}"
    for engine in ENGINES:
        steps = _steps(f"{os.environ['URL']}/v1/procedures?engine={engine}", headers, deadline)
        print(json.dumps({"event": "smoke_test", "engine": engine, "steps": steps}))
    return {"hookStatus": "SUCCEEDED"}


def _steps(url: str, headers: dict[str, str], deadline: float) -> int:
    """How many steps the procedure has; the targets of a deployment may need a moment, so 502 and 503 are asked again."""
    request = urllib.request.Request(url, json.dumps(CASE).encode(), headers)
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"{url}: no procedure in time")
        try:
            with urllib.request.urlopen(request, timeout=left) as answer:
                procedure = json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code not in (502, 503) or deadline - time.monotonic() < 10:
                raise RuntimeError(f"{url}: {error.code} {error.read(500).decode(errors='replace')}") from None
            time.sleep(5)
            continue
        if not procedure.get("steps"):
            raise RuntimeError(f"{url}: the procedure has no steps")
        return len(procedure["steps"])


def _key(secret_id: str) -> str:
    import boto3

    key: str = boto3.client("secretsmanager").get_secret_value(SecretId=secret_id)["SecretString"]
    return key
