"""The composition root: settings from their sources, engines from their adapters. The only importer of adapters."""

import asyncio
import json
import os
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import ValidationError

from testgen import pipeline
from testgen.config import EngineChoice, ServiceConfig, ServiceSecrets
from testgen.contract import API_KEYS, CONFIG_PATH, ENVIRONMENT_PREFIX, REGION, SECRET_ID, stack_of
from testgen.domain.errors import ConfigError, EngineTimeoutError
from testgen.domain.events import Event
from testgen.domain.ports import ChatModel, Selection
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.drafting.model_engine import ModelEngine
from testgen.drafting.outline import OutlineEngine
from testgen.repair import Reviewing
from testgen.rewriting import RewriteOrder, rewrite

_OTHER_VARIABLES = {CONFIG_PATH, SECRET_ID, API_KEYS}


@dataclass(frozen=True)
class Settings:
    """What the service runs with, and where each value came from."""

    config: ServiceConfig = field(default_factory=ServiceConfig)
    secrets: ServiceSecrets = field(default_factory=ServiceSecrets)
    sources: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    stack: str = "local"

    def report(self) -> dict[str, object]:
        """What the line `config_loaded` says: value and source of each field; of secrets only the holders' names."""
        values = {
            name: {"value": value, "source": self.sources.get(name, "default")}
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
    """Environment first, then SSM and Secrets Manager where their paths are given, then defaults (DESIGN section 7).

    Raises:
        ConfigError: a value is malformed, or a source cannot be read; names the variable or parameter.
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
    return Settings(config, secrets, sources, ignored, stack_of(path))


def _config(values: Mapping[str, str], origins: Mapping[str, str]) -> ServiceConfig:
    try:
        return ServiceConfig.from_parameters(values)
    except ValidationError as error:
        problems = []
        for detail in error.errors(include_url=False):
            message = str(detail["msg"]).removeprefix("Value error, ")
            name = str(detail["loc"][0]) if detail["loc"] else ""
            problems.append(f"{origins[name]} = {values[name]!r}: {message}" if name in origins else message)
        raise ConfigError("; ".join(problems), remedy="correct the value, or remove it to get the default") from None


def _secrets(environ: Mapping[str, str], secret_id: str, origins: dict[str, str]) -> ServiceSecrets:
    source, data = "", {}
    if API_KEYS in environ:
        source = API_KEYS
        try:
            data = {"api_keys": json.loads(environ[API_KEYS])}
        except ValueError:
            raise ConfigError(f"{API_KEYS} is not JSON", remedy='write {"name": "SHA-256 of the key in hex"}') from None
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
            f"{source} is malformed at {where}",
            remedy="each key is a name and the SHA-256 of the key, 64 lower-case hex digits",
        ) from None


class Application:
    """Settings and engines, ready to draft; what the API, the CLI and the Python API stand on."""

    def __init__(self, settings: Settings, chat: ChatModel | None = None) -> None:
        self.settings = settings
        self.config = settings.config
        self.outline = OutlineEngine()
        self._chat = chat

    @cached_property
    def chat(self) -> ChatModel:
        """The chat model; its library takes over a second to import, so it waits until somebody asks."""
        if self._chat is not None:
            return self._chat
        from testgen.adapters.ollama import OllamaChat

        return OllamaChat(self.config)

    def preload(self) -> None:
        """Loads what the first draft would have to wait for; blocks for about a second."""
        from testgen.reviewer import warm_up

        warm_up()
        if self.config.engine != "outline" and self._chat is None:
            from testgen.adapters.ollama import preload

            preload()

    async def select(self, choice: EngineChoice | None = None) -> Selection:
        """Decides who drafts. `auto` takes Ollama where the server answers and has the model, else `outline`."""
        choice = choice or self.config.engine
        if choice == "outline":
            return Selection(self.outline)
        if choice == "auto":
            status = await self.chat.status()
            if not status.available:
                return Selection(self.outline, fallback_reason=status.problem)
        return Selection(ModelEngine(self.chat, self.config))

    async def events(
        self,
        case: TestCase,
        choice: EngineChoice | None = None,
        *,
        timeout_s: float | None = None,
        reviewing: Reviewing | None = None,
    ) -> AsyncGenerator[Event, None]:
        """The events of one procedure; see `testgen.pipeline.run`."""
        selection = await self.select(choice)
        async for event in pipeline.run(case, selection, self.config, timeout_s=timeout_s, reviewing=reviewing):
            yield event

    async def rewrite(
        self,
        procedure: Procedure,
        order: RewriteOrder,
        choice: EngineChoice | None = None,
        *,
        timeout_s: float | None = None,
    ) -> Procedure:
        """Has the named steps written again; see `testgen.repair.rewrite`.

        Raises:
            EngineTimeoutError: it took longer than `timeout_s` (`request_timeout_s` where not given).
        """
        selection, limit = await self.select(choice), self.config.request_timeout_s
        try:
            async with asyncio.timeout(limit if timeout_s is None else timeout_s):
                return await rewrite(procedure, order, selection.engine)
        except TimeoutError:
            raise EngineTimeoutError(f"the rewriting took longer than {limit:g} s", remedy="name fewer steps") from None
