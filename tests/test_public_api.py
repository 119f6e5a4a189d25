"""`import testgen`: small, quick, and the same in scripts and notebooks."""

import subprocess
import sys

import pytest

import testgen
from testgen import Procedure, ServiceConfig, TestCase, errors

CASE = TestCase(
    id="T",
    title="t",
    specification='When the user clicks "Save", the record is stored.',
    expected_results=("The record is stored",),
)
OUTLINE = ServiceConfig(engine="outline")


def test_generate_returns_a_procedure() -> None:
    procedure = testgen.generate(CASE, config=OUTLINE)
    assert isinstance(procedure, Procedure)
    assert procedure.steps[0].action == 'Click "Save"'


def test_generate_and_then_review_twice_as_in_the_readme() -> None:
    procedure = testgen.generate(CASE, config=OUTLINE)
    for _ in range(2):
        assert testgen.review(procedure, CASE) == procedure.findings


async def test_generate_works_inside_a_running_loop_as_in_a_notebook() -> None:
    assert testgen.generate(CASE, config=OUTLINE).steps
    with pytest.raises(errors.EngineUnavailableError):
        testgen.generate(CASE, engine="ollama")


def test_generate_raises_our_errors_and_shows_events() -> None:
    seen: list[object] = []
    testgen.generate(CASE, engine="outline", on_event=seen.append)
    assert [type(event).__name__ for event in seen] == ["StepEvent", "ProcedureEvent"]
    with pytest.raises(errors.EngineUnavailableError, match="127.0.0.1:9"):
        testgen.generate(CASE, engine="ollama")


async def test_stream_yields_the_events() -> None:
    names = [type(event).__name__ async for event in testgen.stream(CASE, config=OUTLINE)]
    assert names == ["StepEvent", "ProcedureEvent"]


def test_nothing_else_is_promised() -> None:
    assert set(testgen.__all__) == {
        "AsyncClient",
        "Client",
        "Finding",
        "Procedure",
        "ServiceConfig",
        "TestCase",
        "__version__",
        "errors",
        "generate",
        "review",
        "stream",
    }


def test_importing_is_cheap() -> None:
    code = "import sys, testgen; print([name for name in ('langchain_core', 'fastapi', 'boto3', 'typer', 'httpx', 'ollama', 'yaml') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
