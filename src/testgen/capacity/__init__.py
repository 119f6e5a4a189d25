"""How many tasks serve how many QA engineers: a simulation of the deployed service, minute by minute."""

from testgen.capacity.demand import Demand
from testgen.capacity.fleet import Fleet
from testgen.capacity.simulation import Outcome, simulate

__all__ = ["Demand", "Fleet", "Outcome", "simulate"]
