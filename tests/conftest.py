"""What holds for every test: no settings from outside, no network but 127.0.0.1, no Ollama server by accident."""

import os
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.tools import examples, with_tools
from xdist.scheduler import LoadFileScheduling

# Where the environment forbids bytecode, each of the hundreds of processes that tests start would compile all that it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No test speaks TLS, and reading a machine's authorities takes 20 ms for every HTTP client, in each process that a test starts
# as well: a folder without certificates is read in none.
os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)

# The small model of the tests gains little by a second thread, and two that wait for each other on a busy machine take ten times
# the processor's time.
os.environ["LLAMA_ARG_THREADS"] = "1"

# What these folders' files share: ports, for which they would wait; a browser; the recorded stacks.
TOGETHER = ("tests/rehearsal/", "tests/page/", "tests/stacks/")
# They wait: for servers to start, for deadlines, for a simulated deployment.
THOROUGH = ("tests/rehearsal/", "tests/e2e/", "tests/faults/")
RECORDED = "tests/rehearsal/test_table.py"  # reads the recorded stacks as well
COSTLY = ("tests/rehearsal/", "tests/e2e/", "tests/page/", "tests/faults/", "tests/stacks/")
# Coverage makes Python two to seven times as slow, and sees little of what runs here: the stacks, and processes of their own.
# Elsewhere `uncovered` marks what runs the same lines a million times.
UNCOVERED = ("tests/rehearsal/", "tests/e2e/", "tests/page/", "tests/stacks/")


settings.register_profile("drawn", max_examples=examples(100))
settings.load_profile("drawn")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker waits for the others at the end; what is thorough needs the tools."""
    if not with_tools():
        left_out = pytest.mark.skip(reason="runs with the tools (`make tools`) or TEST_TOOLS_REQUIRED=1: takes long")
        for item in items:
            if item.get_closest_marker("thorough") or item.nodeid.startswith(THOROUGH):
                item.add_marker(left_out)
    items.sort(
        key=lambda item: next((i for i, place in enumerate(COSTLY) if item.nodeid.startswith(place)), len(COSTLY))
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """pytest-cov's own `no_cover` does nothing in a worker of xdist, where coverage runs twice."""
    if not (item.get_closest_marker("uncovered") or item.nodeid.startswith(UNCOVERED)):
        return (yield)
    here, in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]
    try:
        return (yield)
    finally:
        sys.settrace(here)
        threading.settrace(in_threads)  # type: ignore[arg-type]


class Scheduling(LoadFileScheduling):
    """A file's tests share what is slow and go to one worker, and so do the files of some folders."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(RECORDED):
            return "tests/stacks/"
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling | None:
    return Scheduling(config, log) if config.getoption("dist") == "loadfile" else None  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if (
            name.startswith(("TESTGEN_", "AWS_", "OLLAMA_", "LANGSMITH", "LANGCHAIN", "OPENAI_"))
            and name != "AWS_CA_BUNDLE"
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TESTGEN_OLLAMA_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("TESTGEN_OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-northeast-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command has one thread; the process of the tests may have those of a browser or of Pulumi, which take no part."""
    monkeypatch.setattr("threading.active_count", lambda: 1)


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> None:
    """Both container images, built once by the worker that needs them first."""
    from filelock import FileLock
    from support.tools import tool_folder

    from rehearsal.containers import build_both, missing

    ollama = tool_folder("ollama")  # they take long: without `make tools` they are left out
    if reason := missing():
        pytest.fail(reason) if os.environ.get("TEST_TOOLS_REQUIRED") else pytest.skip(reason)
    built = tmp_path_factory.getbasetemp().parent / f"images-{testrun_uid}"
    with FileLock(f"{built}.lock"):
        if not built.exists():
            build_both(ollama, tmp_path_factory.mktemp("images"))
            built.touch()


def quiet_logs() -> None:
    """structlog's own default holds on to the standard output of its first use, which pytest closes."""
    import structlog

    structlog.configure(
        processors=[structlog.processors.JSONRenderer(default=str)], logger_factory=structlog.ReturnLoggerFactory()
    )


quiet_logs()


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[dict[str, object]]]]:
    """Turns the service's logs on; call it for the lines so far."""
    import json
    import logging

    from testgen.api.telemetry import configure

    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure("INFO", "mvp")
    yield lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    root.handlers[:], root.level = handlers, level
    quiet_logs()
