"""A zone comes and goes: what docs/operations.md says under 'Leave a zone', and the way back."""

from typing import Any

from rehearsal.cloud import RehearsalError
from rehearsal.rehearse import Stage
from rehearsal.state import deployed
from stackgraph.graph import Graph
from stacks.naming import DATA_TAG

ZONES, LEAVING = "testgen:compute.zones", "testgen:compute.leaving_zones"


def rehearse_zones(here: Stage, graph: Graph) -> Graph:
    """A stack of one zone gets another and leaves it for good; a stack of two leaves one and comes back to its volumes.

    Raises:
        RehearsalError: a volume is lost, or the service is not moved.
    """
    first = _zones(graph)
    if len(first) > 1:
        left = _left(here, first[-1], len(first) - 1)
        return _returned(here, left, first)
    here.say("change: a zone more")
    here.set(ZONES, "2")
    both = _up(here, graph)
    if len(_zones(both)) != len(first) + 1:
        raise RehearsalError(f"compute.zones is 2, and instances run in {_zones(both)}")
    [added] = set(_zones(both)) - set(first)
    _left(here, added, 1)
    _forgotten(here, added)
    return _returned(here, deployed(here.operator), first)


def _left(here: Stage, zone: str, zones: int) -> Graph:
    """The first step: the tasks move, the group stays."""
    here.say(f"change: {zone} is left")
    before = deployed(here.operator)
    here.set(f"{LEAVING}[0]", zone)
    here.set(ZONES, str(zones))
    after = _up(here, before)
    wanted = [
        entry["capacityProvider"] for entry in after.one("ecs/service:Service").inputs["capacityProviderStrategies"]
    ]
    if len(wanted) != zones or len(_zones(after)) != len(_zones(before)):
        raise RehearsalError(f"{zone} is left, the service wants {wanted}, and there are groups in {_zones(after)}")
    here.say(f"  tasks run in {zones} zone{'s' if zones > 1 else ''}; the group of {zone} stays until it is empty")
    return after


def _forgotten(here: Stage, zone: str) -> None:
    """The operator deletes what remains in the zone that is left for good."""
    ec2 = here.operator.client("ec2")
    for volume in _volumes(here):
        if volume["AvailabilityZone"] == zone:
            here.say(f"$ aws ec2 delete-volume --volume-id {volume['VolumeId']}")
            ec2.delete_volume(VolumeId=volume["VolumeId"])


def _returned(here: Stage, before: Graph, zones: list[str]) -> Graph:
    """Instances run in these zones again, and in no other."""
    here.say("change: no zone is left any more")
    here.pulumi("config", "rm", "--path", LEAVING)
    here.set(ZONES, str(len(zones)))
    after = _up(here, before)
    if _zones(after) != zones:
        raise RehearsalError(f"instances run in {_zones(after)}, and should run in {zones}")
    here.say(f"  instances run in {', '.join(zones)}")
    return after


def _up(here: Stage, before: Graph) -> Graph:
    """No data volume of the account is lost, whether the stack has it or not."""
    there = {volume["VolumeId"] for volume in _volumes(here)}
    here.pulumi("up", "--yes", "--skip-preview")
    if lost := there - {volume["VolumeId"] for volume in _volumes(here)}:
        raise RehearsalError(f"the change deletes {', '.join(sorted(lost))}, and the models on them")
    return deployed(here.operator)


def _volumes(here: Stage) -> list[dict[str, Any]]:
    wanted = [{"Name": f"tag:{DATA_TAG}", "Values": [here.stack]}]
    found: list[dict[str, Any]] = here.operator.client("ec2").describe_volumes(Filters=wanted)["Volumes"]
    return found


def _zones(graph: Graph) -> list[str]:
    """Zones with groups of instances."""
    return sorted(entry.name.removeprefix(f"testgen-{graph.stack}-") for entry in graph.of("autoscaling/group:Group"))
