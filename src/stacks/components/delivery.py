"""Access and health-check logs of the load balancer, delivered straight to its log group by CloudWatch Logs."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.policies import admit, document

LOG_TYPES = ("ALB_ACCESS_LOGS", "ALB_HEALTH_CHECK_LOGS")


@dataclass(frozen=True)
class DeliveryArgs:
    """From which load balancer to which group."""

    account_id: str
    region: str
    load_balancer_arn: pulumi.Input[str]
    log_group: aws.cloudwatch.LogGroup


class Delivery(pulumi.ComponentResource):
    """Sources, destination and deliveries, after the resource policy that lets AWS write into the group."""

    def __init__(self, name: str, args: DeliveryArgs) -> None:
        super().__init__("testgen:delivery:Delivery", name)
        options = pulumi.ResourceOptions(parent=self)
        policy = aws.cloudwatch.LogResourcePolicy(
            f"{name}-alb-logs",
            policy_name=f"{name}-alb-logs",
            policy_document=document(
                admit(
                    ["delivery.logs.amazonaws.com"],
                    ["logs:CreateLogStream", "logs:PutLogEvents"],
                    [args.log_group.arn.apply(lambda arn: f"{arn}:*")],
                    {
                        "StringEquals": {"aws:SourceAccount": args.account_id},
                        "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{args.region}:{args.account_id}:*"},
                    },
                )
            ),
            opts=options,
        )
        destination = aws.cloudwatch.LogDeliveryDestination(
            f"{name}-alb-logs",
            name=f"{name}-alb-logs",
            output_format="json",
            delivery_destination_configuration=aws.cloudwatch.LogDeliveryDestinationDeliveryDestinationConfigurationArgs(
                destination_resource_arn=args.log_group.arn
            ),
            opts=options,
        )
        before: pulumi.Resource = policy
        for log_type in LOG_TYPES:
            part = log_type.removesuffix("_LOGS").lower().replace("_", "-")
            source = aws.cloudwatch.LogDeliverySource(
                f"{name}-{part}",
                name=f"{name}-{part}",
                log_type=log_type,
                resource_arn=args.load_balancer_arn,
                opts=options,
            )
            # One after the other: created at once, the second may meet a ConflictException (terraform-provider-aws#48158).
            before = aws.cloudwatch.LogDelivery(
                f"{name}-{part}",
                delivery_source_name=source.name,
                delivery_destination_arn=destination.arn,
                opts=pulumi.ResourceOptions(parent=self, depends_on=[policy, before]),
            )
        self.register_outputs({})
