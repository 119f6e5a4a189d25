"""Changes of the configuration: what is updated, what replaced, and that nothing is lost."""

import pytest
from support.rehearse import rehearse
from support.stacks import graph_of

pytestmark = [pytest.mark.rehearsal, pytest.mark.usefixtures("forked")]


def test_changes_lose_nothing_and_kept_volumes_are_adopted() -> None:
    said = rehearse("mvp", "--changes")
    quiet, setting, model, _, _, home = said.split("change: ")
    assert "both be pulled" in quiet
    assert "updated aws:appautoscaling:Target" in quiet
    groups = graph_of("mvp").of("cloudwatch/logGroup:LogGroup")
    assert quiet.count("updated aws:cloudwatch:LogGroup") == len(groups)
    assert "updated aws:ec2:LaunchTemplate" in quiet
    assert "updated aws:autoscaling:Group" in quiet
    assert "created aws:autoscaling:Group" not in quiet
    assert "task definition testgen-mvp:1 stays" in quiet
    assert "task definition testgen-mvp:1 → testgen-mvp:2" in setting, "one setting alone rolls the service"
    assert "serving again, max_concurrency = 3" in setting
    assert "updated aws:ssm:Parameter testgen-mvp-config-model" in model
    assert "task definition testgen-mvp:2 → testgen-mvp:3" in model
    assert "serving again, model = gemma3:4b" in model
    assert "tasks run in 1 zone; the group of ap-northeast-1c stays until it is empty" in said
    assert "instances run in ap-northeast-1a" in home
    assert "serving again, model = gemma3:12b" in home, "the first model came back with the zone that was added"
    assert home.count("is vol-") == len(graph_of("mvp").of("ebs/volume:Volume")), "each slot has its own volume again"
    assert "serving again" in home.split("up again:")[1]
