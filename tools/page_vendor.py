"""`make page-vendor`: fetches the page's libraries, each package with the version and the checksum that
`packages.json` next to the files names. To use another version, write it and its `npm view NAME@VERSION dist.integrity` there.

Needs npm; the files are in the tree, so nobody else does. They are the package's own bytes.
"""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from tools.npm import contents, fetch

VENDOR = Path(__file__).resolve().parents[1] / "src/testgen/api/page/vendor"
PACKAGES = VENDOR / "packages.json"


def packages() -> dict[str, dict[str, Any]]:
    """Name -> version, licence, integrity (of npm, sha512), files (here -> in the package), their sha256."""
    found: dict[str, dict[str, Any]] = json.loads(PACKAGES.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Fetches all, checks all, and writes then."""
    made: dict[str, bytes] = {}
    wanted = packages()
    with tempfile.TemporaryDirectory() as folder:
        for name, package in wanted.items():
            archive = fetch(name, package["version"], package["integrity"], Path(folder))
            taken = contents(archive, package["files"])
            package["sha256"] = {here: hashlib.sha256(content).hexdigest() for here, content in taken.items()}
            made |= taken
    for here, content in made.items():
        (VENDOR / here).write_bytes(content)
    PACKAGES.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
    print("page-vendor: " + ", ".join(sorted(made)))


if __name__ == "__main__":
    main()
