"""An empty AWS account on 127.0.0.1, which is moto's. All servers of one process hold the same, so that each begins with a reset."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from moto.server import ThreadedMotoServer


@contextmanager
def aws_account() -> Iterator[str]:
    """Yields the address of its API."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
        empty(url)
        yield url
    finally:
        server.stop()


def empty(url: str) -> None:
    """Forgets all that the account holds."""
    httpx.post(f"{url}/moto-api/reset").raise_for_status()
