"""The connection to a service: its address, TLS with the machine's own certificate authorities, a company's proxy from the usual
variables."""

import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from testgen.domain.errors import InvalidInputError, ServiceUnavailableError
from testgen.messages import reason, say
from testgen.version import __version__

CONNECT_S, SILENCE_S = 10.0, 60.0  # a stream has a heartbeat every ten seconds
MOST_CONNECTIONS = 256
_AGAIN = say("try again")


@dataclass(frozen=True)
class Access:
    """The address of the service, and the key if it requires one.

    Raises:
        InvalidInputError: the address or the key is not valid.
    """

    url: str
    api_key: str = ""
    language: str = "en"  # in which the service says what went wrong

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", address_of(self.url))
        if not (self.api_key.isascii() and self.api_key.isprintable()):
            raise InvalidInputError.of(
                "TESTGEN_API_KEY", say("contains characters that no key contains: copy it again, without line breaks")
            )

    def __repr__(self) -> str:
        return f"Access({self.url!r})"  # without the key

    @property
    def in_clear(self) -> bool:
        """Whether the key would travel over a network unencrypted."""
        return bool(self.api_key) and self.url.startswith("http://") and not is_here(self.url)

    def options(self) -> dict[str, Any]:
        """The options of both kinds of httpx client. Redirects are not followed, because the key is meant only for this address."""
        headers = {"User-Agent": f"testgen/{__version__}", "Accept-Language": self.language}
        if self.api_key:
            headers["Authorization"] = f"Bearer {self.api_key}"
        return {
            "base_url": self.url,
            "headers": headers,
            "timeout": httpx.Timeout(SILENCE_S, connect=CONNECT_S),
            "limits": httpx.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS),
            "trust_env": not is_here(self.url),  # no proxy leads to this machine
            "verify": _authorities() if self.url.startswith("https://") else False,
        }

    def lost(self, error: httpx.TransportError | httpx.InvalidURL) -> ServiceUnavailableError:
        """What went wrong on the way, as one of testgen's errors."""
        cause = _cause(error)
        if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError | httpx.ProxyError):
            told = say("no service answers at {url} ({cause})", url=self.url, cause=cause)
            return ServiceUnavailableError(
                told, remedy=say("check the address, that the service runs, and HTTPS_PROXY and NO_PROXY")
            )
        if isinstance(error, httpx.TimeoutException):
            told = say("{url} was silent for {seconds} s", url=self.url, seconds=f"{SILENCE_S:g}")
            return ServiceUnavailableError(told, remedy=_AGAIN)
        return ServiceUnavailableError(
            say("the connection to {url} was lost ({cause})", url=self.url, cause=cause), remedy=_AGAIN
        )


def address_of(url: str) -> str:
    """The address without superfluous parts.

    Raises:
        InvalidInputError: it is not an address.
    """
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise InvalidInputError.of("--server", say("write an address such as https://testgen.example.com"), url[:100])
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        told = say("has a name, a password or a query: write only the address, and put the key into TESTGEN_API_KEY")
        raise InvalidInputError.of("--server", told)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _cause(error: BaseException) -> str:
    """What the system says of it, in our words; httpx's own if it is no fault of the system."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, ssl.SSLError):  # an OSError too, with a number that means something else there
            return say("TLS: {why}", why=getattr(found, "verify_message", "") or str(found))
        if isinstance(found, socket.gaierror):
            return say("the name of the host is not known")
        if isinstance(found, OSError) and found.errno:
            return reason(found)
        found = found.__cause__ or found.__context__
    return " ".join(str(error).split()) or type(error).__name__


def is_here(url: str) -> bool:
    """Whether the address is this machine's."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _authorities() -> Any:
    """The authorities that the owner of the machine trusts, including the company's."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
