"""What the README promises is what there is."""

import importlib
import re
import subprocess
import sys

import pytest
from support.cases import ROOT
from support.real_ollama import run_cli

sys.path.insert(0, str(ROOT))
from tools import config_table, error_table

README = (ROOT / "README.md").read_text()
README_JA = (ROOT / "README.ja.md").read_text()


def test_the_page_of_settings_is_generated_from_the_model() -> None:
    assert (ROOT / "docs/configuration.md").read_text() == config_table.document(), "run `make docs`"


def test_the_page_of_errors_is_generated_from_the_tree() -> None:
    importlib.import_module("testgen.drafting.answer")  # has a kind of its own, which is on no page
    assert (ROOT / "docs/errors.md").read_text() == error_table.document(), "run `make docs`"


@pytest.mark.parametrize(
    ("readme", "example", "language"),
    [(README, "password-reset.en.yaml", "en"), (README_JA, "login-lockout.ja.yaml", "ja")],
)
def test_the_picture_is_what_the_command_prints(readme: str, example: str, language: str) -> None:
    printed = run_cli("--language", language, "generate", f"examples/{example}", "--format", "table").stdout
    assert printed.strip().replace("127.0.0.1:9", "127.0.0.1:11434") in readme


def test_the_python_example_runs() -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code
    done = subprocess.run([sys.executable, "-c", code.group(1)], capture_output=True, text=True, check=True)
    assert done.stdout == '1 Click "Save" -> The record is stored\n'
