"""The configuration: what makes no sense is refused with the key and the remedy, and never with a traceback."""

import json
from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from support.stacks import configuration, instance_type

from stackgraph.answers import AccountFacts, size_of
from stackgraph.recorder import PLACEHOLDER, ROOT, Graph, record
from stacks.config import ConfigRefusedError, parse
from stacks.defaults import PHASE_DEFAULTS, SERVICE_DEFAULTS
from stacks.sections import ComputeConfig
from testgen.config import ServiceConfig

TAGS = {"Project": "testgen", "Stack": "mvp", "ManagedBy": "pulumi", "CostCenter": "qa"}
RANGES = {"ranges": ["10.0.0.0/8"]}
EDGE = {"domain_name": "testgen.example.jp", "hosted_zone_id": "Z0123456789EXAMPLE"}

# stack file, changed sections, and what the message must say: the key, and a word of the remedy
WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("mvp", {"corporate_network": {}}, "testgen:corporate_network", "list them"),
    ("mvp", {"corporate_network": {"ranges": []}}, "testgen:corporate_network.ranges", "at least 1"),
    ("mvp", {"corporate_network": {"ranges": ["10.0.0.0/7"]}}, "corporate_network.ranges.0", "wider than /8"),
    ("mvp", {"corporate_network": {"ranges": ["10.0.0.1/8"]}}, "corporate_network.ranges.0", "not an IPv4 range"),
    ("mvp", {"network": {"cidr": "10.1.0.0/16"}}, "testgen:network.cidr", "choose a range outside"),
    ("mvp", {"network": {"cidr": "172.28.0.0/28"}}, "testgen:network.cidr", "from /16 to /22"),
    ("mvp", {"network": {"zones": ["ap-northeast-1a"]}}, "testgen:network", "make them agree"),
    (
        "mvp",
        {"corporate_network": {**RANGES, "transit_gateway_id": "tgw-1"}},
        "transit_gateway_id",
        "not an id such as",
    ),
    (
        "mvp",
        {
            "corporate_network": {
                **RANGES,
                "transit_gateway_id": "tgw-0123456789abcdef0",
                "vpn_gateway_id": "vgw-0123456789abcdef0",
            }
        },
        "testgen:corporate_network",
        "not both",
    ),
    ("mvp", {"storage": {"size_gb": 99}}, "testgen:storage.size_gb", "100"),
    (
        "mvp",
        {"compute": {"instance_types": ["m5.xlarge"]}},
        "compute.instance_types.0 ('m5.xlarge')",
        "choose e.g. g4dn.xlarge",
    ),
    ("mvp", {"scaling": {"min_tasks": 3, "max_tasks": 2}}, "testgen:scaling", "raise one or lower the other"),
    ("mvp", {"compute": {"stop_timeout_s": 100}}, "testgen:compute.stop_timeout_s", "raise it"),
    (
        "mvp",
        {"compute": {"spot": {}, "stop_timeout_s": 330}},
        "testgen:compute.stop_timeout_s: 330",
        "leave it out (60)",
    ),
    (
        "mvp",
        {"compute": {"spot": {"on_demand_base": 3}}},
        "testgen:compute.spot.on_demand_base: 3 of",
        "or remove spot",
    ),
    (
        "mvp",
        {"storage": {"throughput": 1000}},
        "testgen:storage: throughput (1000) wants 4000 iops",
        "lower throughput",
    ),
    ("mvp", {"service": {"request_timeout_s": 3950}}, "service.request_timeout_s", "3900"),
    ("mvp", {"logs": {"retention_days": 31}}, "testgen:logs.retention_days (31)", "choose one of them"),
    ("mvp", {"service": {"modell": "gemma3:4b"}}, "testgen:service.modell", "correct its spelling"),
    ("mvp", {"service": {"keep_alive": "30m"}}, "service.keep_alive", "leave it out (-1)"),
    ("mvp", {"service": {"ollama_base_url": "http://10.0.0.5:11434"}}, "service.ollama_base_url", "leave it out"),
    ("mvp", {"service": {"engine": "outline"}}, "service.engine", "leave it out (ollama)"),
    ("mvp", {"service": {"num_predict": 16000}}, "testgen:service", "at most half"),
    ("mvp", {"firewall": {"requests_per_5_minutes": 100}}, "testgen:firewall", "use phase: phase2"),
    ("mvp", {"edge": {"domain_name": "testgen.example.jp"}}, "testgen:edge", "use phase: phase2"),
    ("mvp", {"compute": {"zones": 3}}, "testgen:compute.zones", "more than network.zone_count"),
    ("mvp", {"secrets": {"recovery_days": 3}}, "testgen:secrets", "from 7 to 30"),
    ("mvp", {"images": {"api_uri": "registry/api:latest"}}, "testgen:images", "a tag can move"),
    ("mvp", {"monitoring": {"emails": ["nobody"]}}, "testgen:monitoring.emails.0", "nobody"),
    ("mvp", {"storage": {"snapshot_id": "newest"}}, "storage.snapshot_id", "snap-0123"),
    ("mvp", {"api_keys": {"ci": "my key in clear"}}, "testgen:api_keys", "testgen api-key NAME"),
    (
        "phase2",
        {"edge": {"hosted_zone_id": "Z0123456789EXAMPLE"}},
        "testgen:edge.domain_name",
        "serves HTTPS under a name",
    ),
    ("phase2", {"edge": {"domain_name": "testgen.example.jp"}}, "testgen:edge", "hosted_zone_id to have one issued"),
    (
        "phase2",
        {"edge": {**EDGE, "domain_name": "testgen.example.com"}},
        "testgen:edge.domain_name ('testgen.example.com')",
        "placeholder, a name that nobody can have: write your own",
    ),
    ("phase2", {"edge": {**EDGE, "certificate_arn": "arn:aws:iam::1:x"}}, "edge.certificate_arn", "not an ARN such as"),
    ("phase2", {"service": {"require_api_key": False}}, "service.require_api_key", "leave it out"),
    ("phase2", {"corporate_network": RANGES}, "testgen:corporate_network", "remove the section"),
    ("phase2", {"scaling": {"max_tasks": 1, "min_tasks": 1}}, "testgen:scaling.max_tasks", "raise it"),
]


