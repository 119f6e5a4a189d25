"""Requests that were whole, with one thing wrong: in the bytes, in the JSON, in the head, in the query."""

import json
import random
from collections.abc import Callable
from typing import Any

import requests

from support.fuzz import PIECES

BYTES = (
    b"",
    b"\x00",
    b"\xff",
    b'"',
    b"\\",
    b"{",
    b"}",
    b"[",
    b",",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\r\n",
    b"9" * 40,
    b"[" * 60,
)
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 61, 2**63, 10**30, 1.5, 1e308, "", " ", [], {}, [[]], [None], {"": ""}, "\ud800", "\0", "x" * 3_000, "=1+1", "../x",
)  # fmt: skip
TYPES = ("application/json", "application/json; charset=utf-16", "application/x-ndjson", "multipart/form-data", "multipart/form-data; boundary=x", "application/octet-stream", "text/csv", "application/xml", "a", "")  # fmt: skip
HEADERS = (
    ("Accept", "text/event-stream"), ("Accept", "image/png"), ("Content-Encoding", "gzip"), ("Accept-Language", "ja" * 200), ("Range", "bytes=0-1"),
    ("X-Request-ID", "\u00e9" * 10), ("X-Forwarded-For", "," * 50), ("Authorization", "Bearer"), ("Cookie", "a=b"), ("If-None-Match", "*"), ("Expect", "x"),
)  # fmt: skip
QUERIES = (
    "engine=",
    "engine=auto",
    "engine=outline&engine=ollama",
    "format=xlsx",
    "format=%00",
    "format=csv",
    "a[]=1",
    "=",
    "&&",
    "%ff",
)


def damaged(request: requests.PreparedRequest, chance: random.Random) -> requests.PreparedRequest:
    """A copy with one or two things wrong."""
    copy = request.copy()
    if copy.body is None:
        _head(copy, chance)
        return copy
    body = copy.body.encode("utf-8", "surrogatepass") if isinstance(copy.body, str) else bytes(copy.body)
    ways: list[Callable[[], bytes | None]] = [
        lambda: _cut(body, chance), lambda: _value(body, chance), lambda: _value(body, chance), lambda: _head(copy, chance),
    ]  # fmt: skip
    for way in chance.choices(ways, k=chance.randint(1, 2)):
        body = way() or body
    copy.body = body
    copy.headers["Content-Length"] = str(len(body))
    return copy


def _cut(body: bytes, chance: random.Random) -> bytes:
    """Pieces cut out, doubled and put in."""
    for _ in range(chance.randint(1, 3)):
        at, length = chance.randint(0, len(body)), chance.randint(0, 30)
        put = chance.choice((*BYTES, body[at : at + length] * 2, chance.choice(PIECES).encode()))
        body = body[:at] + put + body[at + length :]
    return body


def _value(body: bytes, chance: random.Random) -> bytes | None:
    """Another value, key or entry somewhere in the JSON; None where it is none."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    places = [(data, key) for key in _keys(data)]
    for holder, key in places:  # grows while it is looked through: every place at every depth
        places += [(holder[key], inner) for inner in _keys(holder[key])]
    value = chance.choice((*VALUES, chance.choice(PIECES) * chance.randint(1, 50)))
    if not places:
        return json.dumps(value).encode()
    holder, key = chance.choice(places)
    what = chance.randint(0, 5)
    if what == 0:
        del holder[key]
    elif what == 1 and isinstance(holder, dict):
        holder[f"{key}{chance.choice(('', ' ', 'x', chr(0)))}"] = value
    elif what == 2 and isinstance(holder, list):
        holder += [holder[key]] * chance.choice((1, 3, 60))
    else:
        holder[key] = value
    return json.dumps(data).encode()


def _keys(holder: Any) -> list[Any]:
    return list(holder) if isinstance(holder, dict) else list(range(len(holder))) if isinstance(holder, list) else []


def _head(copy: requests.PreparedRequest, chance: random.Random) -> None:
    if chance.random() < 0.4 and copy.body is not None:
        copy.headers["Content-Type"] = chance.choice(TYPES)
    elif chance.random() < 0.7:
        name, value = chance.choice(HEADERS)
        copy.headers[name] = value.encode("utf-8") if not value.isascii() else value  # type: ignore[assignment]
    else:
        copy.url = f"{copy.url}{'&' if '?' in (copy.url or '') else '?'}{chance.choice(QUERIES)}"
