"""Clients of a deployed service: the same words as the Python API's, the work done elsewhere.

orders.py      what is asked: a path, a body, a key
answers.py     what comes back: procedures, and errors of our tree from problem documents
events.py      server-sent events, read line by line
connection.py  the address, its TLS and its proxy
patience.py    what is tried again, and after how long
asynchronous.py, synchronous.py   the two clients
"""

from testgen.client.asynchronous import AsyncClient
from testgen.client.synchronous import Client

__all__ = ["AsyncClient", "Client"]
