"""The catalog: one file per rule in rules/, with its severity, source, and its prose and patterns in every language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import yaml

from testgen.domain.language import LANGUAGES, Language
from testgen.domain.procedure import Severity


@dataclass(frozen=True)
class Words:
    """A rule in one language. `message` and `suggestion` are templates; those of a variant replace them if a hit names it.

    `patterns` are parts of regular expressions for `action`, for `any` field, for `raw` text with its quotes, or for test `data`.
    """

    name: str
    what: str
    why: str
    bad: str
    good: str
    message: str
    suggestion: str
    variants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    patterns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def template(self, name: str, variant: str) -> str:
        """The template `message` or `suggestion`."""
        return self.variants.get(variant, {}).get(name) or str(getattr(self, name))


@dataclass(frozen=True)
class Rule:
    """One entry of the catalog. `by_engine`: an engine may report it as well, about its own draft."""

    id: str
    severity: Severity
    source: str
    words: dict[Language, Words]
    by_engine: bool = False


def _load() -> dict[str, Rule]:
    files = sorted(resources.files(__package__).joinpath("rules").iterdir(), key=lambda file: file.name)
    return {name: _rule(name, yaml.safe_load(file.read_text("utf-8"))) for file in files if (name := _name(file.name))}


def _name(file: str) -> str:
    return file.removesuffix(".yaml") if file.endswith(".yaml") else ""


def _rule(name: str, entry: dict[str, Any]) -> Rule:
    about = {key: entry.pop(key) for key in ("severity", "source", "by_engine") if key in entry}
    return Rule(name, words={language: Words(**entry[language]) for language in LANGUAGES}, **about)


RULES = _load()
