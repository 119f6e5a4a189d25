"""What the operator's machine must have: the tools that docs/deploy.md names, and Pulumi's state and secrets."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from botocore.exceptions import ClientError

from stacks.config import StackConfig
from stacks.preflight.aws import Aws
from stacks.preflight.findings import Check, MissingError
from stacks.preflight.program import StackFile
from stacks.sections import ImagesConfig

OLDEST_PULUMI = (3, 200)
PATIENCE_S = 60
PASSPHRASES = ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE")


@dataclass(frozen=True)
class MachineChecks:
    """The questions about the machine that Pulumi runs on."""

    root: Path
    file: StackFile
    config: StackConfig | None  # None if it was refused
    aws: Aws

    def all(self) -> Iterator[Check]:
        """In the order of docs/deploy.md."""
        yield Check("uv", self.uv)
        images = self.config.images if self.config else ImagesConfig()
        if not (images.api_uri and images.ollama_uri):
            yield Check("Docker", self.docker)
            if shutil.which("docker"):
                yield Check("Docker's buildx", self.buildx)
        yield Check("Pulumi CLI", self.pulumi)
        if shutil.which("pulumi"):
            yield Check("Pulumi's backend", self.backend)
            yield Check("stack", self.stack)
        yield Check("secrets of the stack file", self.secrets)

    def uv(self) -> str:
        """The language host looks it up on the PATH (`toolchain: uv`)."""
        where = shutil.which("uv")
        if where is None:
            raise MissingError('it is not on the PATH: `make infra`, then `export PATH="$PWD/.venv/bin:$PATH"`')
        return where

    def docker(self) -> str:
        """Client and server: images are built on this machine."""
        remedy = "install and start Docker, or give images by digest (testgen:images.api_uri and ollama_uri)"
        return f"server {self._said(['docker', 'version', '--format', '{{.Server.Version}}'], remedy)}"

    def buildx(self) -> str:
        """Which awsx builds by."""
        return self._said(["docker", "buildx", "version"], "install Docker's buildx plugin").split("\n")[0]

    def pulumi(self) -> str:
        """New enough for `toolchain: uv`."""
        remedy = "install the Pulumi CLI (https://www.pulumi.com/docs/install/)"
        found = self._said(["pulumi", "version"], remedy)
        number = re.match(r"v?(\d+)\.(\d+)", found)
        if number and tuple(map(int, number.groups())) < OLDEST_PULUMI:
            raise MissingError(f"{found} is older than {OLDEST_PULUMI[0]}.{OLDEST_PULUMI[1]}: {remedy}")
        return found

    def backend(self) -> str:
        """The place of the state, which is needed to list stacks."""
        remedy = f"`pulumi login 's3://your-company-pulumi-state?region={self.aws.region}'` (docs/deploy.md)"
        self._said(["pulumi", "stack", "ls", "--json", "--non-interactive"], remedy)
        return str(json.loads(self._said(["pulumi", "whoami", "--json", "--non-interactive"], remedy)).get("url"))

    def stack(self) -> str:
        """Made by `pulumi stack init`."""
        name = self.file.stack
        remedy = f"`pulumi stack init {name} --secrets-provider 'awskms://alias/pulumi?region={self.aws.region}'`"
        listed = json.loads(
            self._said(["pulumi", "stack", "ls", "--json", "--non-interactive"], "see Pulumi's backend")
        )
        if name not in [entry["name"].rpartition("/")[2] for entry in listed]:
            raise MissingError(f"{name} is not in the backend: {remedy}")
        return f"{name} is in the backend"

    def secrets(self) -> str:
        """By a key of KMS that answers, or a passphrase that is set."""
        provider = self.file.secrets_provider
        if provider and provider.startswith("awskms://"):
            return self._key(provider)
        if provider and provider != "passphrase":
            return f"kept by {provider}, which is not asked here"
        if self.file.passphrase or provider == "passphrase":
            given = [name for name in PASSPHRASES if name in os.environ]
            if not given:
                raise MissingError(f"they are kept by a passphrase: set {PASSPHRASES[0]} or {PASSPHRASES[1]}")
            return f"by the passphrase in {given[0]}"
        return "none yet; `pulumi stack init` decides how they are kept"

    def _key(self, provider: str) -> str:
        address = urlsplit(provider)
        name = f"{address.netloc}{address.path}"
        region = parse_qs(address.query).get("region", [self.aws.region])[0]
        try:
            found = Aws(region).ask("kms", "describe_key", KeyId=name)["KeyMetadata"]
        except ClientError as error:
            raise MissingError(
                f"{name} in {region}: {error.response['Error']['Message']}: make the key, or correct secretsprovider"
            ) from None
        if found["KeyState"] != "Enabled":
            raise MissingError(f"{name} in {region} is {found['KeyState']}: enable it")
        return f"by {name} in {region}"

    def _said(self, command: list[str], remedy: str) -> str:
        """What a program prints, or its last line if it fails."""
        try:
            done = subprocess.run(
                command, cwd=self.root, capture_output=True, text=True, timeout=PATIENCE_S, check=False
            )
        except FileNotFoundError:
            raise MissingError(f"`{command[0]}` is not on the PATH: {remedy}") from None
        except subprocess.TimeoutExpired:
            raise MissingError(f"`{' '.join(command)}` does not end: {remedy}") from None
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
            raise MissingError(f"`{' '.join(command)}` fails ({lines[-1].strip()}): {remedy}")
        return done.stdout.strip()
