"""What a client asks of the service: one value for each request, the same for both clients."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from testgen.config import EngineChoice
from testgen.contract import API_PREFIX, IDEMPOTENCY_KEY_HEADER
from testgen.domain.document import Document
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase

STREAM, JSON = "text/event-stream", "application/json"


@dataclass(frozen=True)
class Order:
    """One request. It is sent again byte for byte, with the same key, so that the service knows it again."""

    path: str
    body: bytes = b""
    query: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"
    accept: str = STREAM
    content_type: str = JSON
    key: str = ""

    def headers(self) -> dict[str, str]:
        """What this request says besides who asks."""
        sent = {"Accept": self.accept, "Content-Type": self.content_type} if self.body else {"Accept": self.accept}
        return sent | ({IDEMPOTENCY_KEY_HEADER: self.key} if self.key else {})

    def digest(self, salt: str = "") -> str:
        """A key that the same request has again."""
        parts = (salt, self.path, json.dumps(dict(self.query), sort_keys=True))
        return hashlib.sha256("\0".join(parts).encode() + self.body).hexdigest()


@dataclass(frozen=True)
class Aids:
    """What goes with a case or a procedure: the team's words, what it knows of its product, and its rules."""

    glossary: BaseModel | None = None
    knowledge: BaseModel | None = None
    documents: Sequence[Document] = ()
    rules: BaseModel | None = None

    def fields(self) -> dict[str, Any]:
        """Those that are given, by the names that the service has for them."""
        given = {"glossary": self.glossary, "knowledge": self.knowledge, "review": self.rules}
        told: dict[str, Any] = {name: model.model_dump(mode="json") for name, model in given.items() if model}
        return told | (
            {"documents": [entry.model_dump(mode="json") for entry in self.documents]} if self.documents else {}
        )


def drafting(case: TestCase, engine: EngineChoice | None, aids: Aids, key: str | None) -> Order:
    """Write the procedure of a case."""
    return _work("/procedures", {**case.model_dump(mode="json"), **aids.fields()}, engine, key)


def improving(procedure: Procedure, case: TestCase | None, engine: EngineChoice | None, aids: Aids) -> Order:
    """Keep a procedure and better it."""
    return _work("/procedures/improve", {**_about(procedure, case), **aids.fields()}, engine)


def rewriting(
    procedure: Procedure,
    steps: Sequence[int],
    instruction: str,
    case: TestCase | None,
    engine: EngineChoice | None,
    aids: Aids,
) -> Order:
    """Write some steps again."""
    wanted = {"steps": list(steps), "instruction": instruction}
    return _work("/procedures/rewrite", {**_about(procedure, case), **wanted, **aids.fields()}, engine)


def reviewing(procedure: Procedure, case: TestCase | None, aids: Aids) -> Order:
    """Judge a procedure."""
    return Order(f"{API_PREFIX}/reviews", _bytes({**_about(procedure, case), **aids.fields()}), accept=JSON)


def reading(content: bytes, format_name: str, *, strict: bool = False) -> Order:
    """Read a file of another tool."""
    query = {"strict": "true"} if strict else {}
    path = f"{API_PREFIX}/imports/{format_name}"
    return Order(path, content, query, accept=JSON, content_type="application/octet-stream")


def writing(procedures: Sequence[Procedure], format_name: str) -> Order:
    """Make a file for another tool."""
    body = _bytes([procedure.model_dump(mode="json") for procedure in procedures])
    return Order(f"{API_PREFIX}/exports/{format_name}", body, accept="*/*")


def asking() -> Order:
    """Versions, engine, model and limits."""
    return Order(f"{API_PREFIX}/info", method="GET", accept=JSON)


def _about(procedure: Procedure, case: TestCase | None) -> dict[str, Any]:
    told = {"procedure": procedure.model_dump(mode="json")}
    return told | ({"test_case": case.model_dump(mode="json")} if case else {})


def _work(path: str, body: object, engine: EngineChoice | None, key: str | None = None) -> Order:
    query = {"engine": engine} if engine else {}
    return Order(f"{API_PREFIX}{path}", _bytes(body), query, key=key or uuid.uuid4().hex)


def _bytes(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
