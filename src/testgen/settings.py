"""The sources of settings: the environment, SSM and Secrets Manager, defaults."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from pydantic import ValidationError

from testgen.config import ServiceConfig, ServiceSecrets, without_secrets
from testgen.contract import API_KEY, API_KEYS, CONFIG_PATH, ENVIRONMENT_PREFIX, REGION, SECRET_ID, SERVER, stack_of
from testgen.domain.errors import ConfigError
from testgen.domain.faults import words_for
from testgen.messages import joined, say

_OTHER_VARIABLES = {CONFIG_PATH, SECRET_ID, API_KEYS, SERVER, API_KEY}


@dataclass(frozen=True)
class Settings:
    """The values that the service runs with, and the source of each. `reread_secrets` reads the secrets from their source again (it
    blocks, and raises `ConfigError`); None if the source cannot change."""

    config: ServiceConfig = field(default_factory=ServiceConfig)
    secrets: ServiceSecrets = field(default_factory=ServiceSecrets)
    sources: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    stack: str = "local"
    reread_secrets: Callable[[], ServiceSecrets] | None = field(default=None, compare=False, repr=False)

    def require_keys(self) -> None:
        """Checks what the service needs before it starts.

        Raises:
            ConfigError: keys are required but none is known, so nobody could ever get in.
        """
        if self.config.require_api_key and not self.secrets.api_keys:
            raise ConfigError(
                say("require_api_key is on and no API key is known, so nobody could get in"),
                remedy=say(
                    "create one with `testgen api-key NAME`, which says where to put its hash, or turn "
                    "require_api_key off"
                ),
            )

    def report(self) -> dict[str, object]:
        """The content of the line `config_loaded`: value and source of each field; of secrets, only the names of the holders."""
        values = {
            name: {"value": _shown(value), "source": self.sources.get(name, "default")}
            for name, value in self.config.model_dump().items()
        }
        keys = {
            "value": {name: "***" for name in self.secrets.api_keys},
            "source": self.sources.get("api_keys", "default"),
        }
        return {
            "settings": {**values, "api_keys": keys},
            "ignored": list(self.ignored),
            "config_sha256": self.config.sha256(),
        }


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Reads the environment first, then SSM and Secrets Manager if their paths are given, then defaults.

    Raises:
        ConfigError: a value is malformed, or a source cannot be read; the message names the variable or parameter.
    """
    environ = os.environ if environ is None else environ
    path, secret_id = environ.get(CONFIG_PATH, ""), environ.get(SECRET_ID, "")
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    if path:
        from testgen.adapters.aws import read_parameters

        for name, value in read_parameters(path, environ.get(REGION)).items():
            values[name], origins[name] = value, f"{path.rstrip('/')}/{name}"
    for variable, value in environ.items():
        if variable.startswith(ENVIRONMENT_PREFIX) and variable not in _OTHER_VARIABLES:
            name = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
            values[name], origins[name] = value, variable
    known = {name: value for name, value in values.items() if name in ServiceConfig.model_fields}
    config = _config(known, origins)
    secrets = _secrets(environ, secret_id, origins)
    ignored = tuple(sorted(origins[name] for name in values if name not in known))
    sources = {name: origin for name, origin in origins.items() if name in known or name == "api_keys"}
    changing = secret_id and API_KEYS not in environ
    region = {name: environ[name] for name in (REGION,) if name in environ}
    reread = partial(_secrets, region, secret_id, {}) if changing else None
    return Settings(config, secrets, sources, ignored, stack_of(path), reread)


def api_key(environ: Mapping[str, str] | None = None) -> str:
    """The client's key for a service, from the environment; empty if there is none."""
    return (os.environ if environ is None else environ).get(API_KEY, "").strip()


def _shown(value: object) -> object:
    return without_secrets(value) if isinstance(value, str) else value


def _config(values: Mapping[str, str], origins: Mapping[str, str]) -> ServiceConfig:
    try:
        return ServiceConfig.from_parameters(values)
    except ValidationError as error:
        problems = []
        for detail in error.errors(include_url=False):
            message = words_for(str(detail["type"]), detail.get("ctx", {}), str(detail["msg"]))
            name = str(detail["loc"][0]) if detail["loc"] else ""
            given = f"{origins[name]} = {_shown(values[name])!r}" if name in origins else ""
            problems.append(joined(": ", (given, message)))
        raise ConfigError(
            joined("; ", problems), remedy=say("correct the value, or remove it to get the default")
        ) from None


def _secrets(environ: Mapping[str, str], secret_id: str, origins: dict[str, str]) -> ServiceSecrets:
    source, data = "", {}
    if API_KEYS in environ:
        source = API_KEYS
        try:
            data = {"api_keys": json.loads(environ[API_KEYS])}
        except ValueError:
            raise ConfigError(
                say("{name} is not JSON", name=API_KEYS),
                remedy=say('write {"name": "SHA-256 of the key in hex"}'),
            ) from None
    elif secret_id:
        from testgen.adapters.aws import read_secret

        source, data = secret_id, read_secret(secret_id, environ.get(REGION))
    if not source:
        return ServiceSecrets()
    origins["api_keys"] = source
    try:
        return ServiceSecrets.model_validate(data)
    except ValidationError as error:
        where = "; ".join(
            ".".join(map(str, detail["loc"])) for detail in error.errors(include_url=False, include_input=False)
        )
        raise ConfigError(
            say("{source} is malformed at {where}", source=source, where=where),
            remedy=say("each key is a name and the SHA-256 of the key, 64 lower-case hex digits"),
        ) from None
