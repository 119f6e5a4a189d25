"""Test cases that many tests share."""

from pathlib import Path

from testgen.domain.test_case import TestCase
from testgen.interchange import read_cases

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))

EN = TestCase(
    id="T-1",
    title="Sign in",
    test_data={"user id": "mori"},
    expected_results=("The home page is shown", "The last sign-in is shown"),
)
JA = TestCase(id="T-2", title="ログイン", test_data={"ID": "mori"}, expected_results=("ホーム画面が表示される",))

EN_ROWS = (
    ("Open the Sign-in page", "", "The Sign-in page is shown", ""),
    ("Sign in", "mori", "The home page is shown", "1"),
    ("Check the header", "", "The last sign-in is shown", "2"),
)
JA_ROWS = (
    ("ログイン画面を開く", "", "ログイン画面が表示される", ""),
    ("ログインする", "mori", "ホーム画面が表示される", "1"),
)


def load(path: Path) -> list[TestCase]:
    """The cases of a file."""
    return read_cases(path.read_bytes(), name=path.name)
