"""Whose request it is: the address of the client, by the connection or by what our own load balancers say of it."""

import ipaddress

from starlette.datastructures import Headers
from starlette.types import Scope


def client_of(scope: Scope, trusted_proxies: int) -> str:
    """The client's address, `unknown` if there is none.

    Each of our load balancers adds the address that it saw to the end of `X-Forwarded-For`; what stands before those entries
    was written by the client and proves nothing. With no balancer in front the whole header proves nothing.
    """
    peer = str(scope["client"][0]) if scope.get("client") else "unknown"
    if not trusted_proxies:
        return peer
    said = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    found = _address(said[-trusted_proxies].strip()) if len(said) >= trusted_proxies else None
    return found or peer


def network_of(address: str) -> str:
    """What attempts are counted by: the address, of version 6 the network of a household or a machine (/64)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if parsed.version == 6 else address


def _address(said: str) -> str | None:
    """Some load balancers add the port: `192.0.2.1:443`, `[2001:db8::1]:443`."""
    bare = said[1:].partition("]")[0] if said.startswith("[") else said
    for candidate in (bare, bare.rpartition(":")[0]):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return None
