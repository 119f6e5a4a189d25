"""Writes docs/costs.md: what a stack costs per month, computed from its recorded graph and the prices in prices.yaml."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from stackgraph.diagram import NODES
from stackgraph.graph import Graph, Resource
from stackgraph.recorder import record, stack_file
from tools.page import write_or_check

PRICES = Path(__file__).with_name("prices.yaml")
HOURS_A_WEEK = 168


@dataclass(frozen=True)
class PriceList:
    """`prices` a unit, and `assumed` for what no resource says."""

    region: str
    date: str
    hours: float
    prices: Mapping[str, Any]
    assumed: Mapping[str, float]

    @classmethod
    def read(cls) -> "PriceList":
        """The one file of prices."""
        data = yaml.safe_load(PRICES.read_text(encoding="utf-8"))
        return cls(data["region"], str(data["date"]), data["hours_a_month"], data["prices"], data["assumptions"])

    def hourly(self, price: str) -> float:
        """A month of what is priced by the hour."""
        return float(self.prices[price]) * self.hours

    def volume(self, gb: float, iops: float = 3000, mib_s: float = 125) -> float:
        """A month of one gp3 volume."""
        over = (iops - 3000) * self.prices["gp3_iops_month"] + (mib_s - 125) * self.prices["gp3_mib_s_month"]
        return float(gb * self.prices["gp3_gb_month"] + over)

    def instance(self, instance_type: str) -> float:
        """A month of one instance that always runs.

        Raises:
            LookupError: the type has no price.
        """
        if instance_type not in self.prices["instance_hour"]:
            raise LookupError(f"{instance_type} has no price: add it to instance_hour in {PRICES.name}")
        return float(self.prices["instance_hour"][instance_type]) * self.hours


Lines = Iterator[tuple[str, float]]
Pricer = Callable[[Graph, Resource, PriceList], Lines]


def _instances(graph: Graph, template: Resource, at: PriceList) -> Lines:
    """Instances that always run, one task each; those above the base are Spot if the groups say so."""
    running = graph.one("appautoscaling/target:Target").inputs["minCapacity"]
    full = running * at.instance(template.inputs["instanceType"])
    yield (
        f"instances, {template.inputs['instanceType']}",
        full * (1 - _spot_share(graph, running) * at.assumed["spot_discount"]),
    )
    roots = sum(at.volume(device["ebs"]["volumeSize"]) for device in template.inputs["blockDeviceMappings"])
    yield "root volumes of instances that run", running * roots
    if template.inputs["monitoring"]["enabled"]:
        metrics = running * at.assumed["detailed_monitoring_metrics"]
        yield "detailed monitoring of instances", metrics * at.prices["metric_month"]


def _spot_share(graph: Graph, running: float) -> float:
    """The part of the instances that always run which are Spot instances."""
    mixed = [group.inputs["mixedInstancesPolicy"] for group in graph.of("autoscaling/group:Group")]
    groups = [policy["instancesDistribution"] for policy in mixed]
    if any(group["onDemandPercentageAboveBaseCapacity"] for group in groups):
        return 0
    return float(max(0, running - sum(group["onDemandBaseCapacity"] for group in groups)) / running)


def _volume(graph: Graph, volume: Resource, at: PriceList) -> Lines:
    inputs = volume.inputs
    yield "data volumes", at.volume(inputs["size"], inputs["iops"], inputs["throughput"])
    yield "daily snapshots of data volumes", at.assumed["snapshot_gb_a_volume"] * at.prices["snapshot_gb_month"]


def _nat(graph: Graph, gateway: Resource, at: PriceList) -> Lines:
    share = at.assumed["nat_gb"] / len(graph.of("ec2/natGateway:NatGateway"))
    yield "NAT gateways and their traffic", at.hourly("nat_gateway_hour") + share * at.prices["nat_gateway_gb"]


def _address(graph: Graph, address: Resource, at: PriceList) -> Lines:
    yield "public IPv4 addresses", at.hourly("public_ipv4_hour")


def _endpoint(graph: Graph, endpoint: Resource, at: PriceList) -> Lines:
    if endpoint.inputs["vpcEndpointType"] == "Interface":
        yield "interface endpoints", len(endpoint.inputs["subnetIds"]) * at.hourly("interface_endpoint_hour")


def _balancer(graph: Graph, balancer: Resource, at: PriceList) -> Lines:
    units = at.assumed["load_balancer_lcu"] * at.hourly("load_balancer_lcu_hour")
    yield "Application Load Balancer", at.hourly("load_balancer_hour") + units
    if not balancer.inputs["internal"]:
        yield "public IPv4 addresses", len(balancer.inputs["subnets"]) * at.hourly("public_ipv4_hour")


def _web_acl(graph: Graph, acl: Resource, at: PriceList) -> Lines:
    yield (
        "web ACL and its rules",
        at.prices["web_acl_month"] + len(acl.inputs["rules"]) * at.prices["web_acl_rule_month"],
    )


def _alarm(graph: Graph, alarm: Resource, at: PriceList) -> Lines:
    queries = [query for query in alarm.inputs.get("metricQueries") or [] if "metric" in query]
    yield "alarms and dashboard", max(1, len(queries)) * at.prices["alarm_metric_month"]


def _cluster(graph: Graph, cluster: Resource, at: PriceList) -> Lines:
    metrics = at.assumed["container_insights_metrics"] + at.assumed["service_metrics"]
    yield "metrics: Container Insights and our own", metrics * at.prices["metric_month"]
    yield "logs", at.assumed["logs_gb"] * at.prices["logs_gb"]


def _repository(graph: Graph, repository: Resource, at: PriceList) -> Lines:
    yield "images in ECR", at.assumed["ecr_gb_a_repository"] * at.prices["ecr_gb_month"]


def _flat(title: str, price: str) -> Pricer:
    def lines(graph: Graph, resource: Resource, at: PriceList) -> Lines:
        yield title, at.prices[price]

    return lines


PRICED: Mapping[str, Pricer] = {
    "ec2/launchTemplate:LaunchTemplate": _instances,
    "ebs/volume:Volume": _volume,
    "ec2/natGateway:NatGateway": _nat,
    "ec2/eip:Eip": _address,
    "ec2/vpcEndpoint:VpcEndpoint": _endpoint,
    "lb/loadBalancer:LoadBalancer": _balancer,
    "wafv2/webAcl:WebAcl": _web_acl,
    "cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "cloudwatch/dashboard:Dashboard": _flat("alarms and dashboard", "dashboard_month"),
    "ecs/cluster:Cluster": _cluster,
    "ecr/repository:Repository": _repository,
    "kms/key:Key": _flat("KMS key and secret", "kms_key_month"),
    "secretsmanager/secret:Secret": _flat("KMS key and secret", "secret_month"),
}
# Of the types that the diagram draws, those for which AWS asks nothing, or whose cost is in another's row.
FREE = (
    *("ec2/vpc:Vpc", "ec2/subnet:Subnet", "ec2/internetGateway:InternetGateway", "ec2/routeTable:RouteTable"),
    *("ec2/vpnGatewayAttachment:VpnGatewayAttachment", "lb/listener:Listener", "lb/targetGroup:TargetGroup"),
    *("route53/record:Record", "acm/certificate:Certificate", "ec2/securityGroup:SecurityGroup"),
    *("ec2/defaultSecurityGroup:DefaultSecurityGroup", "ssm/parameter:Parameter", "ecs/service:Service"),
    *("ecs/taskDefinition:TaskDefinition", "ecs/capacityProvider:CapacityProvider", "autoscaling/group:Group"),
    *("appautoscaling/target:Target", "awsx:ecr:Image", "dlm/lifecyclePolicy:LifecyclePolicy", "iam/role:Role"),
    *("cloudwatch/logGroup:LogGroup", "cloudwatch/logDelivery:LogDelivery", "ec2/flowLog:FlowLog"),
    "lambda/function:Function",  # seconds a deployment: within the free tier, or cents
    *("cloudwatch/logMetricFilter:LogMetricFilter", "cloudwatch/queryDefinition:QueryDefinition"),
    *("sns/topic:Topic", "budgets/budget:Budget"),
)
# Unknown to us: the company's transit gateway is charged to its owner.
ELSEWHERE = ("ec2transitgateway/vpcAttachment:VpcAttachment",)


def unpriced() -> set[str]:
    """Types of which nobody has said what they cost."""
    return set(NODES) - set(PRICED) - set(FREE) - set(ELSEWHERE)


def monthly(graph: Graph, at: PriceList) -> dict[str, float]:
    """Title -> USD a month."""
    sums: dict[str, float] = defaultdict(float)
    for resource in graph.resources:
        price = PRICED.get(resource.kind.split(":", 1)[1])
        for title, amount in price(graph, resource, at) if price else ():
            sums[title] += amount
    return dict(sums)


def page(mvp: Graph, phase2: Graph, endpoints: Graph) -> str:
    """The whole page; `endpoints` is mvp with interface endpoints."""
    at = PriceList.read()
    costs = {"mvp": monthly(mvp, at), "phase2": monthly(phase2, at)}
    titles = sorted(
        {title for rows in costs.values() for title in rows}, key=lambda title: -costs["phase2"].get(title, 0.0)
    )
    rows = [f"| {title} | " + " | ".join(_usd(rows.get(title)) for rows in costs.values()) + " |" for title in titles]
    sums = {name: sum(rows.values()) for name, rows in costs.items()}
    rows.append("| **Sum** | " + " | ".join(f"**{amount:,.0f}**" for amount in sums.values()) + " |")
    template = mvp.one("ec2/launchTemplate:LaunchTemplate").inputs["instanceType"]
    slot = mvp.of("ebs/volume:Volume")[0].inputs
    awake = 1 - at.assumed["sleep_hours_a_week"] / HOURS_A_WEEK
    return _PAGE.format(
        region=at.region,
        date=at.date,
        hours=at.hours,
        rows="\n".join(rows),
        endpoints=f"{monthly(endpoints, at)['interface endpoints']:,.0f}",
        type=template,
        one=f"{at.instance(template):,.0f}",
        asleep=f"{at.assumed['sleep_hours_a_week']:.0f}",
        awake=f"{awake:.0%}".replace("%", " %"),
        saved=f"{at.instance(template) * (1 - awake):,.0f}",
        discount=f"{at.assumed['savings_plan_discount']:.0%}".replace("%", " %"),
        spot=f"{at.assumed['spot_discount']:.0%}".replace("%", " %"),
        taken=f"{at.instance(template) * at.assumed['spot_discount']:,.0f}",
        slot=f"{at.volume(slot['size'], slot['iops'], slot['throughput']):,.1f}",
        slow=f"{at.volume(slot['size'], slot['iops'], 125):,.1f}",
        planned=f"{at.instance(template) * at.assumed['savings_plan_discount']:,.0f}",
        assumptions="\n".join(
            f"- `{name}`: {value:g}"
            for name, value in at.assumed.items()
            if name not in ("savings_plan_discount", "spot_discount")
        ),
    )


def _usd(amount: float | None) -> str:
    return "–" if amount is None else f"{amount:,.1f}" if amount < 100 else f"{amount:,.0f}"


_PAGE = """# Costs per month

