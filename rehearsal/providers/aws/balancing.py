"""Load balancer, target group, listener, certificate and DNS records."""

from typing import Any

from rehearsal.providers.aws.kind import Account, Kind, Request, State
from rehearsal.providers.aws.network import EVERY, without
from rehearsal.providers.aws.shapes import parameters

# Pulumi's input -> the attribute of the load balancer or target group (Elastic Load Balancing API, ModifyLoadBalancerAttributes).
_BALANCER = {
    "idleTimeout": "idle_timeout.timeout_seconds",
    "dropInvalidHeaderFields": "routing.http.drop_invalid_header_fields.enabled",
    "desyncMitigationMode": "routing.http.desync_mitigation_mode",
    "enableDeletionProtection": "deletion_protection.enabled",
}
_GROUP = {
    "deregistrationDelay": "deregistration_delay.timeout_seconds",
    "loadBalancingAlgorithmType": "load_balancing.algorithm.type",
}
# Pulumi's field of healthCheck -> the operation's parameter.
_CHECK = {
    "path": "HealthCheckPath", "protocol": "HealthCheckProtocol", "interval": "HealthCheckIntervalSeconds",
    "timeout": "HealthCheckTimeoutSeconds", "healthyThreshold": "HealthyThresholdCount",
    "unhealthyThreshold": "UnhealthyThresholdCount",
}  # fmt: skip


def _attributes(inputs: Any, names: dict[str, str]) -> list[dict[str, str]]:
    """Values as the API writes them: numbers whole, booleans in lower case."""
    written = {}
    for key, attribute in names.items():
        if key in inputs:
            value = inputs[key]
            written[attribute] = (
                str(value).lower()
                if isinstance(value, bool)
                else str(int(value))
                if isinstance(value, float)
                else value
            )
    return [{"Key": key, "Value": value} for key, value in written.items()]


def _balancer(request: Request) -> tuple[str, State]:
    elb = request.client("elbv2")
    given = without(request.inputs, "tags", "internal", "accessLogs", *_BALANCER)
    scheme = "internal" if request.inputs["internal"] else "internet-facing"
    made = elb.create_load_balancer(
        **parameters(elb, "create_load_balancer", given, loadBalancerType="type"),
        Scheme=scheme,
        Tags=request.account.pairs(request.inputs),
    )["LoadBalancers"][0]
    _set_balancer(request, made["LoadBalancerArn"])
    zone = made.get("CanonicalHostedZoneId", "Z14GRHDCWA56QT")
    computed = {"arn": made["LoadBalancerArn"], "dnsName": made["DNSName"], "zoneId": zone}
    return made["LoadBalancerArn"], {**computed, "arnSuffix": made["LoadBalancerArn"].partition("loadbalancer/")[2]}


def _set_balancer(request: Request, arn: str) -> None:
    logs = request.inputs.get("accessLogs")
    extra = {} if not logs else {"access_logs.s3.enabled": "true", "access_logs.s3.bucket": logs["bucket"]}
    attributes = [
        *_attributes(request.inputs, _BALANCER),
        *({"Key": key, "Value": text} for key, text in extra.items()),
    ]
    request.client("elbv2").modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=attributes)


def _changed_balancer(request: Request, identifier: str, state: State) -> State:
    _set_balancer(request, identifier)
    request.client("elbv2").set_security_groups(
        LoadBalancerArn=identifier, SecurityGroups=request.inputs["securityGroups"]
    )
    if state["subnets"] != request.inputs["subnets"]:
        request.client("elbv2").set_subnets(LoadBalancerArn=identifier, Subnets=request.inputs["subnets"])
    return {}


def _no_balancer(account: Account, identifier: str, state: State) -> None:
    if state.get("enableDeletionProtection"):
        raise ValueError("Load balancer cannot be deleted because deletion protection is enabled")
    account.client("elbv2").delete_load_balancer(LoadBalancerArn=identifier)


def _check(inputs: Any) -> dict[str, Any]:
    check = inputs.get("healthCheck")
    if not check:
        raise ValueError("the target group has no healthCheck: its targets would be asked for / and never be healthy")
    made = {
        _CHECK[key]: int(value) if isinstance(value, float) else value for key, value in check.items() if key in _CHECK
    }
    return {**made, "Matcher": {"HttpCode": check["matcher"]}}


def _group(request: Request) -> tuple[str, State]:
    elb = request.client("elbv2")
    made = elb.create_target_group(
        **parameters(elb, "create_target_group", without(request.inputs, "tags", "healthCheck", *_GROUP)),
        **_check(request.inputs),
        Tags=request.account.pairs(request.inputs),
    )["TargetGroups"][0]
    arn = made["TargetGroupArn"]
    elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=_attributes(request.inputs, _GROUP))
    return arn, {"arn": arn, "arnSuffix": arn.rpartition(":")[2]}


def _changed_group(request: Request, identifier: str, state: State) -> State:
    elb = request.client("elbv2")
    elb.modify_target_group(TargetGroupArn=identifier, **_check(request.inputs))
    elb.modify_target_group_attributes(TargetGroupArn=identifier, Attributes=_attributes(request.inputs, _GROUP))
    return {}


def _no_group(account: Account, identifier: str, state: State) -> None:
    account.client("elbv2").delete_target_group(TargetGroupArn=identifier)


