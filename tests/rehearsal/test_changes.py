"""Changes of the configuration: what is updated, what replaced, and that nothing is lost."""

import pytest
from support.rehearse import rehearse
from support.stacks import graph_of

pytestmark = pytest.mark.rehearsal


def test_changes_lose_nothing_and_kept_volumes_are_adopted() -> None:
    said = rehearse("mvp", "--changes")
    parts = said.split("change: ")
    assert "updated aws:ssm:Parameter testgen-mvp-config-model" in parts[1]
    assert "task definition testgen-mvp:1 → testgen-mvp:2" in parts[1]
    assert "task definition testgen-mvp:2 → testgen-mvp:3" in parts[2], "one setting alone rolls the service"
    assert "updated aws:appautoscaling:Target" in parts[3]
    assert parts[4].count("updated aws:cloudwatch:LogGroup") == len(graph_of("mvp").of("cloudwatch/logGroup:LogGroup"))
    assert "updated aws:ec2:LaunchTemplate" in parts[5]
    assert "updated aws:autoscaling:Group" in parts[5]
    assert "task definition testgen-mvp:3 → testgen-mvp:4" in parts[5].split("rollback:")[1]
    assert parts[5].count("is vol-") == len(graph_of("mvp").of("ebs/volume:Volume")), (
        "each slot has its own volume again"
    )
