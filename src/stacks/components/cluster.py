"""The ECS cluster and its GPU instances: one group and capacity provider a zone, since a volume cannot leave its zone."""

import base64
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_aws as aws

from stacks.account import Account
from stacks.config import StackConfig
from stacks.containers import MODELS_ON_HOST
from stacks.naming import DATA_TAG, Names
from stacks.sections import SpotConfig

BOOT_SCRIPT = Path(__file__).resolve().parents[1] / "boot" / "instance.sh"
# The SDK's name says where it is; this name says what it is.
Distribution = aws.autoscaling.GroupMixedInstancesPolicyInstancesDistributionArgs
ROOT_DEVICE = "/dev/xvda"  # of the ECS-optimized Amazon Linux images
# What CloudWatch shows of a group (Auto Scaling, EnableMetricsCollection).
GROUP_METRICS = (
    aws.autoscaling.Metric.GROUP_MIN_SIZE,
    aws.autoscaling.Metric.GROUP_MAX_SIZE,
    aws.autoscaling.Metric.GROUP_DESIRED_CAPACITY,
    aws.autoscaling.Metric.GROUP_IN_SERVICE_INSTANCES,
    aws.autoscaling.Metric.GROUP_PENDING_INSTANCES,
    aws.autoscaling.Metric.GROUP_STANDBY_INSTANCES,
    aws.autoscaling.Metric.GROUP_TERMINATING_INSTANCES,
    aws.autoscaling.Metric.GROUP_TOTAL_INSTANCES,
)


@dataclass(frozen=True)
class ClusterArgs:
    """`subnet_ids` are the private subnets in the order of `account.zones`."""

    config: StackConfig
    names: Names
    account: Account
    subnet_ids: pulumi.Output[Sequence[str]]
    security_group_id: pulumi.Input[str]
    instance_profile_arn: pulumi.Input[str]
    extra_ca: str | None
    ready: Sequence[pulumi.Resource]


class Cluster(pulumi.ComponentResource):
    """Instances come and go with the tasks. `ready`: what must exist before the first of them boots."""

    cluster_name: pulumi.Output[str]
    cluster_arn: pulumi.Output[str]
    provider_names: list[pulumi.Output[str]]
    providers: pulumi.Resource

    def __init__(self, name: str, args: ClusterArgs) -> None:
        super().__init__("testgen:cluster:Cluster", name)
        self._options = pulumi.ResourceOptions(parent=self)
        insights = aws.ecs.ClusterSettingArgs(name="containerInsights", value="enabled")
        cluster = aws.ecs.Cluster(f"{name}-cluster", name=args.names.prefix, settings=[insights], opts=self._options)
        template = self._template(name, args, cluster)
        providers = {
            zone: self._capacity_provider(f"{name}-{zone}", self._group(f"{name}-{zone}", zone, template, args)).name
            for zone in (*args.account.compute_zones, *args.account.leaving_zones)
        }
        self.provider_names = [providers[zone] for zone in args.account.compute_zones]
        # ECS detaches no provider that a service still uses: one that is left stays attached until the service has moved.
        self.providers = aws.ecs.ClusterCapacityProviders(
            f"{name}-providers",
            cluster_name=cluster.name,
            capacity_providers=list(providers.values()),
            default_capacity_provider_strategies=[
                aws.ecs.ClusterCapacityProvidersDefaultCapacityProviderStrategyArgs(
                    capacity_provider=provider, weight=1
                )
                for provider in self.provider_names
            ],
            opts=self._options,
        )
        self.cluster_name = cluster.name
        self.cluster_arn = cluster.arn
        self.register_outputs({"cluster_name": self.cluster_name})

    def _template(self, name: str, args: ClusterArgs, cluster: aws.ecs.Cluster) -> aws.ec2.LaunchTemplate:
        compute = args.config.compute
        root = aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
            volume_size=compute.root_volume_gb,
            volume_type="gp3",
            encrypted="true",
            kms_key_id=args.account.volume_key_arn,
            delete_on_termination="true",
        )
        return aws.ec2.LaunchTemplate(
            f"{name}-instance",
            image_id=f"resolve:ssm:{compute.ami_parameter}",
            instance_type=compute.instance_types[0],
            update_default_version=True,
            ebs_optimized="true",
            iam_instance_profile=aws.ec2.LaunchTemplateIamInstanceProfileArgs(arn=args.instance_profile_arn),
            vpc_security_group_ids=[args.security_group_id],
            metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
                http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
            ),
            monitoring=aws.ec2.LaunchTemplateMonitoringArgs(enabled=True),
            block_device_mappings=[aws.ec2.LaunchTemplateBlockDeviceMappingArgs(device_name=ROOT_DEVICE, ebs=root)],
            # The provider's default tags stop at the template: what it makes is tagged here.
            tag_specifications=[
                aws.ec2.LaunchTemplateTagSpecificationArgs(
                    resource_type=kind, tags={**args.config.tags, "Name": f"{name}-instance"}
                )
                for kind in ("instance", "volume", "network-interface")
            ],
            user_data=cluster.name.apply(
                lambda cluster_name: encoded(user_data(args.config, cluster_name, args.extra_ca))
            ),
            opts=self._options,
        )

    def _group(
        self, name: str, zone: str, template: aws.ec2.LaunchTemplate, args: ClusterArgs
    ) -> aws.autoscaling.Group:
        index = args.account.zones.index(zone)
        in_place = args.config.scaling.deployment == "in_place"
        tags = {**args.config.tags, "Name": name, "AmazonECSManaged": "true"}  # ECS adds the last one itself
        return aws.autoscaling.Group(
            name,
            vpc_zone_identifiers=[args.subnet_ids.apply(lambda ids: ids[index])],
            min_size=0,
            max_size=args.config.group_size,
            mixed_instances_policy=_instances(
                template, args.account.types_in(zone, args.config.compute.instance_types), args.config.compute.spot
            ),
            # It takes instances away without a notice that the ECS agent would see ("Spot Instance notices", Amazon ECS).
            capacity_rebalance=False if args.config.compute.spot else None,
            health_check_type="EC2",
            health_check_grace_period=300,
            default_instance_warmup=300,
            protect_from_scale_in=True,
            enabled_metrics=GROUP_METRICS,
            instance_refresh=aws.autoscaling.GroupInstanceRefreshArgs(
                strategy="Rolling",
                preferences=aws.autoscaling.GroupInstanceRefreshPreferencesArgs(
                    min_healthy_percentage=0 if in_place else 100,
                    max_healthy_percentage=100 if in_place else 200,
                    scale_in_protected_instances="Refresh",
                    skip_matching=True,
                ),
            ),
            force_delete=True,
            wait_for_capacity_timeout="0",
            tags=[
                aws.autoscaling.GroupTagArgs(key=key, value=value, propagate_at_launch=True)
                for key, value in tags.items()
            ],
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["desired_capacity"], depends_on=list(args.ready)),
        )

    def _capacity_provider(self, name: str, group: aws.autoscaling.Group) -> aws.ecs.CapacityProvider:
        return aws.ecs.CapacityProvider(
            name,
            name=name,
            auto_scaling_group_provider=aws.ecs.CapacityProviderAutoScalingGroupProviderArgs(
                auto_scaling_group_arn=group.arn,
                managed_termination_protection="ENABLED",
                managed_draining="ENABLED",
                managed_scaling=aws.ecs.CapacityProviderAutoScalingGroupProviderManagedScalingArgs(
                    status="ENABLED",
                    target_capacity=100,
                    minimum_scaling_step_size=1,
                    maximum_scaling_step_size=1,
                    instance_warmup_period=300,
                ),
            ),
            opts=self._options,
        )


