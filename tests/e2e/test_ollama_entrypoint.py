"""The entrypoint of Dockerfile.ollama with the real `ollama` and a local GGUF file, as in a network without internet."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from support.cases import ROOT
from support.real_ollama import free_port, tools_folder, wait_for

pytestmark = pytest.mark.ollama
ENTRYPOINT = ROOT / "containers/ollama-entrypoint.sh"
FAKE_GPU = '#!/bin/sh\nprintf "1500, 15360, 37\\n300, 15360, 2\\n"\n'


class Container:
    """The entrypoint as a process, with a home of its own."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.tools, self.data, self.port = tools_folder(), home / ".ollama", free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        programs = home / "bin"
        programs.mkdir(parents=True, exist_ok=True)
        (programs / "nvidia-smi").write_text(FAKE_GPU)
        (programs / "nvidia-smi").chmod(0o755)
        self.environment = {
            "PATH": f"{programs}:{self.tools / 'bin'}:{os.environ['PATH']}",
            "HOME": str(home),
            "OLLAMA_HOME": str(self.data),
            "OLLAMA_HOST": f"127.0.0.1:{self.port}",
            "LLAMA_ARG_THREADS": os.environ["LLAMA_ARG_THREADS"],
            "OLLAMA_CONTEXT_LENGTH": "2048",
            "OLLAMA_NUM_PARALLEL": "1",
            "MODEL": "tiny",
            "STACK": "mvp",
            "REPORT_EVERY_S": "1",
            **settings,
        }
        self.output = home / "output"

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        with self.output.open("wb") as output:
            process = subprocess.Popen(
                [str(ENTRYPOINT)], env=self.environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
                    process.wait(20)

    def healthy(self) -> bool:
        return (
            subprocess.run(
                [str(ENTRYPOINT), "health"], env=self.environment, capture_output=True, check=False
            ).returncode
            == 0
        )

    def events(self) -> list[dict[str, object]]:
        lines = self.output.read_text(errors="replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith('{"timestamp"')]

    def names(self) -> list[object]:
        return [event["event"] for event in self.events()]


def test_it_imports_loads_and_keeps_the_model_and_stops_on_sigterm(tmp_path: Path) -> None:
    container = Container(tmp_path, MODEL_FILE=str(tools_folder() / "model.gguf"))
    assert not container.healthy(), "nothing runs yet"
    with container.running() as process:
        wait_for(container.healthy, "the model to be loaded")
        loaded = httpx.get(f"{container.url}/api/ps").json()["models"]
        assert [model["name"] for model in loaded] == ["tiny:latest"]
        assert loaded[0]["context_length"] == 2048
        assert int(loaded[0]["expires_at"][:4]) > 2100, "kept loaded for ever"
        wait_for(lambda: "gpu" in container.names(), "a line of GPU use")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, 143)
    with pytest.raises(httpx.ConnectError):
        httpx.get(container.url)
    assert not container.healthy()
    assert container.names().count("model_import") == 1
    assert json.loads((container.data / "config.json").read_text()) == {
        "model": "tiny", "context_length": "2048", "parallel": "1", "keep_alive": "-1",
    }  # fmt: skip
    assert (container.data / "models/blobs").is_dir()
    assert "Listening on 127.0.0.1" in (container.data / "logs/server.log").read_text()
    gpu = next(event for event in container.events() if event["event"] == "gpu")
    assert gpu["GpuMemoryUsedPercent"] == 9.8, "the fullest GPU"
    assert 0 < int(str(gpu["DiskUsedPercent"])) <= 100
    assert gpu["Stack"] == "mvp"

    with container.running():  # the volume persists: nothing is fetched again
        wait_for(container.healthy, "the model to be loaded again")
        assert "model_present" in container.names()
        assert "model_import" not in container.names()
        assert (container.data / "logs/server.1.log").is_file()


def test_a_model_that_cannot_be_had_is_not_healthy_and_is_tried_again(tmp_path: Path) -> None:
    container = Container(tmp_path, MODEL_FILE=str(tmp_path / "missing.gguf"))
    with container.running() as process:
        wait_for(lambda: "model_failed" in container.names(), "the failure to be told")
        assert not container.healthy()
        assert process.poll() is None
        retry = [event for event in container.events() if "retry_in_s" in event]
        assert retry[0]["retry_in_s"] == 5
        assert retry[0]["level"] == "error"


def test_without_a_model_name_it_says_what_to_set(tmp_path: Path) -> None:
    container = Container(tmp_path)
    del container.environment["MODEL"]
    done = subprocess.run([str(ENTRYPOINT)], env=container.environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "set MODEL" in done.stderr
