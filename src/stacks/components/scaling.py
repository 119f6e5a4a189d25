"""How many tasks: by CPU, by requests, by waiting requests; asleep by schedule where wanted."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.components.service import RunningService
from stacks.sections import ScalingConfig

DIMENSION, NAMESPACE = "ecs:service:DesiredCount", "ecs"
SCALE_OUT_COOLDOWN_S = 300  # an instance boots and a model loads in about this time
SCALE_IN_COOLDOWN_S = 900

Tracking = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs
Predefined = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs
Customized = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationArgs


@dataclass(frozen=True)
class ServiceScalingArgs:
    """Which service is scaled, and how."""

    scaling: ScalingConfig
    stack: str
    running: RunningService


class ServiceScaling(pulumi.ComponentResource):
    """A scalable target with three target-tracking policies."""

    def __init__(self, name: str, args: ServiceScalingArgs) -> None:
        super().__init__("testgen:scaling:ServiceScaling", name)
        self._options = pulumi.ResourceOptions(parent=self)
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
        self._track(f"{name}-cpu", scaling.cpu_percent, _predefined("ECSServiceAverageCPUUtilization"))
        label = pulumi.Output.concat(args.running.load_balancer_suffix, "/", args.running.target_group_suffix)
        # Few requests do not mean little work: a procedure takes minutes. This policy only adds tasks.
        self._track(
            f"{name}-requests", scaling.requests_per_task, _predefined("ALBRequestCountPerTarget", label), add_only=True
        )
        self._track(f"{name}-queue", scaling.queued_per_task, _queued(args.stack))
        if scaling.sleep:
            self._at(f"{name}-sleep", scaling.sleep.start, scaling.sleep.timezone, 0, 0)
            self._at(f"{name}-wake", scaling.sleep.end, scaling.sleep.timezone, scaling.min_tasks, scaling.max_tasks)
        self.register_outputs({})

    def _track(
        self,
        name: str,
        value: float,
        metric: Predefined | Customized,
        *,
        add_only: bool = False,
    ) -> None:
        aws.appautoscaling.Policy(
            name,
            policy_type="TargetTrackingScaling",
            service_namespace=self._target.service_namespace,
            scalable_dimension=self._target.scalable_dimension,
            resource_id=self._target.resource_id,
            target_tracking_scaling_policy_configuration=Tracking(
                target_value=float(value),
                disable_scale_in=add_only,
                scale_out_cooldown=SCALE_OUT_COOLDOWN_S,
                scale_in_cooldown=SCALE_IN_COOLDOWN_S,
                predefined_metric_specification=metric if isinstance(metric, Predefined) else None,
                customized_metric_specification=metric if isinstance(metric, Customized) else None,
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


def _predefined(kind: str, label: pulumi.Input[str] | None = None) -> Predefined:
    return Predefined(predefined_metric_type=kind, resource_label=label)


def _queued(stack: str) -> Customized:
    """Every task reports its own queue each minute, zero too, so the average is the waiting requests a task."""
    dimension = (
        aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationDimensionArgs(
            name="Stack", value=stack
        )
    )
    return Customized(namespace="testgen", metric_name="Queued", statistic="Average", dimensions=[dimension])
