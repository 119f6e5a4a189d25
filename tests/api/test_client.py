"""Whose request it is."""

from typing import Any

import pytest

from testgen.api.client import client_of, network_of


def scope(*forwarded: str, peer: str | None = "10.0.0.9") -> dict[str, Any]:
    headers = [(b"x-forwarded-for", entry.encode()) for entry in forwarded]
    return {"type": "http", "headers": headers, "client": (peer, 1) if peer else None}


@pytest.mark.parametrize(
    ("forwarded", "trusted", "client"),
    [
        ([], 0, "10.0.0.9"),
        (["203.0.113.1"], 0, "10.0.0.9"),
        (["203.0.113.1"], 1, "203.0.113.1"),
        (["1.1.1.1, 203.0.113.1"], 1, "203.0.113.1"),
        (["1.1.1.1", "203.0.113.1"], 1, "203.0.113.1"),
        (["1.1.1.1, 203.0.113.1, 10.0.0.2"], 2, "203.0.113.1"),
        (["203.0.113.1:4711"], 1, "203.0.113.1"),
        (["[2001:db8::1]:4711"], 1, "2001:db8::1"),
        (["2001:db8::1"], 1, "2001:db8::1"),
        ([], 1, "10.0.0.9"),
        (["203.0.113.1"], 2, "10.0.0.9"),
        (["nonsense"], 1, "10.0.0.9"),
    ],
)
def test_the_entries_of_our_own_load_balancers_are_believed(forwarded: list[str], trusted: int, client: str) -> None:
    assert client_of(scope(*forwarded), trusted) == client


def test_there_may_be_no_peer() -> None:
    assert client_of(scope(peer=None), 0) == "unknown"


def test_attempts_are_counted_by_address_and_of_version_6_by_network() -> None:
    assert network_of("203.0.113.1") == "203.0.113.1"
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1") == "2001:db8::/64"
    assert network_of("unknown") == "unknown"
