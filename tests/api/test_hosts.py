"""Which names the service answers to."""

import socket

import pytest

from testgen.api.hosts import Hosts, is_address, name_of


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Testgen.example.com:443", "testgen.example.com"),
        ("testgen.example.com.", "testgen.example.com"),
        ("[::1]:8000", "[::1]"),
        ("127.0.0.1", "127.0.0.1"),
        ("a:b", ""),
        ("a b:1", "a b"),
        ("", ""),
    ],
)
def test_a_name_is_read_without_its_port(host: str, name: str) -> None:
    assert name_of(host) == name


@pytest.mark.parametrize(
    ("listening", "admitted", "refused"),
    [
        ("127.0.0.1", ["127.0.0.1:8000", "localhost", "127.0.0.2", "[::1]"], ["10.0.0.1", "attacker.example", ""]),
        ("localhost", ["127.0.0.1:8000", "localhost:1", "[::1]:1"], ["10.0.0.1", "attacker.example"]),
        ("::1", ["[::1]:8000", "localhost", "127.0.0.1"], ["[2001:db8::1]", "attacker.example"]),
        ("10.0.0.5", ["10.0.0.5:8000"], ["localhost", "10.0.0.6", "attacker.example"]),
        (
            "0.0.0.0",
            ["10.0.0.5", "127.0.0.1:1", "[2001:db8::1]", "localhost", socket.gethostname()],
            ["attacker.example"],
        ),
        ("testgen.local", ["testgen.local"], ["localhost", "127.0.0.1"]),
    ],
)
def test_auto_is_what_is_listened_on(listening: str, admitted: list[str], refused: list[str]) -> None:
    hosts = Hosts("auto", listening)
    assert [host for host in admitted if not hosts.admit(host)] == []
    assert [host for host in refused if hosts.admit(host)] == []


@pytest.mark.parametrize(
    ("allowed", "admitted", "refused"),
    [
        ("a.example,b.example", ["a.example:443", "B.example"], ["c.example", "127.0.0.1", "xa.example"]),
        ("*.example", ["a.example", "b.a.example"], ["example", "notexample", "a.example.com"]),
        ("*", ["anything.at.all", "127.0.0.1", ""], []),
        ("[::1]", ["[::1]:1"], ["127.0.0.1"]),
    ],
)
def test_names_that_are_listed_are_the_only_ones(allowed: str, admitted: list[str], refused: list[str]) -> None:
    hosts = Hosts(allowed, "0.0.0.0")
    assert [host for host in admitted if not hosts.admit(host)] == []
    assert [host for host in refused if hosts.admit(host)] == []


def test_a_number_that_only_a_browser_would_take_for_an_address_is_none() -> None:
    assert is_address("10.0.3.7:8000")
    assert not is_address("2130706433")
    assert not is_address("0x7f.1")
