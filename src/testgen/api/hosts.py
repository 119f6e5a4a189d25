"""Which names the service answers to. A web page that has its own name point at this machine (DNS rebinding) sends another."""

import ipaddress
import re
import socket

from testgen.config import ANY, AUTO

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]*?)\.?(?::\d*)?")
_LOOPBACK = "localhost"


class Hosts:
    """The names of `allowed_hosts`; with `auto` those of the address that is listened on."""

    def __init__(self, allowed: str, listening: str) -> None:
        self._auto = allowed == AUTO
        self._names = set(allowed.split(",")) if not self._auto else _names(listening)
        self._listening = _ip(listening)

    def admit(self, host: str) -> bool:
        """Whether a request with this `Host` is allowed. An address is not a name that somebody else could own."""
        name = name_of(host)
        if ANY in self._names or (name and name in self._names):
            return True
        if any(entry.startswith("*.") and name.endswith(entry[1:]) for entry in self._names):
            return True
        return self._auto and self._own(_ip(name))

    def _own(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address | None) -> bool:
        ours = self._listening
        if address is None or ours is None:
            return False
        return ours.is_unspecified or address == ours or (address.is_loopback and ours.is_loopback)


def is_address(host: str) -> bool:
    """Whether that is an address, as in the health checks of a load balancer."""
    return _ip(name_of(host)) is not None


def name_of(host: str) -> str:
    """The name in a `Host`, without the port; empty if it is not a name."""
    found = _HOST.fullmatch(host.strip().lower())
    return found[1] if found else ""


def _names(listening: str) -> set[str]:
    address = _ip(listening)
    if address is None:
        return {listening.lower()} | ({"127.0.0.1", "[::1]"} if listening == _LOOPBACK else set())
    if address.is_unspecified:
        return {_LOOPBACK, socket.gethostname().lower()}
    return {_LOOPBACK} if address.is_loopback else set()


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
