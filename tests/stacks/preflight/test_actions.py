"""The list of actions: of every type that a stack makes, of no other, and by names that IAM knows."""

import json
from importlib.resources import files
from typing import Any

import pytest
from support.stacks import VARIANTS, configuration, graph_of

from stacks.config import StackConfig, parse
from stacks.preflight.actions import OPTIONAL, actions, by_type, parts

ALL = ["mvp", "phase2", *VARIANTS]
# Drawn by awsx or Pulumi, or made of other resources.
NO_CALLS_OF_ITS_OWN = ("testgen:", "awsx:ec2:Vpc", "pulumi:")


def config_of(name: str) -> StackConfig:
    stack, changes = VARIANTS.get(name, (name, {}))
    given = configuration(stack, **changes)
    sections: dict[str, Any] = {}
    for key, text in given.items():
        name = key.removeprefix("testgen:")
        if name in StackConfig.model_fields:  # the others are secrets
            sections[name] = json.loads(text) if text.startswith(("{", "[")) else text
    return parse(stack, "ap-northeast-1", json.loads(given["aws:defaultTags"])["tags"], sections)


@pytest.mark.parametrize("name", ALL)
def test_the_types_are_those_that_the_stack_makes(name: str) -> None:
    made = {entry.kind for entry in graph_of(name).resources if not entry.kind.startswith(NO_CALLS_OF_ITS_OWN)}
    listed = {kind for kind in by_type(config_of(name)) if kind.startswith("aws")}
    assert listed == made


def test_every_optional_part_is_some_stacks() -> None:
    configs = [config_of(name) for name in ALL]
    assert [part for part, wanted in OPTIONAL.items() if not any(wanted(config) for config in configs)] == []
    assert set(OPTIONAL) < set(parts())


def test_iam_knows_every_action() -> None:
    """cfn-lint carries the Service Authorization Reference's list."""
    known = json.loads((files("cfnlint") / "data/AdditionalSpecs/Policies.json").read_text(encoding="utf-8"))
    names = {f"{service}:{name}" for service, entry in known.items() for name in entry["Actions"]}
    named = {action for types in parts().values() for found in types.values() for action in found}
    assert {action for action in named if action.lower() not in names} == set()


def test_mvp_needs_no_web_acl_and_no_zone() -> None:
    services = {action.partition(":")[0] for action in actions(config_of("mvp"))}
    assert not services & {"wafv2", "acm", "route53", "budgets"}
    assert {"wafv2", "acm", "route53"} <= {action.partition(":")[0] for action in actions(config_of("phase2"))}
