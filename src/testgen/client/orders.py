"""What a client asks of the service: one value per request, the same for both clients."""

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
    """One request. A retry sends it byte for byte with the same key, so that the service recognises it."""

    path: str
    body: bytes = b""
    query: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"
    accept: str = STREAM
    content_type: str = JSON
    key: str = ""

    def sent(self) -> dict[str, Any]:
        """This request, as the methods of httpx take it."""
        return {
            "method": self.method,
            "url": self.path,
            "content": self.body or None,
            "params": self.query,
            "headers": self.headers(),
        }

    def headers(self) -> dict[str, str]:
        """The headers of this request, apart from the key of the client."""
        sent = {"Accept": self.accept, "Content-Type": self.content_type} if self.body else {"Accept": self.accept}
        return sent | ({IDEMPOTENCY_KEY_HEADER: self.key} if self.key else {})

    def digest(self, salt: str = "") -> str:
        """A key that is the same for the same request."""
        parts = (salt, self.path, json.dumps(dict(self.query), sort_keys=True))
        return hashlib.sha256("\0".join(parts).encode() + self.body).hexdigest()


@dataclass(frozen=True)
class Aids:
    """What accompanies a case or a procedure: the team's terms, its product knowledge and its rules."""

    glossary: BaseModel | None = None
    knowledge: BaseModel | None = None
    documents: Sequence[Document] = ()
    rules: BaseModel | None = None

    def fields(self) -> dict[str, Any]:
        """The aids that are given, by the names that the service uses."""
        given = {"glossary": self.glossary, "knowledge": self.knowledge, "review": self.rules}
        told: dict[str, Any] = {name: model.model_dump(mode="json") for name, model in given.items() if model}
        return told | (
            {"documents": [entry.model_dump(mode="json") for entry in self.documents]} if self.documents else {}
        )


def drafting(case: TestCase, engine: EngineChoice | None, aids: Aids, key: str | None) -> Order:
    """Requests the procedure of a case."""
    return _work("/procedures", {**case.model_dump(mode="json"), **aids.fields()}, engine, key)


def improving(procedure: Procedure, case: TestCase | None, engine: EngineChoice | None, aids: Aids) -> Order:
    """Requests the improvement of a procedure."""
    return _work("/procedures/improve", {**_about(procedure, case), **aids.fields()}, engine)


def rewriting(
    procedure: Procedure,
    steps: Sequence[int],
    instruction: str,
    case: TestCase | None,
    engine: EngineChoice | None,
    aids: Aids,
) -> Order:
    """Requests that some steps be rewritten."""
    wanted = {"steps": list(steps), "instruction": instruction}
    return _work("/procedures/rewrite", {**_about(procedure, case), **wanted, **aids.fields()}, engine)


def reviewing(procedure: Procedure, case: TestCase | None, aids: Aids) -> Order:
    """Requests a review of a procedure."""
    return Order(f"{API_PREFIX}/reviews", _bytes({**_about(procedure, case), **aids.fields()}), accept=JSON)


def reading(content: bytes, format_name: str, *, strict: bool = False) -> Order:
    """Requests the content of another tool's file."""
    query = {"strict": "true"} if strict else {}
    path = f"{API_PREFIX}/imports/{format_name}"
    return Order(path, content, query, accept=JSON, content_type="application/octet-stream")


def writing(procedures: Sequence[Procedure], format_name: str) -> Order:
    """Requests a file for another tool."""
    body = _bytes([procedure.model_dump(mode="json") for procedure in procedures])
    return Order(f"{API_PREFIX}/exports/{format_name}", body, accept="*/*")


def asking() -> Order:
    """Requests versions, engine, model and limits."""
    return Order(f"{API_PREFIX}/info", method="GET", accept=JSON)


def _about(procedure: Procedure, case: TestCase | None) -> dict[str, Any]:
    told = {"procedure": procedure.model_dump(mode="json")}
    return told | ({"test_case": case.model_dump(mode="json")} if case else {})


def _work(path: str, body: object, engine: EngineChoice | None, key: str | None = None) -> Order:
    query = {"engine": engine} if engine else {}
    return Order(f"{API_PREFIX}{path}", _bytes(body), query, key=key or uuid.uuid4().hex)


def _bytes(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
