"""Who may reach whom: three security groups, their rules as resources of their own, since they refer to each other."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from stacks.sections import ProxyConfig
from testgen.contract import API_PORT


@dataclass(frozen=True)
class SecurityArgs:
    """`sources` may reach the load balancer on `port`; it calls an identity provider if it logs people in. Tasks and instances
    reach the proxy."""

    vpc_id: pulumi.Input[str]
    sources: Sequence[str]
    port: int
    logs_people_in: bool = False
    proxy: ProxyConfig | None = None


class Security(pulumi.ComponentResource):
    """Groups of the load balancer, of the tasks and of the instances. Nobody reaches Ollama: it listens on 127.0.0.1."""

    load_balancer_id: pulumi.Output[str]
    tasks_id: pulumi.Output[str]
    instances_id: pulumi.Output[str]

    def __init__(self, name: str, args: SecurityArgs) -> None:
        super().__init__("testgen:security:Security", name)
        options = pulumi.ResourceOptions(parent=self)

        def group(part: str, description: str) -> aws.ec2.SecurityGroup:
            return aws.ec2.SecurityGroup(
                f"{name}-{part}", vpc_id=args.vpc_id, description=description, revoke_rules_on_delete=True, opts=options
            )

        balancer = group("alb", "Load balancer")
        tasks = group("tasks", "ECS tasks")
        instances = group("instances", "ECS container instances: nobody connects to them")
        for number, cidr in enumerate(args.sources):
            aws.vpc.SecurityGroupIngressRule(
                f"{name}-alb-in-{number}",
                security_group_id=balancer.id,
                description=f"Users from {cidr}",
                cidr_ipv4=cidr,
                ip_protocol="tcp",
                from_port=args.port,
                to_port=args.port,
                opts=options,
            )
        aws.vpc.SecurityGroupEgressRule(
            f"{name}-alb-out",
            security_group_id=balancer.id,
            description="To the API of the tasks",
            referenced_security_group_id=tasks.id,
            ip_protocol="tcp",
            from_port=API_PORT,
            to_port=API_PORT,
            opts=options,
        )
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-tasks-in",
            security_group_id=tasks.id,
            description="The load balancer, to the API only",
            referenced_security_group_id=balancer.id,
            ip_protocol="tcp",
            from_port=API_PORT,
            to_port=API_PORT,
            opts=options,
        )
        out = [("tasks", tasks, "HTTPS: AWS, packages, the model registry")]
        out += [("instances", instances, "HTTPS: AWS, packages, the model registry")]
        if args.logs_people_in:
            out.append(("login", balancer, "HTTPS: the identity provider"))
        for part, owner, why in out:
            aws.vpc.SecurityGroupEgressRule(
                f"{name}-{part}-out",
                security_group_id=owner.id,
                description=why,
                cidr_ipv4="0.0.0.0/0",
                ip_protocol="tcp",
                from_port=443,
                to_port=443,
                opts=options,
            )
        if args.proxy and args.proxy.range:
            for part, owner in (("tasks", tasks), ("instances", instances)):
                aws.vpc.SecurityGroupEgressRule(
                    f"{name}-{part}-proxy",
                    security_group_id=owner.id,
                    description="The company proxy",
                    cidr_ipv4=args.proxy.range,
                    ip_protocol="tcp",
                    from_port=args.proxy.port,
                    to_port=args.proxy.port,
                    opts=options,
                )
        self.load_balancer_id = balancer.id
        self.tasks_id = tasks.id
        self.instances_id = instances.id
        self.register_outputs({"load_balancer_id": self.load_balancer_id, "tasks_id": self.tasks_id})
