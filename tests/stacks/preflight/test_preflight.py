"""`make preflight` against moto: what is there, what is missing with its remedy, and what may not be asked."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import httpx
import pytest
import yaml

from rehearsal.cloud import ROOT, account
from stacks.config import ConfigRefusedError
from stacks.preflight.__main__ import checks, findings, main
from stacks.preflight.aws import Aws
from stacks.preflight.findings import Check, Finding, State, run
from stacks.preflight.program import read_stack_file

REGION = "ap-northeast-1"
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
DOMAIN = "testgen.example.jp"
# Docker cannot run here; Pulumi does, in the last test. Each says what the real one does.
TOOLS = {
    "docker": 'case "$1" in version) echo 28.1.1;; buildx) echo github.com/docker/buildx v0.23.0;; esac',
    "uv": "echo uv 0.13.9",
    "pulumi": 'case "$1" in version) echo v3.259.0;; whoami) echo \'{"url":"s3://state"}\';; stack) echo \'[{"name":"mvp"}]\';; esac',
}


@pytest.fixture(autouse=True, scope="module")
def descriptions_read_once() -> Iterator[None]:
    """boto3 reads the description of each service anew for each session, which takes longer than what is tested here."""
    shared, real = botocore.session.get_session().get_component("data_loader"), boto3.Session

    def session() -> boto3.Session:
        inner = botocore.session.get_session()
        inner.register_component("data_loader", shared)
        return real(botocore_session=inner)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stacks.preflight.aws.boto3.Session", session)
        yield


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An AWS account, where certificates are issued at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTO_ACM_VALIDATION_WAIT", "0")
        with account(tmp_path_factory.mktemp("aws")) as url:
            yield url


@pytest.fixture
def aws(api: str) -> Iterator[Callable[[str], Any]]:
    """Clients of the account's owner; what is in it is gone afterwards."""
    make: Any = boto3.client
    keys = {"aws_access_key_id": "owner", "aws_secret_access_key": "owner", "region_name": REGION}
    yield cache(lambda service: make(service, endpoint_url=api, **keys))
    enforce_policies(api, after_calls=1_000_000)
    httpx.post(f"{api}/moto-api/reset", timeout=60)


def enforce_policies(api: str, after_calls: int = 0) -> None:
    """moto evaluates no policy until it is told to."""
    httpx.post(f"{api}/moto-api/reset-auth", content=str(after_calls).encode(), timeout=60)


@pytest.fixture
def become(aws: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], None]:
    """The caller's credentials become those of a role with this policy, as after `aws sso login`."""

    def take(policy: dict[str, Any]) -> None:
        iam, name = aws("iam"), f"deployer-{len(aws('iam').list_roles()['Roles'])}"
        arn = iam.create_role(RoleName=name, Path="/sso/", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=json.dumps(policy))
        found = aws("sts").assume_role(RoleArn=arn, RoleSessionName="me")["Credentials"]
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", found["AccessKeyId"])
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", found["SecretAccessKey"])
        monkeypatch.setenv("AWS_SESSION_TOKEN", found["SessionToken"])

    return take


