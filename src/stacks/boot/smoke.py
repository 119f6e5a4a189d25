"""Runs as an AWS Lambda function after a deployment: one procedure by rules and one by the model, through the load balancer.

ECS runs it in the middle of a blue/green deployment, and goes back itself where it fails. `pulumi up` runs it after any other deployment;
where that fails, the function has the service go back to the task definition that passed last, and fails the `pulumi up`.

Variables: URL; TIMEOUT_S for both answers; SECRET_ID of the API key, if one is required; for blue/green TEST_HEADER and TEST_VALUE, which
lead to the new tasks; else CLUSTER, SERVICE, and PASSED, the parameter with the task definition that passed last.
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
    """`event` is the deployment's state from ECS, or `{"task_definition": ARN}` from `pulumi up`.

    Raises:
        RuntimeError: a procedure is refused or has no steps, or the service does not run that task definition.
        TimeoutError: a procedure did not come in time.
    """
    if "serviceArn" in event:
        _test({os.environ["TEST_HEADER"]: os.environ["TEST_VALUE"]})
        return {"hookStatus": "SUCCEEDED"}
    wanted = event["task_definition"]
    _require_running(wanted)
    try:
        _test({})
    except Exception as error:
        told = f"{type(error).__name__}: {error}. {_taken_back(wanted)}"
        raise (TimeoutError if isinstance(error, TimeoutError) else RuntimeError)(told) from error
    _client("ssm").put_parameter(Name=os.environ["PASSED"], Value=wanted, Overwrite=True)
    return {"hookStatus": "SUCCEEDED"}


def _require_running(wanted: str) -> None:
    """A deployment that ECS took back ends as well as another one does, and its old tasks would pass."""
    asked = {"cluster": os.environ["CLUSTER"], "services": [os.environ["SERVICE"]]}
    running = _client("ecs").describe_services(**asked)["services"][0]["taskDefinition"]
    if running != wanted:
        raise RuntimeError(
            f"The service runs {_short(running)}, not {_short(wanted)}: that deployment was taken back. Read why in the events of the "
            "service; `pulumi up --refresh` deploys it again"
        )


def _taken_back(failed: str) -> str:
    try:
        return _take_back(failed)
    except Exception as error:
        return f"The service could not go back from {_short(failed)}: {type(error).__name__}: {error}"


def _take_back(failed: str) -> str:
    """Has the service go back, and says to what."""
    passed = _client("ssm").get_parameter(Name=os.environ["PASSED"])["Parameter"]["Value"]
    if passed in ("none", failed):
        return f"No other task definition has passed this test, so the service stays with {_short(failed)}"
    _client("ecs").update_service(cluster=os.environ["CLUSTER"], service=os.environ["SERVICE"], taskDefinition=passed)
    return (
        f"The service goes back from {_short(failed)} to {_short(passed)}, which passed last. Settings stay as they are: correct the "
        "configuration and run `pulumi up`"
    )


def _short(task_definition: str) -> str:
    return task_definition.rpartition("/")[2]


def _test(headers: dict[str, str]) -> None:
    deadline = time.monotonic() + float(os.environ["TIMEOUT_S"])
    headers = {"Content-Type": "application/json", **headers}
    if secret := os.environ.get("SECRET_ID"):
        key = _client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"]
        headers["Authorization"] = f"Bearer {key}"
    for engine in ENGINES:
        steps = _steps(f"{os.environ['URL']}/v1/procedures?engine={engine}", headers, deadline)
        print(json.dumps({"event": "smoke_test", "engine": engine, "steps": steps}))


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


def _client(service: str) -> Any:
    import boto3

    make: Any = boto3.client
    return make(service)
