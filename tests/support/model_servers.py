"""The engines with a model, each against its protocol server: what the tests of the adapters have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from support.openai_server import OpenAIServer
from support.protocol_server import MODEL, Answer, ProtocolServer
from testgen.adapters.ollama import OllamaChat
from testgen.adapters.openai import OpenAIChat
from testgen.config import ServiceConfig
from testgen.domain.ports import ChatEnd, ChatModel, Message
from testgen.drafting.wire import SCHEMA

ASK = [Message("system", "s"), Message("user", "u")]


@dataclass(frozen=True)
class Wire:
    """A protocol: its server, our adapter, and the words by which remedies name them."""

    engine: str
    server: type[ProtocolServer]
    adapter: Callable[[ServiceConfig], ChatModel]
    brand: str
    path: str
    start: str
    get_model: str

    def serve(self, *script: Answer, **options: Any) -> ProtocolServer:
        return self.server(*script, **options)

    def config(self, url: str, **settings: object) -> ServiceConfig:
        given = {"engine": self.engine, "model": MODEL, f"{self.engine}_base_url": url + self.path}
        return ServiceConfig.model_validate({**given, **settings})

    def chat(self, url: str, **settings: object) -> ChatModel:
        return self.adapter(self.config(url, **settings))


OLLAMA = Wire("ollama", ProtocolServer, OllamaChat, "Ollama", "", "ollama serve", f"ollama pull {MODEL}")
OPENAI = Wire("openai", OpenAIServer, OpenAIChat, "OpenAI-compatible", "/v1", "llama-server", "/v1/models")
WIRES = (OLLAMA, OPENAI)


async def answer_of(chat: ChatModel, seed: int = 7, temperature: float | None = None) -> tuple[str, ChatEnd]:
    """The text of a whole answer, and how it ended."""
    pieces = [piece async for piece in chat.stream(ASK, schema=SCHEMA, seed=seed, temperature=temperature)]
    assert isinstance(pieces[-1], ChatEnd)
    return "".join(piece for piece in pieces[:-1] if isinstance(piece, str)), pieces[-1]
