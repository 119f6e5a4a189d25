"""Files on the disk: what was read is never written over, what was made is never lost, and every refusal is one clear line."""

import json
import os
import resource
import signal
import stat
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cases import EN, EN_ROWS
from support.forks import COMMAND
from support.procedures import procedure
from support.protocol_server import MODEL, Answer, ProtocolServer, rows
from support.real_ollama import run_cli, wait_for
from support.terminal import on_a_terminal

OUTLINE = ("--engine", "outline")


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(EN.model_dump_json())
    return path


@pytest.fixture
def cases_file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([EN.model_copy(update={"id": f"T-{n}"}).model_dump(mode="json") for n in range(6)]))
    return path


@pytest.fixture
def procedure_file(tmp_path: Path) -> Path:
    path = tmp_path / "procedure.json"
    path.write_text(procedure(("Click quickly", "The page is shown")).model_dump_json())
    return path


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with place for the lock and a few lines."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody can write to, root neither."""
    folder = tmp_path / "readonly"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a read-only disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def one_line(stderr: str) -> str:
    """The last line, once it is certain that no traceback is among them."""
    assert "Traceback" not in stderr, stderr
    return stderr.strip().splitlines()[-1]


# What was read is not written over.


@pytest.mark.parametrize("alias", ["itself", "a link", "a second name"])
def test_a_case_is_not_overwritten_by_its_procedure(alias: str, case_file: Path, tmp_path: Path) -> None:
    before, output = case_file.read_bytes(), tmp_path / "other.json"
    if alias == "itself":
        output = case_file
    elif alias == "a link":
        output.symlink_to(case_file)
    else:
        os.link(case_file, output)
    for command in ("generate", "batch"):
        done = run_cli(command, str(case_file), "-o", str(output), *OUTLINE)
        assert done.returncode == 2
        assert "is also an input" in one_line(done.stderr)
        assert case_file.read_bytes() == before
    assert not list(tmp_path.glob("*.journal*"))


def test_other_commands_and_other_files_that_are_read_are_not_overwritten_either(
    case_file: Path, procedure_file: Path, tmp_path: Path
) -> None:
    glossary = tmp_path / "glossary.yaml"
    glossary.write_text("terms: [{term: click}]")
    for arguments in (
        ["convert", str(procedure_file), str(procedure_file)],
        ["rewrite", str(procedure_file), "--step", "1", *OUTLINE, "-o", str(procedure_file)],
        ["rewrite", str(procedure_file), "--step", "1", *OUTLINE, "--case", str(case_file), "-o", str(case_file)],
        ["generate", str(case_file), *OUTLINE, "--glossary", str(glossary), "-o", str(glossary)],
    ):
        contents = [path.read_bytes() for path in (case_file, procedure_file, glossary)]
        done = run_cli(*arguments)
        assert (done.returncode, "is also an input" in one_line(done.stderr)) == (2, True), arguments
        assert [path.read_bytes() for path in (case_file, procedure_file, glossary)] == contents


# Where the result goes.


