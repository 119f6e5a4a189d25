"""How many tasks a number of QA engineers needs: a simulation of the deployed service."""

from testgen.capacity.demand import Demand
from testgen.capacity.fleet import Fleet
from testgen.capacity.simulation import Outcome, simulate

__all__ = ["Demand", "Fleet", "Outcome", "simulate"]