@pytest.mark.parametrize(("stack_name", "changes", "key", "remedy"), WRONG, ids=[entry[2] for entry in WRONG])
def test_a_wrong_value_gives_one_clear_message(stack_name: str, changes: dict[str, Any], key: str, remedy: str) -> None:
    with pytest.raises(pulumi.RunError) as refused:  # Pulumi prints a RunError's message, without a traceback
        record(stack_name, configuration(stack_name, **changes))
    message = str(refused.value)
    assert key in message
    assert remedy in message
    assert len(message.splitlines()) == 1
    assert "pydantic" not in message


def test_a_wrong_key_is_never_shown() -> None:
    with pytest.raises(pulumi.RunError) as refused:
        record("mvp", configuration("mvp", api_keys={"ci": "my key in clear"}))
    assert "my key in clear" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "key", "remedy"),
    [
        ({"testgen:phase": "prod"}, "testgen:phase", "write mvp or phase2"),
        ({"aws:region": ""}, "aws:region", "pulumi config set aws:region"),
        ({"aws:defaultTags": "{}"}, "aws:defaultTags", "add them under tags"),
        ({"aws:defaultTags": json.dumps({"tags": {**TAGS, "Stack": "other"}})}, "aws:defaultTags", "write 'mvp'"),
        ({"testgen:network": "{cidr: 172.28.0.0/16"}, "testgen:network", "is not JSON or YAML"),
        ({"testgen:network": "172.28.0.0/16"}, "testgen:network", "valid dictionary"),
    ],
)
def test_what_no_section_holds_is_checked_too(change: dict[str, str], key: str, remedy: str) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        record("mvp", {**configuration("mvp"), **change})
    assert key in str(refused.value)
    assert remedy in str(refused.value)


@pytest.mark.parametrize("name", ["Prod", "a", "x" * 13, "my_stack"])
def test_a_stack_name_that_would_break_aws_names_is_refused(name: str) -> None:
    with pytest.raises(ConfigRefusedError, match="2 to 12 lower-case"):
        parse(name, "ap-northeast-1", {**TAGS, "Stack": name}, {"phase": "mvp", "corporate_network": RANGES})


def test_several_problems_are_told_at_once() -> None:
    sections = {"phase": "mvp", "storage": {"size_gb": 1}, "logs": {"retention_days": 31}, "corporate_network": RANGES}
    with pytest.raises(ConfigRefusedError) as refused:
        parse("mvp", "ap-northeast-1", TAGS, sections)
    assert len(str(refused.value).splitlines()) == 2


def test_a_phase_decides_defaults_and_the_file_goes_before_them() -> None:
    mvp = parse("mvp", "ap-northeast-1", TAGS, {"phase": "mvp", "corporate_network": RANGES})
    assert (mvp.scaling.min_tasks, mvp.scaling.max_tasks, mvp.storage.snapshots_kept) == (1, 2, 7)
    assert (mvp.service.engine, mvp.service.keep_alive, mvp.service.trusted_proxies) == ("ollama", "-1", 1)
    assert mvp.service == ServiceConfig.model_validate({**SERVICE_DEFAULTS, **PHASE_DEFAULTS["mvp"]["service"]})
    other = parse(
        "two",
        "ap-northeast-1",
        {**TAGS, "Stack": "two"},
        {"phase": "phase2", "edge": EDGE, "scaling": {"max_tasks": 6}},
    )
    assert (other.scaling.min_tasks, other.scaling.max_tasks, other.storage.snapshots_kept) == (2, 6, 30)
    assert other.service.require_api_key
    assert other.edge.deletion_protection


