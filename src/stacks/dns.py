"""The zone that is given for the service's name, asked of Route 53 at preview: a record in another one would lead nowhere."""

import pulumi_aws as aws

from stacks.config import ConfigRefusedError, StackConfig


def require_zone_of_the_name(config: StackConfig) -> None:
    """Looks up the given hosted zone, if there is one.

    Raises:
        ConfigRefusedError: this account has no such zone, it is private, or does not contain the name.
    """
    zone_id, domain_name = config.edge.hosted_zone_id, config.edge.domain_name
    if not (zone_id and domain_name):
        return
    key = f"testgen:edge.hosted_zone_id: {zone_id}"
    try:
        zone = aws.route53.get_zone(zone_id=zone_id)
    except Exception as error:  # Pulumi's own kind for whatever a look-up met: no zone, no permission
        raise ConfigRefusedError(
            f"{key} cannot be read ({' '.join(str(error).split())}): write the id of a zone of this account, as "
            "`aws route53 list-hosted-zones` shows it, or give certificate_arn and make the record yourself"
        ) from None
    name = zone.name.rstrip(".")
    if zone.private_zone:
        raise ConfigRefusedError(
            f"{key} ({name}) is private, so nobody could validate a certificate there: give the public zone of {domain_name}"
        )
    if domain_name != name and not domain_name.endswith(f".{name}"):
        raise ConfigRefusedError(
            f"{key} is the zone {name}, in which {domain_name} does not lie: give the zone of the name, or a name in the zone"
        )
