"""A generated page: written, or with `--check` compared with the existing file."""

import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def write_or_check(name: str, text: str) -> None:
    """Writes `docs/name`; with `--check` on the command line exits with the remedy if it is stale."""
    path = DOCS / name
    if "--check" in sys.argv:
        sys.exit(0 if path.read_text(encoding="utf-8") == text else f"docs/{name} is stale: run `make docs`")
    path.write_text(text, encoding="utf-8")