VCPUS, _ = size_of(instance_type("mvp"))
# what the account offers, changed sections, and what the message must say
TOO_LITTLE: list[tuple[AccountFacts, dict[str, Any], str, str]] = [
    (AccountFacts(quota_vcpus=0), {}, f"3 instances ({3 * VCPUS} vCPUs)", "set scaling.deployment to in_place"),
    (AccountFacts(spot_quota_vcpus=0), {"compute": {"spot": {}}}, "(L-3819A6DF) is 0 vCPUs", "ask for more in"),
    (
        AccountFacts(),
        {"compute": {"spot": {}, "instance_types": ["p3.2xlarge"]}},
        "p3.2xlarge is of a family",
        "remove spot",
    ),
    (AccountFacts(quota_vcpus=2 * VCPUS), {}, f"(L-DB2E81BA) is {2 * VCPUS} vCPUs", "ask for more in Service Quotas"),
    (AccountFacts(offering=()), {}, f"only none offers {instance_type('mvp')}", "another region"),
    (
        AccountFacts(),
        {"network": {"zones": ["ap-northeast-1d", "ap-northeast-1c"]}, "compute": {"zones": 2}},
        "only ap-northeast-1c offers",
        "choose from ap-northeast-1a, ap-northeast-1c",
    ),
    (AccountFacts(), {"network": {"zones": ["ap-northeast-1a", "us-east-1a"]}}, "us-east-1a is not in", "choose from"),
    (AccountFacts(zones=("ap-northeast-1a",)), {}, "testgen:network.zone_count", "another region"),
    (AccountFacts(memory_mib=8192), {}, f"do not fit {instance_type('mvp')} (8192 MiB", "choose a larger type"),
    (AccountFacts(vcpus=2), {}, "testgen:compute.task_cpu", "lower it"),
    (
        AccountFacts(kept_volumes={"testgen-mvp-data-ap-northeast-1a-1": ("vol-1", "vol-2")}),
        {},
        "vol-1, vol-2 all have the tag",
        "remove the tag from all but the one to use",
    ),
    (
        AccountFacts(kept_volumes={"testgen-mvp-data-ap-northeast-1d-1": ("vol-1",)}),
        {},
        "vol-1 of this stack lie in ap-northeast-1d, and its instances would now run in ap-northeast-1a",
        "`pulumi stack output availability_zones`",
    ),
]


@pytest.mark.parametrize(("facts", "changes", "found", "remedy"), TOO_LITTLE, ids=[entry[2] for entry in TOO_LITTLE])
def test_an_account_that_cannot_run_it_is_told_at_preview(
    facts: AccountFacts, changes: dict[str, Any], found: str, remedy: str
) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        record("mvp", configuration("mvp", **changes), facts)
    assert found in str(refused.value)
    assert remedy in str(refused.value)


@pytest.mark.parametrize(
    ("facts", "found", "remedy"),
    [
        (AccountFacts(hosted_zone=None), "cannot be read (", "`aws route53 list-hosted-zones`"),
        (
            AccountFacts(hosted_zone="example.co.jp"),
            "is the zone example.co.jp, in which testgen.example.jp",
            "a name in",
        ),
        (AccountFacts(hosted_zone="ple.jp"), "is the zone ple.jp, in which", "give the zone of the name"),
        (AccountFacts(private_zone=True), "(example.jp) is private", "give the public zone"),
    ],
)
def test_a_zone_in_which_the_name_does_not_lie_is_told_at_preview(facts: AccountFacts, found: str, remedy: str) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        record("phase2", configuration("phase2"), facts)
    assert "testgen:edge.hosted_zone_id: Z0123456789EXAMPLE" in str(refused.value)
    assert found in str(refused.value)
    assert remedy in str(refused.value)


def test_the_committed_name_is_a_placeholder_that_is_refused() -> None:
    text = (ROOT / "Pulumi.phase2.yaml").read_text(encoding="utf-8")
    assert PLACEHOLDER in text
    with pytest.raises(pulumi.RunError, match="write your own"):
        record("phase2", {**configuration("phase2"), "testgen:edge": json.dumps({**EDGE, "domain_name": PLACEHOLDER})})


def test_spot_instances_need_no_quota_of_on_demand_ones(deploy: Callable[..., Graph]) -> None:
    deploy("mvp", facts=AccountFacts(quota_vcpus=0), compute={"spot": {}})
    deploy("mvp", facts=AccountFacts(quota_vcpus=VCPUS), compute={"spot": {"on_demand_base": 1}})


def test_one_gpu_is_enough_in_place(deploy: Callable[..., Graph]) -> None:
    graph = deploy("mvp", facts=AccountFacts(quota_vcpus=VCPUS), scaling={"deployment": "in_place", "max_tasks": 1})
    assert graph.one("autoscaling/group:Group").inputs["maxSize"] == 1


def test_the_first_choice_is_the_type_that_the_architecture_names() -> None:
    assert ComputeConfig().instance_types[0] == "g4dn.xlarge"


@pytest.mark.parametrize(("api_keys", "warned"), [({}, True), ({"ci": "c" * 64}, False)])
def test_a_service_that_would_not_start_for_want_of_keys_is_told_at_preview(
    api_keys: dict[str, str], warned: bool, caplog: pytest.LogCaptureFixture
) -> None:
    record("phase2", configuration("phase2", api_keys=api_keys))
    assert ("testgen:api_keys: is empty" in caplog.text) is warned
