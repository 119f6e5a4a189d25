"""LibreOffice, which opens what we write as people's programs do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def converted(source: Path, kind: str, folder: Path | None = None) -> tuple[Path, str]:
    """Converts a document, beside itself or into a folder; returns the new one and what LibreOffice said."""
    folder = folder or source.parent
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("TEST_TOOLS_REQUIRED"):
            pytest.fail("LibreOffice is required here: install libreoffice-calc-nogui")
        pytest.skip("LibreOffice is not there: install libreoffice-calc-nogui")
    profile = f"-env:UserInstallation=file://{source.parent}/profile"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    said = [line for line in (done.stdout + done.stderr).splitlines() if "javaldx" not in line]  # we need no Java
    return folder / f"{source.stem}.{kind}", "\n".join(said)
