"""Work on the processor that a client can make long, done where it can be ended: in a process with a deadline and a memory bound."""

from testgen.workers.job import HERE, Job, Workers
from testgen.workers.once import run_once
from testgen.workers.pool import Pool
from testgen.workers.worker import Nursery

__all__ = ["HERE", "Job", "Nursery", "Pool", "Workers", "run_once"]
