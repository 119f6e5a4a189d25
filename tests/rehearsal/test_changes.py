"""Changes of the configuration: what is updated, what replaced, and that nothing is lost."""

import pytest
from support.rehearse import rehearse
from support.stacks import graph_of

pytestmark = pytest.mark.rehearsal


def test_changes_lose_nothing_and_kept_volumes_are_adopted() -> None:
    said = rehearse("mvp", "--changes")
    told = dict(part.split("\n", 1) for part in said.split("change: ")[1:])
    assert "both be pulled" in told["a file of an image"]
    assert "updated aws:ssm:Parameter testgen-mvp-config-model" in told["another model"]
    assert "task definition testgen-mvp:1 → testgen-mvp:2" in told["another model"]
    assert "task definition testgen-mvp:2 → testgen-mvp:3" in told["one setting alone"], "it alone rolls the service"
    assert "updated aws:appautoscaling:Target" in told["more tasks"]
    groups = graph_of("mvp").of("cloudwatch/logGroup:LogGroup")
    assert told["logs for longer"].count("updated aws:cloudwatch:LogGroup") == len(groups)
    last = told["another instance type"]
    assert "updated aws:ec2:LaunchTemplate" in last
    assert "updated aws:autoscaling:Group" in last
    assert "task definition testgen-mvp:3 → testgen-mvp:4" in last.split("rollback:")[1]
    assert "serving again, model = gemma3:4b" in told["another model"]
    assert "serving again, max_concurrency = 3" in told["one setting alone"]
    assert "created aws:autoscaling:Group" not in told["another instance type"]
    assert "tasks run in 1 zone; the group of ap-northeast-1c stays until it is empty" in said
    home = told["no zone is left any more"]
    assert "instances run in ap-northeast-1a" in home
    assert home.count("is vol-") == len(graph_of("mvp").of("ebs/volume:Volume")), "each slot has its own volume again"
    assert "serving again" in home.split("up again:")[1]
