"""The ECS service: one task per instance, replaced without a gap, rolled back if the new one does not start."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.components.cluster import Cluster
from stacks.components.edge import Edge
from stacks.components.identity import Identity
from stacks.components.images import Images
from stacks.components.logs import Logs
from stacks.components.rollback import Rollback
from stacks.components.settings import Settings
from stacks.config import StackConfig
from stacks.containers import API, MODELS, MODELS_ON_HOST, Runtime, definitions
from stacks.naming import Names
from testgen.contract import API_PORT

DEPLOYMENT_TIMEOUT = "40m"  # an image pull, a boot and the loading of a model fit; the provider's own 20 minutes do not


@dataclass(frozen=True)
class Gate:
    """How a deployment gets its traffic, if not by ECS's rolling deployment."""

    deployment: aws.ecs.ServiceDeploymentConfigurationArgs | None = None
    traffic: aws.ecs.ServiceLoadBalancerAdvancedConfigurationArgs | None = None
    ready: Sequence[pulumi.Resource] = ()


@dataclass(frozen=True)
class ServiceArgs:
    """The components that the task consists of and depends on."""

    config: StackConfig
    names: Names
    cluster: Cluster
    edge: Edge
    identity: Identity
    images: Images
    logs: Logs
    settings: Settings
    rollback: Rollback | None
    gate: Gate
    subnet_ids: pulumi.Output[Sequence[str]]
    security_group_id: pulumi.Input[str]


@dataclass(frozen=True)
class RunningService:
    """The names by which scaling and monitoring find the service; suffixes are the last parts of ARNs."""

    cluster_name: pulumi.Input[str]
    service_name: pulumi.Input[str]
    load_balancer_suffix: pulumi.Input[str]
    target_group_suffix: pulumi.Input[str]
    other_target_group_suffix: pulumi.Input[str] | None = None  # of blue/green deployments


class Service(pulumi.ComponentResource):
    """Task definition and service."""

    service: aws.ecs.Service
    running: RunningService

    def __init__(self, name: str, args: ServiceArgs) -> None:
        super().__init__("testgen:service:Service", name)
        config = args.config
        least, most = config.healthy_percent
        self.service = aws.ecs.Service(
            f"{name}-service",
            name=args.names.prefix,
            cluster=args.cluster.cluster_arn,
            task_definition=self._task(name, args).arn,
            desired_count=config.scaling.min_tasks,
            capacity_provider_strategies=[
                aws.ecs.ServiceCapacityProviderStrategyArgs(capacity_provider=provider, weight=1)
                for provider in args.cluster.provider_names
            ],
            # ECS takes another strategy, and so another zone, only with a new deployment; the provider refuses it without.
            force_new_deployment=True,
            deployment_minimum_healthy_percent=least,
            deployment_maximum_percent=most,
            alarms=aws.ecs.ServiceAlarmsArgs(alarm_names=args.rollback.alarm_names, enable=True, rollback=True)
            if args.rollback
            else None,
            deployment_configuration=args.gate.deployment,
            deployment_circuit_breaker=aws.ecs.ServiceDeploymentCircuitBreakerArgs(enable=True, rollback=True),
            availability_zone_rebalancing="DISABLED",  # it would start tasks in zones without a free volume
            health_check_grace_period_seconds=config.compute.model_start_timeout_s,
            network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
                subnets=args.subnet_ids, security_groups=[args.security_group_id], assign_public_ip=False
            ),
            load_balancers=[
                aws.ecs.ServiceLoadBalancerArgs(
                    target_group_arn=args.edge.target_group.arn,
                    container_name=API,
                    container_port=API_PORT,
                    advanced_configuration=args.gate.traffic,
                )
            ],
            enable_execute_command=False,  # it cannot work with a read-only root, and nobody needs a shell in the task
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            wait_for_steady_state=True,
            opts=pulumi.ResourceOptions(
                parent=self,
                ignore_changes=["desired_count"],  # scaling decides
                custom_timeouts=pulumi.CustomTimeouts(
                    create=DEPLOYMENT_TIMEOUT, update=DEPLOYMENT_TIMEOUT, delete=DEPLOYMENT_TIMEOUT
                ),
                depends_on=[
                    args.edge.listener,
                    args.cluster.providers,
                    *args.settings.written,
                    *args.identity.policies,
                    *args.gate.ready,
                ],
            ),
        )
        self.running = RunningService(
            cluster_name=args.cluster.cluster_name,
            service_name=self.service.name,
            load_balancer_suffix=args.edge.load_balancer.arn_suffix,
            target_group_suffix=args.edge.target_group.arn_suffix,
            other_target_group_suffix=args.edge.green.target_group.arn_suffix if args.edge.green else None,
        )
        self.register_outputs({"service": self.service.name})

    def _task(self, name: str, args: ServiceArgs) -> aws.ecs.TaskDefinition:
        config = args.config
        runtime = Runtime(
            api_image=args.images.api_uri,
            ollama_image=args.images.ollama_uri,
            api_log_group=args.logs.api.name,
            ollama_log_group=args.logs.ollama.name,
            config_sha256=args.settings.config_sha256,
            secret_version=args.settings.secret_version,
        )
        return aws.ecs.TaskDefinition(
            f"{name}-task",
            family=args.names.prefix,
            requires_compatibilities=["EC2"],
            network_mode="awsvpc",
            cpu=str(config.compute.task_cpu),
            memory=str(config.compute.ollama_memory_mib + config.compute.api_memory_mib),
            execution_role_arn=args.identity.execution_role_arn,
            task_role_arn=args.identity.task_role_arn,
            container_definitions=pulumi.Output.json_dumps(definitions(config, args.names, runtime)),
            volumes=[aws.ecs.TaskDefinitionVolumeArgs(name=MODELS, host_path=MODELS_ON_HOST)],
            skip_destroy=True,  # earlier revisions stay, for the circuit breaker and for a rollback by hand
            opts=pulumi.ResourceOptions(parent=self),
        )
