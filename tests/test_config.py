"""What the stack writes, the service reads."""

import pytest
from pydantic import ValidationError
from support.settings import other_values

from testgen.config import ServiceConfig, ServiceSecrets, without_secrets


def test_parameters_round_trip_for_values_that_are_all_off_their_defaults() -> None:
    config = ServiceConfig(**other_values())
    defaults = ServiceConfig()
    assert all(getattr(config, name) != getattr(defaults, name) for name in ServiceConfig.model_fields)
    parameters = config.to_parameters()
    assert all(isinstance(value, str) and value for value in parameters.values()), "SSM takes no empty value"
    assert ServiceConfig.from_parameters(parameters) == config


def test_no_field_that_operators_rely_on_is_lost_or_renamed() -> None:
    assert set(ServiceConfig.model_fields) >= {
        "engine", "model", "ollama_base_url", "openai_base_url", "num_ctx", "num_predict", "temperature", "seed", "reasoning", "keep_alive",
        "max_concurrency", "queue_limit", "request_timeout_s", "first_token_timeout_s", "max_attempts", "max_body_bytes",
        "require_api_key", "allowed_hosts", "allowed_origins", "trusted_proxies", "ollama_proxy", "log_level", "log_prompts", "default_language",
    }  # fmt: skip
    assert list(ServiceSecrets.model_fields) == ["api_keys"]


def test_fields_that_are_absent_keep_their_defaults() -> None:
    assert ServiceConfig.from_parameters({"seed": "3"}) == ServiceConfig(seed=3)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("engine", "gpt"),
        ("num_ctx", "many"),
        ("ollama_base_url", "ollama:11434"),
        ("keep_alive", "long"),
        ("max_concurrency", "0"),
        ("modle", "x"),
        ("ollama_proxy", "proxy:3128"),
        ("allowed_hosts", "http://testgen.example.com"),
        ("allowed_hosts", "auto,testgen.example.com"),
        ("allowed_hosts", "a, ,b"),
        ("allowed_origins", "portal.example.com"),
        ("allowed_origins", "*"),
        ("trusted_proxies", "-1"),
    ],
)
def test_a_wrong_value_is_refused_by_name(field: str, value: str) -> None:
    with pytest.raises(ValidationError, match=field):
        ServiceConfig.from_parameters({field: value})


def test_an_answer_that_leaves_no_room_for_the_prompt_is_refused() -> None:
    with pytest.raises(ValidationError, match="at most half of num_ctx"):
        ServiceConfig(num_ctx=4096, num_predict=4000)


def test_the_fingerprint_changes_with_any_setting() -> None:
    assert ServiceConfig().sha256() == ServiceConfig().sha256()
    assert ServiceConfig().sha256() != ServiceConfig(seed=43).sha256()


def test_secrets_hold_hashes_and_show_none() -> None:
    secrets = ServiceSecrets(api_keys={"ci": "a" * 64})
    assert "aaaa" not in repr(secrets)
    with pytest.raises(ValidationError):
        ServiceSecrets(api_keys={"ci": "the key itself"})


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
        ("https://mori:pass@host/path", "https://***@host/path"),
        ("http://mori:p@ss@host:1", "http://***@host:1"),
        ("http://host/@x", "http://host/@x"),
        ("gemma3:4b", "gemma3:4b"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert without_secrets(address) == shown
