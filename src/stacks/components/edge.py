"""The way in: load balancer, target group, listener, and in phase2 the certificate and the name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from stacks.config import StackConfig
from stacks.sections import OidcConfig
from testgen.contract import API_KEY_HEADER, API_PORT, API_PREFIX, MCP_PATH, READY_PATH

# A request with this header reaches the new tasks of a blue/green deployment before users do.
TEST_HEADER, TEST_VALUE = "X-Testgen-Test", "next"
# TLS 1.2 and 1.3 with forward secrecy (Elastic Load Balancing, "Security policies for your Application Load Balancer").
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"


@dataclass(frozen=True)
class EdgeArgs:
    """The subnets of the load balancer."""

    config: StackConfig
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    security_group_id: pulumi.Input[str]
    client_secret: "pulumi.Output[str] | None" = None  # of the identity provider, where people log in


@dataclass(frozen=True)
class Green:
    """The other target group of blue/green deployments, and the rules that ECS turns."""

    target_group: aws.lb.TargetGroup
    production: aws.lb.ListenerRule
    test: aws.lb.ListenerRule


class Edge(pulumi.ComponentResource):
    """An Application Load Balancer: HTTP inside the company, HTTPS on the internet."""

    load_balancer: aws.lb.LoadBalancer
    target_group: aws.lb.TargetGroup
    listener: aws.lb.Listener
    green: "Green | None"
    host: pulumi.Output[str]  # the name that users reach it by, which their requests carry
    url: pulumi.Output[str]

    def __init__(self, name: str, args: EdgeArgs) -> None:
        super().__init__("testgen:edge:Edge", name)
        config = args.config
        self._options = pulumi.ResourceOptions(parent=self)
        bucket = config.logs.alb_s3_bucket
        self.load_balancer = aws.lb.LoadBalancer(
            f"{name}-alb",
            load_balancer_type="application",
            internal=config.internal,
            subnets=args.subnet_ids,
            security_groups=[args.security_group_id],
            idle_timeout=config.alb_idle_s,
            drop_invalid_header_fields=True,
            desync_mitigation_mode="defensive",
            enable_deletion_protection=config.edge.deletion_protection,
            access_logs=aws.lb.LoadBalancerAccessLogsArgs(bucket=bucket, enabled=True) if bucket else None,
            opts=self._options,
        )
        self.target_group = self._targets(f"{name}-tg", args)
        self.listener = self._listener(name, args)
        if config.edge.oidc and args.client_secret is not None:
            self._programs(name, config.edge.oidc, args.client_secret)
        self.green = self._green(name, args) if config.scaling.deployment == "blue_green" else None
        if config.edge.domain_name and config.edge.hosted_zone_id:
            self._alias(name, config.edge.domain_name, config.edge.hosted_zone_id)
        self.host = pulumi.Output.from_input(config.edge.domain_name or self.load_balancer.dns_name)
        self.url = pulumi.Output.concat("http://" if config.internal else "https://", self.host)
        self.register_outputs({"url": self.url})

    def _green(self, name: str, args: EdgeArgs) -> "Green":
        """ECS turns the rules' actions from one group to the other at each deployment, and so they are left alone."""
        turned = pulumi.ResourceOptions(parent=self, ignore_changes=["actions"])
        group = self._targets(f"{name}-green", args)
        production = aws.lb.ListenerRule(
            f"{name}-production",
            listener_arn=self.listener.arn,
            priority=100,
            conditions=[
                aws.lb.ListenerRuleConditionArgs(
                    path_pattern=aws.lb.ListenerRuleConditionPathPatternArgs(values=["/*"])
                )
            ],
            actions=[aws.lb.ListenerRuleActionArgs(type="forward", target_group_arn=self.target_group.arn)],
            opts=turned,
        )
        asked_for = aws.lb.ListenerRuleConditionHttpHeaderArgs(http_header_name=TEST_HEADER, values=[TEST_VALUE])
        test = aws.lb.ListenerRule(
            f"{name}-test",
            listener_arn=self.listener.arn,
            priority=10,
            conditions=[aws.lb.ListenerRuleConditionArgs(http_header=asked_for)],
            actions=[aws.lb.ListenerRuleActionArgs(type="forward", target_group_arn=group.arn)],
            opts=turned,
        )
        return Green(group, production, test)

    def _targets(self, name: str, args: EdgeArgs) -> aws.lb.TargetGroup:
        return aws.lb.TargetGroup(
            name,
            vpc_id=args.vpc_id,
            port=API_PORT,
            protocol="HTTP",
            target_type="ip",
            deregistration_delay=args.config.draining_s,
            load_balancing_algorithm_type="least_outstanding_requests",
            health_check=aws.lb.TargetGroupHealthCheckArgs(
                path=READY_PATH,  # a target without its model gets no request
                protocol="HTTP",
                matcher="200",
                interval=15,
                timeout=10,
                healthy_threshold=2,
                unhealthy_threshold=4,
            ),
            opts=self._options,
        )

    def _programs(self, name: str, oidc: OidcConfig, client_secret: pulumi.Output[str]) -> None:
        """Requests with a key go to the service, which checks it; an API call without one is refused, not redirected to a login."""
        forward = aws.lb.ListenerRuleActionArgs(type="forward", target_group_arn=self.target_group.arn, order=2)
        for number, (header, value) in enumerate(((API_KEY_HEADER, "*"), ("Authorization", "Bearer *"))):
            brought = aws.lb.ListenerRuleConditionHttpHeaderArgs(http_header_name=header, values=[value])
            aws.lb.ListenerRule(
                f"{name}-key-{number}",
                listener_arn=self.listener.arn,
                priority=20 + number,
                conditions=[aws.lb.ListenerRuleConditionArgs(http_header=brought)],
                actions=[aws.lb.ListenerRuleActionArgs(type="forward", target_group_arn=self.target_group.arn)],
                opts=self._options,
            )
        login = aws.lb.ListenerRuleActionAuthenticateOidcArgs(
            on_unauthenticated_request="deny", **_login(oidc, client_secret)
        )
        calls = aws.lb.ListenerRuleConditionPathPatternArgs(values=[f"{API_PREFIX}/*", MCP_PATH])
        aws.lb.ListenerRule(
            f"{name}-calls",
            listener_arn=self.listener.arn,
            priority=30,
            conditions=[aws.lb.ListenerRuleConditionArgs(path_pattern=calls)],
            actions=[
                aws.lb.ListenerRuleActionArgs(type="authenticate-oidc", authenticate_oidc=login, order=1),
                forward,
            ],
            opts=self._options,
        )

    def _listener(self, name: str, args: EdgeArgs) -> aws.lb.Listener:
        config, oidc = args.config, args.config.edge.oidc
        forward = [aws.lb.ListenerDefaultActionArgs(type="forward", target_group_arn=self.target_group.arn)]
        if oidc and args.client_secret is not None:
            login = aws.lb.ListenerDefaultActionAuthenticateOidcArgs(
                on_unauthenticated_request="authenticate", **_login(oidc, args.client_secret)
            )
            forward = [
                aws.lb.ListenerDefaultActionArgs(type="authenticate-oidc", authenticate_oidc=login, order=1),
                aws.lb.ListenerDefaultActionArgs(type="forward", target_group_arn=self.target_group.arn, order=2),
            ]
        if config.internal:
            return aws.lb.Listener(
                f"{name}-http",
                load_balancer_arn=self.load_balancer.arn,
                port=80,
                protocol="HTTP",
                default_actions=forward,
                opts=self._options,
            )
        return aws.lb.Listener(
            f"{name}-https",
            load_balancer_arn=self.load_balancer.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy=TLS_POLICY,
            certificate_arn=self._certificate(name, config),
            default_actions=forward,
            opts=self._options,
        )

    def _certificate(self, name: str, config: StackConfig) -> pulumi.Input[str]:
        """The given certificate, or one that is issued and validated by a record in the given zone."""
        if config.edge.certificate_arn:
            return config.edge.certificate_arn
        assert config.edge.domain_name
        assert config.edge.hosted_zone_id
        certificate = aws.acm.Certificate(
            f"{name}-certificate",
            domain_name=config.edge.domain_name,
            validation_method="DNS",
            opts=self._options,
        )
        wanted = certificate.domain_validation_options[0]
        record = aws.route53.Record(
            f"{name}-validation",
            zone_id=config.edge.hosted_zone_id,
            name=wanted.resource_record_name,
            type=wanted.resource_record_type,
            records=[wanted.resource_record_value],
            ttl=300,
            allow_overwrite=True,
            opts=self._options,
        )
        validation = aws.acm.CertificateValidation(
            f"{name}-validated",
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn],
            opts=self._options,
        )
        return validation.certificate_arn

    def _alias(self, name: str, domain_name: str, zone_id: str) -> None:
        target = aws.route53.RecordAliasArgs(
            name=self.load_balancer.dns_name, zone_id=self.load_balancer.zone_id, evaluate_target_health=True
        )
        aws.route53.Record(
            f"{name}-alias", zone_id=zone_id, name=domain_name, type="A", aliases=[target], opts=self._options
        )


def _login(oidc: OidcConfig, client_secret: pulumi.Output[str]) -> dict[str, Any]:
    """The same for the listener's action and a rule's."""
    return {
        "issuer": oidc.issuer,
        "authorization_endpoint": oidc.authorization_endpoint,
        "token_endpoint": oidc.token_endpoint,
        "user_info_endpoint": oidc.user_info_endpoint,
        "client_id": oidc.client_id,
        "client_secret": client_secret,
        "scope": oidc.scope,
        "session_timeout": oidc.session_hours * 3600,
    }
