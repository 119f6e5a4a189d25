"""`make page-vendor`: fetches anew what the page has from others, each package at the version and with the checksum that
`packages.json` beside the files names. To take another version, write it and its `npm view NAME@VERSION dist.integrity` there.

Needs npm; the files are in the tree, so nobody else does. They are the package's own bytes.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parents[1] / "src/testgen/api/page/vendor"
PACKAGES = VENDOR / "packages.json"


def packages() -> dict[str, dict[str, Any]]:
    """Name -> version, licence, integrity (of npm, sha512), files (here -> in the package), their sha256."""
    found: dict[str, dict[str, Any]] = json.loads(PACKAGES.read_text(encoding="utf-8"))
    return found


def fetch(name: str, version: str, folder: Path) -> Path:
    """The package's archive, by the registry's ordinary client."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{name}@{version}"]
    made = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - names are ours
    return folder / made.stdout.strip().splitlines()[-1]


def require(archive: Path, integrity: str) -> None:
    """Exits where the archive is not the one that was looked at."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != integrity:
        sys.exit(f"page-vendor: {archive.name} has the checksum {found}, not {integrity}: nothing was written")


def contents(archive: Path, wanted: dict[str, str]) -> dict[str, bytes]:
    """The files that are wanted of it, by the name that they have here."""
    with tarfile.open(archive) as packed:
        taken = {}
        for here, there in wanted.items():
            member = packed.extractfile(f"package/{there}")
            if member is None:
                sys.exit(f"page-vendor: {there} is no file of {archive.name}")
            taken[here] = member.read()
    return taken


def main() -> None:
    """Fetches all, checks all, and writes then."""
    made: dict[str, bytes] = {}
    wanted = packages()
    with tempfile.TemporaryDirectory() as folder:
        for name, package in wanted.items():
            archive = fetch(name, package["version"], Path(folder))
            require(archive, package["integrity"])
            taken = contents(archive, package["files"])
            package["sha256"] = {here: hashlib.sha256(content).hexdigest() for here, content in taken.items()}
            made |= taken
    for here, content in made.items():
        (VENDOR / here).write_bytes(content)
    PACKAGES.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
    print("page-vendor: " + ", ".join(sorted(made)))


if __name__ == "__main__":
    main()
