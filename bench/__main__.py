"""`make bench`: measures every part in a process of its own and writes bench/RESULTS.md.

python -m bench [PART…] [--quick] [-o FILE]        only these parts, with more time; the others stay in the file as they were measured last

What is missing on this machine is said in its part. Exit code 1 where a part failed or had no time left; the rest is written all the same.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import runs
from bench.report import SECONDS_LEFT

ROOT = Path(__file__).parents[1]
RESULTS, RUNS = ROOT / "bench" / "RESULTS.md", ROOT / "bench" / "RUNS.jsonl"
WHOLE_S, PATIENT_S = 590.0, 3600.0  # of all parts, and where some are named
ENDING_S = 15.0  # that a part gets to end its servers
LIBRARIES = (
    "testgen",
    "langchain-ollama",
    "langchain-core",
    "ollama",
    "httpx",
    "fastapi",
    "uvicorn",
    "pydantic",
    "sudachipy",
    "openpyxl",
)
PINNED = {
    "Ollama": r"OLLAMA_VERSION=(\S+)",
    "llama.cpp": r"LLAMA_CPP_VERSION=(\S+)",
    "LiteLLM": r"litellm\[proxy\]==([\d.]+)",
}
BY_HAND = "<!-- by hand -->"  # what follows it in the report stays as it is
_PART = re.compile(r"<!-- part: (\w+) -->\n(.*?)\n<!-- end -->", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A module of this folder; `seconds` it may take. `always` is false of what is too long for every run, `last` true of what
    fits the time that is left."""

    name: str
    seconds: float
    always: bool = True
    last: bool = False


# In the order of the report.
PARTS = (
    Part("added", 300),
    Part("first_step", 100),
    Part("tokens", 120),
    Part("batches", 280, last=True),
    Part("work", 150),
    Part("odd", 90, always=False),
    Part("quality", 90),
    Part("page", 120),
    Part("program", 60),
    Part("agreement", 240, always=False),
)


def machine() -> str:
    """What it was measured on, and with."""
    memory = int(re.findall(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[0]) / 2**20
    pinned = "\n".join(
        path.read_text() for path in (ROOT / "tools/ollama.sh", ROOT / "tools/envs/litellm/pyproject.toml")
    )
    versions = {name: version(name) for name in LIBRARIES}
    for name, pattern in PINNED.items():
        versions[name] = re.findall(pattern, pinned)[0]
    return (
        f"{runs.processor()}, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, CPython {platform.python_version()}. "
        f"{', '.join(f'{name} {number}' for name, number in versions.items())}."
    )


def run(part: Part, left_s: float, limit_s: float, quick: bool) -> tuple[str, bool]:
    """The part's Markdown, and whether it was measured without an error. Its figures are kept for the runs to come."""
    if left_s < ENDING_S:
        return (
            f"## {part.name}\n\n**Not measured:** no time was left. `python -m bench {part.name}` measures it on its own.",
            False,
        )
    started, load = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "part.md"
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            f"bench.{part.name}",
            "--into",
            str(into),
            *(["--quick"] if quick else []),
        ]
        environ = {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            SECONDS_LEFT: str(left_s),
            runs.KEPT_IN: str(RUNS),
        }
        process = subprocess.Popen(command, cwd=ROOT, env=environ, start_new_session=True)
        try:
            code = process.wait(limit_s)
            why = f"exit code {code}" if code else ""
        except subprocess.TimeoutExpired:
            why = f"it took longer than {limit_s:.0f} s"
            end(process)
        text = into.read_text(encoding="utf-8").strip() if into.exists() else f"## {part.name}"
        if why:
            text += f"\n\n**Failed:** {why}."
    took = f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC, {time.monotonic() - started:.0f} s; load before {load:.1f}."
    return f"{text}\n\n{took}", not why


def end(process: "subprocess.Popen[bytes]") -> None:
    """Its servers too: they are of its session."""
    for number in (15, 9):
        try:
            os.killpg(process.pid, number)
            process.wait(ENDING_S)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def written(path: Path, found: dict[str, str], quick: bool) -> None:
    """The report: these parts, and those of an earlier run that were not measured again."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = {**dict(_PART.findall(before)), **found}
    by_hand = before[before.find(BY_HAND) :].rstrip() if BY_HAND in before else BY_HAND
    head = (
        "# What it costs, measured\n\n`make bench` writes this page; docs/contributing.md explains how. The rows of each table were "
        f"measured side by side in one run; each part says when. Behind each goal stand the figures of the last runs on such a machine, "
        f"and between which figures the next one is expected (a prediction interval): so far one run differs from another.\n\n{machine()}"
    )
    if quick:
        head += "\n\n**This was a quick run with small sizes, to try the program; its figures mean nothing.**"
    blocks = [f"<!-- part: {part.name} -->\n{parts[part.name]}\n<!-- end -->" for part in PARTS if part.name in parts]
    path.write_text("\n\n".join([head, *blocks, by_hand]) + "\n", encoding="utf-8")


def main() -> int:
    """Measures, part by part; the file is written after each."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(part.name for part in PARTS))
    parser.add_argument("--quick", action="store_true", help="small sizes, to try the program")
    parser.add_argument("-o", "--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - {part.name for part in PARTS}:
        parser.error(f"there is no part {', '.join(sorted(unknown))}: {', '.join(part.name for part in PARTS)}")
    until = time.monotonic() + (PATIENT_S if arguments.parts else WHOLE_S)
    found: dict[str, str] = {}
    failed = []
    for part in sorted(PARTS, key=lambda each: each.last):
        if part.name in arguments.parts or (part.always and not arguments.parts):
            print(f"\n===== {part.name} ({until - time.monotonic():.0f} s left) =====\n", flush=True)
            left_s = until - time.monotonic()
            found[part.name], fine = run(
                part, left_s, left_s if arguments.parts else min(part.seconds, left_s), arguments.quick
            )
            failed += [] if fine else [part.name]
            written(arguments.output, found, arguments.quick)
    print(f"\n{arguments.output} is written." + (f" Failed: {', '.join(failed)}." if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
