"""docs/first-hour.md: twenty things, each with a command that AWS knows, and names that the program uses."""

import re
import shlex
from functools import cache
from typing import Any

import botocore.session
import jmespath
import pytest
from botocore import xform_name

from stackgraph.recorder import ROOT, Graph

PAGE = (ROOT / "docs" / "first-hour.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]
BLOCKS = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
LINES = [line.removeprefix("$ ") for block in BLOCKS for line in block.splitlines() if line.startswith("$ ")]
GLOBAL = {"query", "output", "region"}
CUSTOM = {("logs", "tail"): {"since"}}  # not an operation but a command of the AWS CLI's own
# A call, up to where a shell would end it.
CALLS = [call for line in LINES for call in re.findall(r"""aws ((?:'[^']*'|"[^"]*"|\$\w+|[^'"|;$()])+)""", line)]


@cache
def model(service: str) -> Any:
    return botocore.session.get_session().get_service_model(service)


def test_there_are_twenty_each_with_a_command_and_what_failures_mean() -> None:
    assert [int(section.split(".")[0]) for section in SECTIONS] == list(range(1, 21))
    for section in SECTIONS:
        command, _, meaning = section.partition("\n## ")[0].split("```console\n")[-1].partition("```")
        assert command.startswith("$ ")
        assert ": " in " ".join(meaning.split()), "what a failure means"


@pytest.mark.parametrize("call", CALLS)
def test_aws_knows_the_call(call: str) -> None:
    service, operation, *rest = shlex.split(call)
    options = {word[2:] for word in rest if word.startswith("--")}
    if (service, operation) in CUSTOM:
        assert options <= CUSTOM[service, operation] | GLOBAL
        return
    names = {xform_name(name, "-"): name for name in model(service).operation_names}
    assert operation in names
    known = {xform_name(member, "-") for member in model(service).operation_model(names[operation]).input_shape.members}
    assert options <= known | GLOBAL
    if "--query" in rest:
        jmespath.compile(rest[rest.index("--query") + 1].replace("$STACK", "mvp"))


def test_the_calls_are_found() -> None:
    assert len(CALLS) >= 16


@pytest.mark.parametrize("line", ["volume $VOLUME", "joined $CLUSTER"])
def test_the_boot_says_what_the_page_waits_for(line: str) -> None:
    assert f'say "{line}"' in (ROOT / "src/stacks/boot/instance.sh").read_text(encoding="utf-8")
    assert f"boot: {line.partition(' $')[0]}" in PAGE


def test_it_names_what_the_stack_makes(mvp: Graph) -> None:
    cluster = mvp.one("ecs/cluster:Cluster").inputs["name"]
    assert cluster == "testgen-mvp" == mvp.one("ecs/service:Service").inputs["name"]
    assert {entry.inputs["name"] for entry in mvp.of("ecr/repository:Repository")} >= {"testgen-mvp-ollama"}
    groups = {entry.inputs["name"] for entry in mvp.of("cloudwatch/logGroup:LogGroup")}
    named = {name.replace("$STACK", "mvp") for name in re.findall(r"/aws/(?:ecs|vpc|loadbalancer)/[\w/$-]+\w", PAGE)}
    assert named <= groups


def test_its_links_lead_somewhere() -> None:
    for page, anchor in re.findall(r"\]\(([\w.]+)(?:#([^)]+))?\)", PAGE):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors, f"{page}#{anchor}"
