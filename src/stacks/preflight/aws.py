"""Calls to AWS through boto3, which distinguish a call without permission from a missing answer."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"})
_BAD_CREDENTIALS = frozenset(
    {"InvalidClientTokenId", "ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException", "AuthFailure"}
)
# Where IAM calls a service otherwise than boto3 does (Service Authorization Reference).
PREFIXES = {"elbv2": "elasticloadbalancing", "service-quotas": "servicequotas"}


class NotPermittedError(Exception):
    """The question may not be asked; the text is the permission that is missing."""


class NoAnswerError(Exception):
    """Nobody answers: no credentials, no network, no such endpoint."""


class Aws:
    """The account as these credentials see it. Every question notes what it was not permitted to ask in `denied`."""

    def __init__(self, region: str) -> None:
        self.region = region
        self.denied: list[str] = []
        self._clients: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        """boto3's client, with little patience: an operator is waiting."""
        if service not in self._clients:
            patience = Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 2})
            try:
                make: Callable[..., Any] = self._session.client  # its types want the service as a literal
                self._clients[service] = make(service, region_name=self.region, config=patience)
            except BotoCoreError as error:  # a profile that is not there, half a credential
                raise NoAnswerError(str(error)) from None
        return self._clients[service]

    def ask(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """One call, such as `ask("kms", "describe_key", KeyId=…)`.

        Raises:
            NotPermittedError: AWS refuses it to these credentials.
            NoAnswerError: nobody answers.
            ClientError: AWS's own answer that something is not there.
        """
        client = self.client(service)
        try:
            answer: dict[str, Any] = getattr(client, operation)(**parameters)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in _DENIED:
                name = f"{PREFIXES.get(service, service)}:{client.meta.method_to_api_mapping[operation]}"
                self.denied.append(name)
                raise NotPermittedError(name) from None
            if code in _BAD_CREDENTIALS:
                raise NoAnswerError(str(error)) from None
            raise
        except BotoCoreError as error:
            raise NoAnswerError(str(error)) from None
        return answer

    @cached_property
    def _session(self) -> boto3.Session:
        return boto3.Session()

    @cached_property
    def caller(self) -> dict[str, Any]:
        """Who asks."""
        return self.ask("sts", "get_caller_identity")
