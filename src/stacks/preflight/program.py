"""The program's own questions, asked outside of Pulumi: its look-ups come to `Aws`, its configuration from the stack's file.

So that what preview refuses is refused here, by the same code and in the same words.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
import yaml
from pulumi.runtime import mocks

from stacks.config import ConfigRefusedError
from stacks.preflight.aws import Aws
from stacks.preflight.lookups import look_up
from testgen.contract import PROJECT

QUOTA = "aws:servicequotas/getServiceQuota:getServiceQuota"


@dataclass(frozen=True)
class StackFile:
    """`Pulumi.<stack>.yaml` over the defaults of `Pulumi.yaml`, and how its secrets are kept."""

    stack: str
    config: Mapping[str, Any]
    secrets_provider: str | None
    passphrase: bool

    @property
    def region(self) -> str | None:
        """Account and region of the stack."""
        return self.config.get("aws:region")

    @property
    def accounts(self) -> list[str]:
        """The accounts that the stack may be built in; empty if the file pins none."""
        found = self.config.get("aws:allowedAccountIds") or []
        return [str(entry) for entry in (json.loads(found) if isinstance(found, str) else found)]

    @property
    def key_holders(self) -> list[str]:
        """Whose API keys the file has; the hashes stay encrypted, and so do the names where all of it was set as one secret."""
        found = self.config.get("testgen:api_keys") or {}
        return ["somebody (encrypted)"] if set(found) == {"secure"} else sorted(found)


def read_stack_file(root: Path, stack: str) -> StackFile:
    """Reads both files.

    Raises:
        ConfigRefusedError: the stack has no file, or it is not YAML.
    """
    path = root / f"Pulumi.{stack}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(found.name.split(".")[1] for found in root.glob("Pulumi.*.yaml")))
        raise ConfigRefusedError(f"{path.name} is not there: choose a stack that has a file ({known}), or write one")
    try:
        own = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise ConfigRefusedError(f"{path.name} is not YAML: {' '.join(str(error).split())}") from None
    project = yaml.safe_load((root / "Pulumi.yaml").read_text(encoding="utf-8")).get("config", {})
    given = {name: entry["value"] for name, entry in project.items() if "value" in entry}
    return StackFile(
        stack, {**given, **own.get("config", {})}, own.get("secretsprovider"), passphrase="encryptionsalt" in own
    )


class _Answers(mocks.Mocks):
    """Look-ups are real; a resource is never asked for."""

    def __init__(self, aws: Aws, *, quotas_granted: bool) -> None:
        self._aws, self._quotas_granted = aws, quotas_granted

    def call(self, args: mocks.MockCallArgs) -> Any:
        if self._quotas_granted and args.token == QUOTA:
            return {"id": "granted", **args.args, "value": float("inf")}
        return look_up(self._aws.ask, args.token, args.args)

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        raise AssertionError(f"{args.name}: preflight makes nothing")


class _Monitor(mocks.MockMonitor):
    """Closes the event loop that Pulumi makes for the thread of a look-up, and leaves open."""

    def Invoke(self, request: Any) -> Any:  # noqa: N802 - gRPC's name
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            return mocks.MockMonitor.Invoke(self, request)
        finally:
            asyncio.set_event_loop(None)
            loop.close()


@contextmanager
def asked_directly(file: StackFile, aws: Aws, *, quotas_granted: bool = False) -> Iterator[None]:
    """In the block the program's functions can be called as they are. `quotas_granted`: quotas are not what is asked about."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    answers = _Answers(aws, quotas_granted=quotas_granted)
    try:
        mocks.set_mocks(answers, project=PROJECT, stack=file.stack, preview=True, monitor=_Monitor(answers))
        texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in file.config.items()}
        pulumi.runtime.set_all_config(texts, [])
        yield
    finally:
        loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop), return_exceptions=True))
        pulumi.runtime.settings.reset_options()
        loop.close()
        asyncio.set_event_loop(None)
