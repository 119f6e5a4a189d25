"""The sections about the way in: network, gateway to the company, load balancer, web ACL."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from stacks.fields import Section, arn, corporate_range, identifier, own_name, vpc_range

_VERSION = r"^Version_\d+\.\d+$"  # static versions of AWS's managed rule groups


class NetworkConfig(Section):
    """The VPC: a new one, or one that exists (`vpc_id`), whose zones, routes and ways out are then its owner's."""

    cidr: Annotated[str, AfterValidator(vpc_range)] | None = Field(
        None, description="Range of the VPC, outside the corporate ranges."
    )
    zone_count: int = Field(2, ge=2, le=3, description="Availability Zones; a load balancer wants two.")
    zones: tuple[str, ...] = Field(
        (),
        description="Names of the zones, e.g. [ap-northeast-1a, ap-northeast-1c]; empty: chosen by what offers the GPU.",
    )
    nat_gateways: Literal["one", "one_per_zone"] = Field("one", description="What the tasks reach registries through.")
    interface_endpoints: bool = Field(
        False, description="AWS APIs by private addresses too (about 184 USD a month in Tokyo)."
    )

    vpc_id: Annotated[str, identifier("vpc")] | None = Field(
        None, description="Build in this VPC instead of a new one (docs/deploy.md)."
    )
    public_subnet_ids: tuple[Annotated[str, identifier("subnet")], ...] = Field(
        (), description="With vpc_id: where the load balancer stands, one subnet a zone; mvp's may be left out."
    )
    private_subnet_ids: tuple[Annotated[str, identifier("subnet")], ...] = Field(
        (), description="With vpc_id: where tasks and instances stand, one subnet a zone."
    )

    @property
    def zones_wanted(self) -> int:
        """In how many zones there are subnets for instances."""
        return len(self.private_subnet_ids) if self.vpc_id else self.zone_count

    @model_validator(mode="after")
    def _new_or_existing(self) -> Self:
        subnets = {"public_subnet_ids", "private_subnet_ids"} & self.model_fields_set
        if not self.vpc_id:
            if subnets:
                raise ValueError(f"{', '.join(sorted(subnets))} without vpc_id: name the VPC of these subnets")
            if not self.cidr:
                raise ValueError("cidr is missing: add it, e.g. 172.28.0.0/16")
            return self
        if foreign := sorted(self.model_fields_set - subnets - {"vpc_id"}):
            raise ValueError(
                f"{', '.join(foreign)} beside vpc_id: the VPC exists, with its own zones and ways out; remove the one or "
                "the other"
            )
        if not 2 <= len(self.private_subnet_ids) <= 3:
            raise ValueError(
                f"private_subnet_ids names {len(self.private_subnet_ids)} subnets: name 2 or 3, one a zone"
            )
        return self

    @model_validator(mode="after")
    def _zones_counted(self) -> Self:
        if self.zones and len(self.zones) != self.zone_count:
            raise ValueError(f"zones names {len(self.zones)}, zone_count is {self.zone_count}: make them agree")
        return self


class CorporateNetworkConfig(Section):
    """Who may come in over private connectivity, and by which gateway their answers go back."""

    ranges: Annotated[
        tuple[Annotated[str, AfterValidator(corporate_range)], ...], Field(min_length=1, max_length=20)
    ] = Field(description="IPv4 ranges that may connect, none wider than /8.")
    transit_gateway_id: Annotated[str, identifier("tgw")] | None = Field(
        None, description="Attach this transit gateway."
    )
    vpn_gateway_id: Annotated[str, identifier("vgw")] | None = Field(
        None, description="Attach this virtual private gateway."
    )

    @model_validator(mode="after")
    def _one_gateway(self) -> Self:
        if self.transit_gateway_id and self.vpn_gateway_id:
            raise ValueError("give transit_gateway_id or vpn_gateway_id, not both: the ranges have one way back")
        return self


class EdgeConfig(Section):
    """Name and certificate of the load balancer."""

    domain_name: (
        Annotated[
            str,
            Field(pattern=r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$", max_length=64),
            AfterValidator(own_name),
        ]
        | None
    ) = Field(None, description="Name that the service is reached under.")
    hosted_zone_id: Annotated[str, Field(pattern=r"^Z[A-Z0-9]{5,31}$")] | None = Field(
        None, description="Route 53 zone for the alias record and the certificate's validation."
    )
    certificate_arn: Annotated[str, arn("acm")] | None = Field(
        None, description="An issued certificate to use instead."
    )
    deletion_protection: bool = Field(False, description="Refuse to delete the load balancer.")


class FirewallConfig(Section):
    """The web ACL."""

    requests_per_5_minutes: int = Field(1000, ge=10, le=2_000_000_000, description="An address over it is blocked.")
    # AWS Managed Rules changelog: 1.19 of 14 August 2025; 1.24 has the rule for CVE-2025-55182; 2.3.
    core_version: str = Field("Version_1.19", pattern=_VERSION, description="Version of the core rule set.")
    known_bad_inputs_version: str = Field(
        "Version_1.24", pattern=_VERSION, description="Version of the known bad inputs."
    )
    sqli_version: str = Field("Version_2.3", pattern=_VERSION, description="Version of the SQL database rules.")
