"""docs/costs.md is computed from the graph and one file of prices, and leaves nothing out."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from stackgraph.costs import PriceList, monthly, page, unpriced
from stackgraph.recorder import ROOT, Graph
from stacks.sections import ComputeConfig

AT = PriceList.read()


def said(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_page_is_what_make_docs_writes(mvp: Graph, phase2: Graph, variant: Callable[[str], Graph]) -> None:
    assert said("docs/costs.md") == page(mvp, phase2, variant("endpoints")), "stale: run `make docs`"


def test_of_every_type_somebody_has_said_what_it_costs() -> None:
    assert unpriced() == set()


def test_prices_have_their_region_and_date(mvp: Graph) -> None:
    assert mvp.config["aws:region"] == AT.region
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", AT.date)
    assert AT.date in said("docs/costs.md")


def test_addresses_root_volumes_monitoring_and_images_are_counted(mvp: Graph, phase2: Graph) -> None:
    """They were forgotten once: about 12 USD a month in mvp, about 30 in phase2."""
    rows = ("public IPv4 addresses", "root volumes", "detailed monitoring", "images in ECR")
    small, large = (
        sum(amount for title, amount in monthly(graph, AT).items() if title.startswith(rows)) for graph in (mvp, phase2)
    )
    assert 8 < small < 16
    assert 24 < large < 36
    assert monthly(mvp, AT)["public IPv4 addresses"] == pytest.approx(3.65), (
        "one NAT gateway; the load balancer is internal"
    )
    assert monthly(phase2, AT)["public IPv4 addresses"] == pytest.approx(4 * 3.65), (
        "two NAT gateways, two of the balancer"
    )


def test_interface_endpoints_cost_nine_times_two_zones(variant: Callable[[str], Graph]) -> None:
    assert round(monthly(variant("endpoints"), AT)["interface endpoints"]) == 184


def test_spot_takes_its_discount_off_what_is_over_the_base(
    deploy: Callable[..., Graph], variant: Callable[[str], Graph]
) -> None:
    row = f"instances, {ComputeConfig().instance_types[0]}"  # the variants have the defaults in this section
    full = monthly(deploy("mvp", compute={}), AT)[row]
    assert monthly(variant("spot"), AT)[row] == pytest.approx(full * (1 - AT.assumed["spot_discount"]))
    assert monthly(variant("spot-above-a-base"), AT)[row] == pytest.approx(2 * full), "one a zone stays On-Demand"


def test_a_type_without_a_price_is_an_error(mvp: Graph) -> None:
    template = mvp.one("ec2/launchTemplate:LaunchTemplate")
    dear = replace(template, inputs={**template.inputs, "instanceType": "p5.48xlarge"})
    others = [entry for entry in mvp.resources if entry is not template]
    with pytest.raises(LookupError, match="p5.48xlarge has no price: add it to instance_hour"):
        monthly(replace(mvp, resources=[*others, dear]), AT)


@pytest.mark.parametrize("name", ["mvp", "phase2"])
def test_the_japanese_page_says_the_same_rounded(name: str, mvp: Graph, phase2: Graph) -> None:
    total = sum(monthly({"mvp": mvp, "phase2": phase2}[name], AT).values())
    [figure] = re.findall(rf"{name} が約([\d,]+)ドル", said("docs/operators.ja.md"))
    assert int(figure.replace(",", "")) == round(total, -1)
