"""Builds the wheel, installs it into an environment of its own outside the tree, and tries what a user tries first.

Needs a package index, for what testgen depends on. Ends with 1 at the first thing that does not work.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
PORT = "18765"


def main() -> None:
    """Builds, installs and tries."""
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    _run(_uv(), "build", "--wheel", "--quiet", "--out-dir", "dist", folder=ROOT)
    wheel = next((ROOT / "dist").glob("testgen-*.whl"))
    with tempfile.TemporaryDirectory(prefix="testgen-wheel-") as name:
        place = Path(name)
        venv.create(place / "venv", with_pip=True)
        bin_folder = place / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        _run(str(bin_folder / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel))
        shutil.copy(ROOT / "examples" / "password-reset.en.yaml", place / "case.yaml")
        _try(str(bin_folder / "testgen"), wheel.name.split("-")[1], place)
    print(f"{wheel.relative_to(ROOT)}: installed and tried")


def _try(testgen: str, version: str, place: Path) -> None:
    _require(f"testgen {version}" in _run(testgen, "--version"), "the version")
    made = json.loads(_run(testgen, "generate", "case.yaml", "--engine", "outline", folder=place))
    _require(bool(made["steps"]), "a procedure")
    (place / "made.json").write_text(json.dumps(made), encoding="utf-8")
    _require('"rule"' in _run(testgen, "review", "made.json", "--format", "json", folder=place), "a review")
    _require("使い方" in _run(testgen, "--help", LANG="ja_JP.UTF-8"), "help in Japanese")
    _run(testgen, "template", folder=place)
    service = subprocess.Popen(
        [testgen, "serve", "--port", PORT],
        env={**os.environ, "TESTGEN_ENGINE": "outline"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _require("outline" in _ask(f"http://127.0.0.1:{PORT}/v1/info"), "the service")
        _require("<title>" in _ask(f"http://127.0.0.1:{PORT}/"), "the page")
    finally:
        service.terminate()
        service.wait(30)


def _ask(url: str) -> str:
    for _ in range(600):  # a machine may be busy
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own service
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    return ""


def _run(*command: str, folder: Path | None = None, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    _require(done.returncode in (0, 1), f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def _uv() -> str:
    return shutil.which("uv") or str(ROOT / ".venv" / "bin" / "uv")


def _require(good: bool, what: str) -> None:
    if not good:
        sys.exit(f"wheel: this does not work: {what}")


if __name__ == "__main__":
    main()
