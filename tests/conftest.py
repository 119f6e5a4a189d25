"""What holds for every test: no settings from outside, no network but 127.0.0.1, no Ollama server by accident."""

import os
from collections.abc import Callable, Iterator

import pytest


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
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


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
