"""What takes a deployment back: alarms, a smoke test, and blue/green where wanted."""

import json
from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from support.stacks import configuration, instance_type

from stackgraph.answers import size_of
from stackgraph.permissions import allowed, role_of
from stackgraph.reachability import may_connect
from stackgraph.recorder import Graph, Resource, record

VCPUS, _ = size_of(instance_type("phase2"))


def alarms(graph: Graph) -> dict[str, Resource]:
    found = graph.of("cloudwatch/metricAlarm:MetricAlarm")
    return {entry.inputs["name"]: entry for entry in found if "-deployment-" in entry.inputs["name"]}


def test_ecs_watches_alarms_that_are_there_before_the_service(stack: Graph) -> None:
    service = stack.one("ecs/service:Service")
    found = alarms(stack)
    prefix = f"testgen-{stack.stack}-deployment"
    assert service.inputs["alarms"] == {
        "alarmNames": [f"{prefix}-5xx", f"{prefix}-latency", f"{prefix}-targets"],
        "enable": True,
        "rollback": True,
    }
    assert set(service.inputs["alarms"]["alarmNames"]) == set(found)
    assert {alarm.urn for alarm in found.values()} <= service.dependencies


def test_a_first_deployment_without_any_figure_is_not_taken_back(any_stack: Graph) -> None:
    for alarm in alarms(any_stack).values():
        assert alarm.inputs["treatMissingData"] == "notBreaching"
        assert alarm.inputs["period"] * alarm.inputs["evaluationPeriods"] == 300


@pytest.mark.parametrize("name", ["in-place", "spot", "blue-green"])
def test_a_deployment_that_has_a_time_without_a_target_is_not_taken_back_for_it(
    variant: Callable[[str], Graph], name: str
) -> None:
    graph = variant(name)
    names = graph.one("ecs/service:Service").inputs["alarms"]["alarmNames"]
    assert [entry.rsplit("-", 1)[1] for entry in names] == ["5xx", "latency"]


def test_they_can_be_left_out(deploy: Callable[..., Graph]) -> None:
    graph = deploy("mvp", monitoring={"rollback": False})
    assert not alarms(graph)
    assert "alarms" not in graph.one("ecs/service:Service").inputs


def function(graph: Graph) -> dict[str, Any]:
    found: dict[str, Any] = graph.one("lambda/function:Function").inputs
    return found


def test_the_smoke_test_runs_when_a_deployment_has_come_up(variant: Callable[[str], Graph]) -> None:
    graph = variant("smoke-test")
    run, service = graph.one("lambda/invocation:Invocation"), graph.one("ecs/service:Service")
    assert service.urn in run.dependencies
    assert run.inputs["triggers"] == {"task_definition": service.inputs["taskDefinition"]}, "once a deployment"
    assert json.loads(run.inputs["input"]) == run.inputs["triggers"]
    assert function(graph)["environment"]["variables"]["URL"] == graph.outputs["url"]
    private = service.inputs["networkConfiguration"]["subnets"]
    assert function(graph)["vpcConfig"]["subnetIds"] == private
    assert not variant("mvp").of("lambda/function:Function"), "off by default"


def test_where_it_fails_it_may_have_this_service_go_back_to_what_passed_last(variant: Callable[[str], Graph]) -> None:
    graph = variant("smoke-test")
    role, variables = role_of(graph, "smoke"), function(graph)["environment"]["variables"]
    [passed] = [entry for entry in graph.of("ssm/parameter:Parameter") if entry.inputs["name"] == variables["PASSED"]]
    assert passed.inputs["value"] == "none"
    assert passed.options["ignore_changes"] == ["value"], "the function writes it"
    assert passed.urn in graph.one("lambda/invocation:Invocation").dependencies
    here = "ap-northeast-1:123456789012"
    service = f"arn:aws:ecs:{here}:service/{variables['CLUSTER']}/{variables['SERVICE']}"
    for action in ("ecs:DescribeServices", "ecs:UpdateService"):
        assert allowed(graph, role, action, service)
        assert not allowed(graph, role, action, f"arn:aws:ecs:{here}:service/testgen-phase2/testgen-phase2")
    for action in ("ssm:GetParameter", "ssm:PutParameter"):
        assert allowed(graph, role, action, f"arn:aws:ssm:{here}:parameter{variables['PASSED']}")
        assert not allowed(graph, role, action, f"arn:aws:ssm:{here}:parameter/testgen/mvp/config/model")


