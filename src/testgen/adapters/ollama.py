"""Ollama through LangChain's `ChatOllama`: the only module that imports LangChain.

Every failure observed (FACTS: ConnectError, ResponseError, RemoteProtocolError, ReadTimeout, JSONDecodeError, ValueError)
becomes one of our errors; the two silent ones, a stream without `done` and an answer cut off, are told by `ChatEnd`.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

# Nothing leaves the customer's network: LangChain would send traces to its maker if the environment asked for it.
os.environ.update(
    dict.fromkeys(("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"), "false")
)

import httpx
import ollama

from testgen.config import ServiceConfig
from testgen.domain.errors import (
    ContextExceededError,
    EngineBusyError,
    EngineError,
    EngineProtocolError,
    EngineTimeoutError,
    EngineUnavailableError,
    ModelMissingError,
)
from testgen.domain.ports import ChatEnd, Message, ModelStatus

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk
    from langchain_ollama import ChatOllama

STATUS_TIMEOUT_S = 5.0


def preload() -> None:
    """Imports LangChain, which takes over a second, so that the first request of a service need not wait for it."""
    import langchain_ollama  # noqa: F401


class OllamaChat:
    """A `ChatModel` on an Ollama server."""

    def __init__(self, config: ServiceConfig) -> None:
        self._config = config
        # One ChatOllama cannot serve two event loops, and its HTTP client is worth keeping: one each loop.
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, ChatOllama] = WeakKeyDictionary()

    async def stream(
        self, messages: Sequence[Message], *, schema: dict[str, Any], seed: int
    ) -> AsyncIterator[str | ChatEnd]:
        """See `testgen.domain.ports.ChatModel.stream`."""
        end = ChatEnd(complete=False)
        turns = [(message.role, message.content) for message in messages]
        options = self._config.model_dump(include={"num_ctx", "num_predict", "temperature"}) | {"seed": seed}
        with self._our_errors():
            async for chunk in self._client().astream(turns, format=schema, options=options):
                if text := chunk.text:
                    yield str(text)
                end = _end(chunk) or end
        yield end

    async def status(self) -> ModelStatus:
        """See `testgen.domain.ports.ChatModel.status`."""
        config, model = self._config, self._config.model
        try:
            async with httpx.AsyncClient(base_url=config.ollama_base_url, timeout=STATUS_TIMEOUT_S) as client:
                version, tags, running = [
                    (await client.get(path)).raise_for_status().json()
                    for path in ("/api/version", "/api/tags", "/api/ps")
                ]
            found = _entry(tags, model)
            loaded = _entry(running, model) is not None
            server = str(version["version"])
        except httpx.HTTPError:
            problem = f"no Ollama server answers at {config.ollama_base_url}"
            return ModelStatus(
                model,
                available=False,
                problem=problem,
                remedy="start it with `ollama serve` or set TESTGEN_OLLAMA_BASE_URL",
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            problem = f"what answers at {config.ollama_base_url} is not an Ollama server"
            return ModelStatus(
                model,
                available=False,
                problem=problem,
                remedy="set TESTGEN_OLLAMA_BASE_URL to the Ollama server's address",
            )
        if found is None:
            problem = f"the model {model} is not on the server at {config.ollama_base_url}"
            return ModelStatus(
                model,
                available=False,
                server_version=server,
                problem=problem,
                remedy=f"get it with `ollama pull {model}` or set TESTGEN_MODEL",
            )
        return ModelStatus(model, available=True, loaded=loaded, digest=found.get("digest"), server_version=server)

    def _client(self) -> "ChatOllama":
        from langchain_ollama import ChatOllama  # takes over a second: only where a model really drafts

        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            config = self._config
            self._clients[loop] = ChatOllama(
                model=config.model,
                base_url=config.ollama_base_url,
                reasoning=config.reasoning,
                keep_alive=_keep_alive(config.keep_alive),
                client_kwargs={
                    "timeout": httpx.Timeout(
                        config.first_token_timeout_s, connect=min(10.0, config.first_token_timeout_s)
                    ),
                    # A new connection a request: on localhost it costs nothing, and none outlives its event loop.
                    "limits": httpx.Limits(max_keepalive_connections=0),
                },
            )
        return self._clients[loop]

    @contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except EngineError:
            raise
        except ollama.ResponseError as error:
            raise self._response_error(error) from error
        except httpx.TimeoutException as error:
            if isinstance(error, httpx.ConnectTimeout):
                raise self._unavailable("does not answer") from error
            raise EngineTimeoutError(
                f"the model {self._config.model} was silent for {self._config.first_token_timeout_s:g} s",
                remedy="raise first_token_timeout_s, or look at the server's load and GPU memory",
            ) from error
        except (httpx.ConnectError, ConnectionError) as error:
            raise self._unavailable("does not answer") from error
        except httpx.HTTPError as error:
            raise self._unavailable("closed the connection before the answer was complete") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            # A malformed line is a JSONDecodeError; an empty stream, or one with `load` only, is LangChain's ValueError;
            # JSON that is no chat chunk trips the client library in the other ways.
            raise EngineProtocolError(
                f"what {self._config.ollama_base_url} answered is not an Ollama chat stream",
                remedy="check ollama_base_url and the server's version (`testgen doctor`)",
            ) from error

    def _unavailable(self, what: str) -> EngineUnavailableError:
        return EngineUnavailableError(
            f"the Ollama server at {self._config.ollama_base_url} {what}",
            remedy="start it (`ollama serve`), set TESTGEN_OLLAMA_BASE_URL, or draft without a model by engine outline",
        )

    def _response_error(self, error: ollama.ResponseError) -> EngineError:
        said = " ".join(str(error.error).split())[:300]
        if error.status_code == 404:
            return ModelMissingError(
                f"the model {self._config.model} is not on the server",
                remedy=f"get it with `ollama pull {self._config.model}` or set TESTGEN_MODEL",
            )
        if "exceed_context_size" in said or "exceeds the available context" in said:
            found = re.search(r"n_ctx\D+(\d+)", said)
            return ContextExceededError(said, limit=int(found.group(1)) if found else 0)
        if error.status_code in (429, 503):
            return EngineBusyError(
                f"the Ollama server takes no more work ({said})",
                remedy="try again in a moment, or lower max_concurrency to OLLAMA_NUM_PARALLEL",
            )
        return EngineProtocolError(
            f"the Ollama server refused the request ({error.status_code}: {said})",
            remedy="see the server's log; `testgen doctor` probes the model",
        )


def _end(chunk: "AIMessageChunk") -> ChatEnd | None:
    """What a chunk says of the end; the last chunk of all is empty, so each one is asked."""
    said = chunk.response_metadata
    if not said.get("done"):
        return None
    reason = str(said.get("done_reason") or "")
    return ChatEnd(reason == "stop", reason, said.get("prompt_eval_count"), said.get("eval_count"))


def _entry(listing: dict[str, Any], model: str) -> dict[str, Any] | None:
    wanted = {model, f"{model}:latest"}
    return next((entry for entry in listing["models"] if wanted & {entry.get("name"), entry.get("model")}), None)


def _keep_alive(value: str) -> int | str:
    return int(value) if re.fullmatch(r"-?\d+", value) else value
