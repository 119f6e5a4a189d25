"""Clients of a deployed service: the same methods as the Python API, with the work done elsewhere.

orders.py      what is requested: a path, a body, a key
answers.py     what comes back: procedures, and testgen's errors from problem documents
events.py      server-sent events, read line by line
connection.py  the address, its TLS and its proxy
patience.py    what is retried, and after how long
asynchronous.py, synchronous.py   the two clients
"""

from testgen.client.asynchronous import AsyncClient
from testgen.client.synchronous import Client

__all__ = ["AsyncClient", "Client"]
