"""The sections about the way in: network, gateway to the company, load balancer, web ACL."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from stacks.fields import Section, arn, cidr, corporate_range, identifier, own_name, vpc_range

_VERSION = r"^Version_\d+\.\d+$"  # static versions of AWS's managed rule groups


class NetworkConfig(Section):
    """The VPC: a new one, or an existing one (`vpc_id`), whose owner is responsible for zones, routes and internet access."""

    cidr: Annotated[str, AfterValidator(vpc_range)] | None = Field(
        None, description="Range of the VPC, outside the corporate ranges."
    )
    zone_count: int = Field(2, ge=2, le=3, description="Number of Availability Zones; a load balancer needs two.")
    zones: tuple[str, ...] = Field(
        (),
        description="Names of the zones, e.g. [ap-northeast-1a, ap-northeast-1c]; empty: zones that offer the GPU.",
    )
    nat_gateways: Literal["one", "one_per_zone"] = Field(
        "one", description="Gateways through which tasks reach registries."
    )
    interface_endpoints: bool = Field(
        False, description="Also reach AWS APIs through private addresses (about 184 USD per month in Tokyo)."
    )

    vpc_id: Annotated[str, identifier("vpc")] | None = Field(
        None, description="Build in this VPC instead of a new one (docs/deploy.md)."
    )
    public_subnet_ids: tuple[Annotated[str, identifier("subnet")], ...] = Field(
        (), description="With vpc_id: subnets of the load balancer, one per zone; optional in mvp."
    )
    private_subnet_ids: tuple[Annotated[str, identifier("subnet")], ...] = Field(
        (), description="With vpc_id: subnets of tasks and instances, one per zone."
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
    """Who may connect over a private connection, and the gateway to their network."""

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


_Url = Annotated[str, Field(pattern=r"^https://[A-Za-z0-9.-]+(:\d+)?(/[\w./~%+-]*)?$", max_length=1024)]


class OidcConfig(Section):
    """The identity provider that people log in with, as its discovery document (`/.well-known/openid-configuration`) says; the
    client's secret is the encrypted key `testgen:oidc_client_secret`."""

    issuer: _Url = Field(description="The provider's `issuer`.")
    authorization_endpoint: _Url = Field(description="Where people log in.")
    token_endpoint: _Url = Field(description="Where the load balancer requests tokens.")
    user_info_endpoint: _Url = Field(description="Where the load balancer requests user details; `userinfo_endpoint`.")
    client_id: str = Field(
        min_length=1, max_length=256, description="The client id of the application at the provider."
    )
    scope: str = Field("openid", pattern=r"^openid( [\w:./-]+)*$", description="Scope to request at the login.")
    session_hours: int = Field(8, ge=1, le=168, description="Hours until people must log in again.")


class ProxyConfig(Section):
    """A company proxy between the stack and the internet, for image builds, instances and tasks."""

    url: str | None = Field(
        None,
        pattern=r"^http://[A-Za-z0-9.-]+:\d{2,5}$",
        description="Address, e.g. http://proxy.your.company:3128; without user name and password, which would appear in "
        "settings and logs. Empty: the proxy intercepts traffic, and only extra_ca is needed.",
    )
    range: Annotated[str, AfterValidator(cidr)] | None = Field(
        None, description="IP range of the proxy, e.g. 10.1.2.0/24; tasks and instances may connect to it."
    )
    no_proxy: tuple[Annotated[str, Field(pattern=r"^\.?[A-Za-z0-9.-]+(/\d+)?$")], ...] = Field(
        (), description="Names and ranges to reach directly, e.g. .amazonaws.com if the VPC has endpoints for AWS."
    )
    extra_ca: str | None = Field(
        None, description="PEM file with the proxy's certificates; path from the root of the repository."
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        if (self.url is None) != (self.range is None):
            raise ValueError("url and range belong together: give both, or neither")
        if not (self.url or self.extra_ca):
            raise ValueError(
                "names neither a proxy nor its certificates: give url with range, or extra_ca, or remove the section"
            )
        if self.no_proxy and not self.url:
            raise ValueError("no_proxy without url: there is nothing to go around; remove it")
        return self

    @property
    def port(self) -> int:
        """The port of `url`."""
        return int((self.url or ":0").rpartition(":")[2])

    @property
    def around(self) -> str:
        """What is reached without it: the task itself, the metadata service, the task's credentials, and what is listed."""
        return ",".join(("127.0.0.1", "localhost", "169.254.169.254", "169.254.170.2", *self.no_proxy))

    @property
    def environment(self) -> dict[str, str]:
        """As programs read it; Go and Python take either case, curl only the lower one for http."""
        if not self.url:
            return {}
        values = {"HTTP_PROXY": self.url, "HTTPS_PROXY": self.url, "NO_PROXY": self.around}
        return {**values, **{name.lower(): value for name, value in values.items()}}


class EdgeConfig(Section):
    """Name and certificate of the load balancer."""

    domain_name: (
        Annotated[
            str,
            Field(pattern=r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$", max_length=64),
            AfterValidator(own_name),
        ]
        | None
    ) = Field(None, description="Domain name of the service.")
    hosted_zone_id: Annotated[str, Field(pattern=r"^Z[A-Z0-9]{5,31}$")] | None = Field(
        None, description="Route 53 zone for the alias record and the certificate's validation."
    )
    certificate_arn: Annotated[str, arn("acm")] | None = Field(
        None, description="Existing certificate to use instead of a new one."
    )
    deletion_protection: bool = Field(False, description="Refuse to delete the load balancer.")
    oidc: OidcConfig | None = Field(
        None, description="People log in at the load balancer; programs use their key (docs/deploy.md)."
    )


class FirewallConfig(Section):
    """The web ACL."""

    requests_per_5_minutes: int = Field(1000, ge=10, le=2_000_000_000, description="Block an address above this rate.")
    # AWS Managed Rules changelog: 1.19 of 14 August 2025; 1.24 has the rule for CVE-2025-55182; 2.3.
    core_version: str = Field("Version_1.19", pattern=_VERSION, description="Version of the core rule set.")
    known_bad_inputs_version: str = Field(
        "Version_1.24", pattern=_VERSION, description="Version of the known bad inputs."
    )
    sqli_version: str = Field("Version_2.3", pattern=_VERSION, description="Version of the SQL database rules.")
