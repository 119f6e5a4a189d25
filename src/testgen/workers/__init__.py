"""CPU-bound work that a client can prolong, done where it can be stopped: in a process with a deadline and a memory limit."""

from testgen.workers.job import HERE, Job, Workers
from testgen.workers.once import run_once
from testgen.workers.pool import Pool
from testgen.workers.worker import Nursery

__all__ = ["HERE", "Job", "Nursery", "Pool", "Workers", "run_once"]
