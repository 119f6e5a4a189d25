"""What every stack keeps: asked of the graph recorded on paper by the tests, and of Pulumi's own state by the rehearsal."""

from collections.abc import Callable, Iterator

from stackgraph.graph import Graph
from stackgraph.promises import network, rights, task

# A promise yields each fault as a sentence that names it.
Promise = Callable[[Graph], Iterator[str]]
PROMISES: tuple[Promise, ...] = (
    network.users_get_in_by_the_listener_and_nobody_else,
    network.only_the_load_balancer_reaches_the_api_and_nobody_anything_else,
    network.only_https_goes_out,
    network.each_subnet_has_the_routes_that_its_guests_need,
    rights.any_resource_stands_only_where_aws_has_no_resource_level,
    rights.the_agent_pulls_these_images_and_writes_these_logs,
    rights.the_task_reads_its_own_settings_and_secret,
    rights.an_instance_joins_its_cluster_and_attaches_volumes_of_its_stack,
    rights.snapshots_are_of_data_volumes_only,
    task.what_must_be_there_first_is_waited_for,
    task.the_two_containers_fit_together,
    task.containers_can_do_no_more_than_they_need,
    task.the_model_lies_on_the_data_volume,
    task.logs_go_to_groups_that_people_search_for,
    task.each_instance_finds_a_volume_that_is_kept,
)


def faults(graph: Graph) -> list[str]:
    """Every fault that is found."""
    return [fault for promise in PROMISES for fault in promise(graph)]
