"""`make rehearse STACK=mvp`: the whole cloud, offline. Exit 1, with the fault, where something is wrong."""

import argparse
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

from rehearsal import tables
from rehearsal.changes import rehearse_changes
from rehearsal.cloud import RehearsalError
from rehearsal.containers import both, build_both
from rehearsal.forks import forks
from rehearsal.providers.aws.table import IN_MEMORY
from rehearsal.rehearse import Stage, Toolbox, bring_up, on_paper, prepare, stage, take_down
from rehearsal.walk import walk

STACKS = ("mvp", "phase2")


def main() -> int:
    """Reads the arguments, rehearses, and says how long it took."""
    parser = argparse.ArgumentParser(prog="rehearsal", description=__doc__)
    parser.add_argument("stack", choices=(*STACKS, "all"))
    parser.add_argument(
        "--changes", action="store_true", help="rehearse changes of the configuration instead of the walk"
    )
    parser.add_argument(
        "--containers", action="store_true", help="build both images and run them (needs root and buildah)"
    )
    parser.add_argument("--built", action="store_true", help="with --containers: run the images that were built last")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _ended)
    if options.stack == "all":
        return side_by_side([argument for argument in sys.argv[1:] if argument != "all"])
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - started:5.1f} s] {text}", flush=True)

    try:
        with stage(options.stack, Toolbox.find(), say) as here:
            prepare(here)
            if options.changes:
                rehearse_changes(here)
            else:
                rehearse(here, containers=options.containers, build=not options.built)
    except RehearsalError as error:
        print(f"rehearsal of {options.stack} failed:\n{error}", file=sys.stderr)
        return 1
    say(f"{options.stack} holds")
    return 0


def _ended(number: int, _: FrameType | None) -> None:
    """Whoever stops a rehearsal, by a time limit for instance, finds no service and no model server left on its ports."""
    sys.exit(128 + number)


def side_by_side(flags: list[str]) -> int:
    """Rehearses every stack in a process of its own, at the same time; a line begins with the stack that it is about."""
    with forks():
        processes = {
            stack: subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "rehearsal", stack, *flags],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for stack in STACKS
        }
        try:
            readers = [threading.Thread(target=_tell, args=pair) for pair in processes.items()]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
            return max(process.wait() for process in processes.values())
        finally:
            for process in processes.values():
                process.terminate()  # those that are still running


def _tell(stack: str, process: "subprocess.Popen[str]") -> None:
    assert process.stdout
    for line in process.stdout:
        print(f"{stack:<6} {line}", end="", flush=True)


def rehearse(here: Stage, *, containers: bool, build: bool) -> None:
    """Everything in its order."""
    on_paper(here)
    here.say("on paper: no fault")
    graph = bring_up(here)
    here.say(f"{len(graph.resources)} resources; checked by botocore only, not made in moto: {', '.join(IN_MEMORY)}")
    if containers:
        if build:
            here.say("building both images")
            build_both(here.tools.ollama, here.operator.folder / "ollama-base")
        with both() as images:
            walk(here, graph, images)
    else:
        walk(here, graph)
    for title, lines in (
        ("the graph", tables.resources(graph)),
        ("who reaches whom, by port", tables.reachability(graph)),
        ("who may do what", tables.rights(graph)),
    ):
        print(f"\n{title}\n" + "\n".join(lines))
    print()
    kept = take_down(here, protected=here.stack == "phase2")
    here.say("the account is empty but for what is kept on purpose:")
    for entry in kept:
        here.say(f"  {entry}")


if __name__ == "__main__":
    sys.exit(main())
