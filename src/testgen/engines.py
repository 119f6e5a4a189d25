"""The engines by name. To add one, add its name to `EngineName`, its module to the adapters, and a line here."""

from collections.abc import Callable, Mapping

from testgen.config import EngineName, ServiceConfig
from testgen.domain.ports import ChatModel, Engine
from testgen.drafting.model_engine import ModelEngine
from testgen.drafting.outline import OutlineEngine

EngineFactory = Callable[[ServiceConfig], Engine]
BY_RULES: frozenset[EngineName] = frozenset(["outline"])  # their work is the processor's, and goes to the workers
AUTO: tuple[EngineName, EngineName] = ("ollama", "outline")  # whom `auto` hopes for, and who needs nothing


def _ollama(config: ServiceConfig) -> ChatModel:
    from testgen.adapters.ollama import OllamaChat

    return OllamaChat(config)


def _openai(config: ServiceConfig) -> ChatModel:
    from testgen.adapters.openai import OpenAIChat

    return OpenAIChat(config)


ENGINES: Mapping[EngineName, EngineFactory] = {
    "ollama": lambda config: ModelEngine("ollama", _ollama(config), config),
    "openai": lambda config: ModelEngine("openai", _openai(config), config),
    "outline": lambda _: OutlineEngine(),
}
