"""The functions that the program calls, answered by moto. An unknown one is an error, so that nothing is silently invented."""

from collections.abc import Mapping
from typing import Any

from rehearsal.providers.aws.kind import Account
from stacks.preflight import lookups


def look_up(account: Account, token: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a function; the same questions to AWS as preflight's.

    Raises:
        LookupError: the function is unknown.
    """

    def ask(service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(account.client(service), operation)(**parameters)
        return answer

    return lookups.look_up(ask, token, args)
