"""Procedures as people write them by hand, in JSON or YAML: a title and actions are enough."""

from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from testgen.domain.language import detect_language
from testgen.domain.procedure import Provenance
from testgen.messages import plain
from testgen.version import __version__


def is_procedure(data: object) -> bool:
    """Whether an object has steps."""
    return isinstance(data, dict) and "steps" in data


def completed(data: Any, name: str) -> Any:
    """A procedure as people write it by hand, with the rest filled in: a title and actions are enough."""
    if not is_procedure(data) or not isinstance(data["steps"], list):
        return data
    stem = PurePath(plain(name)).stem or name
    steps = [
        {"number": number, "kind": "action", **({"action": step} if isinstance(step, str) else step)}
        for number, step in enumerate(data["steps"], 1)
        if isinstance(step, str | dict)
    ]
    texts = "\n".join([str(data.get("title", "")), *(str(step.get("action", "")) for step in steps)])
    provenance = Provenance(origin="imported", created_at=datetime.now(UTC), testgen_version=__version__)
    title = data.get("title") or stem
    return {
        "test_case_id": data.get("id", stem),
        "title": title,
        "language": detect_language(texts),
        "provenance": provenance.model_dump(mode="json"),
        **{key: value for key, value in data.items() if key != "id"},
        "steps": steps if len(steps) == len(data["steps"]) else data["steps"],
    }
