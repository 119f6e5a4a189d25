"""Every resource type with a stand-in, and those that moto does not know."""

from rehearsal.providers.aws import (
    balancing,
    compute,
    containers,
    deployments,
    identity,
    logs,
    network,
    observing,
    protecting,
    scaling,
)
from rehearsal.providers.aws.kind import Kind

KINDS: dict[str, Kind] = {
    **network.KINDS,
    **compute.KINDS,
    **containers.KINDS,
    **balancing.KINDS,
    **identity.KINDS,
    **logs.KINDS,
    **observing.KINDS,
    **scaling.KINDS,
    **protecting.KINDS,
    **deployments.KINDS,
}
# Requests for these are checked by botocore's model; only Pulumi's state remembers them.
IN_MEMORY = (
    "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    "aws:cloudwatch/logDelivery:LogDelivery",
    "aws:cloudwatch/queryDefinition:QueryDefinition",
    "aws:lambda/function:Function",
    "aws:lambda/invocation:Invocation",
)
