"""The verbs of each language, once: the groups that a specification is read by, and what testers are told to do."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from testgen.domain.language import Language


@cache
def verb_groups(language: Language) -> Mapping[str, Any]:
    """Group -> its `class` (action, check, system or instruction), whether it is `ui`, and its verbs by conjugation."""
    text = resources.files(__package__).joinpath(f"data/verbs.{language}.yaml").read_text(encoding="utf-8")
    groups: Mapping[str, Any] = yaml.safe_load(text)
    return groups


@cache
def instructions() -> frozenset[str]:
    """English verbs of one word that testers are told to do, in the base form."""
    told = [group for group in verb_groups("en").values() if group["class"] in ("action", "instruction")]
    return frozenset(
        verb for group in told for verb in (*group["regular"], *group.get("irregular", ())) if " " not in verb
    )
