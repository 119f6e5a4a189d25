"""docs/images/stack-*.svg: what people draw on a whiteboard, drawn from the graph."""

import re
import shutil
from dataclasses import replace

import pytest

from stackgraph.picture import digest, drawing, path_of, source, stale, svg
from stackgraph.recorder import Graph


def test_only_what_is_drawn_makes_it_stale(mvp: Graph) -> None:
    """Who has no `dot` can still add a setting; that the pictures are up to date is asked of `stackgraph.diagram --check`."""
    without_a_setting = [entry for entry in mvp.resources if not entry.name.endswith("-config-seed")]
    assert not stale(replace(mvp, resources=without_a_setting))
    without_the_flows = [entry for entry in mvp.resources if not entry.name.endswith("-flows")]
    assert stale(replace(mvp, resources=without_the_flows))


def test_it_tells_who_comes_in_and_how(mvp: Graph, phase2: Graph) -> None:
    inside, outside = source(drawing(mvp)), source(drawing(phase2))
    assert all(text in inside for text in ("10.0.0.0/8", "HTTP 80", "(internal)"))
    assert all(text in outside for text in ("on the internet", "HTTPS 443", "Web ACL", "Route 53", "Certificate"))
    assert "Web ACL" not in inside


def test_it_has_what_people_draw(stack: Graph) -> None:
    drawn = source(drawing(stack))
    for text in (
        "api\nport 8000",
        "ollama",
        "127.0.0.1:11434",
        "Data volume",
        "Parameter Store",
        "CloudWatch Logs",
        "Alarms",
    ):
        assert text.replace("\n", r"\n") in drawn.replace("\n", r"\n")


def test_it_is_drawn_from_the_same_on_every_machine(stack: Graph) -> None:
    assert digest(drawing(stack)) == digest(drawing(stack))
    assert set(re.findall(r'image="?(\w+)/', source(drawing(stack)))) == {"resources"}


def test_it_stands_alone_and_is_small(stack: Graph) -> None:
    drawn = path_of(stack.stack).read_text(encoding="utf-8")
    assert all(reference.startswith("data:image/png;base64,") for reference in re.findall(r'href="([^"]+)"', drawn))
    assert len(drawn) < 80_000


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz's `dot` is not here (apt-get install graphviz)")
def test_it_can_be_drawn_anew(mvp: Graph) -> None:
    drawn, lying = svg(drawing(mvp)), path_of("mvp").read_text(encoding="utf-8")
    assert re.findall(r">([^<\n]+)</text>", drawn) == re.findall(r">([^<\n]+)</text>", lying)
