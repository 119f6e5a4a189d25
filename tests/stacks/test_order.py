"""The orders of creation which AWS needs, and Pulumi cannot infer, are edges of the graph."""

from stackgraph.recorder import Graph


def test_instances_boot_after_the_way_out(any_stack: Graph) -> None:
    """The boot script installs the AWS CLI through NAT."""
    for group in any_stack.of("autoscaling/group:Group"):
        assert {vpc.urn for vpc in any_stack.of("awsx:ec2:Vpc")} <= group.dependencies


def test_log_deliveries_come_after_the_policy_that_lets_them_write(any_stack: Graph) -> None:
    policy = any_stack.one("cloudwatch/logResourcePolicy:LogResourcePolicy")
    deliveries = any_stack.of("cloudwatch/logDelivery:LogDelivery")
    assert len(deliveries) == 2
    for delivery in deliveries:
        assert policy.urn in delivery.dependencies
        assert {
            entry.urn for entry in any_stack.of("cloudwatch/logDeliveryDestination:LogDeliveryDestination")
        } <= delivery.dependencies


def test_log_deliveries_are_made_one_after_the_other(stack: Graph) -> None:
    """Two at once may meet a ConflictException (terraform-provider-aws#48158)."""
    first, second = stack.of("cloudwatch/logDelivery:LogDelivery")
    assert first.urn in second.dependencies


def test_the_listener_waits_for_a_validated_certificate(phase2: Graph) -> None:
    validation = phase2.one("acm/certificateValidation:CertificateValidation")
    assert validation.urn in phase2.one("lb/listener:Listener").dependencies


def test_security_groups_refer_to_each_other_by_rules_of_their_own(any_stack: Graph) -> None:
    for group in any_stack.of("ec2/securityGroup:SecurityGroup"):
        others = {entry.urn for entry in any_stack.of("ec2/securityGroup:SecurityGroup")}
        assert not group.dependencies & others, "a cycle on the next change"


def test_everything_has_a_component_for_a_parent(any_stack: Graph) -> None:
    components = {entry.urn for entry in any_stack.resources if entry.kind.startswith(("testgen:", "awsx:"))}
    for resource in any_stack.resources:
        if not resource.kind.startswith("testgen:"):
            assert resource.parent in components, resource.urn


def test_no_two_resources_have_one_urn(any_stack: Graph) -> None:
    urns = [resource.urn for resource in any_stack.resources]
    assert len(urns) == len(set(urns))
