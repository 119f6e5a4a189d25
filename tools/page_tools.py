"""What the page is checked with, in the cache of `make tools`: TypeScript, which reads the types in its comments, and axe-core,
which looks for barriers. `python -m tools.page_tools` fetches them (npm, about 10 seconds, once); with `--types` it checks the types
too, and says so if node is missing.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tools.npm import fetch
from tools.page_vendor import VENDOR, packages

PAGE = VENDOR.parent
_CHECKERS = {
    "typescript": (
        "5.9.3",
        "sha512-jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw==",
    ),
    "axe-core": (
        "4.14.1",
        "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    ),
}


def wanted() -> dict[str, tuple[str, str]]:
    """Name -> version and integrity: the checkers, and the libraries of the page, for their types."""
    ours = {name: (entry["version"], entry["integrity"]) for name, entry in packages().items()}
    return {**_CHECKERS, **ours}


def folder() -> Path:
    """Their folder; each version has its own."""
    cache = (
        os.environ.get("TEST_TOOLS_DIR")
        or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "testgen-tools"
    )
    versions = hashlib.sha256(json.dumps(wanted()).encode()).hexdigest()[:12]
    return Path(cache) / f"page-{versions}"


def ensure() -> Path:
    """The folder, with all in it."""
    target = folder()
    if (target / "complete").exists():
        return target
    if not shutil.which("npm"):
        sys.exit("tools: npm is missing: install it (Debian: npm) and run 'make tools' again")
    print("tools: fetching what the page is checked with", file=sys.stderr)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as work:
        for name, (version, integrity) in wanted().items():
            with tarfile.open(fetch(name, version, integrity, Path(work))) as packed:
                packed.extractall(Path(work) / "made/node_modules" / name, filter="data")
        (Path(work) / "made/complete").touch()
        shutil.rmtree(target, ignore_errors=True)
        (Path(work) / "made").rename(target)
    return target


def check_types() -> int:
    """TypeScript's verdict on the page's modules: 0 if nothing is wrong."""
    if not shutil.which("node"):
        print("the page's types were not checked: node is not here", file=sys.stderr)
        return 0
    modules = ensure() / "node_modules"
    options = {
        "checkJs": True,
        "allowJs": True,
        "noEmit": True,
        "strict": True,
        "target": "es2023",
        "module": "esnext",
        "moduleResolution": "bundler",
        "lib": ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
        "types": [],
        "paths": {name: [f"{modules}/{name}/package"] for name in packages()}
        | {"preact/hooks": [f"{modules}/preact/package/hooks"]},
    }
    with tempfile.TemporaryDirectory() as work:
        config = Path(work) / "tsconfig.json"
        config.write_text(
            json.dumps({"compilerOptions": options, "include": [f"{PAGE}/app/**/*.js"]}), encoding="utf-8"
        )
        command = ["node", str(modules / "typescript/package/lib/tsc.js"), "-p", str(config), "--pretty", "false"]
        return subprocess.run(command, check=False).returncode  # noqa: S603 - names are ours


if __name__ == "__main__":
    sys.exit(check_types() if "--types" in sys.argv else print(ensure()))
