"""`testgen api-key`: creates a key for the HTTP API, and the hash that the service stores."""

import hashlib
import secrets
import sys
from typing import Annotated

import typer

from testgen.cli.language import shown
from testgen.domain.errors import FieldProblem, InvalidInputError
from testgen.messages import say

PREFIX = "tg_"  # lets secret scanners recognise a key that was committed by mistake


def api_key(
    name: Annotated[
        str, typer.Argument(help="Name of the key's holder, such as ci or yamada; it appears in the logs.")
    ],
    stack: Annotated[str, typer.Option(help="Stack named in the printed Pulumi command.")] = "phase2",
) -> None:
    """Create an API key. The key goes to stdout, once; its hash and how to deploy it go to stderr."""
    if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        problem = FieldProblem("", say("use letters, digits, hyphens and underscores: it names the key in logs"), name)
        raise InvalidInputError([problem], subject=say("the name of the key"))
    key = PREFIX + secrets.token_urlsafe(32)
    digest = hashlib.sha256(key.encode()).hexdigest()
    print(key)
    print(
        f"{shown(say('Give the key above to its holder; testgen does not store it. The service stores its hash:'))}\n"
        f"  pulumi config set --stack {stack} --secret --path 'testgen:api_keys.{name}' {digest}\n"
        f"  pulumi up --stack {stack}\n"
        f"{shown(say('Without AWS, start the service with:'))}\n"
        f'  TESTGEN_REQUIRE_API_KEY=true TESTGEN_API_KEYS=\'{{"{name}": "{digest}"}}\' testgen serve',
        file=sys.stderr,
    )
