"""checkov reads the graph as Terraform, cfn-lint as CloudFormation; what fails is waived with a reason, or wrong.

Each sees what the other does not. Of the mistakes in tests/support/mistakes.py cfn-lint sees five (misspelt keys, a retention
that is none, HTTPS without a certificate), checkov three (a rule without a description, `*` in a policy, port 80 open on the
internet), and none is seen by both. Beside them checkov alone asks for controls (FSBP) that stand in no promise: Container Insights,
keys of log groups, hops of the metadata service, a firewall before what is public, roles that could raise their own rights.
"""

import copy
import json
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.cloudformation import template
from support.stacks import VARIANTS, graph_of
from support.terraform import hcl
from support.tools import tool_folder

from stackgraph.recorder import ROOT, Graph

WAIVERS = yaml.safe_load((ROOT / "tests" / "data" / "stack-waivers.yaml").read_text(encoding="utf-8"))


def unwaived(tool: str, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Findings (check, resource) for which there is no reason."""
    waivers = WAIVERS[tool]
    return [
        entry
        for entry in found
        if entry[0] not in waivers or not re.fullmatch(waivers[entry[0]]["resources"], entry[1])
    ]


def checkov(folder: Path) -> tuple[list[tuple[str, str]], int]:
    """Failed checks, and how many resources were read."""
    program = tool_folder("checkov") / "bin" / "checkov"
    done = subprocess.run(
        [
            str(program),
            "--directory",
            str(folder),
            "--framework",
            "terraform",
            "--compact",
            "--quiet",
            "--output",
            "json",
        ],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LOG_LEVEL": "ERROR"},
    )
    report = json.loads(done.stdout)
    assert report["summary"]["parsing_errors"] == 0
    failed = [(entry["check_id"], entry["resource"]) for entry in report["results"]["failed_checks"]]
    return failed, report["summary"]["resource_count"]


def test_checkov_finds_nothing_that_is_not_explained(tmp_path: Path) -> None:
    """Both stacks, and the variant with kinds of resources that they do not have."""
    used = set()
    for name in ("mvp", "phase2", "blue-green"):
        graph, folder = graph_of(name), tmp_path / name
        folder.mkdir()
        text, written = hcl(graph)
        (folder / "main.tf").write_text(text, encoding="utf-8")
        failed, read = checkov(folder)
        assert read == written > 100, "it reads every resource"
        assert unwaived("checkov", failed) == []
        used |= {check for check, _ in failed}
    assert used == set(WAIVERS["checkov"]), "a waiver that nothing needs hides the next mistake"


def lint(contents: dict[str, dict[str, Any]], folder: Path) -> dict[str, list[tuple[str, str]]]:
    """cfn-lint's findings in each template as (rule, path inside the template)."""
    for name, content in contents.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    files = [f"{folder}/{name}.json" for name in contents]
    done = subprocess.run(
        ["cfn-lint", "--regions", "ap-northeast-1", "--format", "json", "--", *files],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={"PATH": f"{ROOT}/.venv/bin:/usr/bin:/bin", "HOME": str(folder)},
    )
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in contents}
    for entry in json.loads(done.stdout):
        path = "/".join(map(str, entry["Location"]["Path"][1:]))
        found[Path(entry["Filename"]).stem].append((entry["Rule"]["Id"], path))
    return found


def require_clean(names: Iterable[str], folder: Path) -> None:
    """cfn-lint finds nothing in these stacks for which there is no reason."""
    contents = {}
    for name in names:
        graph = graph_of(name)
        contents[name], left_out = template(graph)
        resources = [entry for entry in graph.resources if entry.kind.startswith("aws:")]
        assert len(contents[name]["Resources"]) + len(left_out) == len(resources), "none is lost on the way"
        assert len(left_out) < 8
    found = lint(contents, folder)
    assert {name: left for name in contents if (left := unwaived("cfn-lint", found[name]))} == {}


def test_cfn_lint_finds_nothing_in_the_stacks_that_is_not_explained(tmp_path: Path) -> None:
    require_clean(("mvp", "phase2"), tmp_path)


@pytest.mark.thorough
def test_nor_in_any_variant(tmp_path: Path) -> None:
    require_clean(VARIANTS, tmp_path)


def _of(content: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        entry["Properties"] for entry in content["Resources"].values() if entry["Type"] == kind
    )
    return found


MISTAKES: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    ("retention 31", lambda c: _of(c, "AWS::Logs::LogGroup").update(RetentionInDays=31)),
    ("misspelt key", lambda c: _of(c, "AWS::ECS::Service").update(HealthCheckGracePeriod=1)),
    (
        "GPU type TPU",
        lambda c: _of(c, "AWS::ECS::TaskDefinition")["ContainerDefinitions"][0]["ResourceRequirements"][0].update(
            Type="TPU"
        ),
    ),
    (
        "unknown action",
        lambda c: _of(c, "AWS::IAM::RolePolicy")["PolicyDocument"]["Statement"][0].update(
            Action=["logs:PutEverything"]
        ),
    ),
    (
        "one subnet",
        lambda c: _of(c, "AWS::ElasticLoadBalancingV2::LoadBalancer").update(Subnets=["subnet-0123456789abcdef0"]),
    ),
    (
        "HTTPS without certificate",
        lambda c: _of(c, "AWS::ElasticLoadBalancingV2::Listener").update(Protocol="HTTPS", Port=443),
    ),
    ("volume type", lambda c: _of(c, "AWS::EC2::Volume").update(VolumeType="gp9")),
]


def test_cfn_lint_sees_such_mistakes(mvp: Graph, tmp_path: Path) -> None:
    """Else the tests above would pass for nothing."""
    spoilt = {name: copy.deepcopy(template(mvp)[0]) for name, _ in MISTAKES}
    for name, spoil in MISTAKES:
        spoil(spoilt[name])
    found = lint(spoilt, tmp_path)
    assert [name for name in spoilt if not unwaived("cfn-lint", found[name])] == []


def test_every_waiver_says_why() -> None:
    for tool in WAIVERS.values():
        for name, waiver in tool.items():
            assert len(waiver["reason"]) > 10, name