def actions(inputs: Any) -> list[dict[str, Any]]:
    """A listener's or a rule's, with the API's name for the login."""
    return [
        {f"{key}Config" if key == "authenticateOidc" else key: value for key, value in entry.items()}
        for entry in inputs
    ]


def _listener_parameters(request: Request) -> dict[str, Any]:
    inputs = request.inputs
    if inputs["protocol"] == "HTTPS" and "certificateArn" not in inputs:
        raise ValueError("A certificate must be specified for HTTPS listeners")
    certificates = [{"certificateArn": inputs["certificateArn"]}] if "certificateArn" in inputs else None
    given = {
        **without(inputs, "tags", "certificateArn"),
        "defaultActions": actions(inputs["defaultActions"]),
        **({"certificates": certificates} if certificates else {}),
    }
    return parameters(request.client("elbv2"), "create_listener", given)


def _listener(request: Request) -> tuple[str, State]:
    made = request.client("elbv2").create_listener(
        **_listener_parameters(request), Tags=request.account.pairs(request.inputs)
    )["Listeners"][0]
    return made["ListenerArn"], {"arn": made["ListenerArn"]}


def _changed_listener(request: Request, identifier: str, state: State) -> State:
    given = without(_listener_parameters(request), "LoadBalancerArn")
    request.client("elbv2").modify_listener(ListenerArn=identifier, **given)
    return {}


def _no_listener(account: Account, identifier: str, state: State) -> None:
    account.client("elbv2").delete_listener(ListenerArn=identifier)


def _certificate(request: Request) -> tuple[str, State]:
    acm = request.client("acm")
    made = acm.request_certificate(
        **parameters(acm, "request_certificate", without(request.inputs, "tags")),
        Tags=request.account.pairs(request.inputs),
    )
    arn = made["CertificateArn"]
    options = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"]
    records = [
        {
            "domainName": entry["DomainName"],
            "resourceRecordName": entry["ResourceRecord"]["Name"],
            "resourceRecordType": entry["ResourceRecord"]["Type"],
            "resourceRecordValue": entry["ResourceRecord"]["Value"],
        }
        for entry in options
    ]
    return arn, {"arn": arn, "domainValidationOptions": records}


def _no_certificate(account: Account, identifier: str, state: State) -> None:
    account.client("acm").delete_certificate(CertificateArn=identifier)


def _validated(request: Request) -> tuple[str, State]:
    """Waits for nothing here: the record that the certificate asks for must be in DNS, and moto issues at once."""
    acm = request.client("acm")
    found = acm.describe_certificate(CertificateArn=request.inputs["certificateArn"])["Certificate"]
    wanted = found["DomainValidationOptions"][0]["ResourceRecord"]["Name"].rstrip(".")
    if wanted not in [name.rstrip(".") for name in request.inputs["validationRecordFqdns"]]:
        raise ValueError(f"the certificate is validated by {wanted}, and no such record is made")
    return request.inputs["certificateArn"], {}


def _record_set(inputs: Any) -> dict[str, Any]:
    record: dict[str, Any] = {"Name": inputs["name"], "Type": inputs["type"]}
    if "aliases" in inputs:
        [alias] = inputs["aliases"]
        record["AliasTarget"] = {
            "DNSName": alias["name"],
            "HostedZoneId": alias["zoneId"],
            "EvaluateTargetHealth": alias["evaluateTargetHealth"],
        }
    else:
        record["TTL"] = int(inputs["ttl"])
        record["ResourceRecords"] = [{"Value": value} for value in inputs["records"]]
    return record


def _change_record(client: Any, action: str, inputs: Any) -> None:
    change = {"Action": action, "ResourceRecordSet": _record_set(inputs)}
    client.change_resource_record_sets(HostedZoneId=inputs["zoneId"], ChangeBatch={"Changes": [change]})


def _record(request: Request) -> tuple[str, State]:
    action = "UPSERT" if request.inputs.get("allowOverwrite") else "CREATE"
    _change_record(request.client("route53"), action, request.inputs)
    inputs = request.inputs
    return f"{inputs['zoneId']}_{inputs['name']}_{inputs['type']}", {"fqdn": inputs["name"].rstrip(".")}


def _no_record(account: Account, identifier: str, state: State) -> None:
    _change_record(account.client("route53"), "DELETE", state)


KINDS = {
    "aws:lb/loadBalancer:LoadBalancer": Kind(
        _balancer,
        _no_balancer,
        _changed_balancer,
        named="name",
        replaces=frozenset({"name", "internal", "loadBalancerType"}),
    ),
    "aws:lb/targetGroup:TargetGroup": Kind(
        _group,
        _no_group,
        _changed_group,
        named="name",
        replaces=frozenset({"name", "port", "protocol", "targetType", "vpcId"}),
    ),
    "aws:lb/listener:Listener": Kind(
        _listener, _no_listener, _changed_listener, replaces=frozenset({"loadBalancerArn"})
    ),
    "aws:acm/certificate:Certificate": Kind(_certificate, _no_certificate, replaces=EVERY),
    "aws:acm/certificateValidation:CertificateValidation": Kind(_validated, replaces=EVERY),
    "aws:route53/record:Record": Kind(_record, _no_record, replaces=EVERY, delete_first=True),
}
