"""The settings that the infrastructure writes and the service reads: one model for both sides."""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from testgen.contract import OLLAMA_URL
from testgen.messages import say

EngineName = Literal["ollama", "openai", "outline"]
EngineChoice = Literal["auto", EngineName]
LanguageChoice = Literal["auto", "ja", "en"]


NONE, AUTO, ANY = "none", "auto", "*"  # words for what an empty text would say: the Parameter Store takes none
_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


def _http_url(value: str) -> str:
    try:
        TypeAdapter(HttpUrl).validate_python(value)
    except ValidationError:  # its own error would show the value, and a password in it
        raise ValueError(say("write an address such as http://127.0.0.1:11434")) from None
    return value.rstrip("/")


def _proxy(value: str) -> str:
    return value if value == NONE else _http_url(value)


def _hosts(value: str) -> str:
    names = [name.strip().lower() for name in value.split(",")]
    wrong = [name for name in names if name not in (AUTO, ANY) and not _HOST.fullmatch(name)]
    if wrong or (AUTO in names and len(names) > 1):
        raise ValueError(say("write names without ports, such as testgen.example.com,*.example.com, or auto, or *"))
    return ",".join(names)


def _origins(value: str) -> str:
    if value == NONE:
        return value
    origins = [origin.strip().rstrip("/") for origin in value.split(",")]
    if not all(re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?", origin) for origin in origins):
        raise ValueError(say("write origins such as https://portal.example.com, separated by commas, or none"))
    return ",".join(origins)


def without_secrets(address: str) -> str:
    """The address as it may be shown and logged, without the user name and password before its host."""
    return re.sub(r"(?<=//)[^/?#]*@", "***@", address)


def _keep_alive(value: str) -> str:
    if not re.fullmatch(r"-?\d+(\.\d+)?(ms|s|m|h)?", value):
        raise ValueError(say("write a duration such as 30m or 24h, a number of seconds, or -1 for 'never unload'"))
    return value


class ServiceConfig(BaseModel):
    """All settings of the service that are not secret. The model is flat: each field is one SSM parameter and one environment variable."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    engine: EngineChoice = Field("auto", description="Engine: `auto` uses Ollama if it is ready, otherwise `outline`.")
    model: str = Field(
        "gemma3:12b",
        max_length=200,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@-]*$",
        description="Name of the model on its server.",
    )
    ollama_base_url: Annotated[str, AfterValidator(_http_url)] = Field(
        OLLAMA_URL, description="Address of the Ollama server."
    )
    ollama_proxy: Annotated[str, AfterValidator(_proxy)] = Field(
        NONE, description="Proxy for the Ollama server; `none`: connect directly, whatever `HTTP_PROXY` says."
    )
    openai_base_url: Annotated[str, AfterValidator(_http_url)] = Field(
        "http://127.0.0.1:8080/v1", description="Address of a server with OpenAI's protocol, for the engine `openai`."
    )
    num_ctx: int = Field(
        16384, ge=2048, le=1_048_576, description="Context window in tokens, for prompt and answer together."
    )
    num_predict: int = Field(4096, ge=128, le=65_536, description="Longest answer in tokens.")
    temperature: float = Field(0.0, ge=0, le=2, description="Sampling temperature; 0 is greedy.")
    seed: int = Field(42, ge=0, le=2**31 - 1, description="Seed of the first attempt; each further attempt adds one.")
    reasoning: bool = Field(False, description="Let a thinking model think first; uses tokens of the answer.")
    keep_alive: Annotated[str, AfterValidator(_keep_alive)] = Field(
        "30m", description="How long Ollama keeps the model loaded after a request; -1: for ever."
    )
    max_concurrency: int = Field(2, ge=1, le=256, description="Number of generations that run at the same time.")
    queue_limit: int = Field(
        8, ge=0, le=10_000, description="Number of generations that may wait; further ones are answered with 503."
    )
    request_timeout_s: float = Field(
        300, gt=0, le=3900, description="Longest time for one procedure in seconds, including waiting and retries."
    )
    first_token_timeout_s: float = Field(
        120, gt=0, le=3900, description="Longest silence of the model in seconds, including loading."
    )
    max_attempts: int = Field(2, ge=1, le=5, description="Number of drafts before testgen gives up.")
    max_body_bytes: int = Field(1_048_576, ge=1024, le=104_857_600, description="Largest request body in bytes.")
    require_api_key: bool = Field(False, description="Refuse `/v1/` requests without a known key.")
    allowed_hosts: Annotated[str, AfterValidator(_hosts)] = Field(
        AUTO,
        max_length=2000,
        description="Host names that the service answers to, separated by commas; `auto`: the address it listens on; `*`: any.",
    )
    allowed_origins: Annotated[str, AfterValidator(_origins)] = Field(
        NONE,
        max_length=2000,
        description="Origins of other web pages that may call the API (CORS), separated by commas, or `none`.",
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=8,
        description="Number of load balancers in front; each adds the address it saw to `X-Forwarded-For`.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Lowest severity of log lines to print."
    )
    log_prompts: bool = Field(False, description="Also log the text of test cases and procedures.")
    default_language: LanguageChoice = Field(
        "auto", description="Language of cases that do not name one; `auto` detects it from the text."
    )

    @model_validator(mode="after")
    def _answer_fits_context(self) -> Self:
        if self.num_predict > self.num_ctx // 2:
            raise ValueError(
                say(
                    "num_predict ({num_predict}) leaves too little of num_ctx ({num_ctx}) for the prompt: at most "
                    "half of num_ctx is allowed",
                    num_predict=self.num_predict,
                    num_ctx=self.num_ctx,
                )
            )
        return self

    def to_parameters(self) -> dict[str, str]:
        """The value of each SSM parameter `/testgen/{stack}/config/{field}`, as text."""
        return {name: _as_text(value) for name, value in self.model_dump().items()}

    @classmethod
    def from_parameters(cls, values: Mapping[str, str]) -> Self:
        """Reads what `to_parameters` wrote; missing fields keep their defaults.

        Raises:
            pydantic.ValidationError: a value does not fit its field, or there is no field with that name.
        """
        return cls.model_validate(dict(values))

    def sha256(self) -> str:
        """Fingerprint of all settings. On AWS, a change restarts the service; provenance records it."""
        return _fingerprint(self)


class ServiceSecrets(BaseModel):
    """What only the service may know. It is never logged, and it contains only hashes of the keys, so that even the secret reveals none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    api_keys: dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] = Field(
        default_factory=dict,
        description="Name of the key's holder -> SHA-256 of the key in lower-case hex.",
        repr=False,
    )


@lru_cache(maxsize=8)  # each procedure carries it
def _fingerprint(config: ServiceConfig) -> str:
    return hashlib.sha256(json.dumps(config.to_parameters(), sort_keys=True).encode()).hexdigest()


def _as_text(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)