def test_a_link_stays_a_link_and_a_second_name_the_same_file(case_file: Path, tmp_path: Path) -> None:
    real, link, second = tmp_path / "real.json", tmp_path / "link.json", tmp_path / "second.json"
    real.write_text("old")
    link.symlink_to(real)
    assert run_cli("generate", str(case_file), *OUTLINE, "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert json.loads(real.read_text())["test_case_id"] == "T-1"
    real.write_text("old")
    os.link(real, second)
    assert run_cli("generate", str(case_file), *OUTLINE, "-o", str(second)).returncode == 0
    assert second.samefile(real)
    assert json.loads(real.read_text())["test_case_id"] == "T-1"


def test_a_fifo_and_a_device_are_written_to_and_stay_what_they_are(case_file: Path, tmp_path: Path) -> None:
    fifo, received = tmp_path / "fifo.json", []
    os.mkfifo(fifo)
    reader = threading.Thread(target=lambda: received.append(fifo.read_bytes()), daemon=True)
    reader.start()
    assert run_cli("generate", str(case_file), *OUTLINE, "-o", str(fifo)).returncode == 0
    reader.join(10)
    assert json.loads(received[0])["test_case_id"] == "T-1"
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    assert run_cli("generate", str(case_file), *OUTLINE, "--format", "json", "-o", "/dev/null").returncode == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    done = run_cli("generate", str(case_file), *OUTLINE, "--format", "json", "-o", "/dev/stdout")
    assert json.loads(done.stdout)["test_case_id"] == "T-1"


def test_a_planted_link_of_a_partial_file_is_not_followed(case_file: Path, tmp_path: Path) -> None:
    victim, output = tmp_path / "victim", tmp_path / "out.json"
    victim.write_text("precious")
    for name in ("out.json.part", ".out.json.part", "out.json.tmp"):
        (tmp_path / name).symlink_to(victim)
    assert run_cli("generate", str(case_file), *OUTLINE, "-o", str(output)).returncode == 0
    assert victim.read_text() == "precious"
    assert json.loads(output.read_text())["test_case_id"] == "T-1"
    assert not output.is_symlink()


@pytest.mark.parametrize("name", ["out.json.journal.jsonl", "out.json.journal.jsonl.lock"])
def test_a_planted_link_of_the_journal_or_its_lock_is_refused(name: str, case_file: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious, and no line end")
    (tmp_path / name).symlink_to(victim)
    done = run_cli("batch", str(case_file), *OUTLINE, "-o", str(tmp_path / "out.json"))
    assert done.returncode == 2
    assert "is a link" in one_line(done.stderr)
    assert victim.read_text() == "precious, and no line end"


def test_the_mode_of_a_file_stays_and_nothing_is_left_beside_it(case_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    output.write_text("old")
    output.chmod(0o640)
    assert run_cli("generate", str(case_file), *OUTLINE, "-o", str(output)).returncode == 0
    assert stat.S_IMODE(output.stat().st_mode) == 0o640
    assert {path.name for path in tmp_path.iterdir()} == {"case.json", "out.json"}


# Where it cannot go.


def test_a_read_only_folder_is_told_before_the_work(case_file: Path, read_only: Path) -> None:
    for command in ("generate", "batch"):
        done = run_cli(command, str(case_file), *OUTLINE, "-o", str(read_only / "out.json"))
        assert done.returncode == 2
        assert f"--output ({read_only}/out.json): cannot be written" in one_line(done.stderr)
        assert "written by engine" not in done.stderr, "no work was done"


def test_on_a_full_disk_the_result_is_printed_and_the_old_file_stays(cases_file: Path, full_disk: Path) -> None:
    output = full_disk / "out.json"
    output.write_text("old")
    (full_disk / "filler").write_bytes(b"x" * 8192)
    done = run_cli("generate", str(cases_file), *OUTLINE, "-o", str(output))
    assert done.returncode == 2
    assert "No space left on device; the result was printed instead" in one_line(done.stderr)
    assert [entry["test_case_id"] for entry in json.loads(done.stdout)] == [f"T-{n}" for n in range(6)]
    assert output.read_text() == "old"
    assert {path.name for path in full_disk.iterdir()} == {"out.json", "filler"}


def test_a_batch_on_a_full_disk_ends_with_all_results_and_can_be_resumed(cases_file: Path, full_disk: Path) -> None:
    output = full_disk / "out.json"
    done = run_cli("batch", str(cases_file), *OUTLINE, "-o", str(output))
    assert done.returncode == 2
    assert "No space left on device" in one_line(done.stderr)
    printed = json.loads(done.stdout)
    journal = (full_disk / "out.json.journal.jsonl").read_bytes()
    assert journal.endswith(b"\n") or not journal
    assert len(printed) >= journal.count(b"\n")
    assert len(printed) >= 1
    subprocess.run(["mount", "-o", "remount,size=4m", str(full_disk)], check=True)
    again = run_cli("batch", str(cases_file), *OUTLINE, "-o", str(output), "--resume")
    assert again.returncode == 0, again.stderr
    assert len(json.loads(output.read_text())) == 6


def test_a_limit_on_the_size_of_files_is_no_traceback(cases_file: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [COMMAND, "batch", str(cases_file), *OUTLINE, "-o", str(tmp_path / "out.json")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)), capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},  # Python would keep what it could write of it
    )  # fmt: skip
    assert done.returncode == 2
    assert "File too large" in one_line(done.stderr)
    assert json.loads(done.stdout)


def test_a_workbook_that_cannot_be_written_is_kept_where_a_terminal_cannot_show_it(
    cases_file: Path, full_disk: Path
) -> None:
    (full_disk / "filler").write_bytes(b"x" * 12288)
    code, shown = on_a_terminal("generate", str(cases_file), *OUTLINE, "-o", str(full_disk / "out.xlsx"))
    assert code == 2
    kept = Path("".join(shown.split("the result is in ")[1].split()))
    assert kept.read_bytes().startswith(b"PK")
    kept.unlink()


@pytest.mark.parametrize("name", ["json", "table"])
def test_a_full_standard_output_is_one_line_and_the_result_is_kept(name: str, case_file: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [COMMAND, "generate", str(case_file), *OUTLINE, "--format", name],
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},  # as users have it
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    line = one_line(done.stderr)
    assert "standard output cannot be written: No space left on device; the result is in " in line
    kept = Path(line.split("is in ")[1])
    assert "T-1" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.unlink()


# What is read.


@pytest.mark.parametrize(
    "option", [["generate"], ["review"], ["convert"], ["generate", "examples/password-reset.en.yaml", "--glossary"]]
)
def test_a_file_without_an_end_is_refused(option: list[str], tmp_path: Path) -> None:
    done = run_cli(*option, "/dev/zero", *([str(tmp_path / "o.json")] if option == ["convert"] else []))
    assert done.returncode == 2
    assert "/dev/zero: is larger than" in one_line(done.stderr)


def test_a_file_of_four_gigabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(4 << 30)
    done = run_cli("generate", str(huge))
    assert done.returncode == 2
    assert "is larger than" in one_line(done.stderr)


def test_standard_input_without_an_end_is_refused() -> None:
    with open("/dev/zero", "rb") as endless:
        done = subprocess.run([COMMAND, "generate", "-"], stdin=endless, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "standard input: is larger than" in one_line(done.stderr)


# Two at once.


def test_the_second_run_on_one_output_is_refused_at_once_and_the_first_is_whole(
    cases_file: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.json"
    held = Answer(rows(*EN_ROWS), hold_before=0)
    with ProtocolServer(held) as server:
        environment = {**os.environ, "TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL}
        arguments = [COMMAND, "batch", str(cases_file), "-o", str(output), "--engine", "ollama", "--concurrency", "1"]
        first = subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True)
        wait_for(lambda: bool(server.requests), "the first run to ask the model")
        asked = len(server.requests)  # one, until it is answered
        second = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert second.returncode == 2
        assert "another run is using it" in one_line(second.stderr)
        assert len(server.requests) == asked
        held.gate.set()
        _, said = first.communicate(timeout=120)
        assert first.returncode == 0, said
    assert len(json.loads(output.read_text())) == 6
    assert {path.name for path in tmp_path.iterdir()} == {"cases.json", "out.json", "out.json.journal.jsonl"}


def test_a_lock_of_a_killed_run_holds_nobody_up(cases_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    with ProtocolServer(Answer(rows(*EN_ROWS), stall_before=0)) as server:
        environment = {**os.environ, "TESTGEN_OLLAMA_BASE_URL": server.url, "TESTGEN_MODEL": MODEL}
        first = subprocess.Popen(
            [COMMAND, "batch", str(cases_file), "-o", str(output), "--engine", "ollama"],
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        wait_for(lambda: bool(server.requests), "the first run to ask the model")
        first.send_signal(signal.SIGKILL)
        first.wait(10)
    assert run_cli("batch", str(cases_file), *OUTLINE, "-o", str(output), "--resume").returncode == 0
