"""The service's settings, each at another value than its default: derived from the model, so that a new field is covered too."""

from typing import Any, Literal, get_args, get_origin

from testgen.config import ServiceConfig

TEXTS = {
    "model": "gemma3:4b",
    "ollama_base_url": "https://ollama.example:1",
    "openai_base_url": "https://vllm.example/v1",
    "keep_alive": "10m",
    "ollama_proxy": "http://proxy.example:3128",
    "allowed_hosts": "testgen.example.com,*.example.net",
    "allowed_origins": "https://portal.example.com",
}


def other_values() -> dict[str, Any]:
    """By field; together they are a valid configuration, and so is each alone."""
    return {
        name: TEXTS.get(name) or _other(field.annotation, field.default)
        for name, field in ServiceConfig.model_fields.items()
    }


def _other(kind: Any, default: Any) -> Any:
    if get_origin(kind) is Literal:
        return next(choice for choice in get_args(kind) if choice != default)
    if kind is bool:
        return not default
    return kind(default / 2) or default + 2
