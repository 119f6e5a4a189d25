"""A Spot instance is reclaimed while a batch runs: its task shuts down in order, and the client goes on with the next instance's."""

import json
import subprocess
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event

from rehearsal.cloud import RehearsalError, alone
from rehearsal.instance import Instance, terminate
from rehearsal.laptop import command_line
from rehearsal.rehearse import Stage
from rehearsal.serving import at_work, booted, pulled
from rehearsal.task import Container, FromCheckout, Tools
from rehearsal.walk import CASE
from stackgraph.graph import Graph
from stackgraph.promises.network import CORPORATE

SPOT = "testgen:compute.spot.on_demand_base"
DRAINS = "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true"
IDS = ("SPOT-1", "SPOT-2", "SPOT-3")


def rehearse_interruption(here: Stage, graph: Graph, host: Instance) -> None:
    """The agent heeds the notice; the batch is whole although its service was away.

    Raises:
        RehearsalError: the agent would not drain the instance, the service does not shut down in order, or the batch is not whole.
    """
    agent = here.operator.folder / "instances" / host.id / "etc/ecs/ecs.config"
    if DRAINS not in agent.read_text(encoding="utf-8").split():
        raise RehearsalError(f"the agent of {host.id} does not heed a Spot notice: {DRAINS} is not in its settings")
    with tempfile.TemporaryDirectory() as folder, alone(here.say):
        cases, made = Path(folder) / "cases.json", Path(folder) / "procedures.json"
        cases.write_text(json.dumps([{**CASE, "id": name} for name in IDS]))
        here.say(f"spot notice: {host.id} is reclaimed while a batch of {len(IDS)} cases runs")
        _interrupted(
            here, graph, host, ("batch", str(cases), "-o", str(made), "--engine", "outline", "--concurrency", "1")
        )
        done = [entry["test_case_id"] for entry in json.loads(made.read_text(encoding="utf-8"))]
    if done != list(IDS):
        raise RehearsalError(f"the batch has procedures for {', '.join(done)} only")
    here.say(f"  the batch waited for the next task: {', '.join(done)}")


def _interrupted(here: Stage, graph: Graph, host: Instance, command: tuple[str, ...]) -> None:
    """While the first answer is on its way, ECS stops the task; managed scaling starts another instance for its replacement."""
    stopped, small = Event(), FromCheckout(Tools(here.tools.ollama))
    pulled(here, graph, host)
    with ThreadPoolExecutor(1) as client, ExitStack() as task:
        walk = task.enter_context(at_work(here, graph, host, small))

        def notice() -> None:
            task.close()
            stopped.set()

        batch = client.submit(command_line, walk, CORPORATE, *command, on_answer=notice)
        if not stopped.wait(120):
            raise RehearsalError(f"the batch gets no first answer: {_end(batch)}")
        _require_orderly(walk.containers["api"])
        terminate(here.operator, host)
        other = booted(here, graph)
        pulled(here, graph, other)  # it may have another volume of the zone
        with at_work(here, graph, other, small) as after:
            if (ended := batch.result()).returncode:
                raise RehearsalError(f"the batch ends with {ended.returncode}: {_end(batch)}")
            if not any('"procedure"' in line for line in after.containers["api"].lines):
                raise RehearsalError("the next task had no case to draft: the batch was over before the notice")


def _require_orderly(api: Container) -> None:
    if not any('"shutdown"' in line for line in api.lines):
        raise RehearsalError(f"the service does not shut down in order: {api.lines[-3:]}")


def _end(batch: "Future[subprocess.CompletedProcess[str]]") -> str:
    return batch.result().stderr.strip()[-500:]
