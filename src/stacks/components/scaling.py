"""How many tasks: by CPU, by requests, by waiting requests; asleep by schedule where wanted."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.components.service import RunningService
from stacks.sections import ScalingConfig
from testgen.contract import METRIC_DIMENSION, METRIC_NAMESPACE, Metric

DIMENSION, NAMESPACE = "ecs:service:DesiredCount", "ecs"
SCALE_OUT_COOLDOWN_S = 300  # an instance boots and a model loads in about this time
SCALE_IN_COOLDOWN_S = 900

# The SDK's names say where a thing is; these say what it is.
Tracking = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs
AwsMetric = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs
OurMetric = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationArgs
Dimension = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationDimensionArgs


@dataclass(frozen=True)
class ServiceScalingArgs:
    """Which service is scaled, and how."""

    scaling: ScalingConfig
    stack: str
    region: str
    running: RunningService


class ServiceScaling(pulumi.ComponentResource):
    """A scalable target with three target-tracking policies."""

    def __init__(self, name: str, args: ServiceScalingArgs) -> None:
        super().__init__("testgen:scaling:ServiceScaling", name)
        self._options = pulumi.ResourceOptions(parent=self)
        self._args = args
        scaling = args.scaling
        self._target = aws.appautoscaling.Target(
            f"{name}-tasks",
            service_namespace=NAMESPACE,
            scalable_dimension=DIMENSION,
            resource_id=pulumi.Output.concat("service/", args.running.cluster_name, "/", args.running.service_name),
            min_capacity=scaling.min_tasks,
            max_capacity=scaling.max_tasks,
            # A schedule moves these two by night; `pulumi up` must not wake the service.
            opts=pulumi.ResourceOptions(
                parent=self, ignore_changes=["min_capacity", "max_capacity"] if scaling.sleep else None
            ),
        )
        self._track(
            f"{name}-cpu",
            scaling.cpu_percent,
            aws_metric=AwsMetric(predefined_metric_type="ECSServiceAverageCPUUtilization"),
        )
        # Few requests do not mean little work: a procedure takes minutes. This policy only adds tasks.
        label = pulumi.Output.concat(args.running.load_balancer_suffix, "/", args.running.target_group_suffix)
        requests = AwsMetric(predefined_metric_type="ALBRequestCountPerTarget", resource_label=label)
        if (
            scaling.deployment != "blue_green"
        ):  # the label names one target group, and each deployment turns to the other
            self._track(f"{name}-requests", scaling.requests_per_task, aws_metric=requests, add_only=True)
        # Every task reports its own queue each minute, zero too, so the average is the waiting requests a task.
        queued = OurMetric(
            namespace=METRIC_NAMESPACE,
            metric_name=Metric.QUEUED,
            statistic="Average",
            dimensions=[Dimension(name=METRIC_DIMENSION, value=args.stack)],
        )
        self._track(f"{name}-queue", scaling.queued_per_task, our_metric=queued)
        if scaling.sleep:
            self._at(f"{name}-sleep", scaling.sleep.start, scaling.sleep.timezone, 0, 0)
            if scaling.sleep.end:
                self._at(
                    f"{name}-wake", scaling.sleep.end, scaling.sleep.timezone, scaling.min_tasks, scaling.max_tasks
                )
        self.register_outputs({})

    def command(self, least: int, most: int) -> pulumi.Output[str]:
        """What a person runs to have as many tasks at once: the bounds, so that scaling leaves them, and the tasks themselves."""
        running = self._args.running
        return pulumi.Output.concat(
            f"aws application-autoscaling register-scalable-target --region {self._args.region} --service-namespace {NAMESPACE} "
            f"--scalable-dimension {DIMENSION} --resource-id ",
            self._target.resource_id,
            f" --min-capacity {least} --max-capacity {most} && aws ecs update-service --region {self._args.region} --cluster ",
            running.cluster_name,
            " --service ",
            running.service_name,
            f" --desired-count {least} --query service.desiredCount",
        )

    def _track(
        self,
        name: str,
        target_value: float,
        *,
        aws_metric: AwsMetric | None = None,
        our_metric: OurMetric | None = None,
        add_only: bool = False,
    ) -> None:
        """A policy that keeps one of the two metrics at its target."""
        aws.appautoscaling.Policy(
            name,
            policy_type="TargetTrackingScaling",
            service_namespace=self._target.service_namespace,
            scalable_dimension=self._target.scalable_dimension,
            resource_id=self._target.resource_id,
            target_tracking_scaling_policy_configuration=Tracking(
                target_value=float(target_value),
                predefined_metric_specification=aws_metric,
                customized_metric_specification=our_metric,
                disable_scale_in=add_only,
                scale_out_cooldown=SCALE_OUT_COOLDOWN_S,
                scale_in_cooldown=SCALE_IN_COOLDOWN_S,
            ),
            opts=self._options,
        )

    def _at(self, name: str, schedule: str, timezone: str, least: int, most: int) -> None:
        aws.appautoscaling.ScheduledAction(
            name,
            service_namespace=self._target.service_namespace,
            scalable_dimension=self._target.scalable_dimension,
            resource_id=self._target.resource_id,
            schedule=schedule,
            timezone=timezone,
            scalable_target_action=aws.appautoscaling.ScheduledActionScalableTargetActionArgs(
                min_capacity=least, max_capacity=most
            ),
            opts=self._options,
        )
