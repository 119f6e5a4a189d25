"""The settings that infrastructure writes and the service reads: one model for both sides."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter, model_validator

from testgen.contract import OLLAMA_URL

EngineName = Literal["ollama", "openai", "outline"]
EngineChoice = Literal["auto", EngineName]
LanguageChoice = Literal["auto", "ja", "en"]


def _http_url(value: str) -> str:
    TypeAdapter(HttpUrl).validate_python(value)
    return value.rstrip("/")


def _keep_alive(value: str) -> str:
    if not re.fullmatch(r"-?\d+(\.\d+)?(ms|s|m|h)?", value):
        raise ValueError("write a duration such as 30m or 24h, a number of seconds, or -1 for 'never unload'")
    return value


class ServiceConfig(BaseModel):
    """Everything about the service that is not secret. Flat: one field is one SSM parameter and one variable."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    engine: EngineChoice = Field(
        "auto", description="Who drafts: `auto` takes Ollama where it is ready, else `outline`."
    )
    model: str = Field(
        "gemma3:12b",
        max_length=200,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@-]*$",
        description="The model's name on its server.",
    )
    ollama_base_url: Annotated[str, AfterValidator(_http_url)] = Field(
        OLLAMA_URL, description="Where the Ollama server answers."
    )
    openai_base_url: Annotated[str, AfterValidator(_http_url)] = Field(
        "http://127.0.0.1:8080/v1", description="Where a server with OpenAI's protocol answers, for engine `openai`."
    )
    num_ctx: int = Field(
        16384, ge=2048, le=1_048_576, description="Context window in tokens, prompt and answer together."
    )
    num_predict: int = Field(4096, ge=128, le=65_536, description="Longest answer in tokens.")
    temperature: float = Field(0.0, ge=0, le=2, description="Sampling temperature; 0 is greedy.")
    seed: int = Field(42, ge=0, le=2**31 - 1, description="Seed of the first attempt; each further attempt adds one.")
    reasoning: bool = Field(False, description="Let a thinking model think first; costs answer tokens.")
    keep_alive: Annotated[str, AfterValidator(_keep_alive)] = Field(
        "30m", description="How long Ollama keeps the model loaded after a request; -1 is for ever."
    )
    max_concurrency: int = Field(2, ge=1, le=256, description="Generations that run at the same time.")
    queue_limit: int = Field(8, ge=0, le=10_000, description="Generations that may wait; one more is answered 503.")
    request_timeout_s: float = Field(
        300, gt=0, le=3900, description="Longest time for one procedure in seconds, waiting and retries included."
    )
    first_token_timeout_s: float = Field(
        120, gt=0, le=3900, description="Longest silence of the model in seconds, its loading included."
    )
    max_attempts: int = Field(2, ge=1, le=5, description="Drafts that are tried before giving up.")
    max_body_bytes: int = Field(1_048_576, ge=1024, le=104_857_600, description="Largest request body in bytes.")
    require_api_key: bool = Field(False, description="Refuse `/v1/` requests without a known key.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Least severe log line printed."
    )
    log_prompts: bool = Field(False, description="Also log the text of test cases and procedures.")
    default_language: LanguageChoice = Field(
        "auto", description="Language of cases that name none; `auto` looks at the text."
    )

    @model_validator(mode="after")
    def _answer_fits_context(self) -> Self:
        if self.num_predict > self.num_ctx // 2:
            raise ValueError(
                f"num_predict ({self.num_predict}) leaves too little of num_ctx ({self.num_ctx}) for the prompt: "
                "at most half of num_ctx is allowed"
            )
        return self

    def to_parameters(self) -> dict[str, str]:
        """The value of each SSM parameter `/testgen/{stack}/config/{field}`, as text."""
        return {name: _as_text(value) for name, value in self.model_dump().items()}

    @classmethod
    def from_parameters(cls, values: Mapping[str, str]) -> Self:
        """Reads what `to_parameters` wrote; fields that are absent keep their defaults.

        Raises:
            pydantic.ValidationError: a value does not fit its field, or no field has that name.
        """
        return cls.model_validate(dict(values))

    def sha256(self) -> str:
        """Fingerprint of all settings; it rolls the service on AWS and goes into provenance."""
        return hashlib.sha256(json.dumps(self.to_parameters(), sort_keys=True).encode()).hexdigest()


class ServiceSecrets(BaseModel):
    """What only the service may know. Never logged; keys are stored as hashes, so even the secret holds none in clear."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    api_keys: dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] = Field(
        default_factory=dict,
        description="Name of the key's holder -> SHA-256 of the key in lower-case hex.",
        repr=False,
    )


def _as_text(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)
