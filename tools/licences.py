"""Writes docs/licences.md: under which licence each package comes that the service runs with; `--check` refuses others.

What is installed here says it itself (pip-licenses), for the packages that the lock names for the service; nothing is asked of a network.
"""

import json
import subprocess
import sys
from pathlib import Path

from tools.page import DOCS, write_or_check
from tools.page_vendor import packages

BIN = Path(sys.executable).parent
# Licences that a company may ship in a product without opening its own code, by the words that name them.
ADMITTED = (
    "MIT",
    "BSD",
    "APACHE",
    "ISC",
    "PSF",
    "PYTHON SOFTWARE FOUNDATION",
    "MPL",
    "MOZILLA PUBLIC",
    "CNRI",
    "UNLICENSE",
    "0BSD",
)
REFUSED = ("GPL", "GENERAL PUBLIC", "SSPL", "COMMONS CLAUSE", "BUSL", "BUSINESS SOURCE", "PROPRIETARY", "UNKNOWN")
_HEAD = """# Licences of what the service runs with

Made by `make docs` from the metadata of the installed packages; `make lint` refuses a licence that is not permissive (MPL-2.0, whose terms
end at its own files, is admitted). testgen itself: Apache License 2.0 (`LICENSE`). Adjectives of judgement in the review's English
lexicon are chosen from WordNet 3.1, under its licence (`src/testgen/reviewer/lexicon/LICENSE.wordnet`).

| Package | Licence |
|---|---|
"""


def locked() -> list[str]:
    """The packages of the service, those that other packages need included, without the tools of developers."""
    lines = _said(
        "uv",
        "export",
        "--frozen",
        "--no-dev",
        "--all-extras",
        "--no-hashes",
        "--no-emit-project",
        "--no-annotate",
        "-q",
    )
    return [line.split("==")[0] for line in lines.splitlines() if "==" in line]


def licences() -> dict[str, str]:
    """Package -> licence, of those that are installed here (the lock names some for other systems too), and of those that the
    page carries with it."""
    found = json.loads(_said("pip-licenses", "--from=mixed", "--format=json", "--packages", *locked()))
    carried = {f"{name} {entry['version']} (in the page)": entry["licence"] for name, entry in packages().items()}
    return {entry["Name"]: _named(entry["License"]) for entry in found} | carried


def _said(program: str, *arguments: str) -> str:
    command = [str(BIN / program), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=DOCS.parent).stdout  # noqa: S603


def _named(licence: str) -> str:
    """The name of a licence; some packages give its whole text."""
    first = licence.strip().splitlines()[0]
    return f"{first} (text)" if "\n" in licence.strip() else first


def refused(found: dict[str, str]) -> list[str]:
    """Packages whose licence nobody has admitted."""
    return [
        f"{name}: {licence}"
        for name, licence in found.items()
        if any(word in licence.upper() for word in REFUSED) or not any(word in licence.upper() for word in ADMITTED)
    ]


def page(found: dict[str, str]) -> str:
    """The page as it should be."""
    rows = sorted(f"| {name} | {licence.replace('|', '/')} |\n" for name, licence in found.items())
    return _HEAD + "".join(sorted(rows, key=str.lower))


if __name__ == "__main__":
    found = licences()
    if wrong := refused(found):
        sys.exit("licences that nobody has admitted: " + "; ".join(wrong))
    write_or_check("licences.md", page(found))
