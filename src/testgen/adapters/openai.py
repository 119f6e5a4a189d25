"""The model of any server with OpenAI's protocol (llama.cpp, vLLM, LM Studio), through LangChain's `ChatOpenAI`.

The address is always the configured one; a proxy or an account from the environment is not used.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, cast

from testgen.adapters.model_server import ModelServer, PerLoop
from testgen.config import ServiceConfig
from testgen.domain.errors import EngineError
from testgen.domain.ports import ChatEnd, Message, ModelStatus
from testgen.messages import say

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

SENT_HEADERS = {"host", "content-type", "content-length", "accept", "accept-encoding", "connection", "user-agent"}
NO_KEY = "none"  # a server of one's own asks for none, and the client library wants something


class OpenAIChat:
    """A `ChatModel` on a server with OpenAI's protocol."""

    def __init__(self, config: ServiceConfig) -> None:
        self._config = config
        self._clients = PerLoop(self._connect)
        self._server = ModelServer(
            brand=say("OpenAI-compatible"),
            url=config.openai_base_url,
            model=config.model,
            silence_s=config.first_token_timeout_s,
            setting="openai_base_url",
            start=say("`llama-server`, `vllm serve` or LM Studio"),
            get_model=say("set TESTGEN_MODEL to a name that the server lists under /v1/models"),
            slots=say("the number of requests that the server answers at once"),
        )

    def preload(self) -> None:
        """See `testgen.domain.ports.ChatModel.preload`."""
        import langchain_openai  # noqa: F401

    async def stream(
        self, messages: Sequence[Message], *, schema: dict[str, Any], seed: int, temperature: float | None = None
    ) -> AsyncGenerator[str | ChatEnd, None]:
        """See `testgen.domain.ports.ChatModel.stream`. A stream that gives no reason for its end was cut off."""
        reason, read, written = "", None, None
        turns = [(message.role, message.content) for message in messages]
        sampling: dict[str, Any] = {"seed": seed} | ({} if temperature is None else {"temperature": temperature})
        with self._server.our_errors(self._translate):
            chunks = self._clients.get().astream(turns, **sampling, extra_body=self._body(schema))
            async with aclosing(cast("AsyncGenerator[Any, None]", chunks)):
                async for chunk in chunks:
                    if text := chunk.text:
                        yield str(text)
                    reason = chunk.response_metadata.get("finish_reason") or reason
                    if usage := chunk.usage_metadata:
                        read, written = usage["input_tokens"], usage["output_tokens"]
        yield ChatEnd(reason == "stop", reason, read, written)

    async def status(self) -> ModelStatus:
        """See `testgen.domain.ports.ChatModel.status`. The protocol does not say whether a model is loaded."""
        return await self._server.status(("/models",), self._read_status)

    def _read_status(self, listing: Any) -> ModelStatus:
        server = say("OpenAI-compatible server at {address}", address=self._server.shown)
        if self._config.model not in {entry["id"] for entry in listing["data"]}:
            return self._server.lacks_model(server=server)
        return ModelStatus(self._config.model, available=True, loaded=True, server=server)

    def _body(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Parameters outside LangChain's own: under those names it would parse the answer or rename the limit."""
        return {
            "max_tokens": self._config.num_predict,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "rows", "strict": True, "schema": schema},
            },
            "chat_template_kwargs": {"enable_thinking": self._config.reasoning},
        }

    def _connect(self) -> "ChatOpenAI":
        import openai  # with LangChain over a second: only where a model really drafts
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        config, server = self._config, self._server
        return ChatOpenAI(
            model=config.model,
            base_url=config.openai_base_url,
            api_key=SecretStr(NO_KEY),
            openai_proxy=None,
            http_client=openai.DefaultHttpxClient(trust_env=False),  # never used, but made, even with a broken proxy
            http_async_client=openai.DefaultAsyncHttpxClient(
                trust_env=False,
                follow_redirects=False,
                headers={"Connection": "close"},  # so that no connection outlives its event loop
                event_hooks={"request": [_leave_account_out]},
            ),
            timeout=openai.Timeout(server.silence_s, connect=server.connect_s()),
            stream_chunk_timeout=server.silence_s,  # a server's sign of life is not the model's
            stream_usage=True,
            max_retries=0,
            temperature=config.temperature,
            use_responses_api=False,
        )

    def _translate(self, error: Exception) -> EngineError | None:
        import openai

        match error:
            case openai.APIConnectionError() if _never_connected(error):
                return self._server.unreachable()
            case openai.APITimeoutError():
                return self._server.silent()
            case openai.APIConnectionError():
                return self._server.cut_off()
            case openai.APIError():  # before the stream it has a status, within it has none
                body = error.body if isinstance(error.body, dict) else {}
                return self._server.refused(getattr(error, "status_code", 200), str(body.get("message", error.message)))
        return None


def _never_connected(error: Exception) -> bool:
    """Decides by the name of the cause, because the client library brings its own HTTP library."""
    return type(error.__cause__).__name__ in ("ConnectError", "ConnectTimeout")


async def _leave_account_out(request: Any) -> None:
    """Removes what the client library adds: key, organization and headers from the environment, facts about this machine."""
    for name in set(request.headers) - SENT_HEADERS:
        del request.headers[name]
