"""Settings: environment, then SSM and Secrets Manager, then defaults; each value says where it came from."""

import json
import threading
from collections.abc import Iterator
from typing import get_args

import boto3
import pytest
from support.aws import aws_account, empty

from testgen.bootstrap import Application
from testgen.config import EngineName, ServiceConfig
from testgen.domain.errors import ConfigError
from testgen.drafting.outline import OutlineEngine
from testgen.engines import ENGINES
from testgen.settings import Settings, load_settings

PATH, SECRET = "/testgen/mvp/config", "testgen/mvp/service"
HASH = "a" * 64


@pytest.fixture(scope="module")
def aws_endpoint() -> Iterator[str]:
    with aws_account() as url:
        yield url


@pytest.fixture
def aws(aws_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An empty account: the environment that the api container gets."""
    empty(aws_endpoint)
    monkeypatch.setenv("AWS_ENDPOINT_URL", aws_endpoint)
    boto3.client("ssm")  # credentials and region come from the environment
    return {"TESTGEN_CONFIG_PATH": PATH, "TESTGEN_SECRET_ID": SECRET}


def write(config: ServiceConfig, secret: object = None) -> None:
    """As the stack writes it: every field a parameter, the prompt-free ones encrypted or not does not matter."""
    ssm = boto3.client("ssm")
    for number, (name, value) in enumerate(config.to_parameters().items()):
        ssm.put_parameter(Name=f"{PATH}/{name}", Value=value, Type="SecureString" if number % 2 else "String")
    text = secret if isinstance(secret, str) else json.dumps(secret or {"api_keys": {"ci": HASH}})
    boto3.client("secretsmanager").create_secret(Name=SECRET, SecretString=text)


def test_without_any_source_there_are_the_defaults() -> None:
    settings = load_settings({})
    assert settings.config == ServiceConfig()
    assert settings.stack == "local"


def test_the_environment_is_read_by_field_name() -> None:
    settings = load_settings({"TESTGEN_MODEL": "qwen3:8b", "TESTGEN_MAX_CONCURRENCY": "3", "PATH": "x"})
    assert (settings.config.model, settings.config.max_concurrency) == ("qwen3:8b", 3)
    assert settings.sources == {"model": "TESTGEN_MODEL", "max_concurrency": "TESTGEN_MAX_CONCURRENCY"}


def test_what_the_stack_writes_the_service_reads(aws: dict[str, str]) -> None:
    written = ServiceConfig(
        engine="ollama", num_ctx=8192, num_predict=2048, reasoning=True, request_timeout_s=120, keep_alive="-1"
    )
    write(written)
    settings = load_settings(aws)
    assert settings.config == written, "more parameters than a page holds, half of them encrypted"
    assert settings.secrets.api_keys == {"ci": HASH}
    assert settings.stack == "mvp"
    assert settings.sources["num_ctx"] == f"{PATH}/num_ctx"


def test_the_region_is_taken_from_the_name_that_the_task_definition_sets(
    aws: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(ServiceConfig(seed=7))
    monkeypatch.delenv("AWS_DEFAULT_REGION")  # boto3 reads this one only
    assert load_settings({**aws, "AWS_REGION": "ap-northeast-1"}).config.seed == 7


def test_the_environment_wins_over_ssm(aws: dict[str, str]) -> None:
    write(ServiceConfig(seed=7))
    settings = load_settings({**aws, "TESTGEN_SEED": "8"})
    assert settings.config.seed == 8
    assert settings.sources["seed"] == "TESTGEN_SEED"


@pytest.mark.parametrize("where", ["ssm", "environment"])
def test_a_malformed_value_names_the_parameter(aws: dict[str, str], where: str) -> None:
    write(ServiceConfig())
    environment, name = {**aws, "TESTGEN_NUM_CTX": "many"}, "TESTGEN_NUM_CTX"
    if where == "ssm":
        environment, name = aws, f"{PATH}/num_ctx"
        boto3.client("ssm").put_parameter(Name=name, Value="many", Overwrite=True)
    with pytest.raises(ConfigError, match=f"{name} = 'many'.*a whole number") as caught:
        load_settings(environment)
    assert caught.value.remedy
    assert caught.value.exit_code == 2


def test_two_values_that_do_not_fit_each_other_are_both_named() -> None:
    with pytest.raises(ConfigError, match=r"num_predict \(4096\).*num_ctx \(4096\)"):
        load_settings({"TESTGEN_NUM_CTX": "4096"})


def test_an_unknown_setting_is_reported_and_does_no_harm(aws: dict[str, str]) -> None:
    write(ServiceConfig())
    boto3.client("ssm").put_parameter(Name=f"{PATH}/from_the_future", Value="x", Type="String")
    settings = load_settings({**aws, "TESTGEN_MODLE": "typo"})
    assert settings.ignored == (f"{PATH}/from_the_future", "TESTGEN_MODLE")


def test_a_path_without_parameters_is_an_error(aws: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="no SSM parameter under /testgen/mvp/config/"):
        load_settings(aws)


def test_a_missing_secret_is_an_error_that_names_it(aws: dict[str, str]) -> None:
    write(ServiceConfig())
    with pytest.raises(ConfigError, match="testgen/other/service"):
        load_settings({**aws, "TESTGEN_SECRET_ID": "testgen/other/service"})


@pytest.mark.parametrize(
    "secret", ["tg_plain_key_1", '["tg_plain_key_1"]', {"api_keys": {"ci": "tg_plain_key_1"}}, {"tg_plain_key_1": 1}]
)
def test_a_malformed_secret_is_an_error_that_does_not_show_it(aws: dict[str, str], secret: object) -> None:
    write(ServiceConfig(), secret)
    with pytest.raises(ConfigError, match=SECRET) as caught:
        load_settings(aws)
    shown = str(caught.value) + repr(caught.value.__cause__)
    assert "tg_plain_key_1" not in shown or isinstance(secret, dict)
    assert "Input" not in str(caught.value)


def test_keys_may_come_from_the_environment() -> None:
    settings = load_settings({"TESTGEN_API_KEYS": json.dumps({"me": HASH})})
    assert settings.secrets.api_keys == {"me": HASH}
    with pytest.raises(ConfigError, match="TESTGEN_API_KEYS is not JSON"):
        load_settings({"TESTGEN_API_KEYS": "{"})


def test_no_aws_at_all_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings({"TESTGEN_CONFIG_PATH": PATH})


def test_the_report_tells_value_and_source_of_each_field_and_masks_secrets() -> None:
    report = load_settings({"TESTGEN_SEED": "8", "TESTGEN_API_KEYS": json.dumps({"me": HASH})}).report()
    fields = report["settings"]
    assert isinstance(fields, dict)
    assert set(fields) == {*ServiceConfig.model_fields, "api_keys"}
    assert fields["seed"] == {"value": 8, "source": "TESTGEN_SEED"}
    assert fields["model"]["source"] == "default"
    assert fields["api_keys"] == {"value": {"me": "***"}, "source": "TESTGEN_API_KEYS"}
    assert HASH not in json.dumps(report)


@pytest.mark.parametrize("field", ["ollama_base_url", "openai_base_url", "ollama_proxy"])
def test_no_password_of_an_address_is_in_the_report_or_in_an_error(field: str) -> None:
    variable, address = f"TESTGEN_{field.upper()}", "http://mori:Sakura2026@host:1"
    report = load_settings({variable: address}).report()
    with pytest.raises(ConfigError, match=r"= 'htp://\*\*\*@host:1': write an address") as caught:
        load_settings({variable: address.replace("http", "htp")})
    assert report["settings"][field]["value"] == "http://***@host:1"  # type: ignore[index]
    assert "Sakura2026" not in f"{report}{caught.value}{caught.value.__cause__}"


async def test_auto_falls_back_with_the_reason_and_an_explicit_choice_does_not() -> None:
    application = Application(Settings(ServiceConfig(ollama_base_url="http://127.0.0.1:9")))
    fallback = await application.select("auto")
    assert fallback.engine.name == "outline"
    assert fallback.fallback_reason == "no Ollama server answers at http://127.0.0.1:9"
    assert (await application.select("outline")).fallback_reason is None
    assert (await application.select("ollama")).engine.name == "ollama"


def test_every_engine_of_the_contract_is_registered_under_its_name() -> None:
    config = ServiceConfig()
    assert {name: make(config).name for name, make in ENGINES.items()} == {name: name for name in get_args(EngineName)}


async def test_an_engine_that_a_request_names_is_loaded_once_and_beside_the_event_loop() -> None:
    loaded: list[bool] = []

    class Slow(OutlineEngine):
        def preload(self) -> None:
            loaded.append(threading.current_thread() is threading.main_thread())

    application = Application(Settings(ServiceConfig(engine="outline")), {**ENGINES, "openai": lambda _: Slow()})
    for _ in range(2):
        await application.select("openai")
    assert loaded == [False]
