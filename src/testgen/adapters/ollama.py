"""The model of an Ollama server, through LangChain's `ChatOllama`.

Two failures are silent: a stream without `done`, and an answer that was cut off. `ChatEnd` reports them.
"""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, cast

import httpx
import ollama

from testgen.adapters.gathering import Gathering
from testgen.adapters.model_server import ModelServer, PerLoop
from testgen.config import NONE, ServiceConfig
from testgen.domain.errors import EngineError
from testgen.domain.ports import ChatEnd, Message, ModelStatus
from testgen.messages import say

if TYPE_CHECKING:
    from langchain_ollama import ChatOllama

# A server (0.32.15) reports 1 to 2 ms for a model that is in memory, and 3 s for the smallest one where it has to load it.
LOADED_ALREADY_NS = 250_000_000


class OllamaChat:
    """A `ChatModel` on an Ollama server."""

    def __init__(self, config: ServiceConfig) -> None:
        self._config = config
        self._clients = PerLoop(self._connect)
        self._digest: str | None = None
        self._server = ModelServer(
            brand="Ollama",
            url=config.ollama_base_url,
            model=config.model,
            silence_s=config.first_token_timeout_s,
            setting="ollama_base_url",
            start="`ollama serve`",
            get_model=say("get it with `ollama pull {model}` or set TESTGEN_MODEL", model=config.model),
            slots="OLLAMA_NUM_PARALLEL",
            proxy=None if config.ollama_proxy == NONE else config.ollama_proxy,
        )

    def preload(self) -> None:
        """See `testgen.domain.ports.ChatModel.preload`."""
        import langchain_ollama  # noqa: F401

    async def stream(
        self, messages: Sequence[Message], *, schema: dict[str, Any], seed: int, temperature: float | None = None
    ) -> AsyncGenerator[str | ChatEnd, None]:
        """See `testgen.domain.ports.ChatModel.stream`."""
        last: dict[str, Any] = {}
        turns = [(message.role, message.content) for message in messages]
        options = self._config.model_dump(include={"num_ctx", "num_predict", "temperature"}) | {"seed": seed}
        if temperature is not None:
            options["temperature"] = temperature
        with self._server.our_errors(self._translate):
            chunks = self._clients.get().astream(turns, format=schema, options=options)
            async with aclosing(cast("AsyncGenerator[Any, None]", chunks)):
                async for chunk in chunks:
                    if text := chunk.text:
                        yield str(text)
                    if chunk.response_metadata.get("done"):  # the last chunk of all is empty, so each one is asked
                        last = chunk.response_metadata
        reason = str(last.get("done_reason") or "")
        digest = await self._digest_of(last) if last else None
        yield ChatEnd(reason == "stop", reason, last.get("prompt_eval_count"), last.get("eval_count"), digest)

    async def status(self) -> ModelStatus:
        """See `testgen.domain.ports.ChatModel.status`."""
        return await self._server.status(("/api/version", "/api/tags", "/api/ps"), self._read_status)

    def _read_status(self, version: Any, tags: Any, running: Any) -> ModelStatus:
        model, number = self._config.model, str(version["version"])
        found = _entry(tags, model)
        about = {
            "server": say("Ollama {version} at {address}", version=number, address=self._server.shown),
            "server_version": number,
        }
        if found is None:
            return self._server.lacks_model(**about)
        loaded = _entry(running, model) is not None
        return ModelStatus(model, available=True, loaded=loaded, digest=found.get("digest"), **about)

    async def _digest_of(self, last: dict[str, Any]) -> str | None:
        """The digest of the weights that answered, requested from the server once per load: a different model with the same name cannot
        answer before it has been loaded."""
        if self._digest is None or last.get("load_duration", 0) > LOADED_ALREADY_NS:
            self._digest = (await self._server.status(("/api/tags",), self._read_digest)).digest
        return self._digest

    def _read_digest(self, tags: Any) -> ModelStatus:
        found = _entry(tags, self._config.model) or {}
        return ModelStatus(self._config.model, available=bool(found), digest=found.get("digest"))

    def _connect(self) -> "ChatOllama":
        from langchain_ollama import ChatOllama  # takes over a second: only where a model really drafts

        config, server = self._config, self._server
        return ChatOllama(
            model=config.model,
            base_url=config.ollama_base_url,
            reasoning=config.reasoning,
            keep_alive=_keep_alive(config.keep_alive),
            client_kwargs={
                "timeout": httpx.Timeout(server.silence_s, connect=server.connect_s()),
                "trust_env": False,
            },
            async_client_kwargs={"transport": Gathering(server.transport())},
        )

    def _translate(self, error: Exception) -> EngineError | None:
        match error:
            case ollama.ResponseError():
                return self._server.refused(error.status_code, str(error.error))
            case httpx.ConnectTimeout() | httpx.ConnectError():
                return self._server.unreachable()
            case httpx.TimeoutException():
                return self._server.silent()
            case httpx.HTTPError():
                return self._server.cut_off()
        return None


def _entry(listing: dict[str, Any], model: str) -> dict[str, Any] | None:
    wanted = {model, f"{model}:latest"}
    return next((entry for entry in listing["models"] if wanted & {entry.get("name"), entry.get("model")}), None)


def _keep_alive(value: str) -> int | str:
    return int(value) if re.fullmatch(r"-?\d+", value) else value
