"""Both images, really built and run side by side as in one ECS task; no registry and no Docker are needed."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from support.cases import EN
from support.hostile import case, many, procedure
from support.memory import Watch
from support.real_ollama import free_port, tools_folder, wait_for

from rehearsal.containers import API, OLLAMA, run
from rehearsal.task import SMALL_MACHINE
from stacks.sections import ComputeConfig
from testgen.api.assets import PREFIX, load

pytestmark = [pytest.mark.container, pytest.mark.usefixtures("images")]


@pytest.fixture
def container(request: pytest.FixtureRequest) -> Iterator[tuple[str, Path]]:
    """A container of the image that the test names, and where its root lies."""
    name = run("buildah", "from", request.param)
    yield name, Path(run("buildah", "mount", name))
    run("buildah", "umount", name)
    run("buildah", "rm", name)


def read_only(root: Path, command: str) -> list[str]:
    """A shell line in `root`, mounted read-only but for /tmp, as the image's user; the mounts end with the process."""
    inside = f"cd /tmp && exec env -i PATH=/opt/testgen/bin:/usr/bin:/bin {command}"
    script = (
        f'mount --bind "{root}" "{root}" && mount -o remount,bind,ro "{root}" && mount -t tmpfs tmpfs "{root}/tmp" && chmod 1777 "{root}/tmp" '
        f"&& exec chroot --userspec=10001:10001 '{root}' /bin/sh -c '{inside}'"
    )
    return ["unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", script]


@pytest.mark.parametrize("container", [API], indirect=True)
def test_the_api_image_is_slim_and_not_root(container: tuple[str, Path]) -> None:
    name, root = container
    config = json.loads(run("buildah", "inspect", name))["Docker"]["config"]
    assert config["User"] == "10001:10001"
    assert "8000/tcp" in config["ExposedPorts"]
    assert "curl" not in " ".join(config["Healthcheck"]["Test"])
    assert config["Entrypoint"] == ["testgen"]
    names = {path.name.split("-")[0] for path in (root / "opt/testgen").glob("lib/python3*/site-packages/*.dist-info")}
    assert "testgen" in names
    assert not names & {"pytest", "mypy", "ruff", "moto", "uv", "pulumi"}
    assert not (root / "src").exists()
    assert not list(root.glob("run/secrets/*"))


@pytest.mark.parametrize("container", [API], indirect=True)
def test_the_api_serves_from_a_read_only_root(container: tuple[str, Path]) -> None:
    _, root = container
    port = free_port()
    process = subprocess.Popen(
        read_only(root, f"TESTGEN_ENGINE=outline testgen serve --port {port}"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(lambda: httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200, "the service")
        answer = httpx.post(f"http://127.0.0.1:{port}/v1/procedures", json=EN.model_dump(mode="json"))
        assert answer.json()["provenance"]["engine"] == "outline"
        assert page_at(f"http://127.0.0.1:{port}") == {"/": load().index.content, **files_of_the_page()}
    finally:
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=20)[0].decode()
    events = [json.loads(line)["event"] for line in output.splitlines()]
    assert "shutdown" in events, "SIGTERM reaches the service"


def files_of_the_page() -> dict[str, bytes]:
    return {f"{PREFIX}{name}": asset.content for name, asset in load().assets.items()}


def page_at(url: str) -> dict[str, bytes]:
    """The page as the image has it, which was installed from the wheel."""
    with httpx.Client(base_url=url) as client:
        return {path: client.get(path).content for path in ("/", *files_of_the_page())}


HUNGRY = b"- a\n" * 260_000  # its reader makes a kilobyte of every item


@pytest.mark.parametrize("container", [API], indirect=True)
def test_the_api_and_its_workers_stay_within_the_memory_of_their_container(container: tuple[str, Path]) -> None:
    """A read-only root, no shared memory, the image's user; harmful files and reviews at once, more than there are workers."""
    _, root = container
    port = free_port()
    url, review = f"http://127.0.0.1:{port}", {"procedure": procedure(*many("画面を開き、" * 100)), "test_case": case()}
    process = subprocess.Popen(
        read_only(root, f"TESTGEN_ENGINE=outline testgen serve --port {port}"), stdout=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: httpx.get(f"{url}/healthz").status_code == 200, "the service")
        with Watch(process.pid) as watch, ThreadPoolExecutor(8) as clients:
            sent = [clients.submit(httpx.post, f"{url}/v1/imports/yaml", content=HUNGRY, timeout=120) for _ in range(3)]
            sent += [clients.submit(httpx.post, f"{url}/v1/reviews", json=review, timeout=120) for _ in range(4)]
            answers = [future.result().status_code for future in sent]
        assert set(answers) <= {200, 400, 422, 503}
        assert httpx.post(f"{url}/v1/procedures", json=case(), timeout=60).status_code == 200
    finally:
        process.terminate()
        process.wait(20)
    print(f"at most {watch.most:.0f} MiB")
    assert 100 < watch.most < ComputeConfig().api_memory_mib * 0.95


@contextmanager
def model_server(name: str, root: Path, port: int) -> Iterator[list[str]]:
    """The Ollama container at work; yields the command that runs its entrypoint once more."""
    shutil.copy(tools_folder() / "model.gguf", root / "model.gguf")
    settings = {"MODEL": "tiny", "MODEL_FILE": "/model.gguf", "OLLAMA_HOST": f"127.0.0.1:{port}", "HOME": "/root"}
    flags = [
        f"--env={key}={value}" for key, value in {**settings, "OLLAMA_CONTEXT_LENGTH": "4096", **SMALL_MACHINE}.items()
    ]
    entrypoint = [
        "buildah",
        "run",
        "--isolation",
        "chroot",
        "--network",
        "host",
        *flags,
        name,
        "--",
        "ollama-entrypoint.sh",
    ]
    process = subprocess.Popen(entrypoint, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield entrypoint
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


@contextmanager
def api_server(ollama_port: int) -> Iterator[str]:
    """The API container at work, its root read-only; yields its URL."""
    settings = {
        "TESTGEN_ENGINE": "ollama", "TESTGEN_MODEL": "tiny", "TESTGEN_OLLAMA_BASE_URL": f"http://127.0.0.1:{ollama_port}",
        "TESTGEN_NUM_CTX": "4096", "TESTGEN_NUM_PREDICT": "300", "TESTGEN_MAX_ATTEMPTS": "1",
    }  # fmt: skip
    name, port = run("buildah", "from", API), free_port()
    variables = " ".join(f"{key}={value}" for key, value in settings.items())
    command = read_only(Path(run("buildah", "mount", name)), f"{variables} testgen serve --port {port}")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
        run("buildah", "umount", name)
        run("buildah", "rm", name)


@pytest.mark.ollama
@pytest.mark.parametrize("container", [OLLAMA], indirect=True)
def test_both_containers_draft_together_over_the_loopback_interface(container: tuple[str, Path]) -> None:
    port = free_port()
    with model_server(*container, port) as entrypoint:
        wait_for(lambda: bool(httpx.get(f"http://127.0.0.1:{port}/api/ps").json()["models"]), "the model to be loaded")
        assert run(*entrypoint, "health") == ""
        with api_server(port) as url:
            wait_for(lambda: httpx.get(f"{url}/readyz").status_code == 200, "the service to be ready")
            headers = {"Accept": "text/event-stream"}
            answer = httpx.post(f"{url}/v1/procedures", json=EN.model_dump(mode="json"), headers=headers, timeout=60)
            assert answer.text.replace(": heartbeat\n\n", "").startswith("event: step")
