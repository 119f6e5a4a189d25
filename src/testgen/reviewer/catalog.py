"""The catalog: what each rule is, why it hurts, an example and a counter-example, where it comes from (data/catalog.yaml)."""

from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from testgen.domain.language import Language
from testgen.domain.procedure import Severity


@dataclass(frozen=True)
class Words:
    """A rule in one language; `message` and `suggestion` are templates."""

    name: str
    what: str
    why: str
    bad: str
    good: str
    message: str
    suggestion: str


@dataclass(frozen=True)
class Rule:
    """One entry of the catalog."""

    id: str
    severity: Severity
    source: str
    words: dict[Language, Words]


def _load() -> dict[str, Rule]:
    text = resources.files(__package__).joinpath("data/catalog.yaml").read_text(encoding="utf-8")
    data: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return {
        name: Rule(name, entry["severity"], entry["source"], {"en": Words(**entry["en"]), "ja": Words(**entry["ja"])})
        for name, entry in data.items()
    }


RULES = _load()