def _instances(
    template: aws.ec2.LaunchTemplate, types: Sequence[str], spot: SpotConfig | None
) -> aws.autoscaling.GroupMixedInstancesPolicyArgs:
    """Instances of the first available type; for Spot, the type that AWS is least likely to reclaim, in that order if
    it makes no difference. A number as version makes a change start a refresh."""
    return aws.autoscaling.GroupMixedInstancesPolicyArgs(
        instances_distribution=Distribution(
            on_demand_allocation_strategy="prioritized",
            on_demand_base_capacity=spot.on_demand_base,
            on_demand_percentage_above_base_capacity=0,
            spot_allocation_strategy="capacity-optimized-prioritized",
        )
        if spot
        else Distribution(on_demand_allocation_strategy="prioritized", on_demand_percentage_above_base_capacity=100),
        launch_template=aws.autoscaling.GroupMixedInstancesPolicyLaunchTemplateArgs(
            launch_template_specification=aws.autoscaling.GroupMixedInstancesPolicyLaunchTemplateLaunchTemplateSpecificationArgs(
                launch_template_id=template.id, version=template.latest_version.apply(lambda number: str(int(number)))
            ),
            overrides=[
                aws.autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArgs(instance_type=name)
                for name in types
            ],
        ),
    )


def user_data(config: StackConfig, cluster_name: str, extra_ca: str | None = None) -> str:
    """The boot script with this stack's values in front of it."""
    values: Mapping[str, str] = {
        "CLUSTER": cluster_name,
        "STACK": config.stack,
        "AWS_DEFAULT_REGION": config.region,
        "DATA_TAG": DATA_TAG,
        "MOUNT_POINT": MODELS_ON_HOST,
        "STOP_TIMEOUT_S": str(config.compute.stop_timeout_s),
        **({"EXTRA_CA": extra_ca} if extra_ca else {}),
        **(config.proxy.environment if config.proxy else {}),
    }
    exports = "\n".join(f"export {name}={shlex.quote(value)}" for name, value in values.items())
    shebang, _, script = BOOT_SCRIPT.read_text(encoding="utf-8").partition("\n")
    return f"{shebang}\n{exports}\n{script}"


def encoded(text: str) -> str:
    """User data in the form that EC2 expects."""
    return base64.b64encode(text.encode()).decode()
