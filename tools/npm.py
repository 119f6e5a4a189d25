"""Packages of the npm registry, by its ordinary client, each held to the checksum that was looked at."""

import base64
import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path


def fetch(name: str, version: str, integrity: str, folder: Path) -> Path:
    """The package's archive, in the folder.

    Exits if it is not the one that was checked (`integrity` is npm's: sha512 in base64).
    """
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{name}@{version}"]
    made = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - names are ours
    archive = folder / made.stdout.strip().splitlines()[-1]
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != integrity:
        sys.exit(f"npm: {archive.name} has the checksum {found}, not {integrity}: nothing was taken from it")
    return archive


def contents(archive: Path, wanted: dict[str, str]) -> dict[str, bytes]:
    """Files of a package: the name that each gets -> its bytes."""
    with tarfile.open(archive) as packed:
        taken = {}
        for here, there in wanted.items():
            member = packed.extractfile(f"package/{there}")
            if member is None:
                sys.exit(f"npm: {there} is no file of {archive.name}")
            taken[here] = member.read()
    return taken