@pytest.fixture
def project(
    api: str,
    aws: Callable[[str], Any],
    become: Callable[[dict[str, Any]], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A checkout whose machine and account have everything."""
    for name in ("Pulumi.yaml", "Pulumi.mvp.yaml", "Pulumi.phase2.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, script in TOOLS.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}/bin")
    monkeypatch.setenv("AWS_ENDPOINT_URL", api)
    aws("iam").create_role(
        RoleName="AWSServiceRoleForECS", Path="/aws-service-role/ecs.amazonaws.com/", AssumeRolePolicyDocument="{}"
    )
    become(EVERYTHING)
    return tmp_path


def write(project: Path, stack: str, **sections: Any) -> None:
    """Lays keys over the stack's file, `testgen:` before those that have no other namespace."""
    path = project / f"Pulumi.{stack}.yaml"
    content = yaml.safe_load(path.read_text())
    content["config"] |= {key if ":" in key else f"testgen:{key}": value for key, value in sections.items()}
    path.write_text(yaml.safe_dump(content))


def found(project: Path, *names: str, stack: str = "mvp") -> dict[str, Finding]:
    """The findings of these checks, of all where none is named."""
    file = read_stack_file(project, stack)
    aws = Aws(REGION)
    asked = [check for check in checks(project, stack, aws, file) if not names or check.name in names]
    return {finding.check: finding for finding in run(asked, aws)}


def one(project: Path, check: str, stack: str = "mvp") -> Finding:
    return found(project, check, stack=stack)[check]


def test_nothing_is_missing_where_everything_is_there_and_nothing_is_changed(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, ask = set[str](), Aws.ask

    def noted(aws: Aws, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        asked.add(operation)
        return ask(aws, service, operation, **parameters)

    monkeypatch.setattr(Aws, "ask", noted)
    assert main(["mvp", "--root", str(project)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("ok  ") for line in lines[:-1]), lines
    assert lines[-1].endswith("checks: 0 missing, 0 could not be asked")
    told = "\n".join(lines)
    assert "role/sso/deployer-" in told, "the path of a role is not in its session's name"
    assert "instances run in ap-northeast-1a" in told
    assert {operation.partition("_")[0] for operation in asked} <= {"describe", "get", "list", "simulate"}


@pytest.mark.parametrize(
    ("sections", "check", "said"),
    [
        ({"scaling": {"max_tasks": 20}}, "GPU quota", "(L-DB2E81BA) is 64 vCPUs: ask for more in Service Quotas"),
        ({"compute": {"ollama_memory_mib": 60_000}}, "instance types and zones", "do not fit"),
        ({"network": {"zones": ["ap-northeast-1a", "ap-northeast-1x"]}}, "instance types and zones", "1x is not in"),
        ({"compute": {"ami_parameter": "/aws/none"}}, "machine image", "correct compute.ami_parameter"),
        ({"aws:allowedAccountIds": ["999999999999"]}, "credentials", "aws:allowedAccountIds names 999999999999"),
        ({"scaling": {"max_taks": 3}}, "configuration", "testgen:scaling.max_taks (3): there is no such key"),
        (
            {"corporate_network": {"ranges": ["10.0.0.0/8"], "transit_gateway_id": "tgw-0123456789abcdef0"}},
            "gateway to the company",
            "tgw-0123456789abcdef0 is not there: name one that is available",
        ),
    ],
)
def test_what_is_missing_is_said_with_the_remedy(
    project: Path, sections: dict[str, Any], check: str, said: str
) -> None:
    write(project, "mvp", **sections)
    finding = one(project, check)
    assert finding.state is State.MISSING
    assert said in finding.said


def test_a_small_quota_does_not_hide_what_else_is_wrong(project: Path) -> None:
    write(project, "mvp", scaling={"max_tasks": 20}, network={"zones": ["ap-northeast-1a", "ap-northeast-1x"]})
    said = found(project, "GPU quota", "instance types and zones", "region")
    missing = {name for name, finding in said.items() if finding.state is State.MISSING}
    assert missing == {"GPU quota", "instance types and zones"}


def test_no_room_for_another_vpc_is_missing(project: Path, aws: Callable[[str], Any]) -> None:
    for number in range(5):
        aws("ec2").create_vpc(CidrBlock=f"10.{number}.0.0/16")
    finding = one(project, "other quotas")
    assert finding.state is State.MISSING
    assert "'VPCs per Region' (L-F678F1CE) are in use, and the stack needs 1 more" in finding.said


def test_a_log_group_of_somebody_else_is_told_from_ones_own(project: Path, aws: Callable[[str], Any]) -> None:
    logs = aws("logs")
    logs.create_log_group(logGroupName="/aws/ecs/ollama-server", tags={"Stack": "mvp"})
    logs.create_log_group(logGroupName="/aws/ecs/fastapi-app", tags={"Stack": "phase2"})
    finding = one(project, "names of log groups")
    assert finding.state is State.MISSING
    assert finding.said.startswith(
        "/aws/ecs/fastapi-app is there already and not of this stack: set testgen:logs.shared"
    )


def test_an_account_that_never_ran_ecs_is_told_the_command(project: Path, aws: Callable[[str], Any]) -> None:
    aws("iam").delete_role(RoleName="AWSServiceRoleForECS")
    finding = one(project, "service-linked role of ECS")
    assert "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com" in finding.said


def phase2(project: Path, aws: Callable[[str], Any], *names: str, **sections: Any) -> dict[str, Finding]:
    zone = aws("route53").create_hosted_zone(Name=DOMAIN, CallerReference=str(project))["HostedZone"]["Id"]
    edge = {"domain_name": DOMAIN, "hosted_zone_id": zone.rpartition("/")[2]}
    write(project, "phase2", **{"edge": edge, "api_keys": {"ci": {"secure": "v1:x"}}, **sections})
    return found(project, *names, stack="phase2")


def test_phase2_asks_about_its_zone_its_rule_groups_and_its_keys(project: Path, aws: Callable[[str], Any]) -> None:
    said = phase2(project, aws)
    states = {name: finding.state for name, finding in said.items() if name != "stack"}
    assert set(states.values()) == {State.OK}, said
    assert {"zone of the name", "managed rule groups"} <= set(states)
    assert said["secret"].said == "testgen/phase2/service will be made; keys of ci"


def test_keys_that_were_set_as_one_secret_are_keys(project: Path, aws: Callable[[str], Any]) -> None:
    said = phase2(project, aws, "secret", api_keys={"secure": "v1:x"})["secret"]
    assert (said.state, said.said.partition("; ")[2]) == (State.OK, "keys of somebody (encrypted)")


def test_phase2_without_keys_and_with_its_placeholder_is_refused(project: Path, aws: Callable[[str], Any]) -> None:
    assert "write your own" in one(project, "configuration", "phase2").said
    assert "testgen api-key NAME" in phase2(project, aws, "secret", api_keys={})["secret"].said


def test_a_secret_that_waits_for_its_end_blocks_its_name(project: Path, aws: Callable[[str], Any]) -> None:
    manager = aws("secretsmanager")
    manager.create_secret(Name="testgen/phase2/service", SecretString="{}")
    manager.delete_secret(SecretId="testgen/phase2/service", RecoveryWindowInDays=30)
    finding = phase2(project, aws, "secret")["secret"]
    assert "aws secretsmanager restore-secret --secret-id testgen/phase2/service" in finding.said


@pytest.mark.parametrize(
    ("domain", "state", "said"),
    [
        ("*.example.jp", State.OK, f"issued for {DOMAIN}"),
        ("other.example.jp", State.MISSING, f"is for other.example.jp, not for {DOMAIN}"),
    ],
)
def test_a_given_certificate_is_issued_and_for_the_name(
    project: Path, aws: Callable[[str], Any], domain: str, state: State, said: str
) -> None:
    acm = aws("acm")
    arn = acm.request_certificate(DomainName=domain, ValidationMethod="DNS")["CertificateArn"]
    finding = phase2(project, aws, "certificate", edge={"domain_name": DOMAIN, "certificate_arn": arn})["certificate"]
    assert finding.state is state
    assert said in finding.said


def without(*services: str) -> dict[str, Any]:
    denied = {"Effect": "Deny", "Action": [f"{service}:*" for service in services], "Resource": "*"}
    return {**EVERYTHING, "Statement": [*EVERYTHING["Statement"], denied]}


def test_permissions_that_are_missing_are_named_by_service(
    project: Path, become: Callable[[dict[str, Any]], None]
) -> None:
    become(without("dlm"))
    finding = one(project, "permissions")
    assert finding.state is State.MISSING
    assert "may not dlm:* (7 actions): have them added" in finding.said


def test_a_policy_that_names_the_stacks_resources_is_enough_for_them(
    project: Path, become: Callable[[dict[str, Any]], None]
) -> None:
    roles = {"Effect": "Allow", "Action": "iam:*", "Resource": "arn:aws:iam::*:role/testgen-*"}
    become({**EVERYTHING, "Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, roles]})
    assert one(project, "permissions").state is State.OK


def test_what_may_not_be_asked_names_the_permission(
    project: Path, api: str, become: Callable[[dict[str, Any]], None]
) -> None:
    become(without("ec2", "iam"))
    enforce_policies(api)
    ecs_role = "service-linked role of ECS"
    said = found(project, "GPU quota", ecs_role, "credentials")
    assert said["GPU quota"] == Finding("GPU quota", State.UNASKED, "needs permission ec2:DescribeInstanceTypes")
    assert said[ecs_role] == Finding(ecs_role, State.UNASKED, "needs permission iam:GetRole")
    assert said["credentials"].state is State.OK


def test_a_refused_question_of_the_program_is_no_wrong_answer(
    project: Path, api: str, become: Callable[[dict[str, Any]], None]
) -> None:
    """The program hears any failure of a look-up as `cannot be read` (dns.py, rule_groups.py)."""
    become(without("ec2"))
    enforce_policies(api)
    aws = Aws(REGION)

    def look() -> str:
        try:
            return str(aws.ask("ec2", "describe_vpcs"))
        except Exception as error:
            raise ConfigRefusedError(f"the VPC cannot be read ({error}): name another") from None

    assert [finding.said for finding in run([Check("VPC", look)], aws)] == ["needs permission ec2:DescribeVpcs"]


def test_credentials_that_nobody_knows_are_missing(project: Path, api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXPIRED")
    enforce_policies(api)
    finding = one(project, "credentials")
    assert finding.state is State.MISSING
    assert finding.said.endswith("run `aws sso login`, or set AWS_PROFILE")


def test_where_nobody_answers_every_question_to_aws_says_so(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    said = found(project, "credentials", "region", "GPU quota", "permissions")
    assert said["credentials"].state is State.MISSING
    assert {said[name].state for name in ("region", "GPU quota", "permissions")} == {State.UNASKED}


@pytest.mark.parametrize(
    ("tool", "check", "said"),
    [
        ("uv", "uv", 'export PATH="$PWD/.venv/bin:$PATH"'),
        ("docker", "Docker", "`docker` is not on the PATH: install and start Docker, or give images by digest"),
        ("pulumi", "Pulumi CLI", "install the Pulumi CLI"),
    ],
)
def test_a_tool_that_is_not_there_is_missing(project: Path, tool: str, check: str, said: str) -> None:
    (project / "bin" / tool).unlink()
    finding = one(project, check)
    assert finding.state is State.MISSING
    assert said in finding.said


@pytest.mark.parametrize(
    ("tool", "script", "check", "said"),
    [
        (
            "docker",
            "echo 'Cannot connect to the Docker daemon' >&2; exit 1",
            "Docker",
            "Cannot connect to the Docker daemon",
        ),
        ("pulumi", "echo v3.120.0", "Pulumi CLI", "v3.120.0 is older than 3.200"),
        (
            "pulumi",
            "echo 'error: no such bucket' >&2; exit 255",
            "Pulumi's backend",
            "pulumi login 's3://your-company-pulumi-state?region=ap-northeast-1'",
        ),
        ("pulumi", "echo '[]'", "stack", "pulumi stack init mvp --secrets-provider"),
    ],
)
def test_a_tool_that_does_not_serve_is_missing(project: Path, tool: str, script: str, check: str, said: str) -> None:
    (project / "bin" / tool).write_text(f"#!/bin/sh\n{script}\n")
    finding = one(project, check)
    assert finding.state is State.MISSING
    assert said in finding.said


def test_given_images_need_no_docker(project: Path) -> None:
    (project / "bin" / "docker").unlink()
    digest = "docker.io/ollama/ollama@sha256:" + "b" * 64
    write(project, "mvp", images={"api_uri": digest, "ollama_uri": digest})
    said = found(project, "configuration", "Docker", "Docker's buildx")
    assert list(said) == ["configuration"]


def test_the_key_of_the_stacks_secrets_must_answer(project: Path, aws: Callable[[str], Any]) -> None:
    path = project / "Pulumi.mvp.yaml"
    path.write_text(f"secretsprovider: awskms://alias/pulumi?region={REGION}\n{path.read_text()}")
    assert "alias/pulumi in ap-northeast-1: " in one(project, "secrets of the stack file").said
    key = aws("kms").create_key()["KeyMetadata"]["KeyId"]
    aws("kms").create_alias(AliasName="alias/pulumi", TargetKeyId=key)
    assert one(project, "secrets of the stack file").said == "by alias/pulumi in ap-northeast-1"


def test_a_passphrase_must_be_set(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project / "Pulumi.mvp.yaml"
    path.write_text(f"encryptionsalt: v1:x\n{path.read_text()}")
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE", raising=False)
    assert "set PULUMI_CONFIG_PASSPHRASE" in one(project, "secrets of the stack file").said
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "")
    assert one(project, "secrets of the stack file").state is State.OK


def test_a_stack_without_a_file_is_told_which_there_are(project: Path) -> None:
    [finding] = findings(project, "prod")
    assert finding.said.startswith("Pulumi.prod.yaml is not there: choose a stack that has a file (mvp, phase2)")


def test_an_existing_network_is_looked_at(project: Path, aws: Callable[[str], Any]) -> None:
    """Its subnets, and the route that leads out: here there is none, and no endpoints."""
    ec2 = aws("ec2")
    vpc = ec2.create_vpc(CidrBlock="172.28.0.0/16")["Vpc"]["VpcId"]
    private = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"172.28.{number}.0/24", AvailabilityZone=f"ap-northeast-1{zone}")[
            "Subnet"
        ]["SubnetId"]
        for number, zone in enumerate("ac")
    ]
    gateway = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    ec2.attach_vpn_gateway(VpcId=vpc, VpnGatewayId=gateway)
    main_table = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"][0][
        "RouteTableId"
    ]
    ec2.create_route(RouteTableId=main_table, DestinationCidrBlock="10.0.0.0/8", GatewayId=gateway)
    write(
        project,
        "mvp",
        network={"vpc_id": vpc, "private_subnet_ids": private},
        corporate_network={"ranges": ["10.0.0.0/8"]},
    )
    finding = one(project, "instance types and zones")
    assert finding.state is State.MISSING
    assert f"has no way out, and {vpc} no endpoints (with private DNS) for ecs, ecs-agent" in finding.said
    nat = ec2.create_nat_gateway(SubnetId=private[0], ConnectivityType="private")["NatGateway"]["NatGatewayId"]
    ec2.create_route(RouteTableId=main_table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    assert one(project, "instance types and zones").state is State.OK