def test_ecs_itself_goes_back_in_a_blue_green_deployment(variant: Callable[[str], Graph]) -> None:
    graph = variant("blue-green")
    assert not {"CLUSTER", "SERVICE", "PASSED"} & function(graph)["environment"]["variables"].keys()
    for action in ("ecs:UpdateService", "ssm:PutParameter"):
        assert not allowed(graph, role_of(graph, "smoke"), action, "*")


def test_it_reaches_the_load_balancer_and_nothing_behind_it(variant: Callable[[str], Graph]) -> None:
    graph = variant("smoke-test")
    assert may_connect(graph, "smoke", "alb", 80)
    assert not may_connect(graph, "smoke", "tasks", 8000)


def test_before_users_get_a_blue_green_deployment_it_is_tested(variant: Callable[[str], Graph]) -> None:
    graph = variant("blue-green")
    deployment = graph.one("ecs/service:Service").inputs["deploymentConfiguration"]
    assert (deployment["strategy"], deployment["bakeTimeInMinutes"]) == ("BLUE_GREEN", "5")
    [hook] = deployment["lifecycleHooks"]
    assert hook["lifecycleStages"] == ["POST_TEST_TRAFFIC_SHIFT"]
    assert hook["hookTargetArn"] == graph.one("lambda/function:Function").outputs["arn"]
    assert not graph.of("lambda/invocation:Invocation"), "ECS runs it"
    rules = {rule.name.rsplit("-", 1)[1]: rule for rule in graph.of("lb/listenerRule:ListenerRule")}
    variables = function(graph)["environment"]["variables"]
    [condition] = rules["test"].inputs["conditions"]
    asked = condition["httpHeader"]
    assert (asked["httpHeaderName"], asked["values"]) == (variables["TEST_HEADER"], [variables["TEST_VALUE"]])
    assert rules["test"].inputs["priority"] < rules["production"].inputs["priority"]


def test_ecs_turns_two_groups_whose_rules_are_left_to_it(variant: Callable[[str], Graph]) -> None:
    graph = variant("blue-green")
    groups = {group.name.rsplit("-", 1)[1]: group.outputs["arn"] for group in graph.of("lb/targetGroup:TargetGroup")}
    rules = {rule.name.rsplit("-", 1)[1]: rule for rule in graph.of("lb/listenerRule:ListenerRule")}
    [balanced] = graph.one("ecs/service:Service").inputs["loadBalancers"]
    traffic = balanced["advancedConfiguration"]
    assert (balanced["targetGroupArn"], traffic["alternateTargetGroupArn"]) == (groups["tg"], groups["green"])
    assert traffic["productionListenerRule"] == rules["production"].outputs["arn"]
    assert traffic["testListenerRule"] == rules["test"].outputs["arn"]
    assert all(rule.options["ignore_changes"] == ["actions"] for rule in rules.values())
    assert {rule.urn for rule in rules.values()} <= graph.one("ecs/service:Service").dependencies


def test_ecs_may_turn_this_load_balancer_only(variant: Callable[[str], Graph]) -> None:
    graph = variant("blue-green")
    role, service = role_of(graph, "traffic"), graph.one("ecs/service:Service").inputs
    assert service["loadBalancers"][0]["advancedConfiguration"]["roleArn"] == role.outputs["arn"]
    other = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:{}/another/1"
    for rule in graph.of("lb/listenerRule:ListenerRule"):
        assert allowed(graph, role, "elasticloadbalancing:ModifyRule", rule.outputs["arn"])
    for group in graph.of("lb/targetGroup:TargetGroup"):
        assert allowed(graph, role, "elasticloadbalancing:RegisterTargets", group.outputs["arn"])
    assert not allowed(graph, role, "elasticloadbalancing:ModifyRule", other.format("listener-rule/app"))
    assert not allowed(graph, role, "elasticloadbalancing:RegisterTargets", other.format("targetgroup"))
    assert allowed(graph, role, "lambda:InvokeFunction", graph.one("lambda/function:Function").outputs["arn"])


