"""A company proxy: what leaves a build, an instance and a task goes through it, and what must not does not."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import getproxies_environment, proxy_bypass_environment

import pulumi
import pytest
from support.stacks import PROXY, VARIANTS, configuration

from stackgraph.promises.task import definitions
from stackgraph.recorder import ROOT, Graph, record
from stacks.certificates import MOST_BYTES
from stacks.components.cluster import user_data
from stacks.components.images import with_certificates
from stacks.config import StackConfig, parse
from stacks.containers import CERTIFICATES

CA = (ROOT / PROXY["extra_ca"]).read_text(encoding="ascii")
BUILD = "docker-build:index:Image"


def environment(graph: Graph, container: str) -> dict[str, str]:
    return {entry["name"]: entry["value"] for entry in definitions(graph)[container]["environment"]}


@pytest.mark.parametrize("container", ["api", "ollama"])
def test_tasks_go_through_it_but_for_themselves_and_their_credentials(
    variant: Callable[[str], Graph], container: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = environment(variant("existing-network"), container)
    assert values["HTTPS_PROXY"] == values["https_proxy"] == PROXY["url"]
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.setenv(name, values[name])
    known = getproxies_environment()
    for host in ("127.0.0.1", "localhost", "169.254.170.2", "169.254.169.254", "ssm.ap-northeast-1.amazonaws.com"):
        assert proxy_bypass_environment(host, known), host
    assert not proxy_bypass_environment("registry.ollama.ai", known)


def test_the_service_trusts_its_certificates_where_aws_is_asked(variant: Callable[[str], Graph], mvp: Graph) -> None:
    assert environment(variant("existing-network"), "api")["AWS_CA_BUNDLE"] == CERTIFICATES
    assert CERTIFICATES in (ROOT / "Dockerfile.api").read_text(encoding="utf-8")
    assert "AWS_CA_BUNDLE" not in environment(mvp, "api")


def test_builds_go_through_it_and_know_its_certificates(variant: Callable[[str], Graph], mvp: Graph) -> None:
    images = {image.name: image for image in variant("existing-network").of("awsx:ecr:Image")}
    for image in mvp.of("awsx:ecr:Image"):
        through = images[image.name]
        assert through.inputs["args"]["HTTPS_PROXY"] == PROXY["url"]
        assert "127.0.0.1" in through.inputs["args"]["NO_PROXY"]
        assert through.inputs["imageTag"] != image.inputs["imageTag"], "the certificates are in the image"
    build = pulumi.ResourceTransformArgs(True, BUILD, "a1", {"push": True}, pulumi.ResourceOptions())
    changed = with_certificates(CA)(build)
    assert changed
    assert changed.props == {"push": True, "secrets": {"extra_ca": CA}}
    other = pulumi.ResourceTransformArgs(True, "aws:ecr/repository:Repository", "x", {}, pulumi.ResourceOptions())
    assert with_certificates(CA)(other) is None


def test_the_address_of_the_proxy_alone_makes_no_other_image(deploy: Callable[..., Graph], mvp: Graph) -> None:
    moved = deploy("mvp", proxy={"url": "http://10.9.9.9:8080", "range": "10.9.9.0/24"})
    tags = [[image.inputs["imageTag"] for image in graph.of("awsx:ecr:Image")] for graph in (moved, mvp)]
    assert tags[0] == tags[1]


@pytest.mark.parametrize("name", ["Dockerfile.api", "Dockerfile.ollama"])
def test_no_dockerfile_keeps_what_a_build_goes_through(name: str) -> None:
    """Docker knows these arguments without a declaration; a declared one would stand in the image's history."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "HTTPS_PROXY" not in text
    assert "id=extra_ca" in text


def test_tasks_and_instances_may_connect_to_it(variant: Callable[[str], Graph]) -> None:
    rules = variant("existing-network").of("vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    found = [entry.inputs for entry in rules if entry.name.endswith("-proxy")]
    assert len(found) == 2
    for rule in found:
        assert (rule["cidrIpv4"], rule["fromPort"], rule["toPort"]) == ("10.20.0.0/24", 3128, 3128)


def test_instances_get_it_in_front_of_the_boot_script(variant: Callable[[str], Graph]) -> None:
    data = variant("existing-network").one("ec2/launchTemplate:LaunchTemplate").inputs["userData"]
    script = base64.b64decode(data).decode()
    assert f"export HTTPS_PROXY={PROXY['url']}\n" in script
    assert "export EXTRA_CA='-----BEGIN CERTIFICATE-----" in script


def test_the_most_certificates_still_fit_into_user_data() -> None:
    assert len(user_data(config(), "testgen-mvp", "x" * MOST_BYTES).encode()) < 16_384, "EC2's limit"


def config(**proxy: Any) -> StackConfig:
    tags = {"Project": "testgen", "Stack": "mvp", "ManagedBy": "pulumi", "CostCenter": "qa"}
    sections = {"phase": "mvp", "corporate_network": {"ranges": ["10.0.0.0/8"]}, "proxy": {**PROXY, **proxy}}
    return parse("mvp", "ap-northeast-1", tags, sections)


@pytest.mark.parametrize(
    ("proxy", "key", "remedy"),
    [
        ({"url": "http://me:secret@10.20.0.9:3128", "range": "10.20.0.0/24"}, "testgen:proxy.url", "match"),
        ({"url": PROXY["url"]}, "testgen:proxy: url and range belong together", "give both"),
        ({"no_proxy": [".x"], "extra_ca": PROXY["extra_ca"]}, "no_proxy without url", "remove it"),
        ({"no_proxy": []}, "names neither a proxy nor its certificates", "remove the section"),
        ({"extra_ca": "no-such.pem"}, "testgen:proxy.extra_ca: no-such.pem cannot be read", "name a PEM file"),
        ({"extra_ca": "README.md"}, "proxy.extra_ca: README.md", "PEM"),
        ({"extra_ca": "Makefile"}, "holds no certificate in PEM form", "export the proxy's own"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_told_at_preview(proxy: dict[str, Any], key: str, remedy: str) -> None:
    with pytest.raises(pulumi.RunError) as refused:
        record("mvp", configuration("mvp", proxy=proxy))
    assert key in str(refused.value)
    assert remedy in str(refused.value)


def test_a_private_key_goes_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "both.pem"
    file.write_text(CA + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    with pytest.raises(pulumi.RunError, match="holds a private key") as refused:
        record("mvp", configuration("mvp", proxy={"extra_ca": str(file)}))
    assert "AAAA" not in str(refused.value)


def test_certificates_and_given_images_do_not_go_together() -> None:
    changes = {**VARIANTS["given-images"][1], "proxy": {"extra_ca": PROXY["extra_ca"]}}
    with pytest.raises(pulumi.RunError, match=r"leave images\.api_uri and ollama_uri out"):
        record("mvp", configuration("mvp", **changes))
