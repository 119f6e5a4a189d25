"""The table of stand-ins: every type that a stack or a variant of one makes is there, and changes are told apart."""

import pytest
from support.stacks import VARIANTS, graph_of

from rehearsal.providers.aws.table import IN_MEMORY, KINDS


@pytest.mark.parametrize("name", ["mvp", "phase2", *VARIANTS])
def test_every_type_of_a_stack_has_a_stand_in(name: str) -> None:
    kinds = {resource.kind for resource in graph_of(name).resources if resource.kind.startswith("aws:")}
    assert kinds - set(KINDS) == set()


def test_a_type_that_is_never_replaced_whole_can_be_updated() -> None:
    """`*` makes a new one of each change; whatever else must know how to change in place."""
    assert [kind for kind, entry in KINDS.items() if "*" not in entry.replaces and entry.update is None] == []


def test_what_is_only_in_memory_has_a_creator_that_checks_it() -> None:
    assert set(IN_MEMORY) <= set(KINDS)