<!-- Written by `make docs` from the resource graph and stackgraph/prices.yaml. Do not edit. -->

USD for {region}, On-Demand, {hours} hours, computed from the resources that the Pulumi program registers and the list prices in
`stackgraph/prices.yaml` as of {date}. **Not checked against a bill**: compare the prices with the AWS Pricing
Calculator, correct them in that file, and run `make docs`.

| What | mvp | phase2 |
|---|---|---|
{rows}

The table counts only the tasks that always run (`scaling.min_tasks`). Each further task adds an instance with its root volume and
monitoring while it runs. Not included: traffic to users, requests that the web ACL inspects (0.60 USD per million), the
company's own transit gateway, support, tax.

## What changes the cost

- `network.interface_endpoints: true` adds {endpoints} USD (nine endpoints in two zones), plus their traffic.
- A {type} costs {one} USD, most of the total. If it sleeps {asleep} hours per week (`scaling.sleep`, nights and weekends), it
  runs {awake} of the time and saves {saved} USD.
- **Savings Plans**: you commit to an amount per hour for a year. A Compute Savings Plan for one year without
  upfront payment saves about {discount}, or {planned} USD per instance. Savings differ by type; an EC2 Instance
  Savings Plan or upfront payment saves more: see Billing, *Savings Plans*, *Recommendations*. You pay while the service sleeps
  too, so choose either sleep or a plan.
- **Spot** (`compute.spot`) saves about {spot}, or {taken} USD per instance, if Spot capacity is available. The price varies, and AWS
  reclaims instances with two minutes' notice. What that means for users: [operations.md](operations.md#spot-instances).
- **Data volumes** cost {slot} USD each, whether or not an instance uses them. There is one for each instance that
  may run: `scaling.max_tasks: 1` in mvp leaves two of three, and `scaling.deployment: in_place` as well leaves one.
  `storage.throughput: 125` lowers the price to {slow} USD each; a model of 8 GB then takes about 65 s instead of 32 s to load at the start
  (size divided by throughput, not measured on a volume).

## Assumptions

{assumptions}
"""


def document() -> str:
    """The page of the committed stacks."""
    endpoints = {**stack_file("mvp"), "testgen:network": '{"interface_endpoints": true}'}
    return page(record("mvp"), record("phase2"), record("mvp", endpoints))


if __name__ == "__main__":
    write_or_check("costs.md", document())