def test_the_smoke_test_may_read_its_own_key_only(variant: Callable[[str], Graph]) -> None:
    graph = variant("blue-green")
    role = role_of(graph, "smoke")
    secrets = {secret.name.rsplit("-", 1)[1]: secret for secret in graph.of("secretsmanager/secret:Secret")}
    assert allowed(graph, role, "secretsmanager:GetSecretValue", secrets["smoke"].outputs["arn"])
    assert not allowed(graph, role, "secretsmanager:GetSecretValue", secrets["service"].outputs["arn"])
    versions = {entry.name.rsplit("-", 1)[1]: entry for entry in graph.of("secretsmanager/secretVersion:SecretVersion")}
    assert "secretString" in versions["smoke"].secret_inputs
    assert "the key itself" not in str(graph.one("lambda/function:Function").inputs)


def test_a_blue_green_deployment_has_room_for_all_new_tasks(variant: Callable[[str], Graph]) -> None:
    graph = variant("blue-green")
    for group in graph.of("autoscaling/group:Group"):
        assert group.inputs["maxSize"] == 2 * 2, "four tasks in two zones, twice"
    assert len(graph.of("ebs/volume:Volume")) == 8
    tracked = [policy.name.rsplit("-", 1)[1] for policy in graph.of("appautoscaling/policy:Policy")]
    assert tracked == ["cpu", "queue"], "the requests of one group say nothing after the turn"


def test_healthy_targets_are_those_of_both_groups(variant: Callable[[str], Graph]) -> None:
    found = {
        alarm.inputs["name"]: alarm.inputs for alarm in variant("blue-green").of("cloudwatch/metricAlarm:MetricAlarm")
    }
    queries = found["testgen-phase2-bring-back-a-healthy-target"]["metricQueries"]
    watched = [query["metric"]["dimensions"]["TargetGroup"] for query in queries if "metric" in query]
    assert len(set(watched)) == 2
    assert [query["expression"] for query in queries if query.get("returnData")] == ["FILL(one, 0) + FILL(other, 0)"]
    assert set(found["testgen-phase2-make-answers-faster"]["dimensions"]) == {"LoadBalancer"}


@pytest.mark.parametrize(
    ("stack_name", "changes", "key", "remedy"),
    [
        ("mvp", {"scaling": {"smoke_test": {}, "sleep": {"start": "cron(0 20 * * ? *)"}}}, "smoke_test", "scaling.sleep"),
        ("phase2", {"scaling": {"smoke_test": {}}}, "testgen:smoke_key: is missing", "`testgen api-key smoke`"),
        ("mvp", {"scaling": {"smoke_test": {"timeout_s": 901}}}, "smoke_test.timeout_s (901)", "900"),
        ("mvp", {"scaling": {"deployment": "blue_green"}, "compute": {"spot": {}}}, "with compute.spot", "use rolling"),
        (
            "mvp",
            {"scaling": {"deployment": "blue_green", "sleep": {"start": "cron(0 20 * * ? *)"}}},
            "with scaling.sleep",
            "use rolling",
        ),
        ("phase2", {"scaling": {"deployment": "blue_green", "max_tasks": 10}}, f"20 instances ({20 * VCPUS} vCPUs)", "Service Quotas"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told_at_preview(
    stack_name: str, changes: dict[str, Any], key: str, remedy: str
) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        record(stack_name, configuration(stack_name, **changes))
    assert key in str(refused.value)
    assert remedy in str(refused.value)
