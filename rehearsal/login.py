"""Log-in at the load balancer: switched on by an update, then asked for by somebody who is not logged in."""

import secrets

from rehearsal.cloud import RehearsalError
from rehearsal.rehearse import Stage
from rehearsal.serving import Walk
from rehearsal.walk import CASE
from stackgraph.promises.network import STRANGER

ISSUER = "https://login.example.jp"
OIDC = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "user_info_endpoint": f"{ISSUER}/userinfo",
    "client_id": "testgen",
}


def set_login(here: Stage) -> None:
    """What docs/deploy.md has an operator set before the update."""
    for key, value in OIDC.items():
        here.pulumi(
            "config", "set", "--plaintext", "--path", f"testgen:edge.oidc.{key}", value
        )  # `token` is no secret here
    here.say("$ pulumi config set --secret oidc_client_secret (by standard input)")
    arguments = ("config", "set", "--secret", "oidc_client_secret", "--stack", here.stack)
    here.operator.run(*arguments, secret_input=secrets.token_urlsafe(16))


def require_login(walk: Walk) -> None:
    """People are sent to the provider, programs without a key are refused by the load balancer.

    Raises:
        RehearsalError: somebody without a session and a key is answered otherwise.
    """
    page = walk.ask("GET", "/", STRANGER)
    if page.status_code != 302 or not page.headers["Location"].startswith(OIDC["authorization_endpoint"]):
        raise RehearsalError(f"nobody has to log in: the page is answered with {page.status_code}")
    call = walk.ask("POST", "/v1/procedures", STRANGER, json=CASE)
    if call.status_code != 401:
        raise RehearsalError(f"a call without a key is answered with {call.status_code}")
    walk.here.say(
        f"  without a session: the page leads to {OIDC['authorization_endpoint']}, a call without a key to 401"
    )
