"""Images: found by their content, built for the instances' architecture."""

from pathlib import Path

import pulumi
import pytest

from stackgraph.recorder import ROOT, Graph
from stacks.components.images import API_CONTEXT, OLLAMA_CONTEXT, content_tag, keep_replaced, repository_arn


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "src" / "__pycache__").mkdir(parents=True)
    (tmp_path / "Dockerfile").write_text("FROM x")
    (tmp_path / "src" / "a.py").write_text("a = 1")
    (tmp_path / "other.txt").write_text("not copied")
    return tmp_path


def tag(tree: Path, **arguments: str) -> str:
    return content_tag(tree, "Dockerfile", ("src",), arguments)


def test_the_same_content_has_the_same_tag(tree: Path) -> None:
    before = tag(tree)
    (tree / "other.txt").write_text("changed, and not in the context")
    (tree / "src" / "__pycache__" / "a.pyc").write_bytes(b"compiled")
    assert tag(tree) == before


@pytest.mark.parametrize("path", ["Dockerfile", "src/a.py", "src/new.py"])
def test_other_content_has_another_tag(tree: Path, path: str) -> None:
    """An immutable repository refuses a second push of a tag, so the tag has to follow the content."""
    before = tag(tree)
    (tree / path).write_text("changed")
    assert tag(tree) != before


def test_a_files_mode_counts_as_git_has_it(tree: Path) -> None:
    before, path = tag(tree), tree / "src" / "a.py"
    path.chmod(0o600)
    assert tag(tree) == before, "a checkout's umask is no content"
    path.chmod(0o755)
    assert tag(tree) != before


def test_a_renamed_file_and_another_base_make_another_tag(tree: Path) -> None:
    before = tag(tree)
    assert tag(tree, BASE_IMAGE="debian") != before
    (tree / "src" / "a.py").rename(tree / "src" / "b.py")
    assert tag(tree) != before


@pytest.mark.parametrize(
    ("dockerfile", "context"), [("Dockerfile.api", API_CONTEXT), ("Dockerfile.ollama", OLLAMA_CONTEXT)]
)
def test_the_context_is_what_the_dockerfile_copies(dockerfile: str, context: tuple[str, ...]) -> None:
    lines = (ROOT / dockerfile).read_text(encoding="utf-8").splitlines()
    copied = [
        word
        for line in lines
        if line.startswith("COPY") and "--from" not in line
        for word in line.split()[1:-1]
        if not word.startswith("--")
    ]
    assert {word if word in context else word.split("/")[0] for word in copied} == set(context)


@pytest.mark.parametrize(("image", "context"), [("api", API_CONTEXT), ("ollama", OLLAMA_CONTEXT)])
def test_a_build_is_sent_its_own_context_alone(image: str, context: tuple[str, ...]) -> None:
    lines = (ROOT / f"Dockerfile.{image}.dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == set(context)


def test_a_replaced_image_stays_in_its_repository() -> None:
    """By the rehearsal's changes against an engine; here what is asked of it."""
    build = pulumi.ResourceTransformArgs(True, "docker-build:index:Image", "a1b2", {}, pulumi.ResourceOptions())
    changed = keep_replaced(build)
    assert changed
    assert changed.opts.retain_on_delete is True
    other = pulumi.ResourceTransformArgs(True, "aws:ecr/repository:Repository", "x", {}, pulumi.ResourceOptions())
    assert keep_replaced(other) is None


def test_both_are_built_for_the_instances_by_a_content_tag(stack: Graph) -> None:
    images = stack.of("awsx:ecr:Image")
    assert len(images) == 2
    for image in images:
        assert image.inputs["platform"] == "linux/amd64"
        assert len(image.inputs["imageTag"]) == 32
        assert image.inputs["context"] == "../..", "a path of this machine would be a change on every other one"


@pytest.mark.parametrize(
    ("uri", "arns"),
    [
        (
            "1" * 12 + ".dkr.ecr.eu-west-1.amazonaws.com/qa/api@sha256:0",
            [f"arn:aws:ecr:eu-west-1:{'1' * 12}:repository/qa/api"],
        ),
        ("docker.io/ollama/ollama@sha256:0", []),
    ],
)
def test_the_repository_of_a_given_image_is_known_where_it_is_in_ecr(uri: str, arns: list[str]) -> None:
    assert repository_arn(uri) == arns
