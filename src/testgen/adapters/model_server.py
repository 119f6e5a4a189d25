"""What all model servers share: turning their failures into testgen's errors, asking whether they can draft, one client per event loop."""

import asyncio
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

# Nothing leaves the customer's network: LangChain would send traces to its maker if the environment asked for it.
os.environ.update(
    dict.fromkeys(("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"), "false")
)

import httpx

from testgen.adapters.pacing import PacedTransport
from testgen.config import without_secrets
from testgen.domain.errors import (
    ContextExceededError,
    EngineBusyError,
    EngineError,
    EngineProtocolError,
    EngineTimeoutError,
    EngineUnavailableError,
    ModelMissingError,
)
from testgen.domain.ports import ModelStatus
from testgen.messages import say

STATUS_TIMEOUT_S = 5.0
LONGEST_CONNECT_S = 10.0

Client = TypeVar("Client")


class PerLoop(Generic[Client]):
    """One client per event loop, because a client cannot serve two loops and is worth keeping."""

    def __init__(self, make: Callable[[], Client]) -> None:
        self._make = make
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, Client] = WeakKeyDictionary()

    def get(self) -> Client:
        """The client of the running loop."""
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            self._clients[loop] = self._make()
        return self._clients[loop]


@dataclass(frozen=True)
class ModelServer:
    """How a server is described in errors and remedies: `setting` is the field with its address, `slots` is what limits it.

    Only `proxy` sends requests elsewhere: with a proxy from the environment, the test case would go to that proxy.
    """

    brand: str
    url: str
    model: str
    silence_s: float
    setting: str
    start: str
    get_model: str
    slots: str
    proxy: str | None = None
    _clients: "PerLoop[httpx.AsyncClient]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_clients", PerLoop(self._client))

    @property
    def shown(self) -> str:
        """The address for messages, logs and provenance."""
        return without_secrets(self.url)

    def connect_s(self) -> float:
        """How long it may take to connect, in seconds."""
        return min(LONGEST_CONNECT_S, self.silence_s)

    def transport(self) -> httpx.AsyncHTTPTransport:
        """The transport to the server: one new connection per request, which costs nothing on localhost and never outlives its event
        loop."""
        return PacedTransport(trust_env=False, proxy=self.proxy, limits=httpx.Limits(max_keepalive_connections=0))

    def _client(self) -> httpx.AsyncClient:
        # One for all questions: a client costs 16 ms, for its TLS context.
        return httpx.AsyncClient(timeout=STATUS_TIMEOUT_S, trust_env=False, transport=self.transport())

    async def status(self, paths: Sequence[str], read: Callable[..., ModelStatus]) -> ModelStatus:
        """Requests `paths` from the server, and lets `read` interpret the answers."""
        try:
            client = self._clients.get()
            answers = [(await client.get(self.url + path)).raise_for_status().json() for path in paths]
            return read(*answers)
        except httpx.HTTPStatusError as error:
            problem = say(
                "the {brand} server at {address} is not ready (it answers {status})",
                brand=self.brand,
                address=self.shown,
                status=error.response.status_code,
            )
            return self.cannot(
                problem, say("wait until it has loaded the model, or set {variable}", variable=self._variable)
            )
        except httpx.HTTPError:
            return self.cannot(
                say("no {brand} server answers at {address}", brand=self.brand, address=self.shown),
                say("start it with {start} or set {variable}", start=self.start, variable=self._variable),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return self.cannot(
                say("the server at {address} is not an {brand} server", address=self.shown, brand=self.brand),
                say("set {variable} to the {brand} server's address", variable=self._variable, brand=self.brand),
            )

    def cannot(self, problem: str, remedy: str, **more: Any) -> ModelStatus:
        """The status of a model that cannot draft."""
        return ModelStatus(self.model, available=False, problem=problem, remedy=remedy, **more)

    def lacks_model(self, **more: Any) -> ModelStatus:
        """The status if the server answers but does not have the model."""
        return self.cannot(
            say("the model {model} is not on the server at {address}", model=self.model, address=self.shown),
            self.get_model,
            **more,
        )

    @contextmanager
    def our_errors(self, translate: Callable[[Exception], EngineError | None]) -> Iterator[None]:
        """Turns exceptions of the client library into testgen's errors; `translate` knows the library's own."""
        try:
            yield
        except EngineError:
            raise
        except Exception as error:
            ours = translate(error) or self._translate(error)
            if ours is None:
                raise
            raise ours from error

    def _translate(self, error: Exception) -> EngineError | None:
        if isinstance(error, TimeoutError):
            return self.silent()
        if isinstance(error, ConnectionError):
            return self.unreachable()
        if isinstance(error, ValueError | TypeError | KeyError | AttributeError):
            # A malformed line is a JSONDecodeError; an empty stream is LangChain's ValueError; JSON that is no chat
            # chunk trips the client libraries in the other ways.
            return EngineProtocolError(
                say("the answer from {address} is not an {brand} chat stream", address=self.shown, brand=self.brand),
                remedy=say("check {setting} and the server's version (`testgen doctor`)", setting=self.setting),
            )
        return None

    def silent(self) -> EngineError:
        """The error if nothing came for too long."""
        return EngineTimeoutError(
            say("the model {model} was silent for {seconds:g} s", model=self.model, seconds=self.silence_s),
            remedy=say("raise first_token_timeout_s, or look at the server's load and GPU memory"),
        )

    def unreachable(self) -> EngineError:
        """The error if there was no connection."""
        return self._unavailable(say("does not answer"))

    def cut_off(self) -> EngineError:
        """The error if the connection broke."""
        return self._unavailable(say("closed the connection before the answer was complete"))

    def refused(self, status: int, said: str) -> EngineError:
        """The error if the server answered with one, before or within the stream."""
        said = " ".join(said.split())[:300]
        if re.search("exceed_context_size|exceeds the available context|maximum context length", said):
            found = re.search(r"(?:n_ctx|context size|context length)\D+(\d+)", said)
            return ContextExceededError(said, limit=int(found.group(1)) if found else 0)
        if status == httpx.codes.NOT_FOUND:
            return ModelMissingError(
                say("the model {model} is not on the server", model=self.model), remedy=self.get_model
            )
        if status in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE):
            return EngineBusyError(
                say("the {brand} server accepts no more work ({said})", brand=self.brand, said=said),
                remedy=say("try again in a moment, or lower max_concurrency to {slots}", slots=self.slots),
            )
        return EngineProtocolError(
            say(
                "the {brand} server refused the request ({status}: {said})", brand=self.brand, status=status, said=said
            ),
            remedy=say("see the server's log; `testgen doctor` probes the model"),
        )

    def _unavailable(self, what: str) -> EngineUnavailableError:
        return EngineUnavailableError(
            say("the {brand} server at {address} {what}", brand=self.brand, address=self.shown, what=what),
            remedy=say(
                "start it ({start}), set {variable}, or draft without a model (engine outline)",
                start=self.start,
                variable=self._variable,
            ),
        )

    @property
    def _variable(self) -> str:
        return f"TESTGEN_{self.setting.upper()}"
